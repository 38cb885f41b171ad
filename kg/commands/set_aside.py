"""What every command that reads says of postings that it set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kg.printing import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_NAMED: Final = 20


class Reading(Protocol):
    """A report of what was read."""

    @property
    def set_aside(self) -> Sequence[tuple[str, str]]:
        """Sources, each with the reason; the first of them where they are many."""

    @property
    def reasons(self) -> Sequence[tuple[str, int]]:
        """How often each kind of reason."""

    @property
    def refused(self) -> int:
        """How many were set aside."""


def say_what_was_set_aside(report: Reading, kept: Path | str | None) -> None:
    """Name what was set aside, count the reasons where they are many, say where all of it is."""
    for source, reason in report.set_aside[:MOST_NAMED]:
        say(f"set aside: {source}: {reason}")
    if report.refused > MOST_NAMED:
        say(f"set aside: {report.refused - MOST_NAMED} more; by reason:")
        for kind, count in report.reasons:
            say(f"{count:>9}  {kind}")
    if report.refused and kept:
        say(f"{kept} has what was set aside; mend it there and build from it")
