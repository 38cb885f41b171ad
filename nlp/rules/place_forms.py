"""Places of forms: "City: Dayton State: Ohio", each part of a place behind a label of its own.

A form has them in either order, on one line or on lines that follow one another. The parts are read
together, as the one place that they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.anchors import Literals
from nlp.document import Document, Span
from nlp.rules.place_reading import NAMED, bare_place, place_at
from nlp.types import Place, SectionKind

SILENT: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
OWNER: Final = r"(?:(?:job|work|office|position|primary|site|employer)[ ])?(?:location[ ])?"
LABEL: Final = re.compile(
    rf"(?<![\w-]){OWNER}(?:(?P<city>city|town|locality)|(?P<region>state|province|region|county)"
    r"(?:/(?:province|region|state))?|(?P<country>country)"
    r"|(?P<code>zip|zip[ ]?code|post(?:al)?[ ]?code))[ ]{0,2}:[ ]{0,3}",
    re.IGNORECASE,
)
VALUE: Final = re.compile(
    r"[A-Z][\w.'’-]{0,30}(?:[ ](?:(?:of|de|la|du|the)[ ])?[A-Z][\w.'’-]{0,30}){0,3}"
)
CODE: Final = re.compile(r"[A-Z\d][A-Z\d -]{2,9}")
BETWEEN: Final = re.compile(r"[ \t]{0,4}[,;|/•-]?[ \t]{0,4}\n?[ \t]{0,4}")
"""Between a value and the next label."""
LABEL_WORDS: Final = Literals(("city:", "city :", "town:", "town :", "locality:"))
LONGEST_BACK: Final = 80
"""Code points before a city's label in which the label of its state may begin."""


def find_forms(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places whose city and whose state or country stand behind labels."""
    text, reached = document.text, -1
    for at in LABEL_WORDS.positions(text):
        if at < reached or document.section(at) in SILENT:
            continue
        start = max(reached, at - LONGEST_BACK, 0)
        for label in LABEL.finditer(text, start, at + len("locality :")):
            parts, end = _parts(text, label)
            if "city" in parts and len(parts) > 1 and end > at:
                place = _read(text, parts)
                if place is not None:
                    spans = parts.values()
                    yield min(low for low, _ in spans), max(high for _, high in spans), place
                    reached = end
                break


def _parts(text: str, label: re.Match[str]) -> tuple[dict[str, Span], int]:
    """Return the values by what their labels call them, and where the last ends."""
    parts: dict[str, Span] = {}
    end = label.end()
    found: re.Match[str] | None = label
    while found is not None and (kind := found.lastgroup or "") not in parts:
        value = (CODE if kind == "code" else VALUE).match(text, found.end())
        if value is None:
            break
        stop = value.end()
        inner = LABEL.search(text, found.end() + 1, stop + len(" Code:"))
        if inner is not None and inner.start() < stop:  # "Dayton State: Ohio"
            stop = found.end() + len(text[found.end() : inner.start()].rstrip(" ,;|/-"))
        if stop <= found.end():
            break
        if kind != "code":
            parts[kind] = (found.end(), stop)
        end = stop
        gap = BETWEEN.match(text, stop)
        found = LABEL.match(text, gap.end() if gap else stop)
    return parts, end


def _read(text: str, parts: dict[str, Span]) -> Place | None:
    """Return the place that the parts name together, by the gazetteer."""
    said = [text[slice(*parts[kind])] for kind in ("city", "region", "country") if kind in parts]
    for words in (", ".join(said), ", ".join(said[:2])):
        if place := bare_place(words, NAMED):
            return place
    town = place_at(", ".join(said[:2]), 0, unknown="region" in parts)
    return town[1] if town and town[0] == len(", ".join(said[:2])) else None
