"""What a query may ask of the embedded store: its own data, and nothing from the network."""

from __future__ import annotations

import re
import sys
from typing import Final

import pyoxigraph as ox

from ontology import terms

# Blanks and comments, as SPARQL allows them between any two words.
_GAP: Final = r"(?:\s|\#[^\n\r]*[\n\r])*"

# The whole text is searched, texts and comments included: telling them from code would take the
# engine's own grammar, and a guard that reads otherwise than the engine has holes.
_SERVICE: Final = re.compile(
    rf"""SERVICE {_GAP} (?:SILENT {_GAP})?
         (?: <[^>]*> | [?$][\w\u00b7]+ | [^\s{{}}<>"']*:[^\s{{}}]* ) {_GAP} \{{""",
    re.IGNORECASE | re.VERBOSE,
)
# "?service ?name {" names two variables: the engine never ends a variable's name early.
_VARIABLE: Final = re.compile(r"[?$]\w*\Z")

_WORDS: Final = re.compile(
    r"""  \#[^\n\r]*                              # a comment
        | \"{3} (?:[^"\\] | \\. | \"{1,2}(?!\"))* \"{3}
        | '{3} (?:[^'\\] | \\. | '{1,2}(?!'))* '{3}
        | " (?:[^"\\\n\r] | \\.)* "
        | ' (?:[^'\\\n\r] | \\.)* '
        | < [^<>"{}|^`\x00-\x20]* >               # an IRI
        | [?$]\w+ | [\w-]*:[\w.-]*                # a variable, a prefixed name
        | \w+ """,
    re.VERBOSE | re.DOTALL,
)


_UPDATE: Final = re.compile(
    r"\b(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|MODIFY)\b", re.IGNORECASE
)
"""What every update has, MODIFY in what was before SPARQL 1.1."""
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class QueryRefusedError(ValueError):
    """A query that is not run. The message says what would work."""


def check_query(sparql: str) -> None:
    """Raise `QueryRefusedError` where the query calls another server (`SERVICE <...> { ... }`).

    A text or a comment that reads like such a call is refused as well.
    """
    for match in _SERVICE.finditer(sparql):
        if not _VARIABLE.search(sparql[: match.start()]):
            raise QueryRefusedError(
                "SERVICE calls another server, and this store never does: "
                "ask that server itself, or load its data beside the postings"
            )


def refuse_update(sparql: str) -> None:
    """Raise `QueryRefusedError` where a text may change a store: some servers would run it.

    A text with the word of an update in it, in whatever letters, must be a query by the engine's
    grammar; one that is not is refused, whatever another server may take it for.
    """
    found = _UPDATE.search(_ESCAPED.sub(_letter, sparql))
    if found is None:
        return
    check_query(sparql)  # the engine would call another server, even of no data
    try:
        ox.Store().query(sparql, prefixes=terms.PREFIXES)
    except SyntaxError as error:
        raise QueryRefusedError(
            f"{found.group()} changes a store, and a query only asks: `kg build` and `kg remove` "
            f"write to a store, `kg push` to another's ({error})"
        ) from error


def _letter(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else " "


def names_graphs(sparql: str) -> bool:
    """Say whether a query chooses its graphs itself with FROM or FROM NAMED."""
    return any(match.group().upper() == "FROM" for match in _WORDS.finditer(sparql))


def makes_graph(sparql: str) -> bool:
    """Say whether a query is answered with a graph: CONSTRUCT or DESCRIBE."""
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    words = (match.group().upper() for match in _WORDS.finditer(sparql))
    return next((word for word in words if word in forms), "") in ("CONSTRUCT", "DESCRIBE")
