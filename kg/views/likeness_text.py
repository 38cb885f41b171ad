"""What is like a thing, and which skills come next, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.incidence import counted
from kg.views.network_text import begin, print_all

if TYPE_CHECKING:
    from kg.analysis.recommend import Pull, Recommendation
    from kg.analysis.similar import Similar


def print_similar(found: Similar) -> None:
    """Print the most alike first, each with the skills that make it so."""
    to = begin(found, f"Like the {found.kind} {found.label}")
    rows = [
        [
            one.label,
            f"{one.likeness:.2f}",
            f"{one.overlap:.2f}",
            f"{one.cosine:.2f}",
            str(one.postings),
            str(one.employers),
            ", ".join(one.shared),
        ]
        for one in found.rows
    ]
    columns = ["name", "likeness", "overlap", "cosine", "postings", "employers", "shared skills"]
    print_all(to, "The most alike", columns, rows, (1, 2, 3, 4, 5))


def print_recommendation(found: Recommendation) -> None:
    """Print the next skills, each with what of the set pulls it."""
    unknown = [f"too few postings ask for: {', '.join(found.unknown)}"] if found.unknown else []
    to = begin(found, f"Next to {', '.join(found.skills)}", *unknown)
    rows = [
        [
            one.label,
            f"{one.score:.2f}",
            str(one.postings),
            str(one.employers),
            "\n".join(map(_reason, one.pulls)) or "asked for often",
        ]
        for one in found.rows
    ]
    columns = ["skill", "score", "postings", "employers", "because"]
    print_all(to, "The next skills", columns, rows, (1, 2, 3))


def _reason(pull: Pull) -> str:
    low, high = pull.interval or (0.0, 1.0)
    return (
        f"{pull.label}: {counted(pull.together, pull.employers)} ask for both, of its "
        f"{pull.postings} ({low:.0%} to {high:.0%})"
    )
