"""Graphs that pass, and the faults that are planted in them: one table."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.iris import Iris
from kg.quads import posting_quads
from nlp.types import Candidate, Facts, Necessity, Pay, Requirement, Stated, Term
from ontology import terms
from ontology.terms import OA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD
from ontology.vocabulary import FOLDER
from tests.factories import concept, small_vocabulary, two_levels

IRIS: Final = Iris()
RUN: Final = IRIS.run("0.1.0", "ab", "ef")
Value: TypeAlias = ox.NamedNode | ox.Literal | ox.BlankNode
Fault = Callable[[list[ox.Quad]], list[ox.Quad]]


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


def matches(quad: ox.Quad, node: str, predicate: str) -> bool:
    subject = getattr(quad.subject, "value", "")
    return subject.endswith(node) and quad.predicate.value == predicate


def drop(node: str, predicate: str) -> Fault:
    """Take all values of a property away; `node` is the end of the node's IRI."""

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        left = [quad for quad in quads if not matches(quad, node, predicate)]
        assert len(left) < len(quads), f"nothing to drop: {node} {predicate}"
        return left

    return plant


def put(node: str, predicate: str, *values: Value) -> Fault:
    """Add values to a property."""

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        found = next(quad for quad in quads if getattr(quad.subject, "value", "").endswith(node))
        verb, graph = ox.NamedNode(predicate), found.graph_name
        return [*quads, *(ox.Quad(found.subject, verb, value, graph) for value in values)]

    return plant


def swap(node: str, predicate: str, *values: Value) -> Fault:
    """Put other values in the place of those there are."""
    return lambda quads: put(node, predicate, *values)(drop(node, predicate)(quads))


def without(node: str) -> Fault:
    """Take a node away: all that it states, and all that leads to it."""

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        left = [
            quad
            for quad in quads
            if not any(
                getattr(end, "value", "").endswith(node) for end in (quad.subject, quad.object)
            )
        ]
        assert len(left) < len(quads), f"nothing to take away: {node}"
        return left

    return plant


def undescribed(node: str) -> Fault:
    """Take away all that a node states, but not what leads to it."""
    return lambda quads: [
        quad for quad in quads if not getattr(quad.subject, "value", "").endswith(node)
    ]


def emptied(name: str) -> Fault:
    """Take one of the store's own graphs away."""
    return lambda quads: [quad for quad in quads if quad.graph_name != IRIS.graph(name)]


def instead(old: str, new: str) -> Fault:
    """Put a concept in the place of another, wherever the posting's graph names it."""
    graph = IRIS.graph(rich_facts().posting.id)

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        found = [quad for quad in quads if quad.graph_name == graph and quad.object == node(old)]
        assert found, f"nothing to replace: {old}"
        return [
            ox.Quad(quad.subject, quad.predicate, node(new), graph) if quad in found else quad
            for quad in quads
        ]

    return plant


def word(text: str) -> ox.Literal:
    return ox.Literal(text)


def number(text: str, datatype: str = "integer") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


ME: Final = f"posting/{rich_facts().posting.id}"
SKILL: Final = "requirement/skill-spark-required"
ZIG: Final = "requirement/skill-zig-required-a1"
DEGREE: Final = "requirement/degree-master-required"
YEARS: Final = "requirement/experience-in-the-job-offered-required"
PHRASE: Final = "candidate/zig-tooling"
ANY_OF: Final = "alternative/a1"
PLACE: Final = "place/san-francisco,ca,us"
PROOF: Final = f"{rich_facts().requirements[0].evidence.start}-"


def proof_of(predicate: str) -> str:
    """The evidence of one of the posting's facts."""
    return next(
        str(quad.subject).strip("<>")
        for quad in posting_graph()
        if quad.predicate.value == terms.FOR_PROPERTY and quad.object == node(predicate)
    )


def plain_evidence() -> list[str]:
    """All evidence that hangs on the posting itself."""
    return [
        str(quad.object).strip("<>")
        for quad in posting_graph()
        if matches(quad, ME, terms.EVIDENCE)
    ]


WORDS: Final = proof_of(SCHEMA + "title")
RELATED: Final = next(
    quad.object.value.rsplit("/", 1)[-1]
    for quad in posting_graph()
    if quad.predicate.value == terms.RELATED and isinstance(quad.object, ox.NamedNode)
)
SPARK: Final = "skill/spark"
FILE: Final = "file/1"
GROUP: Final = "copies/1"
COPY: Final = "copies/1/2"
COPIED: Final = "posting/2"
JAVA: Final = node(concept("skill", "Java"))

