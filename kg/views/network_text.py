"""Networks of skills as text: pairs, communities, what is central."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kg.analysis.incidence import counted
from kg.views.printer import Printer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from kg.analysis.centrality import Against, Centrality
    from kg.analysis.communities import Communities
    from kg.analysis.cooccurrence import Cooccurrence

MEMBERS: Final = 12
"""Members of a community that are named; the rest is counted, and stands in --json and --csv."""


class Found(Protocol):
    """What rests on postings of employers, and may be too few of them."""

    @property
    def postings(self) -> int:
        """How many postings it rests on."""
        ...

    @property
    def employers(self) -> int:
        """How many employers these are of."""
        ...

    @property
    def caution(self) -> str | None:
        """What it cannot carry."""
        ...


def begin(found: Found, title: str, *lines: str, counting: str = "") -> Printer:
    """Print what a page is about, how many postings it rests on, and what it cannot carry."""
    to = Printer()
    to.title(title)
    to.line(f"  {counted(found.postings, found.employers)}{counting}")
    for line in lines:
        to.line(f"  {line}")
    to.note(found.caution, "Caution.")
    return to


def print_all(
    to: Printer,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    right: Sequence[int] = (),
    total: int | None = None,
) -> None:
    """Print all rows under their title, and how many there are beyond them."""
    if not rows:
        to.note(f"{title}: nothing")
    to.table(title, columns, rows, right=right, most=len(rows), total=total)


def print_cooccurrence(found: Cooccurrence, limit: int) -> None:
    """Print the surest pairs."""
    counting = f"; asking counted: {found.necessity}; of copies of one job one"
    rarest = f"{found.left_out:,} pairs that fewer postings ask for were not measured"
    lines = [rarest] if found.left_out else []
    to = begin(found, f"Skills asked for together: {found.label}", *lines, counting=counting)
    rows = []
    for pair in found.pairs[:limit]:
        low, high = pair.interval or (None, None)
        measured = "" if pair.npmi is None else f"{pair.npmi:.2f}"
        ends = "" if low is None or high is None else f"{low:.2f} to {high:.2f}"
        rows.append(
            [
                f"{pair.label_a} + {pair.label_b}",
                measured,
                ends,
                "" if pair.q is None else f"{pair.q:.3f}",
                str(pair.together),
                str(pair.employers),
                f"{pair.postings_a}, {pair.postings_b}",
            ]
        )
    columns = ["skills", "NPMI", "95%", "q", "together", "employers", "each"]
    head = f"{found.sure} of {len(found.pairs)} pairs surely more often than by chance"
    print_all(to, head, columns, rows, (1, 2, 3, 4, 5, 6), len(found.pairs))


def print_communities(found: Communities) -> None:
    """Print the communities with their central skills, then the bridges."""
    lines = []
    if found.agreement is not None:
        lines.append(
            f"what runs from {found.seeds} seeds agree on; from halves of the seeds it has an "
            f"adjusted Rand index of {found.agreement:.2f} (lowest {found.lowest:.2f}), two single "
            f"runs {found.single:.2f}; modularity {found.modularity:.2f}; "
            f"{found.apart} skills in no community"
        )
    counting = f"; asking counted: {found.necessity}"
    to = begin(found, f"Communities of skills: {found.label}", *lines, counting=counting)
    if not found.enough:
        return
    rows = []
    for one in found.communities:
        named = ", ".join(member.label for member in one.members[:MEMBERS])
        more = len(one.members) - MEMBERS
        words = f"{named} and {more} more" if more > 0 else named
        rows.append([str(one.number), str(len(one.members)), f"{one.stability:.2f}", words])
    columns = ["", "skills", "stable", "the most central first"]
    print_all(to, f"Communities ({len(rows)})", columns, rows, (0, 1, 2))
    names = {one.number: one.members[0].label for one in found.communities}
    bridges = [
        [
            one.label,
            f"{one.participation:.2f}",
            ", ".join(f"{number} {names[number]}" for number in one.joins if number in names),
        ]
        for one in found.bridges
    ]
    columns = ["skill", "participation", "joins (its own first)"]
    print_all(
        to, f"Bridges: ties into several communities ({len(bridges)})", columns, bridges, (1,)
    )


def print_centrality(found: Centrality, limit: int) -> None:
    """Print the skills that are more central than their frequency explains first."""
    to = begin(
        found,
        f"Central skills: {found.label}",
        f"expected: the mean of {found.draws} shuffles in which postings and skills keep their "
        f"numbers; {found.left_out} rarer skills left out",
        counting=f"; asking counted: {found.necessity}, without alternatives",
    )
    if not found.enough:
        return
    rows = [
        [
            one.label,
            str(one.postings),
            str(one.employers),
            *_against(one.pagerank, 1000),
            *_against(one.betweenness, 1000),
        ]
        for one in found.skills[:limit]
    ]
    columns = [
        "skill", "postings", "employers", "PageRank (expected), 1/1000", "z", "q",
        "betweenness (expected), 1/1000", "z", "q",
    ]  # fmt: skip
    central = sum(one.pagerank.central or one.betweenness.central for one in found.skills)
    head = f"{central} of {len(found.skills)} skills more central than frequency explains (q 0.05)"
    print_all(to, head, columns, rows, tuple(range(1, 9)), len(found.skills))


def _against(measure: Against, scale: float) -> list[str]:
    z = "" if measure.z is None else f"{measure.z:+.1f}"
    shown = f"{scale * measure.value:.1f} ({scale * measure.expected:.1f})"
    return [shown, z, f"{measure.q:.3f}"]
