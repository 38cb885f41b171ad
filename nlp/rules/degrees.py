"""Degrees: levels, fields, and what may stand in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document, Span
from nlp.folding import uncased
from nlp.matcher import Hit
from nlp.necessity import Necessities
from nlp.rules.ambiguity import sure_hits
from nlp.rules.bare_degrees import (
    BARE,
    DEGREES,
    DIPLOMA,
    QUIET,
    WHOLE,
    beside_diplomas,
    named_fields,
    opens,
    with_bare,
)
from nlp.rules.degree_choices import Level, chains, with_years
from nlp.rules.degree_fields import fields_of, with_namesakes
from nlp.rules.degree_names import (
    in_its_country,
    is_grade,
    is_higher,
    is_measure,
    is_others,
    named_once,
    not_in_a_list,
    unlisted,
)
from nlp.rules.degree_substitutes import EXPERIENCE_INSTEAD, stands_for_it
from nlp.rules.degree_waivers import is_waived, waiver_start
from nlp.rules.fields import LIST_END, FieldLists, Fields
from nlp.rules.fields_apart import general_fields, labelled_fields, with_general
from nlp.rules.shared_fields import SCHOOL, share_fields
from nlp.rules.years import read_years
from nlp.types import (
    Alternative,
    Necessity,
    Requirement,
    RequirementKind,
    Term,
)
from ontology import Vocabulary

FOREIGN: Final = Anchored(
    r"foreign\s{1,20}(?:degree\s{1,20})?equivalent|equivalent\s{1,20}foreign", re.I
)
DEGREE_BEHIND: Final = re.compile(r"\s[Dd]egree\s?$")
SCHOOLING: Final = re.compile(r"(?<!of )\beducation$")
"""What is no field: "college *education*", as against "bachelor of education"."""
LONGEST_REST: Final = 80
"""How far behind its fields, in code points, "or equivalent experience" still is a degree's."""
SUBSTITUTES: Final = re.compile(
    r"[^.;\n]{0,40}\b(?:may|can|will|could)\s+(?:also\s+)?(?:be\s+)?(?:substitut\w+|used|counted?|counts)"
    r"\s+(?:on\s+an?\s+[\w-]{1,30}\s+basis\s+)?(?:for|as|in\s+(?:lieu|place))",
    re.IGNORECASE,
)
"""A degree that may stand for experience is not asked for itself."""
INSTEAD: Final = re.compile(r"\b(?:may|can)\s(?:be\s)?substituted?\b[^\n]{0,400}$", re.IGNORECASE)
"""The same, said before: "you may *substitute* education as follows: a master's degree"."""
PURSUED: Final = re.compile(
    r"\b(?:pursuing|enrolled|working towards?|studying (?:for|towards?)|candidates? for)\b"
    r"[^.;\n]{0,40}$",
    re.IGNORECASE,
)
OF_OTHERS: Final = re.compile(
    r"\b(?:our|we|us|team of|founders?|colleagues|staff(?! level)|scientists|students?|mentor\w*"
    r"|faculty)\b",
    re.IGNORECASE,
)
"""A sentence about others than the one who is sought."""
GOES_ON: Final = re.compile(r"\n[ ]*(?=[a-z]|Degree\b)")
"""A line break inside a sentence."""
YEARS_OF: Final = re.compile(
    r"\b(?:years?|hours?|semesters?)\sof\s(?:[\w-]{1,20}\s){0,3}$", re.IGNORECASE
)
"""Before education that is counted and no degree: "three years of *graduate education*"."""
OF_ARTS: Final = re.compile(r"\bof (?:applied )?(?:arts|science)$")
"""The end of a degree's name that is no field: "associate of *science*"."""
STILL: Final = "still being studied for is enough"


@dataclass(frozen=True, slots=True)
class Degrees:
    """The degree requirements, their alternatives, and the stretches in which no skill stands."""

    requirements: tuple[Requirement, ...]
    alternatives: tuple[Alternative, ...]
    spans: tuple[Span, ...]
    options: Mapping[int, str]
    """Where years begin that stand on a degree, and the alternative that the degree belongs to."""


