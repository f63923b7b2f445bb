"""What the tools answer: the numbers of the reports, in their words."""

import datetime as dt
import os
from typing import Any

import pytest

from analyzer import review_file
from analyzer.archive.sources.find import find
from analyzer.report.headline import headline
from analyzer.report.rests_on import rests_on
from analyzer.report.view import block_row, ordered_flags, score_words
from tests.builders.assistant import answer, answers, folder_of
from tests.builders.run_rows import run_row_of
from tests.builders.stores import stored
from tests.places import PLAN, SAMPLES

BLOWN_UP = "greedy-then-blow-up.fit"

TEXT = "15min @ 5:00, 10min @ 4:00, 10min @ 3:50, 10min @ 3:40, 10min @ 3:30"


def review(**asked):
    """Ask for one review over the samples."""
    return answer([SAMPLES], "review", **asked)


@pytest.fixture(scope="module")
def blown_up():
    """Ask for the review of a run that ended badly."""
    return review(file=f"sample_activities/{BLOWN_UP}", plan="progression.yaml")


def test_every_number_is_the_one_of_the_review(blown_up):
    """Score with its range, and of each block what was planned, run, off by, and the verdict."""
    made = review_file(SAMPLES / BLOWN_UP, PLAN)
    score, word, sure = score_words(made)
    assert f"{score} of 100, {word} ({sure})" in blown_up.lines
    for block in made.blocks:
        row = block_row(block, "km")
        numbers = (row.planned, f"{row.run} {row.error}", row.off, row.in_band, row.heart_rate)
        line = " | ".join((f"{row.index} {row.name}", *numbers, row.verdict))
        assert line in blown_up.lines


def test_it_tells_the_story_of_the_reports(blown_up):
    """The sentence at the top, how sure each finding is, and what the review rests on."""
    made = review_file(SAMPLES / BLOWN_UP, PLAN)
    assert " ".join(headline(made)) in blown_up.lines
    findings = [line for line in blown_up.lines if line.startswith("Block ") and "(" in line]
    assert len(findings) == len(ordered_flags(made)) == 4
    assert all("(clear)" in line for line in findings)
    assert "Next time: In the 5:00 block, run no kilometre faster than 4:54." in blown_up.lines
    assert all(sentence in blown_up.text for sentence in rests_on(made))


def test_what_a_recording_cannot_show_is_said():
    """A foot pod on a treadmill: as what it cannot tell, with the size that would show."""
    told = review(file="treadmill.fit", plan=TEXT)
    assert "Whether every step up was taken (cannot tell)." in told.text
    assert "Steps below 8 s/km would not show in this recording." in told.text


def test_a_usual_review_is_one_page(blown_up):
    """An assistant has all of it at once."""
    assert not blown_up.is_error
    assert "Left out" not in blown_up.text


def test_the_plan_may_be_a_file_a_text_or_in_the_recording():
    """All three are the same session here, and give the same score."""
    yaml = PLAN.read_text(encoding="utf-8")
    made = answers(
        [SAMPLES],
        ("review", {"file": "workout-steps.fit"}),
        ("review", {"file": "workout-steps.fit", "plan": str(PLAN)}),
        ("review", {"file": "workout-steps.fit", "plan": TEXT}),
        ("review", {"file": "workout-steps.fit", "plan": yaml}),
    )
    scores = [one.lines[2] for one in made]
    assert len(set(scores)) == 1
    assert scores[0].startswith("98 of 100, held")


def test_start_and_match_overrule_the_plan():
    """As --start and --match do: block 1 is then said to begin where it was asked for."""
    later, clock = answers(
        [SAMPLES],
        ("review", {"file": "steady.fit", "plan": "progression.yaml", "start": "1:00"}),
        ("review", {"file": "manual-laps.fit", "plan": "progression.yaml", "match": "clock"}),
    )
    assert "Blocks by the clock, from 1:00 on" in later.text
    assert "Where the blocks lie: Blocks by the clock" in clock.text


def test_without_any_plan_it_is_told_how_to_give_one():
    """One line, with an example."""
    told = review(file="steady.fit")
    assert told.is_error
    assert "give one as 'plan', a file of list_files or a line such as '15min easy" in told.text


def test_a_folder_of_plans_picks_the_one_of_the_day():
    """As --plans does: the plan is of 6 March, and so is the run."""
    told = answer([SAMPLES, "--plans", SAMPLES / "plans"], "review", file="steady.fit")
    assert told.lines[0].startswith("Tuesday progression · 6 March 2026")


