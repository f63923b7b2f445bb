"""progcheck called as a test needs it: in this process, or in one of its own."""

import subprocess
import sys
from functools import cache

from analyzer.cli import main

PROBE = """
import sys
from analyzer.cli import main
code = main({arguments!r})
sys.stdout.flush()
print(code, *sorted(sys.modules), file=sys.stderr)
"""

WATCHED = (
    "numpy",
    "numpy.ma",
    "pandas",
    "matplotlib",
    "scipy",
    "fit_tool",
    "fitdecode",
    "gpxpy",
    "yaml",
    "tzfpy",
)


def run(*arguments, capsys):
    """Run one command line in this process: exit code, stdout, stderr."""
    code = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def loaded(*arguments, watched=WATCHED):
    """Names of the watched modules that one command loads, in a process of its own."""
    return _loaded(tuple(str(a) for a in arguments)) & set(watched)


@cache
def _loaded(arguments):
    """Ask each command once, for all there is to ask."""
    program = PROBE.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=120
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == "0"
    return frozenset(names)
