"""Plain text, with or without HTML inside."""

from __future__ import annotations

import codecs
import re
from typing import Final

from nlp.readers.language import languages
from nlp.readers.recognition import ENOUGH, is_whole, weigh
from nlp.repair import IsName, repair
from nlp.types import Edit

FEWEST_WORDS: Final = 20
"""Fewer words than this are a note, not an advertisement of a job."""
MOSTLY: Final = 0.7
"""The share of English from which on a text is English, with a passage in another language."""
HALF: Final = 0.3
"""The share that one of two languages has at the least; less is a heading, a boast, a link."""
JSON: Final = re.compile(r"\s*[\[{]\s*[\[{\"]")


class NotAPosting(ValueError):
    """The bytes hold no posting; the message says why."""


def read_text(data: bytes, is_name: IsName) -> tuple[str, tuple[Edit, ...]]:
    """Return the repaired text and the edits that were made to it.

    Raises `NotAPosting` for an empty file, bytes that are no text, text that is neither UTF-8 nor
    UTF-16 with its mark, a posting in another language, and text that no reader would take for a
    posting. Of a posting in two languages it is enough that one is English and says what is asked.
    """
    if not data.strip():
        raise NotAPosting("the file is empty")
    raw = _decode(data)
    if JSON.match(raw):
        raise NotAPosting("JSON, which is no posting's text; give each posting as a text file")
    text, edits = repair(raw, is_name)
    if reason := _not_english(text):
        raise NotAPosting(reason)
    words = len(text.split())
    if words < FEWEST_WORDS:
        raise NotAPosting(f"no posting: only {words} words")
    weight = weigh(text)
    if weight < ENOUGH:
        raise NotAPosting(
            f"no posting: {weight} of the {ENOUGH} signs that tell one (what is asked for, who "
            "hires, pay, how to apply)"
        )
    return text, edits


def _not_english(text: str) -> str | None:
    """Return why a text is none for English rules: the name of its language."""
    found = languages(text)
    if found.name is None or found.share > MOSTLY:
        return None
    if found.share > HALF and is_whole(found.english_text):
        return None
    return f"not English: {found.name} (the posting's language)"


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise NotAPosting("UTF-16 that breaks off; save it as UTF-8") from error
    if b"\0" in data:
        raise NotAPosting("a binary file, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAPosting(
            f"not UTF-8: byte 0x{data[error.start]:02x} at {error.start}; save it as UTF-8"
        ) from error