def test_a_plan_that_is_wrong_is_one_line():
    """And it says where the rest of it is said."""
    told = review(file="steady.fit", plan="15min easi, 3x10min @ 4:0 -10s")
    assert told.is_error
    assert told.text.startswith("plan:1:7: 'easi' is not a pace; did you mean 'easy'?")
    assert told.text.endswith("(and 1 more; check_plan names them)")


def test_units_and_language_are_those_of_the_start():
    """Miles, and German."""
    asked = {"file": "steady.fit", "plan": "progression.yaml"}
    miles = answer([SAMPLES, "--units", "mi"], "review", **asked)
    assert "1 15 min easy | 8:03 | " in miles.text
    german = answer([SAMPLES, "--lang", "de"], "review", **asked)
    assert "98 von 100, gehalten (94 bis 100, zu 90 % sicher)" in german.lines


def test_runs_of_one_plan_side_by_side():
    """What they have in common, then a row a run; the scores are those of the reviews."""
    files = ["steady.fit", "fade.fit", "flat.fit"]
    told = answer([SAMPLES], "compare", files=files, plan="progression.yaml")
    assert told.lines[0] == "Tuesday progression · 3 runs · 6 March 2026"
    assert told.lines[1].startswith("Block 5 was too slow in 2 of 3 runs.")
    for file in files:
        score = review_file(SAMPLES / file, PLAN).score
        row = next(line for line in told.lines if line.startswith(file))
        assert row.split(" | ")[1] == f"{score.overall:.0f} ({score.low:.0f} to {score.high:.0f})"
    assert "5 10 min | 3:30 | Held, of 3 runs: 1" in told.lines


def test_runs_of_different_plans_are_not_compared():
    """Nor is one run with itself."""
    other, same = answers(
        [SAMPLES],
        ("compare", {"files": ["workout-steps.fit", "kilometres.fit"], "plan": None}),
        ("compare", {"files": ["steady.fit", "steady.fit"], "plan": "progression.yaml"}),
    )
    assert other.is_error
    assert same.is_error
    assert same.text == "steady.fit: named twice; give each run once"


def test_a_plan_is_shown_as_it_is_understood():
    """Every block with its pace and what is held, then what is doubtful or odd."""
    told = answer([SAMPLES], "check_plan", plan="3 x 10' (4:00/3:50/3:40)")
    assert told.lines[0] == "Progression 4:00 to 3:40: 3 blocks, 30 min, 7.8 km, 4:00 to 3:40 /km"
    assert told.lines[2].startswith("1 10 min @ 4:00/km | progression | 0:00 | 4:00 | 6:26 | −")
    assert any(line.startswith("Advice: no easy part") for line in told.lines)


def test_all_that_is_wrong_with_a_plan_has_its_line_and_column():
    """It is what was asked for, and no error of the tool."""
    text = "name: x\nblocks:\n - {run: 15 min, pase: easy}\n - {run: 3 parsecs, pace: 4:00}\n"
    told = answer([SAMPLES], "check_plan", plan=text)
    assert not told.is_error
    assert told.lines[0] == "plan.txt: 2 problems; line and column count from 1."
    assert told.lines[1].startswith("3:18: unknown key 'pase', did you mean 'pace'?")
    assert told.lines[2].startswith("4:10: ")


def test_recordings_and_plans_are_told_apart():
    """By name, and a workout by its content; nothing else is named."""
    made = answers(
        [SAMPLES],
        ("list_files", {"kind": "plan"}),
        ("list_files", {"name_contains": "STEADY", "kind": "recording"}),
    )
    plans, steady = made
    assert "Plans in sample_activities: kilometres.yaml | progression.yaml" in plans.lines
    assert "Plans in sample_activities/workouts: intervals.txt | watch.fit" in plans.lines
    assert steady.lines == [
        "3 recordings, 0 plans",
        "Recordings in sample_activities: steady.fit | steady.gpx | steady.tcx",
    ]
    assert "athletes" not in plans.text
    assert "truth.json" not in plans.text


def test_the_newest_come_first_if_they_are_asked_for(tmp_path):
    """By the day in the name, else by the day of the last change."""
    days = {"b.fit": "2026-05-01", "run-2026-06-01.fit": "2026-01-01", "a.fit": "2026-04-01"}
    for name, changed in days.items():
        path = tmp_path / name
        path.write_bytes((SAMPLES / "steady.fit").read_bytes())
        seconds = dt.datetime.fromisoformat(f"{changed}T12:00+00:00").timestamp()
        os.utime(path, (seconds, seconds))
    told = answer([tmp_path], "list_files", newest_first=True)
    assert told.lines[1].endswith(": run-2026-06-01.fit | b.fit | a.fit")


