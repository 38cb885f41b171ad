"""The README says what is so: its Python runs, its output is the real one, its commands exist."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kg import KnowledgeGraph
from kg.cli import app
from ontology import load
from tests.bench.scores import table
from tests.command_line import Kg

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SPARQL = re.findall(r"```sparql\n(.*?)```", README, re.DOTALL)
OUTPUT = re.findall(r"<!-- output: (.*?) -->\n```\n(.*?)```", README, re.DOTALL)
COMMANDS = re.findall(r"^kg (.*?)(?: +#.*)?$", README, re.MULTILINE)

LINKS = re.findall(r"\]\(([^)\s]+)\)", README)
HEADS = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", README, flags=re.DOTALL), re.MULTILINE)


@pytest.mark.parametrize("block", PYTHON)
def test_python_blocks_run(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 # the README's own lines


@pytest.mark.parametrize("query", SPARQL)
def test_sparql_can_be_pasted(query: str, store: Path) -> None:
    with KnowledgeGraph.open(store) as graph:
        assert graph.query(query).rows, "the seeds answer it"


@pytest.mark.parametrize(("command", "printed"), OUTPUT)
def test_output_is_the_real_one(command: str, printed: str, kg: Kg, store: Path) -> None:
    answer = kg(*shlex.split(command)[1:], "--store", store)
    assert [line.rstrip() for line in answer.out.splitlines()] == printed.splitlines()


def test_commands_exist_and_all_are_named() -> None:
    group: Any = typer.main.get_command(app)
    group.list_commands(None)
    named = {command.split()[0] for command in COMMANDS if command.split()}
    assert named == set(group.commands)


def test_the_scores_are_those_that_were_measured() -> None:
    measured = json.loads((ROOT / "tests/bench/results/scores.json").read_text(encoding="utf-8"))
    assert table(measured["measures"]) in README


def test_the_number_of_skills_is_the_real_one() -> None:
    assert f"has {len(load().scheme('skills'))} skill concepts" in README


def test_the_first_screen_has_the_two_commands() -> None:
    first = README[:600]
    assert "make demo" in first
    assert "make test" in first


def test_what_is_linked_is_there() -> None:
    anchors = {re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in HEADS}
    inside = [link for link in LINKS if not link.startswith("https://")]
    assert len(inside) > 10
    for link in inside:
        if link.startswith("#"):
            assert link[1:] in anchors, link
        else:
            assert (ROOT / link).exists(), link


def test_the_pictures_stand_near_the_top_with_their_words() -> None:
    pictures = re.findall(r"!\[(.+?)\]\((notebooks/pictures/.+?\.png)\)", README[:2000])
    assert len(pictures) == 2
    assert all(len(words) > 40 for words, _ in pictures)


def test_other_tools_are_cited_with_a_date() -> None:
    start = README.index("## Against other tools")
    section = README[start : README.index("## How to")]
    assert re.search(r"read on \d+ \w+ 20\d\d", section)
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 9
    for row in rows:
        assert row.startswith("| Rolegraph") or "](https://" in row, row


def test_its_notebooks_and_reference_are_all_named() -> None:
    for folder, kind in (("notebooks", "ipynb"), ("kg/reference", "md")):
        for file in (ROOT / folder).glob(f"*.{kind}"):
            assert f"({folder}/{file.name})" in README
