"""What schema.org says of a posting and our graph does not: derived from what it states.

| schema.org | derived from |
|---|---|
| `description` | the stored text |
| `skills` | the skills that are required, preferred, or a choice among several |
| `responsibilities` | the words that prove the duties, in the order of the text |
| `educationRequirements` | the words that require a degree |
| `experienceRequirements` | the experience that is required: our node, typed as schema.org's |
| `experienceInPlaceOfEducation` | true, where experience will do in place of such a degree |
| `monthsOfExperience` | twelve times the least years of such a requirement |
| `jobLocationType` | TELECOMMUTE, where a way of working is remote |
| `name` of a country | its code |

What is only mentioned is none of these. The store does not keep them: they would say everything
twice.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.posting_graph import boolean, decimal
from ontology import terms
from ontology.terms import OA, PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.exports.statements import Statements


def derive(said: Statements, posting: str, label: Callable[[str], str]) -> Iterator[ox.Triple]:
    """Yield the statements of the table above; `label` names a concept."""
    node = ox.NamedNode(posting)
    for text in said.many(posting, PROV + "wasDerivedFrom"):
        for words in said.many(text, RDF + "value"):
            yield _state(node, "description", words)
    if "remote" in said.many(posting, terms.WORK_MODE):
        yield _state(node, "jobLocationType", "TELECOMMUTE")
    for country in said.many(posting, SCHEMA + "applicantLocationRequirements"):
        for code in said.many(country, SCHEMA + "identifier"):
            yield _state(ox.NamedNode(country), "name", code)
    for words in _duties(said, posting):
        yield _state(node, "responsibilities", words)
    for requirement in said.many(posting, terms.HAS_REQUIREMENT):
        necessity = said.one(requirement, terms.NECESSITY)
        if necessity in (terms.REQUIRED, terms.PREFERRED):
            yield from _skills(said, node, requirement, label)
        if necessity == terms.REQUIRED:
            yield from _needed(said, node, requirement)


def _duties(said: Statements, posting: str) -> Iterator[str]:
    proofs = [
        (int(said.one(evidence, OA + "start") or 0), words)
        for evidence in said.many(posting, terms.EVIDENCE)
        if terms.DUTY in said.many(evidence, terms.FOR_PROPERTY)
        for words in said.many(evidence, OA + "exact")
    ]
    yield from (words for _, words in sorted(proofs))


def _skills(
    said: Statements, node: ox.NamedNode, requirement: str, label: Callable[[str], str]
) -> Iterator[ox.Triple]:
    """Skills are "desired or required" in schema.org's words, the others "needed"."""
    if terms.SKILL_REQUIREMENT in said.many(requirement, RDF + "type"):
        named = [label(concept) for concept in said.many(requirement, terms.SKILL)]
        for name in named or said.many(requirement, RDFS + "label"):
            yield _state(node, "skills", name)


def _needed(said: Statements, node: ox.NamedNode, requirement: str) -> Iterator[ox.Triple]:
    classes = said.many(requirement, RDF + "type")
    if terms.DEGREE_REQUIREMENT in classes:
        for evidence in said.many(requirement, terms.EVIDENCE):
            for words in said.many(evidence, OA + "exact"):
                yield _state(node, "educationRequirements", words)
        if "true" in said.many(requirement, terms.EQUIVALENT_EXPERIENCE):
            yield ox.Triple(
                node, ox.NamedNode(SCHEMA + "experienceInPlaceOfEducation"), boolean(True)
            )
    elif terms.EXPERIENCE_REQUIREMENT in classes:
        about = ox.NamedNode(requirement)
        kind = ox.NamedNode(SCHEMA + "OccupationalExperienceRequirements")
        yield ox.Triple(about, ox.NamedNode(RDF + "type"), kind)
        yield ox.Triple(node, ox.NamedNode(SCHEMA + "experienceRequirements"), about)
        for years in said.many(requirement, terms.MINIMUM_YEARS):
            months = decimal(Decimal(years) * 12)
            if months is not None:
                yield ox.Triple(about, ox.NamedNode(SCHEMA + "monthsOfExperience"), months)


def _state(node: ox.NamedNode, name: str, words: str) -> ox.Triple:
    return ox.Triple(node, ox.NamedNode(SCHEMA + name), ox.Literal(words))
