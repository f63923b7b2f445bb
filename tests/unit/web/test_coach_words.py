"""What the coach's pages say of moments and days, and where their links lead."""

import datetime as dt

import pytest

from analyzer.report.links import linked
from analyzer.web.addresses import athlete_address, days_address
from analyzer.web.pages.days import days_of, weeks_beside
from analyzer.web.pages.moments import moment_text
from analyzer.web.refusals import RefusedError


def test_a_moment_of_today_is_a_time_and_another_has_its_day():
    """By the clock of this machine, whatever its zone."""
    now = dt.datetime(2026, 3, 31, 20, 0).astimezone()
    assert moment_text(now.replace(hour=12, minute=4), now) == "12:04"
    assert moment_text(now - dt.timedelta(days=1), now) == "30 March 2026, 20:00"
    assert moment_text(now.astimezone(dt.UTC), now) == "20:00"


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ({}, None),
        ({"since": "", "until": ""}, (None, None)),
        ({"since": "2026-03-25"}, (dt.date(2026, 3, 25), None)),
        ({"since": "2026-03-31", "until": "2026-03-25"},
         (dt.date(2026, 3, 25), dt.date(2026, 3, 31))),
    ],
)  # fmt: skip
def test_an_address_says_which_days(query, days):
    """Nothing said is the latest week; both empty is every day; the wrong way round is turned."""
    assert days_of(query) == days


@pytest.mark.parametrize("text", ["31 March", "2026-02-30", "9" * 50, "<b>"])
def test_a_day_that_is_none_is_refused_in_one_line(text):
    """With how it is written."""
    with pytest.raises(RefusedError, match="as 2026-03-31"):
        days_of({"since": text})


def test_the_weeks_beside_are_seven_days_off_and_there_is_none_at_the_end_of_time():
    """Of open days there is no week before."""
    first, last = dt.date(2026, 3, 25), dt.date(2026, 3, 31)
    assert weeks_beside("/squad", first, last) == (
        "/squad?since=2026-03-18&until=2026-03-24",
        "/squad?since=2026-04-01&until=2026-04-07",
    )
    assert weeks_beside("/squad", None, last) == ("", "")
    assert weeks_beside("/squad", dt.date.min, dt.date.max) == ("", "")


def test_an_address_holds_whatever_somebody_may_be_called():
    """Also what no address may hold as it is, and halves of pairs."""
    assert athlete_address("A & B/<é>") == "/athlete?name=A+%26+B%2F%3C%C3%A9%3E"
    assert athlete_address("\ud800") == "/athlete?name=%3F"
    assert days_address("/squad", None, None) == "/squad?since=&until="


def test_a_link_leads_nowhere_without_an_address_and_quotes_what_it_has():
    """No address ends its own attribute."""
    assert linked("<b>Anna</b>", "") == "<b>Anna</b>"
    assert linked("Anna", '/x"><script>') == '<a href="/x&quot;&gt;&lt;script&gt;">Anna</a>'
