"""The command line keeps its contract: streams, exit codes, one line for what is wrong."""

import io
import json
import os
import re
import subprocess
import sys

import jsonschema
import pytest

from analyzer.cli import main
from analyzer.report.forms import endings
from analyzer.report.json_result import schema_text
from tests.builders.command import run
from tests.places import PLAN, SAMPLES

STEADY = str(SAMPLES / "steady.fit")
GREEDY = str(SAMPLES / "greedy-then-blow-up.fit")
LINE = "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30"


def test_a_review_is_on_stdout_and_nothing_else(capsys):
    """Results on stdout, the rest on stderr; a well-held run exits 0."""
    code, out, err = run(STEADY, "--plan", PLAN, capsys=capsys)
    assert (code, err) == (0, "")
    assert "Held all five blocks." in out


def test_a_badly_paced_run_still_exits_0(capsys):
    """It was reviewed."""
    code, out, _ = run(GREEDY, "--plan", PLAN, capsys=capsys)
    assert code == 0
    assert "not the planned session" in out


def test_explain_shows_where_every_point_went(capsys):
    """After the report; the sum is what the score is short of."""
    code, out, err = run(GREEDY, "--plan", PLAN, "--explain", capsys=capsys)
    assert (code, err) == (0, "")
    (sum_line,) = [line for line in out.splitlines() if line.startswith("100 less ")]
    lost, exact, shown = re.findall(r"[0-9.]+[0-9]", sum_line)[1:]
    assert float(lost) + float(exact) == pytest.approx(100.0)
    assert f"{shown} of 100" in out


def test_explain_is_for_the_terminal(capsys):
    """In a file or in JSON the terms are there anyway, or not wanted: exit 2, one line."""
    for other in (("--json",), ("-o", "run.html")):
        code, out, err = run(GREEDY, "--plan", PLAN, "--explain", *other, capsys=capsys)
        assert (code, out) == (2, "")
        assert "score.terms" in err


def test_gap_chooses_how_slopes_count(capsys):
    """The sample loop is flat: nothing is adjusted, and the adjusted pace is shown by the model."""
    shown = {}
    for model in ("strava", "minetti", "off"):
        _, out, _ = run(STEADY, "--plan", PLAN, "--json", "--gap", model, capsys=capsys)
        result = json.loads(out)
        assert not any(b["is_grade_adjusted"] for b in result["blocks"])
        shown[model] = [b["gap_s_per_km"] for b in result["blocks"]]
    assert shown["strava"] == shown["off"]
    assert shown["strava"] != shown["minetti"]


def test_the_json_is_strict_and_follows_its_schema(capsys):
    """Every key of schema version 1; progcheck schema prints the schema."""
    code, out, _ = run(GREEDY, "--plan", PLAN, "--json", capsys=capsys)
    assert code == 0
    result = json.loads(out, parse_constant=lambda c: pytest.fail(f"not strict: {c}"))
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(result)
    code, printed, _ = run("schema", capsys=capsys)
    assert json.loads(printed) == json.loads(schema_text())


def test_several_runs_are_one_json_document_a_line(capsys):
    """In the order given."""
    code, out, _ = run(STEADY, GREEDY, "--plan", PLAN, "--json", capsys=capsys)
    assert code == 0
    names = [json.loads(line)["activity"]["source"] for line in out.splitlines()]
    assert names == ["steady.fit", "greedy-then-blow-up.fit"]


def test_one_bad_file_of_several_gives_5_and_the_others_their_review(tmp_path, capsys):
    """The bad one is named on stderr."""
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"")
    code, out, err = run(STEADY, bad, "--plan", PLAN, "--json", capsys=capsys)
    assert code == 5
    assert len(out.splitlines()) == 1
    assert err.splitlines() == [
        "bad.fit: the file is empty: copy or download it again",
        "1 of 2 files could not be reviewed",
    ]


