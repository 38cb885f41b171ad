"""Work modes and degrees in a comparison: counted, tested, shown with their words.

40 postings of 20 employers a side, two of each. Remote: the first 30 of I and the first 10 of II.
Hybrid: the last 4 of I, too few to be tested. A Master's is required by the first 10 of I and the
first 30 of II, a Bachelor's by all others. With two modes and two degrees, p = q where one mode is
tested alone, and both degrees have the same p, of mirrored counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.analysis.separation import compare
from kg.analysis.skill_rows import TESTED
from kg.passages import Passages
from kg.views.comparison_text import print_comparison
from tests.factories import make_facts, two_levels
from tests.role_graphs import Memory, corpus_of

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.corpus import Corpus

ONE, TWO = "Data Engineer I", "Data Engineer II"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    facts = []
    for level, remote, master in (("I", 30, 10), ("II", 10, 30)):
        for number in range(40):
            hybrid = level == "I" and number >= 36
            facts.append(
                make_facts(
                    source=f"{level}-{number}.txt",
                    title=f"Data Engineer {level} {number}",
                    level=level,
                    employer=f"{level} Employer {number % 20}",
                    work_modes=("remote",) if number < remote else ("hybrid",) * hybrid,
                    degree="Master's" if number < master else "Bachelor's",
                )
            )
    return corpus_of(facts)


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> Comparison:
    return compare(corpus, ONE, TWO, copies="all")


def test_work_modes_are_counted_on_both_sides(found: Comparison) -> None:
    """A posting that states none counts among all: 30 of 40 and 10 of 40 are remote."""
    rows = {row.label: row.support for row in found.modes}
    assert {name: (one.a, one.b, one.size_a) for name, one in rows.items()} == {
        "remote": (30, 10, 40),
        "hybrid": (4, 0, 40),
    }
    assert [quote.text for quote in rows["hybrid"].evidence][:1] == ["hybrid"]


def test_a_work_mode_is_tested_where_enough_postings_state_it(found: Comparison) -> None:
    """With the prior (10 postings of which 40 of 80, a half, are remote) the odds are
    (10 + 5) / (30 + 5) of II and (30 + 5) / (10 + 5) of I: their ratio is (3/7)^2 = 0.184.
    """
    remote, hybrid = found.modes
    assert remote.finding is not None
    assert remote.finding.effect is not None
    assert remote.finding.effect.log_odds == pytest.approx(-1.6946, abs=1e-4)
    assert remote.finding.q == remote.finding.p < 0.001
    assert hybrid.finding is None


def test_degrees_are_tested_as_skills_are(found: Comparison) -> None:
    """The counts are mirrored (10 and 30, 30 and 10), so the log-odds are too, and both p."""
    master, bachelor = (
        next(row for row in found.degrees if row.label.startswith(name))
        for name in ("Master", "Bachelor")
    )
    assert (master.support.a, master.support.b) == (10, 30)
    assert master.finding is not None
    assert bachelor.finding is not None
    assert master.finding.effect is not None
    assert bachelor.finding.effect is not None
    assert master.finding.effect.log_odds == pytest.approx(-bachelor.finding.effect.log_odds)
    assert master.finding.q == pytest.approx(bachelor.finding.q)
    assert master.finding.q < 0.001


def test_a_degree_among_several_is_asked_of_nobody_and_not_tested(corpus: Corpus) -> None:
    """All but one way of asking are in `TESTED`: a member of a choice is not."""
    assert "alternative" not in TESTED
    assert all(row.finding for row in compare(corpus, ONE, TWO, copies="all").degrees)


def test_few_postings_have_their_modes_listed_and_none_is_tested() -> None:
    few = compare(corpus_of(two_levels()), ONE.replace("Data", "Machine Learning"),
                  TWO.replace("Data", "Machine Learning"))  # fmt: skip
    assert all(row.finding is None for row in few.modes)
    assert all(row.finding is None for row in few.degrees)


def test_no_work_mode_no_row() -> None:
    facts = [make_facts(source=f"{one}.txt", level=one, work_modes=()) for one in ("I", "II")]
    assert compare(corpus_of(facts), ONE, TWO).modes == ()


def test_rows_json_and_text_have_them(
    found: Comparison, capsys: pytest.CaptureFixture[str]
) -> None:
    told: Any = found.to_json()["work_modes"]
    assert [(row["mode"], row["support_a"], row["support_b"]) for row in told] == [
        ("remote", 30, 10),
        ("hybrid", 4, 0),
    ]
    assert {row["kind"] for row in found.to_rows()} >= {"work mode", "degree"}
    tested = [row for row in found.to_rows() if row["kind"] == "degree"]
    assert all(row["q"] is not None for row in tested)
    print_comparison(found, Passages(Memory([])))
    shown = capsys.readouterr().out
    assert "Work mode, where postings state it (2)" in shown
    assert "Degrees, tested (2)" in shown
