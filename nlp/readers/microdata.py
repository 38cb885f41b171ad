"""Microdata and RDFa Lite: a JobPosting in the attributes of a page's own elements.

Both give the same nodes as JSON-LD does, so that one place reads them. An element's value is its
HTML, not its text alone: the description's list stays a list.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nlp import markup
from nlp.readers.schema_values import local

MARKED: Final = "[itemtype*='JobPosting'],[typeof*='JobPosting']"
ADDRESSES: Final = {"a": "href", "area": "href", "link": "href", "img": "src", "data": "value"}
"""Elements whose value is one of their attributes."""
LONG: Final = frozenset({"description", "responsibilities", "qualifications", "skills"})
"""Properties whose text is the element's, even where it is a link or has a `content`."""


class _Marks(NamedTuple):
    """The attributes of a syntax: an item's beginning, its class, an element's property."""

    scope: str
    kind: str
    property: str


MICRODATA: Final = _Marks("itemscope", "itemtype", "itemprop")
RDFA: Final = _Marks("typeof", "typeof", "property")


def job_nodes(tree: LexborHTMLParser) -> list[dict[str, object]]:
    """Return the JobPosting nodes that a page's elements state, in order; none inside another."""
    found: list[dict[str, object]] = []
    inside: set[int] = set()
    for element in tree.css(MARKED):
        marks = MICRODATA if "itemtype" in element.attributes else RDFA
        if element.mem_id not in inside and "JobPosting" in _types(element, marks):
            found.append(_node(element, marks, inside))
    return found


def _node(item: LexborNode, marks: _Marks, inside: set[int]) -> dict[str, object]:
    """Return the item as JSON-LD would have it; `inside` gets the items in it."""
    node: dict[str, object] = {"@type": _types(item, marks)}
    open_: list[tuple[int, dict[str, object]]] = [(item.mem_id, node)]
    within = 0  # the element whose whole HTML is a value already
    for element, enters in markup.walk(item, unseen=frozenset({"template"})):
        here = element.mem_id
        if within:
            within = 0 if here == within else within
            continue
        if not enters and open_[-1][0] == here:
            open_.pop()
        if not enters or element.tag == "-text" or here == item.mem_id:
            continue
        attributes = element.attributes
        properties = [local(name) for name in (attributes.get(marks.property) or "").split()]
        owner = open_[-1][1]
        value: object = None
        if marks.scope in attributes:
            inner: dict[str, object] = {"@type": _types(element, marks)}
            value = inner
            open_.append((here, inner))
            inside.add(here)
        elif properties:
            long = not LONG.isdisjoint(properties)
            value = _value(element, long=long)
            within = here if long else 0
        for name in properties:
            values = owner.setdefault(name, [])
            if isinstance(values, list):
                values.append(value)
    return node


def _types(element: LexborNode, marks: _Marks) -> list[object]:
    return [local(kind) for kind in (element.attributes.get(marks.kind) or "").split()]


def _value(element: LexborNode, *, long: bool) -> str:
    attributes = element.attributes
    if not long or element.tag == "meta":
        for name in ("content", ADDRESSES.get(element.tag or ""), "datetime"):
            if name and attributes.get(name) is not None:
                return attributes[name] or ""
    return element.inner_html or ""
