"""Shapes turned into plain functions: whether a graph conforms, in a tenth of pyshacl's time.

Only yes or no: what is wrong, pyshacl says of the few graphs that do not conform. So a no may be
too strict, where a literal or a graph is written as ours never are, but a yes must be right, and a
constraint that is not known here is refused. Both are held against pyshacl by tests.
Source: W3C Recommendation "Shapes Constraint Language (SHACL)", 20 July 2017, sections 2 and 4.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.constraints import OF_ALL, OF_EACH, SH, TYPE, Statements, each, iri, sh
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.constraints import Check, Node, Path, Test

FIRST: Final = ox.NamedNode(terms.RDF + "first")
REST: Final = ox.NamedNode(terms.RDF + "rest")
SUBCLASS: Final = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
PART_OF: Final = ox.NamedNode(terms.SCHEMA + "isPartOf")
NOT_CHECKED: Final = frozenset(
    {"ignoredProperties", "message", "path", "targetClass", "targetObjectsOf", "targetSubjectsOf"}
)
"""What a shape says besides its constraints."""
EXACT: Final = frozenset({"hasValue", "maxCount", "message", "minCount", "path"})
"""Constraints whose no is never too strict: only these may stand where a no is wanted."""


class Shapes:
    """The shapes of one kind of graph, by the last part of its name in `ontology/shapes.ttl`."""

    def __init__(self, kind: str, turtle: str) -> None:
        self._said = Statements(ox.parse(turtle, format=ox.RdfFormat.TURTLE), ())
        self._inverse = {TYPE}
        part = ox.NamedNode(terms.SHAPES + kind)
        self._held = [
            (self._targets(shape), self._test(shape))
            for shape, said in self._said.out.items()
            if part in said.get(PART_OF, ())
        ]

    def conform(self, quads: Iterable[ox.Quad]) -> bool:
        """Say whether a graph has the shape that it should."""
        graph = Statements(quads, self._inverse)
        if any(SUBCLASS in said for said in graph.out.values()):
            return False  # which classes a node is of is then a longer story
        return all(test(graph, node) for targets, test in self._held for node in targets(graph))

    def _all(self, shape: Node, local: str) -> list[Node]:
        return self._said.out.get(shape, {}).get(sh(local), [])

    def _list(self, head: Node) -> list[Node]:
        found = []
        while FIRST in self._said.out.get(head, {}):
            found.append(self._said.out[head][FIRST][0])
            head = self._said.out[head][REST][0]
        return found

    def _targets(self, shape: Node) -> Callable[[Statements], set[Node]]:
        classes = self._all(shape, "targetClass")
        subjects = [iri(one) for one in self._all(shape, "targetSubjectsOf")]
        objects = [iri(one) for one in self._all(shape, "targetObjectsOf")]
        self._inverse |= {*subjects, *objects}

        def find(graph: Statements) -> set[Node]:
            found = {node for one in classes for node in graph.into[TYPE].get(one, ())}
            for one in subjects:
                found.update(node for nodes in graph.into[one].values() for node in nodes)
            for one in objects:
                found.update(graph.into[one])
            return found

        return find

    def _path(self, path: Node) -> Path:
        """Return what follows a path: a property, its inverse, or a sequence of such."""
        if isinstance(path, ox.NamedNode):
            return lambda graph, node: graph.out.get(node, {}).get(path, ())
        inverse = self._all(path, "inversePath")
        if inverse:
            turned = iri(inverse[0])
            self._inverse.add(turned)
            return lambda graph, node: graph.into[turned].get(node, ())
        steps = [self._path(step) for step in self._list(path)]
        if not steps:
            raise ValueError(f"{path}: no path that is known here")

        def follow(graph: Statements, node: Node) -> Sequence[Node]:
            nodes = {node}
            for step in steps:
                nodes = {end for one in nodes for end in step(graph, one)}
            return list(nodes)

        return follow

    def _test(self, shape: Node) -> Test:
        """Return the test of a shape of nodes, or of what they have by a path."""
        checks = [
            check
            for name, values in self._constraints(shape)
            for value in values
            for check in [self._check(shape, name, value)]
        ]
        paths = self._all(shape, "path")
        if not paths:
            return lambda graph, node: all(check(graph, node, (node,)) for check in checks)
        path = self._path(paths[0])

        def test(graph: Statements, node: Node) -> bool:
            values = path(graph, node)
            return all(check(graph, node, values) for check in checks)

        return test

    def _constraints(self, shape: Node) -> list[tuple[str, list[Node]]]:
        return [
            (predicate.value.removeprefix(SH), values)
            for predicate, values in self._said.out[shape].items()
            if predicate.value.startswith(SH)
            and predicate.value.removeprefix(SH) not in NOT_CHECKED
        ]

    def _check(self, shape: Node, name: str, value: Node) -> Check:
        if name in OF_EACH:
            return each(OF_EACH[name](value))
        if name in OF_ALL:
            return OF_ALL[name](value)
        if name == "property":
            return each(self._test(value))
        if name == "closed":
            return each(self._closed(shape))
        if name == "in":
            among = frozenset(self._list(value))
            return each(lambda _, node: node in among)
        if name == "or":
            some = [self._test(one) for one in self._list(value)]
            return each(lambda graph, node: any(test(graph, node) for test in some))
        if name == "xone":
            one_of = [self._exact(one) for one in self._list(value)]
            return each(lambda graph, node: sum(test(graph, node) for test in one_of) == 1)
        if name == "not":
            unwanted = self._exact(value)
            return each(lambda graph, node: not unwanted(graph, node))
        raise ValueError(f"{shape}: sh:{name} is not known here")

    def _exact(self, shape: Node) -> Test:
        """Return the test of a shape that may not hold; its no must be right as well."""
        loose = {predicate.value.removeprefix(SH) for predicate in self._said.out[shape]} - EXACT
        if loose:
            raise ValueError(f"{shape}: {', '.join(sorted(loose))} below sh:not or sh:xone")
        return self._test(shape)

    def _closed(self, shape: Node) -> Test:
        known = {path for one in self._all(shape, "property") for path in self._all(one, "path")}
        for ignored in self._all(shape, "ignoredProperties"):
            known.update(self._list(ignored))
        return lambda graph, node: graph.out.get(node, {}).keys() <= known


@cache
def shapes_of(kind: str) -> Shapes:
    """Return the shapes of one kind of graph, read once."""
    return Shapes(kind, files("ontology").joinpath("shapes.ttl").read_text("utf-8"))