def find_degrees(
    document: Document, vocabulary: Vocabulary, necessities: Necessities, fields: FieldLists
) -> Degrees:
    """Return one requirement for each level a sentence asks for.

    Levels joined by "or" or a slash are an alternative. Fields named once behind several levels
    ("BS/MS in Physics") belong to all of them. Years stand on a level where each option has its
    own ("MS and 2 years, or PhD"). A degree without a rank ("degree in Physics") is the lowest
    one that such words are said of, a bachelor's. A waived degree is no requirement.
    """
    options: dict[int, str] = {}
    requirements: list[Requirement] = []
    alternatives: list[Alternative] = []
    spans: list[Span] = []
    for low, high, named in _statements(document, fields):
        distinct = _distinct(named)
        levels, waived = _read(document, necessities, fields, distinct, low, high)
        if general := general_fields(document, fields, named, distinct, high):
            levels = with_general(levels, general[0])
            spans.append(general[1])
        spans += waived
        spans += [(hit.start, hit.end) for hit in named]  # each name of a level, no skill
        made: list[Requirement] = []
        for chain in chains(document, levels):
            alternative = f"degree-{chain[0].hit.start}" if len(chain) > 1 else None
            chosen = with_years(document, chain, high) if alternative else chain
            members = [
                _requirement(
                    document, vocabulary, level, alternative, low, _end(levels, level, high)
                )
                for level in chosen
            ]
            if any(r.necessity is Necessity.REQUIRED for r in members):
                members = [_required(r) for r in members]
            made += members
            if alternative:
                options |= {v.years.start(): alternative for v in chosen if v.years}
                necessity = min((r.necessity for r in members), key=list(Necessity).index)
                evidence = document.evidence(
                    members[0].evidence.start, members[-1].evidence.end, "degree:choice"
                )
                alternatives.append(Alternative(alternative, 1, necessity, evidence))
        spans += [(level.hit.start, level.stop) for level in levels]
        requirements += share_fields(document.text, made)
    requirements, labelled = labelled_fields(document, fields, requirements)
    spans += labelled
    spans += named_fields(document, fields)
    return Degrees(tuple(requirements), tuple(alternatives), tuple(spans), options)


def _statements(document: Document, fields: FieldLists) -> Iterator[tuple[int, int, list[Hit]]]:
    """Yield the sentences that name levels, with the hits of these.

    Where a document names no level at all, its sentences about a degree without one.
    """
    hits = [
        hit
        for hit in sorted(
            [*in_its_country(document.text, sure_hits(document, "DEGREE")), *unlisted(document)],
            key=lambda hit: hit.start,
        )
        if document.asks(hit.start)
        and document.section(hit.start) not in QUIET
        and not is_grade(document, hit)
        and not (hit.phrase.endswith("education") and YEARS_OF.search(document.text, *_near(hit)))
        and not is_measure(document.text, hit)
        and not is_others(document.text, hit)
    ]
    if not any(hit.id in WHOLE for hit in hits):
        hits = with_bare(document, fields, hits)
    elif any(hit.id == DIPLOMA for hit in hits):
        hits = sorted({*hits, *beside_diplomas(document)}, key=lambda hit: hit.start)
    hits = not_in_a_list(document.text, named_once(document.text, hits), fields)
    until = -1
    grouped: list[tuple[int, int, list[Hit]]] = []
    for (low, high), group in groupby(hits, key=lambda hit: document.sentence(hit.start)):
        if low < until:
            grouped[-1][2].extend(group)
            continue
        until = _sentence_end(document, high)
        grouped.append((low, until, list(group)))
    yield from grouped


def _near(hit: Hit) -> Span:
    return max(0, hit.start - LONGEST_REST), hit.start


def _sentence_end(document: Document, high: int) -> int:
    """Return the end of a sentence that goes on behind line breaks."""
    for _ in range(3):
        broken = GOES_ON.match(document.text, high)
        if broken is None or document.text[high - 1] in ".:;!?":
            break
        high = document.sentence(broken.end())[1]
    return high


def _read(
    document: Document,
    necessities: Necessities,
    fields: FieldLists,
    hits: Sequence[Hit],
    low: int,
    high: int,
) -> tuple[list[Level], list[Span]]:
    """Read the fields of each level and how strongly it is asked for.

    Of those that are waived only the spans are returned: "without a finance degree" asks for no
    Finance either.
    """
    levels: list[Level] = []
    waived: list[Span] = []
    begin = low
    for hit, following in zip(hits, [*hits[1:], None], strict=True):
        listed = fields_of(document, fields, hit, following.start if following else high)
        if not listed.terms and not is_higher(hit):
            terms = (
                fields.before(hit.start, begin)
                or (
                    ()
                    if OF_ARTS.search(hit.phrase) or SCHOOLING.search(hit.phrase)
                    else fields.before(hit.end, begin)
                )
                or _before_aside(document.text, fields, hit, begin)
            )
            listed = replace(listed, terms=terms)
        listed = with_namesakes(document, fields, hit, listed, high)
        listed = replace(listed, terms=_no_levels(document, listed.terms))
        necessity = _necessity(document, necessities, hit, listed, low, high)
        begin = max(hit.end, listed.stop)
        if necessity is not Necessity.WAIVED:
            levels.append(Level(hit, listed, necessity, None))
            continue
        waived.append((waiver_start(document.text, low, hit), begin))
    return levels, waived


