"""Which adverts are one job: the words, the title, the likeness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.copies.adverts import Advert, Job
from kg.copies.likeness import THRESHOLD, Reason, likeness
from kg.copies.wording import read_wording, shingles
from nlp.types import Section, SectionKind

if TYPE_CHECKING:
    pass

from tests.adverts import (
    ABOUT,
    BENEFITS,
    BY_AGENCY,
    DUTIES,
    FEWER,
    HEAD,
    MOVED,
    ORIGINAL,
    OTHER_DUTIES,
    PAID,
    TEXT,
    advert,
)

# Words


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("• Python, SQL", "* python - sql", "bullets, commas and capitals are no words"),
        ("Python\n\n\n  SQL", "Python SQL", "nor is the breaking of lines"),
        ("Ünal’s text", "ünal's TEXT", "nor which apostrophe it is"),
    ],
)
def test_these_say_the_same_word_for_word(one: str, other: str, why: str) -> None:
    assert read_wording(one).digest == read_wording(other).digest, why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("C++", "C", "what stands behind a letter is the name of a language"),
        ("Engineer I", "Engineer II", "a numeral is a word"),
        ("3 years", "5 years", "a number is a word"),
        ("", "a", "nothing is not something"),
    ],
)
def test_these_do_not(one: str, other: str, why: str) -> None:
    assert read_wording(one).digest != read_wording(other).digest, why


def test_what_is_said_of_the_employer_is_not_of_the_job() -> None:
    told = read_wording(TEXT).of_the_job()
    assert "bring the scales" in told
    assert "years of work" in told
    assert "barges since 1911" not in told
    assert "equal opportunity employer" not in told


def test_a_text_all_of_which_is_about_the_employer_counts_whole() -> None:
    wording = read_wording("Who we are\n" + DUTIES.split("\n", 1)[1])
    assert wording.of_the_job() == wording.all()


@pytest.mark.parametrize(
    ("text", "at", "job", "why"),
    [
        ("We sell tea. Write C++", 13, (3, 5), "before a word"),
        ("We sell tea. Write C++", 12, (3, 5), "behind a sign"),
        ("We sell tea. Write C++", 15, (4, 5), "inside a word, which began before"),
        ("We sell tea. Write C++", 21, None, "among the signs of a word"),
        ("We sell tea. Write C++", 22, None, "at the end"),
    ],
)
def test_a_stretch_has_the_words_that_begin_in_it(
    monkeypatch: pytest.MonkeyPatch, text: str, at: int, job: tuple[int, int] | None, why: str
) -> None:
    monkeypatch.setattr("kg.copies.wording.FEWEST", 0)
    monkeypatch.setattr("kg.copies.wording.SMALLEST_SHARE", 0)
    about = Section(SectionKind.ABOUT, 0, at, None)
    asked = Section(SectionKind.REQUIREMENTS, at, len(text), None)
    wording = read_wording(text, (about, asked))
    assert wording.words == ("we", "sell", "tea", "write", "c++")
    assert wording.starts == (0, 3, 8, 13, 19)
    assert wording.stretches == ((job,) if job else ()), why


def test_few_words_and_none() -> None:
    assert read_wording("").all() == set()
    assert list(shingles([])) == []
    assert list(shingles(["a", "b"])) == ["a b"]
    assert not read_wording("Data Engineer wanted, call us").is_telling


# Titles


@pytest.mark.parametrize(
    ("title", "facts", "why"),
    [
        ("Data Engineer II - Remote", {}, "where the work is done"),
        ("Data Engineer II (Duluth, MN)", {}, "the place itself"),
        ("Data Engineer II | Full-time, Contract", {}, "the terms"),
        ("II Data Engineer", {}, "the order of the words"),
        ("Data Engineer, Level 2", {}, "another name of the level"),
        ("Data Engineer II 146887", {}, "the number of the posting"),
    ],
)
def test_titles_of_the_same_job(title: str, facts: dict[str, Any], why: str) -> None:
    assert advert(title=title, **facts).job == ORIGINAL.job, why


@pytest.mark.parametrize(
    ("title", "facts", "why"),
    [
        ("Data Engineer I", {"level": "i", "labels": ("Data Engineer", "I")}, "another level"),
        ("Data Engineer", {"level": None, "labels": ("Data Engineer",)}, "no level"),
        ("Data Scientist II", {"role": "data-scientist"}, "another role"),
        ("Data Engineer II, Payments", {}, "another team"),
        ("Data Engineer II 4", {}, "a grade of the employer's own"),
        ("Night Data Engineer II", {}, "a word that we do not know may matter"),
    ],
)
def test_titles_of_other_jobs(title: str, facts: dict[str, Any], why: str) -> None:
    assert advert(title=title, **facts).job != ORIGINAL.job, why


def test_a_text_without_a_title_names_no_job() -> None:
    assert advert(title=None).job is None


def test_a_job_comes_back_from_its_text() -> None:
    job = Job(None, "ii", ("été", 'a "b"'))
    assert Job.from_text(job.to_text()) == job


# Likeness: the reason, and whether it is enough


@pytest.mark.parametrize(
    ("other", "reason", "why"),
    [
        (advert(TEXT.replace("\n", "\n\n  * ")), Reason.SAME, "marks are no words"),
        (advert(f"Posted: March 3, 2026\nJob ID: R-4711\n{TEXT}"), Reason.DATES, "a repost"),
        (MOVED, Reason.PLACE, "one job in two places"),
        (BY_AGENCY, Reason.NEAR, "no headings, another name, a footer"),
        (advert(FEWER), Reason.NEAR, "a line left out, one rewritten"),
    ],
)
def test_copies(other: Advert, reason: Reason, why: str) -> None:
    found = likeness(ORIGINAL, other)
    assert found.similarity >= THRESHOLD, why
    assert found.reason is reason, why
    assert likeness(other, ORIGINAL) == found


@pytest.mark.parametrize(
    ("one", "other", "reason", "why"),
    [
        ("Apply by March 31, 2026.", "Apply by May 2, 2026.", Reason.DATES, "a later date"),
        ("Posted 3 days ago", "Posted 30+ days ago", Reason.DATES, "a board's own words"),
        ("Reference #: L24-146887", "Reference #: L25-9", Reason.DATES, "the posting's number"),
        ("Start: 2026-03-01", "Start: 2026-04-01", Reason.DATES, "numbers with hyphens"),
        ("May we help you?", "April may help you.", Reason.NEAR, "May is no date by itself"),
        ("3 ports", "5 ports", Reason.NEAR, "a number is no date"),
    ],
)
def test_what_a_last_line_changes(one: str, other: str, reason: Reason, why: str) -> None:
    a, b = (advert(f"{TEXT}\n{line}") for line in (one, other))
    assert likeness(a, b).reason is reason, why


def test_pay_may_go_with_the_place() -> None:
    start = PAID.index("$100,000")
    pay = ((start, start + len("$100,000")),)
    cheaper = PAID.replace("$100,000", "$90,500").replace("Duluth, MN", "Toledo, OH")
    found = likeness(
        advert(PAID, pay=pay), advert(cheaper, pay=((start, start + 7),), places=("Toledo, OH",))
    )
    assert found.reason is Reason.PLACE


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (HEAD + "\n\n".join([ABOUT, OTHER_DUTIES, BENEFITS]), "the same employer, other duties"),
        (HEAD + "\n\n".join([ABOUT, BENEFITS]), "nothing but the employer"),
        (HEAD + "Apply now", "too few words to say"),
        ("", "nothing"),
        (
            HEAD + "Requirements\nWe look for somebody who has used Airflow and Spark daily, knows "
            "SQL by heart and writes Python that others like to read. You hold a bachelor's "
            "degree. Your pipelines carry what eight warehouses sell, your models say what they "
            "will need, and your tests fail before the shop does. You have done so for years.",
            "the same skills in other sentences",
        ),
    ],
)
def test_no_copies(other: str, why: str) -> None:
    assert likeness(ORIGINAL, advert(other)).similarity < THRESHOLD, why


def test_two_ranks_that_differ_in_their_years_only_are_no_copies() -> None:
    """A title without a level does not say that both are of one."""
    three = advert(years=frozenset({"3"}))
    five = advert(TEXT.replace("Three years", "Five years"), years=frozenset({"5"}))
    assert likeness(three, five).similarity == 0
    assert likeness(three, replace(five, years=frozenset({"3", "5"}))).similarity >= THRESHOLD
    assert likeness(three, replace(five, years=frozenset())).similarity >= THRESHOLD
