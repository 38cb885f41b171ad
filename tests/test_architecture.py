"""The house: imports run one way, nothing heavy or networked happens at import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ["ontology", "nlp", "kg"]
MODULES = sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))
TEXTS = sorted(
    path
    for path in ROOT.rglob("*")
    if path.suffix in {".py", ".md", ".toml", ".ttl", ".tsv", ".rq", ".html", ".js", ".css"}
    and not any(part.startswith(".") or part == "demo" for part in path.relative_to(ROOT).parts)
)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    place = ORDER.index(path.relative_to(ROOT).parts[0])
    above = ORDER[place + 1 :]
    for name in imports(path):
        assert name.split(".")[0] not in above, f"{path.name} imports {name}"


def test_analysis_never_sees_the_store() -> None:
    for path in (ROOT / "kg" / "analysis").rglob("*.py"):
        seen = {"kg.store", "kg.build", "kg.cli"} & set(imports(path))
        assert not seen, f"{path.relative_to(ROOT)} imports {', '.join(sorted(seen))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_holds_one_noun(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, "split it along its meaning"


def test_the_repository_names_no_registry_and_no_machine() -> None:
    for path in [*TEXTS, ROOT / "constraints.txt", ROOT / "Makefile", ROOT / ".ci" / "run"]:
        if path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8")
        for word in ("pypi.org", "pythonhosted", "registry.npmjs", "deb.debian", "/work/"):
            assert word not in text, f"{path.relative_to(ROOT)} names {word}"


def test_extraction_opens_no_connection() -> None:
    code = (
        "import socket\n"
        "def refuse(*_, **__): raise AssertionError('a connection')\n"
        "socket.socket.connect = refuse\n"
        "from kg import KnowledgeGraph\n"
        "graph = KnowledgeGraph.build('seeds')\n"
        "graph.compare('Machine Learning Engineer I', 'Machine Learning Engineer II')\n"
        "print(len(graph))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "4"
