"""What is counted in columns, against the same counted posting by posting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.analysis import tally
from kg.analysis.everyone import Everyone
from kg.analysis.groups import Group
from kg.coded import coded
from kg.corpus.keeping import Kept, Numbers, Wanted, in_order, numbers_of
from kg.necessities import asked
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.corpus import Corpus

ROWS = [
    (f"graph {number // 2}", f"node {number}", ("", "Zürich", "東京", "x")[number % 4])
    for number in range(1000)
]
"""Two rows a graph; of the third texts one is empty and some take several bytes a letter."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Postings of four employers, one of them without a name; skills and degrees in many ways."""
    skills = ("Spark", "Hadoop", "Python", "Git", "Java")
    return corpus_of(
        [
            make_facts(
                source=f"{n}.txt",
                employer=("Acme", "Bolt", "Cog", None)[n % 4],
                level="I" if n % 3 else "II",
                required=skills[n % 3 : n % 3 + 2],
                preferred=skills[n % 5 : n % 5 + 1],
                mentioned=skills[n % 2 : n % 2 + 1],
                any_of={"a1": ("Spark", "Java")} if n % 4 == 1 else None,
                degree=("Bachelor's", "Master's", None, "quilting degree")[n % 4],
            )
            for n in range(30)
        ]
    )


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (set(), "none"),
        ({"graph 7"}, "one: its texts are taken out by themselves"),
        ({f"graph {number}" for number in range(0, 500, 2)}, "half: all texts are taken apart"),
        ({"graph 0", "graph 499", "graph 500"}, "the ends, and one that is not there"),
    ],
)
def test_rows_of_some_graphs_are_those_of_a_plain_search(
    tmp_path: Path, wanted: set[str], why: str
) -> None:
    """From a file and from memory, in the order of the rows."""
    answer = coded(ROWS, 3)
    Kept(tmp_path).keep("query", answer)
    kept = Kept(tmp_path).find("query")
    assert kept is not None
    expected = [row for row in ROWS if row[0] in wanted]
    assert list(kept.of(wanted)) == list(answer.of(wanted)) == expected, why
    assert list(kept) == ROWS
    graphs = Numbers({f"graph {number}": number for number in range(501)})
    for found in (answer, kept, kept):
        is_wanted = Wanted(sorted(wanted), graphs).among(found.texts[0])
        assert list(found.where(is_wanted)) == expected, why


def test_a_kept_answer_has_its_texts_in_order(tmp_path: Path) -> None:
    """So that columns about the same graphs name them with the same bytes, looked up once."""
    Kept(tmp_path).keep("one", coded(ROWS, 3))
    Kept(tmp_path).keep("two", coded(reversed(ROWS), 3))
    one, two = (Kept(tmp_path).find(query) for query in ("one", "two"))
    assert one is not None
    assert two is not None
    assert [list(texts) for texts in one.texts] == [
        sorted(set(texts)) for texts in zip(*ROWS, strict=True)
    ]
    assert list(two) == ROWS[::-1]
    graphs = Numbers({"graph 3": 5})
    assert graphs.at(one.texts[0]) is graphs.at(two.texts[0])
    assert numbers_of(one, 0, graphs).tolist() == [5 if row[0] == "graph 3" else -1 for row in ROWS]


@pytest.mark.parametrize(
    ("rows", "why"),
    [([], "nothing"), ([("b", "x"), ("a", "x"), ("b", "y")], "some twice"), ([("a",)], "one")],
)
def test_putting_texts_in_order_changes_no_row(rows: list[tuple[str, ...]], why: str) -> None:
    width = len(rows[0]) if rows else 2
    found = in_order(coded(rows, width))
    assert list(found) == rows, why
    assert [list(texts) for texts in found.texts] == [
        sorted({row[place] for row in rows}) for place in range(width)
    ], why


def test_who_asks_for_which_skill_is_the_same_posting_by_posting(corpus: Corpus) -> None:
    """In the same order, with as many employers: one that names none counts for itself."""
    a, b = (Group(name, "group", "", corpus.postings[part]) for name, part in SIDES.items())
    columns = tally.tally_skills(corpus, a, b)
    plain = tally.tally(corpus, a, b, tally.skills, tally.skill_words)
    assert list(columns) == list(plain)
    for key, one in columns.items():
        expected = [
            {posting for posting in side.postings if key in corpus.skills(posting)}
            for side in (a, b)
        ]
        assert [set(one.a), set(one.b)] == expected == [set(plain[key].a), set(plain[key].b)]
        firms = tuple(len({corpus.employer(x) or x for x in side}) for side in expected)
        assert one.employers == plain[key].employers == firms
        assert one.words == plain[key].words


SIDES = {"a": slice(0, 12), "b": slice(9, 30)}
"""Three postings stand on both sides."""


def test_degrees_of_all_are_those_of_each(corpus: Corpus) -> None:
    found = Counter(
        key
        for posting in corpus.postings
        for key in {
            (one.degree, asked(one.necessity, one.choice)) for one in corpus.degrees(posting)
        }
    )
    assert len(found) > 1
    assert Everyone(corpus, "all").degrees == found


def test_values_are_counted_as_each_posting_has_them(corpus: Corpus) -> None:
    """Places stand for all that a posting may have several of; of some postings and of none."""
    places = corpus.facets.places
    for numbers in (range(0, 30, 3), range(0)):
        expected = Counter(value for number in numbers for value in places[number])
        assert places.counts(numbers) == expected
    assert places[1:3] == (places[1], places[2])
    assert len(places) == len(corpus.postings) == len(list(places))
