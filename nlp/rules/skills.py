"""Skills: the vocabulary's concepts in the text, each with its necessity."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from nlp.document import SILENT, Document, Span, Stretches
from nlp.matcher import Hit
from nlp.necessity import Necessities
from nlp.rules.abbreviations import as_explained
from nlp.rules.alternatives import Choice, find_choices
from nlp.rules.ambiguity import sure_hits
from nlp.rules.bodies import outside_bodies
from nlp.rules.candidates import find_candidates
from nlp.rules.laws import outside_laws
from nlp.rules.licences import named_licences
from nlp.rules.nationalities import is_adjective
from nlp.rules.phrases import Term
from nlp.rules.said import is_only_said
from nlp.rules.shared_words import shared_words
from nlp.rules.terms import find_terms
from nlp.rules.traits import is_trait
from nlp.rules.unknown_members import as_hits, slots, unknown_members
from nlp.rules.willingness import willing_hits
from nlp.types import (
    Alternative,
    Candidate,
    Mention,
    Necessity,
    Requirement,
    RequirementKind,
    SectionKind,
    made,
)
from nlp.words import classes
from ontology import Concept, Vocabulary

RULE: Final = "skill:concept"
CATEGORY: Final = re.compile(r"\b(?:Frameworks|Languages|Libraries|Packages|Platforms|Tools)$")
LISTED_NEXT: Final = re.compile(
    r"\s{0,20}+(?:[:(]|,?\s{0,20}+(?:such as|like|including|e\.?g\.?|for example|preferably)\b)",
    re.IGNORECASE,
)
ASKED: Final = frozenset({Necessity.REQUIRED, Necessity.PREFERRED})
ORDER: Final = {necessity: index for index, necessity in enumerate(Necessity)}
START: Final = attrgetter("start")
SIGNS_LOST: Final = "the source has lost its signs: C may stand for C++ or C#"


@dataclass(frozen=True, slots=True)
class Skills:
    """Requirements, the alternatives they belong to, all mentions, and what nothing covers."""

    requirements: tuple[Requirement, ...]
    alternatives: tuple[Alternative, ...]
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]


_Sure = tuple[Hit, Concept, SectionKind]
"""A hit that means its concept, and the section that it stands in."""


class _Found(NamedTuple):
    hit: Hit
    concept: Concept
    section: SectionKind
    necessity: Necessity
    alternative: str | None


def find_skills(
    document: Document,
    vocabulary: Vocabulary,
    necessities: Necessities,
    not_skills: Sequence[Span],
    *,
    employer: str | None,
    signs_lost: bool,
) -> Skills:
    """Return the skills that the posting asks for or mentions.

    A concept counts once outside alternatives, with its strongest necessity, and once in each
    alternative; a plain mention of what is asked for elsewhere is only a mention. `not_skills`
    are lists of fields of study; the words of a role's name ("Machine Learning Engineer") and the
    employer's own name ("Salesforce" at Salesforce) are no skills either. Waived skills ("is not
    required") are mentions without a requirement.
    """
    concepts, text = vocabulary.concepts, document.text
    names = [(hit.start, hit.end) for hit in document.hits("ROLE")]
    others = Stretches((*not_skills, *names))
    company = employer.lower() if employer is not None else None
    sure = as_explained(document, vocabulary, sure_hits(document, "SKILL"))
    sure, laws = outside_laws(document, sure, concepts)
    sure = outside_bodies(document, sure, concepts)
    shared = shared_words(document, vocabulary, sure)
    kept: list[_Sure] = []
    for hit in sorted((*sure, *shared), key=itemgetter(0)) if shared else sure:
        start, end, _, iri, _, phrase = hit
        concept, section = concepts[iri], document.section(start)
        if (
            _may_ask(section, concept)
            and phrase != company
            and concept.label.lower() != company
            and not others.hold(start)
            and not others.hold(end - 1)  # "a Lab *Operations Coordinator*"
            and not document.is_heading(start, end)  # "Soft Skills:" names the list below
            and not (concept.kind == "language" and is_adjective(text, start, end))
        ):
            kept.append((hit, concept, section))
    known = {hit[:2] for hit, _, _ in kept}
    willing = {hit.start: hit for hit in willing_hits(document, vocabulary)}
    willing = {start: hit for start, hit in willing.items() if hit[:2] not in known}
    for hit in (*named_licences(document, vocabulary), *willing.values()):
        concept, section = concepts[hit.id], document.section(hit.start)
        if _may_ask(section, concept) and hit[:2] not in known:
            kept.append((hit, concept, section))
    kept.sort(key=lambda one: one[0].start)
    hits = [hit for hit, _, _ in kept]
    spans = [hit[:2] for hit in hits]
    hard = sorted([hit[:2] for hit, concept, _ in kept if concept.kind != "soft"])
    terms = find_terms(document, necessities, hard, laws)
    candidates = find_candidates(
        document,
        necessities,
        (*terms, *slots(document, hits, terms)),
        [*spans, *not_skills],
        names,
    )
    choices = find_choices(document, sorted((*hits, *as_hits(candidates)), key=START), concepts)
    heads = {head.start for choice in choices for head in choice.heads}
    heads |= {
        hit.start
        for hit, concept, _ in kept
        if _is_kind(concept.label) and LISTED_NEXT.match(text, hit.end)
    }
    members = {member.start: choice for choice in choices for member in choice.members}
    found = [_judge(document, necessities, heads, members, one) for one in kept]
    unknown: list[Requirement] = []
    if choices:
        found, unknown = _without_lone_members(
            found, choices, list(unknown_members(choices, candidates))
        )
    found = [f for f in found if f.alternative or f.hit.start not in willing]
    asked = [
        _requirement(document, vocabulary, f, signs_lost=signs_lost) for f in _strongest(found)
    ]
    requirements = tuple(sorted((*asked, *unknown), key=_place) if unknown else asked)
    strengths: dict[str, Necessity] = {}
    for f in found:
        if f.alternative:
            other = strengths.get(f.alternative, f.necessity)
            strengths[f.alternative] = min(other, f.necessity, key=ORDER.__getitem__)
    answered = {r.alternative for r in requirements}
    return Skills(
        requirements=requirements,
        alternatives=tuple(
            _alternative(document, strengths[choice.id], choice)
            for choice in choices
            if choice.id in answered
        ),
        mentions=(
            *[_mention(text, f) for f in found],
            *_phrases(document, necessities, terms, hits),
        ),
        candidates=candidates,
    )


def _may_ask(section: SectionKind, concept: Concept) -> bool:
    """Tell whether a skill can be meant: not in a title, nor where a company praises itself."""
    if section is SectionKind.ABOUT:
        return concept.kind != "soft"
    return section not in SILENT and section is not SectionKind.HEADER


@cache
def _is_kind(label: str) -> bool:
    """Tell whether a skill's label can merely name the kind of what is listed behind it.

    "programming languages: Python, Java" asks for Python and Java. "machine learning (ranking,
    NLP)" asks for machine learning too, and "relational databases (MySQL)" for databases: one
    can know them in general.
    """
    return CATEGORY.search(label) is not None


def _judge(
    document: Document,
    necessities: Necessities,
    heads: Container[int],
    members: Mapping[int, Choice],
    sure: _Sure,
) -> _Found:
    """Say how strongly a hit is asked for, and in which alternative."""
    hit, concept, section = sure
    start, end = hit[:2]
    if start in heads:  # "one ML framework (...)": only the kind
        return _Found(hit, concept, section, Necessity.MENTIONED, None)
    necessity = necessities.at(start, end)
    if necessity is Necessity.REQUIRED and is_trait(document, hit):
        necessity = Necessity.MENTIONED
    if concept.kind == "soft" and necessity in ASKED and is_only_said(document, hit):
        necessity = Necessity.MENTIONED
    member = members.get(start)
    asked = member and necessity in (Necessity.REQUIRED, Necessity.PREFERRED)
    alternative = member.id if member and asked else None
    return made(_Found, (hit, concept, section, necessity, alternative))


def _without_lone_members(
    found: Sequence[_Found],
    choices: Sequence[Choice],
    unknown: Sequence[tuple[str, Requirement]],
) -> tuple[list[_Found], list[Requirement]]:
    """Return what was found, without the choices that leave none: all but a head is no member.

    `unknown` are members that no concept covers, each with its id; beside at least one that is
    covered they are members too.
    """
    asked: dict[str | None, set[str]] = {}
    for f in found:
        asked.setdefault(f.alternative, set()).add(f.hit.id)
    for name, one in unknown:
        if one.alternative in asked:
            asked[one.alternative].add(name)
    void = {c.id for c in choices if len(asked.get(c.id, ())) <= c.minimum}
    return (
        [f._replace(alternative=None) if f.alternative in void else f for f in found],
        [one for _, one in unknown if one.alternative in asked and one.alternative not in void],
    )


def _strongest(found: Sequence[_Found]) -> list[_Found]:
    """Keep each concept's strongest statement outside alternatives, and one in each alternative."""
    best: dict[tuple[str, str | None], _Found] = {}
    known: set[str] = set()  # what a mere mention elsewhere says nothing new of
    waived = Necessity.WAIVED
    for f in found:
        (_, _, _, iri, _, _), _, _, necessity, alternative = f
        if necessity is waived:
            known.add(iri)
            continue
        better = best.setdefault((iri, alternative), f)
        if better is not f and ORDER[necessity] < ORDER[better.necessity]:
            best[iri, alternative] = f
        if alternative:
            known.add(iri)
    return sorted(
        (
            f
            for f in best.values()
            if f.alternative or f.necessity is not Necessity.MENTIONED or f.hit.id not in known
        ),
        key=lambda f: (f.hit.start, f.alternative or ""),
    )


