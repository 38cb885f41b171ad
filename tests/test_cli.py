"""The command line as its users meet it: help, exit codes, and what it says of wrong usage."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kg.cli import app
from kg.commands.parts import PARTS, load
from kg.store import Store
from tests.command_line import ONE, ROOT, SEEDS, TWO, Kg


def commands() -> list[list[str]]:
    group: Any = typer.main.get_command(app)
    group.list_commands(None)
    found = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", None)
        found += [[name, part] for part in below] if below else [[name]]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(command: list[str], kg: Kg) -> None:
    answer = kg(*command, "--help")
    assert answer.code == 0
    said = " ".join(answer.out.split()).replace("Examples:", "Example:")
    assert "Example: kg " + " ".join(command) in said


def test_alone_it_says_what_to_do_first(kg: Kg) -> None:
    assert "kg build PATH" in kg("--help").out
    assert kg("--version").out.strip().count(".") == 2


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from kg.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'rdflib', 'networkx', 'pyvis', 'scipy', 'numpy', 'pyshacl'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["ask", "evidence-of-posting", "--posting", ONE, "--json"], b"["),
        (["ask", "evidence-of-posting", "--posting", ONE, "--csv"], b"statement"),
        (["ask", "evidence-of-posting", "--posting", ONE], b" "),
        (["compare", ONE, TWO], ONE.encode()),
        (["explain", str(SEEDS / "machine-learning-engineer-i.txt")], b""),
        (["export", "--format", "nquads"], b"<"),
        (["--help"], b""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_reader_that_leaves_early_is_no_failure(
    words: list[str], first: bytes, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    running = subprocess.Popen(
        [sys.executable, "-m", "kg", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert running.stdout
    assert running.stderr
    assert running.stdout.read(len(first)) == first
    running.stdout.close()
    said = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait() == 0, said
    assert "Traceback" not in said
    assert "Broken pipe" not in said
    assert "Exception ignored" not in said


def test_an_invalid_store_stays_invalid_when_the_reader_leaves(broken: Path) -> None:
    command = [sys.executable, "-m", "kg", "validate", "--store", str(broken)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout
        running.stdout.close()
    assert running.returncode == 1


def test_the_store_is_named_by_the_environment(
    kg: Kg, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    assert len(kg("ask", "postings", "--json").json) == 4
    named = kg("ask", "postings", "--store", tmp_path / "none")
    assert named.code == 2
    assert str(tmp_path / "none") in named.err


def test_a_store_that_is_not_there(kg: Kg, tmp_path: Path) -> None:
    answer = kg("ask", "postings", "--store", tmp_path / "none")
    assert answer.code == 2
    assert "kg build" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_store_that_is_being_written_is_written_by_nobody_else(kg: Kg, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True):
        answer = kg("build", SEEDS, "--store", tmp_path / "s")
    assert answer.code == 2
    assert "another process is using this store; try again when it is done" in answer.err
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize("command", [["ask", "postings"], ["build", str(SEEDS)], ["validate"]])
def test_a_store_of_another_format_is_named_with_a_way_on(
    command: list[str], kg: Kg, store: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(store, other)
    stamp = other / "rolegraph.json"
    stamp.write_text(stamp.read_text().replace('"format": 1', '"format": 99'))
    answer = kg(*command, "--store", other)
    assert answer.code == 2
    assert "is a store of format 99" in answer.err
    assert "build into another folder" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "skill-of-role"], "did you mean"),
        (["ask", "skills-of-role"], "role"),
        (["ask", "skills-of-role", "--role", "Machine Learning Enginer"], "did you mean"),
        (["ask", "skills-of-role", "--role"], "--role needs a value"),
        (["ask", "skills-of-role", "role"], "write --name VALUE"),
        (["ask", "skills-of-role", "--rolle", "x"], "rolle"),
        (["ask", "nosuch"], "`kg ask` lists the questions"),
        (["ask", "nosuch", "--help"], "`kg ask` lists the questions"),
        (["query", "SELECT nonsense"], "line 1, column 16: expected"),
        (["query", "SELECT ?x {\n ?x no:thing ?y }"], "line 2, column"),
        (["query", "missing.rq"], "missing.rq: no such file; name one that exists"),
        (["compare", ONE, "Machine Learning Engineer IX"], "did you mean"),
        (["export", "--format", "xml"], "turtle"),
        (["ask", "postings", "--json", "--csv"], "--json and --csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_says_what_would_work(words: list[str], said: str, kg: Kg, store: Path) -> None:
    answer = kg(*words, "--store", store)
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ["show", "graph", "-o"],
        ["export", "-o"],
        ["explain", str(SEEDS / "machine-learning-engineer-i.txt"), "--html"],
    ],
    ids=" ".join,
)
def test_a_file_that_cannot_be_written_is_named_with_a_way_on(
    words: list[str], kg: Kg, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    missing = kg(*words, tmp_path / "nowhere" / "file")
    assert missing.code == 2
    assert f"make the folder {tmp_path / 'nowhere'} first" in missing.err
    folder = kg(*words, tmp_path)
    assert folder.code == 2
    assert f"{tmp_path}: Is a directory; name a file in it" in folder.err


def test_validate_passes_on_the_seeds(kg: Kg, store: Path) -> None:
    answer = kg("validate", "--store", store)
    assert (answer.code, answer.out) == (0, "")
    assert "valid" in answer.err


@pytest.fixture
def broken(store: Path, tmp_path: Path) -> Path:
    """A store in which a posting has lost its text."""
    folder = tmp_path / "broken"
    shutil.copytree(store, folder)
    with Store.open(folder, read_only=False) as opened:
        posting = opened.posting_ids()[0]
        quads = [
            quad
            for quad in opened.quads(opened.graph_iri(posting))
            if not quad.predicate.value.endswith("#wasDerivedFrom")
        ]
        opened.replace(posting, quads)
    return folder


def test_validate_names_graph_node_shape_and_remedy(kg: Kg, broken: Path) -> None:
    answer = kg("validate", "--json", "--store", broken)
    assert answer.code == 1
    for row in answer.json:
        assert all(row[name] for name in ("graph", "node", "shape", "message", "remedy"))
    with Store.open(broken) as opened:
        assert {row["graph"] for row in answer.json} == {opened.graph_iri(opened.posting_ids()[0])}
    table = kg("validate", "--store", broken)
    assert table.code == 1
    shown = "".join(table.out.split())
    assert answer.json[0]["shape"].rsplit("#")[-1] in shown
    assert "".join(answer.json[0]["remedy"].split()[:2]) in shown


def test_remove_takes_a_posting_out_whole(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    kg("build", SEEDS, "--store", folder)
    ids = [row["id"] for row in kg("ask", "postings", "--json", "--store", folder).json]
    assert kg("remove", ids[0], "--store", folder).code == 0
    left = kg("export", "--format", "nquads", "--store", folder)
    assert len(kg("ask", "postings", "--json", "--store", folder).json) == 3
    assert ids[0] not in left.out
    assert ids[1] in left.out
    again = kg("remove", ids[0], "--store", folder)
    assert again.code == 2
    assert "no posting" in again.err


def test_each_command_is_where_the_table_says() -> None:
    for module, names in (
        (module, names) for part in PARTS.values() for module, names in part.items()
    ):
        assert tuple(load(module)) == names


def test_a_query_imports_no_other_command_and_nothing_heavy(store: Path) -> None:
    code = (
        "import sys; from kg.cli import main\n"
        f"try: main(['query', 'ASK {{}}', '--store', {str(store)!r}])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'rdflib', 'networkx', 'pyvis', 'scipy', 'numpy', 'pyshacl',\n"
        "         'kg.questions', 'nlp.types', 'ontology.vocabulary'}\n"
        "from kg.commands.parts import MODULES\n"
        "parts = {f'kg.commands.{name}' for name in MODULES.values()}\n"
        "print(sorted((heavy | parts) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.splitlines()[-1] == "['kg.commands.asking']"
