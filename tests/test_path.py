"""Ways between roles and levels, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.analysis.path import LEAST, NoPathError, find_path
from kg.names import UnknownNameError
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.corpus import Corpus
    from nlp.types import Facts
    from tests.command_line import Kg


def at(level: str | None, skills: tuple[str, ...], employer: str = "Acme") -> list[Facts]:
    """As many postings of a level as a stage needs, alike."""
    return [
        make_facts(
            source=f"{level}-{employer}-{number}.txt",
            level=level,
            title=f"Data Engineer {level}",
            employer=employer,
            required=skills,
        )
        for number in range(LEAST)
    ]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """I requires a; II a, b; Senior a, b, c, d. A step costs the square of its gap."""
    return corpus_of(
        [
            *at("I", ("Git",)),
            *at("II", ("Git", "SQL")),
            *at("Senior", ("Git", "SQL", "Java", "Spark")),
        ]
    )


def test_two_small_steps_are_easier_than_one_leap(corpus: Corpus) -> None:
    """I to II: 1 of 2 is new, 0.5; II to Senior: 2 of 4, 0.5; I to Senior: 3 of 4, 0.75.

    0.25 + 0.25 = 0.5, and 0.75 squared is 0.5625.
    """
    path = find_path(corpus, "Data Engineer I", "Data Engineer Senior")
    assert [(move.start, move.end, move.gap) for move in path.moves] == [
        ("Data Engineer I", "Data Engineer II", 0.5),
        ("Data Engineer II", "Senior Data Engineer", 0.5),
    ]
    assert [skill.label for skill in path.moves[1].learn] == ["Java", "Spark"]
    assert (path.direct.gap, path.moves[0].employers, path.moves[0].postings) == (0.75, 1, LEAST)


def test_the_way_back_asks_for_nothing_new(corpus: Corpus) -> None:
    (move,) = find_path(corpus, "Data Engineer Senior", "Data Engineer I").moves
    assert (move.gap, move.learn) == (0.0, ())


def test_a_stage_of_few_postings_is_none() -> None:
    facts = [
        *at("I", ("Git",)),
        *at("II", ("Git", "SQL"))[1:],
        *at("Senior", ("Git", "SQL", "Java")),
    ]
    path = find_path(corpus_of(facts), "Data Engineer I", "Data Engineer Senior")
    assert [move.end for move in path.moves] == ["Senior Data Engineer"]


def test_where_no_employer_hires_for_both_there_is_no_step() -> None:
    facts = [*at("I", ("Git",)), *at("II", ("Git", "SQL"), "Bolt")]
    with pytest.raises(NoPathError, match=r"no way from .* the direct step has a gap of 50%"):
        find_path(corpus_of(facts), "Data Engineer I", "Data Engineer II")


def test_more_employers_may_be_asked_for(corpus: Corpus) -> None:
    with pytest.raises(NoPathError, match="2 needed"):
        find_path(corpus, "Data Engineer I", "Data Engineer II", employers=2)


def each_of_its_own(level: str, count: int, common: int, rare: int = 0) -> list[Facts]:
    """Postings of employers of their own; all require Git, `common` SQL, `rare` Java."""
    return [
        make_facts(
            source=f"{level}-{number}.txt",
            level=level,
            title=f"Data Engineer {level}",
            employer=f"Employer {number}",
            required=("Git", *["SQL"] * (number < common), *["Java"] * (number < rare)),
        )
        for number in range(count)
    ]


def test_the_interval_of_a_gap_by_hand() -> None:
    """Ten employers hire for both ends: I requires Git always, II Git and, of five, SQL.

    The gap is 1/2 over 3/2. An employer with SQL has 1 of what counts for the gap and 2 of what is
    asked for, one without 0 and 1: its score is (1/2 - 1/3 * 1/2) / 10 / (3/2) = 2/90, or minus
    that. The error is sqrt(10/9 * 10 * (2/90)^2) = 0.0741, times 2.2622 is 0.1676: the gap reaches
    up to 0.5009. Down it reaches further: what five employers say is doubted a little.
    """
    made = corpus_of([*each_of_its_own("I", 10, 0), *each_of_its_own("II", 10, 5)])
    (move,) = find_path(made, "Data Engineer I", "Data Engineer II").moves
    assert move.gap == pytest.approx(1 / 3)
    assert (move.employers, move.from_employers, move.to_employers) == (10, 10, 10)
    assert move.interval is not None
    assert move.interval[1] == pytest.approx(0.5009, abs=1e-4)
    assert move.interval[0] < 1 / 3 - 0.1676
    assert move.not_enough_data is None
    assert move.to_json()["interval"] == list(move.interval)


def test_nine_employers_at_an_end_are_too_few_for_an_interval() -> None:
    made = corpus_of([*each_of_its_own("I", 9, 0), *each_of_its_own("II", 12, 6)])
    path = find_path(made, "Data Engineer I", "Data Engineer II")
    assert path.moves[0].interval is None
    assert path.moves[0].not_enough_data == "not enough data: 9 employers; an interval takes 10"
    assert [row["not_enough_data"] for row in path.to_rows()] == [path.direct.not_enough_data]


def test_where_nothing_is_common_there_is_nothing_to_be_unsure_of() -> None:
    facts = [
        *each_of_its_own("I", 10, 0),
        *[replace(one, requirements=()) for one in each_of_its_own("II", 10, 0)],
    ]
    (move,) = find_path(corpus_of(facts), "Data Engineer I", "Data Engineer II").moves
    assert (move.gap, move.interval, move.not_enough_data) == (0.0, None, None)


def test_an_unknown_end_is_named(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="no group"):
        find_path(corpus, "Astronaut", "Data Engineer II")


def test_the_same_graph_gives_the_same_way(corpus: Corpus) -> None:
    ends = "Data Engineer I", "Data Engineer Senior"
    assert find_path(corpus, *ends) == find_path(corpus, *ends)


def test_a_way_on_the_command_line(kg: Kg, store: Path) -> None:
    role = "Machine Learning Engineer"
    answer = kg("path", f"{role} I", f"{role} II", "--store", store)
    assert answer.code == 0
    assert "The easiest way" in answer.out
    found = kg("path", f"{role} I", f"{role} II", "--store", store, "--json").json
    assert found["moves"][-1]["to"] == f"{role} II"
    csv = kg("path", f"{role} I", f"{role} II", "--store", store, "--csv")
    assert csv.out.splitlines()[0] == (
        "from,to,gap,learn,employers_of_both,postings,low,high,from_postings,from_employers,"
        "to_employers,not_enough_data"
    )
