"""Values of schema.org data in words, whatever shape a site gave them.

The vocabulary leaves a site the choice of a text, a number, a node or a list of these for almost
any property, and sites take further liberties; what reads them asks here and gets words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from nlp import markup

Node: TypeAlias = Mapping[str, object]

LOCAL: Final = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
"""What stands before a term of schema.org, by the ways in which it is written."""
NAMED_BY: Final = ("name", "legalName", "@value", "value", "text", "title", "codeValue", "url")
"""Properties of which the first one there names a node."""
NOTHING: Final = frozenset({"", "-", "n/a", "na", "none", "null", "undefined", "unspecified"})


def local(name: str) -> str:
    """Return a term without what stands before it: "JobPosting" for "schema:JobPosting"."""
    return LOCAL.sub("", name)


def types_of(node: Node) -> frozenset[str]:
    """Return the names of a node's classes."""
    return frozenset(local(kind) for kind in each(node.get("@type")) if isinstance(kind, str))


def each(value: object) -> Iterator[object]:
    """Yield the values of a property: none, the one, or those of a list, however deep in lists."""
    if isinstance(value, list):
        for one in value:
            yield from each(one)
    elif isinstance(value, Mapping) and ("@list" in value or "@set" in value):
        yield from each(value.get("@list", value.get("@set")))
    elif value is not None:
        yield value


def words(value: object) -> str:
    """Return a value as one line of plain text; "" where it says nothing."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, Mapping):
        return next((found for key in NAMED_BY if (found := words(value.get(key)))), "")
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(words, each(value)))))
    said = " ".join(markup.to_text(str(value)).split()) if value is not None else ""
    return "" if said.lower() in NOTHING else said


def lines(value: object) -> str:
    """Return a value as lines of plain text, a bullet for each of a list's values."""
    values = [text for one in each(value) if (text := _block(one))]
    if len(values) > 1:
        return "\n".join(markup.BULLET + text for text in dict.fromkeys(values))
    return "".join(values)


def unescaped(html: str) -> str:
    """Return HTML that was escaped as a whole, once or more often, as HTML."""
    whole = markup.escaped_whole(html)
    return html if whole is None else whole


def _block(value: object) -> str:
    if isinstance(value, str):
        return markup.to_text(value).strip()
    if isinstance(value, Mapping):
        said = [words(value.get(key)) for key in ("name", "description")]
        return ": ".join(dict.fromkeys(filter(None, said))) or words(value)
    return words(value)
