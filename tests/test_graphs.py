from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.corpus import queries
from kg.graphs import (
    Alternative,
    Kind,
    PostedPay,
    Relation,
    nodes_of,
    postings_of,
    role_skill_graph,
    targets,
)
from nlp.types import Necessity
from tests.factories import concept, make_facts, two_levels
from tests.role_graphs import Memory, graph_of

if TYPE_CHECKING:
    import networkx as nx

    from nlp.types import Facts


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return graph_of(two_levels())


def labels(graph: nx.MultiDiGraph, nodes: list[str]) -> list[str]:
    return sorted(graph.nodes[node]["label"] for node in nodes)


def of_kind(graph: nx.MultiDiGraph, kind: Kind) -> list[str]:
    return labels(graph, nodes_of(graph, kind))


def posting(graph: nx.MultiDiGraph, title: str) -> str:
    return next(one for one in nodes_of(graph, Kind.POSTING) if graph.nodes[one]["title"] == title)


@pytest.fixture(scope="module")
def first(graph: nx.MultiDiGraph) -> str:
    return posting(graph, "Machine Learning Engineer I")


def test_every_node_has_a_kind_and_a_label(graph: nx.MultiDiGraph) -> None:
    assert all(Kind(data["kind"]) and data["label"] for _, data in graph.nodes(data=True))


def test_every_edge_has_a_relation(graph: nx.MultiDiGraph) -> None:
    assert all(Relation(data["relation"]) for _, _, data in graph.edges(data=True))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.POSITION, ["Machine Learning Engineer I", "Machine Learning Engineer II"]),
        (Kind.ROLE, ["Machine Learning Engineer"]),
        (Kind.LEVEL, ["I", "II"]),
        (Kind.DEGREE, ["Bachelor's", "Master's"]),
        (Kind.EMPLOYER, ["Pinterest"]),
        (Kind.PLACE, ["CA, US, remote", "San Francisco, CA, US"]),
    ],
)
def test_nodes(graph: nx.MultiDiGraph, kind: Kind, expected: list[str]) -> None:
    assert of_kind(graph, kind) == expected


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (
            Relation.REQUIRES,
            ["Data Structures", "HDFS", "Machine Learning", "Recommender Systems", "Spark"],
        ),
        (Relation.ACCEPTS, ["C++", "Java", "Python"]),
        (Relation.PREFERS, ["Publications"]),
        (Relation.MENTIONS, ["Hadoop"]),
        (Relation.ASKS_DEGREE, ["Master's"]),
        (Relation.AT_EMPLOYER, ["Pinterest"]),
        (Relation.IN_POSITION, ["Machine Learning Engineer I"]),
        (Relation.HAS_ROLE, ["Machine Learning Engineer"]),
        (Relation.HAS_LEVEL, ["I"]),
    ],
)
def test_what_the_first_posting_says(
    graph: nx.MultiDiGraph, first: str, relation: Relation, expected: list[str]
) -> None:
    assert labels(graph, targets(graph, first, relation)) == expected


def test_what_is_linked_below_a_posting_is_no_posting(graph: nx.MultiDiGraph) -> None:
    assert len(nodes_of(graph, Kind.POSTING)) == 2
    assert "Software Engineer" not in of_kind(graph, Kind.ROLE)


def test_an_edge_carries_the_words_and_their_posting(graph: nx.MultiDiGraph, first: str) -> None:
    (data,) = graph.get_edge_data(first, concept("skill", "HDFS")).values()
    facts = two_levels()[0]
    (evidence,) = data["evidence"]
    assert facts.posting.text[evidence.start : evidence.end] == evidence.text == "HDFS"
    assert (data["posting"], data["necessity"]) == (first, Necessity.REQUIRED)
    assert data["alternative"] is None


def test_a_member_of_an_alternative_names_it(graph: nx.MultiDiGraph, first: str) -> None:
    (data,) = graph.get_edge_data(first, concept("skill", "C++")).values()
    alternative = graph.nodes[first]["alternatives"][data["alternative"]]
    assert isinstance(alternative, Alternative)
    assert (alternative.minimum, alternative.necessity) == (1, Necessity.REQUIRED)
    assert alternative.evidence[0].text == "Java, C++, Python"


def test_a_degree_keeps_fields_and_qualifiers(graph: nx.MultiDiGraph, first: str) -> None:
    (data,) = graph.get_edge_data(first, concept("degree", "Master's")).values()
    assert data["fields"] == ("Computer Science", "Engineering")
    assert (data["foreign_equivalent"], data["related_field"]) == (True, False)


