"""Places in a text as it was before its repair: gold counts in the text as its makers gave it.

Postings are read repaired, so that is how extraction is to be scored; the spans that it takes are
then led back, edit by edit, to where they stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.types import Edit

Span = tuple[int, int]
REWRITTEN: Final = "repair:html"
"""A text whose markup was taken out is another text: no place in it is a place of the old one."""


def led_back(spans: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """Return where the spans of the repaired text stood before the edits were made.

    An end inside what an edit put in its place goes to the end of what stood there before.
    """
    return [(_before(start, edits), _before(end, edits)) for start, end in spans]


def _before(offset: int, edits: Sequence[Edit]) -> int:
    for edit in reversed(edits):
        into = offset - edit.start
        if into >= len(edit.after):
            offset += len(edit.before) - len(edit.after)
        elif into > 0:
            offset = edit.start + min(into, len(edit.before))
    return offset
