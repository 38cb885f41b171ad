"""Builds on Spark for tests: small inputs with everything in them, and what came of them."""

from __future__ import annotations

import gzip
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.made.postings import made_postings
from kg.run import ENDED, STARTED
from tests.building import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

    from kg.store import Store

SKILLS: Final = "Python SQL Spark Kafka Java Docker Kubernetes Airflow Git Linux".split()
FIELDS: Final = ("Computer Science", "Statistics", "Mathematics")


QUICK: Final = {
    "spark.sql.shuffle.partitions": "2",
    # Tables of a few rows: to plan again and to compile takes longer than to read them.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
JAVA: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@contextmanager
def quick_session() -> Iterator[SparkSession]:
    """Give a session on this machine with two workers, set for tables of a few rows."""
    from kg.spark.session import session

    os.environ["JDK_JAVA_OPTIONS"] = JAVA
    with session("local[2]") as begun:
        del os.environ["JDK_JAVA_OPTIONS"]
        for name, value in QUICK.items():
            begun.conf.set(name, value)
        yield begun


def write_inputs(folder: Path) -> Path:
    """Write JSON lines, CSV and Parquet: with copies, bad records, and one posting in two files."""
    import pyarrow as pa
    from pyarrow import parquet

    (folder / "again").mkdir(parents=True)
    texts = list(made_postings(18, SKILLS, FIELDS, seed=3))
    rows = [{"id": f"j{at}", "title": f"Data Engineer {at}", "description": text}
            for at, text in enumerate(texts)]  # fmt: skip
    lines = [json.dumps(row) for row in rows[:8]]
    lines.insert(3, '{"id": "broken", "description": "cut o')
    lines.insert(5, json.dumps({"id": "short", "title": "Data Engineer", "description": "Few."}))
    lines += [json.dumps(row | {"id": f"copy-{row['id']}"}) for row in rows[:3]]
    lines += [json.dumps({"title": row["title"], "description": row["description"]})
              for row in rows[6:9]]  # fmt: skip
    (folder / "feed.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "again" / "feed.jsonl").write_text("\n".join(lines[:2]), encoding="utf-8")
    table = pa.Table.from_pylist(rows[9:13])
    parquet.write_table(table, folder / "jobs.parquet")
    cells = [
        ",".join('"' + value.replace('"', "'") + '"' for value in row.values()) for row in rows[13:]
    ]
    csv = ["id,title,description", *cells, 'only,"two']
    (folder / "jobs.csv").write_text("\n".join(csv), encoding="utf-8")
    return folder


def feed(file: Path, count: int, **more: str) -> Path:
    """Write lines of JSON, one of them broken, one empty, one with a letter of two bytes."""
    lines = [
        json.dumps({"title": f"Engineer {at}", "description": text(f"Engineer {at}")} | more)
        for at in range(count)
    ]
    lines[2] = '{"title": "cut o'
    lines.insert(5, "")
    lines[7] = json.dumps(
        {"id": "R1", "title": "Zoë", "description": text("Zoë")}, ensure_ascii=False
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def no_name(_word: str) -> bool:
    """Take no word for a name."""
    return False


def stated(store: Store) -> set[str]:
    """Return everything in a store but the times of its run."""
    return {str(quad) for quad in store.quads() if quad.predicate not in (STARTED, ENDED)}


def written(output: Path) -> set[str]:
    """Return the quads that a build on Spark wrote, but for the times of its run."""
    return {str(quad) for quad in _quads(output) if quad.predicate not in (STARTED, ENDED)}


def _quads(output: Path) -> Iterator[ox.Quad]:
    for file in sorted((output / "quads").iterdir()):
        yield from ox.parse(gzip.decompress(file.read_bytes()), format=ox.RdfFormat.N_QUADS)


def snapshot(output: Path) -> dict[str, bytes]:
    """Return the bytes of every file of an output."""
    return {
        str(file.relative_to(output)): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file()
    }
