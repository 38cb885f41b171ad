"""What is central beyond its frequency: measures, shuffles, and corpora whose truth is known."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.centrality import COLUMNS, centrality, measure
from kg.analysis.network_measures import betweenness, pagerank
from kg.analysis.swaps import shuffled
from tests.incidences import incidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


@pytest.mark.parametrize(
    ("edges", "expected", "why"),
    [
        ([(0, 1), (1, 2)], [0, 1, 0], "all of one pair's paths lead through the middle"),
        ([(0, 1), (1, 2), (0, 2)], [0, 0, 0], "nobody lies between neighbours"),
        ([(0, 1), (1, 2), (2, 3), (3, 0)], [1 / 6] * 4, "half of one of three pairs' paths"),
        ([(0, 1), (0, 2), (0, 3)], [1, 0, 0, 0], "a star"),
        ([(0, 1), (2, 3)], [0, 0, 0, 0], "two pieces"),
        ([(0, 1)], [0, 0], "two nodes have nothing between them"),
    ],
)
def test_betweenness_by_hand(edges: list[tuple[int, int]], expected: list[float], why: str) -> None:
    found = betweenness(table(edges, len(expected)) > 0)
    assert found.tolist() == pytest.approx(expected), why


def table(edges: list[tuple[int, int]], count: int) -> NDArray[np.float64]:
    made = np.zeros((count, count))
    for a, b in edges:
        made[a, b] += 1
        made[b, a] += 1
    return made


def test_pagerank_by_hand() -> None:
    """A star of three leaves: h = 0.0375 + 0.85 * 3l, l = 0.0375 + 0.85 * h / 3.

    h = (0.0375 + 0.095625) / (1 - 0.7225) = 0.479730; l = 0.173423.
    """
    found = pagerank(table([(0, 1), (0, 2), (0, 3)], 4))
    assert found.tolist() == pytest.approx([0.479730, 0.173423, 0.173423, 0.173423], abs=1e-6)
    assert pagerank(np.zeros((0, 0))).tolist() == []


@settings(deadline=None, max_examples=20)
@given(st.integers(3, 12), st.integers(0, 10_000))
def test_both_agree_with_networkx(count: int, seed: int) -> None:
    graph = nx.gnp_random_graph(count, 0.3, seed=seed)
    draw = np.random.default_rng(seed)
    for a, b in graph.edges:
        graph.edges[a, b]["weight"] = float(draw.integers(1, 9))
    weights = nx.to_numpy_array(graph, nodelist=range(count))
    between, rank = nx.betweenness_centrality(graph), nx.pagerank(graph, max_iter=1000, tol=1e-10)
    assert betweenness(weights > 0).tolist() == pytest.approx([between[n] for n in range(count)])
    assert pagerank(weights).tolist() == pytest.approx([rank[n] for n in range(count)], abs=1e-8)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.frozensets(st.integers(0, 6), max_size=5), max_size=8), st.integers(0, 99))
def test_shuffles_keep_what_each_has(rows: list[frozenset[int]], seed: int) -> None:
    asks = matrix(rows, 7)
    for drawn in shuffled(asks, 3, seed=seed):
        assert drawn.sum(axis=1).tolist() == asks.sum(axis=1).tolist()
        assert drawn.sum(axis=0).tolist() == asks.sum(axis=0).tolist()


def matrix(rows: Sequence[Iterable[int]], columns: int) -> NDArray[np.bool_]:
    made = np.zeros((len(rows), columns), bool)
    for number, row in enumerate(rows):
        made[number, list(row)] = True
    return made


def all_with_the_sums(asks: NDArray[np.bool_]) -> list[bytes]:
    """Each matrix with the row and column sums of a small one, found by trying all."""
    rows = [combinations(range(asks.shape[1]), int(one)) for one in asks.sum(axis=1)]
    made = (matrix(one, asks.shape[1]) for one in product(*rows))
    return [one.tobytes() for one in made if (one.sum(axis=0) == asks.sum(axis=0)).all()]


@pytest.mark.parametrize(
    ("rows", "possible", "why"),
    [
        ([{0}, {1}, {2}], 6, "permutations; one row stands by"),
        ([{0, 1}, {0}, {0, 2}], 2, "what all have is never traded"),
        ([{0, 1}, {2, 3}], 6, "one pair: each trade is a draw from all"),
        ([{0}, {0, 1}, {1, 2}, {2, 3}], 51, "unlike sums"),
    ],
)
def test_shuffles_are_uniform(rows: list[set[int]], possible: int, why: str) -> None:
    """1,500 draws over all matrices with these sums: chi-square below its 99.9th percentile.

    The 4 trades between draws leave next to no memory in so few rows.
    """
    from scipy.stats import chi2

    asks = matrix(rows, 4)
    every = all_with_the_sums(asks)
    assert len(every) == possible, why
    found = Counter(one.tobytes() for one in shuffled(asks, 1500, seed=1))
    assert set(found) <= set(every)
    expected = 1500 / possible
    assert sum((found[one] - expected) ** 2 for one in every) / expected < chi2.ppf(
        0.999, possible - 1
    )


def test_shuffles_are_the_same_again() -> None:
    asks = matrix([{0, 1}, {2}, {1, 3}, {0}], 4)
    once, again = ([one.copy() for one in shuffled(asks, 5, seed=2)] for _ in range(2))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, [one.copy() for one in shuffled(asks, 5, seed=3)])


def test_what_postings_make_of_skills_by_hand() -> None:
    """ab x3, bc x3, d: a-b and b-c weigh 3; 3 * 7 > 3 * 6, so that both are paths; b is between.

    Strengths 3, 6, 3, 0: b's PageRank is the highest, d's the lowest.
    """
    asks = incidence(["ab"] * 3 + ["bc"] * 3 + ["d"]).asks.toarray()
    rank, between = measure(asks)
    assert between.tolist() == pytest.approx([0, 1 / 3, 0, 0])
    assert rank[1] == max(rank)
    assert rank[3] == min(rank)


def corpus(planted: bool) -> list[str]:
    """90 postings, half of them long, that ask for 6 or 2 of 10 skills.

    h stands beside them: by chance in three of four, planted in the long ones only.
    """
    draw = np.random.default_rng(5)
    made = []
    for number in range(90):
        size = 6 if number < 45 else 2
        named = "".join(draw.choice(list("abcdefgijk"), size, replace=False))
        has = number < 45 if planted else number % 4 > 0
        made.append(named + "h" * has)
    return made


def test_what_is_planted_is_central_and_frequency_alone_is_not() -> None:
    planted, plain = (centrality(incidence(corpus(one)), draws=60) for one in (True, False))
    found = {one.label: one.pagerank for one in planted.skills}
    assert planted.skills[0].label == "H"
    assert found["H"].central
    plain_found = {one.label: one.pagerank for one in plain.skills}
    assert plain_found["H"].value == max(one.value for one in plain_found.values())
    assert not plain_found["H"].central


def test_the_shapes_and_the_same_again() -> None:
    found = centrality(incidence(corpus(planted=False)), draws=10)
    assert found.to_json() == centrality(incidence(corpus(planted=False)), draws=10).to_json()
    rows = found.to_rows()
    assert len(rows) == 11
    assert all(tuple(row) == COLUMNS for row in rows)
    assert all(0 < one.pagerank.p <= one.pagerank.q <= 1 for one in found.skills)


@pytest.mark.parametrize(
    ("postings", "why"),
    [(["abc"] * 29, "29 postings"), (["ab"] * 40, "two skills"), ([], "nothing")],
)
def test_too_little_to_measure(postings: list[str], why: str) -> None:
    found = centrality(incidence(postings), draws=5)
    assert not found.enough, why
    assert found.skills == ()


def test_what_the_sums_determine_has_no_z() -> None:
    """All postings ask for the same three: no shuffle changes anything."""
    found = centrality(incidence(["abc"] * 40), draws=5)
    assert [(one.pagerank.z, one.pagerank.p) for one in found.skills] == [(None, 1.0)] * 3
