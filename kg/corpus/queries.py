"""The SPARQL questions that a corpus is read with: plain patterns, without OPTIONAL.

What a posting says is asked in the posting's own graph: an employer or a place stands in the graph
of every posting that names it, and a join over the union would pair each with all. A pattern of one
statement is a scan, at a fifth of the price of a join; what is sparse is asked apart and put
together here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontology import terms
from ontology.terms import DECLARED

if TYPE_CHECKING:
    from collections.abc import Iterable


COPIES: Final = (
    f"{DECLARED}SELECT ?graph ?copy ?of WHERE {{ GRAPH ?graph {{ ?copy rg:copyOf ?of }} }}"
)
POSTINGS: Final = "?posting a schema:JobPosting"
NAMES: Final = "?node schema:name ?name"
SOURCES: Final = "?text prov:wasDerivedFrom ?document"
CHOICES: Final = "?choice rg:minimum ?minimum ; rg:necessity ?necessity"
MEMBERS: Final = "?choice rg:member ?requirement . ?requirement rg:skill ?skill"
MIXED: Final = "?requirement rg:degree ?degree . ?choice rg:member ?requirement"
CHOSEN: Final = "?choice rg:member ?requirement"
IN_WORDS: Final = "?requirement rdfs:label ?label ; rg:necessity ?necessity ; a ?class"
CHOSEN_IN_WORDS: Final = "?requirement rdfs:label ?label . ?choice rg:member ?requirement"
SKILLS: Final = "?requirement rg:skill ?skill ; rg:necessity ?necessity"
DEGREES: Final = "?requirement rg:degree ?degree ; rg:necessity ?necessity"
DEGREE_NODES: Final = "?requirement a rg:DegreeRequirement, ?class"
YEARS: Final = "?requirement a rg:ExperienceRequirement ; rg:necessity ?necessity"
WORDS: Final = (
    "?subject rg:evidence ?evidence . ?evidence oa:start ?start ; oa:end ?end ; oa:exact ?exact ; "
    "rg:rule ?rule ; rg:section ?section"
)
VERBS: Final = (
    "?evidence rg:forProperty rg:duty ; rg:forValue ?duty ; oa:start ?start ; oa:end ?end ; "
    "oa:exact ?exact ; rg:rule ?rule ; rg:section ?section"
)
MODES: Final = VERBS.replace("rg:duty", "rg:workMode").replace("?duty", "?mode")
STATED: Final = (
    "?posting a schema:JobPosting ; rg:evidence ?evidence . ?evidence rg:forProperty ?property ; "
    "oa:start ?start ; oa:end ?end ; oa:exact ?exact ; rg:rule ?rule ; rg:section ?section"
)
STATED_VALUES: Final = (
    "?posting a schema:JobPosting ; rg:evidence ?evidence . ?evidence rg:forProperty ?property ; "
    "rg:forValue ?value ; oa:start ?start ; oa:exact ?exact"
)
ADDRESSES: Final = "?place schema:address ?address . ?address ?part ?value"
DUTIES: Final = (
    '?evidence rg:section "duties" . ?requirement rg:evidence ?evidence ; rg:skill ?skill'
)

DUTIES_IN_WORDS: Final = (
    '?evidence rg:section "duties" . ?requirement rg:evidence ?evidence ; rdfs:label ?label ; '
    "a ?class"
)


def values_of(term: str) -> str:
    """Return the pattern of one property, by IRI: what has it, and which."""
    return f"?subject <{term}> ?value"


def in_graphs(pattern: str, columns: str, graphs: Iterable[str] = (), given: str = "") -> str:
    """Return the query for a pattern in the graph of each posting, or in those of some.

    `given` is a block of values that stands before it.
    """
    chosen = "".join(f" <{graph}>" for graph in graphs)
    limits = f"VALUES ?graph {{{chosen} }} " if chosen else ""
    return (
        f"{DECLARED}SELECT ?graph {columns} WHERE {{ {limits}{given} "
        f"GRAPH ?graph {{ {pattern} }} }}"
    )


def of_concepts(term: str, concepts: Iterable[str] = ()) -> str:
    """Return the query for a property of some concepts, or of all; of texts the English ones."""
    chosen = "".join(f" <{concept}>" for concept in concepts)
    limits = f"VALUES ?concept {{{chosen} }} " if chosen else ""
    return (
        f"SELECT ?graph ?concept ?value WHERE {{ {limits}"
        f"GRAPH ?graph {{ ?concept <{term}> ?value }} "
        'FILTER(!isLiteral(?value) || lang(?value) IN ("", "en")) }'
    )


def called(scheme: str, term: str) -> str:
    """Return the query for the labels of a scheme's concepts, the preferred or the other ones."""
    return (
        f"SELECT ?graph ?concept ?value WHERE {{ GRAPH ?graph {{ ?concept <{terms.SKOS}inScheme> "
        f'<{scheme}> ; <{term}> ?value }} FILTER(lang(?value) IN ("", "en")) }}'
    )


def limited(query: str, graphs: Iterable[str]) -> str:
    """Return one of these queries about all graphs as one about some."""
    chosen = " ".join(f"<{graph}>" for graph in graphs)
    return query.replace(" WHERE { ", f" WHERE {{ VALUES ?graph {{ {chosen} }} ", 1)
