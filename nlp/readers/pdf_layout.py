"""The layout of a PDF's page: its signs as lines, in the order in which columns are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from nlp.readers.wrapped import BULLET, LIGATURES

GAP: Final = 0.2
"""Of a letter's size: what parts two words."""
FIELD: Final = 1.5
"""Of a letter's size: what parts two cells of a row, or two columns."""
FEWEST: Final = 4
"""Pieces of a line in a column, at the least."""
PROSE: Final = 20
"""Letters of a line in a column of text; a table's cells are shorter."""
CROSSING: Final = 0.3
"""The share of lines that may reach over both columns: titles, footers."""


CELLS: Final = " | "
"""Stands between two cells of a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, or a piece of it: its box in points, from the top; size and font."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str

    @property
    def is_bold(self) -> bool:
        """Whether the font's name says so."""
        return any(word in self.font.lower() for word in ("bold", "black", "heavy", "semibold"))


def pieces(chars: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return the pieces of lines in the order in which they were drawn."""
    found: list[Line] = []
    run: list[Mapping[str, Any]] = []
    for char in chars:
        if run and not _goes_on(run[-1], char):
            found.extend(_piece(run))
            run = []
        run.append(char)
    found.extend(_piece(run))
    return found


def _goes_on(last: Mapping[str, Any], char: Mapping[str, Any]) -> bool:
    size = max(last["size"], char["size"], 1)
    if abs(last["bottom"] - char["bottom"]) > size / 2:
        return False
    return bool(-size < char["x0"] - last["x1"] < FIELD * size)


def _text(sign: str, *, first: bool) -> str:
    """Return a sign; of one that its font does not name is known only that it may be a bullet."""
    if sign.startswith("(cid:"):
        return "•" if first else ""
    return sign


def _piece(run: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    text = ""
    end: float | None = None
    for char in run:
        apart = end is not None and char["x0"] - end > GAP * char["size"]
        if apart and not text.endswith(" ") and not char["text"].startswith(" "):
            text += " "
        text += _text(char["text"], first=not text)
        end = char["x1"]
    drawn = [char for char in run if not char["text"].isspace()]
    if drawn:
        sizes = sorted(drawn, key=lambda char: char["size"])
        yield Line(
            " ".join(text.translate(LIGATURES).split()),
            min(char["x0"] for char in drawn),
            max(char["x1"] for char in drawn),
            min(char["top"] for char in drawn),
            max(char["bottom"] for char in drawn),
            sizes[len(sizes) // 2]["size"],
            drawn[len(drawn) // 2]["fontname"],
        )


def flows(found: Sequence[Line]) -> list[list[Line]]:
    """Return whole lines, one list for each stretch that is read from top to bottom.

    Two columns are two stretches; a line that reaches over both ends those above it.
    """
    gutter = _gutter(found)
    if gutter is None:
        return [rows(found)] if found else []
    over = sorted((line for line in found if _side(line, gutter) == 0), key=lambda line: line.top)
    rest = [line for line in found if _side(line, gutter) != 0]
    result: list[list[Line]] = []
    above = float("-inf")
    for edge in [*(line.top for line in over), float("inf")]:
        band = [line for line in rest if above <= line.top < edge]
        for side in (-1, 1):
            result.extend(flows([line for line in band if _side(line, gutter) == side]))
        title = [line for line in over if line.top == edge]
        if title:
            result.append(rows(title))
            over = [line for line in over if line.top != edge]
        above = edge
    return [flow for flow in result if flow]


def _side(line: Line, gutter: float) -> int:
    """Return -1 for left of the gutter, 1 for right of it, 0 for a line that crosses it."""
    if line.x1 <= gutter + 1:
        return -1
    return 1 if line.x0 >= gutter - 1 else 0


def _gutter(found: Sequence[Line]) -> float | None:
    """Return where the page parts into two columns of text, None where it does not.

    Columns are drawn one after the other, or hold whole lines; a table's cells do neither.
    """
    if len(found) < 2 * FEWEST:
        return None
    low, high = min(line.x0 for line in found), max(line.x1 for line in found)
    best: tuple[int, float] | None = None
    for place in sorted({line.x0 - 2 for line in found}):
        if not low + (high - low) / 5 < place < high - (high - low) / 5:
            continue
        sides = [_side(line, place) for line in found]
        crossing = sides.count(0)
        if min(sides.count(-1), sides.count(1)) < FEWEST or crossing > CROSSING * len(found):
            continue
        if _are_columns(found, sides) and (best is None or crossing < best[0]):
            best = (crossing, place)
    return best[1] if best else None


def _are_columns(found: Sequence[Line], sides: Sequence[int]) -> bool:
    left = [line for line, side in zip(found, sides, strict=True) if side < 0]
    right = [line for line, side in zip(found, sides, strict=True) if side > 0]
    beside = min(max(line.bottom for line in left), max(line.bottom for line in right)) > max(
        min(line.top for line in left), min(line.top for line in right)
    )
    if not beside:
        return False
    if min(median(len(line.text) for line in part) for part in (left, right)) >= PROSE:
        return True
    order = [side for side in sides if side]
    changes = sum(one != other for one, other in pairwise(order))
    return changes * FEWEST <= min(len(left), len(right))


def rows(found: Sequence[Line]) -> list[Line]:
    """Return the pieces from top to bottom, those of one row as one line."""
    whole: list[Line] = []
    for line in sorted(found, key=lambda line: (round(line.bottom), line.x0)):
        last = whole[-1] if whole else None
        if last and abs(last.bottom - line.bottom) < min(last.size, line.size) / 2:
            whole[-1] = _beside(*sorted((last, line), key=lambda line: line.x0))
        else:
            whole.append(line)
    return whole


def _beside(left: Line, right: Line) -> Line:
    """Return two pieces of one row: words, a bullet and its item, a label and its value, cells."""
    bullet = BULLET.match(left.text)
    wide = right.x0 - left.x1 > FIELD * max(left.size, right.size)
    lone = bullet is not None and bullet.end() == len(left.text)
    sign = CELLS if wide and not lone and not left.text.endswith(":") else " "
    larger = right if lone or len(right.text) > len(left.text) else left
    return replace(
        larger,
        text=f"{left.text}{sign}{right.text}",
        x0=left.x0,
        x1=max(left.x1, right.x1),
        top=min(left.top, right.top),
        bottom=max(left.bottom, right.bottom),
    )
