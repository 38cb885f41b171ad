"""Facts to quads: one named graph a posting, sorted, without blank nodes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import digest, key, local_name, slug
from kg.necessities import NECESSITY_TERMS, SHORT_EDGES
from kg.pay import annual
from kg.posting_graph import PostingGraph, boolean, day, decimal, integer, month
from nlp.types import RequirementKind, Stated
from ontology import terms
from ontology.terms import PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.iris import Iris
    from kg.written import WrittenGraph
    from nlp.types import (
        Alternative,
        Candidate,
        Facts,
        Pay,
        Posting,
        RelatedPosting,
        Requirement,
    )

CLASSES: Final = {
    RequirementKind.SKILL: terms.SKILL_REQUIREMENT,
    RequirementKind.DEGREE: terms.DEGREE_REQUIREMENT,
    RequirementKind.EXPERIENCE: terms.EXPERIENCE_REQUIREMENT,
}
_SAID: Final = (
    (terms.FOREIGN_EQUIVALENT, "foreign_equivalent"),
    (terms.RELATED_FIELD, "related_field"),
    (terms.EQUIVALENT_EXPERIENCE, "equivalent_experience"),
)
"""What a requirement says or says nothing of: the property, and what it is called there."""
_STRENGTH: Final = {necessity: place for place, necessity in enumerate(NECESSITY_TERMS)}


def posting_quads(facts: Facts, iris: Iris, run: ox.NamedNode) -> list[ox.Quad]:
    """Return everything that `facts` states, as quads of the posting's own graph.

    Sorted by their N-Quads form, without duplicates; the same facts give the same list. What an
    embedded store returns is the same again: decimals are in their canonical form ("168237.5"),
    the digits as written are in the evidence. What is waived is no requirement and left out;
    sections and mentions stay with the facts.
    """
    return posting_graph(facts, iris, run).quads


def posting_graph(facts: Facts, iris: Iris, run: ox.NamedNode) -> WrittenGraph:
    """Return what `posting_quads` does, as the lines that a store loads."""
    graph = PostingGraph(iris, facts.posting)
    _provenance(graph, facts.posting, run)
    _description(graph, facts)
    if facts.pay:
        _pay(graph, facts.pay, SCHEMA + "baseSalary", "pay")
    if facts.pay_estimate:
        _pay(graph, facts.pay_estimate, SCHEMA + "estimatedSalary", "pay-estimate")
    _requirements(graph, facts)
    _candidates(graph, facts.candidates)
    for related in facts.related:
        _related(graph, related)
    return graph.written()


def _provenance(graph: PostingGraph, posting: Posting, run: ox.NamedNode) -> None:
    text = graph.iris.text(graph.id)
    document = graph.iris.document(posting.document_sha256, posting.part, posting.reader)
    graph.type(graph.node, SCHEMA + "JobPosting")
    graph.add(graph.node, SCHEMA + "identifier", ox.Literal(graph.id))
    graph.add(graph.node, PROV + "wasDerivedFrom", text)
    graph.type(text, PROV + "Entity")
    graph.add(text, RDF + "value", ox.Literal(posting.text))
    graph.add(text, terms.SHA256, ox.Literal(posting.text_sha256))
    graph.add(text, PROV + "wasDerivedFrom", document)
    graph.add(text, PROV + "wasGeneratedBy", run)
    graph.type(document, PROV + "Entity")
    graph.add(document, SCHEMA + "name", ox.Literal(posting.origin))
    graph.add(document, terms.SHA256, ox.Literal(posting.document_sha256))


def _description(graph: PostingGraph, facts: Facts) -> None:
    graph.state(SCHEMA + "title", facts.title, ox.Literal)
    graph.state(terms.ROLE, facts.role, graph.role)
    graph.state(terms.LEVEL, facts.level, graph.level)
    graph.state(terms.SPECIALISATION, facts.specialisation, ox.Literal)
    graph.state(SCHEMA + "hiringOrganization", facts.employer, graph.employer)
    graph.state(SCHEMA + "employmentType", facts.employment_type, ox.Literal)
    for industry in facts.industries:
        graph.state(SCHEMA + "industry", industry, ox.Literal)
    for mode in facts.work_modes:
        graph.state(terms.WORK_MODE, mode, ox.Literal)
    for duty in facts.duties:
        if duty.value.concept:
            # Verbs come back ("design ..." five times): the first words are proof enough.
            first = Stated(duty.value.concept, duty.evidence[:1])
            graph.state(terms.DUTY, first, ox.NamedNode)
    for place in facts.places:
        graph.state(SCHEMA + "jobLocation", place, graph.place)
    for country in facts.applicant_countries:
        graph.state(SCHEMA + "applicantLocationRequirements", country, graph.country)
    graph.state(terms.EQUITY, facts.equity, boolean)
    graph.state(terms.RELOCATION, facts.relocation, boolean)
    graph.state(terms.TRAVEL, facts.travel, boolean)
    graph.state(terms.EQUIVALENT_COMBINATION, facts.equivalent_combination, boolean)
    graph.state(SCHEMA + "datePosted", facts.date_posted, day)
    graph.state(SCHEMA + "validThrough", facts.valid_through, day)
    graph.state(terms.GRADUATION_FROM, facts.graduation_window, lambda months: month(months[0]))
    graph.state(terms.GRADUATION_TO, facts.graduation_window, lambda months: month(months[1]))
    graph.state(terms.REFERENCE, facts.reference, ox.Literal)
    graph.add(graph.node, terms.FLAG, *map(ox.Literal, facts.flags))


def _pay(graph: PostingGraph, stated: Stated[Pay], predicate: str, name: str) -> None:
    pay, node = stated.value, graph.iris.pay(graph.id, name)
    value = graph.iris.pay_value(graph.id, name)
    low, high = annual(pay)
    graph.add(graph.node, predicate, node)
    graph.type(node, SCHEMA + "MonetaryAmount")
    graph.add(node, SCHEMA + "currency", ox.Literal(pay.currency) if pay.currency else None)
    graph.add(node, terms.ANNUAL_MINIMUM, decimal(low))
    graph.add(node, terms.ANNUAL_MAXIMUM, decimal(high))
    graph.add(node, SCHEMA + "value", value)
    graph.type(value, SCHEMA + "QuantitativeValue")
    graph.add(value, SCHEMA + "minValue", decimal(pay.low))
    graph.add(value, SCHEMA + "maxValue", decimal(pay.high))
    graph.add(value, SCHEMA + "unitText", ox.Literal(pay.period) if pay.period else None)
    for evidence in stated.evidence:
        graph.evidence(node.value, evidence)


def _requirements(graph: PostingGraph, facts: Facts) -> None:
    # "is not required" is no requirement; years that stand on a degree are said of the degree.
    asked = [
        item
        for item in facts.requirements
        if item.necessity in NECESSITY_TERMS
        and (
            item.kind is not RequirementKind.EXPERIENCE
            or item.alternative is None
            or item.is_instead
        )
    ]
    for alternative in facts.alternatives:
        if alternative.necessity in NECESSITY_TERMS:
            _alternative(graph, alternative)
    for requirement, name in requirement_names(asked).items():
        node = graph.iris.requirement(graph.id, name)
        graph.add(graph.node, terms.HAS_REQUIREMENT, node)
        _requirement(graph, node, requirement)
        if requirement.alternative is not None:
            member_of = graph.iris.alternative(graph.id, requirement.alternative)
            graph.add(member_of, terms.MEMBER, node)
        if requirement.kind is RequirementKind.SKILL and requirement.concept:
            lone = requirement.alternative is None
            edge = SHORT_EDGES[requirement.necessity] if lone else terms.ACCEPTS_SKILL
            graph.link(graph.posting_iri, edge, requirement.concept)


def _alternative(graph: PostingGraph, alternative: Alternative) -> None:
    node = graph.iris.alternative(graph.id, alternative.id)
    graph.add(graph.node, terms.HAS_ALTERNATIVE, node)
    graph.type(node, terms.ALTERNATIVE)
    graph.add(node, terms.MINIMUM, integer(alternative.minimum))
    graph.add(node, terms.NECESSITY, ox.NamedNode(NECESSITY_TERMS[alternative.necessity]))
    graph.evidence(node.value, alternative.evidence)


def _requirement(graph: PostingGraph, node: ox.NamedNode, requirement: Requirement) -> None:
    iri = node.value
    links = {
        RDF + "type": CLASSES[requirement.kind],
        terms.NECESSITY: NECESSITY_TERMS[requirement.necessity],
    }
    concept, words = _subject(requirement)
    graph.describe(iri, links | concept, words)
    if requirement.min_years is not None or requirement.max_years is not None:
        graph.add(node, terms.MINIMUM_YEARS, decimal(requirement.min_years))
        graph.add(node, terms.MAXIMUM_YEARS, decimal(requirement.max_years))
    for term in requirement.fields:
        graph.add(node, terms.FIELD, graph.concept("field", term))
    for predicate, name in _SAID:
        if getattr(requirement, name):
            graph.add(node, predicate, boolean(True))
    if requirement.note:
        graph.add(node, terms.NOTE, ox.Literal(requirement.note))
    graph.evidence(iri, requirement.evidence)


def _candidates(graph: PostingGraph, candidates: Iterable[Candidate]) -> None:
    """State each phrase once, as it is asked for most strongly; of equals the first counts."""
    strongest: dict[ox.NamedNode, Candidate] = {}
    for candidate in sorted(candidates, key=lambda one: (one.evidence.start, one.label)):
        if candidate.necessity not in NECESSITY_TERMS:
            continue
        node = graph.iris.candidate(graph.id, candidate.label)
        other = strongest.setdefault(node, candidate)
        if _STRENGTH[candidate.necessity] < _STRENGTH[other.necessity]:
            strongest[node] = candidate
    for node, candidate in strongest.items():
        graph.add(graph.node, terms.HAS_CANDIDATE, node)
        graph.type(node, terms.CANDIDATE)
        graph.add(node, RDFS + "label", ox.Literal(candidate.label))
        graph.add(node, terms.NECESSITY, ox.NamedNode(NECESSITY_TERMS[candidate.necessity]))
        graph.evidence(node.value, candidate.evidence)


def _subject(requirement: Requirement) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is asked for as terms and as words: a concept where there is one."""
    label = requirement.label
    if requirement.kind is RequirementKind.EXPERIENCE:
        return {}, {terms.SUBJECT: label} if label else {}
    if requirement.concept is None:
        return {}, {RDFS + "label": label} if label else {}
    is_skill = requirement.kind is RequirementKind.SKILL
    return {terms.SKILL if is_skill else terms.DEGREE: requirement.concept}, {}


