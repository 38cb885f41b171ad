"""The IRIs of the ontology as named constants.

Terms are borrowed from schema.org, SKOS, PROV-O and Web Annotation wherever they have one; the
`RG` namespace fills the rest and is defined in `rolegraph.ttl`. A test holds this list equal to
the terms that `rolegraph.ttl` defines.
"""

from __future__ import annotations

from typing import Final

RG: Final = "https://rolegraph.example/ontology#"
VOCABULARY: Final = "https://rolegraph.example/vocabulary/"
SHAPES: Final = "https://rolegraph.example/shapes#"
DATA: Final = "https://rolegraph.example/id/"
"""Where data lives unless `--base` says otherwise."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SCHEMA: Final = "https://schema.org/"
DCTERMS: Final = "http://purl.org/dc/terms/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"

PREFIXES: Final[dict[str, str]] = {
    "oa": OA,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "rg": RG,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
    **{
        name: f"{VOCABULARY}{name}/"
        for name in ("degree", "duty", "field", "level", "role", "skill")
    },
}
"""Prefixes for queries and for Turtle, in the order in which they are written."""
DECLARED: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
"""The same as a query declares them that is asked of any engine; our stores declare them alone."""

# Classes of our own
REQUIREMENT: Final = RG + "Requirement"
SKILL_REQUIREMENT: Final = RG + "SkillRequirement"
DEGREE_REQUIREMENT: Final = RG + "DegreeRequirement"
EXPERIENCE_REQUIREMENT: Final = RG + "ExperienceRequirement"
ALTERNATIVE: Final = RG + "Alternative"
RELATED_POSTING: Final = RG + "RelatedPosting"
CANDIDATE: Final = RG + "Candidate"
REJECTION: Final = RG + "Rejection"
NECESSITY_CLASS: Final = RG + "Necessity"
COPY_GROUP: Final = RG + "CopyGroup"
COPY: Final = RG + "Copy"

# A posting's own properties
ROLE: Final = RG + "role"
LEVEL: Final = RG + "level"
SPECIALISATION: Final = RG + "specialisation"
WORK_MODE: Final = RG + "workMode"
DUTY: Final = RG + "duty"
REFERENCE: Final = RG + "reference"
EQUITY: Final = RG + "equity"
RELOCATION: Final = RG + "relocationAssistance"
TRAVEL: Final = RG + "travelRequired"
EQUIVALENT_COMBINATION: Final = RG + "acceptsEquivalentCombination"
GRADUATION_FROM: Final = RG + "graduationFrom"
GRADUATION_TO: Final = RG + "graduationTo"
FLAG: Final = RG + "flag"
RELATED: Final = RG + "relatedPosting"
HAS_REQUIREMENT: Final = RG + "hasRequirement"
HAS_ALTERNATIVE: Final = RG + "hasAlternative"
HAS_CANDIDATE: Final = RG + "hasCandidate"
REQUIRES_SKILL: Final = RG + "requiresSkill"
PREFERS_SKILL: Final = RG + "prefersSkill"
MENTIONS_SKILL: Final = RG + "mentionsSkill"
ACCEPTS_SKILL: Final = RG + "acceptsSkill"

# A requirement's properties
SKILL: Final = RG + "skill"
DEGREE: Final = RG + "degree"
FIELD: Final = RG + "field"
NECESSITY: Final = RG + "necessity"
MINIMUM_YEARS: Final = RG + "minimumYears"
MAXIMUM_YEARS: Final = RG + "maximumYears"
SUBJECT: Final = RG + "subject"
FOREIGN_EQUIVALENT: Final = RG + "foreignEquivalent"
RELATED_FIELD: Final = RG + "relatedField"
EQUIVALENT_EXPERIENCE: Final = RG + "orEquivalentExperience"
NOTE: Final = RG + "note"

# An alternative's properties
MEMBER: Final = RG + "member"
MINIMUM: Final = RG + "minimum"

# Pay
ANNUAL_MINIMUM: Final = RG + "annualMinimum"
ANNUAL_MAXIMUM: Final = RG + "annualMaximum"

# Copies
COPY_OF: Final = RG + "copyOf"
HAS_COPY: Final = RG + "hasCopy"
REASON: Final = RG + "reason"
SIMILARITY: Final = RG + "similarity"

# Evidence and provenance
EVIDENCE: Final = RG + "evidence"
RULE: Final = RG + "rule"
SECTION: Final = RG + "section"
FOR_PROPERTY: Final = RG + "forProperty"
FOR_VALUE: Final = RG + "forValue"
SHA256: Final = RG + "sha256"
VERSION: Final = RG + "version"
VOCABULARY_HASH: Final = RG + "vocabularySha256"
RULES_HASH: Final = RG + "rulesSha256"

# Vocabulary
KIND: Final = RG + "kind"
RANK: Final = RG + "rank"
TRACK: Final = RG + "track"
LADDER: Final = RG + "ladder"
IMPLIES: Final = RG + "implies"

# Inferred
IMPLIES_TRANSITIVE: Final = RG + "impliesTransitive"
IMPLIES_SKILL: Final = RG + "impliesSkill"
IMPLIES_DEGREE: Final = RG + "impliesDegree"
RANKS_ABOVE: Final = RG + "ranksAbove"
WIDER_ROLE: Final = RG + "widerRole"

# Necessities are individuals, so that a typing error is no new necessity
REQUIRED: Final = RG + "Required"
PREFERRED: Final = RG + "Preferred"
MENTIONED: Final = RG + "Mentioned"


def short(iri: str) -> str:
    """Return an IRI with its prefix, as queries write it; an IRI without one as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