def _requirement(
    document: Document, vocabulary: Vocabulary, found: _Found, *, signs_lost: bool
) -> Requirement:
    hit, concept = found.hit, found.concept
    end = _end_of_name(document.text, vocabulary, hit)
    return Requirement(
        RequirementKind.SKILL,
        concept.label,
        found.necessity,
        document.evidence(hit.start, end, RULE),
        concept.iri,
        alternative=found.alternative,
        note=SIGNS_LOST if signs_lost and concept.label == "C" else None,
        skill_kind=concept.kind,
    )


def _end_of_name(text: str, vocabulary: Vocabulary, hit: Hit) -> int:
    """Return where the name itself ends: "*data visualization* skills" names what one must know.

    A last word that the concept is called without as well says nothing of its own.
    """
    name, _, last = hit.phrase.rpartition(" ")
    if not name or last not in classes()["name-end"]:
        return hit.end
    name = text[hit.start : hit.end - len(last)].rstrip()
    short = vocabulary.find(name)
    return hit.start + len(name) if short and short.iri == hit.id else hit.end


def _place(one: Requirement) -> tuple[int, str]:
    return one.evidence.start, one.alternative or ""


def _alternative(document: Document, necessity: Necessity, choice: Choice) -> Alternative:
    evidence = document.evidence(choice.start, choice.end, choice.rule)
    return Alternative(choice.id, choice.minimum, necessity, evidence)


def _mention(text: str, found: _Found) -> Mention:
    (start, end, _, iri, _, _), _, section, necessity, _ = found
    return made(Mention, (start, end, text[start:end], "skill", RULE, section, iri, necessity))


def _phrases(
    document: Document, necessities: Necessities, terms: Sequence[Term], hits: Sequence[Hit]
) -> Iterator[Mention]:
    """Yield the phrases round concepts, each with its last one: "*cloud deployment* tools"."""
    round_concepts = [t for t in terms if t.known and (t.start, t.end) != t.known[-1]]
    ids = {(hit.start, hit.end): hit.id for hit in hits} if round_concepts else {}
    for term in round_concepts:
        yield Mention(
            start=term.start,
            end=term.end,
            text=document.text[term.start : term.end],
            kind="phrase",
            rule=term.rule,
            section=document.section(term.start),
            value=ids[term.known[-1]],
            necessity=necessities.at(term.start, term.end),
        )
