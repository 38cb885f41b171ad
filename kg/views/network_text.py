"""Networks of skills as text: pairs, communities, what is central."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.incidence import counted
from kg.printing import console, print_wide
from kg.table import draw_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from kg.analysis.centrality import Against, Centrality
    from kg.analysis.communities import Communities
    from kg.analysis.cooccurrence import Cooccurrence

MEMBERS: Final = 12
"""Members of a community that are named; the rest is counted, and stands in --json and --csv."""


def print_heading(title: str, caution: str | None, *lines: str) -> None:
    """Print what a table is about, and what it cannot carry."""
    from rich.markup import escape

    to = console()
    to.print(f"[bold]{escape(title)}[/]", soft_wrap=True)
    for line in lines:
        to.print(escape(line), soft_wrap=True)
    if caution:
        to.print(f"\n[bold]Caution.[/] {escape(caution)}")


def print_table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    right: Sequence[int] = (),
    total: int | None = None,
) -> None:
    """Print a table under its title, and how many rows there are beyond it."""
    to = console()
    if not rows:
        to.print(f"\n{title}: nothing", markup=False)
        return
    to.print()
    print_wide(to, draw_table(columns, rows, to.width, title=title, right=right))
    if total is not None and total > len(rows):
        to.print(f"and {total - len(rows)} more (--json, --csv)")


def print_cooccurrence(found: Cooccurrence, limit: int) -> None:
    """Print the surest pairs."""
    print_heading(
        f"Skills asked for together: {found.label}",
        found.caution,
        f"  {counted(found.postings, found.employers)}; asking counted: {found.necessity}; of "
        "copies of one job one",
    )
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
    sure = sum(pair.sure for pair in found.pairs)
    head = f"{sure} of {len(found.pairs)} pairs surely more often than by chance"
    print_table(head, columns, rows, (1, 2, 3, 4, 5, 6), len(found.pairs))


def print_communities(found: Communities) -> None:
    """Print the communities with their central skills, then the bridges."""
    agreement = ""
    if found.agreement is not None:
        agreement = (
            f"  {found.seeds} seeds agree with an adjusted Rand index of {found.agreement:.2f} "
            f"(lowest {found.lowest:.2f}); modularity {found.modularity:.2f}; "
            f"{found.apart} skills in no community"
        )
    print_heading(
        f"Communities of skills: {found.label}",
        found.caution,
        f"  {counted(found.postings, found.employers)}; asking counted: {found.necessity}",
        *([agreement] if agreement else []),
    )
    if not found.enough:
        return
    rows = []
    for one in found.communities:
        named = ", ".join(member.label for member in one.members[:MEMBERS])
        more = len(one.members) - MEMBERS
        words = f"{named} and {more} more" if more > 0 else named
        rows.append([str(one.number), str(len(one.members)), f"{one.stability:.2f}", words])
    columns = ["", "skills", "stable", "the most central first"]
    print_table(f"Communities ({len(rows)})", columns, rows, (0, 1, 2))
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
    print_table(f"Bridges: ties into several communities ({len(bridges)})", columns, bridges, (1,))


def print_centrality(found: Centrality, limit: int) -> None:
    """Print the skills that are more central than their frequency explains first."""
    print_heading(
        f"Central skills: {found.label}",
        found.caution,
        f"  {counted(found.postings, found.employers)}; asking counted: {found.necessity}, without "
        "alternatives",
        f"  expected: the mean of {found.draws} shuffles in which postings and skills keep their "
        f"numbers; {found.left_out} rarer skills left out",
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
    print_table(head, columns, rows, tuple(range(1, 9)), len(found.skills))


def _against(measure: Against, scale: float) -> list[str]:
    z = "" if measure.z is None else f"{measure.z:+.1f}"
    shown = f"{scale * measure.value:.1f} ({scale * measure.expected:.1f})"
    return [shown, z, f"{measure.q:.3f}"]
