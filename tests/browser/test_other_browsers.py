"""The review page in WebKit, the engine of Safari: from a file to a verdict, and what if."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from analyzer import review_file
from analyzer.report.headline import headline
from tests.browser.served import PLAN
from tests.builders.web_server import serving
from tests.places import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.webdriver import WebDriver

pytest.importorskip("selenium")

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("other browsers"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # its own
]

RUN = SAMPLES / "greedy-then-blow-up.fit"
LONGEST_S = 120
"""How long to wait for anything: only what never comes takes it."""

LISTEN = """
window.heard = [];
addEventListener("securitypolicyviolation", (e) =>
  heard.push(`${e.violatedDirective}: ${e.blockedURI}`));
addEventListener("error", (e) => heard.push(e.message));
addEventListener("unhandledrejection", (e) => heard.push(String(e.reason)));
"""


@contextmanager
def screen() -> Iterator[str]:
    """Give the name of a screen that nobody sees: without one WebKitGTK does not start."""
    reading, writing = os.pipe()
    size = ["-screen", "0", "1280x1000x24"]
    command = [str(shutil.which("Xvfb")), "-displayfd", str(writing), *size, "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb has no screen to give"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebDriver]:
    """One WebKit for all tests, as Debian packages it."""
    for program, package in (("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")):
        if shutil.which(program) is None:
            pytest.skip(f"no {program} on this machine: apt-get install {package}")
    with screen() as display:
        service = webdriver.WebKitGTKService(
            shutil.which("WebKitWebDriver"), env={**os.environ, "DISPLAY": display}
        )
        try:
            driver = webdriver.WebKitGTK(webdriver.WebKitGTKOptions(), service)
        except WebDriverException as error:  # a machine may forbid what its sandbox needs
            pytest.skip(f"WebKit does not start on this machine: {error.msg}")
        driver.set_window_rect(0, 0, 1040, 900)
        yield driver
        driver.quit()


class Visit:
    """A visit to a server, as a hand and an eye make it."""

    def __init__(self, driver: WebDriver, address: str) -> None:
        self.driver = driver
        driver.get(address)
        driver.execute_script(LISTEN)

    def all(self, selector: str):
        """Return the elements that a selector finds."""
        return self.driver.find_elements("css selector", selector)

    def wait(self, selector: str, words: str = ""):
        """Wait for an element that has some words; return it."""
        swapped = (StaleElementReferenceException,)  # between two looks
        waiting = WebDriverWait(self.driver, LONGEST_S, 0.05, ignored_exceptions=swapped)
        return waiting.until(
            lambda _: next((e for e in self.all(selector) if words in e.text), None)
        )

    def write_plan(self, text: str) -> None:
        """Write a plan over the one that stands there."""
        plan = self.wait("#plan-text")
        plan.clear()
        plan.send_keys(text)

    def run(self, script: str, *given: object):
        """Have the page do something."""
        return self.driver.execute_script(script, *given)


@pytest.fixture
def visit(webkit, tmp_path) -> Iterator[Visit]:
    """Visit a server; the page refuses nothing of itself and complains of nothing."""
    with serving(tmp_path) as server:
        visiting = Visit(webkit, server.address)
        yield visiting
        assert visiting.run("return heard") == []


def test_first_visit_to_verdict_and_an_edge_is_moved_by_keys(visit):
    """A plan written, a file chosen: the sentence of the command line; three steps are 15 s."""
    assert visit.run("return [...document.styleSheets].map((e) => e.cssRules.length > 0)") == (
        [True] * len(visit.all("link[rel=stylesheet]"))
    )
    visit.write_plan(PLAN)
    visit.wait("#file").send_keys(str(RUN))
    sentence = headline(review_file(RUN, PLAN), "km")[0]
    assert visit.wait(".made h1").text.replace("\u00a0", " ") == sentence
    visit.wait(".plate.wide .handle")
    edge = visit.all(".plate.wide .handle")[1]
    assert edge.get_attribute("aria-valuenow") == "900"
    visit.run("arguments[0].focus()", edge)
    webdriver.ActionChains(visit.driver).send_keys(Keys.ARROW_RIGHT * 3).perform()
    visit.wait(".overruled", "block 1 began at 0:15")
    assert visit.all(".plate.wide .handle")[1].get_attribute("aria-valuenow") == "915"
    focused = "return document.activeElement.getAttribute('aria-label')"
    assert visit.run(focused) == "Start of block 2"


def test_what_is_wrong_in_a_plan_is_underlined(visit):
    """The pace that is none, and nothing else."""
    visit.write_plan("15min easy, 10min @ 99:99")
    mark = visit.wait("#plan-rows mark", "99:99")
    assert mark.text == "99:99"
    assert mark.value_of_css_property("text-decoration-line") == "underline"