def test_the_plan_may_be_one_line(capsys):
    """The same blocks as the file."""
    by_file = json.loads(run(STEADY, "--plan", PLAN, "--json", capsys=capsys)[1])
    by_line = json.loads(run(STEADY, "--plan", LINE, "--json", capsys=capsys)[1])
    assert by_line["blocks"] == by_file["blocks"]
    assert by_line["plan"]["source"] == "command line"


def test_the_plan_may_be_left_out_where_the_file_carries_a_workout(capsys):
    """Placed by its steps."""
    code, out, _ = run(SAMPLES / "workout-steps.fit", "--json", capsys=capsys)
    assert code == 0
    assert json.loads(out)["alignment"] == {
        "basis": "workout_steps",
        "confidence": 1.0,
        "start_offset_s": 0.0,
        "notes": [],
    }


def test_a_written_plan_of_the_same_blocks_uses_the_steps_on_the_watch(capsys):
    """The coach's YAML and the workout made of it are one session."""
    out = run(SAMPLES / "workout-steps.fit", "--plan", PLAN, "--json", capsys=capsys)[1]
    assert json.loads(out)["alignment"]["basis"] == "workout_steps"


def test_no_plan_at_all_exits_4_and_says_how_to_give_one(capsys):
    """A file without a workout."""
    code, out, err = run(STEADY, capsys=capsys)
    assert (code, out) == (4, "")
    assert "--plan" in err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["no-such.fit", "--plan", LINE], 3, "no-such.fit: no such file"),
        ([STEADY, "--plan", "no-such.yaml"], 4, "no-such.yaml: no such file"),
        ([STEADY, "--plan", "10min eazy"], 4, "did you mean 'easy'"),
        ([STEADY, "--plan", LINE, "-o", "review.doc"], 2, "has no known ending"),
        ([STEADY, "--plan", LINE, "-o", "review.docx"], 2, f"use {endings()}"),
        ([STEADY, "--plan", LINE, "-o", "no/such/folder/review.png"], 74, "cannot be written"),
        ([STEADY, "--plan", LINE, "--session", "0"], 2, "0 is not in the range"),
        ([STEADY, "--plan", LINE, "--session", "2"], 3, "there is no session 2"),
        ([STEADY, "--plan", LINE, "--start", "3:99"], 2, "part of 60 or more"),
        ([STEADY, "--plan", LINE, "--nonsense"], 2, "No such option"),
        (["--plan", LINE], 2, "Missing argument"),
        ([str(SAMPLES), "--plan", LINE], 3, "a folder, not a recording"),
        ([str(PLAN), "--plan", LINE], 3, "a plan, not a recording: give it with --plan"),
        ([STEADY, "--plan", ""], 4, "the plan is empty; write for example"),
        ([STEADY, "--plan", LINE, "--start", "9:00:00"], 4, "the recording ends at 55:00"),
        ([STEADY, "--plan", LINE, "--start", "-9:00:00"], 4, "the plan would be over"),
        ([STEADY, "--plan", LINE, "--start", "-3:99"], 2, "part of 60 or more"),
    ],
)
def test_what_is_wrong_is_one_line_and_a_code(arguments, code, says, capsys):
    """2 usage, 3 activity, 4 plan, 74 output; nothing on stdout."""
    got, out, err = run(*arguments, capsys=capsys)
    assert (got, out) == (code, "")
    assert says in err
    assert "Traceback" not in err
    if code == 2:
        assert err.count("\n") == 1
        assert err.endswith(" See 'progcheck review --help'.\n")


