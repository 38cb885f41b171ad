"""The figure of an ontology: its classes as boxes, its properties as arrows, as inline SVG.

Classes and arrows come from the ontology's file. Only where a class stands is said here; one
without a place is set below the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ontology.description import Described, Ontology

PLACES: Final = {
    "schema:Organization": (0, 0.0),
    "schema:Place": (0, 0.85),
    "schema:PostalAddress": (0, 1.8),
    "schema:QuantitativeValue": (0, 3.2),
    "schema:MonetaryAmount": (0, 4.2),
    "rg:CopyGroup": (0, 6.0),
    "org:Role": (1, 0.5),
    "schema:JobPosting": (1, 2.3),
    "rg:Copy": (1, 6.0),
    "rg:RelatedPosting": (2, 0.45),
    "rg:Candidate": (2, 1.2),
    "rg:Requirement": (2, 2.1),
    "rg:Alternative": (2, 3.4),
    "oa:Selector": (2, 4.9),
    "prov:Collection": (2, 6.0),
    "rg:SkillRequirement": (3, 0.0),
    "rg:DegreeRequirement": (3, 0.9),
    "rg:ExperienceRequirement": (3, 1.8),
    "prov:Entity": (3, 6.0),
    "skos:Concept": (4, 0.45),
    "rg:Necessity": (4, 3.2),
    "prov:Activity": (4, 6.0),
}
"""Column and row of a class."""
WIDTH, HEIGHT = 210, 46
COLUMN, ROW = 342, 84
MARGIN, TOP = 8, 76
SKY: Final = 34
"""Where an arrow culminates that leads over the others."""
LINE: Final = 16
LEFT_OUT: Final = frozenset({"rdf:", "rdfs:", "xsd:"})
"""Prefixes of classes that say nothing here: any resource, any property."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one class to another, with the names of the properties that lead there."""

    source: str
    target: str
    names: tuple[str, ...]
    is_kind: bool = False


def arrows(ontology: Ontology) -> list[Arrow]:
    """Return the arrows of the figure, sorted: one for each two classes."""
    found: dict[tuple[str, str], list[str]] = {}
    for term in chain(ontology.own, ontology.borrowed):
        if term.is_edge:
            for pair in _pairs(term):
                found.setdefault(pair, []).append(term.name.partition(":")[2])
    ours = {term.name for term in ontology.classes}
    kinds = [
        Arrow(term.name, parent, (), is_kind=True)
        for term in ontology.classes
        for words, parent in term.mappings
        if words == "a kind of" and parent in ours
    ]
    edges = [Arrow(*pair, tuple(names)) for pair, names in found.items()]
    return sorted([*edges, *kinds], key=lambda one: (one.source, one.target))


def _pairs(term: Described) -> Iterable[tuple[str, str]]:
    for source in term.domains:
        for target in term.ranges:
            if not {f"{one.partition(':')[0]}:" for one in (source, target)} & LEFT_OUT:
                yield source, target


def figure(ontology: Ontology) -> str:
    """Return the figure as an SVG element that takes its colours from the page around it."""
    drawn = arrows(ontology)
    names = sorted({name for one in drawn for name in (one.source, one.target)})
    places = _places(names)
    lowest = max(y for _, y in places.values()) + HEIGHT + 30
    width = 4 * COLUMN + WIDTH + 2 * MARGIN
    lines = [_line(one, places) for one in drawn if one.source != one.target]
    labels = [_label(one, places) for one in drawn if one.names]
    boxes = [_box(name, *places[name]) for name in names]
    return (
        f'<svg viewBox="0 0 {width} {lowest:.0f}" role="group" aria-labelledby="figure-title">'
        '<title id="figure-title">Classes and the properties between them</title>'
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" class="head"/></marker>'
        '<marker id="kind" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" '
        'markerHeight="10" orient="auto"><path d="M1 1 9 5 1 9z" class="hollow"/></marker></defs>'
        f"\n{chr(10).join([*lines, *boxes, *labels])}\n</svg>"
    )


