"""Ways: stretches of a text of which one will do, lines joined by "or" and labelled options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlp.anchors import Anchored
from nlp.document import BULLETS, Document, Span
from nlp.types import Evidence

OR_LINE: Final = Anchored(
    r"(?:(?<=[;,.)\w])[ ](?-i:or|OR)(?:[ ]{0,3}\n){1,3}"
    r"|(?:[ ]{0,3}\n){1,3}(?:[^\w\n]{0,8}or(?:[^\w\n]{0,8}(?:[ ]{0,3}\n){1,3}|[:–—][ ]{1,3})"
    r"|[^\w\n]{0,6}[^\w\s][ ]?or,?[ ]|or,?[ ](?=(?:at least[ ])?\d{1,2}\+?[ ]years?\b)))"
    r"[^\w\n]{0,12}(?=\w)",
    re.IGNORECASE,
)
"""What stands between two lines of which one will do: "OR" on a line of its own, "- or 5 years".

A line without a bullet may go on with the words above: "a degree in law / or finance".
"""
OR_SENTENCE: Final = Anchored(r"(?<=[\w)]\.)[ ](?:Or|OR),?[ ](?=\w)")
"""What stands between two sentences of which one will do: "A master's degree. *Or* ..."."""
OPTION: Final = Anchored(
    r"(?<![\w,] )(?<!\w)(?P<noun>option|path|pathway|route|track)[ ]"
    r"(?:[1-9]|(?-i:[A-E]|I{1,3})|one|two|three)(?:[ ]{0,2}[:.)–—-](?=\s)|(?=\n))",
    re.IGNORECASE,
)
"""The label of a way: "*Option 1:* Bachelor's degree and 4 years. *Option 2:* 6 years"."""
FARTHEST: Final = 600
"""How far apart, in code points, the labels of two options may stand."""


def ways_of(document: Document, said: Sequence[Evidence]) -> Iterator[list[Span]]:
    """Yield groups of ways, in order; no group begins or ends where nothing is `said`.

    What is said must come in order. Labelled options end where the next one begins; the last one
    ends with its line, or with its sentence where the options share one line.
    """
    low, high = min(one.start for one in said), max(one.end for one in said)
    yield from _lines(document, low, high)
    for joint in OR_SENTENCE.finditer(document.text, low, high):
        pair = [document.sentence(joint.start() - 1), document.sentence(joint.end())]
        if pair[0] != pair[1]:
            yield pair
    above, _ = document.line(max(0, document.line(low)[0] - 1))  # a label may stand there
    yield from _options(document, above, high)


def _lines(document: Document, low: int, high: int) -> Iterator[list[Span]]:
    """Yield the lines that "or" joins, from the first to the last that says something."""
    lines: list[Span] = []
    for joint in OR_LINE.finditer(document.text, low, high):
        above, below = document.line(joint.start()), document.line(joint.end())
        if lines and lines[-1] != above:
            yield lines
            lines = []
        lines = [*(lines or [above]), below]
    if lines:
        yield lines


def _options(document: Document, low: int, high: int) -> Iterator[list[Span]]:
    """Yield options that labels of one kind name, one after the other."""
    labels: list[re.Match[str]] = []
    for label in OPTION.finditer(document.text, low, high):
        if labels and not _goes_on(document, labels[-1], label):
            if len(labels) > 1:
                yield _between(document, labels)
            labels = []
        labels.append(label)
    if len(labels) > 1:
        yield _between(document, labels)


def _goes_on(document: Document, one: re.Match[str], other: re.Match[str]) -> bool:
    return (
        one["noun"].lower() == other["noun"].lower()
        and other.start() - one.end() <= FARTHEST
        and document.section(one.end()) is document.section(other.end())
    )


def _between(document: Document, labels: Sequence[re.Match[str]]) -> list[Span]:
    text, last = document.text, labels[-1]
    _, end = document.line(last.end())
    if not text[last.end() : end].strip(BULLETS):  # a list stands below the label
        end = document.blank_line(end + 1, len(text))
    elif document.line(labels[-2].end()) == document.line(last.end()):
        _, end = document.sentence(last.end() + 1)
    return [
        *((one.end(), other.start()) for one, other in pairwise(labels)),
        (last.end(), end),
    ]