def _no_levels(document: Document, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return fields without those that are levels: "science / *B Tech* / commerce"."""
    if all(term.concept for term in terms):
        return terms
    levels = {uncased(document.text[hit.start : hit.end]) for hit in document.hits("DEGREE")}
    return tuple(term for term in terms if term.concept or uncased(term.label) not in levels)


def _before_aside(text: str, fields: FieldLists, hit: Hit, low: int) -> tuple[Term, ...]:
    """Return the fields before a degree's short name: "a degree in Pharmacy (*MPharm*)"."""
    if text[hit.start - 1 : hit.start] != "(" or not BARE.search(text, low, hit.start):
        return ()
    end = hit.start - 1
    word = DEGREE_BEHIND.search(text, max(low, end - LONGEST_REST), end)
    return fields.before(end, low) or (fields.before(word.start(), low) if word else ())


def _necessity(
    document: Document, necessities: Necessities, hit: Hit, listed: Fields, low: int, high: int
) -> Necessity:
    """Return how strongly a level is asked for: a sentence that only asks for a degree asks."""
    necessity = necessities.at(hit.start, hit.end)
    if is_waived(document.text, low, hit):
        return Necessity.WAIVED
    if SUBSTITUTES.match(document.text, hit.end, high) or INSTEAD.search(
        document.text, low, hit.start
    ):
        return Necessity.MENTIONED
    if necessity is not Necessity.MENTIONED or OF_OTHERS.search(document.text, low, high):
        return necessity
    if (
        opens(document.text, low, hit.start)
        or listed.terms
        or BARE.search(document.text, low, high)
    ):
        return Necessity.REQUIRED
    return necessity


def _requirement(
    document: Document,
    vocabulary: Vocabulary,
    level: Level,
    alternative: str | None,
    low: int,
    end: int,
) -> Requirement:
    text = document.text
    least, most = read_years(level.years) if level.years else (None, None)
    hit = level.hit
    _, high = document.sentence(hit.start)
    stop = max(level.stop, level.years.end() if level.years else 0)
    return Requirement(
        kind=RequirementKind.DEGREE,
        label=vocabulary[hit.id].label,
        concept=hit.id,
        necessity=level.necessity,
        fields=() if hit.id == SCHOOL else level.fields.terms,
        foreign_equivalent=FOREIGN.search(text, low, high) is not None,
        related_field=level.fields.related,
        equivalent_experience=stands_for_it(document, low, max(high, end)),
        min_years=least,
        max_years=most,
        alternative=alternative,
        evidence=document.evidence(hit.start, _end_of_words(document, stop, end), "degree:level"),
        note=STILL if PURSUED.search(text, low, hit.start) else None,
    )


def _required(requirement: Requirement) -> Requirement:
    """Return a member of a choice, asked for as the choice is: "You hold a *BSc*/MSc in"."""
    if requirement.necessity is not Necessity.MENTIONED:
        return requirement
    return requirement._replace(necessity=Necessity.REQUIRED)


def _end(levels: Sequence[Level], level: Level, high: int) -> int:
    """Return where the words of a level end at the latest: where the next one begins."""
    starts = [other.hit.start for other in levels if other.hit.start > level.hit.start]
    return min(starts, default=high)


def _end_of_words(document: Document, stop: int, end: int) -> int:
    """Return where a degree's words end: behind its fields and what may stand in its place."""
    ends = [stop]
    for pattern in (FOREIGN, EXPERIENCE_INSTEAD, LIST_END):
        found = pattern.search(document.text, stop, min(end, stop + LONGEST_REST))
        if found:
            ends.append(found.end())
    return max(ends)


def _distinct(hits: list[Hit]) -> list[Hit]:
    """Keep the first hit of each level: "Bachelor’s degree (BS)" names one."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.id, hit)
    hits = list(first.values())
    return [
        one for hit in hits for one in _levels_of(hit) if one.id == hit.id or one.id not in first
    ]


def _levels_of(hit: Hit) -> list[Hit]:
    """Return a hit as the levels it names: an advanced degree is a master's or a doctorate."""
    if hit.id != DEGREES + "advanced":
        return [hit]
    return [hit._replace(id=DEGREES + level) for level in ("master", "doctorate")]