def test_every_name_that_is_listed_can_be_asked_for():
    """With its folder, and alone where no other file has it; members of archives too."""
    folder = SAMPLES / "evening"
    labels = [found.label for found in find([folder]) if found.skipped is None]
    questions = [("review", {"file": f"evening/{label}"}) for label in labels[:3]]
    questions.append(("review", {"file": labels[0].rpartition("/")[2]}))
    made = answers([folder], *questions)
    assert not any(one.is_error for one in made)
    assert made[0] == made[-1]


def test_an_athletes_file_says_whose_runs_they_are():
    """In lists and in titles; the name that an export has for a person is nowhere."""
    folder = SAMPLES / "evening"
    listed, anna = answers(
        [folder],
        ("list_files", {"name_contains": "anna"}),
        ("review", {"file": "tp-1000.2026-03-31-16-00-00-000Z.fit.gz"}),
    )
    assert listed.lines[0] == "9 recordings, 0 plans"
    assert all(line.startswith("Recordings of Anna in evening/") for line in listed.lines[1:])
    assert anna.lines[0].startswith("Anna · Progression · 31 March 2026")
    assert "Berg" not in listed.text + anna.text


def test_two_folders_are_told_apart_by_their_names(tmp_path):
    """Each file begins with its folder."""
    for name in ("anna", "ben"):
        folder_of(tmp_path / name, SAMPLES / "steady.fit")
    listed, one, both = answers(
        [tmp_path / "anna", tmp_path / "ben"],
        ("list_files", {}),
        ("review", {"file": "ben/steady.fit", "plan": TEXT}),
        ("compare", {"files": ["anna/steady.fit", "ben/steady.fit"], "plan": TEXT}),
    )
    assert listed.lines[1:] == ["Recordings in anna: steady.fit", "Recordings in ben: steady.fit"]
    assert one.lines[2].startswith("98 of 100")
    rows = [line.split(" | ")[0] for line in both.lines if "98 (94 to 100)" in line]
    assert rows == ["anna/steady.fit", "ben/steady.fit"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Anna learns in nine weeks, Ben has three runs."""
    weeks = {"Anna": range(60, 78, 2), "Ben": (40, 60, 80)}
    rows: dict[str | None, list[Any]] = {
        name: [run_row_of(7 * i, float(score)) for i, score in enumerate(scores)]
        for name, scores in weeks.items()
    }
    return stored(tmp_path_factory.mktemp("store") / "squad.db", rows)


def test_trends_are_those_of_the_command(store):
    """In the same sentences, with what can be ruled out."""
    every, ben, nobody = answers(
        [SAMPLES, "--store", store],
        ("trends", {}),
        ("trends", {"athletes": ["ben"]}),
        ("trends", {"athletes": ["Ana"]}),
    )
    assert "Anna is learning patience: +9 points a month over 9 equal sessions" in every.text
    assert "no trend can be told from 3 runs; it takes at least 5 of one session" in ben.text
    assert "Anna" not in ben.text
    assert nobody.is_error
    assert nobody.text == "athletes: no athlete 'Ana' in the store; did you mean 'Anna'?"


def test_runs_of_a_store_are_listed_the_latest_first(store):
    """Only those of the days and the athletes that were asked for."""
    every, some = answers(
        [SAMPLES, "--store", store],
        ("runs", {}),
        ("runs", {"athletes": ["Anna"], "since": "2026-01-12", "until": "2026-01-19"}),
    )
    assert every.lines[0].startswith("12 runs · 5 January to 2 March 2026")
    assert every.lines[2].startswith("2 March 2026 | Anna | ")
    assert some.lines[0] == "2 runs · 12 to 19 January 2026"
    assert [line.split(" | ")[0] for line in some.lines[2:]] == [
        "19 January 2026",
        "12 January 2026",
    ]


def test_days_that_make_no_sense_are_refused(store):
    """One line."""
    days = {"since": "2026-03-01", "until": "2026-02-01"}
    for told in answers([SAMPLES, "--store", store], ("trends", days), ("runs", days)):
        assert told.is_error
        assert "since is after until" in told.text
