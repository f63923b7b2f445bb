"""The coach's pages in a browser: from the squad to the messages, by mouse and by keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from analyzer.archive.records import Result
from analyzer.archive.said import GivenPlan, Ruling
from analyzer.archive.store.store import Store
from tests.browser.served import Visit
from tests.browser.test_page import serious
from tests.builders.kept_evening import EXPORTS, LATEST, SQUAD, STORE, kept_evening, kept_run
from tests.builders.web_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.builders.web_server import Server

pytestmark = pytest.mark.slow

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
"""By how many pixels the page is wider than the window."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the store of the evening."""
    folder = tmp_path_factory.mktemp("evening")
    kept_evening(folder)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """Return the server of that folder."""
    with serving(folder) as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """Return a page that complains of nothing and asks nobody else."""
    visit = Visit(browser, server)
    yield visit.page
    heard, left = visit.heard, visit.leaves()
    visit.close()
    assert (heard, left) == ([], [])


def said_of(folder: Path, content: str):
    """Return what the store has of a run."""
    with Store.open(str(folder / STORE)) as store:
        return store.said([content]).get(content)


def taken(page: Page, how) -> dict[str, str]:
    """Return the files of the archive that something downloads."""
    with page.expect_download() as begun:
        how()
    with zipfile.ZipFile(begun.value.path()) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_from_the_squad_to_a_run_a_note_an_approval_and_the_files_by_mouse(page, server, folder):
    """What is typed and clicked is in the store and in the archive."""
    content = kept_run(folder, "Ben").content
    page.click("nav >> text=Squad")
    assert page.inner_text("h1").startswith("Two of four need you")
    page.click(".squad tr:has-text('Ben') .run a")
    page.hover("figure svg.fig.wide", position={"x": 400, "y": 100})
    assert page.inner_text("figure output") != ""
    assert page.locator(".handle").count() == 0
    page.fill("#note-text", "Slept badly.")
    page.locator("#note-kept", has_text="kept").wait_for()
    assert said_of(folder, content).note == "Slept badly."
    page.fill("form.approval textarea", "Hi Benny,\n\ncall me.")
    page.click("form.approval button[value=approve]")
    page.wait_for_selector("form.approval[data-state=approved]")
    page.reload()
    assert page.input_value("#note-text") == "Slept badly."
    assert page.input_value("form.approval textarea") == "Hi Benny,\n\ncall me."
    page.click("text=As progcheck writes it")
    assert page.input_value("form.approval textarea").startswith("Hi Benny,\n\nProgression: 48")
    assert page.locator("text=Approve the change").is_visible()
    page.click("text=The squad that week")
    page.click("text=Messages of these days")
    assert page.inner_text("#approved") == "1 of 3 approved."
    files = taken(page, lambda: page.click("text=The approved ones as files"))
    assert files == {"Ben.txt": "Hi Benny,\n\ncall me.\n"}
    page.click("text=Approve all that are open")
    page.locator("#approved", has_text="3 of 3 approved.").wait_for()
    files = taken(page, lambda: page.click("text=The approved ones as files"))
    assert set(files) == {"Anna.txt", "Ben.txt", "Dan.txt"}
    page.click("section:has-text('Ben') >> text=Take back")
    page.locator("#approved", has_text="2 of 3 approved.").wait_for()
    assert said_of(folder, content).approved is None


