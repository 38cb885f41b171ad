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

_TEXTS: Final = r"""
          \#[^\n\r]*                              # a comment
        | \"{3} (?:[^"\\] | \\. | \"{1,2}(?!\"))* \"{3}
        | '{3} (?:[^'\\] | \\. | '{1,2}(?!'))* '{3}
        | " (?:[^"\\\n\r] | \\[^\n\r])* "
        | ' (?:[^'\\\n\r] | \\[^\n\r])* '
"""
_IRI: Final = r"< [^<>\"{}|^`\x00-\x20]* >"
_NAMES: Final = r"""
          [?$]\w+ | @[\w-]+                      # a variable, a language
        | [\w-]{0,200}: (?: [\w.:%-] | \\[^\n\r] )*    # a prefixed name
        | (?P<word> \w+ )"""
_WORDS: Final = re.compile(f"{_TEXTS} | {_IRI} | {_NAMES}", re.VERBOSE | re.DOTALL)
_WORDS_BY_SIGNS: Final = re.compile(
    rf"""{_TEXTS} | < [^<>\"'\#{{}}|^`\\\x00-\x20]* > | {_NAMES}""", re.VERBOSE | re.DOTALL
)
"""As the engine reads `?a<?b#>'`: what follows the sign is no IRI, but may hide a text's end."""

_UNSTEADY: Final = re.compile(r"\\u|(?:NOW|RAND|UUID)\s*[(#]", re.IGNORECASE)
"""What is another each time: also in a text or behind other letters, and what may spell it."""

_UPDATE: Final = re.compile(
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|MODIFY)", re.IGNORECASE
)
"""What every update has, MODIFY in what was before SPARQL 1.1."""
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ALL: Final = re.compile(r"SELECT\s*(?:(?:DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)


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

    What the engine reads as a query is one. Other servers know more than it does, so any other text
    is refused only for the word of an update that stands by itself, in whatever letters: outside of
    texts, IRIs, names and comments. It stands so where any way to read the text shows it: what is a
    text to one server may be code to another.
    """
    for text in dict.fromkeys((sparql, _ESCAPED.sub(_letter, sparql))):
        word = _updating_word(text)
        if word and (why := _no_query(text)):
            raise QueryRefusedError(
                f"{word} changes a store, and a query only asks: `kg build` and `kg remove` "
                f"write to a store, `kg push` to another's ({why})"
            )


def _no_query(sparql: str) -> str:
    """Return why a text is no query to the engine; nothing for one that is."""
    if _SERVICE.search(sparql):  # the engine would call another server, even of no data
        return "it calls SERVICE, so nothing here may read the rest of it"
    try:
        ox.Store().query(sparql, prefixes=terms.PREFIXES)
    except SyntaxError as error:
        return str(error)
    return ""


def _updating_word(sparql: str) -> str | None:
    """Return a word of an update that some way to read the text shows."""
    for words in (_WORDS, _WORDS_BY_SIGNS):
        for match in words.finditer(sparql):
            if match["word"] and _UPDATE.fullmatch(match["word"]):
                return match["word"]
    return None


def _letter(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else " "


def names_graphs(sparql: str) -> bool:
    """Say whether a query chooses its graphs itself with FROM or FROM NAMED."""
    if "FROM" not in sparql.upper():  # most do not, and taking a query apart takes as long as it
        return False
    return any(match.group().upper() == "FROM" for match in _WORDS.finditer(sparql))


def is_steady(sparql: str) -> bool:
    """Say whether a query has one answer as long as its data is the same.

    >>> is_steady("SELECT (NOW() AS ?now) {}"), is_steady("SELECT ?now { ?s ?p ?now }")
    (False, True)
    """
    return not _UNSTEADY.search(sparql)


def columns_of_all(sparql: str) -> tuple[str, ...]:
    """Return the variables of a query that begins `SELECT *`, as they are written; else nothing.

    The engine answers such a query with its columns in the order of the alphabet.

    >>> columns_of_all("SELECT * { ?s ?p ?o . ?o ?p ?s }")
    ('s', 'p', 'o')
    >>> columns_of_all("SELECT ?o ?s { ?s ?p ?o }")
    ()
    """
    words = _WORDS.finditer(sparql)
    first = next((one for one in words if (one["word"] or "").upper() in _FORMS), None)
    if first is None or not _ALL.match(sparql, first.start()):
        return ()
    return tuple(dict.fromkeys(one.group()[1:] for one in words if one.group()[0] in "?$"))


def makes_graph(sparql: str) -> bool:
    """Say whether a query is answered with a graph: CONSTRUCT or DESCRIBE."""
    words = (match.group().upper() for match in _WORDS.finditer(sparql))
    return next((word for word in words if word in _FORMS), "") in ("CONSTRUCT", "DESCRIBE")
