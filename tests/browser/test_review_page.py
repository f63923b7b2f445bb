"""The review page in a real browser, at a real server: from a file to a verdict, and what if."""

import dataclasses
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from analyzer import review_file
from analyzer.archive.said import GivenPlan, Ruling
from analyzer.archive.store.packed import unpack
from analyzer.archive.store.store import Store
from analyzer.report.headline import headline
from tests.browser.served import PLAN, Visit
from tests.browser.test_page import OUTSIDE, serious
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.web_server import serving
from tests.builders.write_fit import write_fit
from tests.places import SAMPLES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("review page")]

RUN = SAMPLES / "greedy-then-blow-up.fit"
WITH_WORKOUT = SAMPLES / "workout-steps.fit"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Where the server keeps what it is asked to."""
    return tmp_path_factory.mktemp("server") / "progcheck.db"


@pytest.fixture(scope="module")
def server(store):
    """One server for all visits."""
    with serving(store.parent, "--plans", str(SAMPLES / "plans")) as running:
        yield running


@pytest.fixture
def visit(browser, server) -> Iterator[Visit]:
    """Visit with a mouse, at a desk."""
    visiting = Visit(browser, server)
    yield visiting
    visiting.close()


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """Write a run whose watch was started 3 min late: 720 of the 900 s of block 1 are there."""
    plan = (dataclasses.replace(EXAMPLE[0], seconds=720), *EXAMPLE[1:])
    path = tmp_path_factory.mktemp("late") / "late.fit"
    path.write_bytes(write_fit(simulate(plan, Behaviour(), Device(), 3)))
    return path


def sentence_of(path, plan=PLAN):
    """Return what the command line says first of a run."""
    return headline(review_file(path, plan), "km")[0]


def words(page, selector):
    """Text of an element, with plain blanks."""
    return page.inner_text(selector).replace("\u00a0", " ")


def start_of(page, block, layout="wide"):
    """Where the figure has the start of a block [s]."""
    return int(page.get_attribute(f".plate.{layout} .handle >> nth={block - 1}", "aria-valuenow"))


def box_of(part):
    """Where a part of a page is shown."""
    return part.bounding_box()


def answered(page, do):
    """Do something that has the run judged again, and wait for the answer."""
    with page.expect_response("**/review") as answer:
        do()
    assert answer.value.ok
    page.wait_for_selector(".htmx-request, .htmx-swapping", state="detached")


def type_start(page, text):
    """Write when block 1 began, and leave the field."""
    page.fill("#start", text)
    page.keyboard.press("Tab")


def test_first_visit_to_verdict_by_drag_and_drop(visit):
    """A plan written, a file dropped: the sentence of the command line; nothing leaves, no word."""
    page = visit.reviewed(RUN)
    assert words(page, ".made h1") == sentence_of(RUN)
    assert visit.heard == []
    assert visit.leaves() == []


def test_first_visit_to_verdict_by_keyboard_alone(visit):
    """Tab to the plan, write it; back to the file, Enter, choose: judged at once."""
    page = visit.page
    choosers: list[Any] = []
    page.on(
        "filechooser", lambda chooser: choosers.append(chooser)
    )  # from the start: a native dialog would tell nobody

    def tab_to(selector, key="Tab"):
        for _ in range(30):
            page.keyboard.press(key)
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        msg = f"{selector} cannot be reached with Tab"
        raise AssertionError(msg)

    tab_to("#plan-text")
    page.keyboard.type(PLAN)
    tab_to("#file", "Shift+Tab")
    for moment in range(2400):
        if choosers:
            break
        if moment % 200 == 0:  # Chromium opens none for a tab that it takes to be in the back
            page.bring_to_front()
            page.keyboard.press("Enter")
        page.wait_for_timeout(50)
    choosers[0].set_files(RUN)
    page.wait_for_selector(".made")
    assert words(page, ".made h1") == sentence_of(RUN)
    assert page.inner_text("#said") == sentence_of(RUN)  # and a screen reader says it


def test_what_is_missing_is_where_the_caret_is(visit):
    """A run without a workout, and no plan yet: the caret is in the plan."""
    visit.drop(SAMPLES / "steady.fit")
    visit.page.wait_for_selector("#plan-text:focus")


def test_a_plan_outlives_a_reload_and_a_review_says_when_it_is_of_an_earlier_one(visit):
    """Written, reviewed, changed: marked. Reloaded: the plan is there still."""
    page = visit.reviewed(RUN)
    assert not page.is_visible(".earlier")
    visit.write_plan("20min easy, 4x10min @ 4:00 -10s")
    assert page.is_visible(".earlier")
    page.reload()
    page.wait_for_selector("#plan-drawn svg", state="attached")
    assert page.input_value("#plan-text") == "20min easy, 4x10min @ 4:00 -10s"


def test_a_review_outlives_a_reload_as_it_was_overruled(visit):
    """Block 1 put at 1:30, reloaded, another page and back: the same review, nothing dropped."""
    page = visit.reviewed(RUN)
    answered(page, lambda: type_start(page, "1:30"))
    overruled = words(page, ".made h1")
    page.reload()
    page.wait_for_selector(".made")
    assert start_of(page, 1) == 90
    assert words(page, ".made h1") == overruled
    page.click("nav >> text=Runs")
    page.wait_for_selector("nav [aria-current]:text-is('Runs')")
    page.go_back()
    page.wait_for_selector(".made")
    assert page.input_value("#start") == "1:30"
    answered(page, lambda: page.click("[data-reset]"))  # and it can be undone as before
    assert words(page, ".made h1") == sentence_of(RUN)
    assert visit.heard == []


def test_a_reload_after_the_desk_was_cleared_is_an_empty_page(visit):
    """The runs of another server are of nobody's interest; the plan is still there."""
    page = visit.reviewed(RUN)
    page.evaluate("""() => {
      const desk = JSON.parse(sessionStorage.getItem("progcheck desk"));
      sessionStorage.setItem("progcheck desk", JSON.stringify({ ...desk, names: ["gone"] }));
    }""")
    with page.expect_response("**/desk?*") as answer:
        page.reload()
    assert answer.value.status == 204
    page.wait_for_selector("#plan-drawn svg", state="attached")
    assert page.input_value("#plan-text") == PLAN
    assert page.locator(".made, #runs label").count() == 0
    assert visit.heard == []


