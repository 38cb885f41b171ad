"""Activities: what the person does or must be able to do, as the text says it.

"*Design and implement end-to-end tests*", "ability to *work across teams*". An activity begins
with a verb of work (`patterns/verbs.tsv`) at a place where one can begin, and goes on to where
the text turns to why, how or for whom. No vocabulary of duties exists or could: they are kept in
the posting's own words.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import compress, count
from typing import Final

from nlp.document import Document
from nlp.necessity import Necessities
from nlp.rules.announced import ability_parts
from nlp.rules.items import UPPER
from nlp.types import Activity, Necessity, made
from nlp.words import kind_among, kind_ending, kind_of

RULE: Final = "activity:verb"
MOST_WORDS: Final = 12
LONG_ENOUGH: Final = 5
"""Words from which on "and" before another verb begins an activity of its own."""
MOST_BEFORE: Final = 100
"""How many words back the one is looked for of whom a sentence speaks."""

BASE: Final = kind_of("base")
GERUND: Final = kind_of("gerund")
VERB: Final = kind_of("base", "gerund", "third")
NO_ACTIVITY: Final = kind_of("no-activity")
PARTICLE: Final = kind_of("particle")
HOLDING: Final = kind_of("holding")
PAPER: Final = kind_of("paper")
CALL: Final = kind_of("call")
FRAME: Final = kind_of("frame")
BEFORE_BASE: Final = kind_of("before-base")
BEFORE_GERUND: Final = kind_of("before-gerund")
BEFORE_THIRD: Final = kind_of("before-third")
DOER: Final = kind_of("doer")
NOUN_NEXT: Final = kind_of("noun-next")
OBJECT_NEXT: Final = kind_of("object-next")
OTHERS: Final = kind_of("others")
PERSON: Final = kind_of("person")
CUT: Final = kind_of("cut")
STOPS: Final = kind_among(".;:()!?|•·*")
BULLETS: Final = kind_among("• · * - – : > o \x95".split())
JOINTS: Final = kind_among("and , &".split())
AND: Final = kind_among(["and"])
OR: Final = kind_among(["or"])
COMMA: Final = kind_among([","])
LABELLED: Final = kind_among("availability date dates days deadline hours mode pattern".split())
"""What a verb before it only names a field of a form with: "Closing *date*", "Working *days*"."""
DASH: Final = kind_among("- – —".split())
RATING: Final = kind_among(
    "a advantageous an beneficial desirable desired essential helpful highly ideal mandatory"
    " preferable preferred required useful".split()
)
"""How what a dash parts from an activity begins that only rates it: "Opening shops – desirable"."""
RATED: Final = kind_among("desirable desired essential preferred required".split())
"""What makes the verb before it a name: "*Excel* preferred but not essential"."""
PRONOUN: Final = kind_among("it one so them toward towards".split())
WILL: Final = kind_among(["will"])
EXPERIENCE: Final = kind_among(["experience", "experienced"])
LOOSE_ENDS: Final = kind_among("and and/or , & or - the a of in with for".split())
"""Words that an activity does not end in."""
ADVERB: Final = kind_of("adverb") | kind_ending(["ly"], above=len("apply"))
"""Words that say how something is done."""
NAMED: Final = OTHERS | PERSON
BUILDING: Final = kind_among(["building"])
PREMISES: Final = kind_among(
    "automation cladding code codes control controls envelope fabric inspection inspections"
    " inspector maintenance materials permit permits physics regulation regulations site sites"
    " surveying surveyor surveyors".split()
)
"""What behind "building" is a house's, and not what one builds: "*Building* regulations"."""
SERVICES: Final = kind_among(["services"])
OF_SERVICES: Final = PREMISES | kind_among(
    "consultancy consultant consultants contractor contractors coordination design engineer"
    " engineering engineers installation installations sector team".split()
)
"""What follows the services of houses; "building *services in Go*" is work."""
NEAR_NAME: Final = 12
"""Words behind the beginning of a sentence within which a verb is told of the name there."""
TOLD_OF: Final = kind_among("are have must take were will would".split())
"""What makes the word before it a noun: "*Interviews take* place online"."""
LITTLE: Final = PARTICLE | PRONOUN
"""What behind a verb does not say what is done."""
ENDS: Final = STOPS | CUT
BEGINS: Final = VERB | ADVERB
TURNS: Final = VERB | CUT | AND


def find_activities(document: Document, necessities: Necessities) -> tuple[Activity, ...]:
    """Return the activities of the sections that speak of the work or the candidate, in order."""
    found: list[Activity] = []
    parts = {position for position, _ in ability_parts(document)}
    jobs = {
        hit.start for hit in document.hits("ROLE") if document.text[hit.start : hit.end].istitle()
    }
    for words in document.words:
        opened = {i for i, (at, _) in enumerate(words.spans) if at in parts} if parts else set()
        for first, last in _phrases(words.kinds, opened):
            start, end = words.span(first)[0], words.span(last)[1]
            if start in jobs:
                continue  # "As *Marketing Coordinator* you will"
            evidence = document.evidence(start, end, RULE)
            necessity = necessities.at(start, end)
            if (
                necessities.waives
                and necessity is not Necessity.WAIVED
                and necessities.at(start, start + 1) is Necessity.WAIVED
            ):
                necessity = Necessity.WAIVED  # "*Managing a team is not part of* this job"
            found.append(made(Activity, (evidence.text, necessity, evidence)))
    return tuple(found)


