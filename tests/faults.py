"""Faults in the graphs of a vocabulary, of runs and of copies, and in a whole store."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from ontology import terms
from ontology.terms import PROV, RDFS, SCHEMA, SKOS
from tests.factories import concept
from tests.passing_graphs import RUN
from tests.planting import (
    COPIED,
    COPY,
    DEGREE,
    FILE,
    GROUP,
    JAVA,
    LINK,
    ME,
    SKILL,
    SPARK,
    Fault,
    drop,
    emptied,
    instead,
    node,
    number,
    put,
    swap,
    undescribed,
    word,
)
from tests.posting_faults import POSTING_FAULTS

FAULTS: Final[list[tuple[str, str, Fault, list[tuple[str, str]]]]] = [
    # what is planted, where, how, what must be reported: node and shape
    *POSTING_FAULTS,
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
