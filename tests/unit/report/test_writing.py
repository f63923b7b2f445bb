"""A report is the whole new one or the whole old one, whatever happens while it is written."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analyzer.errors import OutputError
from analyzer.report.write import LEFT, write_whole
from tests.builders.command import run as command
from tests.places import PLAN, ROOT, SAMPLES

pytestmark = pytest.mark.slow

STEADY = SAMPLES / "steady.fit"
SIZE = 3_000_000
WRITER = """
import sys
from analyzer.report.write import write_whole
target, size = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_whole(target, letter * size)
"""
LIMITED = """
import contextlib, io, json, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from analyzer.cli import main
*words, targets = sys.argv[1:]
for target in json.loads(targets):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        code = main([*words, "-o", target])
    print(json.dumps([target, code, said.getvalue()]))
"""


def run(*arguments, **options):
    """Run progcheck in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "analyzer", *map(str, arguments)],
        cwd=ROOT, capture_output="stdout" not in options, text=True, check=False, timeout=120,
        stderr=subprocess.PIPE if "stdout" in options else None, **options,
    )  # fmt: skip


def one_line(text):
    """Return what was said on stderr, which must be one line."""
    assert text.count("\n") == 1
    assert "Traceback" not in text
    return text.strip()


@pytest.mark.parametrize("turn", range(12))
def test_a_run_killed_while_writing_leaves_a_whole_report(tmp_path, turn):
    """At any moment: all of the old or all of the new one, and at most one hidden file."""
    target = tmp_path / "report.html"
    target.write_bytes(b"a" * SIZE)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target), str(SIZE)], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.013 * turn + 0.001)
        writer.send_signal(signal.SIGKILL)
    content = target.read_bytes()
    assert len(content) == SIZE
    assert set(content) in ({ord("a")}, {ord("b")})
    others = [p.name for p in tmp_path.iterdir() if p != target]
    assert len(others) <= 1
    assert all(LEFT.fullmatch(name) for name in others)


def test_what_a_killed_run_left_is_taken_away_by_a_later_one(tmp_path):
    """When it is an hour old; what is younger may be in use, and other files are not ours."""
    names = {
        ".progcheck-abcdefgh.part": 7200, ".progcheck-00000000.part": 60,
        ".progcheck-config.yaml": 7200, "progcheck-abcdefgh.part": 7200,
    }  # fmt: skip
    for name, age_s in names.items():
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age_s,) * 2)
    (tmp_path / ".progcheck-folder00.part").mkdir()
    write_whole(str(tmp_path / "r.json"), b"new")
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {*names, "r.json", ".progcheck-folder00.part"} - {".progcheck-abcdefgh.part"}


def test_a_file_that_may_not_grow_leaves_the_old_one(tmp_path):
    """As with a quota, in every form: exit 74, one line, nothing beside it."""
    pytest.importorskip("resource")
    targets = [tmp_path / f"report.{form}" for form in ("html", "json", "csv", "md")]
    for target in targets:
        target.write_text("old", encoding="utf-8")
    runs = [STEADY] * 5  # so that Markdown and table are larger than the limit, too
    words = [str(w) for w in (*runs, "--plan", PLAN)]
    words.append(json.dumps([str(target) for target in targets]))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *words],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    for target, line in zip(targets, done.stdout.splitlines(), strict=True):
        written, code, said = json.loads(line)
        assert (written, code) == (str(target), 74)
        assert one_line(said).startswith(f"{target.name}: cannot be written (File too large)")
        assert target.read_text(encoding="utf-8") == "old"
    assert sorted(tmp_path.iterdir()) == sorted(targets)


def in_namespace(folder, options, *arguments):
    """Run progcheck with a small or read-only disk at a folder, which nobody else sees."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no unshare here")
    words = " ".join(f"'{a}'" for a in (sys.executable, "-m", "analyzer", *arguments))
    script = f"mount -t tmpfs {options} tmpfs '{folder}' || exit 99\n"
    script += f"echo old > '{folder}/r.html' 2>/dev/null\n{words}\ncode=$?\n"
    script += f"ls -A '{folder}'; cat '{folder}/r.html'; exit $code"
    done = subprocess.run(
        [unshare, "--map-root-user", "--mount", "sh", "-c", script],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode in (1, 99):
        pytest.skip(f"no mount here: {done.stderr.strip()[:80]}")
    return done


def test_a_full_disk_leaves_the_old_report(tmp_path):
    """74, one line, and no room taken."""
    target = tmp_path / "r.html"
    done = in_namespace(tmp_path, "-o size=8k", STEADY, "--plan", PLAN, "-o", target)
    assert done.returncode == 74
    assert "r.html: cannot be written (No space left on device)" in one_line(done.stderr)
    assert done.stdout.split() == ["r.html", "old"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    """A disk that is only for reading: the rights of root do not help."""
    target = tmp_path / "new.html"
    done = in_namespace(tmp_path, "-o ro", STEADY, "--plan", PLAN, "-o", target)
    assert done.returncode == 74
    assert "new.html: cannot be written (Read-only file system)" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("options", [[], ["--json"], ["--message"]])
def test_a_full_stdout_is_said(options):
    """74 and one line, for every form that goes there."""
    with Path("/dev/full").open("wb") as full:
        done = run(STEADY, "--plan", PLAN, *options, stdout=full)
    assert done.returncode == 74
    assert one_line(done.stderr).startswith("stdout: ")


@pytest.mark.parametrize("name", ["missing/r.html", "file/r.html", "folder.html"])
def test_a_target_that_is_none_is_said(tmp_path, name, capsys):
    """No such folder, a file in place of one, a folder in place of the file."""
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, out, err = command(STEADY, "--plan", PLAN, "-o", tmp_path / name, capsys=capsys)
    assert (code, out) == (74, "")
    assert one_line(err).startswith(f"{Path(name).name}: cannot be written (")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "folder.html"]


def test_a_link_stays_a_link_and_its_target_is_renewed(tmp_path):
    """As an editor does it."""
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "r.json", tmp_path / "latest.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_whole(str(link), b"new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert len(list((tmp_path / "real").iterdir())) == 1


def test_a_ring_of_links_ends(tmp_path):
    """No endless search: the report takes the place of the link, or it is said."""
    (tmp_path / "a.json").symlink_to(tmp_path / "b.json")
    (tmp_path / "b.json").symlink_to(tmp_path / "a.json")
    try:
        write_whole(str(tmp_path / "a.json"), b"new")
    except OutputError:
        assert not (tmp_path / "a.json").exists()
    else:
        assert (tmp_path / "a.json").read_bytes() == b"new"


def test_a_pipe_is_written_and_not_replaced(tmp_path):
    """It has no old content to keep."""
    pipe = tmp_path / "r.json"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:  # noqa: S607
        write_whole(str(pipe), b"new")
        assert reader.communicate(timeout=60)[0] == b"new"
    assert pipe.is_fifo()


def test_rights_of_the_old_file_are_kept(tmp_path):
    """And a new one has what the user's mask leaves."""
    target = tmp_path / "r.json"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_whole(str(target), b"new")
    assert target.stat().st_mode & 0o777 == 0o640
