"""``progcheck mcp`` as a process: what it lists, how it ends, and that nothing ends it early."""

import json
import signal
import subprocess
import sys
import time

import anyio
import pytest

from tests.builders.assistant import answers, connected, started, talked, told
from tests.builders.stores import stored
from tests.places import PLAN, ROOT, SAMPLES

ALWAYS = ["list_files", "review", "compare", "check_plan"]
WITH_A_STORE = ["runs", "trends"]

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def listed(*arguments):
    """Ask for the tools of a server, and what it says of itself."""

    async def talk():
        async with connected(*arguments) as client:
            return (await client.list_tools()).tools, client.instructions

    return talked(talk)


def test_tools_are_listed_with_title_words_and_schema():
    """An assistant chooses by the description, and fills in the arguments by the schema."""
    tools, instructions = listed(SAMPLES)
    assert [tool.name for tool in tools] == ALWAYS
    assert "never instructions" in instructions
    for tool in tools:
        assert tool.title
        assert len(tool.description) > 60
        assert tool.input_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        described = tool.input_schema["properties"].values()
        assert all(argument["description"] for argument in described)
    review = next(tool for tool in tools if tool.name == "review")
    assert review.input_schema["required"] == ["file"]


def test_every_tool_only_reads():
    """And says so, so that an assistant need not ask before each call."""
    tools, _ = listed(SAMPLES)
    hints = [tool.annotations for tool in tools]
    assert all(hint.read_only_hint and hint.idempotent_hint for hint in hints)
    assert not any(hint.destructive_hint or hint.open_world_hint for hint in hints)


def test_a_store_adds_the_tools_that_need_one(tmp_path):
    """Without it they are not there to be called in vain."""
    tools, _ = listed(SAMPLES, "--store", stored(tmp_path / "runs.db", {}))
    assert [tool.name for tool in tools] == ALWAYS + WITH_A_STORE


def test_all_that_is_listed_is_short():
    """An assistant carries it in every conversation: a page of text, about 2,500 tokens."""
    tools, instructions = listed(SAMPLES)
    whole = instructions + "".join(
        tool.description + json.dumps(tool.input_schema) for tool in tools
    )
    assert len(whole) < 10_000


def test_stdout_is_the_protocols_alone():
    """Each line is a message; a closed stdin ends it with 0, and in silence."""
    call = {"name": "review", "arguments": {"file": "steady.fit", "plan": "progression.yaml"}}
    said = [HELLO, {"jsonrpc": "2.0", "method": "notifications/initialized"}]
    done = started(SAMPLES, stdin="".join(json.dumps(m) + "\n" for m in said).encode())
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]
    said.append({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call})
    done = started(SAMPLES, stdin="".join(json.dumps(m) + "\n" for m in said).encode())
    assert done.returncode == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in done.stdout.splitlines())


def test_nothing_to_read_is_no_error():
    """An assistant may start a server and leave at once."""
    done = started(SAMPLES)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("busy_s", [None, 0.0, 0.001, 0.003, 0.01, 0.03, 0.1])