def requirement_names(requirements: Iterable[Requirement]) -> dict[Requirement, str]:
    """Return a name for each requirement, unique among them, whatever their order.

    Kind, concept (or label), necessity and alternative are enough as a rule; where two would
    clash, both get the start of their evidence, and where that is the same, a hash.
    """
    names = {item: _requirement_name(item) for item in dict.fromkeys(requirements)}
    names = _tell_apart(names, lambda item: str(item.evidence.start))
    return _tell_apart(names, lambda item: digest(repr(item)))


def _tell_apart(
    names: dict[Requirement, str], suffix: Callable[[Requirement], str]
) -> dict[Requirement, str]:
    taken = Counter(names.values())
    if len(taken) == len(names):
        return names
    return {
        item: name if taken[name] == 1 else f"{name}-{suffix(item)}" for item, name in names.items()
    }


def _requirement_name(requirement: Requirement) -> str:
    concept = local_name(requirement.concept) if requirement.concept else ""
    parts = [
        requirement.kind._value_,
        key(concept) or slug(requirement.label),
        requirement.necessity._value_,
        *([key(requirement.alternative)] if requirement.alternative is not None else []),
    ]
    return "-".join(parts)


def _related(graph: PostingGraph, related: RelatedPosting) -> None:
    node = graph.iris.related(related)
    graph.add(graph.node, terms.RELATED, node)
    graph.type(node, terms.RELATED_POSTING)
    graph.add(node, SCHEMA + "title", ox.Literal(related.title.value))
    graph.add(node, terms.ROLE, graph.role(related.role) if related.role else None)
    graph.add(node, terms.LEVEL, graph.level(related.level) if related.level else None)
    words = ox.Literal(related.specialisation) if related.specialisation else None
    graph.add(node, terms.SPECIALISATION, words)
    graph.add(node, SCHEMA + "jobLocation", *map(graph.place, related.places))
    posted = day(related.date_posted) if related.date_posted else None
    graph.add(node, SCHEMA + "datePosted", posted)
    for evidence in related.title.evidence:
        graph.evidence(node.value, evidence)
