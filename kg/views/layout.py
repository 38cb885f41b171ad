"""Where the nodes of a graph page stand: computed beforehand, without chance.

Levels stand apart with their skills beside them: what several levels ask for stands between them,
what only one asks for on its own side. Narrow pages, and pages of many levels, get a ladder: the
levels in one column, the skills in columns beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final

from kg.graph_model import ASKING, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.views.page_nodes import Drawn, Picture

MOST_COLUMNS: Final = 4
"""Levels that may stand side by side; more make the columns too narrow to read."""
MOST_ROWS: Final = 24
"""Skills between two levels; more are a ladder."""
GUTTER: Final = 46
"""Room for the lines between two columns."""
GAP: Final = 8
"""Room between two boxes of a column, and, doubled, between two groups."""
BAND: Final = 26
"""Room between two rows of the band at the top."""
NARROW: Final = 366
"""The width of a ladder on a phone."""


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node takes with its label, around its centre."""

    width: int
    height: int


Place = tuple[int, int]


def columns(picture: Picture, boxes: Mapping[str, Box]) -> dict[str, Place] | None:
    """Place levels side by side with the skills beside and between them.

    Returns None when there are too many levels or too many skills for that.
    """
    owners = picture.owners
    if not 0 < len(owners) <= MOST_COLUMNS:
        return None
    gaps = _gaps(picture)
    if max(map(len, gaps)) > MOST_ROWS:
        return None
    places: dict[str, Place] = {}
    x = 0
    for index, gap in enumerate(gaps):
        width = max((boxes[node.id].width for node in gap), default=0)
        # outer columns line up towards the levels, inner ones in the middle
        aligned = {0: 1, len(owners): -1}.get(index, 0)
        _stack(places, gap, boxes, x + width // 2 + aligned * width // 2, aligned)
        x += width + GUTTER if gap else 0
        if index < len(owners):
            owner = boxes[owners[index]]
            places[owners[index]] = (x + owner.width // 2, 0)
            x += owner.width + GUTTER
    _band(places, picture, boxes)
    return places


def ladder(picture: Picture, boxes: Mapping[str, Box], *, narrow: bool) -> dict[str, Place]:
    """Place the levels in one column and the skills in columns beside it.

    `narrow` puts one column of skills to the right; otherwise there are as many on both sides as
    make the picture about as high as wide.
    """
    skills = sorted(picture.of_kind(Kind.SKILL), key=lambda node: _reading_order(picture, node))
    width = max((boxes[node.id].width for node in skills), default=0) + 2 * GAP
    height = max((boxes[node.id].height for node in skills), default=0) + GAP
    sides = 1 if narrow else 2 * max(1, round(sqrt(len(skills) * height / width / 2)))
    inner = max((boxes[owner].width for owner in picture.owners), default=0) // 2 + GUTTER
    places: dict[str, Place] = {}
    y = 0
    for start in range(0, len(skills), sides):
        row = skills[start : start + sides]
        room = max(boxes[node.id].height for node in row)
        for column, node in enumerate(row):
            x = inner + column // 2 * width + boxes[node.id].width // 2
            places[node.id] = (-x if column % 2 else x, y + room // 2)
        y += room + GAP
    _rungs(places, picture, boxes, y)
    if narrow:
        shift = (boxes[picture.owners[0]].width if picture.owners else 0) // 2
        _band(places, picture, boxes, (-shift, NARROW - shift))
    else:
        _band(places, picture, boxes)
    return places


def _gaps(picture: Picture) -> list[list[Drawn]]:
    """Share the skills out: gap i lies left of level i, the last one right of all levels."""
    count = len(picture.owners)
    gaps: list[list[Drawn]] = [[] for _ in range(count + 1)]
    for node in sorted(picture.of_kind(Kind.SKILL), key=lambda node: _reading_order(picture, node)):
        if count > 1 and node.owners == (picture.owners[0],):
            choice = [0]
        elif node.owners == (picture.owners[-1],) and count > 1:
            choice = [count]
        else:
            middle = _middle(picture, node)
            choice = sorted({int(middle) + 1, ceil(middle)})
        min((gaps[one] for one in choice), key=len).append(node)
    return [sorted(gap, key=lambda node: _column_order(picture, node)) for gap in gaps]


def _middle(picture: Picture, node: Drawn) -> float:
    """Return where a node belongs among the levels: the mean of those that ask for it."""
    found = [picture.owners.index(owner) for owner in node.owners]
    return sum(found) / len(found) if found else (len(picture.owners) - 1) / 2


def _reading_order(picture: Picture, node: Drawn) -> tuple[float, int, tuple[str, ...], str, str]:
    return _middle(picture, node), _tier(node), node.owners, node.label.casefold(), node.id


def _column_order(picture: Picture, node: Drawn) -> tuple[int, float, tuple[str, ...], str, str]:
    return _tier(node), _middle(picture, node), node.owners, node.label.casefold(), node.id


def _tier(node: Drawn) -> int:
    return ASKING.index(node.tier) if node.tier in ASKING else 0


def _stack(
    places: dict[str, Place],
    nodes: Sequence[Drawn],
    boxes: Mapping[str, Box],
    x: int,
    aligned: int,
) -> None:
    """Stand nodes below each other around height 0, with a wider gap between groups.

    `aligned` puts their right (1) or left (-1) edges at `x`, or their centres (0).
    """
    room = [boxes[node.id].height + GAP for node in nodes]
    for index in range(1, len(nodes)):
        before, after = nodes[index - 1], nodes[index]
        if (before.tier, before.owners) != (after.tier, after.owners):
            room[index - 1] += GAP
    y = -sum(room) // 2
    for node, height in zip(nodes, room, strict=True):
        box = boxes[node.id]
        places[node.id] = (x - aligned * box.width // 2, y + box.height // 2)
        y += height


def _rungs(
    places: dict[str, Place], picture: Picture, boxes: Mapping[str, Box], height: int
) -> None:
    """Stand the levels in the middle column over the height, each with its degrees below it.

    A degree that several levels ask for stands with the first of them.
    """
    groups: dict[str, list[str]] = {owner: [owner] for owner in picture.owners}
    for degree in picture.of_kind(Kind.DEGREE):
        first = next((owner for owner in picture.owners if owner in degree.owners), None)
        if first is not None:
            groups[first].append(degree.id)
    rooms = [sum(boxes[one].height + BAND for one in group) for group in groups.values()]
    spare = max(0, height - sum(rooms)) / max(1, len(groups))
    y = spare / 2
    for group, room in zip(groups.values(), rooms, strict=True):
        at = y
        for one in group:
            places[one] = (0, round(at + boxes[one].height / 2))
            at += boxes[one].height + BAND
        y += room + spare


def _band(
    places: dict[str, Place],
    picture: Picture,
    boxes: Mapping[str, Box],
    limits: tuple[int, int] | None = None,
) -> None:
    """Stand employers and roles in rows on top of everything, the degrees in rows below them."""
    left = min((place[0] - boxes[node].width // 2 for node, place in places.items()), default=0)
    right = max((place[0] + boxes[node].width // 2 for node, place in places.items()), default=0)
    if limits is None:
        limits = (left, max(right, left + NARROW))
    top = min((place[1] - boxes[node].height // 2 for node, place in places.items()), default=0)
    tied = defaultdict(list)
    for tie in picture.ties:
        for one, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if other in picture.owners and one not in picture.owners:
                tied[one].append(places[other][0])
    middle = sum(limits) / 2
    for kinds in ((Kind.DEGREE,), (Kind.EMPLOYER, Kind.ROLE)):
        row = [node for node in picture.of_kind(*kinds) if node.id not in places]
        wanted = {
            node.id: sum(tied[node.id]) / len(tied[node.id]) if tied[node.id] else middle
            for node in row
        }
        row.sort(key=lambda node: (wanted[node.id], node.label, node.id))
        for line in reversed(_lines(row, boxes, limits[1] - limits[0])):
            height = max(boxes[node.id].height for node in line)
            top -= BAND
            for node, x in _spread(line, boxes, wanted, limits):
                places[node.id] = (x, top - height // 2)
            top -= height


def _lines(row: Sequence[Drawn], boxes: Mapping[str, Box], width: int) -> list[list[Drawn]]:
    """Break a row into lines that are no wider than `width`."""
    lines: list[list[Drawn]] = []
    used = 0
    for node in row:
        need = boxes[node.id].width + 2 * GAP
        if not lines or used + need > width:
            lines.append([])
            used = 0
        lines[-1].append(node)
        used += need
    return lines


def _spread(
    line: Sequence[Drawn],
    boxes: Mapping[str, Box],
    wanted: Mapping[str, float],
    limits: tuple[int, int],
) -> list[tuple[Drawn, int]]:
    """Put the nodes of a line near where they want to be, without overlap, within the limits."""
    half = [boxes[node.id].width / 2 + GAP for node in line]
    xs: list[float] = []
    edge = float(limits[0])
    for node, room in zip(line, half, strict=True):
        xs.append(max(wanted[node.id], edge + room))
        edge = xs[-1] + room
    edge = float(limits[1])
    for index in reversed(range(len(line))):
        xs[index] = min(xs[index], edge - half[index])
        edge = xs[index] - half[index]
    return [(node, round(x)) for node, x in zip(line, xs, strict=True)]