def test_a_workout_in_the_file_needs_no_plan(visit):
    """Dropped on an empty page: judged by the workout on the watch, at once."""
    visit.drop(WITH_WORKOUT)
    visit.page.wait_for_selector(".made")
    assert words(visit.page, ".made h1") == sentence_of(WITH_WORKOUT, None)


def test_a_broken_file_is_told_in_one_line_and_the_page_lives_on(visit, tmp_path):
    """Half a header: its line; then a good file is judged as ever."""
    broken = tmp_path / "broken.fit"
    broken.write_bytes(b"\x0e\x10" + bytes(30))
    visit.drop(broken)
    visit.page.wait_for_selector("#problem .refused")
    assert "broken.fit" in words(visit.page, "#problem")
    assert words(visit.reviewed(RUN), ".made h1") == sentence_of(RUN)


def test_a_workout_dropped_anywhere_is_the_plan_and_the_run_stays(visit):
    """A run, then the workout of the watch as a FIT: its blocks as text, and the run judged."""
    page = visit.page
    visit.drop(RUN)
    page.wait_for_selector("input[name=run]:checked", state="attached")
    visit.drop(SAMPLES / "workouts" / "watch.fit")
    page.wait_for_selector("#plan-drawn svg", state="attached")
    assert "3:50" in page.input_value("#plan-text")
    page.click("button.do")
    page.wait_for_selector(".made")
    assert "blew up" in words(page, ".made h1")


def test_a_plan_that_cannot_be_read_is_told_with_its_place(visit):
    """A pace of 99:99: the line of the command line, and no review."""
    visit.write_plan("15min easy, 10min @ 99:99")
    visit.drop(RUN)
    visit.page.wait_for_selector("#problem .refused")
    assert "99:99" in words(visit.page, "#problem")
    assert visit.page.query_selector(".made") is None


