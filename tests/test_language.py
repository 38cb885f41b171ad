"""A posting that is not English is set aside with the name of its language, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.extract import Extractor
from nlp.readers.compose import File, compose
from nlp.readers.language import languages, other_language
from nlp.readers.raw import RawPosting, ReadingOptions
from nlp.readers.sources import SetAside
from nlp.types import Posting

CASES = json.loads((Path(__file__).parent / "languages.json").read_text(encoding="utf-8"))
FOREIGN = [case for case in CASES if case["aside"]]
ENGLISH = [case for case in CASES if not case["aside"]]


def never_a_name(word: str) -> bool:
    return word == ""


def composed(text: str) -> Posting | SetAside:
    file = File("/a.txt", "a.txt", "")
    return compose(RawPosting(text), file, never_a_name, ReadingOptions())


def name(case: dict[str, Any]) -> str:
    return str(case["label"])


@pytest.mark.parametrize("case", FOREIGN, ids=name)
def test_a_posting_in_another_language_is_set_aside_by_name(case: dict[str, Any]) -> None:
    aside = composed(case["text"])
    assert isinstance(aside, SetAside)
    assert aside.reason.startswith(f"not English: {case['aside']}")


@pytest.mark.parametrize("case", ENGLISH, ids=name)
def test_an_english_posting_is_read(case: dict[str, Any]) -> None:
    posting = composed(case["text"])
    assert isinstance(posting, Posting)
    other = other_language(posting.text)
    assert (other and f"partly-{other.lower()}") == case["flag"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Data Engineer",
        "Softwareentwickler (m/w/d), Berlin",
        "データエンジニア",
        "Python, SQL, Spark",
    ],
)
def test_a_title_alone_has_no_language(text: str) -> None:
    assert languages(text).name is None


def test_the_flag_names_the_language() -> None:
    text = next(case["text"] for case in ENGLISH if case["flag"] == "partly-german")
    assert "partly-german" in Extractor()(Posting("a.txt", text, "")).flags
