"""Parquet: read back with pyarrow alone; types stay types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from kg.export import export
from kg.exports.columns import TABLES
from kg.store import Store
from ontology import terms
from tests.factories import concept, make_facts, two_levels
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, Any]]


def read(store: Store, folder: Path) -> dict[str, pa.Table]:
    export(store, "parquet", folder)
    return {name: pyarrow.parquet.read_table(folder / f"{name}.parquet") for name in TABLES}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    folder = tmp_path_factory.mktemp("tables")
    return read(two_level_store(folder), folder / "out")


def one(tables: dict[str, pa.Table], title: str) -> dict[str, Any]:
    rows: Rows = tables["postings"].to_pylist()
    return next(row for row in rows if row["title"] == title)


def asked(tables: dict[str, pa.Table], posting: str, kind: str) -> Rows:
    rows: Rows = tables["requirements"].to_pylist()
    return [row for row in rows if (row["posting"], row["kind"]) == (posting, kind)]


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_the_documented_ones(name: str, tables: dict[str, pa.Table]) -> None:
    schema = tables[name].schema
    assert [field.name for field in schema] == [column for column, _, _ in TABLES[name]]
    assert [field.metadata[b"description"].decode() for field in schema] == [
        meaning for _, _, meaning in TABLES[name]
    ]


def test_a_posting_is_a_row_with_what_it_states(tables: dict[str, pa.Table]) -> None:
    facts = two_levels()[0]
    row = one(tables, "Machine Learning Engineer I")
    assert {name: row[name] for name in ("role", "level", "employer", "employment_type")} == {
        "role": "Machine Learning Engineer",
        "level": "I",
        "employer": "Pinterest",
        "employment_type": "FULL_TIME",
    }
    assert (row["posting"], row["text"]) == (facts.posting.id, facts.posting.text)
    assert (row["pay_min"], row["pay_max"]) == (Decimal("168237.50"), Decimal("222695.00"))
    assert (row["pay_currency"], row["pay_period"]) == ("USD", "YEAR")
    assert row["date_posted"] == date(2025, 9, 19)
    assert (row["equity"], row["relocation"], row["travel"]) == (True, False, None)
    assert sorted(row["work_modes"]) == ["hybrid", "remote"]
    assert row["flags"] == ["truncated"]
    assert {"city": "San Francisco", "region": "CA", "country": "US", "remote": False} in row[
        "places"
    ]
    assert {"city": None, "region": "CA", "country": "US", "remote": True} in row["places"]


def test_unknown_is_null_and_no_values_are_an_empty_list(tables: dict[str, pa.Table]) -> None:
    row = one(tables, "Machine Learning Engineer II")
    assert row["date_posted"] is None
    assert row["graduation_from"] is None
    assert row["flags"] == []


def test_requirements_say_what_is_asked_and_how(tables: dict[str, pa.Table]) -> None:
    posting = one(tables, "Machine Learning Engineer I")["posting"]
    skills = {row["label"]: row for row in asked(tables, posting, "skill")}
    assert skills["Spark"]["necessity"] == "required"
    assert skills["Spark"]["concept"] == concept("skill", "Spark")
    assert skills["Publications"]["necessity"] == "preferred"
    assert skills["Hadoop"]["necessity"] == "mentioned"
    assert skills["Spark"]["alternative"] is None
    java = skills["Java"]
    assert java["alternative"] == skills["C++"]["alternative"] is not None
    assert java["alternative_minimum"] == 1
    (degree,) = asked(tables, posting, "degree")
    assert (degree["label"], degree["fields"]) == ("Master's", ["Computer Science", "Engineering"])
    assert (degree["foreign_equivalent"], degree["related_field"]) == (True, None)
    (years,) = asked(tables, posting, "experience")
    assert (years["min_years"], years["max_years"]) == (Decimal(1), None)
    assert years["label"] == "in the job offered"


def test_skills_have_kind_broader_and_counts(tables: dict[str, pa.Table]) -> None:
    rows: Rows = tables["skills"].to_pylist()
    skills = {row["label"]: row for row in rows}
    assert (skills["HDFS"]["kind"], skills["HDFS"]["broader"]) == (
        "tool",
        [concept("skill", "Hadoop")],
    )
    counted = {name: skills[name]["postings"] for name in ("Spark", "Java", "C++", "Big Data")}
    assert counted == {"Spark": 2, "Java": 2, "C++": 1, "Big Data": 0}


def test_evidence_points_into_the_text(tables: dict[str, pa.Table]) -> None:
    texts = {row["posting"]: row["text"] for row in tables["postings"].to_pylist()}
    rows: Rows = tables["evidence"].to_pylist()
    assert len(rows) > 40
    for row in rows:
        assert texts[row["posting"]][row["start"] : row["end"]] == row["words"]
    subjects = {row["subject"] for row in rows}
    assert {row["requirement"] for row in tables["requirements"].to_pylist()} <= subjects
    titles = [row for row in rows if row["property"] == terms.SCHEMA + "title"]
    assert [row["value"] for row in titles] == [row["words"] for row in titles]


def test_tables_join(tables: dict[str, pa.Table]) -> None:
    postings = tables["postings"].column("posting").to_pylist()
    skills = set(tables["skills"].column("concept").to_pylist())
    for row in tables["requirements"].to_pylist():
        assert row["posting"] in postings
        assert row["kind"] != "skill" or row["concept"] is None or row["concept"] in skills


def test_words_without_a_concept_keep_their_label(tmp_path: Path) -> None:
    store = fill(Store.in_memory(), [make_facts(required=["Quilting"])], tmp_path)
    (row,) = asked(
        read(store, tmp_path / "out"), make_facts(required=["Quilting"]).posting.id, "skill"
    )
    assert (row["label"], row["concept"]) == ("Quilting", None)


def test_an_amount_with_more_places_than_a_column_is_rounded(tmp_path: Path) -> None:
    facts = make_facts(pay=("62.123456789", None, "USD", "HOUR"))
    tables = read(fill(Store.in_memory(), [facts], tmp_path), tmp_path / "out")
    (row,) = tables["postings"].to_pylist()
    assert row["pay_min"] == Decimal("62.123457")
    assert row["pay_max"] is None


def test_an_empty_store_gives_empty_tables_with_columns(tmp_path: Path) -> None:
    tables = read(Store.in_memory(), tmp_path / "out")
    assert [len(table) for table in tables.values()] == [0, 0, 0, 0]


def test_many_postings_are_written_by_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = two_level_store(tmp_path)
    whole = read(store, tmp_path / "one")
    monkeypatch.setattr("kg.exports.tables.AT_ONCE", 1)
    assert read(store, tmp_path / "two") == whole
    assert pyarrow.parquet.ParquetFile(tmp_path / "two" / "postings.parquet").num_row_groups == 2


def test_the_readme_describes_every_column(tmp_path: Path) -> None:
    export(Store.in_memory(), "parquet", tmp_path / "out")
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert all(f"| {name} | {kind} |" in text for rows in TABLES.values() for name, kind, _ in rows)
