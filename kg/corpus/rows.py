"""The rows of a posting: what it adds to each column, read off its graph while that is made.

They are the answers to `QUERIES` in the posting's own graph: the store need not be asked for what
was at hand when it was written.
"""

from __future__ import annotations

import json
import zlib
from itertools import product
from typing import TYPE_CHECKING, Final

from kg.corpus import queries
from kg.corpus.asks import EDGES
from ontology import terms
from ontology.terms import OA, PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.written import Values

    Row = tuple[str, ...]
    Said = Mapping[str, Sequence[str]]

_PLAIN: Final = (
    *(SCHEMA + "identifier", SCHEMA + "title", SCHEMA + "datePosted", terms.ROLE, terms.LEVEL),
    *(SCHEMA + "hiringOrganization", SCHEMA + "jobLocation", terms.DUTY, terms.WORK_MODE),
    *(terms.MINIMUM_YEARS, terms.MAXIMUM_YEARS, terms.SUBJECT, terms.EQUIVALENT_EXPERIENCE),
    *(terms.FIELD, terms.FOREIGN_EQUIVALENT, terms.RELATED_FIELD),
    *(SCHEMA + "currency", terms.ANNUAL_MINIMUM, terms.ANNUAL_MAXIMUM, SCHEMA + "value"),
    *(SCHEMA + "minValue", SCHEMA + "maxValue", SCHEMA + "unitText"),
)
"""Properties whose statements are rows as they are: what has it, and which."""
_OF_GRAPHS: Final = (SCHEMA + "baseSalary", SCHEMA + "estimatedSalary")
"""Properties of the posting alone: the graph says which."""


def _query(pattern: str, columns: str) -> str:
    return queries.in_graphs(pattern, columns)


_SCANNED: Final[dict[str, tuple[str, tuple[int, ...]]]] = {
    **{one: (_query(queries.values_of(one), "?subject ?value"), (0, 1)) for one in _PLAIN},
    **{one: (_query(queries.values_of(one), "?value"), (1,)) for one in _OF_GRAPHS},
    **{one: (_query(f"?posting <{one}> ?skill", "?skill"), (1,)) for one, _ in EDGES},
    SCHEMA + "name": (_query(queries.NAMES, "?node ?name"), (0, 1)),
    PROV + "wasDerivedFrom": (_query(queries.SOURCES, "?document"), (1,)),
    terms.MEMBER: (_query(queries.CHOSEN, "?requirement ?choice"), (1, 0)),
}
"""Of a property, the query that each of its statements is a row of, and what stands in the row:
what has it (0), and which (1)."""
_POSTINGS: Final = _query(queries.POSTINGS, "?posting")
_CHOICES: Final = _query(queries.CHOICES, "?choice ?minimum ?necessity")
_IN_WORDS: Final = _query(queries.IN_WORDS, "?requirement ?label ?necessity ?class")
_DEGREES: Final = _query(queries.DEGREES, "?requirement ?degree ?necessity")
_DEGREE_NODES: Final = _query(queries.DEGREE_NODES, "?requirement ?class")
_YEARS: Final = _query(queries.YEARS, "?requirement ?necessity")
_MEMBERS: Final = _query(queries.MEMBERS, "?choice ?skill")
_MIXED: Final = _query(queries.MIXED, "?choice")
_CHOSEN_IN_WORDS: Final = _query(queries.CHOSEN_IN_WORDS, "?requirement ?choice")
_DUTIES: Final = _query(queries.DUTIES, "?skill")
_DUTIES_IN_WORDS: Final = _query(queries.DUTIES_IN_WORDS, "?label ?class")
QUERIES: Final = (
    *(query for query, _ in _SCANNED.values()),
    *(_POSTINGS, _CHOICES, _IN_WORDS, _DEGREES, _DEGREE_NODES, _YEARS),
    *(_MEMBERS, _MIXED, _CHOSEN_IN_WORDS, _DUTIES, _DUTIES_IN_WORDS),
)
"""The queries whose rows are read off: about all postings, none of what only the store can say."""
_EXACT: Final = OA + "exact"
_TYPE, _LABEL = RDF + "type", RDFS + "label"


def posting_rows(values: Values) -> dict[str, list[Row]]:
    """Return a posting's rows by their query, without the graph, which is the first in each."""
    found: dict[str, list[Row]] = {}
    for node, said in values.items():
        if _EXACT in said:
            continue  # evidence: half of all nodes, and no column is of it
        for term, stated in said.items():
            if term in _SCANNED:
                query, shape = _SCANNED[term]
                rows = ((node, value) for value in stated)
                found.setdefault(query, []).extend(tuple(row[at] for at in shape) for row in rows)
        for query, row in _joined(values, node, said):
            found.setdefault(query, []).append(row)
    return found


def _joined(values: Values, node: str, said: Said) -> Iterator[tuple[str, Row]]:
    """Yield the rows that more than one statement makes, each with its query."""
    classes = said.get(_TYPE, ())
    if SCHEMA + "JobPosting" in classes:
        yield _POSTINGS, (node,)
    if terms.MEMBER in said:
        yield from _of_members(values, node, said)
    necessities = said.get(terms.NECESSITY)
    if not necessities:
        return
    for necessity in necessities:
        for minimum in said.get(terms.MINIMUM, ()):
            yield _CHOICES, (node, minimum, necessity)
        for label, kind in product(said.get(_LABEL, ()), classes):
            yield _IN_WORDS, (node, label, necessity, kind)
        for degree in said.get(terms.DEGREE, ()):
            yield _DEGREES, (node, degree, necessity)
        if terms.EXPERIENCE_REQUIREMENT in classes:
            yield _YEARS, (node, necessity)
    if terms.DEGREE_REQUIREMENT in classes:
        yield from ((_DEGREE_NODES, (node, kind)) for kind in classes)
    for proof in said.get(terms.EVIDENCE, ()):
        if "duties" in values[proof].get(terms.SECTION, ()):
            yield from ((_DUTIES, (skill,)) for skill in said.get(terms.SKILL, ()))
            named = product(said.get(_LABEL, ()), classes)
            yield from ((_DUTIES_IN_WORDS, row) for row in named)


def _of_members(values: Values, choice: str, said: Said) -> Iterator[tuple[str, Row]]:
    for member in said[terms.MEMBER]:
        of = values.get(member, {})
        yield from ((_MEMBERS, (choice, skill)) for skill in of.get(terms.SKILL, ()))
        yield from ((_MIXED, (choice,)) for _ in of.get(terms.DEGREE, ()))
        yield from ((_CHOSEN_IN_WORDS, (member, choice)) for _ in of.get(_LABEL, ()))


def packed(rows: Mapping[str, Iterable[Row]]) -> bytes:
    """Return rows in a fifth of their bytes."""
    by_number = [(_NUMBER[query], list(zip(*found, strict=True))) for query, found in rows.items()]
    return zlib.compress(json.dumps(by_number, separators=(",", ":")).encode(), 1)


def unpacked(data: bytes) -> dict[str, list[list[str]]]:
    """Return what was packed, as columns."""
    return {QUERIES[number]: columns for number, columns in json.loads(zlib.decompress(data))}


_NUMBER: Final = {query: number for number, query in enumerate(QUERIES)}
