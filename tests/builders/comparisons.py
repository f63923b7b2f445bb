"""Runs to be laid side by side."""

from tests.builders.reviews import mock_run, review_with, unknown_run

FORCED = review_with((300.0, 225.0, 230.0, 220.0, 210.0), score=70.0)
"""Block 2 run 15 s/km too fast, the others as planned."""


def many(count):
    """Make a run of so many blocks."""
    steps = tuple((120.0, 330.0 - 5 * i) for i in range(count))
    return review_with(tuple(p + 9 * (i % 3 - 1) for i, (_, p) in enumerate(steps)), steps=steps)


SIDES = {
    "two": [review_with(), mock_run()],
    "squad": [review_with(), FORCED, FORCED, mock_run()],
    "unknown": [unknown_run(), unknown_run()],
    "many": [many(25), many(25)],
    "twenty": [review_with(), mock_run()] * 10,
}
"""A few kinds of comparisons."""
