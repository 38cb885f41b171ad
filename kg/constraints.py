"""The constraints of SHACL core that our shapes use, as functions on the statements of a graph.

Source: W3C Recommendation "Shapes Constraint Language (SHACL)", 20 July 2017, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.literals import is_well_formed, order_of
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

SH: Final = "http://www.w3.org/ns/shacl#"
TYPE: Final = ox.NamedNode(terms.RDF + "type")

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Statements:
    """The statements of one graph, by subject; for some predicates by object too."""

    __slots__ = ("into", "out")

    def __init__(self, quads: Iterable[ox.Quad], inverse: Iterable[ox.NamedNode]) -> None:
        self.out: dict[Node, dict[ox.NamedNode, list[Node]]] = {}
        self.into: dict[ox.NamedNode, dict[Node, list[Node]]] = {one: {} for one in inverse}
        for subject, predicate, value, _ in set(quads):  # one said twice is one
            known = self.out.get(subject)
            if known is None:
                known = self.out[subject] = {}
            if predicate in known:
                known[predicate].append(value)
            else:
                known[predicate] = [value]
            turned = self.into.get(predicate)
            if turned is not None:
                turned.setdefault(value, []).append(subject)


Path: TypeAlias = Callable[[Statements, Node], Sequence[Node]]
Test: TypeAlias = Callable[[Statements, Node], bool]
"""Whether a node conforms."""
Check: TypeAlias = Callable[[Statements, Node, Sequence[Node]], bool]
"""Whether the values that a node has by a path do."""


def each(test: Test) -> Check:
    """Return the check that every value passes a test."""
    return lambda graph, _, values: all(test(graph, value) for value in values)


def _of_class(wanted: Node) -> Test:
    return lambda graph, node: wanted in graph.out.get(node, {}).get(TYPE, ())


def _datatype(wanted: Node) -> Test:
    return lambda _, node: (
        isinstance(node, ox.Literal) and node.datatype == wanted and is_well_formed(node)
    )


def _node_kind(wanted: Node) -> Test:
    kinds = {
        sh("IRI"): (ox.NamedNode,),
        sh("IRIOrLiteral"): (ox.NamedNode, ox.Literal),
        sh("Literal"): (ox.Literal,),
    }[iri(wanted)]
    return lambda _, node: isinstance(node, kinds)


def _pattern(wanted: Node) -> Test:
    matches = re.compile(text(wanted)).search
    return lambda _, node: (
        isinstance(node, ox.NamedNode | ox.Literal) and matches(node.value) is not None
    )


def _min_length(least: Node) -> Test:
    length = int(text(least))
    return lambda _, node: isinstance(node, ox.NamedNode | ox.Literal) and len(node.value) >= length


def _compared(holds: Callable[[int], bool]) -> Callable[[Node], Test]:
    """Return what holds values against a limit: `holds` is told the sign of the difference."""

    def of(limit: Node) -> Test:
        return lambda _, node: _holds(node, limit, holds)

    return of


def _against(holds: Callable[[int], bool]) -> Callable[[Node], Check]:
    """Return what holds each value against each of another property's."""

    def of(other: Node) -> Check:
        path = iri(other)
        return lambda graph, node, values: all(
            _holds(value, limit, holds)
            for limit in graph.out.get(node, {}).get(path, ())
            for value in values
        )

    return of


def _holds(value: Node, limit: Node, holds: Callable[[int], bool]) -> bool:
    a, b = order_of(value), order_of(limit)
    if a is None or b is None or a[0] != b[0]:
        return False
    return holds((a > b) - (a < b))


def _disjoint(other: Node) -> Check:
    path = iri(other)
    return lambda graph, node, values: (
        not set(values).intersection(graph.out.get(node, {}).get(path, ()))
    )


def _has_value(wanted: Node) -> Check:
    return lambda _graph, _node, values: wanted in values


def _unique_lang(wanted: Node) -> Check:
    if text(wanted) != "true":
        return lambda *_: True

    def check(_graph: Statements, _node: Node, values: Sequence[Node]) -> bool:
        tags = [
            one.language.lower() for one in values if isinstance(one, ox.Literal) and one.language
        ]
        return len(tags) == len(set(tags))

    return check


def _count(holds: Callable[[int, int], bool]) -> Callable[[Node], Check]:
    def of(limit: Node) -> Check:
        number = int(text(limit))
        return lambda _graph, _node, values: holds(len(values), number)

    return of


OF_EACH: Final[Mapping[str, Callable[[Node], Test]]] = {
    "class": _of_class,
    "datatype": _datatype,
    "maxInclusive": _compared(lambda sign: sign <= 0),
    "minExclusive": _compared(lambda sign: sign > 0),
    "minInclusive": _compared(lambda sign: sign >= 0),
    "minLength": _min_length,
    "nodeKind": _node_kind,
    "pattern": _pattern,
}
"""What each value must be, by the name that SHACL has for it."""
OF_ALL: Final[Mapping[str, Callable[[Node], Check]]] = {
    "disjoint": _disjoint,
    "hasValue": _has_value,
    "lessThan": _against(lambda sign: sign < 0),
    "lessThanOrEquals": _against(lambda sign: sign <= 0),
    "maxCount": _count(lambda count, limit: count <= limit),
    "minCount": _count(lambda count, limit: count >= limit),
    "uniqueLang": _unique_lang,
}
"""What all values together must be."""


def sh(local: str) -> ox.NamedNode:
    """Return a term of SHACL."""
    return ox.NamedNode(SH + local)


def iri(node: Node) -> ox.NamedNode:
    """Return what must be an IRI."""
    if not isinstance(node, ox.NamedNode):
        raise TypeError(f"{node}: an IRI is wanted")
    return node


def text(node: Node) -> str:
    """Return the words of what must be a literal."""
    if not isinstance(node, ox.Literal):
        raise TypeError(f"{node}: a literal is wanted")
    return node.value
