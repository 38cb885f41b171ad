"""Parquet: postings, requirements, skills and evidence as tables, with their columns described."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from kg.exports.columns import TABLES, schema
from kg.exports.labels import Labels
from kg.exports.records import evidence_rows, posting_row, requirement_rows
from kg.exports.statements import Statements
from ontology import terms
from ontology.terms import SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from kg.exports.columns import Columns
    from kg.exports.part import Part
    from kg.exports.records import Row

AT_ONCE: Final = 500
"""Postings that are in memory at once, and in one row group."""


def write_parquet(part: Part, folder: Path) -> None:
    """Write a file a table into `folder`, and a README that describes the columns.

    Sorted, so that the same graph gives the same bytes. Amounts and years are decimals, days are
    dates, lists are lists; unknown is null. Needs pyarrow.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet

    labels = Labels(part.store)
    named: Counter[str] = Counter()
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                parquet.ParquetWriter(folder / f"{name}.parquet", schema(name), compression="zstd")
            )
            for name in TABLES
        }

        def write(name: str, rows: list[Row]) -> None:
            writers[name].write_table(pa.Table.from_pylist(rows, schema=schema(name)))

        for start in range(0, len(part.ids), AT_ONCE):
            rows: dict[str, list[Row]] = {"postings": [], "requirements": [], "evidence": []}
            for posting in part.ids[start : start + AT_ONCE]:
                said = Statements(part.posting(posting))
                node = part.store.iris.posting(posting).value
                asked = list(requirement_rows(said, node, labels))
                rows["postings"].append(posting_row(said, node, labels))
                rows["requirements"] += asked
                rows["evidence"] += evidence_rows(said, node)
                named.update({str(row["concept"]) for row in asked if row["kind"] == "skill"})
            for name, found in rows.items():
                write(name, found)
        vocabulary = part.quads_of(part.store.graph_iri("vocabulary"))
        write("skills", list(skill_rows(vocabulary, named)))
    (folder / "README.md").write_text(describe_tables(), encoding="utf-8")


def skill_rows(vocabulary: Iterable[ox.Quad], named: Mapping[str, int]) -> Iterator[Row]:
    """Yield a row for each skill of a vocabulary; `named` says how many postings name each."""
    said = Statements(sorted(vocabulary, key=str))
    for concept in said.subjects(SKOS + "inScheme", terms.VOCABULARY + "skills"):
        yield {
            "concept": concept,
            "label": said.one(concept, SKOS + "prefLabel"),
            "other_labels": said.many(concept, SKOS + "altLabel"),
            "kind": said.one(concept, terms.KIND),
            "broader": said.many(concept, SKOS + "broader"),
            "postings": named.get(concept, 0),
        }


def describe_tables(more: Mapping[str, Columns] | None = None) -> str:
    """Return the tables' columns in Markdown, with those of `more` tables."""
    lines = ["# A rolegraph as tables", "", "Join them by `posting`, `requirement` and `concept`."]
    for name, columns in {**TABLES, **(more or {})}.items():
        lines += ["", f"## {name}.parquet", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {column} | {kind} | {meaning} |" for column, kind, meaning in columns]
    return "\n".join([*lines, ""])