def test_a_boundary_is_moved_by_the_mouse(visit):
    """Block 2 dragged to the right: later by what the figure says, and marked as overruled."""
    page = visit.reviewed(RUN)
    assert start_of(page, 2) == 900
    grip = page.locator(".plate.wide .grip >> nth=1")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag():
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y, steps=5)
        page.mouse.up()

    answered(page, drag)
    moved_s = start_of(page, 2) - 900
    assert 60 < moved_s < 240  # 30 px of some 850 that hold 3300 s
    assert [start_of(page, i) - moved_s for i in (2, 3, 4, 5)] == [900, 1500, 2100, 2700]
    assert "Overruled" in words(page, ".overruled")
    command = words(page, ".command code")
    assert re.search(rf"--start {moved_s // 60}:{moved_s % 60:02d}\b", command)
    answered(page, lambda: page.click("[data-reset]"))
    assert start_of(page, 2) == 900
    assert page.query_selector(".overruled") is None


def test_a_boundary_is_stepped_by_keys(visit):
    """Three times right: 15 s later, judged once, and the focus stays where it was."""
    page = visit.reviewed(RUN)
    page.focus(".plate.wide .handle >> nth=1")
    before = len([url for url in visit.asked if url.endswith("/review")])

    def press():
        for _ in range(3):
            page.keyboard.press("ArrowRight")

    answered(page, press)
    assert start_of(page, 2) == 915
    assert len([url for url in visit.asked if url.endswith("/review")]) == before + 1
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Start of block 2"
    answered(page, lambda: page.keyboard.press("Shift+ArrowLeft"))
    assert start_of(page, 2) == 855
    assert "0:45 before the recording" in words(page, ".overruled")


def held_back(page):
    """Keep what is asked from the server; gives what was kept, to be let go."""
    kept = []
    page.route("**/review", lambda route: kept.append(route))
    return kept


def let_go(page, kept):
    """Let the last of it go: the others were taken back."""
    answered(page, lambda: kept[-1].continue_())


def test_an_edge_taken_up_again_before_the_answer_goes_on_from_where_it_lies(visit):
    """Dragged twice by 30 px, stepped three times: all of it counts, whenever the answer comes."""
    page = visit.reviewed(RUN)
    handle = page.locator(".plate.wide .handle >> nth=1")
    handle.scroll_into_view_if_needed()
    box = box_of(page.locator(".plate.wide .grip >> nth=1"))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    kept = held_back(page)
    at_s = [int(handle.get_attribute("aria-valuenow"))]
    for begin in (x, x + 30):
        page.mouse.move(begin, y)
        page.mouse.down()
        page.mouse.move(begin + 30, y, steps=5)
        page.mouse.up()
        at_s.append(int(handle.get_attribute("aria-valuenow")))
    once_s = at_s[1] - at_s[0]
    assert at_s == [900, 900 + once_s, 900 + 2 * once_s]
    for n in range(3):
        with page.expect_request("**/review"):  # the hand rests, and goes on before the answer
            page.keyboard.press("ArrowRight")
        assert int(handle.get_attribute("aria-valuenow")) == at_s[2] + 5 * (n + 1)
    let_go(page, kept)
    assert start_of(page, 2) == at_s[2] + 15


def test_steps_are_added_up_while_no_answer_has_come(visit):
    """+5 s pressed five times at once: 25 s."""
    page = visit.reviewed(RUN)
    kept = held_back(page)
    for _ in range(5):
        page.click("[data-step='5']")
    let_go(page, kept)
    assert start_of(page, 1) == 25


def test_a_move_that_is_refused_is_forgotten(visit):
    """Block 1 hours too early: one line, the edges go back, and the next run is judged."""
    page = visit.reviewed(RUN)
    page.focus(".plate.wide .handle >> nth=0")
    for _ in range(150):
        page.keyboard.press("PageDown")
    page.wait_for_selector("#problem .refused")
    assert "2:30:00 before the recording" in words(page, "#problem")
    assert page.get_attribute(".plate.wide .handle >> nth=0", "aria-valuenow") == "0"
    answered(page, lambda: visit.drop(SAMPLES / "fade.fit"))
    assert page.query_selector("#problem .refused") is None
    assert "faded" in words(page, ".made h1")
    assert page.query_selector(".overruled") is None


