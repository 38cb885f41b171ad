"""Partitions, communities and bridges on graphs whose communities can be seen."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.communities import COLUMNS, communities
from kg.analysis.cooccurrence import Cooccurrence
from kg.analysis.louvain import Weighted, louvain
from kg.analysis.pairs import Pair
from kg.analysis.partitions import Partition, adjusted_rand, find_partition


@pytest.mark.parametrize(
    ("a", "b", "expected", "why"),
    [
        ((0, 0, 1, 1), (5, 5, 3, 3), 1.0, "numbers are only names"),
        ((0, 0, 0, 0), (0, 0, 0, 0), 1.0, "all in one"),
        ((0, 1, 2, 3), (0, 1, 2, 3), 1.0, "each its own"),
        ((0, 0, 1, 1), (0, 1, 0, 1), -0.5, "pairs 0 of 2 and 2, chance 2*2/6: (0-2/3)/(2-2/3)"),
        ((0, 0, 0, 1, 1), (0, 0, 1, 1, 1), 1 / 6, "2 of 4 and 4, chance 16/10: 0.4/2.4"),
        ((), (), 1.0, "nothing"),
    ],
)
def test_adjusted_rand_by_hand(a: Partition, b: Partition, expected: float, why: str) -> None:
    assert adjusted_rand(a, b) == pytest.approx(expected), why


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_the_index_is_the_same_both_ways_and_at_most_one(pairs: list[tuple[int, int]]) -> None:
    a, b = (tuple(one) for one in zip(*pairs, strict=True))
    assert adjusted_rand(a, b) == pytest.approx(adjusted_rand(b, a))
    assert adjusted_rand(a, b) <= 1 + 1e-12
    assert adjusted_rand(a, a) == 1


def pair(a: str, b: str, value: float) -> Pair:
    return Pair(a, b, a.upper(), b.upper(), 9, 9, 20, 20, value, (value / 2, value), 0.01, ())


def pairs(*made: Pair, caution: str | None = None) -> Cooccurrence:
    return Cooccurrence("made", "any", 100, 50, caution, made)


def triangles() -> tuple[Pair, ...]:
    """a b c and d e f, each wholly tied; a to d by a weak tie. b's ties are the strongest."""
    return (
        pair("a", "b", 0.8),
        pair("b", "c", 0.8),
        pair("a", "c", 0.4),
        pair("d", "e", 0.6),
        pair("e", "f", 0.5),
        pair("d", "f", 0.4),
        pair("a", "d", 0.3),
    )


def test_two_triangles_are_two_communities() -> None:
    """Strengths: b 1.6, a 1.2, c 1.2; e 1.1, d 1.0, f 0.9. a has 0.3 of 1.5 outside."""
    found = communities(pairs(*triangles()))
    assert [one.name for one in found.communities] == ["B, A, C", "E, D, F"]
    assert found.agreement == found.lowest == found.single == 1.0
    assert [one.stability for one in found.communities] == [1.0, 1.0]
    second = found.communities[0].members[1]
    assert second.label == "A"
    assert second.strength == pytest.approx(1.2)
    assert second.inside == pytest.approx(0.8)
    assert second.participation == pytest.approx(1 - 0.8**2 - 0.2**2)


def test_bridges_are_those_with_ties_into_both() -> None:
    """d: 0.3 of 1.3 outside: 1 - (10/13)^2 - (3/13)^2 = 0.355; a: 0.32."""
    found = communities(pairs(*triangles()))
    assert [(one.label, one.joins) for one in found.bridges] == [("D", (2, 1)), ("A", (1, 2))]
    assert found.bridges[0].participation == pytest.approx(1 - (100 + 9) / 169)


def test_two_alone_are_apart() -> None:
    found = communities(pairs(*triangles(), pair("x", "y", 0.9)))
    assert found.apart == 2
    assert len(found.communities) == 2


