"""The quick way and plain fitdecode agree, value by value, on every FIT file there is."""

from datetime import datetime

import fitdecode
import numpy as np
import pytest

from analyzer.errors import ActivityError
from analyzer.parsers.fit.columns import SCALES
from analyzer.parsers.fit.messages import read_messages
from analyzer.parsers.fit.part import RECORD, WANTED
from analyzer.parsers.fit.values import FIT_EPOCH_S
from tests.places import REAL, SAMPLES

pytestmark = pytest.mark.slow

DIFFERENT = {
    "python-fitparse--nick.fit": "the last record is cut though sizes agree: fitdecode raises",
    "fitdecode--activity-unexpected-eof.fit": "cut inside the last message: fitdecode raises",
    "fitdecode--activity-settings-corruptheader.fit": "a second part without header: it raises",
    "fitdecode--activity-settings-nodata.fit": "a second part cut in its header: it raises",
}
"""Where plain fitdecode ends in an exception; up to there both agree."""


ALSO = {73: 6, 78: 2}
"""Enhanced fields that fitdecode also fills from the plain one: what counts is either."""


def fit_files():
    """Every sample and every real FIT file."""
    real = sorted(REAL.rglob("*.fit")) if REAL.is_dir() else []
    return [*sorted(SAMPLES.glob("*.fit")), *real]


def plainly(content: bytes):
    """Return records and the other wanted messages as plain fitdecode gives them."""
    records, others, raised = [], [], False
    reader = fitdecode.FitReader(
        content,
        check_crc=fitdecode.CrcCheck.DISABLED,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    frames = iter(reader)
    while True:
        try:
            frame = next(frames)
        except StopIteration:
            break
        except Exception:  # noqa: BLE001 - fitdecode leaves with seven kinds of exception
            raised = True
            break
        if frame.frame_type != fitdecode.FIT_FRAME_DATA:
            continue
        if frame.global_mesg_num == RECORD:
            records.append(numbers(frame))
        elif frame.global_mesg_num in WANTED:
            values: dict[int, object] = {}
            for f in frame.fields:
                if f.value is not None and not (f.field_def is not None and f.field_def.is_dev):
                    values.setdefault(f.def_num, f.value)
            others.append((frame.global_mesg_num, values))
    return records, others, raised


def numbers(frame):
    """Return the wanted fields of one record."""
    values: dict[int, float] = {}
    for f in frame.fields:
        if f.field_def is not None and f.field_def.is_dev:
            continue
        if f.def_num in SCALES and f.def_num not in values and f.value is not None:
            is_time = isinstance(f.value, datetime)
            values[f.def_num] = f.value.timestamp() - FIT_EPOCH_S if is_time else f.value
    return values


@pytest.mark.parametrize("path", fit_files(), ids=lambda p: p.name)
def test_every_value_equals_plain_fitdecode(path):
    """Records by field number, NaN for None, nothing rounded; other messages field by field."""
    content = path.read_bytes()
    records, others, raised = plainly(content)
    try:
        parts, _ = read_messages(content, path.name)
    except ActivityError:
        assert not records
        return
    assert not raised or path.name in DIFFERENT
    first = 0
    for part in parts:
        mine = records[first : first + part.records]
        first += part.records
        for number in SCALES:
            plain = np.array([r.get(number, np.nan) for r in mine], dtype=np.float64)
            found = part.column(number)[: len(mine)]
            if number in ALSO:
                instead = np.array([r.get(ALSO[number], np.nan) for r in mine], dtype=np.float64)
                plain = np.where(np.isnan(plain), instead, plain)
                instead = part.column(ALSO[number])[: len(mine)]
                found = np.where(np.isnan(found), instead, found)
            assert np.array_equal(plain, found, equal_nan=True), number
    assert first == len(records) or (raised and first >= len(records))
    for number in WANTED:
        mine = [m.fields for part in parts for m in part.of(number)]
        plain_ones = [values for n, values in others if n == number]
        assert mine[: len(plain_ones)] == plain_ones, number


def with_developer_fields():
    """Real files of a Stryd, and whatever else writes native fields by itself."""
    return [p for p in fit_files() if "connectstats" in p.name]


@pytest.mark.parametrize("path", with_developer_fields(), ids=lambda p: p.name)
def test_developer_fields_equal_plain_fitdecode(path):
    """Power in watts from a foot pod's own field, record by record."""
    from analyzer.parsers.fit.decoder import _developer_values

    content = path.read_bytes()
    plain = []
    with fitdecode.FitReader(content, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
        plain += [
            _developer_values(frame)
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.global_mesg_num == RECORD
        ]
    parts, _ = read_messages(content, path.name)
    for native in {n for values in plain for n in values}:
        expected = np.array([values.get(native, np.nan) for values in plain])
        found = np.concatenate([p.developer[native] for p in parts if p.records])
        assert np.array_equal(expected, found, equal_nan=True)


def test_a_stryd_gives_its_power():
    """3,544 records with seven developer fields each: power for all but a few."""
    path = REAL / "runs" / "connectstats--track_cs_544406.fit"
    if not path.exists():
        pytest.skip("real recordings not found in ../shared/activities")
    parts, _ = read_messages(path.read_bytes(), path.name)
    assert np.isfinite(parts[0].developer[7]).mean() > 0.9
