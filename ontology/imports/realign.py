"""A column that has lost its blank cells, put back beside the rows that its words belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

ENOUGH: Final = 0.8
"""The share of cells that must agree with their new rows; below it nothing is put back."""


def agrees(label: str, cell: str) -> bool:
    """Tell whether two texts share the beginning of a word."""
    return bool(_stems(label) & _stems(cell))


def realign(labels: Sequence[str], cells: Sequence[str]) -> list[str] | None:
    """Return a cell (or "") for each label, where the blank cells have slid to the end.

    The order of the cells is kept: each moves down by as many rows as blanks were lost before it.
    Of all ways to do so the one is taken in which labels and cells agree most; a cell that does
    not agree with its label even then is left out. None where there is no such way: blanks stand
    between the cells, or fewer than `ENOUGH` of them agree.
    """
    filled = [cell for cell in cells if cell]
    lost = len(cells) - len(filled)
    if not filled or not lost or any(cells[len(filled) :]):
        return None
    moves = _best_moves(
        [_stems(label) for label in labels], [_stems(cell) for cell in filled], lost
    )
    found = [""] * len(labels)
    for place, (cell, move) in enumerate(zip(filled, moves, strict=True)):
        if agrees(labels[place + move], cell):
            found[place + move] = cell
    return found if sum(map(bool, found)) >= ENOUGH * len(filled) else None


def _best_moves(
    labels: Sequence[frozenset[str]], cells: Sequence[frozenset[str]], lost: int
) -> list[int]:
    """Return by how many rows each cell moves; it never moves less than the one before.

    Dynamic programming over cells and moves: the best sum of what agrees, with each move's best
    predecessor kept to walk back.
    """
    best = [0.0] * (lost + 1)
    came: list[list[int]] = []
    for place, cell in enumerate(cells):
        top, before = 0, []
        for move in range(lost + 1):
            top = move if best[move] > best[top] else top
            before.append(top)
        came.append(before)
        best = [
            best[before[move]] + _overlap(labels[place + move], cell) for move in range(lost + 1)
        ]
    move = max(range(lost + 1), key=best.__getitem__)
    moves: list[int] = []
    for before in reversed(came):
        moves.append(move)
        move = before[move]
    return moves[::-1]


def _overlap(label: frozenset[str], cell: frozenset[str]) -> float:
    return len(label & cell) / len(label) if label else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:4] for word in re.findall(r"[a-z]{3,}", text.lower()))
