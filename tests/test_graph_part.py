"""What of a graph a page shows: whose postings, how they ask, how many stand behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.graph_model import Kind, Relation
from kg.names import UnknownNameError
from kg.neighbours import nodes_of
from kg.views.graph_page import graph_page
from kg.views.graph_part import NothingFitsError, Wanted, part_of
from kg.views.page_nodes import picture
from tests.factories import make_facts, two_levels
from tests.role_graphs import engineers, graph_of

if TYPE_CHECKING:
    import networkx as nx

ML = "Machine Learning Engineer"
WHOLE = Wanted()


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    """Two of Pinterest, levels I and II, and a Data Engineer II elsewhere."""
    return graph_of([*two_levels(), make_facts(preferred=("Git",))])


def postings(graph: nx.MultiDiGraph) -> set[str]:
    return {graph.nodes[one]["title"].replace(ML, "MLE") for one in nodes_of(graph, Kind.POSTING)}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), {"MLE I", "MLE II", "Data Engineer II"}),
        (Wanted(role=ML), {"MLE I", "MLE II"}),
        (Wanted(role=f"{ML} II"), {"MLE II"}),
        (Wanted(role="machine learning engineer", level="II"), {"MLE II"}),
        (Wanted(level="II"), {"MLE II", "Data Engineer II"}),
        (Wanted(employer="lumen & sons"), {"Data Engineer II"}),
        (Wanted(skill="HDFS"), {"MLE I"}),
        (Wanted(skill="Git"), {"MLE II", "Data Engineer II"}),
        # asked for, and in another way
        (Wanted(skill="Git", necessity="preferred"), {"Data Engineer II"}),
        (Wanted(skill="Git", necessity="required"), {"MLE II"}),
    ],
    ids=lambda one: one.title or "whole" if isinstance(one, Wanted) else str(len(one)),
)
def test_all_that_is_given_must_fit(
    graph: nx.MultiDiGraph, wanted: Wanted, expected: set[str]
) -> None:
    assert postings(part_of(graph, wanted)) == expected


@pytest.mark.parametrize(
    ("wanted", "error", "says"),
    [
        (Wanted(role="Machine Learning Enginer"), UnknownNameError, "did you mean"),
        (Wanted(employer="Pinterst"), UnknownNameError, 'did you mean "Pinterest"'),
        (Wanted(skill="Pyton"), UnknownNameError, 'did you mean "Python"'),
        (Wanted(level="Emperor"), UnknownNameError, "no level"),
        # known to the vocabulary, and nobody hires one
        (Wanted(role="Software Engineer"), NothingFitsError, 'role "Software Engineer"'),
        (Wanted(employer="Pinterest", role="Data Engineer"), NothingFitsError, "leave one out"),
        (Wanted(role=f"{ML} I", level="II"), NothingFitsError, "no posting"),
    ],
    ids=lambda one: one.title if isinstance(one, Wanted) else "",
)
def test_what_shows_nothing_says_why(
    graph: nx.MultiDiGraph, wanted: Wanted, error: type[LookupError], says: str
) -> None:
    with pytest.raises(error, match=says):
        part_of(graph, wanted)


def test_the_whole_is_the_graph_itself(graph: nx.MultiDiGraph) -> None:
    assert part_of(graph, WHOLE) is graph


def test_a_part_of_nothing_is_nothing() -> None:
    assert len(part_of(graph_of([]), WHOLE)) == 0


def test_only_the_way_of_asking_that_is_wanted_stays(graph: nx.MultiDiGraph) -> None:
    shown = picture(part_of(graph, Wanted(necessity="required")))
    asked = {tie.relation for tie in shown.ties} - {Relation.HAS_ROLE, Relation.AT_EMPLOYER}
    assert asked == {Relation.REQUIRES}


def test_of_copies_one_counts_and_with_all_each_does() -> None:
    graph = graph_of(engineers("II", 2)).copy()
    first, second = nodes_of(graph, Kind.POSTING)
    graph.nodes[second]["copy_of"] = first
    assert nodes_of(part_of(graph, Wanted(copies="one")), Kind.POSTING) == [first]
    assert nodes_of(part_of(graph, Wanted(copies="all")), Kind.POSTING) == [first, second]


@pytest.mark.parametrize(
    ("wanted", "title", "command"),
    [
        (Wanted(top=150), "", "kg show graph"),
        (Wanted(role="Baker", top=150), "Baker", 'kg show graph --role "Baker"'),
        (Wanted(employer="Acme", top=0), "Acme", 'kg show graph --employer "Acme" --top 0'),
        (
            Wanted(role="Baker", level="II", employer="Acme", skill="Rye", top=9, least=2),
            "Baker, level II, at Acme, around Rye",
            'kg show graph --role "Baker" --level "II" --employer "Acme" --skill "Rye"'
            " --least 2 --top 9",
        ),
        (
            Wanted(skill="Rye", necessity="required"),
            "Around Rye",
            'kg show graph --skill "Rye" --necessity required --top 0',
        ),
    ],
)
def test_a_page_says_what_it_is_and_what_made_it(wanted: Wanted, title: str, command: str) -> None:
    assert (wanted.title, wanted.command) == (title, command)


# the most of it


def many() -> nx.MultiDiGraph:
    """Postings of six levels of two roles; skill n is asked for by the first n of them."""
    facts = [
        make_facts(
            source=f"{number}.txt",
            role=role,
            level=level,
            employer=f"Employer {number}",
            required=[f"Skill {one}" for one in range(12) if one > number],
        )
        for number, (role, level) in enumerate(
            (role, level)
            for role in ("Data Engineer", ML)
            for level in ("I", "II", "Senior", "Senior Staff")
        )
    ]
    return graph_of(facts)


def test_those_with_the_most_postings_are_drawn() -> None:
    shown = picture(many(), top=12)
    assert [one.label for one in shown.of_kind(Kind.ROLE)] == ["Data Engineer", ML]
    assert {one.label for one in shown.of_kind(Kind.SKILL)} <= {
        *(f"Skill {one}" for one in range(5, 12))
    }
    assert len(shown.nodes) <= 12
    assert shown.whole == len(picture(many()).nodes) > 12


def test_a_third_asks_and_two_thirds_are_asked_for() -> None:
    kinds = [one.kind for one in picture(many(), top=12).nodes]
    assert sum(one in (Kind.SKILL, Kind.DEGREE) for one in kinds) == 8
    assert len(kinds) == 12


def test_a_role_asks_in_the_place_of_levels_that_are_not_drawn() -> None:
    shown = picture(many(), top=3)
    (role,) = shown.of_kind(Kind.ROLE)
    assert {tie.source for tie in shown.ties} == {role.id}
    assert max(tie.postings for tie in shown.ties) == 4


def test_ties_with_fewer_postings_are_left_out() -> None:
    shown = picture(many(), least=2)
    assert shown.ties
    assert min(tie.postings for tie in shown.ties) >= 2
    assert shown.of_kind(Kind.EMPLOYER) == []
    assert shown.of_kind(Kind.POSITION) == []  # one posting each: the roles ask for them


def test_more_than_there_is_is_all_of_it() -> None:
    assert picture(many(), top=1000) == picture(many())


def test_the_page_says_how_much_it_shows() -> None:
    text = graph_page(many(), wanted=Wanted(top=12))
    assert "Showing 12 of 30 nodes, those with the most postings behind them" in text
    assert "Showing" not in graph_page(many())


def test_evidence_stands_in_the_page_once() -> None:
    """A hundred postings with the same words: their text is written once, and pointed to."""
    facts = [
        replace(one, flags=())
        for level in ("I", "II", "Senior", "Senior Staff")
        for one in engineers(level, 25, required=("A skill of a rare name",))
    ]
    text = graph_page(graph_of(facts))
    data = text.split('id="data">')[1].split("</script>")[0]
    assert data.count('"A skill of a rare name"') == 1
    assert text.count("A skill of a rare name") == 1  # and as a label, broken into lines
