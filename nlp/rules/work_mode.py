"""Work mode of the job itself: remote, hybrid or on site."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.patterns import table
from nlp.types import Place, SectionKind, Stated

LABEL: Final = re.compile(
    r"(?:work(?:place)?[ ]?(?:type|mode|model|location)?|location)[ ]?:[ ]?", re.I
)


def find_work_modes(
    document: Document, places: tuple[Stated[Place], ...]
) -> tuple[Stated[str], ...]:
    """Return the modes, sorted by name, each with all the words that say it.

    A place that is itself remote ("Remote, CA, US") says so too. "No remote" means on site.
    """
    found: dict[str, list[tuple[int, int, str]]] = {}
    for match in _pattern().finditer(document.text):
        section = document.section(match.start())
        if match.lastgroup and section not in (SectionKind.BOILERPLATE, SectionKind.RELATED):
            row = _rows()[match.lastgroup]
            found.setdefault(row["mode"], []).append((*match.span(), row["id"]))
    lines = {row["line"]: row["mode"] for row in table("work_mode_lines")}
    start = 0
    for line in document.text.split("\n"):
        if len(line) < 60 and document.section(start) in (
            SectionKind.HEADER,
            SectionKind.FURNITURE,
        ):
            label = LABEL.match(line)
            word = line[label.end() if label else 0 :].strip(" .").lower()
            if word in lines:
                found.setdefault(lines[word], []).append((start, start + len(line), "line"))
        start += len(line) + 1
    stated = {
        mode: tuple(document.evidence(low, high, f"work-mode:{rule}") for low, high, rule in spans)
        for mode, spans in found.items()
    }
    for place in places:
        if place.value.remote:
            stated["remote"] = (*stated.get("remote", ()), *place.evidence)
    return tuple(Stated(mode, stated[mode]) for mode in sorted(stated))


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {f"m{index}": dict(row) for index, row in enumerate(table("work_modes"))}


@cache
def _pattern() -> re.Pattern[str]:
    parts = (f"(?P<{name}>{row['pattern']})" for name, row in _rows().items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})", re.IGNORECASE)
