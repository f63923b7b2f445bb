"""Where things are that the tests use."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_activities"
PLAN = SAMPLES / "progression.yaml"
REAL = ROOT.parent / "shared" / "activities"
BAD = ROOT.parent / "shared" / "bad_inputs"

needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="real recordings not found in ../shared/activities"
)
needs_bad = pytest.mark.skipif(
    not BAD.is_dir(), reason="bad inputs not found in ../shared/bad_inputs"
)
