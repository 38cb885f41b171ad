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
            _learn(move),
            str(move.employers),
            str(move.postings),
        ]
        for number, move in enumerate(path.moves, start=1)
    ]
    columns = ["", "step", "gap", "required more often", "employers of both", "postings"]
    print_table(to, columns, lines, title="The easiest way", right=(2, 4, 5))
    to.print(
        "  The gap is the part of what the step leads to that its start does not ask for already."
    )
    if len(path.moves) > 1:
        to.print(f"  In one step the gap would be {path.direct.gap:.0%}.")


def _learn(move: Move) -> str:
    return ", ".join(f"{one.label} ({one.before:.0%} → {one.after:.0%})" for one in move.learn)
