"""The built wheel, installed into an empty environment, works from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = {
    "kg/queries/skills-of-role.rq",
    "kg/views/templates/graph.html",
    "kg/views/pages/graph.css",
    "kg/views/pages/graph.js",
    "kg/views/pages/graph_motion.js",
    "nlp/patterns/headings.tsv",
    "ontology/context.jsonld",
    "ontology/frame.jsonld",
    "ontology/rolegraph.ttl",
    "ontology/shapes.ttl",
    "ontology/roles.ttl",
    "ontology/skills/machine-learning.ttl",
    "ontology/py.typed",
    "nlp/py.typed",
    "kg/py.typed",
}


def run(*words: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "KG_STORE")}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("rolegraph-*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names > DATA
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"kg", "nlp", "ontology"}
    committed = {
        str(path.relative_to(ROOT))
        for top in tops
        for path in (ROOT / top).rglob("*")
        if path.is_file() and path.suffix in {".py", ".ttl", ".tsv", ".rq", ".html", ".css", ".js"}
    }
    assert committed <= names


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    kg = tmp_path / "env" / "bin" / "kg"
    constraints = ROOT / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "-c", constraints, wheel, cwd=tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    assert "compare" in run(kg, "--help", cwd=work)
    run(kg, "build", ROOT / "seeds", cwd=work)
    said = run(
        kg, "compare", "Machine Learning Engineer I", "Machine Learning Engineer II", cwd=work
    )
    assert "+28,140.85" in said
    run(kg, "show", "graph", "-o", "graph.html", cwd=work)
    assert sorted(path.name for path in work.iterdir()) == ["graph.html", "kg-store"]
