"""ladder, trends, pay: as table, JSON and CSV, from a store and from an endpoint."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.store import Store
from nlp.types import Place
from tests.factories import make_facts
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

    from kg.analysis.ladder_rows import Ladder
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.trend_rows import Trends
    from nlp.types import Facts
    from tests.command_line import Kg

ROLE = "Data Engineer"


def posting(level: str, number: int) -> Facts:
    """Levels I, II and Senior: Git from II on, pay and years rising, a month a level."""
    place = ("I", "II", "Senior").index(level)
    skills = ["Python", *["Git"] * (place > 0), *["Spark"] * (number % 2)]
    return make_facts(
        source=f"{level}-{number}.txt",
        title=f"{ROLE} {level}",
        level=level,
        employer=f"Firm {number}",
        required=skills,
        years=str(1 + 2 * place),
        pay=(f"{80 + 20 * place + number}000", f"{100 + 20 * place + number}000", "USD", "YEAR"),
        places=(Place("Austin", "TX", "US"),),
        date_posted=date(2025, 1 + place, 1 + number % 28),
    )


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 postings of each level by 30 employers."""
    folder = tmp_path_factory.mktemp("market")
    facts = [posting(level, number) for level in ("I", "II", "Senior") for number in range(30)]
    store = fill(Store.open(folder / "store", create=True), facts, folder)
    store.close()
    return folder / "store"


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.printing.WIDTH", 300)


def words(text: str) -> str:
    return " ".join(text.split())


def test_ladder(kg: Kg, market: Path) -> None:
    shown = words(kg("ladder", ROLE, "--store", market).out)
    for said in (
        "Data Engineer: 3 levels, 90 postings",
        "I 30 30 1 [1, 1] Bachelor's 100%",
        "Rises along the levels",
        "From I to II years: +2 [+2, +2] pay: +20,000 USD a year",
        "added Git 0% [0%, 11%] 100% [89%, 100%]",
        "Quoted [1]",
    ):
        assert said in shown
    found = kg("ladder", ROLE, "--json", "--store", market).json
    assert found["steps"][0]["changes"]["added"] == ["Git"]
    rows = list(csv.DictReader(io.StringIO(kg("ladder", ROLE, "--csv", "--store", market).out)))
    assert {row["kind"] for row in rows} >= {"level", "skill", "trend"}


def test_trends(kg: Kg, market: Path) -> None:
    shown = words(kg("trends", "--store", market).out)
    for said in (
        "all postings: 90 postings with a date, by month",
        "2025-01 30 30 2025-02",
        "Skills that rise (1 of 3 tested)",
        "Git 0% [0%, 11%] 100% [89%, 100%] ▁██ ",
        "Newcomers: asked for in 2025-02..2025-03, never in 2025-01 (1)",
    ):
        assert said in shown
    one = words(kg("trends", "--skill", "spark", "--store", market).out)
    assert "Spark neither rises nor falls by more than chance: 0 [0, 0] points a month" in one
    assert "2025-03 30 30 50% [33%, 67%], 15 of 30" in one
    found = kg("trends", "--role", ROLE, "--by", "year", "--json", "--store", market).json
    assert "Not enough data for a trend" in found["caution"]
    assert kg("trends", "--csv", "--store", market).out.startswith("kind,label,period,")


def test_pay(kg: Kg, market: Path) -> None:
    shown = words(kg("pay", "--role", ROLE, "--store", market).out)
    for said in (
        "Data Engineer: USD a year",
        "90 of 90 postings state their pay",
        "II 30 of 30 30 ",
        "Quantiles (Turnbull's estimate) and premiums (interval regression) count such postings",
        "Premium of a skill, role, level and place held fixed",
    ):
        assert said in shown
    assert kg("pay", "--json", "--store", market).json["basis"] == "stated"
    refused = kg("pay", "--estimates", "--store", market)
    assert "0 of 90 postings have an estimate" in refused.out
    assert "0 postings state both ends of their pay, 60 are needed" in refused.out
    assert kg("pay", "--csv", "--store", market).out.startswith("kind,label,currency,")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("ladder", "Plumber"), 'no group "Plumber"'),
        (("trends", "--by", "week"), "periods are by month, quarter, year"),
        (("trends", "--asked", "loved"), "required, preferred, mentioned, any"),
        (("trends", "--skill", "Gti"), 'no skill "Gti"; did you mean "Git"?'),
        (("similar", "data enginer"), 'did you mean "Data Engineer"'),
        (("pay", "--by", "shoe"), "pay is by role, level, place"),
        (("pay", "--place", "Paris"), 'no group "Paris"'),
        (("pay", "--copies", "two"), "copies is one of one, all"),
        (("pay", "--json", "--csv"), "take one of --json and --csv"),
    ],
)
def test_what_cannot_be_answered_says_why(
    command: tuple[str, ...], message: str, kg: Kg, market: Path
) -> None:
    answer = kg(*command, "--store", market)
    assert answer.code == 2
    assert message in words(answer.err)


@pytest.fixture(scope="module")
def results(market: Path) -> tuple[Ladder, Trends, PayReport]:
    with KnowledgeGraph.open(market) as graph:
        return graph.ladder(ROLE), graph.trends(role=ROLE), graph.pay(role=ROLE)


def test_the_library_says_the_same_as_the_command(
    kg: Kg, market: Path, results: tuple[Ladder, Trends, PayReport]
) -> None:
    found = kg("trends", "--role", ROLE, "--json", "--store", market).json
    assert found == json.loads(json.dumps(results[1].to_json()))


def test_frames(results: tuple[Ladder, Trends, PayReport]) -> None:
    polars = pytest.importorskip("polars")
    for result in results:
        frame = result.to_frame()
        assert isinstance(frame, polars.DataFrame)
        assert frame.height == len(result.to_rows())
        assert frame.columns == list(result.to_rows()[0])
    assert results[1].to_frame()["share"].dtype == polars.Float64