FAULTS: Final[list[tuple[str, str, Fault, list[tuple[str, str]]]]] = [
    # what is planted, where, how, what must be reported: node and shape
    (
        "a second title",
        "postings",
        put(ME, SCHEMA + "title", word("B")),
        [(ME, "Posting"), (ME, "StatedFacts")],
    ),
    (
        "a typing error",
        "postings",
        put(ME, SCHEMA + "tilte", word("B")),
        [(ME, "Posting"), (ME, "StatedFacts")],
    ),
    ("no id", "postings", drop(ME, SCHEMA + "identifier"), [(ME, "Posting"), (ME, "OnePosting")]),
    (
        "no text",
        "postings",
        drop("/text", RDF + "value"),
        [(ME, "Posting"), ("/text", "Text"), ("/text", "Document")],
    ),
    (
        "an industry without a word",
        "postings",
        put(ME, SCHEMA + "industry", word("")),
        [(ME, "Posting"), (ME, "StatedFacts")],
    ),
    (
        "an unknown work mode",
        "postings",
        put(ME, terms.WORK_MODE, word("cloud")),
        [(ME, "Posting"), (ME, "StatedFacts")],
    ),
    (
        "a duty in words",
        "postings",
        put(ME, terms.DUTY, word("design")),
        [(ME, "Posting"), (ME, "StatedFacts")],
    ),
    (
        "it ends before it begins",
        "postings",
        swap(ME, SCHEMA + "validThrough", number("2025-01-01", "date")),
        [
            (ME, "Posting"),
            (ME, "StatedFacts"),
            (proof_of(SCHEMA + "validThrough"), "StatedFacts"),
        ],
    ),
    (
        "0 for unknown",
        "postings",
        swap(ME, terms.EQUITY, number("0")),
        [(ME, "Posting"), (ME, "StatedFacts"), (proof_of(terms.EQUITY), "StatedFacts")],
    ),
    ("no necessity", "postings", drop(YEARS, terms.NECESSITY), [(YEARS, "Requirement")]),
    (
        "a new necessity",
        "postings",
        swap(YEARS, terms.NECESSITY, node(terms.RG + "Wanted")),
        [(YEARS, "Requirement")],
    ),
    ("no evidence", "postings", drop(DEGREE, terms.EVIDENCE), [(DEGREE, "Requirement")]),
    (
        "more years at least than at most",
        "postings",
        swap(DEGREE, terms.MINIMUM_YEARS, number("4", "decimal")),
        [(DEGREE, "Requirement")],
    ),
    (
        "a degree's property on a skill",
        "postings",
        put(SKILL, terms.FIELD, JAVA),
        [(SKILL, "SkillRequirement")],
    ),
    (
        "skill and label",
        "postings",
        put(SKILL, RDFS + "label", word("Spark")),
        [(SKILL, "SkillOrLabel")],
    ),
    ("neither skill nor label", "postings", drop(ZIG, RDFS + "label"), [(ZIG, "SkillOrLabel")]),
    (
        "false instead of absent",
        "postings",
        swap(DEGREE, terms.RELATED_FIELD, number("false", "boolean")),
        [(DEGREE, "DegreeRequirement")],
    ),
    ("a candidate of no phrase", "postings", drop(PHRASE, RDFS + "label"), [(PHRASE, "Candidate")]),
    (
        "a candidate that is a requirement",
        "postings",
        put(PHRASE, terms.SKILL, JAVA),
        [(PHRASE, "Candidate")],
    ),
    ("no degree", "postings", drop(DEGREE, terms.DEGREE), [(DEGREE, "DegreeOrLabel")]),
    (
        "experience with a skill",
        "postings",
        put(YEARS, RDFS + "label", word("x")),
        [(YEARS, "ExperienceRequirement")],
    ),
    (
        "experience of nothing",
        "postings",
        lambda quads: drop(YEARS, terms.SUBJECT)(drop(YEARS, terms.MINIMUM_YEARS)(quads)),
        [(YEARS, "YearsOrSubject")],
    ),
    (
        "an alternative of one",
        "postings",
        swap(ANY_OF, terms.MEMBER, node(f"{terms.DATA}{ME}/requirement/skill-java-required-a1")),
        [(ANY_OF, "Alternative"), *[(ME, "ShortEdges")] * 3],
    ),
    (
        "none is enough",
        "postings",
        swap(ANY_OF, terms.MINIMUM, number("0")),
        [(ANY_OF, "Alternative")],
    ),
    (
        "more than there are",
        "postings",
        swap(ANY_OF, terms.MINIMUM, number("5")),
        [(ANY_OF, "AlternativeMinimum")],
    ),
    (
        "a small currency",
        "postings",
        swap("/pay", SCHEMA + "currency", word("usd")),
        [("/pay", "Pay")],
    ),
    (
        "low above high",
        "postings",
        swap("/pay/value", SCHEMA + "minValue", number("300000", "decimal")),
        [("/pay/value", "PayValue"), ("/pay", "AnnualPay")],
    ),
    (
        "pay of 0",
        "postings",
        swap("/pay/value", SCHEMA + "minValue", number("0", "decimal")),
        [("/pay/value", "PayValue"), ("/pay", "AnnualPay")],
    ),
    (
        "pay by the fortnight",
        "postings",
        swap("/pay/value", SCHEMA + "unitText", word("FORTNIGHT")),
        [("/pay/value", "PayValue"), ("/pay", "AnnualPay")],
    ),
    (
        "pay without an amount",
        "postings",
        lambda quads: drop("/pay/value", SCHEMA + "minValue")(
            drop("/pay/value", SCHEMA + "maxValue")(quads)
        ),
        [("/pay/value", "PayAmount"), ("/pay", "AnnualPay")],
    ),
    (
        "pay of nobody",
        "postings",
        drop(ME, SCHEMA + "baseSalary"),
        [("/pay", "PayOrEstimate")],
    ),
    (
        "pay that is its own estimate",
        "postings",
        swap(ME, SCHEMA + "estimatedSalary", node(f"{terms.DATA}{ME}/pay")),
        [("/pay", "PayOrEstimate"), ("/pay-estimate", "PayOrEstimate")],
    ),
    (
        "another annual figure",
        "postings",
        swap("/pay", terms.ANNUAL_MAXIMUM, number("222696", "decimal")),
        [("/pay", "AnnualPay")],
    ),
    (
        "no words",
        "postings",
        swap(WORDS, OA + "exact", word("")),
        [(WORDS, "Evidence"), (WORDS, "QuotedWords")],
    ),
    (
        "other words",
        "postings",
        swap(WORDS, OA + "exact", word("Machine")),
        [(WORDS, "QuotedWords")],
    ),
    (
        "start behind end",
        "postings",
        swap(WORDS, OA + "start", number("900")),
        [(WORDS, "Evidence"), (WORDS, "QuotedWords")],
    ),
    ("no rule", "postings", drop(WORDS, terms.RULE), [(WORDS, "Evidence")]),
    (
        "an unknown section",
        "postings",
        swap(WORDS, terms.SECTION, word("intro")),
        [(WORDS, "Evidence")],
    ),
    ("a title without evidence", "postings", without(WORDS), [(ME, "StatedFacts")]),
    (
        "no evidence of any plain fact",
        "postings",
        lambda quads: reduce(lambda left, found: without(found)(left), plain_evidence(), quads),
        [(ME, "StatedFacts")],
    ),
    (
        "evidence of a title that is gone",
        "postings",
        drop(ME, SCHEMA + "title"),
        [(WORDS, "StatedFacts")],
    ),
    (
        "evidence of two facts",
        "postings",
        put(WORDS, terms.FOR_PROPERTY, node(terms.REFERENCE)),
        [(WORDS, "Evidence"), (WORDS, "StatedFacts")],
    ),
    (
        "evidence of no value",
        "postings",
        drop(WORDS, terms.FOR_VALUE),
        [(WORDS, "StatedFacts"), (ME, "StatedFacts")],
    ),
    (
        "evidence that nothing rests on",
        "postings",
        lambda quads: [quad for quad in quads if getattr(quad.object, "value", "") != WORDS],
        [(WORDS, "Evidence"), (ME, "StatedFacts")],
    ),
    ("a place without a name", "postings", drop(PLACE, SCHEMA + "name"), [(PLACE, "Place")]),
    (
        "a country in words",
        "postings",
        swap(f"{PLACE}/address", SCHEMA + "addressCountry", word("United States")),
        [(f"{PLACE}/address", "Address")],
    ),
    (
        "a country without a code",
        "postings",
        drop("country/US", SCHEMA + "identifier"),
        [("country/US", "Country")],
    ),
    (
        "an employer without a name",
        "postings",
        drop("employer/pinterest", SCHEMA + "name"),
        [("employer/pinterest", "Employer")],
    ),
    (
        "a requirement of another posting",
        "postings",
        put(RELATED, terms.HAS_REQUIREMENT, node(f"{terms.DATA}{ME}/{SKILL}")),
        [(RELATED, "RelatedPosting"), (SKILL, "Requirement")],
    ),
    (
        "a hash too short",
        "postings",
        swap("/text", terms.SHA256, word("ab")),
        [("/text", s) for s in ("Text", "Document", "TextHash")],
    ),
    (
        "another hash",
        "postings",
        swap("/text", terms.SHA256, word("a" * 64)),
        [("/text", "TextHash")],
    ),
    ("no run", "postings", drop("/text", PROV + "wasGeneratedBy"), [("/text", "Text")]),
    (
        "a document without a path",
        "postings",
        drop(f"document/{rich_facts().posting.source_sha256[:20]}", SCHEMA + "name"),
        [(f"document/{rich_facts().posting.source_sha256[:20]}", "Document")],
    ),
    (
        "a new role in no scheme",
        "postings",
        drop("role/data-wizard", SKOS + "inScheme"),
        [("role/data-wizard", "NewConcept")],
    ),
    ("a missing short edge", "postings", drop(ME, terms.PREFERS_SKILL), [(ME, "ShortEdges")]),
    (
        "a short edge for a member",
        "postings",
        put(ME, terms.REQUIRES_SKILL, JAVA),
        [(ME, "ShortEdges")],
    ),
    (
        "a blank node",
        "postings",
        lambda quads: [
            *quads,
            ox.Quad(
                ox.BlankNode("b"),
                node(RDF + "type"),
                node(SCHEMA + "PostalAddress"),
                quads[0].graph_name,
            ),
        ],
        [("_:b", "NoBlankNodes")],
    ),
    (
        "a misspelt class",
        "postings",
        swap("country/US", RDF + "type", node(SCHEMA + "Contry")),
        [("country/US", "KnownClasses"), (ME, "Posting")],
    ),
    (
        "no class",
        "postings",
        drop("/pay", RDF + "type"),
        [("/pay", "KnownClasses"), (ME, "Posting")],
    ),
    (
        "two postings in one graph",
        "postings",
        lambda quads: [
            *quads,
            *(
                ox.Quad(quad.subject, quad.predicate, quad.object, quads[0].graph_name)
                for quad in posting_quads(two_levels()[1], IRIS, RUN)
            ),
        ],
        [
            (f"graph/{rich_facts().posting.id}", "OnePosting"),
            (f"posting/{two_levels()[1].posting.id}", "OnePosting"),
        ],
    ),
    (
        "two labels in one language",
        "vocabulary",
        put(SPARK, SKOS + "prefLabel", ox.Literal("PySpark", language="en")),
        [(SPARK, "Concept")],
    ),
    ("no label", "vocabulary", drop(SPARK, SKOS + "prefLabel"), [(SPARK, "Concept")]),
    (
        "a label twice",
        "vocabulary",
        put(SPARK, SKOS + "altLabel", ox.Literal("Spark", language="en")),
        [(SPARK, "Concept")],
    ),
    ("no scheme", "vocabulary", drop(SPARK, SKOS + "inScheme"), [(SPARK, "Concept")]),
    ("an unknown kind", "vocabulary", swap(SPARK, terms.KIND, word("thing")), [(SPARK, "Concept")]),
    (
        "a broader concept that is none",
        "vocabulary",
        swap(SPARK, SKOS + "broader", node(concept("skill", "Bgi Data"))),
        [(SPARK, "Concept")],
    ),
    (
        "a misspelt property",
        "vocabulary",
        put(SPARK, SKOS + "altLable", word("Apache Spark")),
        [(SPARK, "Concept")],
    ),
    ("a concept nowhere", "vocabulary", drop(SPARK, SKOS + "broader"), [(SPARK, "Placed")]),
    (
        "a rejection of nothing",
        "vocabulary",
        drop("rejected/fun", RDFS + "label"),
        [("rejected/fun", "Rejection")],
    ),
    ("a skill of no kind", "vocabulary", drop(SPARK, terms.KIND), [(SPARK, "SkillKind")]),
    (
        "a misspelt scheme",
        "vocabulary",
        swap(SPARK, SKOS + "inScheme", node(f"{terms.VOCABULARY}skils")),
        [(SPARK, "Concept")],
    ),
    (
        "a scheme without a label",
        "vocabulary",
        drop("vocabulary/skills", SKOS + "prefLabel"),
        [("vocabulary/skills", "Scheme")],
    ),
    ("a level of no rank", "vocabulary", drop("level/ii", terms.RANK), [("level/ii", "LevelRank")]),
    (
        "a circle of broader concepts",
        "vocabulary",
        put("skill/big-data", SKOS + "broader", node(concept("skill", "HDFS"))),
        [(f"skill/{name}", "NoBroaderCycle") for name in ("big-data", "hadoop", "hdfs")],
    ),
    ("no version", "runs", drop(RUN.value, terms.VERSION), [(RUN.value, "Run")]),
    (
        "an end before the start",
        "runs",
        swap(RUN.value, PROV + "endedAtTime", number("2025-01-01T00:00:00Z", "dateTime")),
        [(RUN.value, "Run")],
    ),
    ("a file without a path", "runs", drop(FILE, SCHEMA + "name"), [(FILE, "File")]),
    (
        "a file of the vocabulary without its hash",
        "runs",
        drop("document/1", terms.SHA256),
        [("document/1", "VocabularyFile")],
    ),
    (
        "a group of one",
        "copies",
        swap(GROUP, PROV + "hadMember", node(f"{terms.DATA}{COPIED}")),
        [(GROUP, "CopyGroup")],
    ),
    ("a reason of its own", "copies", swap(COPY, terms.REASON, word("dull")), [(COPY, "Copy")]),
    (
        "more than the same",
        "copies",
        swap(COPY, terms.SIMILARITY, number("1.5", "decimal")),
        [(COPY, "Copy")],
    ),
    (
        "a copy of nothing",
        "copies",
        drop(COPIED, terms.COPY_OF),
        [(COPY, "Copy")],
    ),
    (
        "a copy of two",
        "copies",
        put(COPIED, terms.COPY_OF, node(f"{terms.DATA}posting/3")),
        [(COPY, "Copy")],
    ),
    (
        "a copy in no group",
        "copies",
        swap(GROUP, PROV + "hadMember", *(node(f"{terms.DATA}posting/{n}") for n in (1, 3))),
        [(COPIED, "CopiedPosting")],
    ),
]

