"""The command line as its users meet it: output, exit codes, and what it says of bad input."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kg.cli import app, main

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
ONE, TWO = "Machine Learning Engineer I", "Machine Learning Engineer II"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kg = Callable[..., Answer]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Kg:
    def run(*words: str | Path) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        code = stopped.value.code
        return Answer(code if isinstance(code, int) else 1, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the seeds, for reading."""
    folder = tmp_path_factory.mktemp("stores") / "seeds"
    with pytest.raises(SystemExit) as stopped:
        main(["build", str(SEEDS), "--store", str(folder)])
    assert stopped.value.code == 0
    return folder


def commands() -> list[list[str]]:
    group: Any = typer.main.get_command(app)
    found = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", None)
        found += [[name, part] for part in below] if below else [[name]]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(command: list[str], kg: Kg) -> None:
    answer = kg(*command, "--help")
    assert answer.code == 0
    assert "Example: kg " + " ".join(command) in " ".join(answer.out.split())


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


def test_build_counts_and_names_what_was_set_aside(kg: Kg, tmp_path: Path) -> None:
    first = kg("build", SEEDS, "--store", tmp_path / "s")
    assert first.code == 0
    assert "4 added, 0 replaced, 0 unchanged, 0 removed, 2 set aside" in first.out
    assert "4 postings" in first.out
    assert "set aside: README.md: documentation of the folder, not a posting" in first.err
    again = kg("build", SEEDS, "--store", tmp_path / "s", "--json")
    assert again.json["added"] == again.json["replaced"] == 0
    assert again.json["unchanged"] == again.json["postings"] == 4


def test_building_twice_or_in_another_order_gives_the_same_bytes(kg: Kg, tmp_path: Path) -> None:
    files = sorted(SEEDS.glob("*.txt"))
    orders = {"a": [SEEDS], "b": files, "c": files[::-1]}
    written = {}
    for name, paths in orders.items():
        for _ in range(2):
            assert kg("build", *paths, "--store", tmp_path / name).code == 0
        target = tmp_path / f"{name}.nq"
        assert (
            kg("export", "--format", "nquads", "-o", target, "--store", tmp_path / name).code == 0
        )
        written[name] = target.read_bytes()
    assert written["a"] == written["b"] == written["c"] != b""


BAD = {
    "missing.txt": (None, "no such file or folder"),
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\t ", "the file is empty"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file, not text"),
    "latin.txt": ("Stellenbörse für Entwickler".encode("latin-1"), "not UTF-8: byte 0xf6"),
    "note.txt": (b"Buy milk and bread.", "no posting: only 4 words"),
    "article.txt": (
        b"The cat sat on the mat and " * 20,
        "no posting: nothing in it speaks of a job",
    ),
    "data.json": (b'{"jobs": [1, 2, 3]}', "JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_its_reason_and_the_rest_is_built(
    name: str, kg: Kg, tmp_path: Path
) -> None:
    data, reason = BAD[name]
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    answer = kg("build", bad, SEEDS / "machine-learning-engineer-i.txt", "--store", tmp_path / "s")
    assert answer.code == 0
    assert "1 added" in answer.out
    assert "1 set aside" in answer.out
    assert name in answer.err
    assert reason in answer.err


@pytest.mark.parametrize("command", ["build", "extract"])
def test_when_nothing_can_be_read_the_exit_code_is_2(command: str, kg: Kg, tmp_path: Path) -> None:
    words = ["--store", tmp_path / "s"] if command == "build" else []
    answer = kg(command, tmp_path / "nowhere", *words)
    assert answer.code == 2
    assert "no such file or folder" in answer.err
    assert "nothing could be read" in answer.err


