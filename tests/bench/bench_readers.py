"""What a table or feed of any size costs to read: rows a second, and memory that stays flat.

    python -m tests.bench.bench_readers [--megabytes N] [--folder DIR]

Each format is written to a file of that size, read through in a process of its own, which says
what it held at most over the first tenth and over all of it, and the file is deleted. Writes
`results/readers.json` and `.md`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from io import StringIO
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

from nlp.readers import formats
from nlp.readers.raw import Input, RawPosting
from tests.bench.postings import made_postings

RESULTS: Final = Path(__file__).parent / "results"
MEGABYTE: Final = 10**6
HEAD: Final = 1 << 16
MADE: Final = 500
"""Different rows; the files repeat them."""
ROWS_A_GROUP: Final = 5000
TABLES: Final = ("title", "description", "location", "min_salary", "currency", "pay_period")

Write = Callable[[Path, int], None]


def texts() -> list[str]:
    """Return the texts that the files are made of."""
    return list(
        made_postings(MADE, ["Python", "SQL", "Go", "Kubernetes"], ["Economics", "Physics"])
    )


def rows() -> Iterator[dict[str, str | int]]:
    """Yield rows without an end."""
    made = texts()
    for number in count():
        yield {
            "title": f"Data Engineer {number}",
            "description": made[number % MADE],
            "location": "Austin, TX",
            "min_salary": 100_000 + number % 1000,
            "currency": "USD",
            "pay_period": "YEARLY",
        }


def _pieces(
    begin: str, piece: Callable[[dict[str, str | int]], str], between: str, end: str
) -> Write:
    """Return what writes a file of a given size: the same rows over and over."""

    def write(path: Path, size: int) -> None:
        block = between.join(map(piece, islice(rows(), MADE))).encode()
        written = 0
        with path.open("wb") as file:
            file.write(begin.encode())
            while written < size:
                written += file.write((between.encode() if written else b"") + block)
            file.write(end.encode())

    return write


def _csv_row(row: dict[str, str | int]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerow(row.values())
    return out.getvalue()


def _greenhouse(row: dict[str, str | int]) -> str:
    return json.dumps(
        {
            "absolute_url": f"https://boards.example/{row['title']}",
            "internal_job_id": row["min_salary"],
            "title": row["title"],
            "location": {"name": row["location"]},
            "content": f"<p>{row['description']}</p>".replace("<", "&lt;").replace(">", "&gt;"),
        }
    )


def _parquet(path: Path, size: int) -> None:
    import pyarrow as arrow
    from pyarrow.parquet import ParquetWriter

    group = arrow.Table.from_pylist(list(islice(rows(), ROWS_A_GROUP)))
    with ParquetWriter(path, group.schema, compression="none", use_dictionary=False) as writer:
        while not path.exists() or path.stat().st_size < size:
            writer.write_table(group)


WRITERS: Final[dict[str, tuple[str, Write]]] = {
    "CSV": ("csv", _pieces(",".join(TABLES) + "\r\n", _csv_row, "", "")),
    "JSON lines": ("json", _pieces("", json.dumps, "\n", "\n")),
    "JSON array": ("json", _pieces("[", json.dumps, ",", "]")),
    "Greenhouse board": ("greenhouse", _pieces('{"jobs":[', _greenhouse, ",", "]}")),
    "Parquet": ("parquet", _parquet),
}


def read(path: Path, wanted: str) -> dict[str, Any]:
    """Read a file through in this process, and return what it took."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        name, reader = formats.choose(head)
        if name != wanted:
            raise ValueError(f"{path} is taken for {name}, not {wanted}")
        stream.seek(0)
        begin, number, early = time.process_time(), 0, 0
        for item in reader.read(Input(path.name, stream, head)):
            if not isinstance(item, RawPosting):
                raise TypeError(f"{item.position}: {item.reason}")
            number += 1
            if not early and number % 1000 == 0 and stream.tell() > size // 10:
                early = _peak()
        seconds = time.process_time() - begin
    return {
        "megabytes": round(size / MEGABYTE),
        "rows": number,
        "rows_per_second": round(number / seconds),
        "megabytes_per_second": round(size / MEGABYTE / seconds, 1),
        "peak_mb_after_a_tenth": early,
        "peak_mb": _peak(),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(megabytes: int, folder: Path | None) -> dict[str, Any]:
    """Write, read and delete a file of each format."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name, (wanted, write) in WRITERS.items():
            path = Path(place) / "large"
            write(path, megabytes * MEGABYTE)
            command = [sys.executable, "-m", __spec__.name, "--read", str(path), "--as", wanted]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # ourselves
            found[name] = json.loads(done.stdout)
            path.unlink()
    return {
        "machine": {
            "date": datetime.now(UTC).date().isoformat(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
            "versions": {name: version(name) for name in ("ijson", "pyarrow")},
        },
        "formats": found,
    }


def as_markdown(report: dict[str, Any]) -> str:
    """Return the report as a table."""
    host = report["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in host["versions"].items())
    lines = [
        "# Readers",
        "",
        f"{host['date']}, {host['cores']} cores (load {host['load']}), Python {host['python']}, "
        f"{versions}; one process, processor time.",
        "",
        "| | MB | rows | rows/s | MB/s | peak memory after a tenth | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {row['megabytes']} | {row['rows']} | {row['rows_per_second']} | "
        f"{row['megabytes_per_second']} | {row['peak_mb_after_a_tenth']} MB | "
        f"{row['peak_mb']} MB |"
        for name, row in report["formats"].items()
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print the table and write it to `results/`; or read one file for a measurement."""
    parser = argparse.ArgumentParser(description="Measure how large files are read.")
    parser.add_argument("--megabytes", type=int, default=1000, help="the size of each file")
    parser.add_argument("--folder", type=Path, help="where the files are written")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--as", dest="wanted", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        print(json.dumps(read(asked.read, asked.wanted)))  # noqa: T201 # for the process above
        return
    report = measure(asked.megabytes, asked.folder)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(report, indent=2, sort_keys=True) + "\n"
    (RESULTS / "readers.json").write_text(text, encoding="utf-8")
    (RESULTS / "readers.md").write_text(as_markdown(report), encoding="utf-8")
    print(as_markdown(report), end="")  # noqa: T201 # what it is run for


if __name__ == "__main__":
    main()
