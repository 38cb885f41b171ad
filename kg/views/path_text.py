"""A way between roles and levels, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.printing import console, print_table

if TYPE_CHECKING:
    from kg.analysis.path import Move, Path


def print_path(path: Path) -> None:
    """Print the steps, the gap of each, and what it asks for."""
    to = console()
    lines = [
        [
            str(number),
            f"{move.start}\n→ {move.end}",
            f"{move.gap:.0%}",
            _ends(move),
            _learn(move),
            str(move.employers),
            str(move.postings),
        ]
        for number, move in enumerate(path.moves, start=1)
    ]
    columns = ["", "step", "gap", "95%", "required more often", "employers of both", "postings"]
    print_table(to, columns, lines, title="The easiest way", right=(2, 3, 5, 6))
    to.print(
        "  The gap is the part of what the step leads to that its start does not ask for already."
    )
    if len(path.moves) > 1:
        to.print(f"  In one step the gap would be {path.direct.gap:.0%}{_within(path.direct)}.")
    for number, move in enumerate(path.moves, start=1):
        if move.not_enough_data:
            to.print(f"  Step {number}: {move.not_enough_data} at either end.")


def _ends(move: Move) -> str:
    if move.interval is None:
        return "not enough data" if move.not_enough_data else ""
    return f"{move.interval[0]:.0%} to {move.interval[1]:.0%}"


def _within(move: Move) -> str:
    return f" ({_ends(move)})" if move.interval else ""


def _learn(move: Move) -> str:
    return ", ".join(f"{one.label} ({one.before:.0%} → {one.after:.0%})" for one in move.learn)
