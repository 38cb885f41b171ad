"""What a build on Spark did: for people in a line, for programs as JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SparkReport:
    """What a build on Spark did: postings in the output, and what of it this build made."""

    postings: int
    files: int
    copies: int
    parts: int
    parts_made: int
    units: int
    units_read: int
    set_aside: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, int], ...]
    seconds: float

    @property
    def refused(self) -> int:
        """Count what was set aside."""
        return sum(count for _, count in self.reasons)

    def counts(self) -> dict[str, int]:
        """Return what a summary counts."""
        return {
            "postings": self.postings,
            "copies of others": self.copies,
            "parts made": self.parts_made,
            "parts as they were": self.parts - self.parts_made,
        } | {f"set aside: {kind}": count for kind, count in self.reasons}

    def summary(self) -> str:
        """Return the report in one line."""
        aside = f", {self.refused} set aside" if self.refused else ""
        return (
            f"{self.postings} postings in {self.parts} parts, {self.parts_made} of them made now"
            f"{aside}, in {self.seconds:.1f} s"
        )

    def to_json(self) -> dict[str, object]:
        """Return the report as JSON has it."""
        return {
            "postings": self.postings,
            "files": self.files,
            "copies": self.copies,
            "parts": self.parts,
            "parts_made": self.parts_made,
            "units": self.units,
            "units_read": self.units_read,
            "set_aside": [{"source": name, "reason": why} for name, why in self.set_aside],
            "reasons": dict(self.reasons),
            "seconds": round(self.seconds, 3),
        }
