"""What a coach opens: quiet, readable by all, on a phone, in the dark, on one sheet of paper."""

import functools
import re

import pytest

from analyzer import read_activity, read_plan, review_activity, review_file
from analyzer.parsers.read import read_bytes
from analyzer.report.html import render_html
from analyzer.report.language import speaking
from analyzer.structs import replace
from analyzer.units import pace_text
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.places import PLAN, REAL, SAMPLES, needs_real

pytestmark = pytest.mark.slow

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

RUNS = sorted(p.name for p in SAMPLES.glob("*.fit"))
CARRIED = ("workout-steps.fit", "missed-block.fit")


@functools.cache
def page_of(name):
    """Render the page of a sample."""
    plan = None if name in CARRIED else PLAN
    if name == "kilometres.fit":
        plan = SAMPLES / "kilometres.yaml"
    return render_html([review_file(SAMPLES / name, plan)])


def sheets(page, paper):
    """Count the pages a page is printed on."""
    printed = page.pdf(format=paper, prefer_css_page_size=False, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


OUTSIDE = """
[...document.querySelectorAll('svg text')]
  .filter(t => {const r = t.getBoundingClientRect(); return r.width && (r.left < 0 || r.right > innerWidth)})
  .map(t => t.textContent)
"""  # noqa: E501
"""Words of a drawing that are cut off at the edge of the page."""

OVERLAPPING = """
[...document.querySelectorAll('svg.fig')].flatMap(s => {
  const t = [...s.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()])
    .filter(x => x[1].width), found = [];
  for (let i = 0; i < t.length; i++) for (let j = 0; j < i; j++) {
    const a = t[i][1], b = t[j][1];
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
      found.push(t[j][0] + ' | ' + t[i][0]);
  }
  return found;
})
"""
"""Pairs of words of a drawing that lie on one another."""


@pytest.mark.parametrize("name", RUNS)
def test_a_page_is_quiet_and_fits_screen_and_paper(opened, name):
    """No request but for itself, nothing on the console; one sheet of A4 and of Letter."""
    page, told = opened(page_of(name))
    assert told == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVERLAPPING) == []
    assert [sheets(page, paper) for paper in ("A4", "Letter")] == [1, 1]


@pytest.mark.parametrize("name", RUNS)
def test_a_page_is_quiet_and_fits_a_phone(opened, name):
    """At 360 px nobody scrolls sideways, and no word is cut off or lies on another."""
    page, told = opened(page_of(name), 360)
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVERLAPPING) == []


def hostile_review(text):
    """Return a review in which every word that comes from outside is this one."""
    review = review_file(SAMPLES / "stopped.fit", PLAN)
    return replace(
        review,
        activity=replace(review.activity, device=text, source=text),
        plan=replace(review.plan, name=text, notes=text),
        blocks=tuple(replace(block, name=text) for block in review.blocks),
    )


def serious(page):
    """Faults of accessibility that axe-core calls serious or critical."""
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        *(("greedy-then-blow-up.fit", s, w) for s in ("light", "dark") for w in (1000, 360)),
        *((n, *o) for n in ("stopped.fit", "early-changes.fit")
          for o in (("light", 1000), ("dark", 360))),
    ],
)  # fmt: skip
def test_axe_finds_no_serious_fault(opened, name, scheme, width):
    """Contrast, names, roles and order, on paper and in the dark, wide and on a phone."""
    page, _ = opened(page_of(name), width, color_scheme=scheme, bypass_csp=True)
    assert serious(page) == []


CROWDED = "5min easy, 5min @ 5:30, 5min @ 5:20, 5min @ 5:10, 10min @ 5:00, 5min @ 4:50"


@needs_real
def test_a_review_with_sixteen_findings_prints_on_one_sheet_too(opened):
    """Real recordings against a plan that none of them followed, on the shorter paper."""
    for path in sorted((REAL / "runs").glob("*.fit")):
        page, _ = opened(render_html([review_file(path, CROWDED)]))
        assert sheets(page, "Letter") == 1, path.name


def test_the_longest_names_do_not_widen_a_phone(opened):
    """A name without a space breaks."""
    page, told = opened(render_html([hostile_review("x" * 400)]), 360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert told == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        "&quot;'\"><b>alert</b>",
        "\u202etxt",
    ],
)
def test_hostile_names_do_nothing(opened, text):
    """No element of theirs, no dialog, no request."""
    page, told = opened(render_html([hostile_review(text)]))
    assert told == []
    assert page.locator("img, b:has-text('alert')").count() == 0
    assert page.locator("script").count() == 1


def test_all_is_there_without_scripts(opened):
    """Sentence, table, drawing, findings."""
    page, told = opened(page_of("greedy-then-blow-up.fit"), java_script_enabled=False)
    assert told == []
    assert page.locator("h1").is_visible()
    assert page.locator("tbody tr").count() == 5
    assert page.locator("svg.wide").is_visible()
    assert page.locator("li").count() >= 4


def test_the_cursor_reads_the_line(opened):
    """Time, pace and heart rate under the finger; gone when it leaves."""
    page, _ = opened(page_of("greedy-then-blow-up.fit"))
    box = page.locator("svg.wide").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 150)
    said = page.locator("output").inner_text()
    assert re.fullmatch(r"2\d:\d\d · 3:[2345]\d /km · 1\d\d bpm", " ".join(said.split()))
    page.mouse.move(5, 5)
    assert page.locator("output").inner_text() == ""


def test_wide_and_phone_show_one_drawing_each(opened):
    """The phone has its own, with fewer words."""
    wide, _ = opened(page_of("steady.fit"))
    assert wide.locator("svg.wide").is_visible()
    assert not wide.locator("svg.narrow").is_visible()
    phone, _ = opened(page_of("steady.fit"), 360)
    assert phone.locator("svg.narrow").is_visible()
    assert not phone.locator("svg.wide").is_visible()


def test_no_two_words_of_a_crowded_drawing_overlap(opened):
    """Of a hilly run whose changes were far from the plan, and of 22 blocks, in both languages."""
    hilly = simulate(EXAMPLE, Behaviour(is_even_effort=True), Device(hills_m=40.0), 1)
    steep = review_activity(read_bytes(write_fit(hilly), "run.fit"), read_plan(PLAN))
    many = ", ".join(pace_text(330 - 4 * i, "km") for i in range(22))
    crowded = review_file(SAMPLES / "greedy-then-blow-up.fit", f"22x150s @ {many} /km")
    for language in ("en", "de"):
        with speaking(language):
            pages = [render_html([steep]), render_html([crowded])]
        for content in pages:
            for width in (1000, 360):
                page, _ = opened(content, width)
                assert page.evaluate(OVERLAPPING) == []


def test_a_page_with_a_map_prints_it(opened):
    """Paper shows the way too."""
    run = read_activity(SAMPLES / "steady.fit")
    review = review_activity(run, read_plan(PLAN), track="full")
    page, _ = opened(render_html([review]))
    page.emulate_media(media="print")
    assert page.locator("svg.track").is_visible()


def test_the_name_of_the_tool_is_not_broken_on_a_phone(opened):
    """A long title gives way."""
    page, _ = opened(render_html([hostile_review("a long name of a plan " * 4)]), 360)
    lines = page.locator(".top span:last-child").evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e);"
        " return r.getClientRects().length }"
    )
    assert lines == 1
