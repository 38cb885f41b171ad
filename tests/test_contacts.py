"""Contacts: what is masked and what is not; a mask moves nothing and is put on once."""

from __future__ import annotations

import csv
import json
import re
import time
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.contacts import MASK, ContactKind, mask
from nlp.extract import Extractor
from nlp.repair import repair
from nlp.sections import split_sections
from nlp.types import Facts, Posting
from tests.shared_data import DATA, needs_data

CASES: Final = json.loads((Path(__file__).parent / "contacts.json").read_text(encoding="utf-8"))
"""Lists of (kind, text, why): what is between « and » is to be masked; no kind, nothing is.

The second list was written after the rules; some of it then changed them, and the last of it
restates what they missed in real postings.
"""
ALL: Final = [case for rows in CASES.values() for case in rows]
MARKED: Final = re.compile("«(.*?)»", re.DOTALL)
EXPORT: Final = DATA / "postings" / "glassdoor_open.csv"


def plain(marked: str) -> str:
    return marked.replace("«", "").replace("»", "")


def masked(marked: str) -> str:
    return MARKED.sub(lambda match: re.sub(r"[^\n]", MASK, match[1]), marked)


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case[0] or 'none'}: {case[1][:50]}")
def test_contacts_are_masked_and_nothing_else(case: list[str]) -> None:
    kind, marked, *_ = case
    text, found = mask(plain(marked))
    assert text == masked(marked)
    assert not kind or ContactKind(kind) in {one.kind for one in found}


def test_the_cases_are_as_many_of_either_sort() -> None:
    found = [case for case in ALL if case[0]]
    assert len(found) >= 60
    assert len(ALL) - len(found) >= 60


def test_kinds_and_spans_are_told_but_no_words() -> None:
    text, found = mask("Recruiter: Jane Doe\njane@acme.com, 555-010-0199")
    assert text == f"Recruiter: {MASK * 8}\n{MASK * 13}, {MASK * 12}"
    assert [tuple(one) for one in found] == [
        ("name", 11, 19),
        ("email", 20, 33),
        ("phone", 35, 47),
    ]


def test_a_text_without_contacts_is_the_same_object() -> None:
    text = "We need five years of Python, 24/7."
    assert mask(text) == (text, ())
    assert mask(text)[0] is text


PIECES: Final = st.sampled_from(
    """jane@acme.com|jane.doe|acme.com| at | dot |(at)|[dot]|@|.| |\n|555|010-0199|(555)|+44|+1|0|-
|/| x 106|Call|Contact: |Recruiter: |Jane|Doe|Li|Acme|Inc|email |send to |mailto:|linkedin.com/in/
|skype: |Regards,\n|my name is |com|█|é|İ|😀|2015-2020|$100,000|Ms. """.split("|")
)


def check(text: str) -> None:
    once, found = mask(text)
    assert len(once) == len(text)
    assert [i for i, sign in enumerate(once) if sign == "\n"] == [
        i for i, sign in enumerate(text) if sign == "\n"
    ]
    changed = {i for i, (new, old) in enumerate(zip(once, text, strict=True)) if new != old}
    covered = {i for one in found for i in range(one.start, one.end)}
    assert changed <= covered
    assert mask(once) == (once, ())


@given(st.lists(PIECES, max_size=40).map("".join))
def test_length_and_lines_are_kept_and_twice_is_once(text: str) -> None:
    check(text)


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text: str) -> None:
    check(text)


HOSTILE: Final = {
    "at signs": "@",
    "digits": "5",
    "numbers": "555 ",
    "dashes": "5-",
    "words": "Jane ",
    "labels": "Contact: Jane ",
    "addresses": "jane@acme.com ",
    "no ends": "jane.doe@",
    "told": "jane at ",
    "dots": "a dot ",
    "spaced": "a ",
    "domains": "a.com ",
    "phones": "555-010-0199 ",
    "blanks": " ",
    "lines": "Jane Doe\n",
    "sign-offs": "Regards,\n",
    "contacts": "Contact: Jane Doe\n",
    "calls": "call Jane Doe at 555-010-0199 ",
    "firms": "call Xaver at 555-010-0199 ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text(piece: str) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        mask(text)
        return time.process_time() - start

    def seconds(size: int) -> float:
        """The best of three: what else the machine does only adds to it."""
        return min(once(piece * (size // len(piece))) for _ in range(3))

    seconds(1_000)
    short, long = seconds(20_000), seconds(80_000)
    assert long < max(10 * short, 0.2)


def facts(found: Facts) -> dict[str, object]:
    """Return what a posting says, without the words that it says it in."""
    stated = ("title", "role", "level", "employer", "employment_type", "pay", "date_posted")
    many = ("work_modes", "places", "industries", "applicant_countries")
    return {
        **{name: one.value if (one := getattr(found, name)) else None for name in stated},
        **{name: [one.value for one in getattr(found, name)] for name in many},
        "requirements": [(one.kind, one.label, one.necessity) for one in found.requirements],
        "candidates": [one.label for one in found.candidates],
        "flags": found.flags,
    }


@needs_data
@pytest.mark.slow
def test_a_mask_changes_no_fact_of_real_postings() -> None:
    with EXPORT.open(encoding="utf-8", newline="") as file:
        texts = sorted({row["Job Description"] for row in csv.DictReader(file)})
    extractor = Extractor()
    touched = 0
    for raw in texts:
        text, _ = repair(raw, extractor.is_name)
        hidden, found = mask(text)
        if not found:
            continue
        touched += 1
        assert [(s.kind, s.start, s.end) for s in split_sections(hidden)] == [
            (s.kind, s.start, s.end) for s in split_sections(text)
        ]
        before = extractor(Posting("a", text, ""))
        after = extractor(Posting("a", hidden, ""))
        assert facts(before) == facts(after)
    assert touched > 40
