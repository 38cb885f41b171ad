"""One posting, as a page, a feed, an export, a document: the facts are the same."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp import to_record
from nlp.extract import extract_files
from nlp.readers import SetAside
from tests.command_line import SEEDS, TWO

SEED = SEEDS / "machine-learning-engineer-ii.txt"
TEXT = SEED.read_text(encoding="utf-8")
PARAGRAPHS = "".join(f"<p>{html.escape(line)}</p>" for line in TEXT.split("\n") if line)
SAME = ("role", "level", "employer", "salary")


def page() -> bytes:
    return (
        f"<!doctype html><title>{TWO}</title><nav><a href='/'>Home</a> <a href='/jobs'>Jobs</a>"
        f"</nav><main><h1>{TWO}</h1>{PARAGRAPHS}</main><footer>We use cookies.</footer>"
    ).encode()


def linked_data() -> bytes:
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": TWO,
        "description": html.escape(PARAGRAPHS),
    }
    return json.dumps(posting).encode()


def greenhouse() -> bytes:
    job = {"id": 7, "title": TWO, "content": html.escape(PARAGRAPHS), "absolute_url": "https://a"}
    return json.dumps({"jobs": [job], "meta": {"total": 1}}).encode()


def lever() -> bytes:
    return json.dumps(
        [{"id": "7", "text": TWO, "descriptionPlain": TEXT, "categories": {}, "lists": []}]
    ).encode()


def table() -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["Job Title", "Job Description"], [TWO, TEXT]])
    return text.getvalue().encode()


def lines() -> bytes:
    return json.dumps({"title": TWO, "description": TEXT}).encode() + b"\n"


def parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table({"title": [TWO], "description": [TEXT]}), stream)
    return stream.getvalue()


def word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(TWO, 1)
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["Normal"]
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build(
        [Paragraph(html.escape(line) or "&nbsp;", style) for line in TEXT.split("\n")]
    )
    return stream.getvalue()


def packed() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../outside.txt", TEXT)
    return stream.getvalue()


SHAPES: dict[str, Callable[[], bytes]] = {
    "page.html": page,
    "posting.jsonld": linked_data,
    "greenhouse.json": greenhouse,
    "lever.json": lever,
    "export.csv": table,
    "feed.jsonl": lines,
    "export.parquet": parquet,
    "posting.docx": word,
    "posting.pdf": pdf,
    "posting.txt.gz": lambda: gzip.compress(TEXT.encode()),
    "several.zip": packed,
    "no-ending": TEXT.encode,
    "utf-16.txt": lambda: TEXT.encode("utf-16"),
}


def facts(path: Path) -> dict[str, Any]:
    (found,) = extract_files([path])
    assert not isinstance(found, SetAside), found
    record: Any = to_record(found)
    asked = {
        (one["kind"], one["label"], one["necessity"], one["alternative"] is None)
        for one in record["requirements"]
    }
    return {**{key: record[key] for key in SAME}, "requirements": asked}


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    return facts(SEED)


@pytest.mark.parametrize("name", SHAPES)
def test_the_facts_are_those_of_the_text(name: str, plain: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SHAPES[name]())
    assert facts(path) == plain
