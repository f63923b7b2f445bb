"""The plan while it is being written, in a real browser at a real server."""

import base64
from collections.abc import Iterator

import pytest

from analyzer import read_plan
from analyzer.plans.write_fit import fit_workout
from tests.browser.served import DROP, PLAN, Visit
from tests.browser.test_page import OUTSIDE, OVERLAPPING, serious
from tests.builders.web_server import serving
from tests.places import SAMPLES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plan editor")]

WRONG = "15min easy\n10min @ 4:75\n10min @ 3:50"
RIGHT = "15min easy\n10min @ 4:00\n10min @ 3:50"
RUN = SAMPLES / "greedy-then-blow-up.fit"

SELECTED = """
() => {
  const text = document.activeElement;
  return [text.id, text.value.slice(text.selectionStart, text.selectionEnd)];
}
"""

HOLD = """
() => {
  const ask = window.fetch;
  window.held = [];
  window.fetch = (where, options) =>
    where !== "/plan" ? ask(where, options) : new Promise((go) =>
      window.held.push(() => ask(where, options).then(go)));
}
"""
"""Keeps what is asked about the plan back until it is let go, in whatever order."""

HIDDEN_STYLE = "[...document.querySelectorAll('[style]')].map(e => e.outerHTML)"


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Fill a folder with plans, one of them wrong, and with the paces of two athletes."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "athletes.yaml").write_text(
        "athletes:\n  Anna:\n    paces: {threshold: 3:55}\n  Ben:\n    paces: {threshold: 4:20}\n"
    )
    (folder / "broken.yaml").write_text("blocks:\n  - 15min easy\n  - 10min @ 4:0x\n")
    (folder / "tuesday.txt").write_text(f"{PLAN}\n")
    (folder / "long.yaml").write_text("blocks:\n  - 2h easy @ 5:30\n")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory, plans):
    """One server for all visits."""
    with serving(tmp_path_factory.mktemp("server"), "--plans", str(plans)) as running:
        yield running


@pytest.fixture
def visit(browser, server) -> Iterator[Visit]:
    """Visit with a mouse, at a desk."""
    visiting = Visit(browser, server)
    yield visiting
    visiting.close()


def drawn(page, *paces):
    """Wait until the drawing that is shown has these paces over its steps."""
    page.wait_for_function(
        "paces => [...document.querySelectorAll('#plan-drawn:not(.stale) svg.narrow .val')]"
        ".map(t => t.textContent).join() === paces",
        arg=",".join(paces),
    )


def problem(page):
    """Wait for a problem, and return its words."""
    page.wait_for_selector("#plan-problems li")
    return page.inner_text("#plan-problems li >> nth=0")


def dropped(page, selector, name, content):
    """Drop a file on a part of the page."""
    script = DROP.replace("document.body", f"document.querySelector('{selector}')")
    page.evaluate(script, [name, base64.b64encode(content).decode()])


def test_a_plan_is_drawn_while_it_is_typed(visit):
    """Step after step, without a click; nothing leaves, nothing is complained of."""
    page = visit.page
    page.click("#plan-text")
    page.keyboard.type("15min easy, 10min @ 4:00")
    drawn(page, "4:00")
    page.keyboard.type(", 10min @ 3:50")
    drawn(page, "4:00", "3:50")
    assert page.inner_text(".plan-line") == "3 blocks, 35 min, 4:00 to 3:50 /km"
    assert page.get_attribute("#plan-text", "aria-invalid") == "false"
    page.wait_for_function(
        "() => document.getElementById('plan-said').textContent.startsWith('Understood: 3 blocks')"
    )
    assert visit.heard == []
    assert visit.leaves() == []
    assert page.evaluate(HIDDEN_STYLE) == []


def test_what_is_wrong_is_marked_at_its_line_and_mended_there(visit):
    """The good drawing stays, dimmed; the button selects what is wrong; typing mends it."""
    page = visit.page
    visit.write_plan(RIGHT)
    drawn(page, "4:00", "3:50")
    visit.write_plan(WRONG)
    assert problem(page).startswith("Line 2 '4:75' is not a pace")
    assert page.inner_text("#plan-rows .wrong").strip() == "10min @ 4:75"
    assert page.inner_text("#plan-rows mark") == "4:75"
    assert page.get_attribute("#plan-text", "aria-invalid") == "true"
    assert page.locator("#plan-drawn.stale svg.narrow").is_visible()
    page.wait_for_function(
        "() => document.getElementById('plan-said').textContent.startsWith('1 problem. Line 2')"
    )
    page.click("#plan-problems button")
    assert page.evaluate(SELECTED) == ["plan-text", "4:75"]
    page.keyboard.type("4:05")
    drawn(page, "4:05", "3:50")
    assert page.locator("#plan-problems li, #plan-rows mark").count() == 0
    assert page.input_value("#plan-text") == RIGHT.replace("4:00", "4:05")


