"""Literals of the datatypes that our graphs have: well formed or not, and in which order."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology.terms import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,40}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH: Final = re.compile(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and _is_read(date.fromisoformat, text)


def _is_moment(text: str) -> bool:
    return _MOMENT.fullmatch(text) is not None and _is_read(datetime.fromisoformat, text)


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_WELL_FORMED: Final[dict[str, Callable[[str], object]]] = {
    RDF + "langString": lambda _: True,
    XSD + "boolean": ("true", "false").__contains__,
    XSD + "date": _is_date,
    XSD + "dateTime": _is_moment,
    XSD + "decimal": _DECIMAL.fullmatch,
    XSD + "gYearMonth": _MONTH.fullmatch,
    XSD + "integer": _INTEGER.fullmatch,
    XSD + "string": lambda _: True,
}
_NUMBERS: Final = (XSD + "integer", XSD + "decimal")
_TIMES: Final = (XSD + "date", XSD + "dateTime")


def is_well_formed(literal: ox.Literal) -> bool:
    """Say whether a literal is written as its datatype wants it, in the forms that we write.

    Others count as not well formed: "1" for true, times with another zone than Z.
    """
    known = _WELL_FORMED.get(literal.datatype.value)
    return known is not None and bool(known(literal.value))


def order_of(node: Node) -> tuple[str, Decimal | str] | None:
    """Return what orders numbers, dates and times: its first part is alike for what compares.

    None for everything else, and for what is not well formed.
    """
    if not isinstance(node, ox.Literal) or not is_well_formed(node):
        return None
    datatype = node.datatype.value
    if datatype in _NUMBERS:
        return "number", Decimal(node.value)
    return (datatype, node.value) if datatype in _TIMES else None