LINK: Final = f"related/{RELATED}"

STORE_FAULTS: Final[list[tuple[str, Fault, list[tuple[str, str]]]]] = [
    # what is planted in a whole store, how, what must be reported: node and shape
    (
        "a role that is nowhere",
        instead(f"{terms.DATA}role/data-wizard", concept("role", "Zzz")),
        [(ME, "KnownConcepts")],
    ),
    (
        "a new role that nothing describes",
        undescribed("id/role/data-wizard"),
        [(ME, "KnownConcepts")],
    ),
    (
        "a new role among the levels",
        swap("id/role/data-wizard", SKOS + "inScheme", node(f"{terms.VOCABULARY}levels")),
        [(ME, "KnownConcepts")],
    ),
    (
        "a role for a level",
        instead(concept("level", "I"), concept("role", "Data Engineer")),
        [(ME, "KnownConcepts")],
    ),
    (
        "a skill that is nowhere, its short edge too",
        instead(concept("skill", "Spark"), concept("skill", "Nonsense")),
        [(SKILL, "KnownConcepts")],
    ),
    (
        "a degree for a skill, its short edge too",
        instead(concept("skill", "Spark"), concept("degree", "Master's")),
        [(SKILL, "KnownConcepts")],
    ),
    (
        "a skill for a degree",
        swap(DEGREE, terms.DEGREE, node(concept("skill", "Spark"))),
        [(DEGREE, "KnownConcepts")],
    ),
    (
        "a field that is nowhere",
        swap(DEGREE, terms.FIELD, node(concept("field", "Nonsense"))),
        [(DEGREE, "KnownConcepts")],
    ),
    (
        "a link to a level that is nowhere",
        swap(LINK, terms.LEVEL, node(concept("level", "Nonsense"))),
        [(LINK, "KnownConcepts")],
    ),
    (
        "a concept that the vocabulary has lost",
        undescribed("degree/master"),
        [(DEGREE, "KnownConcepts"), ("degree/doctorate", "Concept")],
    ),
    ("no vocabulary", emptied("vocabulary"), [("graph/vocabulary", "NeededGraphs")]),
    ("no ontology", emptied("ontology"), [("graph/ontology", "NeededGraphs")]),
    (
        "a statement in the default graph",
        lambda quads: [
            *quads,
            ox.Quad(node(f"{terms.DATA}{ME}"), node(terms.REQUIRES_SKILL), JAVA),
        ],
        [(ME, "NothingOutside")],
    ),
]
