"""The four analyses over Parquet tables give the numbers that the store gives, one by one."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg import KnowledgeGraph
from kg.copies.likeness import Likeness, Reason
from kg.copies.store_groups import group_quads
from kg.quads import posting_quads
from kg.store import Store
from nlp.types import Place, RequirementKind
from ontology.vocabulary import FOLDER, own_files
from tests.factories import DUTIES, make_facts

pyspark = pytest.importorskip("pyspark")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import SparkSession

    from kg.spark.tables import Tables
    from nlp.types import Facts

pytestmark = pytest.mark.slow

SKILLS = "Python SQL Git Java Kubernetes".split()
PLACES = (Place("Austin", "TX", "US"), Place("Seattle", "WA", "US"), Place("Boston", "MA", "US"))


def facts_of_a_market(count: int = 420) -> list[Facts]:
    """Two roles at two levels by 40 employers in eight months, with choices, gaps and reposts."""
    dice = random.Random(6)  # noqa: S311 # nothing secret
    found = []
    for number in range(count):
        level = dice.choice(["I", "II", None])
        asked = [one for one in SKILLS if dice.random() < (0.6 if level == "II" else 0.35)]
        words = ["quilting"] if dice.random() < 0.2 else []
        if dice.random() < (0.4 if level == "II" else 0.15):
            asked.append(("HDFS", "Hadoop", "Spark")[number % 3])  # apart none of them tells
        low = dice.randrange(80, 140) * 1000 + (20_000 if level == "II" else 0)
        pay: tuple[str | None, str | None, str, str] | None = (
            str(low) if dice.random() < 0.9 else None, str(low + 20_000), "USD", "YEAR"
        )  # fmt: skip
        pay = dice.choice([pay, pay, pay, None, ("50", None, "EUR", "HOUR")])
        posted = date(2025, 1, 5) + timedelta(days=dice.randrange(240))
        facts = make_facts(
            source=f"{number}.txt",
            role=dice.choice(["Data Engineer", "Data Scientist"]),
            level=level,
            employer=f"Employer {dice.randrange(40)}" if dice.random() < 0.95 else None,
            required=[*asked, *words],
            preferred=[one for one in SKILLS if one not in asked and dice.random() < 0.2],
            mentioned=dice.sample(["Machine Learning", "quilting", "Quilting"], 1),
            any_of={"one": dice.sample(SKILLS, 3)} if dice.random() < 0.3 else None,
            minimum=dice.choice([1, 1, 2]),
            degree=dice.choice([None, "Bachelor's", "Master's", "a licence"]),
            fields=dice.sample(["Computer Science", "Engineering", "Physics"], 2),
            years=dice.choice([None, "1", "2.5", "3", "10"]) if level else None,
            duties=[one for one in DUTIES if dice.random() < (0.5 if level == "II" else 0.2)],
            pay=pay,
            places=dice.sample(PLACES, dice.randrange(3)),
            date_posted=posted if dice.random() < 0.9 else None,
        )
        facts = _with_a_licence_in_words(facts)
        found.append(_with_a_degree_to_choose(facts) if dice.random() < 0.2 else facts)
    return found


def _with_a_licence_in_words(facts: Facts) -> Facts:
    """Let no concept cover a licence."""
    requirements = [
        one._replace(concept=None) if one.label == "a licence" else one
        for one in facts.requirements
    ]
    return replace(facts, requirements=tuple(requirements))


def _with_a_degree_to_choose(facts: Facts) -> Facts:
    """Let the degree be a member of the posting's choice, if it offers one."""
    if not facts.alternatives:
        return facts
    requirements = [
        one._replace(alternative="one", equivalent_experience=True)
        if one.kind is RequirementKind.DEGREE
        else one
        for one in facts.requirements
    ]
    return replace(facts, requirements=tuple(requirements))


@dataclass
class Market:
    graph: KnowledgeGraph
    tables: Tables


