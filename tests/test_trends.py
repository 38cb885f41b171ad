"""Trends over time: periods, first dates, tests with employers for witnesses, newcomers."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.analysis.timeline import check_by, first_dates, period_of, place_of
from kg.analysis.trend_rows import COLUMNS
from kg.analysis.trends import check_asked, trends
from kg.names import UnknownNameError
from kg.views.pages.quoting import FromNowhere
from kg.views.pages.trends_page import trends as as_page
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.analysis.trend_rows import TrendRow, Trends
    from kg.corpus import Corpus
    from nlp.types import Facts


def posted(
    name: str,
    day: date | None,
    required: tuple[str, ...] = ("Python",),
    *,
    role: str = "Data Engineer",
    employer: str | None = None,
) -> Facts:
    return make_facts(
        source=f"{name}.txt",
        role=role,
        employer=employer or f"Employer {name}",
        required=required,
        date_posted=day,
    )


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """20 postings in each of January, February, April; March has none. Of them require Git 0, 5,
    15; Java 10, 10, 10; HDFS 0, 0, 12; Spark 12, 0, 0. Data Engineers all but 2, 6, 14 Software
    Engineers; two more postings state no date."""
    facts = [posted("u1", None), posted("u2", None)]
    for month, git, engineers in ((1, 0, 2), (2, 5, 6), (4, 15, 14)):
        for number in range(20):
            skills = ["Python"]
            skills += ["Git"] * (number < git) + ["Java"] * (number % 2)
            skills += ["HDFS"] * (month == 4 and number < 12)
            skills += ["Spark"] * (month == 1 and number < 12)
            role = "Software Engineer" if number < engineers else "Data Engineer"
            facts.append(
                posted(f"{month}-{number}", date(2025, month, 1 + number), tuple(skills), role=role)
            )
    return corpus_of(facts)


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> Trends:
    return trends(corpus)


def row_of(found: Trends, label: str) -> TrendRow:
    return next(row for row in found.rows if row.label == label)


def test_periods_have_denominators_and_who_has_no_date_is_counted(found: Trends) -> None:
    assert [(one.label, one.place, one.postings, one.employers) for one in found.periods] == [
        ("2025-01", 0, 20, 20), ("2025-02", 1, 20, 20), ("2025-04", 3, 20, 20),
    ]  # fmt: skip
    assert (found.postings, found.undated) == (60, 2)


def test_a_trend_by_hand(found: Trends) -> None:
    """Git: 0, 5, 15 of 20 at months 0, 1, 3: mean month 4/3, so -4/3, -1/3, 5/3 each.

    T = 5 * -1/3 + 15 * 5/3 = 23.3333 (the mean share cancels). Spread of months 20 * 42/9 =
    93.3333; slope 0.25. Of the feature: 20 * 40 / 60 = 13.3333; variance 93.3333 * 13.3333 / 59 =
    21.0923, statistic 23.3333 / 4.59263 = 5.08060, p 3.76e-7.
    """
    git = row_of(found, "Git")
    assert git.counts == ((0, 20), (5, 20), (15, 20))
    assert git.trend is not None
    assert git.trend.slope == pytest.approx(0.25)
    assert git.trend.p_postings == pytest.approx(3.76e-7, rel=0.01)
    assert git.trend.q < 0.01
    assert git.evidence[0].text == "Git"


def test_what_stays_has_no_trend(found: Trends) -> None:
    java = row_of(found, "Java").trend
    assert java is not None
    assert (java.slope, java.p) == (pytest.approx(0), pytest.approx(1))  # type: ignore[comparison-overlap]


def test_roles_are_shares_of_all_postings(found: Trends) -> None:
    role = row_of(found, "Software Engineer")
    assert (role.kind, role.counts) == ("role", ((2, 20), (6, 20), (14, 20)))
    assert role.trend is not None
    assert role.trend.slope > 0
    assert role.trend.q < 0.01


def test_a_role_of_which_no_posting_is_dated_has_no_row() -> None:
    facts = [posted("a", date(2025, 1, 1)), posted("b", None, role="Software Engineer")]
    found = trends(corpus_of(facts))
    assert [row.label for row in found.rows if row.kind == "role"] == ["Data Engineer"]


def test_a_role_s_skills_are_shares_of_its_own_postings(corpus: Corpus) -> None:
    found = trends(corpus, role="Data Engineer")
    assert row_of(found, "Data Engineer").counts == ((18, 20), (14, 20), (6, 20))
    assert row_of(found, "Git").counts == ((0, 18), (0, 14), (1, 6))
    assert found.undated == 2


def test_halves_that_are_too_small_are_not_set_against_each_other(found: Trends) -> None:
    assert (found.early, found.late, found.arrivals) == ("2025-01", "2025-02..2025-04", None)
    assert found.caution == (
        "Newcomers and leavers are not sought: 2025-01 has 20 postings and 2025-02..2025-04 40; "
        "needed are 30 of 10 employers each."
    )


def test_newcomers_and_leavers_are_more_than_chance() -> None:
    """1998 has 30 postings, 1999 one, 2001 30. SQL: 12 of the last, none before; Java turned round.

    Fisher's p of 0 of 30 and 12 of 31 is 0.000131. Employers: 12 * (49/61) / 31 + 19 * (-12/61) /
    31 + 30 * (12/61) / 30 = 0.3871, over a root of squares of 0.1006: 3.849, p 0.000118. Git: 9
    of the last, too few for a test.
    """
    facts = [posted("gap", date(1999, 1, 1))]
    for year, skill in ((1998, "Java"), (2001, "SQL")):
        for n in range(30):
            skills = ("Python", *[skill] * (n < 12), *["Git"] * (n < 9 and year == 2001))
            facts.append(posted(f"{year}-{n}", date(year, 1 + n % 12, 1), skills))
    found = trends(corpus_of(facts), by="year")
    assert [one.place for one in found.periods] == [0, 1, 3]
    assert (found.early, found.late) == ("1998", "1999..2001")
    arrivals = {one.label: one for one in found.arrivals or ()}
    assert [(one.kind, one.label, one.shown) for one in found.arrivals or ()] == [
        ("newcomer", "SQL", True), ("newcomer", "Git", False), ("leaver", "Java", True),
    ]  # fmt: skip
    sql = arrivals["SQL"].finding
    assert sql is not None
    assert (sql.p_postings, sql.p_employers) == pytest.approx((0.000131, 0.000118), rel=0.01)
    assert arrivals["Git"].finding is None


def test_one_employer_s_new_tool_is_no_newcomer() -> None:
    facts = [posted(f"{m}-{n}", date(2025, m, 1 + n)) for m in (1, 2, 3, 4) for n in range(20)]
    facts += [
        posted(f"g{n}", date(2025, 3 + n % 2, 2), ("Git",), employer="Habit") for n in range(15)
    ]
    found = trends(corpus_of(facts))
    (git,) = found.arrivals or ()
    assert git.finding is not None
    assert git.finding.p_postings < 0.001
    assert not git.shown


def test_a_job_posted_again_counts_once_at_its_first_date() -> None:
    corpus = corpus_of([posted("a", date(2025, 3, 1)), posted("b", date(2025, 1, 9))])
    first, again = corpus.postings
    corpus.facets.copies = {again: first}
    assert first_dates(corpus) == {first: "2025-01-09"}
    found = trends(corpus)
    assert [(one.label, one.postings) for one in found.periods] == [("2025-01", 1)]
    assert found.left_out == 1
    every = trends(corpus, copies="all")
    assert [one.label for one in every.periods] == ["2025-01", "2025-03"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "No posting states a date"),
        ([date(2025, 1, 1)] * 40, "40 employers, 1 month with postings"),
        ([date(2025, month, 1) for month in (1, 2, 3)], "3 postings with a date"),
    ],
)
def test_too_little_is_refused_and_what_is_needed_is_said(days: list[date], words: str) -> None:
    facts = [posted(str(number), day) for number, day in enumerate(days)] or [posted("x", None)]
    found = trends(corpus_of(facts))
    assert words in str(found.caution)
    assert all(row.trend is None for row in found.rows)
    assert found.arrivals is None


def test_one_skill(corpus: Corpus) -> None:
    found = trends(corpus, skill="git", by="quarter")
    (row,) = found.rows
    assert row.counts == ((5, 40), (15, 20))
    assert row.trend is None
    assert "Shorter periods may do (--by month)" in str(found.caution)
    (row,) = trends(corpus, skill="git", role="Software Engineer").rows
    assert row.counts == ((0, 2), (5, 6), (14, 14))


@pytest.mark.parametrize(("asked", "count"), [("required", 0), ("mentioned", 1), ("any", 2)])
def test_how_it_is_asked_for(asked: str, count: int) -> None:
    facts = [
        make_facts(source="1.txt", required=(), mentioned=("Git",), date_posted=date(2025, 1, 1)),
        make_facts(source="2.txt", required=(), any_of={"a": ("Git", "SQL")},
                   date_posted=date(2025, 1, 1)),
    ]  # fmt: skip
    (row,) = trends(corpus_of(facts), skill="Git", asked=check_asked(asked)).rows
    assert row.postings == count


def test_what_does_not_exist(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="skill"):
        trends(corpus, skill="Jva")
    with pytest.raises(UnknownNameError):
        trends(corpus, role="Plumber")
    with pytest.raises(ValueError, match="month, quarter, year"):
        check_by("week")
    with pytest.raises(ValueError, match="required, preferred"):
        check_asked("loved")


def test_periods_lie_in_time_as_they_do() -> None:
    assert period_of("2024-12-31", "quarter") == "2024-Q4"
    assert place_of("2025-Q1", "quarter") - place_of("2024-Q4", "quarter") == 1
    assert place_of("2025", "year") - place_of("2019", "year") == 6


def test_the_shapes(found: Trends) -> None:
    said = json.loads(json.dumps(found.to_json()))
    assert said["periods"][0] == {"period": "2025-01", "postings": 20, "employers": 20}
    assert {tuple(row) for row in found.to_rows()} == {COLUMNS}


def heights(found: Trends) -> list[float]:
    """The bars of the page's picture of all postings, in per cent of the highest."""
    text = str(as_page(found, FromNowhere()))
    return [float(height) for height in re.findall(r'class="bar plain".*?height="([\d.]+)%"', text)]


def test_a_month_without_postings_keeps_its_place_in_the_picture(found: Trends) -> None:
    """January, February, (March), April: a picture that closes the gap tells of three in a row."""
    assert heights(found) == [100, 100, 0, 100]


def test_one_wrong_date_draws_no_thousand_empty_months() -> None:
    days = [date(2025, 1, 1), date(1, 1, 1), date(2025, 2, 1), date(2025, 2, 2)]
    corpus = corpus_of([posted(str(number), day) for number, day in enumerate(days)])
    assert heights(trends(corpus)) == [50, 50, 100]
