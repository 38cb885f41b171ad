"""Plain text, with or without HTML inside."""

from __future__ import annotations

import re
from typing import Final

from nlp.repair import IsName, repair
from nlp.types import Edit

FEWEST_WORDS: Final = 20
"""Fewer words than this are a note, not an advertisement of a job."""
ABOUT_A_JOB: Final = re.compile(
    r"\b(?:responsibilit\w+|requirements?|qualifications?|experience|skills?|degree|salary|"
    r"full[- ]?time|part[- ]?time|apply|applicants?|candidates?|hiring|role|position|job|duties|"
    r"you[’']?ll|benefits|employer|remote|team)\b",
    re.IGNORECASE,
)
FEWEST_SIGNS: Final = 3
"""Distinct words of `ABOUT_A_JOB` that a posting has; an article may have one or two."""


class NotAPosting(ValueError):
    """The bytes hold no posting; the message says why."""


def read_text(data: bytes, is_name: IsName) -> tuple[str, tuple[Edit, ...]]:
    """Return the repaired text and the edits that were made to it.

    Raises `NotAPosting` for an empty file, bytes that are no text, text that is no UTF-8, and
    text that no reader would take for a posting.
    """
    if not data.strip():
        raise NotAPosting("the file is empty")
    if b"\0" in data:
        raise NotAPosting("a binary file, not text")
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAPosting(
            f"not UTF-8: byte 0x{data[error.start]:02x} at {error.start}; save it as UTF-8"
        ) from error
    text, edits = repair(raw, is_name)
    if raw.lstrip().startswith(("{", "[")):
        raise NotAPosting("JSON, which is no posting's text; give each posting as a text file")
    words = len(text.split())
    if words < FEWEST_WORDS:
        raise NotAPosting(f"no posting: only {words} words")
    signs = {match.group().lower() for match in ABOUT_A_JOB.finditer(text)}
    if len(signs) < FEWEST_SIGNS:
        raise NotAPosting("no posting: nothing in it speaks of a job")
    return text, edits