@pytest.fixture(scope="module")
def market(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Market:
    folder = tmp_path_factory.mktemp("market")
    return market_in(spark, folder)


def market_in(spark: SparkSession, folder: Path) -> Market:
    import pyarrow as pa
    from pyarrow import parquet

    from kg.spark.tables import Tables

    store = Store.in_memory()
    store.load("vocabulary", own_files())
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    run = store.iris.run("0", "", "ef")
    facts = facts_of_a_market()
    store.add_in_bulk(quad for one in facts for quad in posting_quads(one, store.iris, run))
    copies = copies_in(facts)
    like = Likeness(0.9, Reason.NEAR)
    store.add_in_bulk(
        quad for pair in copies for quad in group_quads(store.iris, pair, [like])
    )  # fmt: skip
    graph = KnowledgeGraph(store)
    graph.export("parquet", folder / "tables")
    (folder / "tables" / "copies").mkdir()
    rows = [{"posting": copy, "copy_of": first} for first, copy in copies]
    parquet.write_table(pa.Table.from_pylist(rows), folder / "tables" / "copies" / "some.parquet")
    return Market(graph, Tables(spark, folder / "tables"))


def copies_in(facts: Sequence[Facts]) -> list[tuple[str, str]]:
    """Return pairs of postings of one role and level: a job on both sides is not tested."""
    positions: dict[object, list[str]] = defaultdict(list)
    for one in facts:
        position = one.role and one.role.value, one.level and one.level.value
        positions[position].append(one.posting.id)
    return [
        (ids[at], ids[at + 1]) for ids in map(sorted, positions.values()) for at in range(0, 10, 2)
    ]


def plain(value: Any) -> Any:
    """Return a result without its words, and with numbers that may differ in rounding only."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key != "evidence"}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return pytest.approx(value, rel=1e-9, abs=1e-12) if isinstance(value, float) else value


@pytest.mark.parametrize(
    ("a", "b", "copies"),
    [
        ("Data Engineer I", "Data Engineer II", "one"),
        ("Data Engineer", "Data Engineer II", "all"),
        ("Employer 3", "Employer 4", "one"),
        ("Data Engineer II", "level: II", "one"),
    ],
)
def test_separation(a: str, b: str, copies: Any, market: Market) -> None:
    from kg.spark.compare import compare

    found: Any = compare(market.tables, a, b, copies=copies).to_json()
    known: Any = market.graph.compare(a, b, copies=copies).to_json()
    for side in "ab":
        del found[side]["members"], known[side]["members"]
    assert known.pop("separability") is None or found["enough"]
    assert found.pop("separability") is None  # learnt from postings: no sum over them
    known = plain(known)
    for name in known:  # one by one, for what is told of a difference
        assert without_words(found[name]) == known[name], name
    assert set(found) == set(known)


def test_separation_has_something_of_everything(market: Market) -> None:
    """What the comparison above is of is there: no list is equal because it is empty."""
    known: Any = market.graph.compare("Data Engineer I", "Data Engineer II").to_json()
    lists = (
        *("skills", "broader", "alternatives", "degrees", "experience"),
        *("duties", "verbs", "work_modes"),
    )
    assert known["enough"]
    assert [name for name in lists if not known[name]] == []
    assert {row["concept"] is None for row in known["degrees"]} == {True, False}
    assert any(row["fields"]["a"] and row["qualifiers"]["b"] for row in known["degrees"])
    assert known["years"]["interval"]
    assert known["pay"]["middles"]["interval"]
    for name in "verbs", "work_modes", "degrees":
        assert any(row["q"] is not None for row in known[name]), name


@pytest.mark.parametrize(("group", "necessity"), [(None, "any"), ("Data Engineer", "required")])
def test_cooccurrence(group: str | None, necessity: Any, market: Market) -> None:
    from kg.analysis.cooccurrence import cooccurrence as on_one_machine
    from kg.analysis.incidence import group_or_all, incidence_of, strengths_of
    from kg.spark.cooccurrence import cooccurrence

    corpus = market.graph.corpus()
    incidence = incidence_of(corpus, group_or_all(corpus, group), strengths_of(necessity))
    known = plain(on_one_machine(incidence, necessity).to_json())
    found: Any = cooccurrence(market.tables, group, necessity=necessity).to_json()
    assert without_words(found) == known
    assert len(found["pairs"]) > 5


@pytest.mark.parametrize(
    "options",
    [{}, {"role": "Data Engineer", "by": "quarter", "asked": "any"}, {"copies": "all"}],
    ids=str,
)
def test_trends(options: dict[str, Any], market: Market) -> None:
    from kg.spark.trends import trends

    found: Any = trends(market.tables, **options).to_json()
    known = plain(market.graph.trends(**options).to_json())
    assert found["rows"][0]["p"] is not None
    assert without_words(found) == known


@pytest.mark.parametrize(
    "options",
    [
        {"role": "Data Engineer"},
        {"role": "Data Engineer", "level": "II", "by": "place"},
        {"by": "quarter", "copies": "all", "currency": "EUR"},
    ],
    ids=str,
)
def test_pay(options: dict[str, Any], market: Market) -> None:
    from kg.spark.pay import pay

    found: Any = pay(market.tables, **options).to_json()
    known = plain(market.graph.pay(**options).to_json())
    assert without_words(found) == known


def without_words(value: Any) -> Any:
    """Return a result without its words."""
    if isinstance(value, dict):
        return {key: without_words(one) for key, one in value.items() if key != "evidence"}
    return [without_words(one) for one in value] if isinstance(value, list) else value
