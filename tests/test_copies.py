"""Which adverts are one job: the words, the title, the likeness and the groups."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.copies.adverts import Advert, Job
from kg.copies.comparison import Comparison
from kg.copies.grouping import Entry, find_groups
from kg.copies.likeness import THRESHOLD, Reason, likeness
from kg.copies.shelf import NAME, Kept, Shelf
from kg.copies.sketches import SketchIndex, make_sketch, make_sketches
from kg.copies.wording import read_wording, shingles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ABOUT: Final = """About us
Harrow Grain moves wheat and barley from the farm to the mill, on its own barges since 1911, and
nine hundred people in four ports see to it that a load never waits for its paper. We think that
a grain trader can be a kind neighbour, and we would rather lose a day than a friend."""
DUTIES: Final = """What you will do
Build the pipelines that bring the scales of forty silos together before the market opens.
Keep the models of moisture and weight honest, and tell the traders when they are not.
Move the nightly jobs from a rented room to Airflow and Spark without a day of standstill.
Read the logs of the barges, find out why a load is late, and say so before the customer does.
Write tests for what you leave behind, so that the next one in your chair can start at once."""
ASKS: Final = """Requirements
Three years of work with Python and SQL on data that somebody pays for.
A bachelor's degree in a subject in which things are counted.
Airflow, Spark or another way to run many jobs in the right order."""
BENEFITS: Final = """Equal opportunity
Harrow Grain is an equal opportunity employer and does not discriminate for any reason."""
OTHER_DUTIES: Final = """What you will do
Answer for the ledgers of three mills and close them within four days of the month's end.
Prepare the budget with the heads of the ports and follow what becomes of it, week by week.
Explain to the bank every spring why a barge is worth what we say that it is worth.
Find the invoice that nobody can find, and see to it that the next one is found at once.
Talk to the auditors in their own language, and to the skippers in theirs."""
HEAD: Final = "Data Engineer II\nHarrow Grain\nDuluth, MN\n\n"
TEXT: Final = HEAD + "\n\n".join([ABOUT, DUTIES, ASKS, BENEFITS])


def advert(text: str = TEXT, **facts: Any) -> Advert:
    """An advert of a Data Engineer II at Harrow Grain in Duluth, unless `facts` say otherwise."""
    known: dict[str, object] = {
        "id": "a",
        "title": "Data Engineer II",
        "role": "data-engineer",
        "level": "ii",
        "labels": ("Data Engineer", "II", "Level 2"),
        "places": ("Duluth, MN",),
        "employers": ("Harrow Grain",),
    }
    return Advert(text=text, **{**known, **facts})


ORIGINAL: Final = advert()
PAID: Final = TEXT + "\n\nPay: $100,000 a year.\n"


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

MOVED: Final = advert(TEXT.replace("Duluth, MN", "Toledo, OH"), places=("Toledo, OH",))
BY_AGENCY: Final = advert(
    "Data Engineer II\nPike Staffing\nDuluth, MN\n\n"
    + "\n".join(
        line
        for part in (DUTIES, ASKS)
        for line in part.replace("Harrow Grain", "our client").split("\n")[1:]
    )
    + "\nPike Staffing finds work for people and people for work since 1999. Send us your resume.",
    employers=("Pike Staffing",),
)
FEWER: Final = TEXT.replace("Read the logs of the barges", "Read the barges' logs").replace(
    "A bachelor's degree in a subject in which things are counted.\n", ""
)


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


# Groups


def entries(*adverts: Advert) -> list[Entry]:
    found = [
        Entry(
            one.id,
            one.wording.digest,
            one.job,
            one.is_headed,
            make_sketches(one.wording),
        )
        for one in adverts
    ]
    return sorted(found, key=lambda entry: entry.id)


def groups(*adverts: Advert) -> list[tuple[str, ...]]:
    known = {one.id: one for one in adverts}
    return find_groups(entries(*adverts), lambda a, b: likeness(known[a], known[b]).similarity)


LEVEL_ONE: Final = advert(
    TEXT.replace("Engineer II", "Engineer I"),
    id="b",
    title="Data Engineer I",
    level="i",
    labels=("Data Engineer", "I"),
)
UNTITLED: Final = replace(
    BY_AGENCY,
    id="z",
    text=BY_AGENCY.text.split("\n\n", 1)[1],
    title=None,
    role=None,
    level=None,
    labels=(),
)


def unknown(first_line: str, name: str, text: str = TEXT) -> Advert:
    """The advert under a first line that no rule knows as a title."""
    return replace(UNTITLED, id=name, text=text.replace("Data Engineer II", first_line))


def headless(title: str, name: str, **facts: Any) -> Advert:
    """An agency's copy without a header, below a title."""
    return advert(f"{title}\n{UNTITLED.text}", id=name, title=title, **facts)


