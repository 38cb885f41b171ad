"""Graphs that pass every check: a posting, a vocabulary, the runs, copies of one job."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from kg.iris import Iris
from kg.quads import posting_quads
from nlp.types import Candidate, Facts, Necessity, Pay, Requirement, Stated, Term
from ontology import terms
from ontology.terms import PROV, RDFS, SCHEMA, SKOS, XSD
from ontology.vocabulary import FOLDER
from tests.factories import concept, small_vocabulary, two_levels

IRIS: Final = Iris()
RUN: Final = IRIS.run("0.1.0", "ab", "ef")


def rich_facts() -> Facts:
    """A posting that states everything there is to state."""
    facts = two_levels()[0]
    proof = facts.requirements[0].evidence
    text = (proof,)
    degree: Requirement = facts.requirements[0]._replace(
        min_years=Decimal(2),
        max_years=Decimal(3),
        related_field=True,
        equivalent_experience=True,
        note="a note",
    )
    return dataclasses.replace(
        facts,
        role=Stated(Term("Data Wizard"), text),
        specialisation=Stated("Ads", text),
        pay_estimate=Stated(Pay(Decimal(80000), Decimal(120000), "USD", "YEAR"), text),
        travel=Stated(True, text),
        equivalent_combination=Stated(True, text),
        valid_through=Stated(date(2025, 12, 1), text),
        graduation_window=Stated(("2023-12", "2024-09"), text),
        requirements=(
            degree,
            degree._replace(label="Diploma", concept=None, fields=()),
            facts.requirements[-1]._replace(label="Zig", concept=None),
            *facts.requirements[1:],
        ),
        candidates=(Candidate("Zig tooling", Necessity.PREFERRED, proof),),
        related=(dataclasses.replace(facts.related[0], specialisation="Ads"),),
    )


def posting_graph() -> list[ox.Quad]:
    return posting_quads(rich_facts(), IRIS, RUN)


def vocabulary_graph() -> list[ox.Quad]:
    label, note = "Apache Spark", "The engine, not the word."
    more = f"""
        @prefix skos: <{SKOS}> . @prefix rdfs: <{RDFS}> . @prefix rg: <{terms.RG}> .
        <{terms.VOCABULARY}rejected/fun> a rg:Rejection ;
            rdfs:label "fun"@en ; rdfs:comment "no skill"@en .
        <{concept("skill", "Spark")}> skos:altLabel "{label}"@en ; skos:scopeNote "{note}"@en .
        <{concept("level", "II")}> rg:ladder "numerals" .
        """
    return _in_graph(small_vocabulary() + more, "vocabulary")


def ontology_graph() -> list[ox.Quad]:
    return _in_graph((FOLDER / "rolegraph.ttl").read_text(encoding="utf-8"), "ontology")


def whole_store() -> list[ox.Quad]:
    return [*posting_graph(), *vocabulary_graph(), *ontology_graph(), *runs_graph()]


def runs_graph() -> list[ox.Quad]:
    return _in_graph(
        f"""
        @prefix prov: <{PROV}> . @prefix rg: <{terms.RG}> . @prefix schema: <{SCHEMA}> .
        @prefix xsd: <{XSD}> .
        {RUN} a prov:Activity ; rg:version "0.1.0" ; rg:vocabularySha256 "{"a" * 64}" ;
          rg:rulesSha256 "{"b" * 64}" ;
            prov:startedAtTime "2026-01-01T10:00:00Z"^^xsd:dateTime ;
            prov:endedAtTime "2026-01-01T10:00:01Z"^^xsd:dateTime .
        <{terms.DATA}file/1> a prov:Collection ; schema:name "/data/a.txt" ;
            schema:alternateName "a.txt" ; rg:sha256 "{"b" * 64}" ;
            prov:wasInfluencedBy {RUN} ; prov:hadMember <{terms.DATA}posting/1> .
        <{terms.DATA}graph/vocabulary> prov:wasDerivedFrom <{terms.DATA}document/1> .
        <{terms.DATA}document/1> <{RDFS}label> "words.ttl" ; rg:sha256 "{"c" * 64}" .
        """,
        "runs",
    )


def copies_graph() -> list[ox.Quad]:
    """Two postings of one job."""
    return _in_graph(
        f"""
        @prefix prov: <{PROV}> . @prefix rg: <{terms.RG}> . @prefix schema: <{SCHEMA}> .
        <{terms.DATA}copies/1> a rg:CopyGroup ; rg:hasCopy <{terms.DATA}copies/1/2> ;
            prov:hadMember <{terms.DATA}posting/1> , <{terms.DATA}posting/2> .
        <{terms.DATA}copies/1/2> a rg:Copy ; schema:item <{terms.DATA}posting/2> ;
            rg:reason "same but for the place" ; rg:similarity 0.9875 .
        <{terms.DATA}posting/2> rg:copyOf <{terms.DATA}posting/1> .
        """,
        "copies",
    )


def _in_graph(turtle: str, name: str) -> list[ox.Quad]:
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, IRIS.graph(name))
        for quad in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    ]


GRAPHS: Final[dict[str, Callable[[], list[ox.Quad]]]] = {
    "postings": posting_graph,
    "vocabulary": vocabulary_graph,
    "runs": runs_graph,
    "copies": copies_graph,
}