def _phrases(words: list[int], opened: Container[int] = ()) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each activity of a sentence, whose words' kinds are given.

    `opened` are the words that begin a part of a list of activities: "Ability to: ...; *read* ...".
    A verb alone is none ("design"), nor is one with its particle ("look into") or a pronoun
    ("happy to complete it"); to hold a degree or a licence is nothing one does.
    """
    reached = -1
    for position in compress(count(), map(VERB.__and__, words)):
        if position <= reached:
            continue
        first = position
        while first and words[first - 1] & ADVERB:
            first -= 1
        verb, lead = words[position], words[first - 1] if first else 0
        if first in opened and verb & BASE:
            reached = phrase_end(words, position)
            if any(not word & LITTLE for word in words[position + 1 : reached + 1]):
                yield first, reached
            continue
        if lead & JOINTS and verb & BASE and reached < (0 if lead & AND else first - 2):
            continue  # "(ads, search, ranking)": a list of things
        if _begins(words, position, first):
            reached = phrase_end(words, position)
            behind = words[position + 1 : reached + 1]
            papers = verb & HOLDING and any(word & PAPER for word in behind)
            little = PARTICLE if lead & AND else LITTLE  # "write reports and present them"
            if not papers and any(not word & little for word in behind):
                yield first, reached


def _begins(words: list[int], index: int, first: int) -> bool:
    """Tell whether the verb at `index`, its adverbs from `first` on, begins an activity."""
    verb = words[index]
    lead = words[first - 1] if first else 0
    opens = first == 0 or bool(lead & BULLETS)
    if opens and index + 1 < len(words) and words[index + 1] & LABELLED:
        return False
    if verb & BASE:
        if opens:
            return not verb & CALL and not (index + 1 < len(words) and words[index + 1] & RATED)
        if not lead & BEFORE_BASE or verb & FRAME:
            return False
        if lead & WILL and not (first > 1 and words[first - 2] & DOER):
            return False
    elif verb & NO_ACTIVITY:
        return False  # "understanding of", "looking for"
    elif verb & GERUND:
        if not (opens or lead & BEFORE_GERUND):
            return False
        after = words[index + 1] if index + 1 < len(words) else 0
        if after & NOUN_NEXT or (verb & BUILDING and _is_house(words, index + 1)):
            return False
        if after & (JOINTS | OR) and index + 2 < len(words) and not words[index + 2] & VERB:
            return False  # "forecasting and variance analysis": two things to know
        if lead & EXPERIENCE and verb & OBJECT_NEXT:
            return False  # "experience using X" asks for X
    elif not (opens or lead & BEFORE_THIRD) or _is_of_a_name(words, first):
        return False
    elif index + 1 < len(words):
        return not words[index + 1] & TOLD_OF and (opens or not _of_others(words, first))
    return opens or not _of_others(words, first)


def _is_of_a_name(words: list[int], index: int) -> bool:
    """Tell whether a sentence speaks of a name: "Kestrel Foods bakes and *sells* bread"."""
    if not 0 < index <= NEAR_NAME or not words[index - 1] & AND:
        return False
    named = words[0] & words[1] & UPPER and not (words[0] | words[1]) & VERB
    return bool(named) and not any(word & DOER for word in words[:index])


def _is_house(words: list[int], index: int) -> bool:
    """Tell whether the words from `index` on name a part of a house, or what keeps one going."""
    behind = [*words[index : index + 3], 0, 0, 0]
    if not behind[0] & SERVICES:
        return bool(behind[0] & PREMISES)
    last = not behind[1] or bool(behind[1] & STOPS)
    return last or bool((behind[2] if behind[1] & JOINTS else behind[1]) & OF_SERVICES)


def _of_others(words: list[int], index: int) -> bool:
    """Tell whether the words before speak of the company or its users, not of the candidate.

    The nearest word that names either decides: "we want you to build" speaks of the candidate.
    """
    for before in range(index - 1, max(-1, index - 1 - MOST_BEFORE), -1):
        if words[before] & NAMED:
            return bool(words[before] & OTHERS)
    return False


def phrase_end(words: list[int], first: int) -> int:
    """Return the last word of the activity whose verb is at `first`."""
    last = first
    for index in range(first + 1, min(len(words), first + MOST_WORDS)):
        word = words[index]
        if word & ENDS:
            break
        if word & DASH and index + 1 < len(words) and words[index + 1] & RATING:
            break
        if word & JOINTS:
            after = words[index + 1] if index + 1 < len(words) else 0
            if index - first >= LONG_ENOUGH and after & BEGINS:
                break  # "... the wider team and | mentor new engineers"
            if word & COMMA and after & TURNS and index - first > 2:
                break
        last = index
    while last > first and words[last] & LOOSE_ENDS:
        last -= 1
    return last
