"""A language in which every word is loud that has been through the catalogue."""

import pytest

from analyzer.report import language
from tests.builders.words import Loud


@pytest.fixture
def loud(monkeypatch):
    """Speak in capitals."""
    monkeypatch.setattr(language, "_speech", lambda _: language._Speech("loud", ".", Loud()))
