"""Readers: which files are postings, how they are found, and what is said of the others."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from nlp.readers import SetAside, find_sources, read_postings
from nlp.readers.recognition import ENOUGH, weigh
from nlp.types import Posting

ROOT = Path(__file__).parent.parent
EXPORT = ROOT.parent / "shared" / "data" / "postings" / "glassdoor_open.csv"

POSTINGS = {
    "prose": "We are looking for a chef with at least 5 years of experience in a busy kitchen.",
    "warehouse": "Location: Gary, IN\n$19.50 per hour\nForklift licence required\nApply now",
    "headings": "Nurse\nResponsibilities:\nCare\nQualifications:\nRN with 2 years experience",
    "terse": "Python developer\nMust have: SQL, knowledge of Git\nFull-time, competitive salary",
}
OTHERS = {
    "article": "The role of the team in modern work has been studied at length by many groups. "
    * 9,
    "error page": "404 Not found. The page that you are looking for does not exist. Go home.",
    "recipe": "Chop the onions. Heat the oil. Add the garlic and cook for ten minutes. " * 5,
    "licence": (ROOT / "LICENSE").read_text(encoding="utf-8"),
    "code": Path(__file__).read_text(encoding="utf-8").split("POSTINGS")[0],
}


@pytest.mark.parametrize("name", POSTINGS)
def test_what_seeks_staff_is_a_posting(name: str) -> None:
    assert weigh(POSTINGS[name]) >= ENOUGH


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_speaks_of_work_is_none(name: str) -> None:
    assert weigh(OTHERS[name]) < ENOUGH


def test_nearly_every_posting_of_an_export_is_recognised() -> None:
    if not EXPORT.exists():
        pytest.skip("the board's export is not on this machine")
    csv.field_size_limit(sys.maxsize)
    with EXPORT.open(encoding="utf-8", newline="") as file:
        texts = {row["Job Description"] for row in csv.DictReader(file)}
    missed = [text for text in texts if weigh(text) < ENOUGH]
    assert len(missed) <= len(texts) // 100


def read(path: Path) -> list[Posting | SetAside]:
    return list(read_postings([path], lambda _: False))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "Chef de partie\n" + "We are looking for a chef with 5 years of experience. " * 3
    file.write_bytes(text.encode(encoding))
    (posting,) = read(file)
    assert isinstance(posting, Posting)
    assert posting.text == text


def test_sources_are_sorted_and_known_by_their_place_in_the_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden", ".git/config"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    names = [s.name for s in find_sources([tmp_path]) if not isinstance(s, SetAside)]
    assert names == ["a/c.txt", "b.txt"]
    by_pattern = [
        s.name for s in find_sources([str(tmp_path / "*.txt")]) if not isinstance(s, SetAside)
    ]
    assert by_pattern == ["b.txt"]


def test_the_same_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert len(list(find_sources([tmp_path, tmp_path / "a.txt", tmp_path]))) == 1


def test_the_id_is_made_of_name_and_text() -> None:
    a = Posting("x/one.txt", "text", "0")
    assert a.id == Posting("y/one.txt", "text", "1").id
    assert len({a.id, Posting("two.txt", "text", "0").id, Posting("one.txt", "other", "0").id}) == 3
    assert len(a.id) == 20
