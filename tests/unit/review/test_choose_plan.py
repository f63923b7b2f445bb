"""Which plan of a folder was run: by day, athlete, steps, laps and length, never by pace."""

import datetime as dt

import pytest

from analyzer import PlanError, read_activity
from analyzer.review.choose_plan import MAX_PLANS, PlanFolder, choose_plan
from analyzer.review.plan_source import read_plan
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.places import SAMPLES

FASTER = "blocks:\n  - 15min easy @ 4:50\n  - 4x10min @ 3:55, 3:45, 3:35, 3:25 /km\n"
HOUR = "blocks:\n  - 15min easy\n  - 3x15min @ 4:10, 4:00, 3:50\n"
THIRDS = "blocks:\n  - 15min easy\n  - 2x20min @ 4:00, 3:50\n"
SQUAD = "athletes:\n  anna: {paces: [{from: 2026-01-01, threshold: 3:30}]}\n"
SQUAD_PLAN = "athlete: anna\nblocks:\n  - 15min easy\n  - 4x10min @ threshold\n"


@pytest.fixture
def folder(tmp_path):
    """Return a way to lay plans into a folder: name, text."""

    def lay(**files):
        for name, text in files.items():
            content = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name.replace("__", ".").replace("_", "-")).write_bytes(content)
        return tmp_path

    return lay


def run_of(name="steady"):
    """Read a sample: 55 min on 6 March 2026."""
    return read_activity(SAMPLES / f"{name}.fit")


def refused(activity, where, **options):
    """Return the one line of a refusal."""
    with pytest.raises(PlanError) as caught:
        choose_plan(activity, where, **options)
    assert caught.value.exit_code == 4
    assert str(caught.value).count("\n") == 0
    return str(caught.value)


def test_the_plan_that_is_as_long_as_the_run_is_taken(folder):
    """55 min, not 60."""
    choice = choose_plan(run_of(), folder(a__yaml=EXAMPLE_YAML, b__yaml=HOUR))
    assert choice.plan.source == "a.yaml"
    assert choice.why == "as long as the run (55:00)"
    assert choice.skipped == ()


def test_the_day_in_the_name_decides(folder):
    """Two of one length; one is meant for the day of the run."""
    where = folder(a__yaml=EXAMPLE_YAML)
    for name in ("2026-03-06 tuesday.yaml", "20260306.yaml", "plan_2026.03.06.yaml"):
        path = where / name
        path.write_text(FASTER, encoding="utf-8")
        choice = choose_plan(run_of(), where)
        assert choice.plan.source == name
        assert choice.why.startswith("2026-03-06 in its name")
        path.unlink()


def test_a_day_apart_may_be_another_zone(folder):
    """It wins over no day, and loses against the day itself."""
    where = folder(a__yaml=EXAMPLE_YAML, x_2026_03_07__yaml=FASTER)
    assert choose_plan(run_of(), where).plan.source == "x-2026-03-07.yaml"
    folder(z_2026_03_06__yaml=THIRDS)
    assert choose_plan(run_of(), where).plan.source == "z-2026-03-06.yaml"


def test_plans_of_other_days_are_out_and_not_even_read(folder):
    """Two days apart; a broken one of another day is nobody's concern today."""
    where = folder(a__yaml=EXAMPLE_YAML, x_2026_03_08__yaml=FASTER, x_2026_03_04__yaml="broken")
    choice = choose_plan(run_of(), where)
    assert (choice.plan.source, choice.skipped) == ("a.yaml", ())


def test_a_number_that_is_no_day_is_none(folder):
    """2026-13-40, and more digits than a day has."""
    where = folder(x_2026_13_40__yaml=EXAMPLE_YAML, b_1202603061__yaml=HOUR)
    assert choose_plan(run_of(), where).plan.source == "x-2026-13-40.yaml"


def test_a_day_alone_is_enough(folder):
    """A run cut short at 48 of 60 min is still the session of its day."""
    where = folder(x_2026_03_06__yaml=HOUR)
    assert choose_plan(run_of("truncated"), where).why == "2026-03-06 in its name"


def test_plans_of_other_athletes_are_passed_over(folder):
    """--athlete anna; upper and lower case are the same."""
    where = folder(a__yaml="athlete: bob\n" + EXAMPLE_YAML, b__yaml="athlete: Anna\n" + FASTER)
    assert choose_plan(run_of(), where, athlete="anna").plan.source == "b.yaml"
    assert "a.yaml, b.yaml" in refused(run_of(), where)
    assert "no plan fits" in refused(run_of(), where, athlete="eve")


