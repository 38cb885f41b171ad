"""What a build did, in postings: for people in a line, for programs as JSON."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

SHOWN: Final = 1000
"""Inputs set aside that a report names one by one; the quarantine has them all."""

_KIND: Final = re.compile(r"[^:;(]*")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, in postings.

    `unchanged` counts those that were stored before, and copies. `set_aside` pairs a source with
    the reason why it is not in the store, for the first thousand; `reasons` counts them all by
    the kind of reason, the most frequent first. `quarantine` is the file that holds them.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    set_aside: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    reasons: tuple[tuple[str, int], ...] = ()
    quarantine: Path | None = None

    @property
    def postings(self) -> int:
        """Postings that were read and are in the store now."""
        return self.added + self.replaced + self.unchanged

    @property
    def refused(self) -> int:
        """Count what was set aside."""
        return sum(count for _, count in self.reasons) or len(self.set_aside)

    @property
    def postings_per_second(self) -> float | None:
        """Speed of extraction and storing; None where nothing had to be extracted."""
        worked = self.added + self.replaced
        return worked / self.seconds if worked and self.seconds else None

    def counts(self) -> dict[str, int]:
        """Return what a summary counts, by what became of it; the reasons of what is set aside."""
        counts = {"added": self.added, "unchanged": self.unchanged}
        counts |= {"replaced": self.replaced} if self.replaced else {}
        counts |= {"removed": self.removed} if self.removed else {}
        return counts | {f"set aside: {kind}": count for kind, count in self.reasons}

    def summary(self) -> str:
        """Return the report in one line."""
        counts = [f"{self.added} added", f"{self.unchanged} unchanged"]
        counts += [f"{self.replaced} replaced"] if self.replaced else []
        counts += [f"{self.removed} removed"] if self.removed else []
        counts += [f"{self.refused} set aside"] if self.refused else []
        speed = self.postings_per_second
        rate = f" ({speed:.1f} postings per second)" if speed else ""
        return f"{', '.join(counts)}, in {self.seconds:.1f} s{rate}"

    def to_json(self) -> dict[str, object]:
        """Return the report as JSON has it."""
        speed = self.postings_per_second
        return {
            "added": self.added,
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "set_aside": [{"source": name, "reason": why} for name, why in self.set_aside],
            "reasons": dict(self.reasons),
            "quarantine": None if self.quarantine is None else str(self.quarantine),
            "seconds": round(self.seconds, 3),
            "postings_per_second": None if speed is None else round(speed, 1),
        }


@dataclass(slots=True)
class Tally:
    """The counts of a build while it runs; they take no more memory however much is read."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    named: list[tuple[str, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def stored(self) -> int:
        """Count the postings whose graphs were written."""
        return self.added + self.replaced

    def put_aside(self, source: str, reason: str) -> None:
        """Count what gave no posting."""
        self.reasons[kind_of(reason)] += 1
        if len(self.named) < SHOWN:
            self.named.append((source, reason))

    def report(self, seconds: float, quarantine: Path | None) -> BuildReport:
        """Return the report of a build that took so long."""
        reasons = sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))
        return BuildReport(
            self.added,
            self.replaced,
            self.unchanged,
            self.removed,
            tuple(sorted(self.named)),
            seconds,
            tuple(reasons),
            quarantine,
        )


def kind_of(reason: str) -> str:
    """Return a reason without what is said of the one case: "not UTF-8", "no posting"."""
    found = _KIND.match(reason)
    return (found.group().strip() if found else "") or reason