def _places(names: list[str]) -> dict[str, tuple[float, float]]:
    """Return the upper left corner of each class."""
    spare = [name for name in names if name not in PLACES]
    cells: dict[str, tuple[float, float]] = {
        name: PLACES.get(name, (index % 5, 7 + index // 5))
        for index, name in enumerate([*spare, *(name for name in names if name in PLACES)])
    }
    return {
        name: (MARGIN + column * COLUMN, TOP + row * ROW) for name, (column, row) in cells.items()
    }


def _curve(one: Arrow, places: dict[str, tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the four points of an arrow's curve."""
    (x, y), (u, v) = places[one.source], places[one.target]
    middle = WIDTH / 2
    if x == u and abs(v - y) < 2 * ROW:  # to the next one above or below
        down = v > y
        start, end = y + (HEIGHT if down else 0), v + (0 if down else HEIGHT)
        third = (end - start) / 3
        return [
            (x + middle, start),
            (x + middle, start + third),
            (u + middle, end - third),
            (u + middle, end),
        ]
    leave, arrive = y + HEIGHT * 0.65, v + HEIGHT * (0.3 if one.is_kind else 0.5)
    if x == u:  # around what stands between
        side, out = (x + WIDTH, 60) if v > y else (x, -60)
        return [(side, leave), (side + out, leave), (side + out, arrive), (side, arrive)]
    if abs(u - x) > 2.5 * COLUMN:  # over everything
        bend = (SKY - (y + v) / 8) / 0.75
        aside = WIDTH * 0.85  # of what stands right above
        return [(x + aside, y), (x + aside, bend), (u + middle, bend), (u + middle, v)]
    start, end = (x + WIDTH, u) if u > x else (x, u + WIDTH)
    if y == v:
        leave = arrive
    half = (end - start) / 2
    return [(start, leave), (start + half, leave), (end - half, arrive), (end, arrive)]


def _line(one: Arrow, places: dict[str, tuple[float, float]]) -> str:
    (a, b), *rest = _curve(one, places)
    points = " ".join(f"{x:.0f} {y:.0f}" for x, y in rest)
    mark = "kind" if one.is_kind else "head"
    return f'<path class="{mark}-line" d="M{a:.0f} {b:.0f}C{points}" marker-end="url(#{mark})"/>'


def _label(one: Arrow, places: dict[str, tuple[float, float]]) -> str:
    """Return the names of an arrow's properties, on lines of their own where they are long."""
    if one.source == one.target:
        x, y = places[one.source]
        return _rows([(f"↻ {name}",) for name in one.names], x + WIDTH / 2, y + HEIGHT + LINE)
    (a, b), (c, d), (e, f), (g, h) = _curve(one, places)
    x, y = (a + 3 * c + 3 * e + g) / 8, (b + 3 * d + 3 * f + h) / 8
    over = abs(g - a) > 2 * COLUMN
    wide = len(one.names) if over or len(", ".join(one.names)) < WIDTH / 12 else 1
    rows = [one.names[first : first + wide] for first in range(0, len(one.names), wide)]
    top = y + 4 - LINE * (len(rows) - 1) / 2 - (12 if b == h or over else 0)
    return _rows(rows, x, top)


def _rows(rows: Iterable[Iterable[str]], x: float, top: float) -> str:
    spans = "".join(
        f'<tspan x="{x:.0f}" y="{top + LINE * index:.0f}">{escape(", ".join(row))}</tspan>'
        for index, row in enumerate(rows)
    )
    return f"<text>{spans}</text>"


def _box(name: str, x: float, y: float) -> str:
    ours = name.startswith("rg:")
    prefix, _, local = name.partition(":")
    said = escape(local) if ours else f"<tspan>{escape(prefix)}:</tspan>{escape(local)}"
    return (
        f'<a href="#{escape(name)}"><rect class="{"own" if ours else "borrowed"}" x="{x:.0f}" '
        f'y="{y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="7"/>'
        f'<text class="name" x="{x + WIDTH / 2:.0f}" y="{y + HEIGHT / 2 + 5:.0f}">{said}</text></a>'
    )