def test_the_workout_on_the_watch_decides(folder):
    """Its blocks, and among plans of the same blocks its paces."""
    where = folder(a__yaml=FASTER, b__yaml=EXAMPLE_YAML, c__yaml=THIRDS)
    choice = choose_plan(run_of("workout-steps"), where)
    assert choice.plan.source == "b.yaml"
    assert choice.why.startswith("the workout on the watch")


def test_the_workout_on_the_watch_is_stronger_than_a_day_apart(folder):
    """Yesterday's plan of the same length was run yesterday."""
    where = folder(x_2026_03_05__yaml=THIRDS, b__yaml=EXAMPLE_YAML)
    assert choose_plan(run_of("workout-steps"), where).plan.source == "b.yaml"


def test_laps_that_were_pressed_decide(folder):
    """15 and four times 10 min, not 15 and twice 20, which take as long."""
    run = simulate(EXAMPLE, Behaviour(), Device(laps="manual"), 9)
    where = folder(a__yaml=THIRDS, b__yaml=EXAMPLE_YAML, run__fit=write_fit(run))
    choice = choose_plan(read_activity(where / "run.fit"), where)
    assert choice.plan.source == "b.yaml"
    assert "laps as long as its blocks" in choice.why


def test_nearly_as_long_loses_against_as_long(folder):
    """57 of 55 min is nearly; an open block at the end takes what is left."""
    near = "blocks:\n  - 15min easy\n  - 3x14min @ 4:00, 3:50, 3:40\n"
    opened = "blocks:\n  - 15min easy\n  - 20min @ 4:00\n  - open easy\n"
    where = folder(a__yaml=near, c__yaml=opened, b__yaml=EXAMPLE_YAML)
    assert choose_plan(run_of(), where).plan.source == "b.yaml"
    (where / "b.yaml").unlink()
    assert "a.yaml, c.yaml" in refused(run_of(), where)


def test_pace_never_decides(folder):
    """The greedy run is not given the faster plan: the two fit alike, and both are named."""
    where = folder(a__yaml=EXAMPLE_YAML, b__yaml=FASTER)
    for name in ("steady", "greedy-then-blow-up"):
        said = refused(run_of(name), where)
        assert said == (
            f"{name}.fit: 2 plans fit equally well: a.yaml, b.yaml; name the right one with --plan"
        )


def test_many_that_fit_alike_are_named_up_to_four(folder):
    """And counted."""
    where = folder(**{f"p{i}__yaml": EXAMPLE_YAML for i in range(6)})
    assert "6 plans fit equally well: p0.yaml, p1.yaml, p2.yaml, p3.yaml and 2 more" in refused(
        run_of(), where
    )


def test_none_that_fits_is_said(folder):
    """With those there are, and what to do."""
    said = refused(run_of(), folder(a__yaml=HOUR.replace("15min", "30min")))
    assert said.startswith("steady.fit: no plan fits, of 1 plan (a.yaml)")
    assert said.endswith("name the plan with --plan")


def test_a_broken_plan_is_named_and_passed_over(folder):
    """Its first problem, with its place."""
    choice = choose_plan(
        run_of(), folder(a__yaml=EXAMPLE_YAML, b__yaml="blocks:\n  - 10min eazy\n")
    )
    assert choice.plan.source == "a.yaml"
    assert len(choice.skipped) == 1
    assert choice.skipped[0].startswith("b.yaml:2:11: 'eazy' is not a pace")
    assert choice.skipped[0].endswith("(passed over)")


def test_if_none_fits_a_broken_plan_is_named_too(folder):
    """It may have been the one."""
    said = refused(run_of(), folder(a__yaml="blocks:\n  - 10min eazy\n"))
    assert "no plan fits" in said
    assert "a.yaml:2:11" in said


def test_the_file_of_paces_is_no_plan(folder):
    """It is read for the paces of the run's day: threshold is 3:30."""
    choice = choose_plan(run_of(), folder(athletes__yaml=SQUAD, a__yaml=SQUAD_PLAN))
    assert choice.skipped == ()
    assert choice.plan.paces_from == "anna's paces from 2026-01-01"
    target = choice.plan.blocks[1].target
    assert target is not None
    assert 1000 / target.speed_mps == pytest.approx(210)


def test_a_file_of_paces_of_another_name_is_no_plan_either(folder):
    """--athletes squad.yaml in the same folder."""
    where = folder(squad__yaml=SQUAD, a__yaml=SQUAD_PLAN)
    assert choose_plan(run_of(), where, athletes=where / "squad.yaml").skipped == ()


