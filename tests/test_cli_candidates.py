"""`kg gap` and `kg match` on the seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import Kg

RESUME = """Ada Example, ada@mail.example

Experience
Data Analyst, Acme Corp, 2019 - 2024
Spark, Python and SQL; recommender systems

Education
Master of Science in Computer Science, 2018
"""
ROLE = "Machine Learning Engineer"


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "ada.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


def test_the_gap_to_a_level(kg: Kg, store: Path, resume: Path) -> None:
    answer = kg("gap", resume, "--role", ROLE, "--level", "I", "--store", store, "--json")
    assert answer.code == 0
    found = answer.json
    assert (found["group"], found["postings"], found["years"]) == (f"{ROLE} I", 1, 5.0)
    by_label = {row["label"]: row["status"] for row in found["rows"]}
    assert by_label["Spark"] == by_label["Recommender Systems"] == "has"
    assert by_label["Data Mining"] == "lacks"
    assert by_label["Master's degree"] == "has"
    assert found["caution"].startswith("1 posting of Machine Learning Engineer I")


def test_the_gap_as_a_table(kg: Kg, store: Path, resume: Path) -> None:
    answer = kg("gap", resume, "-r", ROLE, "-l", "II", "--store", store)
    assert answer.code == 0
    for said in ("5 years of work", "Lacks (", "To learn, in this order", "«Spark»"):
        assert said in answer.out


def test_matches(kg: Kg, store: Path, resume: Path) -> None:
    found = kg("match", resume, "--store", store, "--json").json
    assert len(found) == 4
    assert found[0]["share"] >= found[-1]["share"]
    assert "Spark" in found[0]["has"]
    table = kg("match", resume, "--store", store, "--among", f"{ROLE} I")
    assert "Postings that fit (1 of 1)" in table.out
    csv = kg("match", resume, "--store", store, "--csv", "--limit", "2")
    assert len(csv.out.strip().splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "Astronaut"), "no group"),
        (("--role", ROLE, "--level", "IX"), "no group"),
    ],
)
def test_an_unknown_role_is_named(
    kg: Kg, store: Path, resume: Path, words: tuple[str, ...], said: str
) -> None:
    answer = kg("gap", resume, *words, "--store", store)
    assert answer.code == 2
    assert said in answer.err


def test_no_resume_is_bad_input(kg: Kg, store: Path, tmp_path: Path) -> None:
    answer = kg("gap", tmp_path / "none.pdf", "--role", ROLE, "--store", store)
    assert answer.code == 2
    assert "none.pdf: cannot be read" in answer.err


def test_a_resume_leaves_no_trace_in_the_store(kg: Kg, store: Path, resume: Path) -> None:
    def state() -> str:
        return kg("export", "--format", "nquads", "--store", store).out

    before = state()
    kg("gap", resume, "--role", ROLE, "--store", store)
    kg("match", resume, "--store", store)
    assert state() == before
    for file in store.rglob("*"):
        assert not file.is_file() or b"Ada Example" not in file.read_bytes(), file