CALLED_OTHERWISE: Final = advert(HEAD + f"Grain Wizard\n{DUTIES}\n{ASKS}")
"""Below its header stands the title that the text had before a board gave it another."""


@pytest.mark.parametrize(
    ("others", "expected", "why"),
    [
        ([replace(MOVED, id="b")], [("a", "b")], "one job in two places"),
        ([replace(MOVED, id="0"), replace(BY_AGENCY, id="b")], [("0", "a", "b")], "three copies"),
        ([LEVEL_ONE], [], "level I is never a copy of level II"),
        ([replace(ORIGINAL, id="b", role="data-scientist")], [], "nor one role of another"),
        ([replace(ORIGINAL, id="b", title="Data Engineer II, Grain")], [], "nor team of team"),
        ([UNTITLED], [("a", "z")], "without a title: of the job that it resembles"),
        ([replace(UNTITLED, id="0")], [("0", "a")], "whatever its id"),
        ([UNTITLED, LEVEL_ONE], [], "but of neither where it may be of two"),
        ([UNTITLED, replace(UNTITLED, id="y")], [("a", "y", "z")], "two without a title"),
        ([], [], "alone"),
    ],
)
def test_groups(others: list[Advert], expected: list[tuple[str, ...]], why: str) -> None:
    assert groups(ORIGINAL, *others) == expected, why


@pytest.mark.parametrize(
    ("one", "other", "are_copies", "why"),
    [
        (unknown("Grain Wizard", "a"), unknown("Grain Wizard", "b"), True, "the same first line"),
        (unknown("Grain Wizard", "a"), unknown("Grain Wizard II", "b"), False, "another level"),
        (unknown("Grain Wizard", "a"), unknown("Tide Reader", "b"), False, "another name"),
        (unknown("Grain Wizard", "z"), ORIGINAL, False, "one has a title that we know"),
        (
            unknown("Grain Wizard in Duluth", "a"),
            unknown("Grain Wizard in Toledo", "b", MOVED.text),
            False,
            "a place that no rule has found may be anything",
        ),
        (
            unknown("We have barges, silos, scales and a great many questions for you", "z"),
            ORIGINAL,
            True,
            "too long for a title",
        ),
        (
            headless("Grain Wizard", "z", role="wizard", level=None, labels=()),
            CALLED_OTHERWISE,
            True,
            "the first line of one stands below the header of the other",
        ),
        (
            headless("Grain Wizard", "0", role="wizard", level=None, labels=()),
            CALLED_OTHERWISE,
            True,
            "whatever its id",
        ),
        (
            headless("Tide Reader", "z", role="reader", level=None, labels=()),
            CALLED_OTHERWISE,
            False,
            "and here it does not",
        ),
        (
            headless("Data Engineer", "z", level=None, labels=("Data Engineer",)),
            ORIGINAL,
            False,
            "nor is a part of a title all of it",
        ),
        (
            advert(HEAD.replace("Data Engineer II", "Grain Wizard") + DUTIES + ASKS,
                   id="z", title="Grain Wizard", role="wizard", level=None, labels=()),
            CALLED_OTHERWISE,
            False,
            "a title in a header is the job's",
        ),
    ],
)  # fmt: skip
def test_what_the_first_line_says(one: Advert, other: Advert, are_copies: bool, why: str) -> None:
    assert bool(groups(one, other)) is are_copies, why


def test_a_text_without_a_title_is_of_the_job_that_it_resembles_most() -> None:
    sibling = advert(
        HEAD.replace("II", "III") + "\n\n".join([OTHER_DUTIES, *TEXT.split("\n\n")[2:]]),
        id="b",
        title="Data Engineer III",
        level="iii",
        labels=("Data Engineer", "III"),
    )
    assert groups(ORIGINAL, sibling, UNTITLED) == [("a", "z")]


def test_no_postings_no_groups() -> None:
    assert groups() == []


def test_short_texts_are_copies_only_word_for_word() -> None:
    short = advert("Data Engineer II. Call Ann.")
    assert groups(short, replace(short, id="b"), advert("Data Engineer II. Call Bo.", id="c")) == [
        ("a", "b")
    ]


def test_entries_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="sorted by id"):
        find_groups(reversed(entries(ORIGINAL, LEVEL_ONE)), lambda *_: 0.0)


