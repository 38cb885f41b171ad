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

from nlp.anchors import Anchored, Literals
from nlp.document import Document, Span
from nlp.necessity import Necessities
from nlp.rules.announced import announced_parts, names_subject
from nlp.rules.beside import listed
from nlp.rules.forms import ING, NOUN
from nlp.rules.item_lines import LISTS, item_lines
from nlp.rules.items import VAGUE
from nlp.rules.knowing import ASKS, HEADS, HELD, KEEN, PERSON
from nlp.rules.phrases import PROOF, Sentence, Term
from nlp.rules.place_reading import bare_place
from nlp.rules.resumed import DONE, EXAMPLES, done_to, examples, objects_of
from nlp.rules.within import within
from nlp.types import Necessity, Section, SectionKind
from nlp.words import WORD, Words

S = TypeVar("S", Span, tuple[int, int, str | None])
TOLD: Final = LISTS | {SectionKind.BODY}
"""Where what somebody has done is asked for."""
ASKABLE: Final = TOLD | {SectionKind.DUTIES}
"""Where a name before "experience" or "licence" can be asked for."""
SOMEWHERE: Final = re.compile(
    r"(?:experienced?|background|years?['’]?|worked)(?: working)? (?:in|within) an? ", re.IGNORECASE
)
"""Asks where one has worked, which is no skill: "experience *in a* hospital or clinic"."""
STUDIES: Final = Anchored(
    r"\b(?:bachelor|coursework|degrees?|diploma|disciplines?|majors?|master['’]?s|ph\.?d)\b",
    re.IGNORECASE,
)
"""A sentence in which names of subjects are what one has studied."""
PARTED: Final = re.compile(r"[,;/(]|\b(?:and|or)\b")
"""What parts the members of a list."""
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
    document: Document,
    necessities: Necessities,
    known: Sequence[Span],
    laws: Sequence[Span] = (),
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
    for term in _in_sentences(document, necessities, known):
        found.setdefault((term.start, term.end), term)
    return tuple(_outermost(found.values()))


def _in_sentences(
    document: Document, necessities: Necessities, known: Sequence[Span]
) -> Iterator[Term]:
    text = document.text
    venues = VENUES.positions(text)
    lows = [low for low, _, _ in document.stretches]
    loose: set[Span] = set()
    sought = _asks(document, necessities, loose)
    asks = _by_stretch(lows, sorted({*sought, *announced_parts(document)}))
    heads = _by_stretch(lows, _heads(document, necessities))
    given = _by_stretch(lows, [match.span() for match in EXAMPLES.finditer(document.text)])
    studied = _by_stretch(lows, [match.span() for match in STUDIES.finditer(document.text)])
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
        headed = _before(high, heads.get(number, ()))
        done = _before(high, doing.get(number, ())) if kind in TOLD else ()
        proofs = len(here) >= PROOF or (here and kind in LISTS and PARTED.search(text, low, high))
        if not (asked or done or headed or proofs) or _in(document.tags, low):
            continue
        words = document.words[number]
        index = bisect_left(venues, low)
        venue = venues[index] if index < len(venues) else high
        stop = len(words.kinds) if venue >= high else words.index(venue)
        sentence = Sentence(words, stop, here, run_on=document.commas_lost)
        for ask in asked:
            rule = "term:sought" if ask in loose else "term:asked"
            yield from _objects(document, words, sentence, (ask, high), rule)
        for _, end in done:
            for segment in done_to(words, sentence, end):
                for term in sentence.terms(segment, "term:done"):
                    kinds = words.kinds[words.index(term.start) : words.index(term.end)]
                    if len(kinds) > 1 or (kinds[0] & NOUN and not kinds[0] & (VAGUE | ING)):
                        yield term
        for head, _, group in headed:
            if head > venue:
                break
            at = words.index(head)
            if group == HELD:
                yield from sentence.terms(sentence.held(at), "term:held")
            else:
                yield from sentence.terms(sentence.headed(at), "term:head")
        asking = kind in LISTS and number not in studied
        for example in given.get(number, ()) if asking else ():
            for segment in examples(words, sentence, example):
                for term in sentence.terms(segment, "term:listed"):
                    if sentence.is_name(words.index(term.start), words.index(term.end)):
                        yield term
        if len(here) >= (1 if asking else PROOF):
            yield from listed(sentence, asked=asking)


def _objects(
    document: Document, words: Words, sentence: Sentence, asked: tuple[Span, int], rule: str
) -> Iterator[Term]:
    """Yield what words ask for; `asked` are their span and the end of their sentence."""
    (start, end), high = asked
    text = document.text
    proves = start == end or KEEN.match(text, start) is not None
    named = not proves and SOMEWHERE.match(text, start, high) is None
    members = (
        objects_of(text, words, sentence, (end, high))
        if document.section(start) in LISTS
        else sentence.objects(words.index(end))
    )
    for segment in members:
        for term in sentence.terms(segment, rule):
            kinds = words.kinds[words.index(term.start) : words.index(term.end)]
            subject = proves and names_subject(kinds) and not (start < end and kinds[0] & ING)
            if named or term.known or subject:
                yield term


def _asks(document: Document, necessities: Necessities, loose: set[Span]) -> Iterator[Span]:
    """Yield the words that ask, where their group lets them."""
    for match in ASKS.finditer(document.text):
        if match.lastgroup is not None:
            kind = document.section(match.start())
            if kind not in LISTS and (match.lastgroup != PERSON or kind is SectionKind.DUTIES):
                if kind not in ASKABLE or match.group()[:4].lower() == "year":
                    continue
                if necessities.at(*match.span()) is Necessity.MENTIONED:
                    continue  # prose that asks for nothing
                loose.add(match.span())
        yield match.span()


def _heads(document: Document, necessities: Necessities) -> Iterator[tuple[int, int, str | None]]:
    """Yield the nouns that may end the name of something, where prose asks for it."""
    for match in HEADS.finditer(document.text):
        kind = document.section(match.start())
        if kind not in LISTS:
            if kind not in ASKABLE or match.group()[0].isupper():
                continue  # a heading that was glued to its text: "... with Tenants Experience"
            if necessities.at(*match.span()) is Necessity.MENTIONED:
                continue
        yield *match.span(), match.lastgroup


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