def reach(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(120):
        if page.evaluate("(s) => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab leads to {selector}")


def test_the_same_by_keyboard_alone(page, folder):
    """Tab, Enter and letters; what has the focus keeps it where it is approved."""
    content = kept_run(folder, "Dan").content
    with Store.open(str(folder / STORE)) as store:
        store.approve(content, None)
    reach(page, "nav a[href='/squad']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".squad")
    reach(page, f".squad a[href='/runs/{content}']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#note-text")
    reach(page, "#note-text")
    page.keyboard.type("Choose the park.")
    page.locator("#note-kept", has_text="kept").wait_for()
    assert said_of(folder, content).note == "Choose the park."
    reach(page, "form.approval button[value=approve]")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.approval[data-state=approved]")
    assert said_of(folder, content).approved.text.startswith("Hi Dan,")
    assert page.evaluate("document.activeElement.matches('form.approval button')")
    reach(page, "form.approval button[value=take_back]")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.approval[data-state=open]")
    page.goto(page.url.partition("/runs/")[0] + "/messages")
    reach(page, "a[href*='which=all']")
    files = taken(page, lambda: page.keyboard.press("Enter"))
    assert len(files) == 3


def test_a_note_is_kept_whatever_comes_next(page, server, folder):
    """Even where the page is left at once; what is not kept is not called kept."""
    content = kept_run(folder, "Cleo", "2026-03-24").content
    page.goto(f"{server.root}/runs/{content}")
    page.type("#note-text", "Back from her holidays")
    page.goto(f"{server.root}/runs")
    page.goto(f"{server.root}/runs/{content}")
    assert page.input_value("#note-text") == "Back from her holidays"
    assert said_of(folder, content).note == "Back from her holidays"


def test_a_note_that_cannot_be_kept_is_not_called_kept_and_the_line_says_why(browser, tmp_path):
    """The store was replaced by something else while the page was open."""
    kept_evening(tmp_path)
    with serving(tmp_path) as server:
        visit = Visit(browser, server)
        page = visit.page
        page.goto(f"{server.root}/runs")
        page.click(".list .what a >> nth=0")
        page.wait_for_selector("#note-text")
        for part in tmp_path.glob("progcheck.db*"):
            part.unlink()
        (tmp_path / "progcheck.db").write_text("no store", encoding="utf-8")
        page.fill("#note-text", "tired legs")
        page.wait_for_selector("#note-kept:text-is('not kept')")
        assert "is no progcheck store" in page.inner_text("#problem .refused")
        visit.close()


@pytest.fixture
def two(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, Page, Path, str]]:
    """Return two windows on one run, the folder of its store, and what it is known by."""
    kept_evening(tmp_path)
    content = kept_run(tmp_path, "Ben").content
    with serving(tmp_path) as server:
        visit = Visit(browser, server, bypass_csp=True)  # for axe
        other = visit.context.new_page()
        for page in (visit.page, other):
            page.goto(f"{server.root}/runs/{content}")
        yield visit.page, other, tmp_path, content
        visit.close()


KEPT = "#note-kept:text-matches('^kept')"
"""Where a note is said to be kept; "not kept" is not."""


def noted(page: Page, text: str) -> None:
    """Write a note, and wait until it is kept."""
    page.fill("#note-text", text)
    page.wait_for_selector(KEPT)


def refused_note(page: Page, text: str) -> None:
    """Write a note, and wait until the page says that there is another one."""
    page.fill("#note-text", text)
    page.wait_for_selector("#note-changed:has-text('Changed in another window')")
    page.wait_for_selector("#note-kept:text-is('not kept')")


def test_a_note_of_another_window_is_shown_and_not_overwritten(two):
    """The coach says which of both is kept; until then nothing that is written is sent."""
    first, second, folder, content = two
    noted(first, "Slept badly.")
    noted(first, "Slept badly,\ncall him.")
    refused_note(second, "Too fast.")
    assert serious(second) == []
    assert second.input_value("#note-other") == "Slept badly,\ncall him."
    assert said_of(folder, content).note == "Slept badly,\ncall him."
    second.fill("#note-text", "Too fast!")
    assert second.input_value("#note-other") == "Slept badly,\ncall him."
    second.click("text=Keep mine anyway")
    second.wait_for_selector(KEPT)
    assert second.locator("#note-changed *").count() == 0
    assert said_of(folder, content).note == "Too fast!"

    refused_note(first, "Slept badly, call him on Friday.")
    first.click("text=Take the other one")
    first.wait_for_selector("#note-changed:empty", state="attached")
    assert first.input_value("#note-text") == "Too fast!"
    noted(first, "Too fast! Friday.")
    assert said_of(folder, content).note == "Too fast! Friday."


def test_a_note_that_is_refused_is_there_again_when_its_window_comes_back(two):
    """Left at once, it is kept by nobody but the window."""
    first, second, folder, content = two
    noted(first, "Slept badly.")
    address = second.url
    second.fill("#note-text", "Too fast.")
    second.goto(address.partition("/runs/")[0] + "/runs")
    second.goto(address)
    second.wait_for_selector("#note-changed:has-text('Changed in another window')")
    assert second.input_value("#note-text") == "Too fast."
    assert second.input_value("#note-other") == "Slept badly."
    assert said_of(folder, content).note == "Slept badly."
    second.click("text=Keep mine anyway")
    second.wait_for_selector(KEPT)
    assert said_of(folder, content).note == "Too fast."


def test_an_approval_of_another_window_is_shown_and_not_overwritten(two):
    """Neither by a text of one's own, nor by approving all that looks open."""
    first, second, folder, content = two
    third = second.context.new_page()
    third.goto(second.url.partition("/runs/")[0] + "/messages")
    first.fill("form.approval textarea", "Call me.")
    first.click("form.approval button[value=approve]")
    first.wait_for_selector("form.approval[data-state=approved]")

    second.fill("form.approval textarea", "Well done.")
    second.click("form.approval button[value=approve]")
    second.wait_for_selector(".changed:has-text('Changed in another window')")
    assert serious(second) == []
    assert second.input_value("textarea[readonly]") == "Call me."
    assert second.input_value("textarea[name=text]") == "Well done."
    assert said_of(folder, content).approved.text == "Call me."

    third.click("text=Approve all that are open")
    third.locator("#approved", has_text="3 of 3 approved.").wait_for()
    assert third.input_value("section:has-text('Ben') textarea[readonly]") == "Call me."
    assert said_of(folder, content).approved.text == "Call me."

    second.click("text=Approve mine anyway")
    second.wait_for_selector("form.approval:not(:has(.changed))")
    assert said_of(folder, content).approved.text == "Well done."
    third.click("section:has-text('Ben') >> text=Take the other one")
    third.wait_for_selector("section:has-text('Ben') textarea[readonly]:text-is('Well done.')")
    assert said_of(folder, content).approved.text == "Well done."


def test_where_the_blocks_are_is_taken_back(page, server, folder):
    """By the keyboard; the review stays, and the page says until when."""
    content = kept_run(folder, "Dan").content
    with Store.open(str(folder / STORE)) as store:
        store.set_ruling(content, Ruling(start_s=-120.0))
    page.goto(f"{server.root}/runs/{content}")
    line = page.inner_text("form.overruled")
    assert line.startswith("Overruled: somebody said that block 1 began 2:00 before the recording.")
    assert "judges it anew" in line
    reach(page, "form.overruled button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.overruled [role=status]:has-text('Taken back')")
    assert page.locator("form.overruled button").count() == 0
    assert page.locator(".kept article").count() == 1
    assert said_of(folder, content) is None or said_of(folder, content).ruling is None


def test_filters_are_in_the_address_and_back_goes_back(page, server):
    """Reload and back show what the address says."""
    page.click("nav >> text=Runs")
    assert page.inner_text("#count") == "17 runs"
    page.select_option("[name=athlete]", "Anna")
    page.locator("#count", has_text="9 runs").wait_for()
    assert page.url == f"{server.root}/runs?athlete=Anna"
    page.select_option("[name=word]", "held")
    page.locator("#count", has_text="3 runs").wait_for()
    assert page.url == f"{server.root}/runs?athlete=Anna&word=held"
    page.reload()
    assert page.inner_text("#count") == "3 runs"
    assert page.input_value("[name=word]") == "held"
    page.go_back()
    page.locator("#count", has_text="9 runs").wait_for()
    assert page.input_value("[name=athlete]") == "Anna"
    assert page.input_value("[name=word]") == ""
    page.go_back()
    page.locator("#count", has_text="17 runs").wait_for()
    page.fill("[name=plan]", "tempo")
    page.wait_for_selector(".none")
    assert page.inner_text("#count") == "0 runs"


def test_back_while_the_page_is_loading_shows_what_the_address_says(page, server):
    """Before the script that hears of it is there."""
    page.goto(f"{server.root}/runs")
    page.select_option("[name=athlete]", "Anna")
    page.locator("#count", has_text="9 runs").wait_for()

    held = []
    page.route("**/htmx-*", lambda route: held.append(route), times=1)
    with page.expect_request("**/htmx-*"):
        page.reload(wait_until="commit")
    page.evaluate("history.back()")
    page.wait_for_url(f"{server.root}/runs", wait_until="commit")
    held[0].continue_()
    page.locator("#count", has_text="17 runs").wait_for()
    assert page.url == f"{server.root}/runs"
    assert page.input_value("[name=athlete]") == ""


def test_runs_are_ticked_and_laid_side_by_side(page, server):
    """The button counts them; with one nothing can be compared."""
    page.goto(f"{server.root}/athlete?name=Anna")
    button = page.locator("[data-compare]")
    assert button.is_disabled()
    boxes = page.locator("#choose input[name=run]")
    boxes.nth(0).check()
    assert button.is_disabled()
    boxes.nth(8).press("Space")
    assert button.inner_text() == "Compare 2 runs"
    button.click()
    page.wait_for_selector("table.runs")
    assert page.locator("table.runs tbody tr").count() == 2
    assert page.locator("table.runs tbody a[href^='/runs/']").count() == 2


def test_an_export_is_uploaded_followed_and_accounted_for(browser, tmp_path):
    """With the account of the command line, whatever the files; afterwards they are gone."""
    files = [*EXPORTS, SQUAD]
    again = tmp_path / "again"
    again.mkdir()
    command = [sys.executable, "-m", "analyzer", "batch", str(SQUAD.parent), "--json", "-q"]
    told = subprocess.run(command, cwd=again, capture_output=True, text=True, check=True)
    there = tmp_path / "there"
    there.mkdir()
    with serving(there, env={"TMPDIR": str(tmp_path)}) as server:
        visit = Visit(browser, server)
        page = visit.page
        page.click("nav >> text=Upload")
        page.set_input_files("#files", files)
        assert "5 files" in page.inner_text("#chosen-files")
        page.click("text=Review them")
        page.wait_for_selector("#progress progress")
        page.wait_for_selector("table.account")
        name = page.url.rpartition("/")[2]
        with server.client() as client:
            account = client.get(f"/api/v1/batches/{name}").json()["account"]
        assert account == json.loads(told.stdout)
        rows = page.locator("table.account tr").all_inner_texts()
        assert [row.split("\t") for row in rows] == [
            ["17", "reviewed"],
            ["5", "passed over (5 no recording)"],
        ]
        page.click("text=The squad")
        assert page.inner_text("h1").startswith("Two of four need you")
        assert (visit.heard, visit.leaves()) == ([], [])
        visit.close()
        assert [path.name for path in tmp_path.glob("progcheck-*")] == []


def test_what_is_dropped_anywhere_on_the_page_is_chosen(browser, server):
    """And named with its size, before it is sent."""
    visit = Visit(browser, server)
    visit.page.goto(f"{server.root}/upload")
    visit.drop(EXPORTS[0])
    assert visit.page.inner_text("#chosen-files").startswith(EXPORTS[0].name)
    assert visit.page.evaluate("document.getElementById('files').files.length") == 1
    visit.page.fill("[name=plan_text]", "15min easy")
    assert visit.page.is_checked("[name=plan][value=text]")
    assert (visit.heard, visit.leaves()) == ([], [])
    visit.close()


def test_an_upload_can_be_stopped_and_what_was_judged_is_kept(browser, tmp_path):
    """The account tells of no more files than the batch came to."""
    with serving(tmp_path) as server:
        visit = Visit(browser, server)
        page = visit.page
        page.goto(f"{server.root}/upload")
        page.set_input_files("#files", [*EXPORTS, SQUAD])
        page.click("text=Review them")
        page.click("button:has-text('Stop')")
        page.wait_for_selector("h1:has-text('Stopped'), table.account")
        name = page.url.rpartition("/")[2]
        with server.client() as client:
            told = client.get(f"/api/v1/batches/{name}").json()
        kept = 0
        with Store.open(str(tmp_path / STORE)) as store:
            kept = store.info().runs
        assert kept == told["account"]["reviewed"]
        visit.close()


HOSTILE = (
    "<script>alert(1)</script>",
    "w" * 400,
    "\u202egnp.exe\u202c \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",
    "'\"><img src=x onerror=alert(1)>{{ 7 * 7 }}",
)


def hostile_evening(folder: Path) -> list[str]:
    """Keep runs of which every name is hostile; returns what they are known by."""
    kept_evening(folder)
    run = kept_run(folder, "Ben")
    contents = []
    with Store.open(str(folder / STORE)) as store:
        for number, name in enumerate(HOSTILE):
            content = f"{number:064x}"
            row = run.run._replace(plan_name=name)
            store.save([Result(content, f"{name}.fit", "reviewed", athlete=name,
                               day=row.day, inputs="", run=row)])  # fmt: skip
            store.set_note(content, name)
            contents.append(content)
    return contents


def test_hostile_names_are_text(browser, tmp_path):
    """Shown on every view, run nowhere, and nobody scrolls sideways for them."""
    contents = hostile_evening(tmp_path)
    with serving(tmp_path) as server:
        visit = Visit(browser, server, viewport={"width": 360, "height": 800})
        page = visit.page
        asked = []
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        both = "&".join(f"run={content}" for content in contents)
        views = ["/squad", "/runs", "/messages", f"/compare?{both}"]
        views += [f"/runs/{content}" for content in contents]
        views += [f"/athlete?name={quote(name)}" for name in HOSTILE]
        for view in views:
            answer = page.goto(f"{server.root}{view}")
            assert answer is not None
            assert answer.status == 200
            assert page.locator("main img, main script").count() == 0
            assert "49" not in page.locator("h1, .who, #note-text").all_inner_texts()
            assert page.evaluate(SIDEWAYS) <= 0, view
        for content in contents:
            page.goto(f"{server.root}/runs/{content}")
            assert page.input_value("#note-text") == said_of(tmp_path, content).note
        assert (asked, visit.heard, visit.leaves()) == ([], [], [])
        visit.close()


VIEWS = ("/squad", "/runs", "/athlete?name=Anna", "/messages", "/upload", "RUN", "COMPARE", "NONE")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1040, 360])
def test_axe_finds_no_serious_fault_and_nobody_scrolls_sideways(
    browser, server, folder, width, scheme
):
    """On every view, on a desk and on a phone, by day and by night."""
    anna, ben = (kept_run(folder, name).content for name in ("Anna", "Ben"))
    with Store.open(str(folder / STORE)) as store:
        store.set_ruling(ben, Ruling(60.0))
        store.set_plan(ben, GivenPlan("w" * 200, b""))
    own = {"RUN": f"/runs/{ben}", "COMPARE": f"/compare?run={anna}&run={ben}",
           "NONE": f"/runs?since={LATEST}&plan=none"}  # fmt: skip
    size = {"width": width, "height": 900}
    visit = Visit(browser, server, viewport=size, color_scheme=scheme, bypass_csp=True)
    for view in VIEWS:
        visit.page.goto(f"{server.root}{own.get(view, view)}")
        assert serious(visit.page) == [], view
        assert visit.page.evaluate(SIDEWAYS) <= 0, view
        levels = visit.page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3')].map((e) => Number(e.tagName[1]))"
        )
        assert levels[0] == 1, view
        assert levels.count(1) == 1, view
    visit.close()