def test_a_thousand_copies_are_held_against_one() -> None:
    asked: list[tuple[str, str]] = []

    def similarity(a: str, b: str) -> float:
        asked.append((a, b))
        return 1.0

    sketch = make_sketch(ORIGINAL.wording.of_the_job())
    many = [Entry(f"{n:04}", str(n).encode(), ORIGINAL.job, True, (sketch,)) for n in range(1000)]
    assert find_groups(many, similarity) == [tuple(one.id for one in many)]
    assert len(asked) == 999


# Sketches


def test_a_sketch_depends_on_the_set_alone() -> None:
    words = [f"word {number}" for number in range(200)]
    mixed = words + words[:50]
    random.Random(3).shuffle(mixed)  # noqa: S311 # nothing secret
    assert make_sketch(words) == make_sketch(mixed)


def test_an_index_finds_the_like_and_leaves_the_rest() -> None:
    index = SketchIndex()
    base = [f"word {number}" for number in range(300)]
    index.add("near", [make_sketch(base[:280])])
    index.add("far", [make_sketch([f"else {number}" for number in range(300)])])
    assert index.near([make_sketch(base)]) == ["near"]
    assert SketchIndex().near([make_sketch(base)]) == []


# The whole: order does not matter, and what is kept changes nothing

FAMILY: Final = [
    replace(one, id=f"{number:02}")
    for number, one in enumerate(
        [ORIGINAL, MOVED, BY_AGENCY, LEVEL_ONE, UNTITLED, advert(FEWER),
         advert(HEAD + "\n\n".join([ABOUT, OTHER_DUTIES, BENEFITS])),
         advert(HEAD + OTHER_DUTIES.replace("three mills", "four mills"))]
    )
]  # fmt: skip


def compare(adverts: Iterable[Advert], shelf: Shelf) -> list[tuple[str, ...]]:
    known = {one.id: one for one in adverts}
    comparison = Comparison(known.__getitem__, {name: f"{name} run" for name in known}, shelf)
    found = comparison.groups()
    comparison.close()
    return found


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(FAMILY),
    st.lists(st.sets(st.integers(0, len(FAMILY) - 1)), min_size=1, max_size=4),
)
def test_what_was_there_before_and_in_which_order_does_not_show(
    family: list[Advert], rounds: list[set[int]]
) -> None:
    """Postings come and go; with what is kept of each round, the last is as a fresh one."""
    shelf = Shelf(None, "1")
    for some in rounds:
        held = [one for number, one in enumerate(family) if number in some]
        assert compare(held, shelf) == compare(
            sorted(held, key=lambda one: one.id), Shelf(None, "")
        )


def test_every_order_of_reading_gives_one_answer() -> None:
    answers = {str(compare(order, Shelf(None, "1"))) for order in permutations(FAMILY[:4])}
    assert len(answers) == 1


# The shelf


def test_what_is_kept_comes_back_and_is_used(tmp_path: Path) -> None:
    first = compare(FAMILY, Shelf(tmp_path / NAME, "1"))

    def refuse(name: str) -> Advert:
        raise AssertionError(f"{name} is read again")

    states = {one.id: f"{one.id} run" for one in FAMILY}
    assert Comparison(refuse, states, Shelf(tmp_path / NAME, "1")).groups() == first


def test_what_is_gone_is_not_kept(tmp_path: Path) -> None:
    compare(FAMILY, Shelf(tmp_path / NAME, "1"))
    compare(FAMILY[:1], Shelf(tmp_path / NAME, "1"))
    shelf = Shelf(tmp_path / NAME, "1")
    assert list(shelf.postings) == ["00 run"]
    assert shelf.pairs == {}


@pytest.mark.parametrize("damage", [b"no database", b"", None])
def test_a_shelf_that_cannot_be_read_is_filled_anew(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / NAME
    expected = compare(FAMILY, Shelf(path, "1"))
    if damage is None:
        path.write_bytes(path.read_bytes()[:-5000])
    else:
        path.write_bytes(damage)
    assert compare(FAMILY, Shelf(path, "1")) == expected
    assert len(Shelf(path, "1").postings) == len(FAMILY)


def test_other_rules_forget_what_was_kept(tmp_path: Path) -> None:
    compare(FAMILY, Shelf(tmp_path / NAME, "1"))
    assert Shelf(tmp_path / NAME, "2").postings == {}


def test_a_shelf_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "nowhere" / NAME, "1")
    shelf.keep("a run", Kept(b"1", None, is_headed=False, sketches=()))
    shelf.tidy({"a run"}, set())
    assert list(shelf.postings) == ["a run"]