def test_a_broken_file_of_paces_is_named_once(folder):
    """Not once for each plan that needs it."""
    where = folder(athletes__yaml="athletes:\n", a__yaml=SQUAD_PLAN, b__yaml=SQUAD_PLAN)
    folder(c__yaml=EXAMPLE_YAML)
    choice = choose_plan(run_of(), where)
    assert choice.plan.source == "c.yaml"
    assert [line[:14] for line in choice.skipped] == ["athletes.yaml:"]


def test_recordings_among_the_plans_are_no_plans(folder):
    """Runs and plans in one folder: FIT and TCX, with a workout in them or without."""
    names = ("steady.fit", "workout-steps.fit", "steady.tcx")
    where = folder(a__yaml=EXAMPLE_YAML)
    for name in names:
        (where / name).write_bytes((SAMPLES / name).read_bytes())
    choice = choose_plan(run_of("workout-steps"), where)
    assert (choice.plan.source, choice.skipped) == ("a.yaml", ())


def test_a_workout_file_is_a_plan(folder):
    """FIT, as progcheck plan export writes it."""
    from analyzer.plans.write_fit import fit_workout

    content = fit_workout(read_plan(EXAMPLE_YAML_LINE)).content
    assert choose_plan(run_of(), folder(a__fit=content)).plan.source == "a.fit"


EXAMPLE_YAML_LINE = "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30"


def test_hidden_files_and_other_endings_are_no_plans(folder):
    """What a Mac leaves behind, notes, folders."""
    where = folder(a__yaml=EXAMPLE_YAML, b__md="x")
    (where / "._a.yaml").write_bytes(b"\0\5")
    (where / "old").mkdir()
    choice = choose_plan(run_of(), where)
    assert (choice.plan.source, choice.skipped) == ("a.yaml", ())


@pytest.mark.parametrize("content", [b"", b"\x0e", b"\x0e\x20" + b"\0" * 6 + b".FIT", b"<" * 99])
def test_any_file_called_fit_is_passed_over_by_name(folder, content):
    """Cut off anywhere."""
    choice = choose_plan(run_of(), folder(a__yaml=EXAMPLE_YAML, b__fit=content))
    assert choice.skipped[0].startswith("b.fit:")


def test_a_recording_cut_anywhere_is_no_plan(folder):
    """The first message says what it is; before its end nothing is known."""
    from analyzer.parsers.workout_file import is_recording

    content = (SAMPLES / "steady.fit").read_bytes()
    assert is_recording(content)
    for length in range(60):
        assert is_recording(content[:length]) in (True, False)


def test_a_folder_that_is_empty_missing_or_a_file_is_one_line(folder):
    """With what to do."""
    where = folder()
    assert "a plan ends in .yaml, .yml" in refused(run_of(), where)
    assert "not a folder of plans" in refused(run_of(), where / "nowhere")
    folder(a__yaml=EXAMPLE_YAML)
    assert "check --plans" in refused(run_of(), where / "a.yaml")


def test_thousands_of_files_are_refused_at_once(folder, monkeypatch):
    """1,000 plans at most, and of more not one is opened."""
    from analyzer.review import choose_plan as module

    where = folder()
    for i in range(MAX_PLANS + 1):
        (where / f"p{i}.yaml").touch()
    monkeypatch.setattr(module, "read_plan", lambda path, **_: pytest.fail(f"opened {path}"))
    assert "1001 plans, over the limit of 1000" in refused(run_of(), where)


def test_each_file_is_read_once_for_many_runs(folder, monkeypatch):
    """Plans in an athlete's paces once for each time the paces changed."""
    from analyzer.review import choose_plan as module

    read = []

    def counted(path, **options):
        read.append(path.name)
        return read_plan(path, **options)

    monkeypatch.setattr(module, "read_plan", counted)
    squad = SQUAD.replace("}]", "}, {from: 2026-03-03, threshold: 3:29}]")
    where = folder(athletes__yaml=squad, a__yaml=EXAMPLE_YAML, b__yaml=SQUAD_PLAN, c__yaml="x")
    plans = PlanFolder(where)
    for day in range(1, 11):
        moved = _on(run_of("workout-steps"), dt.datetime(2026, 3, day, tzinfo=dt.UTC))
        assert plans.choose(moved).plan.source == "a.yaml"
    assert read.count("a.yaml") == 1
    assert read.count("b.yaml") == 2


def _on(activity, when):
    """Move a recording to another day."""
    from analyzer.structs import replace

    return replace(activity, start_time=when)


def test_a_recording_without_a_date_is_chosen_for_by_the_rest(folder):
    """A day in a name then says nothing, for or against."""
    where = folder(x_2025_01_01__yaml=EXAMPLE_YAML, b__yaml=HOUR)
    assert choose_plan(_on(run_of(), None), where).plan.source == "x-2025-01-01.yaml"
