"""The table of the samples' README: what each shows and what progcheck says of it."""

from __future__ import annotations

from analyzer import read_activity, read_plan, review_activity
from analyzer.report.headline import headline
from analyzer.report.view import score_words
from tests.builders.samples import WITH_WORKOUT
from tests.places import SAMPLES

SHOWS = {
    "steady.fit": "runs the plan",
    "steady.gpx": "the same, from positions alone, a point every 3 s",
    "steady.tcx": "the same, a point every 3 s",
    "greedy-then-blow-up.fit": "a gear early in every block, then 4:45 from 2500 s on",
    "flat.fit": "3:45 throughout, no progression",
    "stopped.fit": "stands 55 s with the timer running, and 18 s in an auto-pause",
    "manual-laps.fit": "presses lap at each change, after 140 s of jogging and before a cool-down",
    "workout-steps.fit": "follows the workout on the watch; needs no plan file",
    "early-changes.fit": "makes every change 180 s early",
    "late-changes.fit": "makes every change 90 s late",
    "fade.fit": "loses 10 % over the last block",
    "truncated.fit": "ends after 48 min; the watch cuts every kilometre",
    "missed-block.fit": "skips the 3:40 step with the lap button; needs no plan file",
    "kilometres.fit": "2 km blocks, `kilometres.yaml`",
    "treadmill.fit": "on a treadmill with a foot pod",
}
"""File: what the runner does."""

README = SAMPLES / "README.md"


def table() -> str:
    """Return the rows of the table."""
    rows = []
    for name, shows in SHOWS.items():
        stem = name.split(".")[0]
        plan = "kilometres.yaml" if stem == "kilometres" else "progression.yaml"
        chosen = None if stem in WITH_WORKOUT else read_plan(SAMPLES / plan)
        review = review_activity(read_activity(SAMPLES / name), chosen)
        score, word, _ = score_words(review)
        rows.append(
            f"| `{name}` | {shows} | {score}, {word} | {' '.join(headline(review)).strip()} |"
        )
    return "\n".join(rows)


def renewed() -> str:
    """Return the README with the table as it is now."""
    lines = README.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("| `") and line != "<!-- verdicts -->"]
    at = next(i for i, line in enumerate(kept) if line.startswith("|---")) + 1
    return "\n".join([*kept[:at], table(), *kept[at:]]) + "\n"


if __name__ == "__main__":
    README.write_text(renewed(), encoding="utf-8")
