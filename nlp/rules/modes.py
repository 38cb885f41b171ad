"""Modes: the words that by themselves are a mode of work: "Hybrid", "100% remote"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.patterns import table

PARTS: Final = re.compile(r"[|,/()\[\]–—:;•·+]|[ ]-{1,2}[ ]|\bor\b|^-|-$")
BEHIND_PLACE: Final = re.compile(
    r",[ ][A-Z][\w.]{1,20}(?:[ ][A-Z][\w.]{1,20}){0,3}?"
    r"[ ](?P<mode>Hybrid|On-?[Ss]ite|Remote)\s{0,9}$"
)
"""A place and the mode that a page writes behind it, without a sign."""
SIGNS: Final = " .*-•·–"


def modes_in(line: str) -> set[str]:
    """Return the modes that a line's parts are, or the one behind a place: "Remote / Hybrid"."""
    behind = BEHIND_PLACE.search(line)
    parts = [behind["mode"]] if behind else PARTS.split(line)
    return {mode for part in parts if (mode := mode_of(part))}


def without_mode(line: str) -> str:
    """Return a line without the mode behind its place: "Topeka, Kansas, United States On-site"."""
    behind = BEHIND_PLACE.search(line)
    return line[: behind.start("mode")].rstrip() if behind else line


def mode_of(part: str) -> str | None:
    """Return the mode that the words are, and nothing else."""
    return _line_modes().get(part.strip(SIGNS).lower())


@cache
def _line_modes() -> dict[str, str]:
    return {row["line"]: row["mode"] for row in table("work_mode_lines")}
