"""The role-skill graph with plain attributes: texts, whole numbers, floats and truth values.

Files of graphs know no lists, no decimals and no None: what is unknown is no attribute, and a list
is one text. An edge is called by a number, in the graph's order.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx

from kg.graph_model import Kind, PostedPay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.graph_model import Experience
    from nlp.types import Evidence

Plain: TypeAlias = str | int | float | bool

BETWEEN: Final = "; "
"""Stands between the values of what is a list in our graph."""

_NO_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold. A carriage return it can, but reads it back as a line feed."""

_OWN: Final = (
    "identifier",
    "title",
    "source",
    "specialisation",
    "date_posted",
    "employment_type",
    "copy_of",
)
_ASKED: Final = ("strength", "necessity", "alternative", "min_years", "max_years", "note")
_TRUE: Final = ("foreign_equivalent", "related_field", "equivalent_experience")
"""What is stated only where it is true: a posting that does not say so has not denied it."""


def plain_graph(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a copy whose attributes any file of graphs can hold; nodes and edges in their order.

    A node has `kind`, `label` and what its kind has of

    - `postings`: how many postings lead to it (all kinds but postings)
    - `concept`, `rank`: of a role, level, position, skill or degree
    - `identifier`, `title`, `source`, `specialisation`, `date_posted`, `employment_type`, `equity`,
      `pay_currency`, `pay_period`, `pay_min`, `pay_max`, `pay_annual_min`, `pay_annual_max`,
      `experience_years` (the least years that it requires), `duties`: of a posting

    An edge has `label` and `relation`; one to a skill or degree also `strength`, `necessity`,
    `alternative`, `min_years`, `max_years`, `fields`, `foreign_equivalent`, `related_field`,
    `equivalent_experience`, `note`, `requirement`, and of its evidence `words`, `words_start`,
    `words_end` and `rule`. Amounts and years are floats. Of the truth values,
    all but `equity` are true or absent.
    """
    plain = nx.MultiDiGraph()
    asked = Counter(
        target
        for source, target in dict.fromkeys((u, v) for u, v in graph.edges())
        if graph.nodes[source]["kind"] == Kind.POSTING
    )
    for node, data in graph.nodes(data=True):
        told = _node(data, asked[node]) | {"duties": BETWEEN.join(data.get("duties", ())) or None}
        plain.add_node(node, **_known(told))
    for number, (source, target, key, data) in enumerate(graph.edges(keys=True, data=True)):
        plain.add_edge(source, target, key=f"e{number}", **_known(_edge(key, data)))
    return plain


def _node(data: Mapping[str, Any], postings: int) -> dict[str, object]:
    found: dict[str, object] = {"kind": data["kind"], "label": data["label"]}
    if data["kind"] != Kind.POSTING:
        return {
            **found,
            "postings": postings,
            "concept": data.get("concept"),
            "rank": data.get("rank"),
        }
    return {
        **found,
        **{name: data[name] for name in _OWN},
        "equity": data["equity"],
        **_pay(data["pay"]),
        "experience_years": _years(data["experience"]),
    }


def _pay(pay: PostedPay | None) -> dict[str, object]:
    if pay is None:
        return {}
    return {
        "pay_currency": pay.currency,
        "pay_period": pay.period,
        "pay_min": pay.low,
        "pay_max": pay.high,
        "pay_annual_min": pay.annual_low,
        "pay_annual_max": pay.annual_high,
    }


def _years(asked: Iterable[Experience]) -> Decimal | None:
    required = [one.min_years for one in asked if one.necessity == "required"]
    return min((years for years in required if years is not None), default=None)


def _edge(key: str, data: Mapping[str, Any]) -> dict[str, object]:
    relation = data["relation"]
    found: dict[str, object] = {"label": relation, "relation": relation}
    if "strength" in data:
        found |= {name: data[name] for name in _ASKED}
        found |= {name: data[name] or None for name in _TRUE}
        found |= {"fields": BETWEEN.join(data["fields"]) or None, "requirement": key}
        found |= _words(data["evidence"])
    return found


def _words(evidence: Iterable[Evidence]) -> dict[str, object]:
    for first in evidence:
        return {
            "words": first.text,
            "words_start": first.start,
            "words_end": first.end,
            "rule": first.rule,
        }
    return {}


def _known(attributes: Mapping[str, object]) -> dict[str, Plain]:
    return {name: _plain(value) for name, value in attributes.items() if value is not None}


def _plain(value: object) -> Plain:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
