"""Terms: what a posting asks knowledge of, in its own words, whether a concept covers it or not.

"Experience with *Runscope*", "knowledge of *on-prem infrastructure*", "Python, *Qt*, git": the
objects of asking words, and the members of a list that its other members prove. A term in which
no concept stands is a candidate; one that holds a concept is the phrase round it ("*cloud
deployment tools*").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from nlp.anchors import Literals
from nlp.document import Document, Span
from nlp.rules.announced import announced_parts, names_subject
from nlp.rules.item_lines import LISTS, item_lines
from nlp.rules.knowing import ASKS, HEADS, HELD, PERSON
from nlp.rules.phrases import PROOF, Sentence, Term
from nlp.rules.place_reading import bare_place
from nlp.rules.resumed import DONE, done_to, objects_of
from nlp.rules.within import within
from nlp.types import Section, SectionKind
from nlp.words import WORD

S = TypeVar("S", Span, tuple[int, int, str | None])
TOLD: Final = LISTS | {SectionKind.BODY}
"""Where what somebody has done is asked for."""
SOMEWHERE: Final = re.compile(
    r"(?:experienced?|background|years?['’]?|worked)(?: working)? (?:in|within) an? ", re.IGNORECASE
)
"""Asks where one has worked, which is no skill: "experience *in a* hospital or clinic"."""
VENUES: Final = Literals(
    (
        "conferences such as",
        "conferences (",
        "conferences like",
        "journals such as",
        "papers at",
        "papers in",
        "publication in",
        "publications at",
        "publications in",
        "published at",
        "published in",
        "publishing at",
        "publishing in",
    )
)
"""What is listed behind these words is where something was published."""


def find_terms(
    document: Document, known: Sequence[Span], laws: Sequence[Span] = ()
) -> tuple[Term, ...]:
    """Return the terms in order of position, none inside another.

    `known` are the spans of the vocabulary's concepts that stand for sure in the text, sorted;
    `laws` are names of laws, in which none of them stands.
    """
    found = {law: Term(*law, "term:law") for law in laws}
    for tags in document.tags:
        for word in WORD.finditer(document.text, tags.start, tags.end):
            if not word.group()[-1].isalnum() and word.group()[-1] not in "+#":
                continue  # a sign between the names: "• java"
            inside = within(known, *word.span())
            if inside is not None and inside != (word.span(),):
                found[word.span()] = Term(*word.span(), "term:tag", inside)
    for term in _in_sentences(document, known):
        found.setdefault((term.start, term.end), term)
    return tuple(_outermost(found.values()))


def _in_sentences(document: Document, known: Sequence[Span]) -> Iterator[Term]:
    venues = VENUES.positions(document.text)
    lows = [low for low, _, _ in document.stretches]
    asks = _by_stretch(lows, sorted({*_asks(document), *announced_parts(document)}))
    heads = _by_stretch(lows, [(*m.span(), m.lastgroup) for m in HEADS.finditer(document.text)])
    names = _by_stretch(lows, known)
    doing = _by_stretch(lows, [match.span() for match in DONE.finditer(document.text)])
    for number in item_lines(document, asks, {*heads, *names}, names):
        words = document.words[number]
        sentence = Sentence(words, len(words.kinds), names.get(number, ()), run_on=False)
        for term in sentence.items():
            if bare_place(document.text[term.start : term.end]) is None:
                yield term
    for number in sorted({*asks, *doing, *heads, *names}):
        low, high, kind = document.stretches[number]
        here = _before(high, names.get(number, ()))
        asked = _before(high, asks.get(number, ()))
        headed = _before(high, heads.get(number, ())) if kind in LISTS else ()
        done = _before(high, doing.get(number, ())) if kind in TOLD else ()
        if not (asked or done or headed or len(here) >= PROOF) or _in(document.tags, low):
            continue
        words = document.words[number]
        index = bisect_left(venues, low)
        venue = venues[index] if index < len(venues) else high
        stop = len(words.kinds) if venue >= high else words.index(venue)
        sentence = Sentence(words, stop, here, run_on=document.commas_lost)
        for start, end in asked:
            named = start < end and SOMEWHERE.match(document.text, start, high) is None
            members = (
                objects_of(document.text, words, sentence, (end, high))
                if kind in LISTS
                else sentence.objects(words.index(end))
            )
            for segment in members:
                for term in sentence.terms(segment, "term:asked"):
                    kinds = words.kinds[words.index(term.start) : words.index(term.end)]
                    if named or term.known or (start == end and names_subject(kinds)):
                        yield term
        for _, end in done:
            for segment in done_to(words, sentence, end):
                for term in sentence.terms(segment, "term:done"):
                    if " " in document.text[term.start : term.end]:
                        yield term
        for head, _, group in headed:
            if head > venue:
                break
            at = words.index(head)
            if group == HELD:
                yield from sentence.terms(sentence.held(at), "term:held")
            else:
                yield from sentence.terms(sentence.headed(at), "term:head")
        if len(here) >= PROOF:
            yield from sentence.listed()


def _asks(document: Document) -> Iterator[Span]:
    """Yield the words that ask, where their group lets them."""
    for match in ASKS.finditer(document.text):
        if match.lastgroup is not None:
            kind = document.section(match.start())
            if kind not in LISTS and (match.lastgroup != PERSON or kind is SectionKind.DUTIES):
                continue
        yield match.span()


def _by_stretch(starts: list[int], spans: Iterable[S]) -> dict[int, list[S]]:
    """Return the spans by the number of the stretch that begins before them."""
    found: dict[int, list[S]] = {}
    for span in spans:
        found.setdefault(bisect_right(starts, span[0]) - 1, []).append(span)
    found.pop(-1, None)
    return found


def _before(end: int, spans: Sequence[S]) -> Sequence[S]:
    """Return the spans, which are in order, that begin before `end`."""
    return spans if not spans or spans[-1][0] < end else [s for s in spans if s[0] < end]


def _outermost(terms: Iterable[Term]) -> Iterator[Term]:
    """Yield the terms in order without those that stand inside another."""
    reached = -1
    for term in sorted(terms, key=lambda term: (term.start, -term.end)):
        if term.start >= reached:
            yield term
            reached = term.end


def _in(sections: Sequence[Section], offset: int) -> bool:
    return any(section.start <= offset < section.end for section in sections)
