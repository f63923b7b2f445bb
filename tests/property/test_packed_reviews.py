"""A review comes out of the store as it went in: no form of report shows a difference."""

import json
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.archive.store.packed import pack, unpack
from analyzer.errors import StoreError
from analyzer.model.findings import TooFast
from analyzer.model.review import Review
from analyzer.structs import replace
from tests.builders.many import NAMES, reviewed, written
from tests.builders.reviews import mock_run


def as_stored(review):
    """Leave out what is not kept, and round the trace as it is kept."""
    columns = {
        name: getattr(review.trace, name).astype(np.float32).astype(np.float64)
        for name in ("elapsed_s", "speed_mps", "heart_rate_bpm", "distance_m")
    }
    unknown = np.full(review.trace.elapsed_s.size, np.nan)
    return replace(review, trace=replace(review.trace, **columns, elevation_m=unknown), track=None)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_of_a_stored_review_is_that_of_the_review(name):
    """Elevation and route apart, which are not kept."""
    review = reviewed(name)
    kept = unpack(pack(review))
    assert written(kept) == written(as_stored(review))
    assert pack(kept) == pack(review)


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_review_is_small(name):
    """A kilobyte and 13 bytes a point at most, of which a run has 720 an hour."""
    review = reviewed(name)
    assert len(pack(review)) < 4000 + 13 * review.trace.elapsed_s.size


def told(review):
    """Open what is packed."""
    return json.loads(zlib.decompress(pack(review)))


def packed_as(document):
    """Pack what may be no review."""
    return zlib.compress(json.dumps(document).encode())


def places(value, path=()):
    """Name every place in a document."""
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*path, index))


DOCUMENT = told(mock_run())
FLAG = DOCUMENT["review"]["flags"][0]
PLACES = list(places(DOCUMENT))
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9),
    st.just([]), st.just({}), st.just([1, "x"]), st.just({"is": "Review"}), st.just({"is": []}),
)  # fmt: skip


@given(st.sampled_from(PLACES[1:]), ANYTHING)
@settings(max_examples=400, deadline=None)
def test_what_is_no_review_is_refused_in_one_line(place, value):
    """Whatever stands where: a review of the model in every part, or a line."""
    document = json.loads(json.dumps(DOCUMENT))
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    try:
        assert isinstance(unpack(packed_as(document)), Review)
    except StoreError as error:
        assert str(error).endswith("judge the run again")
        assert "\n" not in str(error)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_bytes_that_are_no_packed_review_are_refused(garbage, cut):
    """Garbage, and a review that is cut off or overwritten in the middle."""
    whole = pack(mock_run())
    for content in (garbage, whole[:cut], whole[:cut] + garbage + whole[cut + len(garbage) + 1 :]):
        with pytest.raises(StoreError, match="judge the run again"):
            unpack(content)


def test_fields_of_a_newer_version_are_left_and_missing_ones_take_their_default():
    """In a record, in one of several, and in the review itself."""
    document = told(mock_run())
    document["review"]["mood"] = "good"
    document["review"]["activity"]["shoes"] = {"worn": 3}
    document["review"]["flags"][0]["facts"]["weather"] = "hot"
    del document["review"]["remarks"], document["review"]["activity"]["pauses"]
    del document["review"]["flags"][0]["facts"]["next_planned_s_per_km"]
    kept = unpack(packed_as(document))
    first = mock_run().flags[0]
    facts = TooFast(216.4, 230.0)
    assert kept.flags == (replace(first, facts=facts), *mock_run().flags[1:])
    assert kept.activity == replace(mock_run().activity, pauses=())


@pytest.mark.parametrize(
    "change",
    [
        {"form": 2},
        {"form": None},
        {"review": {}},
        {"review": {**DOCUMENT["review"], "flags": [{**FLAG, "code": "NEW"}]}},
    ],
)
def test_what_this_version_does_not_know_is_to_be_judged_again(change):
    """Another form, a field without a default, a code of a newer version."""
    with pytest.raises(StoreError, match="judge the run again"):
        unpack(packed_as({**DOCUMENT, **change}))


def test_a_bomb_is_refused():
    """A few kilobytes that would fill the memory."""
    with pytest.raises(StoreError, match="judge the run again"):
        unpack(zlib.compress(b"[" + b" " * 2**27))
