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
