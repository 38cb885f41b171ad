"""What is like a thing, and which skills come next, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.incidence import counted
from kg.analysis.quantities import FEWEST
from kg.graph_model import Kind
from kg.views.network_text import begin, print_all

if TYPE_CHECKING:
    from kg.analysis.recommend import Pull, Recommendation
    from kg.analysis.similar import Similar


def print_similar(found: Similar) -> None:
    """Print the most alike first, each with its interval and the skills that make it so."""
    from kg.analysis.sureness import witness

    to = begin(found, f"Like the {found.kind} {found.label}")
    of_overlap = all(one.interval is None for one in found.rows)
    rows = []
    for one in found.rows:
        cells = [one.label, f"{one.likeness:.2f}", f"{one.overlap:.2f}", f"{one.cosine:.2f}"]
        sure = one.overlap_interval if of_overlap else one.interval
        cells.insert(3 if of_overlap else 2, _ends(sure, one.not_enough_data))
        rows.append([*cells, str(one.postings), str(one.employers), ", ".join(one.shared)])
    columns = ["name", "likeness", "overlap", "cosine", "postings", "employers", "shared skills"]
    columns.insert(3 if of_overlap else 2, "95%")
    if found.kind == "posting":
        columns.remove("95%")
        rows = [[*row[:3], *row[4:]] for row in rows]
    print_all(to, "The most alike", columns, rows, tuple(range(1, len(columns) - 1)))
    if rows:
        to.note(found.uncertainty)
    if any(one.not_enough_data for one in found.rows):
        each = witness(Kind(found.kind))
        to.note(f"Not enough data: an interval takes {FEWEST} {each}s on either side.")


def _ends(interval: tuple[float, float] | None, lacking: str | None) -> str:
    if interval is None:
        return "not enough data" if lacking else ""
    return f"{interval[0]:.2f} to {interval[1]:.2f}"


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