def test_a_command_that_is_misspelt_gets_one_line_and_a_pointer_to_help(capsys):
    """Of the group that lacks it; and the command that was meant, where one is near."""
    code, out, err = run("plan", "quit", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "progcheck plan: No such command 'quit'. See 'progcheck plan --help'.\n"
    code, out, err = run("plan", "chek", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == (
        "progcheck plan: there is no command 'chek'; did you mean 'check'? "
        "See 'progcheck plan --help'.\n"
    )


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("reveiw", "there is no command 'reveiw', and no such file; did you mean 'review'?"),
        ("comapre", "there is no command 'comapre', and no such file; did you mean 'compare'?"),
        ("help", "there is no command 'help'."),
    ],
)
def test_a_word_that_was_meant_as_a_command_is_not_a_missing_file(word, says, capsys):
    """A file of that name is one all the same."""
    code, out, err = run(word, STEADY, capsys=capsys)
    assert (code, out) == (2, "")
    assert err == f"progcheck: {says} See 'progcheck --help'.\n"


def test_a_run_may_be_called_as_a_command_is_misspelt(tmp_path, monkeypatch, capsys):
    """What is there as a file is a RUN."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reveiw").write_bytes((SAMPLES / "steady.fit").read_bytes())
    assert run("reveiw", "--plan", LINE, capsys=capsys)[0] == 0


def test_inspect_takes_no_color_as_the_others_do(capsys):
    """It has no colours, and says so by doing the same."""
    plain = run("inspect", STEADY, capsys=capsys)
    assert run("inspect", STEADY, "--no-color", capsys=capsys) == plain
    assert plain[0] == 0


def test_an_option_without_its_value_gets_one_line_and_a_pointer_to_help(capsys):
    """Where the command line breaks off, nobody says of which command."""
    code, out, err = run(str(STEADY), "--plan", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "progcheck: Option '--plan' requires an argument. See 'progcheck --help'.\n"


@pytest.mark.parametrize("command", ["review", "compare"])
def test_help_lists_every_ending_that_a_report_may_have(command, capsys):
    """From the table of forms."""
    from analyzer.report.forms import FORMS

    code, out, _ = run(command, "--help", capsys=capsys)
    assert code == 0
    assert [form.ending for form in FORMS.values() if form.ending not in out] == []


def test_reports_of_several_runs_are_a_blank_line_apart(tmp_path, capsys):
    """On stdout, with files beside them or without."""
    plain = run(STEADY, GREEDY, "--plan", PLAN, capsys=capsys)[1]
    options = ("-q", "-o", "-", "-o", tmp_path / "both.md")
    assert run(STEADY, GREEDY, "--plan", PLAN, *options, capsys=capsys)[1] == plain
    first, second = plain.split("\n\n── ")
    assert first.startswith("── steady.fit ──")
    assert second.startswith("greedy-then-blow-up.fit ──")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-under", "50"], 1),
        (["--fail-under", "10"], 0),
        (["--fail-on", "BLOW_UP"], 1),
        (["--fail-on", "TRUNCATED"], 0),
    ],
)
def test_failing_is_only_on_request(arguments, code, capsys):
    """The greedy run scores 42 and blew up clearly."""
    assert run(GREEDY, "--plan", PLAN, *arguments, capsys=capsys)[0] == code


@pytest.mark.slow
def test_a_picture_is_written_and_said_on_stderr(tmp_path, capsys):
    """Nothing on stdout; quiet says nothing at all."""
    target = tmp_path / "review.png"
    assert run(STEADY, "--plan", PLAN, "-o", target, capsys=capsys) == (
        0,
        "",
        "review.png written\n",
    )
    assert target.read_bytes().startswith(b"\x89PNG")
    assert run(STEADY, "--plan", PLAN, "-q", "-o", target, capsys=capsys) == (0, "", "")
    assert [p.name for p in tmp_path.iterdir()] == ["review.png"]


def test_units_are_miles_on_request(capsys):
    """4:00 /km is 6:26 /mi."""
    out = run(STEADY, "--plan", PLAN, "--units", "mi", capsys=capsys)[1]
    assert " 6:26 " in out


def test_a_given_start_places_block_one(capsys):
    """--start 2:00."""
    out = run(STEADY, "--plan", PLAN, "--start", "2:00", "--json", capsys=capsys)[1]
    result = json.loads(out)
    assert result["blocks"][0]["start_s"] == 120.0
    assert result["alignment"]["confidence"] == 1.0


def test_a_start_before_the_recording_is_a_watch_started_late(capsys):
    """--start -2:00: block 1 is the recording's first 15 - 2 = 13 min."""
    out = run(STEADY, "--plan", PLAN, "--start", "-2:00", "--json", capsys=capsys)[1]
    result = json.loads(out)
    assert (result["blocks"][0]["start_s"], result["blocks"][0]["end_s"]) == (0.0, 780.0)
    assert result["alignment"]["start_offset_s"] == -120.0


