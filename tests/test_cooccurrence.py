"""Skills asked for together: by hand, and where there is too little to say."""

from __future__ import annotations

import math
from dataclasses import replace
from math import comb

import numpy as np
import pytest

from kg.analysis.cooccurrence import COLUMNS, cooccurrence, npmi
from tests.incidences import incidence

ONE = np.ones(1)


@pytest.mark.parametrize(
    ("together", "a", "b", "expected", "why"),
    [
        (10, 10, 10, 1.0, "never without one another: ln(10*100/100) / -ln(0.1) = 1"),
        (5, 10, 50, 0.0, "independent: 5 = 10 * 50 / 100"),
        (0, 10, 10, -1.0, "never together"),
        (20, 40, 25, 0.430677, "ln(20*100/1000) / -ln(0.2) = 0.693147 / 1.609438"),
        (5, 40, 25, -0.231378, "ln(5*100/1000) / -ln(0.05) = -0.693147 / 2.995732"),
        (100, 100, 100, 0.0, "everywhere: nothing to tell"),
    ],
)
def test_npmi_by_hand(together: int, a: int, b: int, expected: float, why: str) -> None:
    found = npmi(together * ONE, a * ONE, b * ONE, 100.0)
    assert found[0] == pytest.approx(expected, abs=1e-6), why


def made_postings() -> list[str]:
    """40 postings: 10 ask for a and b, 10 for c alone, 5 for c and d, 15 for d alone."""
    return ["ab"] * 10 + ["c"] * 10 + ["cd"] * 5 + ["d"] * 15


def test_pairs_by_hand() -> None:
    """a, b: always together: 1, whoever is drawn. c, d: ln(5*40/(15*20)) / -ln(5/40) = -0.195."""
    found = cooccurrence(incidence(made_postings()))
    assert [(one.label_a, one.label_b, one.together) for one in found.pairs] == [
        ("A", "B", 10),
        ("C", "D", 5),
    ]
    first, second = found.pairs
    assert first.npmi == pytest.approx(1.0)
    assert first.interval == pytest.approx((1.0, 1.0))
    assert second.npmi == pytest.approx(math.log(200 / 300) / -math.log(0.125))
    assert second.interval is not None
    low, high = second.interval
    assert second.npmi is not None
    assert low < second.npmi < high
    assert (first.sure, second.sure) == (True, False)
    assert first.evidence == ("p0", "p1", "p2")


def test_the_graph_has_what_is_sure() -> None:
    found = cooccurrence(incidence(made_postings()))
    graph = found.to_networkx()
    assert list(graph.edges) == [("a", "b")]
    assert graph.nodes["a"] == {"label": "A", "postings": 10}
    assert graph.edges["a", "b"]["postings"] == 10
    assert set(found.to_networkx(sure=False)) == {"a", "b", "c", "d"}


def test_one_employers_template_is_no_pair() -> None:
    """a and b stand in ten postings of two employers."""
    employers = [number % 2 for number in range(10)] + list(range(2, 32))
    found = cooccurrence(incidence(made_postings(), employers))
    assert [(one.label_a, one.label_b) for one in found.pairs] == [("C", "D")]


def test_alike_employers_widen_the_interval() -> None:
    """200 postings, of 200 employers and of 20 that each write the same ten times."""
    words = (["ab"] * 30 + ["a"] * 30 + ["b"] * 30 + ["c"] * 110) * 1
    alone = cooccurrence(incidence(words)).pairs[0]
    alike = cooccurrence(incidence(words, [number // 10 for number in range(200)])).pairs[0]
    assert alone.npmi == alike.npmi
    assert alone.interval is not None
    assert alike.interval is not None
    wide = [high - low for low, high in (alone.interval, alike.interval)]
    assert wide[1] > 2 * wide[0]


def test_five_of_five_are_not_sure_where_half_have_the_other() -> None:
    """a in 5 of 40, all with b, which 20 have: C(20, 5) / C(40, 5) = 0.0236.

    c and d have the other pair: q = 0.0236 * 2 = 0.0471; with a third tested it would be above
    0.05. The bootstrap never sees a without b, and its interval lies above 0 in any case.
    """
    words = ["ab"] * 5 + ["b"] * 15 + ["cd"] * 5 + ["c"] * 5 + ["d"] * 10
    found = {one.label_a: one for one in cooccurrence(incidence(words)).pairs}
    p = comb(20, 5) / comb(40, 5)
    assert found["A"].q == pytest.approx(2 * p)
    assert found["A"].interval is not None
    assert found["A"].interval[0] > 0
    assert found["A"].sure
    assert not replace(found["A"], q=3 * p).sure


@pytest.mark.parametrize(
    ("postings", "employers", "why"),
    [
        (["ab"] * 29, None, "29 postings"),
        (["ab"] * 60, [number % 9 for number in range(60)], "9 employers"),
        ([], None, "none"),
    ],
)
def test_too_little_to_measure(postings: list[str], employers: list[int] | None, why: str) -> None:
    found = cooccurrence(incidence(postings, employers))
    assert not found.enough, why
    assert found.caution is not None
    assert found.caution.startswith("Not enough data")
    assert all(one.npmi is None and one.interval is None for one in found.pairs)
    assert not found.to_networkx()


def test_of_one_skill_and_the_shapes() -> None:
    found = cooccurrence(incidence(made_postings()))
    of_c = cooccurrence(incidence(made_postings()), skill="c")
    assert of_c.pairs == tuple(one for one in found.pairs if "c" in (one.a, one.b))
    assert [one.label_b for one in of_c.pairs] == ["D"]
    assert cooccurrence(incidence(made_postings()), skill="nothing").pairs == ()
    rows = found.to_rows()
    assert all(tuple(row) == COLUMNS for row in rows)
    assert (rows[0]["skill_a"], rows[0]["together"], rows[0]["postings"]) == ("A", 10, 40)
    record = found.to_json()
    assert record["enough"] is True
    assert replace(found, caution="few").to_json()["enough"] is False


def test_the_same_postings_give_the_same_numbers() -> None:
    made = [cooccurrence(incidence(made_postings())).to_json() for _ in range(2)]
    assert made[0] == made[1]
