"""The cheapest way over positions, held against networkx's over every pair of them."""

from __future__ import annotations

import math
from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.steps import Position, Steps, cheapest, gap_between

SHARE = st.integers(1, 10).map(lambda tenths: tenths / 10)
POSITION = st.tuples(
    st.dictionaries(st.sampled_from("abcdef"), SHARE, max_size=4),
    st.frozensets(st.sampled_from(["Acme", "Bolt", "Corn"]), max_size=2),
)


def position(number: int, shares: dict[str, float], employers: frozenset[str]) -> Position:
    return Position(str(number), f"position {number}", 10, shares, employers)


def every_pair(positions: list[Position], employers: int) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(positions)))
    for one, other in permutations(range(len(positions)), 2):
        if len(positions[one].employers & positions[other].employers) >= employers:
            cost = gap_between(positions[one], positions[other]) ** 2
            graph.add_edge(one, other, cost=cost)
    return graph


@given(st.lists(POSITION, min_size=2, max_size=7), st.integers(0, 2))
def test_no_way_is_cheaper(
    given: list[tuple[dict[str, float], frozenset[str]]], least: int
) -> None:
    positions = [position(number, *one) for number, one in enumerate(given)]
    graph = every_pair(positions, least)
    way = cheapest(Steps(positions, least), 0, len(positions) - 1)
    if way is None:
        assert not nx.has_path(graph, 0, len(positions) - 1)
        return
    assert (way[0], way[-1]) == (0, len(positions) - 1)
    paid = math.fsum(graph.edges[step]["cost"] for step in pairwise(way))
    least_paid = nx.dijkstra_path_length(graph, 0, len(positions) - 1, weight="cost")
    assert paid == pytest.approx(least_paid)


def test_a_step_by_hand() -> None:
    """To {a: 0.8, b: 0.4} from {a: 0.5}: 0.3 + 0.4 of 1.2 are new, 7 of 12; squared 49 of 144.

    The rare skill of the second (below a tenth) belongs to no position.
    """
    acme = frozenset(["Acme"])
    positions = [
        position(0, {"a": 0.5}, acme),
        position(1, {"a": 0.8, "b": 0.4, "c": 0.05}, acme),
        position(2, {"a": 0.8}, frozenset(["Bolt"])),
    ]
    costs = Steps(positions, 1).costs_from(0)
    assert costs[1] == pytest.approx(49 / 144)
    assert math.isinf(costs[0])  # a position leads to others, not to itself
    assert math.isinf(costs[2])  # no employer has both


def test_a_position_is_no_step_from_itself() -> None:
    one = position(0, {"a": 1.0}, frozenset(["Acme"]))
    assert cheapest(Steps([one], 1), 0, 0) == [0]
