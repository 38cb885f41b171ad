"""Where a server differs from the standard: what it is asked, and what its answers mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology import terms

if TYPE_CHECKING:
    from kg.rows import Term

_TERM: Final = r"LCASE\(\s*\?\w+\s*\)|\?\w+"
_KEY: Final = re.compile(rf"(?:(ASC|DESC)\s*\(\s*({_TERM})\s*\)|({_TERM}))\s*", re.IGNORECASE)
_ORDER: Final = re.compile(
    rf"(\bORDER\s+BY\s+)((?:{_KEY.pattern})+)((?:(?:LIMIT|OFFSET)\s+\d+\s*)*)\Z", re.IGNORECASE
)
_SELECT: Final = re.compile(r"\bSELECT\b[^{]*", re.IGNORECASE)
_MADE: Final = re.compile(r"\bAS\s+(\?\w+)", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"\?\w+")
_BOOLEAN: Final = ox.NamedNode(terms.XSD + "boolean")
_AS_WRITTEN: Final = {
    ox.Literal(digit, datatype=_BOOLEAN): ox.Literal(word, datatype=_BOOLEAN)
    for digit, word in (("1", "true"), ("0", "false"))
}


def for_virtuoso(sparql: str) -> str:
    """Return a query whose rows Virtuoso 7 sorts as the standard says.

    It sorts texts of more than twenty characters before the shorter ones, for it keeps them
    elsewhere ("Backend Infrastructure" before "AWS"); made by CONCAT they are texts like others.
    A query that sorts by anything but variables, or their LCASE, stays as it is, and so does a
    variable that its SELECT computes: of an aggregate Virtuoso makes nothing further.
    """
    found = _ORDER.search(sparql)
    if found is None:
        return sparql
    select = _SELECT.search(sparql)
    made = set(_MADE.findall(select[0])) if select else set()
    keys = " ".join(
        key[0].strip() if made.intersection(_VARIABLE.findall(key[0])) else _key(*key.groups())
        for key in _KEY.finditer(found[2])
    )
    return f"{sparql[: found.start()]}{found[1]}{keys} {found[found.re.groups]}"


def from_virtuoso(term: Term | None) -> Term | None:
    """Return a term of Virtuoso's rows as it was sent there: it answers a boolean as 1 or 0."""
    return _AS_WRITTEN.get(term, term) if isinstance(term, ox.Literal) else term


def _key(way: str | None, within: str | None, alone: str | None) -> str:
    term, way = within or alone or "", way or "ASC"
    text = f'{way}(CONCAT(STR({term}), ""))'
    if not term.startswith("?"):
        return text
    return f"{way}(IF(isNumeric({term}), {term}, 0)) {text}"