def progcheck(*arguments, stdin=None, **environment):
    """Run a whole process."""
    return subprocess.run(
        [sys.executable, "-m", "analyzer", *map(str, arguments)],
        capture_output=True,
        check=False,
        input=stdin,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion_script(shell):
    """As docs/cli.md says how to load it."""
    done = progcheck(_PROGCHECK_COMPLETE=f"{shell}_source")
    assert done.returncode == 0
    assert b"_PROGCHECK_COMPLETE=%s_complete" % shell.encode() in done.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("progcheck insp", {"plain,inspect", "file,insp"}),
        ("progcheck plan sh", {"plain,show"}),
        ("progcheck run.fit --fail-o", {"plain,--fail-on"}),
        ("progcheck run.fit --plan pl", {"file,pl"}),
        ("progcheck run.fit --plans pl", {"dir,pl"}),
        ("progcheck ru", {"file,ru"}),
        ("progcheck reveiw", {"file,reveiw"}),
    ],
)
def test_a_shell_completes_commands_options_and_files(words, offered):
    """An unfinished line is never an error."""
    count = str(words.count(" "))
    done = progcheck(COMP_WORDS=words, COMP_CWORD=count, _PROGCHECK_COMPLETE="bash_complete")
    assert (done.returncode, done.stderr) == (0, b"")
    assert set(done.stdout.decode().split()) == offered


def test_stdin_is_read_as_a_dash():
    """As any file, by content."""
    content = (SAMPLES / "steady.fit").read_bytes()
    done = progcheck("-", "--plan", LINE, "--json", stdin=content)
    assert done.returncode == 0
    assert json.loads(done.stdout)["activity"]["source"] == "stdin"


@pytest.mark.slow
def test_a_closed_pipe_ends_quietly():
    """As under ``| head -1``: 74, no traceback."""
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen(
        [sys.executable, "-m", "analyzer", STEADY, "--plan", LINE],
        stdout=write,
        stderr=subprocess.PIPE,
    )
    os.close(write)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 74
    assert b"Traceback" not in err


