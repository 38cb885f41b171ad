"""Ways between roles and levels, by hand."""

from __future__ import annotations

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
    assert csv.out.splitlines()[0] == "from,to,gap,learn,employers_of_both,postings"
