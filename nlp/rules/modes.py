"""Modes: the words that by themselves are a mode of work: "Hybrid", "100% remote"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.patterns import table

PARTS: Final = re.compile(r"[|,/()\[\]–—:;•·+]|[ ]-{1,2}[ ]|\bor\b|^-|-$")
SIGNS: Final = " .*-•·–"


def modes_in(line: str) -> set[str]:
    """Return the modes that a line's parts are: "Remote / Hybrid"."""
    return {mode for part in PARTS.split(line) if (mode := mode_of(part))}


def mode_of(part: str) -> str | None:
    """Return the mode that the words are, and nothing else."""
    return _line_modes().get(part.strip(SIGNS).lower())


@cache
def _line_modes() -> dict[str, str]:
    return {row["line"]: row["mode"] for row in table("work_mode_lines")}
