"""Faults in the graph of one posting, and what must be said of each: one table."""

from __future__ import annotations

from functools import reduce
from typing import Final

import pyoxigraph as ox

from kg.quads import posting_quads
from ontology import terms
from ontology.terms import OA, PROV, RDF, RDFS, SCHEMA, SKOS
from tests.factories import two_levels
from tests.passing_graphs import IRIS, RUN, rich_facts
from tests.planting import (
    ANY_OF,
    DEGREE,
    JAVA,
    ME,
    PHRASE,
    PLACE,
    RELATED,
    SKILL,
    WORDS,
    YEARS,
    ZIG,
    Fault,
    drop,
    node,
    number,
    plain_evidence,
    proof_of,
    put,
    swap,
    without,
    word,
)

POSTING_FAULTS: Final[list[tuple[str, str, Fault, list[tuple[str, str]]]]] = [
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
]
