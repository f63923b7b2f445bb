"""A review as a pandas table, for notebooks."""

import json
import math
import subprocess
import sys
import warnings

import pandas as pd
import pytest

from analyzer.report.json_result import dumps
from tests.builders.many import NAMES, reviewed

PARTS = {"planned", "tolerance", "executed", "splits", "index"}


def flat(block):
    """Return the keys and values of a block of the JSON result, its parts flat."""
    made = {key: value for key, value in block.items() if key not in PARTS}
    for part in ("planned", "tolerance", "executed"):
        for key, value in (block[part] or {}).items():
            if key in ("pace_range_s_per_km", "ramp_s_per_km"):
                continue
            name = f"{part}_{key}"
            made[name] = value
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_row_is_a_block_and_a_column_a_key_of_the_json(name):
    """The same numbers, unrounded; where the JSON says null, the table says NaN."""
    review = reviewed(name)
    table = review.to_frame()
    told = json.loads(dumps(review))["blocks"]
    assert table.index.name == "block"
    assert list(table.index) == [b["index"] for b in told]
    for (_, row), block in zip(table.iterrows(), told, strict=True):
        for key, value in flat(block).items():
            if value is None:
                assert math.isnan(row[key])
            elif isinstance(value, float | int):
                assert row[key] == pytest.approx(value, abs=0.5001 if key == "score" else 0.0501)
            else:
                assert row[key] == value


def test_columns_have_the_type_of_what_they_hold():
    """Numbers are float64 even where all are unknown; words are categories with all their kinds."""
    for name in ("made by hand", "nothing known"):
        table = reviewed(name).to_frame()
        kinds = table.dtypes.astype(str)
        assert kinds["name"] == "string"
        assert set(kinds[["role", "status", "verdict"]]) == {"category"}
        assert kinds["is_grade_adjusted"] == "bool"
        others = kinds.drop(["name", "role", "status", "verdict", "is_grade_adjusted"])
        assert set(others) == {"float64"}
        assert list(table["verdict"].cat.categories) == [
            "held", "too_fast", "too_slow", "not_scored",
        ]  # fmt: skip


def test_a_notebook_sees_no_warning():
    """Shown, described, grouped, and put together with another one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = reviewed("made by hand").to_frame()
        table.to_html()
        table.describe()
        both = pd.concat({"a": table, "b": reviewed("nothing known").to_frame()}, names=["run"])
        means = both.groupby("verdict", observed=True)["deviation_s_per_km"].mean()
    assert means["too_fast"] == pytest.approx(-13.6)


@pytest.mark.slow
def test_pandas_is_loaded_for_the_table_alone():
    """A review does without."""
    program = (
        "import sys, analyzer.model.review, analyzer.review.pipeline\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
