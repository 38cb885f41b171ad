"""Graphs, results and rows as a notebook shows them: plain tables, which a code host shows too.

Such hosts take styles and scripts out of stored outputs, so nothing here needs any. Every text is
escaped: what a posting says is never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from kg.candidates import COLUMNS
from kg.plurals import counted
from kg.printing import short
from kg.store_folder import StoreError
from kg.views.notebook_results import DRAWN, Drawing

if TYPE_CHECKING:
    from kg import KnowledgeGraph
    from kg.rows import Rows

MOST: Final = 25
"""Rows that are shown; the others are counted."""
FIRST: Final = 10
"""Skills that a graph shows of itself."""
LONGEST: Final = 120
"""Signs of a cell that are shown."""
UNSEEN: Final = frozenset(
    ("concept", "concept_a", "concept_b", "contexts", "key", "evidence", "words", "z", "p", "by")
)
"""Columns that are for programs, or hold a posting's words."""


def table_html(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    head: str = "",
    notes: Iterable[str | None] = (),
    total: int | None = None,
) -> str:
    """Return a table of the first `MOST` rows below a head, and how many rows there are more.

    >>> "<td>&lt;b&gt;</td>" in table_html(["skill"], [["<b>"]])
    True
    """
    parts = [Markup("<p><b>{}</b></p>").format(head)] if head else []
    parts += [Markup("<p>{}</p>").format(note) for note in notes if note]
    if rows:
        heads = Markup("").join(Markup("<th>{}</th>").format(name) for name in columns)
        lines = Markup("\n").join(_row(row) for row in rows[:MOST])
        parts.append(
            Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(
                heads, lines
            )
        )
    left = (len(rows) if total is None else total) - len(rows[:MOST])
    if left > 0:
        parts.append(Markup("<p>and {} more</p>").format(f"{left:,}"))
    elif not rows and not head:
        parts.append(Markup("<p>no rows</p>"))
    return str(Markup("\n").join(parts))


def rows_html(rows: Rows) -> str:
    """Return the answer to a query: IRIs shortened; those that stand beside a name left out."""
    named = {f"{name}_iri" for name in rows.columns}
    kept = [place for place, name in enumerate(rows.columns) if name not in named]
    cells = [[row[place] for place in kept] for row in rows.rows]
    return table_html([rows.columns[place] for place in kept], cells)


def graph_html(graph: KnowledgeGraph) -> str:
    """Return what a graph holds: its postings, roles and levels, and the skills most required."""
    try:
        roles, skills = graph.ask("roles").to_dicts(), graph.ask("skills").to_dicts()
        employers, postings = len(graph.ask("employers")), len(graph)
    except StoreError as error:
        return str(Markup("<p>{}</p>").format(f"no graph to be seen: {error}"))
    holds = ", ".join(
        (
            counted(postings, "posting"),
            counted(len(roles), "role"),
            counted(employers, "employer"),
            counted(len({row["skill_iri"] for row in skills}), "skill"),
        )
    )
    named = "; ".join(f"{row['role']} ({row['postings']})" for row in roles[:5])
    asked = [
        (row["skill"], row["postings"], row["employers"])
        for row in skills
        if row["necessity"] == "required"
    ]
    return table_html(
        ("skill required", "postings", "employers"),
        asked[:FIRST],
        head=f"A graph of {holds}",
        notes=(f"roles: {named}" if named else None,),
        total=len(asked),
    )


def result_html(result: Any) -> str:
    """Return a result: drawn as its kind is, or else its rows without what is for programs."""
    draw = DRAWN.get(type(result).__name__)
    if draw:
        drawn: Drawing = draw(result)
        return table_html(
            drawn.columns, drawn.rows, head=drawn.head, notes=drawn.notes, total=drawn.total
        )
    rows = result.to_rows() if hasattr(result, "to_rows") else [result.to_row()]
    return _of_rows(rows, notes=(getattr(result, "caution", None),))


def listing_html(items: Sequence[Any]) -> str:
    """Return a list of results as one table."""
    return _of_rows([_as_row(item) for item in items])


def _as_row(item: Any) -> Mapping[str, object]:
    row = item.to_row()
    return row if isinstance(row, Mapping) else dict(zip(COLUMNS, row, strict=True))


def _of_rows(rows: Sequence[Mapping[str, object]], notes: Iterable[str | None] = ()) -> str:
    named = [name for name in (rows[0] if rows else ()) if name not in UNSEEN]
    columns = [name for name in named if any(row[name] not in (None, "") for row in rows)]
    cells = [[row[name] for name in columns] for row in rows]
    return table_html([name.replace("_", " ") for name in columns], cells, notes=notes)


def _row(cells: Sequence[object]) -> Markup:
    return Markup("<tr>{}</tr>").format(Markup("").join(map(_cell, cells)))


def _cell(value: object) -> Markup:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = short(_text(value))
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    lines = Markup("<br>").join(escape(line) for line in text.split("\n"))
    tag = Markup('<td align="right">{}</td>') if number else Markup("<td>{}</td>")
    return tag.format(lines)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and abs(value) > 9999 else str(value)
