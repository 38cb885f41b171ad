"""The SPARQL 1.1 Protocol: what a request asks, or the status that says why it asks nothing.

Source: W3C Recommendation "SPARQL 1.1 Protocol", 21 March 2013, section 2.1: a query comes with
GET, with a POSTed form, or POSTed as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
BYTE_ORDER_MARK: Final = "\ufeff"
"""What some editors put before a text; it is no part of the query."""
LONGEST_QUERY: Final = 100_000
"""Characters of a query at the most: a screenful has two thousand."""
MOST_FIELDS: Final = 500
CLOSE: Final = {"Connection": "close"}
"""With an answer to a request that was not read to its end."""


class RequestRefusedError(Exception):
    """A request that is not answered: the status of HTTP, and a message that says what would be."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the dataset that the request names for it: no graphs mean the store's own."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawRequest:
    """What of a request of HTTP the protocol looks at."""

    method: str
    query_string: str
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)


def read_request(request: RawRequest) -> Asked | None:
    """Return what is asked; None where a GET asks nothing and wants the service's description.

    Raises `RequestRefusedError`: 400 for a request that the protocol does not know or of two
    queries, 403 for an update, 405 for another method, 413 for a query that is too long, 415 for
    another type of content.
    """
    if request.method not in METHODS or request.method == "OPTIONS":
        raise RequestRefusedError(
            405,
            f"{request.method} is no way to ask: use GET or POST",
            {"Allow": ", ".join(METHODS)},
        )
    fields = _fields(request.query_string)
    if request.method != "POST":
        return _asked(fields) if fields else None
    kind, charset = _content_type(request.content_type)
    if kind == UPDATE:
        raise _no_updates()
    if kind not in (FORM, QUERY):
        found = f"Content-Type {kind}" if kind else "no Content-Type"
        raise RequestRefusedError(415, f"{found}; send a query as {QUERY} or as {FORM}")
    text = _decoded(request.body, charset)
    if kind == QUERY:
        if any(name == "query" for name, _ in fields):
            raise RequestRefusedError(400, "two queries: one in the address and one in the body")
        fields = [*fields, ("query", text)]
    else:
        fields = _fields(text)
    return _asked(fields)


def _asked(fields: Sequence[tuple[str, str]]) -> Asked:
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise _no_updates()
    queries = given.get("query", [])
    if len(queries) != 1:
        found = "no query" if not queries else f"{len(queries)} queries"
        raise RequestRefusedError(400, f"{found}; send one, in the parameter `query`")
    if len(queries[0]) > LONGEST_QUERY:
        raise RequestRefusedError(
            413, f"a query of {len(queries[0]):,} characters; {LONGEST_QUERY:,} are the most"
        )
    return Asked(
        queries[0].removeprefix(BYTE_ORDER_MARK),
        tuple(given.get("default-graph-uri", ())),
        tuple(given.get("named-graph-uri", ())),
    )


def _fields(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:  # also what is no UTF-8
        raise RequestRefusedError(400, f"the parameters cannot be read: {error}") from error


def _content_type(header: str) -> tuple[str, str]:
    kind, *parameters = (part.strip().lower() for part in header.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return kind, value.strip().strip('"')
    return kind, "utf-8"


def _decoded(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RequestRefusedError(415, f"charset {charset}; SPARQL is sent as UTF-8")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestRefusedError(
            400, f"not UTF-8: byte 0x{body[error.start]:02x} at {error.start}"
        ) from error


def _no_updates() -> RequestRefusedError:
    return RequestRefusedError(403, "this endpoint only reads: `kg build` and `kg remove` write")
