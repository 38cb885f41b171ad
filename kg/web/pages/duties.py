"""The duties that postings state, as a section of a page: how many state each, and some words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.web.pages.queries import first_graphs
from kg.web.sections import question_address, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rows import Value
    from kg.web.desk import Desk
    from kg.web.sections import Section

SHOWN: Final = 12
QUOTED: Final = 12
"""Postings of which the words are looked up."""
_DUTIES: Final = """SELECT DISTINCT ?duty ?family ?postings ?iri WHERE {
  {
    SELECT ?iri (COUNT(?posting) AS ?postings) WHERE {
      GRAPH ?graph { %s?posting rg:duty ?iri }
    }
    GROUP BY ?iri
  }
  ?iri skos:prefLabel ?duty .
  OPTIONAL { ?iri skos:broader/skos:prefLabel ?family }
}
ORDER BY DESC(?postings) LCASE(?duty)"""
_WORDS_IN: Final = """{ GRAPH %s {
    ?posting a schema:JobPosting .
    ?evidence rg:forProperty rg:duty ; rg:forValue ?iri ; oa:exact ?words ; oa:start ?start .
  } }"""
_WORDS: Final = """SELECT DISTINCT ?iri ?words ?posting ?start WHERE { %s }
ORDER BY ?posting ?start"""


def duties(desk: Desk, these: str, of: int, **asked: str | None) -> Section:
    """Return the duties that such postings state, each with the first words of some posting."""
    counted = desk.query("Duties", _DUTIES % these).to_dicts()
    graphs = desk.query(
        "Some postings that state duties", first_graphs(f"{these}?posting rg:duty ?duty . ", QUOTED)
    )
    said: dict[str, dict[str, Value]] = {}
    if counted:
        words = desk.query("Duties: in their words", words_in(str(row[0]) for row in graphs))
        for row in words.to_dicts():
            said.setdefault(str(row["iri"]), row)
    none: dict[str, Value] = {"words": None, "posting": None}
    rows = []
    for row in counted:
        first = said.get(str(row["iri"]), none)
        rows.append({**row, "words": first["words"], "posting": first["posting"]})
    return section_of(
        "duties",
        "Duties",
        rows,
        {"duty": "duty", "postings": "postings", "words": "in the words of one"},
        limit=SHOWN,
        of=of,
        more=question_address("duties-by-level", **asked),
    )


def words_in(graphs: Iterable[str]) -> str:
    """Return the query for the words in which the postings of these graphs state duties.

    Each graph is named by itself: a list of them would be joined with all words of all postings.
    """
    parts = [_WORDS_IN % ox.NamedNode(graph) for graph in sorted(graphs)]
    return _WORDS % (" UNION ".join(parts) or "FILTER (false)")
