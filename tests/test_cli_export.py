"""`kg export` on the command line: a part, a folder, and what it says of wrong usage."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import Kg


def test_a_part_goes_to_stdout(kg: Kg, store: Path) -> None:
    words = ("--format", "jsonld", "--role", "Machine Learning Engineer II", "--store", store)
    answer = kg("export", *words)
    assert answer.code == 0
    (posting,) = json.loads(answer.out)["@graph"]
    assert posting["title"] == "Machine Learning Engineer II"


def test_postings_may_be_named_by_their_ids(kg: Kg, store: Path, tmp_path: Path) -> None:
    with Store.open(store) as opened:
        first, second, *_ = opened.posting_ids()
    target = tmp_path / "two.trig"
    chosen = ("--posting", first, "--posting", second)
    answer = kg("export", "--format", "trig", *chosen, "-o", target, "--store", store)
    assert (answer.code, answer.out.strip()) == (0, str(target))
    text = target.read_text(encoding="utf-8")
    assert f"/graph/{first}>" in text
    assert text.count("schema:JobPosting") == 2


def test_a_folder_is_written_once(kg: Kg, store: Path, tmp_path: Path) -> None:
    words = ("export", "--format", "parquet", "-o", tmp_path / "tables", "--store", store)
    assert kg(*words).code == 0
    assert (tmp_path / "tables" / "postings.parquet").is_file()
    again = kg(*words)
    assert again.code == 2
    assert "name a new or an empty folder" in again.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--format", "neo4j"], "-o FOLDER"),
        (["--format", "xml"], "turtle, nquads, trig, jsonld, graphml, gexf, neo4j, parquet"),
        (["--role", "Machine Learning Enginer"], "did you mean"),
        (["--employer", "Nobody at all"], "no employer"),
        (["--posting", "0"], "no posting"),
        (["--format", "gexf", "--runs"], "turtle, nquads and trig"),
    ],
    ids=str,
)
def test_wrong_usage_is_explained(kg: Kg, store: Path, words: list[str], says: str) -> None:
    answer = kg("export", *words, "--store", store)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