@pytest.mark.parametrize(
    "given_pairs",
    [pairs(), pairs(*triangles(), caution="Not enough data: few"), pairs(pair("a", "b", -0.4))],
)
def test_nothing_to_part(given_pairs: Cooccurrence) -> None:
    found = communities(given_pairs)
    assert not found.enough
    assert found.communities == ()
    assert found.to_rows() == []
    assert found.to_json()["agreement"] is None


def test_the_shapes() -> None:
    found = communities(pairs(*triangles()))
    rows = found.to_rows()
    assert len(rows) == 6
    assert all(tuple(row) == COLUMNS for row in rows)
    assert len(found.to_json()["communities"]) == 2  # type: ignore[arg-type]


def test_a_partition_is_of_the_graph_whatever_its_names() -> None:
    """Names hash differently in each process; numbers do not.

    12 + 1 edges in two halves: modularity 12/13 - 2 * (13/26)^2.
    """
    graph = nx.barbell_graph(4, 0)
    nx.set_edge_attributes(graph, 1.0, "weight")
    named = nx.relabel_nodes(graph, {node: f"skill {node}" for node in graph})
    found, again = find_partition(graph), find_partition(named)
    assert found == again
    assert found.partition == (0, 0, 0, 0, 1, 1, 1, 1)
    assert found.modularity == pytest.approx(12 / 13 - 0.5)


def blurred(seed: int) -> nx.Graph:
    """Forty groups of five, tied mostly inside: where groups end is anybody's guess to one run."""
    dice = random.Random(seed)  # noqa: S311 # nothing secret
    graph = nx.Graph()
    graph.add_nodes_from(range(200))
    for a in range(200):
        for b in range(a + 1, 200):
            if dice.random() < (0.8 if a // 5 == b // 5 else 0.03):
                graph.add_edge(a, b, weight=dice.random())
    return graph


def test_what_many_runs_agree_on_depends_less_on_the_seeds_than_one_run() -> None:
    for seed in range(3):
        found = find_partition(blurred(seed))
        assert found.single < 0.75  # one run depends on its seed
        assert found.agreement > found.single + 0.1
        assert found.lowest <= found.agreement <= 1.0


def test_what_no_run_parts_stays_together() -> None:
    """A clique tied to the rest by one weak tie is one part, whatever happens elsewhere."""
    graph = blurred(0)
    clique = range(200, 206)
    graph.add_weighted_edges_from((a, b, 1.0) for a in clique for b in clique if a < b)
    graph.add_edge(0, 200, weight=0.01)
    partition = find_partition(graph).partition
    assert len({partition[node] for node in clique}) == 1


def test_one_seed_has_nothing_to_agree_with() -> None:
    graph = blurred(1)
    numbered = Weighted.of(200, sorted((a, b, w) for a, b, w in graph.edges.data("weight")))
    parts, modularity = louvain(numbered, resolution=1.0, seed=0)
    found = find_partition(graph, seeds=1)
    assert adjusted_rand(found.partition, tuple(parts)) == 1.0
    assert found.modularity == pytest.approx(modularity)
    assert found.agreement == found.lowest == found.single == 1.0


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 40), st.floats(0, 0.4), st.sampled_from([0.7, 1.0, 1.6]), st.integers(0, 9_999)
)
def test_louvain_finds_what_networkx_finds(
    count: int, density: float, resolution: float, seed: int
) -> None:
    """The same parts from the same seed, also where many gains are equal, and their modularity."""
    dice = random.Random(seed)  # noqa: S311 # nothing secret
    edges = [
        (a, b, dice.choice([0.5, 1.0, dice.random()]))
        for a in range(count)
        for b in range(a + 1, count)
        if dice.random() < density
    ]
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    parts, modularity = louvain(Weighted.of(count, edges), resolution=resolution, seed=seed)
    found: dict[int, set[int]] = {}
    for node, part in enumerate(parts):
        found.setdefault(part, set()).add(node)
    expected = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))
    if edges:
        by_networkx = nx.community.modularity(graph, expected, resolution=resolution)
        assert modularity == pytest.approx(by_networkx)