def test_an_empty_folder_is_named(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = kg("build", tmp_path / "empty", "--store", tmp_path / "s")
    assert answer.code == 2
    assert "the folder holds no files" in answer.err


def test_a_store_that_is_not_there(kg: Kg, tmp_path: Path) -> None:
    answer = kg("ask", "postings", "--store", tmp_path / "none")
    assert answer.code == 2
    assert "kg build" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_store_below_a_file_cannot_be_written(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    answer = kg("build", SEEDS, "--store", tmp_path / "file" / "s")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def test_extract_prints_one_object_a_posting(kg: Kg) -> None:
    answer = kg("extract", SEEDS, "--json")
    records = [json.loads(line) for line in answer.out.splitlines()]
    assert [record["level"] for record in records] == ["I", "II", *["University Graduate"] * 2]
    for record in records:
        for requirement in record["requirements"]:
            assert requirement["evidence"]["text"]
            assert requirement["rule"]
            assert requirement["section"]


def test_extract_as_a_table_shows_value_and_words(kg: Kg) -> None:
    out = kg("extract", SEEDS / "machine-learning-engineer-i.txt").out
    assert "168237.50 - 222695.00 USD YEAR" in out
    assert "skill, required" in out


def test_explain_marks_the_text(kg: Kg) -> None:
    answer = kg("explain", SEEDS / "machine-learning-engineer-ii.txt")
    assert "(7) «Spark» and «Git»;" in answer.out
    assert "── skills: Special Skill Requirements ──" in answer.out
    rows = kg("explain", SEEDS / "machine-learning-engineer-ii.txt", "--json").json
    spark = next(row for row in rows if row["text"] == "Spark")
    assert (spark["kind"], spark["necessity"], spark["section"]) == ("skill", "required", "skills")
    assert spark["rule"] == "skill:concept"


def test_explain_page_escapes_what_the_posting_says(kg: Kg, tmp_path: Path) -> None:
    posting = tmp_path / "posting.txt"
    evil = (
        "Data Engineer II <img src=x onerror=alert(1)>\nRequirements:\n• SQL \"and\" 'more' </pre>"
    )
    posting.write_text(evil + "\n• experience with skills, the job, the role" * 4)
    page = tmp_path / "page.html"
    assert kg("explain", posting, "--html", page).code == 0
    html = page.read_text()
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "http" not in html.replace("https://rolegraph.example", "")


def test_ask_lists_and_answers(kg: Kg, store: Path) -> None:
    assert len(kg("ask", "--json", "--store", store).json) >= 10
    asked = ["skills-of-role", "--role", TWO, "--necessity", "required"]
    rows = kg("ask", *asked, "--json", "--store", store)
    assert {"Java", "SQL", "AWS"} < {row["skill"] for row in rows.json}
    table = kg("ask", "postings", "--csv", "--store", store)
    assert len(list(csv.DictReader(io.StringIO(table.out)))) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "skill-of-role"], "did you mean"),
        (["ask", "skills-of-role"], "role"),
        (["ask", "skills-of-role", "--role", "Machine Learning Enginer"], "did you mean"),
        (["ask", "skills-of-role", "--role"], "--role needs a value"),
        (["ask", "skills-of-role", "role"], "write --name VALUE"),
        (["ask", "skills-of-role", "--rolle", "x"], "rolle"),
        (["query", "SELECT nonsense"], "kg: "),
        (["query", "missing.rq"], "missing.rq"),
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


def test_query(kg: Kg, store: Path, tmp_path: Path) -> None:
    sparql = "SELECT ?t { ?p a schema:JobPosting; schema:title ?t } ORDER BY ?t"
    assert kg("query", sparql, "--json", "--store", store).json[0] == {"t": ONE}
    file = tmp_path / "q.rq"
    file.write_text(sparql)
    assert ONE in kg("query", file, "--store", store).out
    short = kg("query", "SELECT ?p { ?p rg:requiresSkill skill:hdfs }", "--json", "--store", store)
    assert len(short.json) == 1


def test_compare(kg: Kg, store: Path) -> None:
    found = kg("compare", ONE, TWO, "--json", "--store", store).json
    assert found["pay"]["difference"] == {"min": "28140.85", "max": "44577.00"}
    assert found["enough"] is False
    assert "One posting on each side" in found["caution"]
    out = " ".join(kg("compare", ONE, TWO, "--store", store).out.split())
    for words in (f"Only {ONE} requires", "Both require", f"Only {TWO} requires", "+28,140.85"):
        assert words in out
    assert "side" in kg("compare", ONE, TWO, "--csv", "--store", store).out.splitlines()[0]


def test_validate_passes_on_the_seeds(kg: Kg, store: Path) -> None:
    answer = kg("validate", "--store", store)
    assert (answer.code, answer.out) == (0, "")
    assert "valid" in answer.err


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
