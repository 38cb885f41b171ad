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
from nlp.words import Word, classes, is_adverb, verbs

RULE: Final = "activity:verb"
MOST_WORDS: Final = 12
LONG_ENOUGH: Final = 5
"""Words from which on "and" before another verb begins an activity of its own."""
STOPS: Final = frozenset(".;:()!?|•·*")
BULLETS: Final = frozenset("• · * - – : > o \x95".split())
JOINTS: Final = frozenset("and , &".split())
LOOSE_ENDS: Final = frozenset("and and/or , & or - the a of in with for".split())
"""Words that an activity does not end in."""


def find_activities(document: Document, necessities: Necessities) -> tuple[Activity, ...]:
    """Return the activities of the sections that speak of the work or the candidate, in order."""
    found: list[Activity] = []
    for low, high, _ in document.stretches:
        words = document.words(low, high)
        for first, last in _phrases(words):
            start, end = words[first].start, words[last].end
            evidence = document.evidence(start, end, RULE)
            found.append(Activity(evidence.text, necessities.at(start, end), evidence))
    return tuple(found)


def _phrases(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each activity of a sentence.

    A verb alone is none ("design"), nor is one with its particle ("look into").
    """
    forms = verbs()
    reached = -1
    for position, word in enumerate(words):
        form = forms.get(word.lower)
        if form is None or position <= reached:
            continue
        first = _adverbs_before(words, position)
        lead = words[first - 1].lower if first else ""
        near = reached >= (0 if lead == "and" else first - 2)
        if lead in JOINTS and form == "base" and not near:
            continue  # "(ads, search, ranking)": a list of things
        if _begins(words, position, first, form):
            reached = _end(words, position)
            if any(
                word.lower not in classes()["particle"]
                for word in words[position + 1 : reached + 1]
            ):
                yield first, reached


def _adverbs_before(words: Sequence[Word], index: int) -> int:
    while index and is_adverb(words[index - 1].lower):
        index -= 1
    return index


def _begins(words: Sequence[Word], index: int, first: int, form: str) -> bool:
    """Tell whether the verb at `index`, its adverbs from `first` on, begins an activity."""
    verb = words[index].lower
    opens = first == 0 or words[first - 1].lower in BULLETS
    lead = words[first - 1].lower if first else ""
    before = words[first - 2].lower if first > 1 else ""
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if form == "gerund" and (
        verb in classes()["no-activity"]
        or following in classes()["noun-next"]
        or (verb in classes()["object-next"] and lead in ("experience", "experienced"))
    ):
        return False  # "understanding of", "looking for"; "experience using X" asks for X
    if not opens and _of_others(words, first):
        return False
    if form == "base":
        if opens:
            return verb not in classes()["call"]
        if lead == "will" and before not in classes()["doer"]:
            return False
        return lead in classes()["before-base"] and verb not in classes()["frame"]
    if form == "gerund":
        return opens or lead in classes()["before-gerund"]
    return verb not in classes()["no-activity"] and (opens or lead in classes()["before-third"])


def _of_others(words: Sequence[Word], index: int) -> bool:
    """Tell whether the words before speak of the company or its users, not of the candidate.

    The nearest word that names either decides: "we want you to build" speaks of the candidate.
    """
    for word in reversed(words[:index]):
        if word.lower in classes()["others"]:
            return True
        if word.lower in classes()["person"]:
            return False
    return False


def _end(words: Sequence[Word], first: int) -> int:
    """Return the last word of the activity whose verb is at `first`."""
    last = first
    for index in range(first + 1, min(len(words), first + MOST_WORDS)):
        word = words[index].lower
        following = words[index + 1].lower if index + 1 < len(words) else ""
        if word in STOPS or word in classes()["cut"]:
            break
        again = following in verbs() or is_adverb(following)
        if word in JOINTS and again and index - first >= LONG_ENOUGH:
            break  # "... the wider team and | mentor new engineers"
        turns = following in verbs() or following in classes()["cut"] or following == "and"
        if word == "," and turns and index - first > 2:
            break
        last = index
    while last > first and words[last].lower in LOOSE_ENDS:
        last -= 1
    return last