def test_a_mark_moves_with_the_text_before_it(visit):
    """At once, before the server has said anything."""
    page = visit.page
    visit.write_plan(WRONG)
    problem(page)
    page.evaluate(HOLD)
    page.click("#plan-text")
    page.keyboard.press("Control+Home")
    page.keyboard.type("1h easy\n")
    assert page.inner_text("#plan-rows mark") == "4:75"
    assert page.locator("#plan-rows > div").nth(2).get_attribute("class") == "wrong"


def test_a_problem_behind_an_emoji_is_selected_exactly(visit):
    """Places are characters; the browser counts some twice."""
    page = visit.page
    visit.write_plan("🏃🏃 15min easy, 10min @ 4:75")
    assert "4:75" in problem(page)
    last = page.locator("#plan-problems button").last
    last.click()
    marked = page.evaluate(SELECTED)[1]
    assert marked
    assert marked in last.inner_text()


def test_an_answer_that_comes_late_is_not_shown(visit):
    """The first question is answered after the second: what was typed last stays."""
    page = visit.page
    page.evaluate(HOLD)
    for count, pace in enumerate(("4:00", "3:30"), start=1):
        visit.write_plan(f"10min easy, 10min @ {pace}")
        page.wait_for_function("n => window.held.length === n", arg=count)
    page.evaluate("window.held[1]()")
    drawn(page, "3:30")
    with page.expect_response("**/plan"):
        page.evaluate("window.held[0]()")
    page.evaluate("new Promise(go => setTimeout(go, 50))")
    drawn(page, "3:30")


def test_the_numbers_stand_at_their_lines_however_these_are_folded(visit):
    """What lies behind the text is as high as the text, to the pixel."""
    page = visit.page
    text = f"{PLAN}, and then a very long remark on how this should feel\n" * 3 + "x" * 90
    visit.write_plan(text)
    heights = "[scroll.scrollHeight, rows.scrollHeight]"
    measured = page.evaluate(
        "() => {const scroll = document.getElementById('plan-text'),"
        f" rows = document.getElementById('plan-rows'); return {heights}}}"
    )
    assert measured[0] == measured[1]
    assert page.locator("#plan-rows > div").count() == 4


def test_by_keyboard_alone_from_an_example_to_a_mended_plan(visit):
    """Tab, space and enter: the example, a slip, its button, the right pace."""
    page = visit.page
    page.focus("#plan-text")
    while page.evaluate("document.activeElement.id") != "plan-example":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    drawn(page, "5:00", "4:00", "3:50", "3:40", "3:30")
    assert page.evaluate("document.activeElement.id") == "plan-text"
    page.keyboard.press("Control+End")
    page.keyboard.type(", 10min @ 3:2x")
    problem(page)
    while page.evaluate("document.activeElement.closest('#plan-problems') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(SELECTED)[1] in ("3:2x", "3:2")
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    page.keyboard.type("5")
    drawn(page, "5:00", "4:00", "3:50", "3:40", "3:30", "3:25")


def test_what_an_example_or_a_file_replaced_comes_back(visit):
    """By the key that takes back whatever was typed."""
    page = visit.page
    page.click("#plan-text")
    page.keyboard.type("10min @ 4:44")
    dropped(page, "#plan-text", "other.txt", b"10min @ 3:33")
    drawn(page, "3:33")
    page.keyboard.press("Control+z")
    drawn(page, "4:44")


def test_a_plan_that_is_wrong_is_not_sent_on(visit):
    """The hand is led to what is wrong."""
    page = visit.page
    visit.drop(RUN)
    page.wait_for_selector("[name=run]")
    visit.write_plan(WRONG)
    problem(page)
    page.click("button.do")
    assert page.evaluate(SELECTED) == ["plan-text", "4:75"]
    assert not any(url.endswith("/review") for url in visit.asked)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.yaml", b"blocks:\n  - 10min @ 4:00\n", "blocks:\n  - 10min @ 4:00\n"),
        ("a.txt", b"10min @ 4:00\r\n", "10min @ 4:00\n"),
        ("a.fit", None, "blocks:"),
    ],
)
def test_a_plan_file_is_opened_as_text(visit, tmp_path, name, content, text):
    """Text as it is, a workout of a watch in our words; by its button, and dropped on the plan."""
    page = visit.page
    if content is None:
        content = fit_workout(read_plan("10min @ 4:00")).content
    path = tmp_path / name
    path.write_bytes(content)
    page.set_input_files("#plan-file", path)
    drawn(page, "4:00")
    assert text in page.input_value("#plan-text") or name == "a.fit"
    page.fill("#plan-text", "")
    dropped(page, "#plan-text", name, content)
    drawn(page, "4:00")