def test_ctrl_c_ends_it_quietly(busy_s):
    """Although stdin is open and no line ever comes, or a call has been answered for so long."""
    with subprocess.Popen(
        [sys.executable, "-m", "analyzer", "mcp", str(SAMPLES)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(HELLO).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1  # it serves
        if busy_s is not None:
            asked = {"file": "steady.fit", "plan": "progression.yaml"}
            call = {"name": "review", "arguments": asked}
            for message in (
                {"jsonrpc": "2.0", "method": "notifications/initialized"},
                {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
            ):
                process.stdin.write(json.dumps(message).encode() + b"\n")
            process.stdin.flush()
            time.sleep(busy_s)
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130
        # The command line ends the line that shows ^C.
        assert process.stderr.read().strip() == b""


def test_lines_that_are_no_messages_end_nothing():
    """Nor do they bring a traceback: the next message is answered."""
    junk = b"not json\n{}\n[1, 2\n\xff\xfe\x00\n" + b'{"jsonrpc": "2.0", "method": 7}\n'
    process = subprocess.run(
        [sys.executable, "-m", "analyzer", "mcp", str(SAMPLES)],
        cwd=ROOT,
        input=junk + json.dumps(HELLO).encode() + b"\n",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert process.returncode == 0
    assert process.stderr == b""
    assert any(json.loads(line).get("id") == 1 for line in process.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere is not a folder"),
        ([PLAN], "is not a folder"),
        ([SAMPLES, "--plans", "nowhere"], "nowhere is not a folder"),
        ([SAMPLES, "--athletes", "nowhere.yaml"], "nowhere.yaml: no such file"),
        ([SAMPLES, "--store", "nowhere.db"], "nowhere.db: "),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line_at_start(arguments, words):
    """Not once an assistant asks."""
    done = started(*arguments)
    assert done.returncode != 0
    assert done.stdout == ""
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_extra_one_line_says_what_to_install():
    """Exit 2, as for a usage error."""
    program = (
        "import sys; sys.modules['mcp'] = None\n"
        "from analyzer.cli import main\n"
        f"sys.exit(main(['mcp', {str(SAMPLES)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stderr == "progcheck mcp needs an extra: pip install 'progcheck[mcp]'\n"


@pytest.mark.parametrize(
    ("tool", "asked", "words"),
    [
        ("reviews", {}, "reviews: no such tool; there are list_files, review"),
        ("trends", {}, "trends: no such tool; it needs --store at start"),
        ("review", {}, "review: Object missing required field 'file'"),
        ("review", {"file": 3}, "review: Expected 'str', got 'int' - at 'file'"),
        ("review", {"file": "a", "plain": "b"}, "review: Object contains unknown field 'plain'"),
        ("review", {"file": "a", "start": "soon"}, "review: Expected 'str' matching regex"),
        ("review", {"file": "a", "match": "pace"}, "review: Invalid enum value 'pace'"),
        ("compare", {"files": ["a"]}, "compare: Expected 'array' of length >= 2"),
        ("list_files", {"page": 0}, "list_files: Expected 'int' >= 1"),
        ("list_files", {"page": 99}, "list_files: there is no page 99; the answer has"),
    ],
)
def test_a_wrong_call_is_told_what_was_expected(tool, asked, words, wrong):
    """As an error of the tool, in one line: an assistant mends it, and asks again."""
    told = wrong[tool, json.dumps(asked)]
    assert told.is_error
    assert words in told.text
    assert "\n" not in told.text


@pytest.fixture(scope="module")
def wrong():
    """Make every wrong call of one server, and one that is right behind them."""
    marks = test_a_wrong_call_is_told_what_was_expected.pytestmark
    calls = [(tool, asked) for tool, asked, _ in marks[0].args[1]]
    *made, last = answers([SAMPLES], *calls, ("list_files", {"kind": "plan"}))
    assert not last.is_error
    return {(tool, json.dumps(asked)): one for (tool, asked), one in zip(calls, made, strict=True)}


IN_A_THOUSANDTH = """
import functools
from analyzer.assistant import server
server.server_of = functools.partial(server.server_of, limit_s=0.001)
"""

DYING = """
from analyzer.assistant import server
from tests.builders.assistant import dies
server.answer = dies
"""


def changed(program, *questions):
    """Ask a server in whose process something was changed first."""

    async def talk():
        async with connected(SAMPLES, changed=program) as client:
            return [await told(client, tool, **asked) for tool, asked in questions]

    return talked(talk)


def test_what_takes_too_long_is_stopped_and_the_server_lives_on():
    """No process answers in a thousandth of a second, as it has to start."""
    for one in changed(IN_A_THOUSANDTH, ("list_files", {}), ("list_files", {})):
        assert one.is_error
        assert one.text == "list_files: stopped, as it took longer than 0.001 s"


def test_a_process_that_dies_is_one_answer():
    """As if the system had killed it for want of memory: the next call has a new one."""
    died, after = changed(DYING, ("check_plan", {"plan": "10min @ 4:00"}), ("list_files", {}))
    assert died.is_error
    assert "the process that answered died" in died.text
    assert not after.is_error


def test_calls_are_answered_side_by_side_and_one_can_be_called_off():
    """A reader of plans does not wait for thirty runs; what is called off frees its process."""

    async def talk():
        async with connected(SAMPLES) as client:
            with anyio.move_on_after(0.05):
                await told(client, "compare", files=["steady.fit", "fade.fit"], plan=str(PLAN))
            got = {}

            async def ask(name, **asked):
                got[name] = await told(client, name, **asked)

            async with anyio.create_task_group() as group:
                group.start_soon(lambda: ask("check_plan", plan="20min @ 5:00, 10min @ 4:00"))
                group.start_soon(lambda: ask("review", file="steady.fit", plan=str(PLAN)))
                group.start_soon(lambda: ask("list_files"))
            return got

    got = talked(talk)
    assert set(got) == {"check_plan", "review", "list_files"}
    assert not any(one.is_error for one in got.values())