def test_pay_and_experience_stand_on_the_posting(graph: nx.MultiDiGraph, first: str) -> None:
    pay = graph.nodes[first]["pay"]
    assert isinstance(pay, PostedPay)
    assert (pay.low, pay.high) == (Decimal("168237.50"), Decimal("222695.00"))
    assert (pay.annual_low, pay.currency, pay.period) == (pay.low, "USD", "YEAR")
    (years,) = graph.nodes[first]["experience"]
    assert (years.min_years, years.max_years) == (Decimal(1), None)
    assert years.evidence[0].text == "1 year of experience in the job offered"


def test_plain_facts_keep_their_words(graph: nx.MultiDiGraph, first: str) -> None:
    stated = graph.nodes[first]["stated"]
    words = {
        name.rsplit("/", 1)[-1].rsplit("#", 1)[-1]: one[0].text for name, one in stated.items()
    }
    assert words["level"] == "I"
    assert words["hiringOrganization"] == "Pinterest"


def test_broader_skills_lead_to_narrower_ones_that_postings_name(graph: nx.MultiDiGraph) -> None:
    broader = targets(graph, concept("skill", "Hadoop"), Relation.NARROWER)
    assert labels(graph, broader) == ["HDFS"]
    # no posting names Big Data
    assert concept("skill", "Big Data") not in graph


def test_a_level_has_its_rank(graph: nx.MultiDiGraph) -> None:
    ranks = {
        graph.nodes[one]["label"]: graph.nodes[one]["rank"] for one in nodes_of(graph, Kind.LEVEL)
    }
    assert ranks["I"] < ranks["II"]


def test_a_skill_without_a_concept_is_one_node_for_all_postings() -> None:
    facts = [
        make_facts(source="a.txt", required=("Quilting",)),
        make_facts(source="b.txt", required=("quilting",)),
    ]
    graph = graph_of(facts)
    (skill,) = nodes_of(graph, Kind.SKILL)
    assert graph.nodes[skill]["concept"] is None
    assert len(postings_of(graph, skill)) == 2


@pytest.mark.parametrize(("role", "level"), [(None, "II"), ("Data Engineer", None), (None, None)])
def test_a_posting_without_role_or_level_has_no_position(
    role: str | None, level: str | None
) -> None:
    graph = graph_of([make_facts(role=role, level=level)])
    assert nodes_of(graph, Kind.POSITION) == []
    assert len(nodes_of(graph, Kind.ROLE)) == (role is not None)


def test_a_posting_without_a_title_is_called_by_its_identifier() -> None:
    facts = make_facts(title=None)
    graph = graph_of([facts])
    assert of_kind(graph, Kind.POSTING) == [facts.posting.id]


def test_an_empty_store_gives_an_empty_graph() -> None:
    assert len(graph_of([])) == 0


def test_without_a_vocabulary_the_end_of_the_iri_is_the_label() -> None:
    graph = graph_of([make_facts(required=("Data Structures",))], vocabulary="")
    assert of_kind(graph, Kind.SKILL) == ["data-structures"]


def test_the_order_of_the_postings_changes_nothing() -> None:
    def shape(facts: list[Facts]) -> tuple[list[object], list[object]]:
        drawn = graph_of(facts)
        return list(drawn.nodes(data=True)), list(drawn.edges(keys=True, data=True))

    assert shape(two_levels()) == shape(two_levels()[::-1])


def test_the_number_of_queries_does_not_grow_with_the_postings() -> None:
    facts = [make_facts(source=f"{number}.txt") for number in range(9)]
    small, large = Memory(facts[:1]), Memory(facts)
    role_skill_graph(small)
    role_skill_graph(large)
    assert small.asked == large.asked < 70


@pytest.mark.parametrize(
    ("pattern", "columns"),
    [
        (queries.POSTINGS, "?posting"),
        (queries.NAMES, "?node ?name"),
        (queries.CHOICES, "?choice ?minimum ?necessity"),
        (queries.DEGREES, "?requirement ?degree ?necessity"),
        (queries.YEARS, "?requirement ?necessity"),
        (queries.MEMBERS, "?choice ?skill"),
    ],
)
def test_rows_grow_with_the_postings_and_not_with_their_square(pattern: str, columns: str) -> None:
    """An employer's and a place's name stand in each posting's graph; the union joins all."""
    facts = [
        make_facts(source=f"{number}.txt", any_of={"a": ("Git", "SQL")}) for number in range(9)
    ]
    rows = list(Memory(facts).stream(queries.in_graphs(pattern, columns)))
    assert len(rows) % 9 == 0
    assert len(rows) <= 27
