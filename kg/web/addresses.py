"""Addresses: where the page of a thing is, whatever the thing is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.quotes import Quote

PLURALS: Final = {
    "role": "/roles",
    "level": "/levels",
    "skill": "/skills",
    "employer": "/employers",
    "posting": "/postings",
}
"""The list of the things of each kind."""
_PLAIN: Final = re.compile(
    r"(?!\.+(?:/|$))(?!.*\.(?:json|csv)$)[^/\\\x00-\x1f\x7f][^\\\x00-\x1f\x7f]*"
)
"""A name that can stand in a path: browsers would read dots alone, backslashes and such anew."""


def address_of(kind: str, name: str, **more: str | None) -> str:
    """Return the address of a thing's page.

    >>> address_of("skill", "C++"), address_of("employer", "..")
    ('/skill/C%2B%2B', '/employer?name=..')
    """
    fields = {key: value for key, value in more.items() if value}
    if _PLAIN.fullmatch(name):
        return with_fields(f"/{kind}/{quote(name, safe='')}", fields)
    return with_fields(f"/{kind}", {"name": name, **fields})


def with_fields(path: str, fields: Mapping[str, str]) -> str:
    """Return an address with fields; those that are empty are left out."""
    kept = {name: value for name, value in fields.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def words_address(posting: str, start: int | None) -> str:
    """Return the address of a posting's page, at the words that begin there in its text.

    >>> words_address("2eff59", 12)
    '/posting/2eff59#at-12'
    """
    there = address_of("posting", posting)
    return there if start is None else f"{there}#at-{start}"


def quote_address(quote: Quote) -> str:
    """Return the address of a quote's posting, at its words."""
    return words_address(quote.posting, quote.start)


def posting_id(iri: str) -> str:
    """Return the identifier of a posting, with which its IRI ends."""
    return iri.rstrip("/").rsplit("/", 1)[-1]
