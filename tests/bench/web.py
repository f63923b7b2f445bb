"""
``python -m tests.bench.web``: what a runner waits for at the page, against the terminal.

An hour's FIT on a warm server, from a wheel in an environment of its own, seen by a headless
Chromium: from the drop to the review on the screen, and from a key at a block's edge to the
review of that. They take turns with the terminal's review of the same file and plan. The wait
before a key counts (a quarter of a second) is left out of the second, as it is the page's own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.run import MAKE, START, cost_of, environment
from tests.browser.conftest import OPTIONS, chromium
from tests.browser.served import PLAN, Visit
from tests.builders.installed import build_wheel, install
from tests.builders.web_server import Server, stop

ROUNDS, SHORT_ROUNDS = 15, 4

DAY = """
import sys
from pathlib import Path
from tests.builders.plans import PlannedBlock
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
day = tuple(PlannedBlock(pace=330 - i, seconds=3600) for i in range(24))
Path(sys.argv[1]).write_bytes(write_fit(simulate(day, Behaviour(), Device(), 1)))
"""

DAY_PLAN = ", ".join(f"1h @ {(330 - i) // 60}:{(330 - i) % 60:02d}" for i in range(24))


def drop_ms(visit: Visit, run: Path) -> float:
    """Give the page a run; return how long it took until its review was shown [ms]."""
    page = visit.page
    page.evaluate("document.querySelector('#review').replaceChildren()")
    started = time.perf_counter()
    page.set_input_files("#file", run)  # dropping by a script would pass it through that
    page.wait_for_selector(".made h1")
    return 1000 * (time.perf_counter() - started)


MOVED = """
() => new Promise((done) => {
  document.addEventListener("htmx:beforeRequest", () => { window.asked = performance.now(); },
    { once: true });
  document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(() =>
    done(performance.now() - window.asked)), { once: true });
  document.querySelector(".plate.wide .handle:nth-of-type(2)").dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
})
"""


def moved_ms(page: Page) -> float:
    """Step an edge by a key; return how long it took from the request to the next picture [ms]."""
    return float(page.evaluate(MOVED))


LONGEST_FRAME = """
() => { window.longest = 0; let last = performance.now();
  const tick = (now) => { window.longest = Math.max(window.longest, now - last); last = now;
    requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }
"""


def main(arguments: list[str]) -> None:
    """Print the figures."""
    rounds = SHORT_ROUNDS if "--short" in arguments else ROUNDS
    if chromium() is None:
        sys.stdout.write("the page was not measured: no Chromium on this machine\n")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = str(install(build_wheel(folder), folder / "environment", "web"))
        subprocess.run([sys.executable, "-c", MAKE, name], check=True)
        command = [python, "-c", START, "rich.fit", "--plan", PLAN]
        serving = [python, "-c", START, "serve", "--no-open"]
        process = subprocess.Popen(
            serving, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        server = Server(process.stdout.readline().strip(), process)
        try:
            _measure(server, folder, command, rounds)
        finally:
            stop(process)


def _measure(server: Server, folder: Path, command: list[str], rounds: int) -> None:
    """Let terminal and page take turns."""
    terminal, shown, moved = [], [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=OPTIONS)
        visit = Visit(browser, server)
        visit.write_plan()
        drop_ms(visit, folder / "rich.fit")
        moved_ms(visit.page)
        for _ in range(rounds):
            terminal.append(1000 * cost_of(command, folder).wall_s)
            shown.append(drop_ms(visit, folder / "rich.fit"))
            moved.append(moved_ms(visit.page))
        _say("terminal review", terminal, terminal)
        _say("dropped to shown", shown, terminal)
        _say("edge moved to shown", moved, terminal)
        half = statistics.median(b / a for a, b in zip(shown, moved, strict=True))
        sys.stdout.write(f"edge moved / dropped to shown: {half:.2f}\n")
        if "--short" not in sys.argv:
            _day(visit, folder)
        browser.close()


def _day(visit: Visit, folder: Path) -> None:
    """Review a day, and see whether the page freezes meanwhile."""
    run = folder / "day.fit"
    subprocess.run([sys.executable, "-c", DAY, str(run)], check=True)
    visit.write_plan(DAY_PLAN)
    visit.page.evaluate(LONGEST_FRAME)
    taken = drop_ms(visit, run)
    frame = visit.page.evaluate("window.longest")
    edge = moved_ms(visit.page)
    sys.stdout.write(
        f"a day of 24 h: shown in {taken:.0f} ms, edge moved in {edge:.0f} ms, longest frame of "
        f"the page {frame:.0f} ms\n"
    )


def _say(what: str, times_ms: list[float], terminal_ms: list[float]) -> None:
    """Print a median and its ratio to the terminal's review."""
    ratio = statistics.median(a / b for a, b in zip(times_ms, terminal_ms, strict=True))
    sys.stdout.write(f"{what}: {statistics.median(times_ms):.0f} ms, {ratio:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
