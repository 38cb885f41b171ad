"""Values of feeds and tables in words: pay, dates, codes; what says nothing is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.readers import wording


@pytest.mark.parametrize(
    "value",
    ["", " ", "-1", "-1.0", "null", "NULL", "NaN", "nan", "N/A", "n/a", "None", "-", "<NA>", None,
     "undefined", "Not Specified", "Unknown / Non-Applicable", [], {}, True],
)  # fmt: skip
def test_what_says_nothing_is_absent(value: Any) -> None:
    assert wording.said(value) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Berlin ", "Berlin"),
        ("0", "0"),
        ("None of the above", "None of the above"),
        ("Nan Jing", "Nan Jing"),
        (["Go", None, "C"], "Go, C"),
        ("half a \ud83d sign", "half a \ufffd sign"),
    ],
)
def test_what_says_something_is_kept(value: Any, text: str) -> None:
    assert wording.said(value) == text


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "text"),
    [
        ("120000", "150000", "USD", "YEARLY", "120000 - 150000 USD per year"),
        ("120000.0", "150000.00", "usd", "1 YEAR", "120000 - 150000 USD per year"),
        ("120,000", "150,000", "", "", "120,000 - 150,000"),
        ("35.5", None, "EUR", "per-hour-wage", "from 35.5 EUR per hour"),
        (None, "5000", "EUR", "month", "up to 5000 EUR per month"),
        ("400", "400", "GBP", "DAILY", "400 GBP per day"),
        ("$50K", "$60K", "", "annual", "$50K - $60K per year"),
        ("0", "0", "USD", "YEARLY", ""),
        ("0.0", "90000", "USD", "YEARLY", "up to 90000 USD per year"),
        ("-1", "-1", "USD", "YEARLY", ""),
        ("-500", None, "USD", "YEARLY", ""),
        (None, None, "USD", "YEARLY", ""),
        ("competitive", None, "USD", "YEARLY", ""),
        ("3000", "4000", "USD", "bi-week-salary", "3000 - 4000 USD per two weeks"),
        ("3000", "4000", "USD", "semi-month-salary", "3000 - 4000 USD per half month"),
        ("3000", "4000", "USD", "2 WEEK", "3000 - 4000 USD per two weeks"),
        ("3000", "4000", "USD", "bi-monthly", ""),
        ("3000", "4000", "USD", "semi-annually", ""),
        ("3000", "4000", "USD", "one-time", ""),
        ("3000", "4000", "USD", "fortnightly?", "3000 - 4000 USD per two weeks"),
        ("3000", "4000", "USD", "moonly?", "3000 - 4000 USD"),
    ],
)
def test_pay_is_a_range_or_a_bound_in_words(
    low: Any, high: Any, currency: str, period: str, text: str
) -> None:
    assert wording.pay(low, high, currency, period) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T23:59:00-05:00", "2026-03-01"),
        ("2026-02-20 08:00:00 UTC", "2026-02-20"),
        ("1772323200000", "2026-03-01"),
        ("1772323200", "2026-03-01"),
        ("1.7723232e12", "2026-03-01"),
        ("1772323200000.0", "2026-03-01"),
        ("5 May 2026", "5 May 2026"),
        ("31 February 2026", "31 February 2026"),
        ("2026", "2026"),
        ("3 days ago", "3 days ago"),
        ("1e308", "1e308"),
        ("Infinity", "Infinity"),
        ("nan", ""),
        ("-1", ""),
    ],
)
def test_dates_are_iso_dates_or_stay_as_they_came(value: str, text: str) -> None:
    assert wording.day(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("FULL_TIME", "Full time"),
        ("FullTime", "Full time"),
        ("fulltime_permanent", "Full time permanent"),
        ("Full-time", "Full-time"),
        ("Full time", "Full time"),
        ("Internship", "Internship"),
        ("INTERN", "Intern"),
        ("mid_senior_level", "Mid senior level"),
        ("", ""),
    ],
)
def test_codes_are_spelled_as_words(value: str, text: str) -> None:
    assert wording.spelled(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("OnSite", "On-site"),
        ("on_site", "On-site"),
        ("on-site", "On-site"),
        ("HYBRID", "Hybrid"),
        ("remote", "Remote"),
        ("unspecified", ""),
        ("Remote within Spain", "Remote within Spain"),
    ],
)
def test_work_modes_are_words(value: str, text: str) -> None:
    assert wording.work_mode(value) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "<p>a &amp; b</p>"),
        ("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;", "<p>a</p>"),
        ("<p>write &lt;b&gt; for bold</p>", "<p>write &lt;b&gt; for bold</p>"),
        ("no signs", "no signs"),
    ],
)
def test_html_is_unescaped_until_it_is_html(html: str, text: str) -> None:
    assert wording.unescaped(html) == text


def test_the_parts_of_a_body_keep_their_headings_and_lines() -> None:
    assert wording.body([("", "One\nTwo"), ("Skills", "C\nGo"), ("Benefits", "N/A")]) == (
        "One\nTwo\n\nSkills\nC\nGo"
    )
    assert wording.body([("", "1 < 2\nTwo"), ("R & D", "<ul><li>Go</li></ul>")]) == (
        "<p>1 &lt; 2<br>Two</p>\n<h3>R &amp; D</h3>\n<ul><li>Go</li></ul>"
    )


ANY = st.text(st.characters(exclude_categories=()))


@given(ANY, ANY, ANY, ANY)
def test_whatever_is_written_becomes_a_text_that_can_be_stored(
    low: str, high: str, currency: str, period: str
) -> None:
    for text in (
        wording.pay(low, high, currency, period),
        wording.day(low),
        wording.spelled(low),
        wording.place(low, high),
        wording.body([("Skills", low), ("", high)]),
    ):
        assert text.encode().decode() == text
