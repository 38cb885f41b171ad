"""Columns that a build gathers: they are what the store answers, and in doubt there are none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.corpus import gathering, queries
from kg.corpus.keeping import Kept, name_of
from kg.corpus.rows import QUERIES, packed, posting_rows, unpacked
from kg.snapshots import newest
from kg.store import Store
from kg.touched import COLUMNS
from ontology import terms
from ontology.terms import OA, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENIOR = """Senior Data Engineer
Acme Corp
Austin, TX

Responsibilities
- Design pipelines in Spark and mentor engineers.

Requirements
- Bachelor's degree in Computer Science or a related field, or equivalent experience
- 5+ years of experience in data engineering
- At least one of Java, Scala or Python
- Experience with Kubernetes

Preferred
- Airflow, quilting machines
- Salary: $120,000 - $150,000 per year
"""
JUNIOR = SENIOR.replace("Senior ", "Junior ").replace("5+", "1+").replace("Acme", "Bolt")


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the columns of four postings as those of a thousand are."""
    monkeypatch.setattr("kg.corpus.keeping.LEAST", 0)
    monkeypatch.setattr("kg.corpus.gathering.LEAST", 1)


def written(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def columns(store: Path) -> list[str]:
    snapshot = newest(store)
    assert snapshot
    return [query for query in QUERIES if Kept(snapshot.path).find(query) is not None]


def check(store: Path) -> Counter[str]:
    """Hold the columns to what the store answers; return how many rows each has."""
    snapshot = newest(store)
    assert snapshot
    sizes: Counter[str] = Counter()
    with Store.open(store) as opened:
        for query in QUERIES:
            found = Kept(snapshot.path).find(query)
            assert found is not None, query
            assert Counter(found) == Counter(opened.stream(query)), query
            sizes[query] = len(found.columns[0])
    return sizes


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_what_is_gathered_is_what_the_store_answers(tmp_path: Path, jobs: int) -> None:
    """Of real postings in shape, and of two that have what the columns are about."""
    store = tmp_path / "store"
    texts = written(tmp_path / "texts", senior=SENIOR, junior=JUNIOR)
    KnowledgeGraph.build([texts, "seeds"], store, jobs=jobs).close()
    sizes = check(store)
    asked = {query for query, size in sizes.items() if size}
    for pattern, names in (
        (queries.POSTINGS, "?posting"),
        (queries.MEMBERS, "?choice ?skill"),
        (queries.DEGREES, "?requirement ?degree ?necessity"),
        (queries.IN_WORDS, "?requirement ?label ?necessity ?class"),
        (queries.YEARS, "?requirement ?necessity"),
        (queries.DUTIES, "?skill"),
    ):
        assert queries.in_graphs(pattern, names) in asked, pattern


def test_the_first_analysis_asks_for_no_column_of_postings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for copies, which are known when all is stored, and what the vocabulary says."""
    store = tmp_path / "store"
    texts = written(tmp_path / "texts", senior=SENIOR, junior=JUNIOR)
    KnowledgeGraph.build(texts, store).close()
    asked: list[str] = []
    stream = Store.stream

    def noting(opened: Store, sparql: str) -> Iterator[tuple[str, ...]]:
        asked.append(sparql)
        return stream(opened, sparql)

    monkeypatch.setattr(Store, "stream", noting)
    with KnowledgeGraph.open(store) as graph:
        graph.compare("Senior Data Engineer", "Junior Data Engineer")
        graph.cooccurrence()
        graph.audit()
        graph.pay()
        graph.trends()
    whole = [one for one in asked if "VALUES" not in one and "?concept" not in one]
    assert set(whole) <= {queries.COPIES}


def test_of_a_posting_that_two_files_state_the_last_rows_count(tmp_path: Path) -> None:
    texts = written(tmp_path / "texts", b=SENIOR, a=SENIOR, c=JUNIOR)
    store = tmp_path / "store"
    KnowledgeGraph.build([texts / "b.txt", texts / "a.txt", texts / "c.txt"], store).close()
    check(store)


def test_a_store_that_was_there_has_no_columns_of_the_build(tmp_path: Path) -> None:
    """It has those that it had: asked for anew in what has changed."""
    store = tmp_path / "store"
    KnowledgeGraph.build(written(tmp_path / "one", senior=SENIOR), store).close()
    assert columns(store) == list(QUERIES)
    KnowledgeGraph.build(written(tmp_path / "two", junior=JUNIOR), store).close()
    assert not columns(store)
    with KnowledgeGraph.open(store) as graph:
        assert len(graph.corpus().facets.titles) == 2


def test_too_few_postings_have_no_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "LEAST", 1000)
    store = tmp_path / "store"
    KnowledgeGraph.build(written(tmp_path / "one", senior=SENIOR), store).close()
    assert not columns(store)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_columns_of_many_postings_are_made_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The files are the same byte by byte, in however many parts their columns are made."""
    texts = written(tmp_path / "texts", senior=SENIOR, junior=JUNIOR)
    KnowledgeGraph.build(texts, tmp_path / "whole").close()
    monkeypatch.setattr(gathering, "AT_ONCE", most)
    KnowledgeGraph.build(texts, tmp_path / "parts").close()
    check(tmp_path / "parts")
    whole, parts = (newest(tmp_path / name) for name in ("whole", "parts"))
    assert whole
    assert parts
    for query in QUERIES:
        file = f"{COLUMNS}/{name_of(query)}"
        assert (parts.path / file).read_bytes() == (whole.path / file).read_bytes(), query


def test_without_room_for_rows_there_are_no_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And all else is built as ever."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.corpus.gathering._Rows.hold", full)
    store = tmp_path / "store"
    KnowledgeGraph.build(written(tmp_path / "one", senior=SENIOR), store).close()
    assert not columns(store)
    with KnowledgeGraph.open(store) as graph:
        assert len(graph.corpus().postings) == 1