@pytest.mark.slow
def test_a_terminal_without_unicode_gets_question_marks_not_an_error():
    """PYTHONIOENCODING=ascii."""
    done = progcheck(STEADY, "--plan", LINE, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Held all five blocks." in done.stdout


def test_no_colour_reaches_a_pipe_nor_a_terminal_without_colour(capsys, monkeypatch):
    """NO_COLOR and --no-color; else a terminal has it."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in run(STEADY, "--plan", LINE, capsys=capsys)[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\x1b[" in run(STEADY, "--plan", LINE, capsys=capsys)[1]
    assert "\x1b" not in run(STEADY, "--plan", LINE, "--no-color", capsys=capsys)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(STEADY, "--plan", LINE, capsys=capsys)[1]


def test_a_fault_of_ours_is_one_line_and_70(monkeypatch, capsys):
    """Never a traceback."""
    from analyzer.review import pipeline

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "align", broken)
    code, out, err = run(STEADY, "--plan", LINE, capsys=capsys)
    assert (code, out) == (70, "")
    assert err.count("\n") == 1
    assert "a bug in progcheck (ZeroDivisionError)" in err


def test_ctrl_c_is_130(monkeypatch):
    """As shells have it."""
    from analyzer.review import pipeline

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "align", interrupted)
    assert main([STEADY, "--plan", LINE]) == 130


def test_inspect_shows_what_is_in_a_file_without_a_coordinate(capsys):
    """Clocks, columns, laps, steps."""
    code, out, _ = run("inspect", SAMPLES / "missed-block.fit", capsys=capsys)
    assert code == 0
    assert "Workout     Tuesday progression" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    code, out, _ = run("inspect", SAMPLES / "missed-block.fit", "--json", capsys=capsys)
    found = json.loads(out)
    assert [lap["step_index"] for lap in found["laps"]] == [0, 1, 2, 4]
    assert "latitude" not in out


def test_plan_check_says_all_that_is_wrong(capsys):
    """Exit 4; a good plan is one line on stdout."""
    code, out, err = run("plan", "check", PLAN, "10min @ 4:60, 5 k @ 3:00", capsys=capsys)
    assert code == 4
    assert out == "progression.yaml: 5 blocks, 55 min, 13.7 km, 4:00 to 3:30 /km\n"
    assert "plan:1:9:" in err
    assert "plan:1:15:" in err


def test_help_names_every_command_and_its_use(capsys):
    """The main job first."""
    code, out, _ = run("--help", capsys=capsys)
    assert code == 0
    for word in ("review", "plan", "inspect", "schema", "--plan"):
        assert word in out


def test_reading_stdin_twice_is_refused(capsys):
    """There is only one."""
    code, _, err = run("-", "-", "--plan", LINE, capsys=capsys)
    assert code == 2
    assert "only once" in err


def test_a_stream_without_a_name_is_read():
    """From Python: any binary file."""
    from analyzer import read_activity

    content = (SAMPLES / "steady.fit").read_bytes()
    assert read_activity(io.BytesIO(content)).source == "stream"


def test_a_message_takes_the_place_of_the_report(capsys):
    """On stdout, with name, words and effort as given; several are a blank line apart."""
    said = ("--name", "Anna", "--note", "easy until the bridge", "--rpe", "7")
    code, out, err = run(STEADY, "--plan", PLAN, "--message", *said, capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith("Hi Anna,\n\nTuesday progression: 98 of 100 (94 to 100), held.\n")
    assert "You wrote: “easy until the bridge”. You rated the effort 7 of 10." in out
    code, out, _ = run(STEADY, GREEDY, "--plan", PLAN, "--message", "--name", "Bo", capsys=capsys)
    assert code == 0
    assert out.count("\n\nHi Bo,\n\n") == 1


def test_a_message_goes_beside_files(tmp_path, capsys):
    """``-o review.txt`` stays the report of the terminal."""
    target = tmp_path / "review.txt"
    code, out, _ = run(STEADY, "--plan", PLAN, "--message", "-q", "-o", target, capsys=capsys)
    assert code == 0
    assert "that is the session" in out
    assert "Off by" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--message", "--json"), "--json"),
        (("--message", "--explain"), "--explain"),
        (("--rpe", "11"), "--rpe"),
        (("--rpe", "nan"), "--rpe"),
        (("--note", "x" * 1001), "1001 characters are too many; at most 1000 are shown"),
        (("--name", "x" * 61), "61 characters are too many; at most 60 are shown"),
        ((GREEDY, "--note", "x"), "--note and --rpe are about one RUN"),
    ],
)
def test_remarks_that_do_not_fit_are_refused(options, said, capsys):
    """Exit 2, one line, nothing on stdout."""
    code, out, err = run(STEADY, "--plan", PLAN, *options, capsys=capsys)
    assert (code, out) == (2, "")
    assert said in err


def test_effort_that_is_given_wins_over_the_file(capsys):
    """``remarks`` has what counts, ``activity`` what the file says."""
    options = ("--json", "--rpe", "3", "--note", "windy")
    _, out, _ = run(STEADY, "--plan", PLAN, *options, capsys=capsys)
    told = json.loads(out)
    assert told["remarks"] == {"name": None, "note": "windy", "rpe": 3.0, "feel": None}
    assert told["activity"]["rpe"] is None
