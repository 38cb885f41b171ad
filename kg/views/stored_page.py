"""A stored posting as a page: its text with what was taken from it marked, as the store has it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.names import Names, UnknownNameError
from kg.plurals import counted
from kg.views.explanation import EDIT_COLUMNS
from kg.views.pages.frame import page, render
from kg.views.posting_page import LEGEND
from kg.views.stored_marks import marked, statement_name, with_choices, words_of_duties
from ontology.terms import DECLARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from kg import KnowledgeGraph
    from kg.rows import Value
    from kg.views.stored_marks import Stretch

_POSTING: Final = f"""{DECLARED}
SELECT ?id ?title ?employer ?text ?source WHERE {{ GRAPH ?graph {{
  %s schema:identifier ?id .
  OPTIONAL {{ %s schema:title ?title }}
  OPTIONAL {{ %s schema:hiringOrganization/schema:name ?employer }}
  OPTIONAL {{
    %s prov:wasDerivedFrom ?stored . ?stored rdf:value ?text .
    OPTIONAL {{ ?stored prov:wasDerivedFrom/schema:name ?source }}
  }}
}} }}
LIMIT 1"""
COLUMNS: Final = ("start", "end", "words", "statement", "value", "necessity", "section", "rule")
FEW: Final = 5
"""Ids that are named of several postings with one title."""


def stored_page(graph: KnowledgeGraph, name: str) -> str:
    """Return the page on a posting by its identifier, IRI or title.

    Raises `UnknownNameError`, also where several postings have the title.
    """
    node = _find(graph, name)
    found = graph.query(_POSTING.replace("%s", str(node))).to_dicts()[0]
    rows = graph.ask("evidence-of-posting", posting=node.value).to_dicts()
    title = str(found["title"] or found["source"] or found["id"])
    return page(title, stored(found, title, rows), made_by=f"kg show posting {found['id']}")


def stored(found: Mapping[str, Value], title: str, rows: Sequence[Mapping[str, Value]]) -> Markup:
    """Return a stored posting as a fragment of a page, with the rows of its evidence."""
    parts = marked(str(found["text"] or ""), rows)
    counts = Counter(one.kind for part in parts for one in part.stretches if one.kind)
    return render(
        "posting.html",
        title=title,
        employer=found["employer"] or "",
        source=found["source"] or "",
        identifier=found["id"],
        lead=f"{counted(len(rows), 'statement')} in {counted(len(parts), 'section')}.",
        legend=[(kind, name, counts[kind]) for kind, name in LEGEND if counts[kind]],
        # a heading stands in its section's text
        sections=[(part.kind, "", _text(part.stretches)) for part in parts],
        duties=words_of_duties(rows),
        edit_columns=EDIT_COLUMNS,
        edits=(),
        columns=COLUMNS,
        mentions=[[_cell(name, row) for name in COLUMNS] for row in with_choices(rows)],
    )


def _find(graph: KnowledgeGraph, name: str) -> ox.NamedNode:
    found = Names.of(graph.source).find("posting", name)
    if len(found) > 1:
        ids = [one.value.rsplit("/", 1)[-1] for one in found]
        hint = f"these are: {', '.join(ids[:FEW])}"
        raise UnknownNameError("single posting", name, {}, hint)
    return found[0]


def _cell(column: str, row: Mapping[str, Value]) -> Value:
    if column == "necessity" and "choice" in row:
        return row["choice"]
    return statement_name(str(row[column])) if column == "statement" else row[column]


def _text(stretches: Iterable[Stretch]) -> Markup:
    from markupsafe import Markup, escape

    made = Markup('<mark class="{}" title="{}">{}<small>{}</small></mark>')
    return Markup().join(
        made.format(one.kind, one.why, one.text, one.said) if one.kind else escape(one.text)
        for one in stretches
    )
