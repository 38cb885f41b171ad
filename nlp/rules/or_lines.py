"""Lines of which one will do: a degree and its years, "OR" on a line of its own, another degree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document, Span
from nlp.rules.degree_or_years import INSTEAD
from nlp.rules.degrees import Degrees
from nlp.types import Alternative, Evidence, Requirement

RULE: Final = "degree:or-lines"
OR_LINE: Final = Anchored(
    r"(?:(?<=[;,.)\w])[ ](?-i:or|OR)|(?:[ ]{0,3}\n){1,3}[^\w\n]{0,8}or[^\w\n]{0,8})"
    r"(?:[ ]{0,3}\n){1,3}[^\w\n]{0,12}(?=\w)",
    re.IGNORECASE,
)
"""What stands between two lines of which one will do."""


def with_or_lines(
    document: Document, degrees: Degrees, experience: Sequence[Requirement]
) -> tuple[Degrees, Sequence[Requirement]]:
    """Return degrees and years, those of lines joined by "or" made members of one alternative.

    Years stand on the degree of their line ("Bachelor's degree and 9 years; OR"), and in place of
    the others' where their line names none. Lines that name neither are let alone.
    """
    asked, kept = list(degrees.requirements), list(experience)
    if len(asked) + len(kept) < 2:
        return degrees, experience
    choices = {one.id: one for one in degrees.alternatives}
    for lines in _joined(document, [one.evidence for one in (*asked, *kept)]):
        levels = [[i for i, one in enumerate(asked) if _within(one, line)] for line in lines]
        years = [[i for i, one in enumerate(kept) if _within(one, line)] for line in lines]
        telling = [at for at in range(len(lines)) if levels[at] or years[at]]
        first = next((asked[i] for found in levels for i in found), None)
        if first is None or len(telling) < 2:
            continue
        for i in (i for found in levels for i in found):
            choices.pop(asked[i].alternative or "", None)
        name = f"degree-{first.evidence.start}"
        instead = any(not levels[at] for at in telling)
        for at in telling:
            own = kept[years[at][0]] if years[at] else None
            for i in levels[at]:
                asked[i] = asked[i]._replace(
                    alternative=name,
                    equivalent_experience=asked[i].equivalent_experience or instead,
                    min_years=own.min_years if own else asked[i].min_years,
                    max_years=own.max_years if own else asked[i].max_years,
                )
            for i in years[at]:
                note = None if levels[at] else INSTEAD
                kept[i] = kept[i]._replace(alternative=name, note=note)
        start, end = lines[telling[0]][0], lines[telling[-1]][1]
        evidence = document.evidence(start, end, RULE)
        choices[name] = Alternative(name, 1, first.necessity, evidence)
    alternatives = tuple(choices.values())
    return replace(degrees, requirements=tuple(asked), alternatives=alternatives), tuple(kept)


def _joined(document: Document, said: Sequence[Evidence]) -> Iterator[list[Span]]:
    """Yield the lines that "or" joins, in order, from the first to the last that says something."""
    lines: list[Span] = []
    low, high = min(one.start for one in said), max(one.end for one in said)
    for joint in OR_LINE.finditer(document.text, low, high):
        above, below = document.line(joint.start()), document.line(joint.end())
        if lines and lines[-1] != above:
            yield lines
            lines = []
        lines = [*(lines or [above]), below]
    if lines:
        yield lines


def _within(one: Requirement, line: Span) -> bool:
    return line[0] <= one.evidence.start < line[1]
