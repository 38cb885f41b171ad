"""The reference says what the sources say today."""

from __future__ import annotations

import re

import pytest

from kg import KnowledgeGraph
from kg.questions import questions
from tests import reference
from tests.test_cli import commands


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_is_made_of_the_sources(name: str) -> None:
    stored = (reference.FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert stored == reference.PAGES[name](), "make reference"


def test_every_command_question_and_method_stands_in_it() -> None:
    pages = {name: make() for name, make in reference.PAGES.items()}
    heads = {name: re.findall(r"^##+ (.*)$", page, re.MULTILINE) for name, page in pages.items()}
    assert {f"kg {' '.join(words)}" for words in commands()} <= set(heads["commands"])
    assert heads["questions"] == list(questions())
    for name in ("build", "open", "ask", "compare", "to_networkx", "export", "ladder", "central"):
        assert hasattr(KnowledgeGraph, name)
        assert f"KnowledgeGraph.{name}" in heads["python"]
    assert "rg:requiresSkill" in heads["ontology"]


def test_no_table_is_broken() -> None:
    for make in reference.PAGES.values():
        for block in re.findall(r"(?:^\|.*\n)+", make(), re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1, block[:200]