def test_a_run_without_a_plan_is_told_what_is_missing(visit):
    """The hand is led to the plan."""
    page = visit.page
    visit.drop(RUN)
    page.wait_for_selector("label.run")
    page.check("input[name=plan][value=text]")
    page.click("button.do")
    assert words(page, "#problem") == "Write the plan first, or open one."
    assert page.evaluate("document.activeElement.id") == "plan-text"


def test_a_boundary_is_moved_by_a_finger(browser, server):
    """On a phone: the grip of block 3 dragged to the left."""
    visiting = Visit(browser, server, viewport={"width": 390, "height": 800}, has_touch=True)
    page = visiting.reviewed(RUN)
    grip = page.locator(".plate.narrow .reach >> nth=2")
    grip.scroll_into_view_if_needed()
    box = box_of(grip)
    assert box["width"] >= 24  # WCAG 2.2, target size
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 20
    touch = visiting.context.new_cdp_session(page)

    def finger(kind, at):
        points = [] if kind == "touchEnd" else [{"x": at, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def drag():
        finger("touchStart", x)
        for step in (5, 10, 15, 20):
            finger("touchMove", x - step)
        finger("touchEnd", x - 20)

    answered(page, drag)
    assert 1200 < start_of(page, 3, "narrow") < 1450  # 1500 before; 20 px are some 230 s
    visiting.close()


def test_a_start_is_typed(visit):
    """1:30 in the field: every block a minute and a half later."""
    page = visit.reviewed(RUN)
    answered(page, lambda: type_start(page, "1:30"))
    assert start_of(page, 1) == 90
    type_start(page, "later")
    page.wait_for_selector("#problem .refused")
    assert "write the start as 12:30" in words(page, "#problem")
    answered(page, lambda: page.click("[data-step='5']"))  # from where the blocks are
    assert start_of(page, 1) == 95
    assert page.input_value("#start") == "1:35"


def test_what_places_the_blocks_is_chosen(visit):
    """Laps pressed with the blocks, then the clock alone: the start of the recording again."""
    run = SAMPLES / "manual-laps.fit"
    page = visit.reviewed(run)
    assert start_of(page, 1) == 140  # what was jogged before block 1
    answered(page, lambda: page.select_option("#match", "clock"))
    assert words(page, ".command code").endswith("--match clock")
    assert "Overruled" in words(page, ".overruled")


def test_two_readings_are_shown_side_by_side_and_one_click_settles_it(visit, late):
    """The watch started 3 min late, or block 1 cut short; a click on one, and it is one."""
    page = visit.reviewed(late)
    starts = [h.inner_text() for h in page.query_selector_all(".reading h3")]
    assert starts[0] == "Block 1 began with the recording"
    assert re.fullmatch(r"Block 1 began [23]:\d\d before the recording", starts[1])
    cards = [card.bounding_box() for card in page.query_selector_all(".reading")]
    assert cards[0]["y"] == cards[1]["y"]  # side by side
    told = [p.inner_text() for p in page.query_selector_all(".reading p strong")]
    assert "Was the watch started late? Choose above." in words(page, ".made article")
    assert "--" not in words(page, ".made article")  # options are of the command line
    answered(page, lambda: page.click(".reading button >> nth=1"))
    assert page.query_selector(".readings") is None
    assert page.inner_text(".made h1").replace("\u00a0", " ") == told[1].replace("\u00a0", " ")


def test_cursor_table_and_findings_point_at_each_other(visit):
    """The mouse over block 3 marks its row; over a finding, its place in the figure."""
    page = visit.reviewed(RUN)
    page.locator("#review svg.wide[role=img]").scroll_into_view_if_needed()
    box = page.locator("#review svg.wide[role=img]").bounding_box()
    row = page.locator("table.blocks tbody tr >> nth=2")
    left, right = (
        page.locator(f".plate.wide .handle >> nth={i}").bounding_box()["x"] for i in (2, 3)
    )
    page.mouse.move((left + right) / 2, box["y"] + 120)
    assert "here" in row.get_attribute("class")
    assert re.match(r"\d+:\d\d +· +3:\d\d /km +· +\d+ bpm", words(page, "figure output"))
    page.hover("ol li >> nth=2")  # blew up in the fourth block
    mark = page.locator("svg.wide .pointed.shown").bounding_box()
    assert mark["x"] > page.locator(".plate.wide .handle >> nth=3").bounding_box()["x"]


@pytest.mark.parametrize(
    ("form", "begins"),
    [("HTML", b"<!DOCTYPE html>"), ("MD", b"#"), ("PNG", b"\x89PNG"), ("SVG", b"<?xml"),
     ("CSV", b"source,"), ("JSON", b"{"), ("TXT", b""), ("PDF", b"%PDF")],
)  # fmt: skip
def test_every_form_is_a_download(visit, form, begins):
    """Named after the run, with its own ending, and begins as such a file does."""
    page = visit.reviewed(RUN)
    with page.expect_download() as download:
        page.click(f".forms a:text-is('{form}')")
    assert download.value.suggested_filename == f"greedy-then-blow-up-review.{form.lower()}"
    content = download.value.path().read_bytes()
    assert content.startswith(begins)
    if form == "JSON":
        assert json.loads(content)["score"]["overall"] == pytest.approx(
            review_file(RUN, PLAN).score.overall, abs=0.06
        )


def test_splits_message_and_route_on_request(visit):
    """13.3 km are 14 splits; a message; the route was not there before."""
    page = visit.reviewed(RUN)
    page.click("summary:text-is('Splits')")
    assert page.locator("table.splits tbody tr").count() == 14
    page.click("#message-part summary")
    page.wait_for_selector("#message-part textarea")
    assert page.input_value("#message-part textarea").strip()
    assert page.query_selector("svg.track") is None
    answered(page, lambda: page.select_option("#track", "ends"))
    assert page.query_selector("svg.track") is not None


def test_the_command_below_a_review_gives_the_same_review(visit, tmp_path):
    """A plan of several lines is a file to save; with it, the command says the same sentence."""
    lines = PLAN.replace(", 4x", "\n4x")
    page = visit.reviewed(RUN, lines)
    answered(page, lambda: page.click("[data-step='5']"))
    with page.expect_download() as download:
        page.click(".command a")
    download.value.save_as(tmp_path / download.value.suggested_filename)
    shutil.copy(RUN, tmp_path)
    command = shlex.split(words(page, ".command code"))
    assert command[0] == "progcheck"
    assert command[-4:] == ["--plan", "plan.txt", "--start", "0:05"]
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", *command[1:]],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    told = " ".join(done.stdout.replace("\u00a0", " ").split())
    assert words(page, ".made h1") in told


def test_nothing_is_kept_unless_somebody_says_so(visit, server, store):
    """Reviewed: no store. Kept: there with the plan, and with the edge that was moved."""
    page = visit.reviewed(RUN)
    assert not store.exists()
    answered(page, lambda: page.click("[data-step='5']"))
    page.fill("[name=whose]", "Anna Berg")
    page.click("button:text-is('Keep in progcheck.db')")
    page.wait_for_selector(".kept")
    assert words(page, ".kept") == "✓ kept in progcheck.db as Anna Berg's"
    with Store.open(str(store)) as kept:
        (run,) = kept.runs()
        said = kept.said([run.content])[run.content]
    assert run.athlete == "Anna Berg"
    assert said.ruling == Ruling(5.0, None)
    assert said.plan == GivenPlan("", PLAN.encode())
    review = unpack(run.run.packed)
    assert review.blocks[0].start_s == 5
    assert review.track is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1040, 360])
def test_axe_finds_no_serious_fault(browser, server, late, width, scheme):
    """Empty, with two readings, with one settled: contrast, names, roles, order; and it fits."""
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    visiting = Visit(browser, server, bypass_csp=True, **options)
    page = visiting.page
    assert serious(page) == []
    visiting.reviewed(late)
    assert serious(page) == []
    answered(page, lambda: page.click(".reading button >> nth=1"))
    for part in page.query_selector_all("summary"):
        part.click()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    visiting.close()
