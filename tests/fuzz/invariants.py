"""What holds of any text whatever: nothing raises, and evidence is the words at its offsets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import ontology
from nlp import Extractor, Posting, to_record
from nlp.mentions import gather_mentions
from nlp.readers.language import languages
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.recognition import weigh
from nlp.repair import repair, replay
from nlp.sections import split_sections
from nlp.sentences import sentence_spans
from nlp.types import Evidence, Mention, Section


@cache
def extractor() -> Extractor:
    """The extractor that all inputs are given to."""
    return Extractor(ontology.load())


def check_repair(raw: str) -> str:
    """Return the repaired text; its edits lead from the raw text to it."""
    text, edits = repair(raw, extractor().is_name)
    assert replay(raw, edits) == text
    return text


def check_parts(text: str) -> None:
    """Sections and sentences lie inside the text, in order, and do not overlap.

    The sentences hold all of it but the line breaks.
    """
    sections = split_sections(text)
    for section in sections:
        assert 0 <= section.start < section.end <= len(text)
    for one, other in pairwise(sections):
        assert one.end <= other.start
    spans = list(sentence_spans(text, 0, len(text)))
    assert all(start < end for start, end in spans)
    assert "".join(text[start:end] for start, end in spans) == text.replace("\n", "")


def check_facts(text: str) -> None:
    """Evidence is the text's own words, and the same text gives the same facts."""
    posting = Posting("fuzz", text, "")
    facts = extractor()(posting)
    for start, end, words in spans_of(facts):
        assert 0 <= start < end <= len(text), (start, end, words)
        assert text[start:end] == words, (start, end, words)
    assert extractor()(posting) == facts
    assert gather_mentions(facts, ()) == gather_mentions(facts, ())
    to_record(facts)


def check_text(raw: str) -> None:
    """All that is asked of a text, from its repair to its facts."""
    text = check_repair(raw)
    languages(text)
    weigh(text)
    check_parts(text)
    check_facts(text)


def check_bytes(data: bytes, name: str) -> None:
    """A reader yields postings or says what it could not read; `ValueError` is how it refuses."""
    reader = import_module(f"nlp.readers.{formats()[name]}")
    reader.recognises(data[: 1 << 16])
    with suppress(ValueError):
        for item in reader.read(Input("fuzz", io.BytesIO(data), data[: 1 << 16])):
            assert isinstance(item, RawPosting | Unread)


@cache
def formats() -> dict[str, str]:
    """Return the readers' modules by format; none where the table is not there yet."""
    if find_spec("nlp.readers.formats") is None:
        return {}
    found: dict[str, str] = import_module("nlp.readers.formats").FORMATS
    return found


def spans_of(value: Any) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and words of every piece of evidence inside a value."""
    if isinstance(value, Evidence | Mention):
        yield value.start, value.end, value.text
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans_of(item)
    elif is_dataclass(value) and not isinstance(value, Posting | Section):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))
