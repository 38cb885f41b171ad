"""What does not fit in postings: each check on postings that show it, and on those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.analysis.audit import CHECKS, audit
from kg.analysis.doubts.itself import LONG_LIST
from kg.graph_model import Kind
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.analysis.doubts.doubt import Doubt
    from nlp.types import Facts
    from tests.command_line import Kg


RANKS = {"University Graduate": 30, "I": 70, "II": 80, "Senior": 130}
"""The ranks of the whole vocabulary; the small one numbers its five levels."""


def found(check: str, *facts: Facts) -> list[Doubt]:
    corpus = corpus_of(facts)
    ranks = {level: RANKS[corpus.label(level)] for level in corpus.nodes(Kind.LEVEL)}
    corpus.vocabulary.ranks = {**corpus.vocabulary.ranks, **ranks}
    return audit(corpus, checks=[check])


@pytest.mark.parametrize(
    ("level", "years", "doubted", "why"),
    [
        ("University Graduate", "5", True, "a graduate has none"),
        ("University Graduate", "2", False, "an internship may be two"),
        ("I", "5", False, "no level for beginners alone"),
        ("Senior", "8", False, "a senior has them"),
        (None, "9", False, "no level is stated"),
    ],
)
def test_years_that_no_beginner_has(level: str | None, years: str, doubted: bool, why: str) -> None:
    assert bool(found("entry-level-years", make_facts(level=level, years=years))) is doubted, why


def at(level: str, name: str = "Acme", **facts: object) -> Facts:
    given = {"source": f"{level}-{name}.txt", "title": f"Data Engineer {level}", **facts}
    return make_facts(level=level, employer=name, **given)  # type: ignore[arg-type]


def test_a_higher_level_that_asks_for_a_lower_degree() -> None:
    facts = at("I", degree="Master's"), at("II", degree="Bachelor's")
    (doubt,) = found("lower-degree-above", *facts)
    assert doubt.title == "Data Engineer II"
    assert "asks for Bachelor's, Data Engineer I of the same employer for Master's" in doubt.message
    assert len(doubt.words) == 2


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ((at("I", degree="Bachelor's"), at("II", degree="Master's")), "it asks for more"),
        ((at("I", degree="Master's"), at("II", degree="Master's")), "it asks for the same"),
        ((at("I", degree="Master's"), at("II", "Bolt", degree="Bachelor's")), "another employer"),
        ((at("I", degree="Master's"), at("II", degree=None)), "it asks for none"),
        (
            (at("University Graduate", degree="Doctorate"), at("I", degree="Bachelor's")),
            "a programme recruits from a degree",
        ),
    ],
)
def test_levels_that_fit(facts: tuple[Facts, ...], why: str) -> None:
    assert found("lower-degree-above", *facts) == [], why


def test_a_higher_level_that_is_offered_less() -> None:
    """Middles 110,000 and 95,000."""
    low = at("I", pay=("100000", "120000", "USD", "YEAR"))
    (doubt,) = found("less-pay-above", low, at("II", pay=("90000", "100000", "USD", "YEAR")))
    assert doubt.message.startswith("95,000 USD a year in the middle")
    assert found("less-pay-above", low, at("II", pay=("90000", "100000", "EUR", "YEAR"))) == []
    assert found("less-pay-above", low, at("II", pay=("110000", "120000", "USD", "YEAR"))) == []


def test_pay_outside_its_peers() -> None:
    """Nine middles, 100 to 108 thousand, and one of 300: quartiles 101.75, 107.25, reach 8.25."""
    peers = [
        make_facts(source=f"{n}.txt", employer=f"E{n}", pay=(f"{n}000", f"{n}000", "USD", "YEAR"))
        for n in range(100, 109)
    ]
    odd = make_facts(source="odd.txt", pay=("300000", "300000", "USD", "YEAR"))
    (doubt,) = found("pay-outside", *peers, odd)
    assert (doubt.source, doubt.peers) == ("odd.txt", 10)
    assert "half of 10 postings offer 101,750 to 107,250" in doubt.message
    assert found("pay-outside", *peers[1:], odd) == []  # nine have no range
    euros = make_facts(source="odd.txt", pay=("300000", "300000", "EUR", "YEAR"))
    assert found("pay-outside", *peers, euros) == []


def test_a_degree_that_hardly_any_peer_asks_for() -> None:
    """0 of 20 peers: at most 16% at large, below a fifth. 1 of 20: up to 24%."""
    peers = [make_facts(source=f"{n}.txt", degree="Bachelor's") for n in range(20)]
    doctor = [make_facts(source=f"d{n}.txt", degree="Doctorate") for n in range(2)]
    (doubt,) = found("degree-inflation", *peers, doctor[0])
    assert (doubt.source, doubt.peers) == ("d0.txt", 20)
    assert "0 of 20 peers ask for as much (at most 16% at large)" in doubt.message
    assert found("degree-inflation", *peers[1:], *doctor) == []
    assert found("degree-inflation", *peers[1:], doctor[0]) == []  # 19 peers are too few


def test_a_list_that_is_a_wish() -> None:
    skills = [f"Skill number {n}" for n in range(LONG_LIST)]
    (doubt,) = found("long-list", make_facts(required=skills))
    assert doubt.message.startswith("30 skills are required: Skill number 0, Skill number 1,")
    assert found("long-list", make_facts(required=skills[1:])) == []
    assert found("long-list", make_facts(required=[], any_of={"a1": skills})) == []


def test_a_check_that_there_is_not() -> None:
    with pytest.raises(LookupError, match=r"no check is called 'x'; there are entry-level-years"):
        audit(corpus_of([make_facts()]), checks=["x"])


def test_the_seeds_second_level_asks_for_less(kg: Kg, store: Path) -> None:
    """Level I asks for a Master's, level II for a Bachelor's: the project's first question."""
    (doubt,) = kg("audit", "--store", store, "--json").json
    assert (doubt["check"], doubt["title"]) == (
        "lower-degree-above",
        "Machine Learning Engineer II",
    )
    table = kg("audit", "--store", store)
    assert "A higher level that asks for a lower degree (1)" in table.out
    csv = kg("audit", "--store", store, "--csv", "--check", "long-list")
    assert csv.out.splitlines()[0].startswith("check,posting,title")
    assert kg("audit", "--store", store, "--check", "x").code == 2
    assert next(iter(CHECKS)) == "entry-level-years"