def test_a_long_plan_is_opened_and_marked_far_down(visit):
    """A thousand lines; the button brings the last but one into view."""
    page = visit.page
    lines = ["blocks:", *["  - 1min @ 4:00"] * 997, "  - 1min @ 4:0x", "  - 1min @ 4:00"]
    dropped(page, "#plan-text", "long.yaml", "\n".join(lines).encode())
    assert problem(page).startswith("Line 999")
    page.click("#plan-problems button")
    assert page.evaluate(SELECTED) == ["plan-text", "4:0x"]
    mark, frame = (page.locator(s).bounding_box() for s in ("#plan-rows mark", ".editor"))
    assert mark is not None
    assert frame is not None
    assert frame["y"] <= mark["y"] <= frame["y"] + frame["height"]
    page.keyboard.type("4:30")
    drawn(page)


def test_a_file_that_is_no_plan_is_refused_in_one_line(visit, tmp_path):
    """And what was written stays."""
    page = visit.page
    visit.write_plan("10min @ 4:00")
    drawn(page, "4:00")
    path = tmp_path / "a.yaml"
    path.write_bytes(b"%PDF-1.7")
    page.set_input_files("#plan-file", path)
    page.wait_for_selector("#plan-problems .refused")
    assert page.inner_text("#plan-problems pre").startswith("a.yaml: a PDF document, not a plan")
    assert page.input_value("#plan-text") == "10min @ 4:00"


def test_a_run_dropped_beside_its_place_is_a_run(visit):
    """The whole page takes it."""
    dropped(visit.page, "#plan-text", RUN.name, RUN.read_bytes())
    visit.page.wait_for_selector("[name=run]")


def test_a_plan_of_the_folder_is_drawn_and_can_be_changed(visit):
    """Chosen, its steps are shown; changed, it is text."""
    page = visit.page
    page.select_option("[name=plan_name]", "tuesday.txt")
    drawn(page, "4:00", "3:50", "3:40", "3:30")
    assert page.is_checked("[name=plan][value=folder]")
    assert not page.is_visible("#plan-text")
    page.click("#plan-drawn [data-write]")
    page.wait_for_selector("#plan-text")
    assert page.input_value("#plan-text").strip() == PLAN
    assert page.is_checked("[name=plan][value=text]")


def test_a_wrong_plan_of_the_folder_is_mended_as_text(visit):
    """Its problems have no place on the page until it is there."""
    page = visit.page
    page.select_option("[name=plan_name]", "broken.yaml")
    assert problem(page).startswith("Line 3 '4:0x'")
    assert page.locator("#plan-problems button").count() == 0
    page.click("#plan-drawn [data-write]")
    page.wait_for_selector("#plan-problems button")
    assert page.inner_text("#plan-rows mark") == "4:0x"


def test_the_plan_of_the_folder_that_fits_is_shown_once_the_run_is_there(visit):
    """With why it is that one."""
    page = visit.page
    page.check("[name=plan][value=fitting]")
    visit.drop(RUN)
    drawn(page, "4:00", "3:50", "3:40", "3:30")
    assert page.inner_text("#plan-drawn .why").startswith("tuesday.txt: ")


def test_the_workout_in_the_file_is_drawn(visit):
    """As soon as the run is there."""
    visit.drop(SAMPLES / "workout-steps.fit")
    drawn(visit.page, "5:06–4:54", "4:00", "3:50", "3:40", "3:30")
    assert visit.page.is_checked("[name=plan][value=carried]")


def test_paces_are_those_of_whom_is_chosen(visit):
    """Threshold is 3:55 for Anna and 4:20 for Ben; of nobody it is asked about."""
    page = visit.page
    visit.write_plan("10min easy, 10min @ threshold")
    assert "name one of the athletes in athletes.yaml under 'Paces of'" in problem(page)
    page.select_option("#athlete", "Anna")
    drawn(page, "3:55")
    page.select_option("#athlete", "Ben")
    drawn(page, "4:20")


TEXTS = (
    PLAN,
    WRONG,
    "15' w/u, 3 x 10' (4:00/3:50/3:40), 10' c/d",
    "2km easy, 6 x (30s @ 3:00, 60s rest), 20min @ 4:20, 10min @ 4:05, 5min @ 3:50, open",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1040, 360])
def test_the_plan_is_readable_by_all(browser, server, scheme, width):
    """axe-core finds nothing serious, no word is cut off or on another, nobody scrolls sideways."""
    size = {"width": width, "height": 800}
    visiting = Visit(browser, server, viewport=size, color_scheme=scheme)
    page = visiting.page
    for text in TEXTS:
        visiting.write_plan(text)
        page.wait_for_function("() => document.querySelector('#plan-problems li, .blocks-drawn')")
        page.evaluate("new Promise(go => setTimeout(go, 400))")
        assert serious(page) == [], text
        assert page.evaluate(OUTSIDE) == [], text
        assert page.evaluate(OVERLAPPING) == [], text
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visiting.heard == []
    visiting.close()


def test_an_answer_that_never_comes_is_said(visit):
    """In one line, where the problems are."""
    page = visit.page
    page.route("**/plan", lambda route: route.abort())
    visit.write_plan()
    page.wait_for_selector("text=The server does not answer")
