"""Framing, held to the JSON-LD algorithms of pyld: the same objects, key by key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from kg.exports.framing import Framing
from kg.exports.jsonld import context, frame, statements
from kg.exports.labels import Labels
from kg.exports.part import choose
from kg.store import Store
from ontology import terms
from ontology.terms import RDF, SCHEMA, SKOS
from tests.stores import two_level_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Node = dict[str, Any]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def seeds(store: Path) -> Iterator[Store]:
    with Store.open(store) as opened:
        yield opened


def refuse(url: str, _: object) -> Node:
    raise AssertionError(f"{url} was asked for")


def framed_by_pyld(triples: list[ox.Triple], node: str) -> Node:
    """What the JSON-LD algorithms make of the triples, our context and our frame."""
    options = {"documentLoader": refuse, "embed": "@always", "omitDefault": True, "omitGraph": True}
    lines = ox.serialize(triples, format=ox.RdfFormat.N_QUADS)
    assert lines is not None
    native = {"format": "application/n-quads", "useNativeTypes": True}
    shape = {"@context": context(), "@id": node, **frame()}
    found: Node = jsonld.frame(jsonld.from_rdf(lines.decode(), native), shape, options)
    del found["@context"]
    return found


@pytest.mark.parametrize("which", ["two", "seeds"])
def test_framing_is_that_of_the_json_ld_algorithms(
    which: str, request: pytest.FixtureRequest
) -> None:
    """Key by key and in the same order, so that a reader of either finds the same object."""
    store = request.getfixturevalue(which)
    framing, labels, part = Framing(context(), frame()), Labels(store), choose(store)
    for posting in part.ids:
        node = store.iris.posting(posting).value
        triples = list(statements(part.posting(posting), node, labels))
        ours, theirs = framing.frame(triples, node), framed_by_pyld(triples, node)
        assert ours == theirs
        assert json.dumps(ours) == json.dumps(theirs)


RG, EX = "https://rolegraph.example/ontology#", "http://a.example/"
ODD: list[tuple[str, list[tuple[str, str, ox.NamedNode | ox.Literal]]]] = [
    ("a text where the context has a decimal", [("p", RG + "minimumYears", ox.Literal("two"))]),
    ("a node where the context has a text", [("p", RG + "note", ox.NamedNode(EX + "n"))]),
    ("a text where the context has a node", [("p", RG + "necessity", ox.Literal("Required"))]),
    ("a text where the context has a set of nodes", [("p", RG + "member", ox.Literal("m"))]),
    ("a date as text", [("p", SCHEMA + "datePosted", ox.Literal("2026-01-01"))]),
    ("another language", [("p", SKOS + "prefLabel", ox.Literal("Funke", language="de"))]),
    ("no language", [("p", SKOS + "prefLabel", ox.Literal("Spark"))]),
    ("a property of nobody's", [("p", EX + "odd", ox.Literal("x"))]),
    ("a property with our prefix and no term", [("p", RG + "odd", ox.Literal("x"))]),
    (
        "a property of schema.org whose name is a term of ours",
        [("p", SCHEMA + "text", ox.Literal("x"))],
    ),
    ("two values of one property", [("p", RG + "note", ox.Literal(word)) for word in "ab"]),
    ("one value in a set", [("p", RG + "flag", ox.Literal("x"))]),
    ("a class of nobody's", [("p", RDF + "type", ox.NamedNode(EX + "Odd"))]),
    (
        "a node that leads back",
        [("p", RG + "skill", ox.NamedNode(EX + "s")), ("s", RG + "skill", ox.NamedNode(EX + "p"))],
    ),
    (
        "a node told twice",
        [
            ("p", RG + "skill", ox.NamedNode(EX + "s")),
            ("p", RG + "degree", ox.NamedNode(EX + "s")),
            ("s", RG + "note", ox.Literal("x")),
        ],
    ),
    (
        "a value that is a property",
        [
            ("p", RG + "forProperty", ox.NamedNode(SCHEMA + "datePosted")),
            ("p", RG + "forProperty", ox.NamedNode(RG + "workMode")),
            ("p", RG + "forProperty", ox.NamedNode(SCHEMA + "title")),
        ],
    ),
    ("a name with a prefix of ours", [("p", RG + "skill", ox.NamedNode(RG + "Required"))]),
    ("an empty text", [("p", RG + "note", ox.Literal(""))]),
    (
        "a number too large to keep",
        [
            (
                "p",
                RG + "minimum",
                ox.Literal("12345678901234567890", datatype=ox.NamedNode(terms.XSD + "integer")),
            )
        ],
    ),
]


@pytest.mark.parametrize(("why", "said"), ODD, ids=[why for why, _ in ODD])
def test_framing_of_what_no_posting_says(
    why: str, said: list[tuple[str, str, ox.NamedNode | ox.Literal]]
) -> None:
    kind = (ox.NamedNode(EX + "p"), ox.NamedNode(RDF + "type"), ox.NamedNode(SCHEMA + "JobPosting"))
    triples = [ox.Triple(*kind)] + [
        ox.Triple(ox.NamedNode(EX + about), ox.NamedNode(name), value)
        for about, name, value in said
    ]
    ours = Framing(context(), frame()).frame(triples, EX + "p")
    if why == "a number too large to keep":  # pyld makes it a float's text
        assert ours["minimum"] == {"@type": "xsd:integer", "@value": "12345678901234567890"}
    else:
        assert ours == framed_by_pyld(triples, EX + "p")