def test_no_postings_and_no_folder_have_no_columns(tmp_path: Path) -> None:
    store = tmp_path / "store"
    KnowledgeGraph.build(written(tmp_path / "none", none=""), store).close()
    assert newest(store) is None or not columns(store)
    memory = KnowledgeGraph.build(written(tmp_path / "one", senior=SENIOR))
    assert len(memory.corpus().postings) == 1


PROOF = {OA + "exact": ["Spark"], terms.SECTION: ["duties"], SCHEMA + "name": ["no row"]}
SKILL = {
    RDF + "type": [terms.SKILL_REQUIREMENT],
    terms.NECESSITY: [terms.REQUIRED],
    terms.SKILL: ["skill/spark"],
}
WORDS = {
    RDF + "type": [terms.DEGREE_REQUIREMENT],
    terms.NECESSITY: [terms.REQUIRED],
    RDFS + "label": ["quilting degree"],
}


@pytest.mark.parametrize(
    ("values", "expected", "why"),
    [
        ({}, {}, "nothing"),
        ({"proof": PROOF}, {}, "evidence has no rows"),
        (
            {"posting": {SCHEMA + "title": ["Engineer"]}},
            {"?subject ?value title": [("posting", "Engineer")]},
            "a statement as it is",
        ),
        ({"skill": SKILL}, {}, "a skill is known by the short edge"),
        (
            {"skill": {**SKILL, terms.EVIDENCE: ["proof"]}, "proof": PROOF},
            {"?skill section": [("skill/spark",)]},
            "a skill that duties name",
        ),
        (
            {"skill": {**SKILL, terms.EVIDENCE: ["proof"]},
             "proof": {**PROOF, terms.SECTION: ["benefits"]}},
            {},
            "a skill that they do not",
        ),
        (
            {"choice": {terms.MEMBER: ["skill", "words"]}, "skill": SKILL, "words": WORDS},
            {
                "?requirement ?choice": [("skill", "choice"), ("words", "choice")],
                "?choice ?skill": [("choice", "skill/spark")],
                "?requirement ?choice label": [("words", "choice")],
                "?requirement ?label ?necessity ?class": [
                    ("words", "quilting degree", terms.REQUIRED, terms.DEGREE_REQUIREMENT)
                ],
                "?requirement ?class": [("words", terms.DEGREE_REQUIREMENT)],
            },
            "members of a choice, one of them in words",
        ),
        (
            {"choice": {terms.MINIMUM: ["1"]}},
            {},
            "a choice of no necessity is none",
        ),
    ],
)  # fmt: skip
def test_the_rows_of_a_posting(
    values: dict[str, dict[str, list[str]]],
    expected: dict[str, list[tuple[str, ...]]],
    why: str,
) -> None:
    found = posting_rows(values)
    assert {_short(query): rows for query, rows in found.items()} == expected, why
    columns_of = {
        query: [list(one) for one in zip(*rows, strict=True)] for query, rows in found.items()
    }
    assert unpacked(packed(found)) == columns_of, why


def _short(query: str) -> str:
    """Return a query's columns, and what tells it from others with the same."""
    columns = query.partition("SELECT ?graph ")[2].partition(" WHERE")[0]
    pattern = query.partition(" WHERE")[2]
    telling = [one for one in ("title", "section", "label ?label . ") if one in pattern]
    return " ".join([columns, *(one.split()[0] for one in telling)])
