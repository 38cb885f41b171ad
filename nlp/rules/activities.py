"""Activities: what the person does or must be able to do, as the text says it.

"*Design and implement end-to-end tests*", "ability to *work across teams*". An activity begins
with a verb of work (`patterns/verbs.tsv`) at a place where one can begin, and goes on to where
the text turns to why, how or for whom. No vocabulary of duties exists or could: they are kept in
the posting's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nlp.document import Document
from nlp.necessity import Necessities
from nlp.types import Activity
from nlp.words import classes, is_adverb, verbs

RULE: Final = "activity:verb"
MOST_WORDS: Final = 12
LONG_ENOUGH: Final = 5
"""Words from which on "and" before another verb begins an activity of its own."""
MOST_BEFORE: Final = 100
"""How many words back the one is looked for of whom a sentence speaks."""
STOPS: Final = frozenset(".;:()!?|•·*")
BULLETS: Final = frozenset("• · * - – : > o \x95".split())
JOINTS: Final = frozenset("and , &".split())
LOOSE_ENDS: Final = frozenset("and and/or , & or - the a of in with for".split())
"""Words that an activity does not end in."""


def find_activities(document: Document, necessities: Necessities) -> tuple[Activity, ...]:
    """Return the activities of the sections that speak of the work or the candidate, in order."""
    found: list[Activity] = []
    for words in document.words:
        if verbs().keys().isdisjoint(words.lower):
            continue
        for first, last in _phrases(words.lower):
            start, end = words.starts[first], words.end(last)
            evidence = document.evidence(start, end, RULE)
            found.append(Activity(evidence.text, necessities.at(start, end), evidence))
    return tuple(found)


def _phrases(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each activity of a sentence in lower case.

    A verb alone is none ("design"), nor is one with its particle ("look into"); to hold a degree
    or a licence is nothing one does.
    """
    forms, particles = verbs(), classes()["particle"]
    holding, papers = classes()["holding"], classes()["paper"]
    reached = -1
    for position in [index for index, word in enumerate(words) if word in forms]:
        if position <= reached:
            continue
        first = position
        while first and is_adverb(words[first - 1]):
            first -= 1
        form, lead = forms[words[position]], words[first - 1] if first else ""
        near = reached >= (0 if lead == "and" else first - 2)
        if lead in JOINTS and form == "base" and not near:
            continue  # "(ads, search, ranking)": a list of things
        if _begins(words, position, first, form):
            reached = _end(words, position)
            behind = words[position + 1 : reached + 1]
            if any(word not in particles for word in behind) and not (
                words[position] in holding and papers.intersection(behind)
            ):
                yield first, reached


def _begins(words: Sequence[str], index: int, first: int, form: str) -> bool:
    """Tell whether the verb at `index`, its adverbs from `first` on, begins an activity."""
    known = classes()
    verb = words[index]
    lead = words[first - 1] if first else ""
    opens = first == 0 or lead in BULLETS
    if form == "base":
        if opens:
            return verb not in known["call"]
        if lead not in known["before-base"] or verb in known["frame"]:
            return False
        if lead == "will" and (words[first - 2] if first > 1 else "") not in known["doer"]:
            return False
    elif verb in known["no-activity"]:
        return False  # "understanding of", "looking for"
    elif form == "gerund":
        if not opens and lead not in known["before-gerund"]:
            return False
        if index + 1 < len(words) and words[index + 1] in known["noun-next"]:
            return False
        if (
            index + 2 < len(words)
            and words[index + 1] in JOINTS
            and words[index + 2] not in verbs()
        ):
            return False  # "forecasting and variance analysis": two things to know
        if lead in ("experience", "experienced") and verb in known["object-next"]:
            return False  # "experience using X" asks for X
    elif not opens and lead not in known["before-third"]:
        return False
    return opens or not _of_others(words, first)


def _of_others(words: Sequence[str], index: int) -> bool:
    """Tell whether the words before speak of the company or its users, not of the candidate.

    The nearest word that names either decides: "we want you to build" speaks of the candidate.
    """
    others, person = classes()["others"], classes()["person"]
    for before in range(index - 1, max(-1, index - 1 - MOST_BEFORE), -1):
        word = words[before]
        if word in others:
            return True
        if word in person:
            return False
    return False


def _end(words: Sequence[str], first: int) -> int:
    """Return the last word of the activity whose verb is at `first`."""
    forms, cut = verbs(), classes()["cut"]
    last = first
    for index in range(first + 1, min(len(words), first + MOST_WORDS)):
        word = words[index]
        if word in STOPS or word in cut:
            break
        if word in JOINTS:
            following = words[index + 1] if index + 1 < len(words) else ""
            again = following in forms
            if index - first >= LONG_ENOUGH and (again or is_adverb(following)):
                break  # "... the wider team and | mentor new engineers"
            turns = again or following in cut or following == "and"
            if word == "," and turns and index - first > 2:
                break
        last = index
    while last > first and words[last] in LOOSE_ENDS:
        last -= 1
    return last
