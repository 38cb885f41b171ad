"""build, extract and explain: what is read, what is set aside, what is shown of it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Final

import pytest

from nlp.repair import replay
from nlp.types import Edit
from tests.command_line import SEEDS, Kg


def test_build_counts_and_names_what_was_set_aside(kg: Kg, tmp_path: Path) -> None:
    first = kg("build", SEEDS, "--store", tmp_path / "s")
    assert first.code == 0
    assert "4 added, 0 unchanged, 2 set aside, in " in first.out
    assert re.search(r"\(\d+\.\d postings per second\)", first.out)
    assert "4 postings" in first.out
    assert "set aside: README.md: documentation of the folder, not a posting" in first.err
    again = kg("build", SEEDS, "--store", tmp_path / "s", "--json")
    assert again.json["added"] == again.json["replaced"] == 0
    assert again.json["unchanged"] == again.json["postings"] == 4


@pytest.mark.slow
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


BAD: Final = {
    "missing.txt": (None, "no such file or folder"),
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\t ", "the file is empty"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image, not text"),
    "latin.txt": ("Stellenbörse für Entwickler".encode("latin-1"), "no posting: only 3 words"),
    "note.txt": (b"Buy milk and bread.", "no posting: only 4 words"),
    "article.txt": (
        b"The cat sat on the mat and " * 20,
        "no posting: 0 of the 3 signs",
    ),
    "data.json": (b'{"jobs": [1, 2, 3]}', "JSON"),
}


@pytest.mark.usefixtures("few_skills")
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


@pytest.mark.usefixtures("few_skills")
@pytest.mark.parametrize("command", ["build", "extract"])
def test_when_nothing_can_be_read_the_exit_code_is_2(command: str, kg: Kg, tmp_path: Path) -> None:
    words = ["--store", tmp_path / "s"] if command == "build" else []
    answer = kg(command, tmp_path / "nowhere", *words)
    assert answer.code == 2
    assert "no such file or folder" in answer.err
    assert "nothing could be read" in answer.err


@pytest.mark.usefixtures("few_skills")
@pytest.mark.parametrize("there", [False, True])
def test_where_nothing_can_be_read_no_store_is_left(there: bool, kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    if there:
        folder.mkdir()
    assert kg("build", tmp_path / "nowhere", "--store", folder, "--json").json["store"] is None
    assert folder.exists() == there
    assert not list(tmp_path.rglob("rolegraph.json"))
    assert "kg build" in kg("ask", "postings", "--store", folder).err


@pytest.mark.usefixtures("few_skills")
def test_where_nothing_more_can_be_read_the_store_stays(kg: Kg, tmp_path: Path) -> None:
    kg("build", SEEDS, "--store", tmp_path / "s")
    assert kg("build", tmp_path / "nowhere", "--store", tmp_path / "s").code == 2
    assert len(kg("ask", "postings", "--json", "--store", tmp_path / "s").json) == 4


@pytest.mark.usefixtures("few_skills")
def test_an_empty_folder_is_named(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = kg("build", tmp_path / "empty", "--store", tmp_path / "s")
    assert answer.code == 2
    assert "the folder holds no files" in answer.err


def test_a_store_below_a_file_cannot_be_written(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    answer = kg("build", SEEDS, "--store", tmp_path / "file" / "s")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


ASKED: Final = "Requirements: 3 years of Python. Salary: $100,000 a year. Apply now for this job.\n"
"""A line by which a text is known for a posting."""
KEYS: Final = set(
    "id source title role level specialisation employer employment_type work_modes locations "
    "applicant_location salary date_posted valid_through graduation_window reference requirements "
    "candidates flags related_postings".split()
)
"""The keys of the contract of `kg extract --json`; further ones may stand beside them."""
REQUIREMENT_KEYS: Final = set(
    "kind label concept necessity min_years max_years fields alternative section rule "
    "evidence".split()
)


def test_extract_prints_one_object_a_posting_with_all_its_keys(kg: Kg) -> None:
    records = [json.loads(line) for line in kg("extract", SEEDS, "--json").out.splitlines()]
    assert [record["level"] for record in records] == ["I", "II", *["University Graduate"] * 2]
    for record in records:
        assert record.keys() >= KEYS
        assert {tuple(place) for place in record["locations"]} <= {
            ("city", "region", "country", "remote")
        }
        assert not record["salary"] or set(record["salary"]) == {"min", "max", "currency", "period"}
        for requirement in record["requirements"]:
            assert requirement.keys() >= REQUIREMENT_KEYS
            assert set(requirement["evidence"]) == {"start", "end", "text"}
            assert requirement["evidence"]["text"]
            assert requirement["rule"]
            assert requirement["section"]
        for candidate in record["candidates"]:
            assert candidate.keys() >= {"label", "necessity", "section", "rule", "evidence"}
    assert any(record["candidates"] or record["related_postings"] for record in records)


def test_extract_as_a_table_shows_value_and_words(kg: Kg) -> None:
    out = kg("extract", SEEDS / "machine-learning-engineer-i.txt").out
    assert "168237.50 - 222695.00 USD YEAR" in out
    assert "skill, required" in out


def test_explain_marks_the_text(kg: Kg) -> None:
    posting = SEEDS / "machine-learning-engineer-ii.txt"
    answer = kg("explain", posting)
    assert "(7) «Spark» and «Git»;" in answer.out
    assert "── skills: Special Skill Requirements ──" in answer.out
    rows = kg("explain", posting, "--json").json["mentions"]
    spark = next(row for row in rows if row["text"] == "Spark")
    assert (spark["kind"], spark["necessity"], spark["section"]) == ("skill", "required", "skills")
    assert spark["rule"] == "skill:concept"
    table = kg("explain", posting, "--csv").out.splitlines()
    assert table[0] == "start,end,text,kind,value,necessity,section,rule,choice"
    assert len(table) == len(rows) + 1


def test_explain_shows_what_was_repaired(kg: Kg) -> None:
    posting = SEEDS / "university-graduate-no-title.txt"
    shown = " ".join(kg("explain", posting).out.split())
    assert "What was repaired" in shown
    assert 'repair:apostrophe "youll" "you\'ll"' in shown
    edits = kg("explain", posting, "--json").json["edits"]
    stored = replay(
        posting.read_text(encoding="utf-8"),
        [Edit(one["rule"], one["start"], one["before"], one["after"]) for one in edits],
    )
    assert "you'll" in stored
    assert "Hadoop/Spark" in stored


def test_explain_says_of_a_whole_text_that_nothing_was_repaired(kg: Kg, tmp_path: Path) -> None:
    posting = tmp_path / "whole.txt"
    posting.write_text(f"Data Engineer II\n{ASKED * 4}")
    assert "repaired" not in kg("explain", posting).out
    assert kg("explain", posting, "--json").json["edits"] == []
    assert kg("explain", posting, "--html", tmp_path / "page.html").code == 0
    assert "repaired" not in (tmp_path / "page.html").read_text()


def test_the_page_names_all_that_was_taken_from_the_same_words(kg: Kg, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    kg("explain", SEEDS / "machine-learning-engineer-i.txt", "--html", page)
    html = page.read_text(encoding="utf-8")
    assert "Machine Learning Engineer I<small>level, role, title</small>" in html
    assert "Remote, CA, US<small>places, work modes</small>" in html
    kg("explain", SEEDS / "university-graduate-no-title.txt", "--html", page)
    assert "<td>&#34;youll&#34;</td><td>&#34;you&#39;ll&#34;</td>" in page.read_text()


def test_explain_page_escapes_what_the_posting_says(kg: Kg, tmp_path: Path) -> None:
    posting = tmp_path / "posting.txt"
    evil = (
        "Data Engineer II <img src=x onerror=alert(1)>\nRequirements:\n• SQL \"and\" 'more' </pre>"
    )
    posting.write_text(f"{evil}\n{ASKED * 4}")
    page = tmp_path / "page.html"
    assert kg("explain", posting, "--html", page).code == 0
    html = page.read_text()
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)" in html
    own = html.replace("https://rolegraph.example", "").replace("http-equiv", "")
    assert "http" not in own


def test_the_page_escapes_what_was_repaired(kg: Kg, tmp_path: Path) -> None:
    posting = tmp_path / "posting.txt"
    marked = "<div><p>Data Engineer II</p><img src=x onerror=alert(1)></div>"
    posting.write_text(f"{marked}\n<p>{ASKED * 4}</p>")
    assert kg("explain", posting, "--html", tmp_path / "page.html").code == 0
    html = (tmp_path / "page.html").read_text()
    assert "repair:html" in html
    assert "<img" not in html


def zipped_seeds(folder: Path) -> Path:
    path = folder / "seeds.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in sorted(SEEDS.glob("*.txt"))[:2]:
            archive.write(seed, seed.name)
        archive.writestr("note.txt", "Buy milk.")
    return path


@pytest.mark.usefixtures("few_skills")
def test_a_zip_is_built_whole_and_again_changes_nothing(kg: Kg, tmp_path: Path) -> None:
    path = zipped_seeds(tmp_path)
    first = kg("build", path, "--store", tmp_path / "store")
    assert "2 added, 0 unchanged, 1 set aside" in first.out
    assert "set aside: seeds.zip/note.txt: no posting: only 2 words" in first.err
    assert "0 added, 2 unchanged" in kg("build", path, "--store", tmp_path / "store").out


@pytest.mark.usefixtures("few_skills")
def test_explain_takes_one_of_several(kg: Kg, tmp_path: Path) -> None:
    path = zipped_seeds(tmp_path)
    names = [f"seeds.zip/{seed.name}" for seed in sorted(SEEDS.glob("*.txt"))[:2]]
    answer = kg("explain", path)
    assert answer.code == 2
    assert f"several postings; explain takes one: --part {names[0]} or --part" in answer.err
    assert kg("explain", path, "--part", names[1], "--json").json["source"] == names[1]
    assert "no posting with the part 'x'" in kg("explain", path, "--part", "x").err


@pytest.mark.parametrize("command", ["build", "extract", "explain"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "tex"), "no format is called 'tex'; there are"),
        (("--map", "tilte=Job"), "write FIELD=COLUMN; the fields are body, title"),
        (("--map", "title"), "write FIELD=COLUMN"),
        (("--map", "title="), "write FIELD=COLUMN"),
    ],
)
def test_what_cannot_be_read_so_is_said_before_anything_is_read(
    command: str, words: tuple[str, ...], said: str, kg: Kg, tmp_path: Path
) -> None:
    answer = kg(command, SEEDS / "machine-learning-engineer-i.txt", *words)
    assert answer.code == 2
    assert said in " ".join(answer.err.replace("│", " ").split())
    assert not (tmp_path / "kg-store").exists()


@pytest.mark.usefixtures("few_skills")
def test_contacts_are_masked_unless_they_are_to_be_kept(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    seed = (SEEDS / "machine-learning-engineer-i.txt").read_text(encoding="utf-8")
    path.write_text(f"{seed}\n\nWrite to jane.miller@acme.example.\n", encoding="utf-8")
    page = tmp_path / "page.html"
    assert kg("explain", path, "--html", page).code == 0
    assert "acme.example" not in page.read_text(encoding="utf-8")
    assert kg("explain", path, "--html", page, "--keep-contacts").code == 0
    assert "jane.miller@acme.example" in page.read_text(encoding="utf-8")
