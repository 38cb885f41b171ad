"""The SPARQL page: a query, its rows, and an error at the place where the parser gave up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.failures import message
from kg.query_guard import QueryRefusedError
from kg.questions import questions
from kg.rows import Value
from kg.web.addresses import address_of, posting_id
from kg.web.page import Page, Table
from kg.web.parsing import refuse_service
from kg.web.protocol import BYTE_ORDER_MARK, LONGEST_QUERY
from kg.web.sections import Cell, Head, Section, shown
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.rows import Rows
    from kg.web.desk import Desk

MOST: Final = 1_000
"""Rows that are shown; JSON and CSV have all."""
_PLACE: Final = re.compile(r"error at (\d+):(\d+):")
EXAMPLES: Final[Mapping[str, str]] = {
    "The roles with most postings": """SELECT ?role (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
  GRAPH ?graph { ?posting a schema:JobPosting ; rg:role ?role_iri }
  ?role_iri skos:prefLabel ?role .
}
GROUP BY ?role
ORDER BY DESC(?postings) ?role
LIMIT 20""",
    "Required together with Python": """SELECT ?skill (COUNT(DISTINCT ?posting) AS ?postings)
WHERE {
  GRAPH ?graph { ?posting rg:requiresSkill skill:python , ?other }
  ?other skos:prefLabel ?skill .
  FILTER (?other != skill:python)
}
GROUP BY ?skill
ORDER BY DESC(?postings) ?skill
LIMIT 20""",
    "The exact words behind a requirement": """SELECT ?title ?words ?section ?rule WHERE {
  GRAPH ?graph {
    ?posting schema:title ?title ; rg:hasRequirement ?requirement .
    ?requirement rg:skill skill:sql ; rg:necessity rg:Required ; rg:evidence ?evidence .
    ?evidence oa:exact ?words ; rg:section ?section ; rg:rule ?rule .
  }
}
ORDER BY ?title ?words
LIMIT 50""",
    "Stated pay, as a graph": """CONSTRUCT { ?posting schema:title ?title ; rg:annualMinimum ?low }
WHERE {
  GRAPH ?graph {
    ?posting schema:title ?title ; schema:baseSalary/rg:annualMinimum ?low
  }
}
LIMIT 50""",
    "Is there a posting without a role?": """ASK {
  GRAPH ?graph { ?posting a schema:JobPosting }
  FILTER NOT EXISTS { ?posting rg:role ?role }
}""",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query, and where: line and column count from 1, None where unknown."""

    message: str
    line: int | None = None
    column: int | None = None
    offset: int | None = None
    """Code points before the place."""

    def to_json(self) -> dict[str, str | int | None]:
        """Return message and place."""
        return {"error": self.message, "line": self.line, "column": self.column}


def sparql(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return the query's form and its answer; without a query, the form with examples."""
    text = (given.get("query") or "").removeprefix(BYTE_ORDER_MARK)
    text = text.replace("\r\n", "\n")  # as browsers send a line's end, and do not count it
    fault, rows = None, None
    if text.strip():
        fault = find_fault(text)
        if fault is None:
            rows = desk.query("Your query", text)
    shown = {
        "text": text,
        "examples": [(name, query) for name, query in EXAMPLES.items()],
        "named": [(one.title, one.name) for one in questions().values()],
        "fault": fault,
        "lines": _lines(text, fault) if fault else [],
        "section": _section(rows) if rows is not None else None,
        "kind": rows.kind if rows is not None else "",
        "answer": rows.answer if rows is not None else None,
        "prefixes": terms.PREFIXES,
    }
    table = Table((), ())
    data: object = None
    if rows is not None:
        table, data = Table(rows.columns, rows.rows), rows.to_dicts()
    elif fault is not None:
        table = Table(("error", "line", "column"), [(fault.message, fault.line, fault.column)])
        data = fault.to_json()
    command = "kg query FILE.rq" if text.strip() else None
    status = 400 if fault else 200
    return Page("sparql.html", "SPARQL", data, table, shown, desk.used, command, status)


def find_fault(text: str) -> Fault | None:
    """Return what is wrong with a query before it is run; None where nothing is."""
    if len(text) > LONGEST_QUERY:
        return Fault(f"a query of {len(text):,} characters; {LONGEST_QUERY:,} are the most")
    try:
        refuse_service(text)
        # An empty store answers at once; the parser is the one that the embedded store has, also
        # where the query goes to an endpoint elsewhere, whose errors name no place.
        ox.Store().query(text, prefixes=terms.PREFIXES)
    except QueryRefusedError as error:
        return Fault(str(error))
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        if place is None:
            return Fault(message(error))
        return _fault_at(text, message(error), int(place[1]), int(place[2]))
    except (ValueError, OSError) as error:
        return Fault(message(error))
    return None


def _fault_at(text: str, said: str, line: int, column: int) -> Fault:
    """Return a fault at a place, as the parser counts: lines and code points from 1."""
    before = text.split("\n")[: line - 1]
    return Fault(said, line, column, sum(len(one) + 1 for one in before) + column - 1)


def _lines(text: str, fault: Fault) -> list[tuple[int, str, str, str]]:
    """Return each line by its number: what stands before the place, at it, and behind it."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if number == fault.line and fault.column is not None:
            at = fault.column - 1
            found.append((number, line[:at], line[at : at + 1] or " ", line[at + 1 :]))
        else:
            found.append((number, line, "", ""))
    first = max(0, (fault.line or 1) - 6)
    return found[first : first + 11] if fault.line else []


def _section(rows: Rows) -> Section:
    heads = tuple(Head(one) for one in rows.columns)
    cells = tuple(tuple(_cell(value) for value in row) for row in rows.rows[:MOST])
    return Section("answer", "", heads, cells, len(rows))


def _cell(value: Value) -> Cell:
    """Return a value; an IRI is written short, and one that has a page here leads to it."""
    if not isinstance(value, str) or "://" not in value:
        return Cell(str(value) if isinstance(value, int) else shown(value))
    kinds = {f"{terms.VOCABULARY}{kind}/": kind for kind in ("role", "level", "skill")}
    for start, kind in kinds.items():
        if value.startswith(start):
            return Cell(terms.short(value), address_of(kind, value))
    if re.search(r"/posting/[0-9a-f]{20}$", value):
        return Cell(f"posting {posting_id(value)}", address_of("posting", posting_id(value)))
    return Cell(terms.short(value))
