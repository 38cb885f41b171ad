"""Duties by their labels: which concept a verb means together with the words behind it.

A label of one word is a form of a verb and means its concept wherever the verb is said of the
person hired. A label of several ("provide guidance", "work with someone") is a verb in its base
form and words that must follow in their order, before the clause turns; of those that fit the
longest counts, of equals the one that is complete first. "someone" and "people" (those whom one
can lead) stand for the words of that class in `patterns/duty_words.tsv`. `patterns/not_duties.tsv`
has the phrases that look like a duty and are none ("maintain a balance").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from nlp.patterns import table
from nlp.types import Term
from nlp.words import Words, folded, kind_among, kind_ending, kind_of, kind_where, verbs
from ontology import Vocabulary

REACH: Final = 9
"""How many words behind the verb a phrase may go on to."""


@cache
def of_class(name: str) -> int:
    """Return the bit of a class of `patterns/duty_words.tsv`."""
    return kind_among(row["word"] for row in table("duty_words") if row["class"] == name)


VERB: Final = kind_of("base", "gerund", "third")
ADVERB: Final = kind_of("adverb") | kind_ending(["ly"], above=len("apply"))
"""Words that say how something is done."""
CUT: Final = kind_of("cut")
PREPOSITION: Final = of_class("preposition")
PLACEHOLDERS: Final = {name: of_class(name) for name in ("people", "someone")}
STOPS: Final = kind_among(".;:()!?|•·*")
CUTS: Final = STOPS | CUT
DASHES: Final = kind_among("- – — …".split())
JOINTS: Final = kind_among("and , & / or and/or but".split())


def _several(form: str) -> int:
    """Return the bit of verbs of one form that are written as one: "design/build"."""

    def is_several(word: str) -> bool:
        return "/" in word and all(verbs().get(folded(p)) == form for p in word.split("/"))

    return kind_where(is_several)


SEVERAL: Final = {form: _several(form) for form in ("base", "gerund", "third")}


class _Wanted(NamedTuple):
    """A word that must follow a verb: how it may be written, or the bit of the class it stands for.

    `leads`: it is a preposition, which must stand first of what is behind the verb.
    """

    forms: frozenset[str]
    kinds: int
    leads: bool


class _Phrase(NamedTuple):
    """The words behind a verb; the duty that they make of it, or None where they make it none."""

    words: tuple[str, ...]
    wanted: tuple[_Wanted, ...]
    duty: Term | None


class _Verb:
    """The phrases that begin with a verb, and what the first word of one of them can be."""

    def __init__(self) -> None:
        self.phrases: list[_Phrase] = []
        self.forms: set[str] = set()
        self.kinds = 0

    def take(self, words: tuple[str, ...], duty: Term | None) -> None:
        """Take up a phrase."""
        wanted = tuple(_wanted(word) for word in words)
        self.phrases.append(_Phrase(words, wanted, duty))
        self.forms |= wanted[0].forms
        self.kinds |= wanted[0].kinds


class DutyLabels:
    """The duties of a vocabulary, by their labels.

    `base`, `gerund` and `third` are the bits of the forms of all verbs that are known: those of
    `patterns/verbs.tsv`, and those that are labels of duties beside them.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._alone: dict[str, Term] = {}
        self._verbs: dict[str, _Verb] = {}
        for concept in vocabulary.scheme("duties"):
            if not concept.broader:
                continue  # a family
            duty = Term(concept.label, concept.iri)
            for label in vocabulary.labels_of(concept):
                first, *rest = folded(label).split()
                if rest:
                    self._take(first, rest, duty)
                else:
                    self._alone[first] = duty
        for row in table("not_duties"):
            self._take(row["verb"], row["words"].split(), None)
        for verb in self._verbs.values():
            verb.phrases.sort(key=lambda one: (one.duty is not None, one.words))
        forms = frozenset[str]().union(*(verb.forms for verb in self._verbs.values()))
        self._first = _bit(forms)
        """The bit of the words that can be the first behind a verb, each of another one's."""
        known = frozenset({*self._alone, *self._verbs})
        more = _Forms(known.difference(verbs()))
        self.base: Final = kind_of("base") | more.base | SEVERAL["base"]
        self.gerund: Final = kind_of("gerund") | more.gerund | SEVERAL["gerund"]
        self.third: Final = kind_of("third") | more.third | SEVERAL["third"]
        self.own: Final = _bit(known) | sum(SEVERAL.values())
        """The bit of the verbs that can be a duty."""

    def _take(self, verb: str, words: Sequence[str], duty: Term | None) -> None:
        for form in _forms(verb):
            self._verbs.setdefault(form, _Verb()).take(tuple(words), duty)

    def meant(self, text: str, words: Words, index: int) -> tuple[Term, ...]:
        """Return the duties that the verb at `index` of a sentence means there.

        It is one at the most, unless several verbs are written as one: "mentor/supervise".
        """
        verb = folded(text[slice(*words.span(index))])
        duties = [self.meant_by(part, text, words, index) for part in verb.split("/")]
        return tuple(dict.fromkeys(duty for duty in duties if duty is not None))

    def meant_by(self, name: str, text: str, words: Words, index: int) -> Term | None:
        """Return the duty that a verb means with the words behind `index`."""
        alone, verb = self._alone.get(name), self._verbs.get(name)
        if verb is None:
            return alone
        first, last = _reach(words.kinds, index)
        if not any(map((verb.kinds | self._first).__and__, words.kinds[first:last])):
            return alone  # most verbs: no word behind them is one that a phrase goes on with
        behind = [
            (folded(text[slice(*words.span(place))]), words.kinds[place])
            for place in range(first, last)
        ]
        if not any(word in verb.forms or kinds & verb.kinds for word, kinds in behind):
            return alone
        fitting = [
            (-len(phrase.words), end, place)
            for place, phrase in enumerate(verb.phrases)
            if (end := _end_of(phrase.wanted, behind)) is not None
            and (alone is None or _is_head(phrase.wanted[-1], behind[end + 1 :]))
        ]
        return verb.phrases[min(fitting)[-1]].duty if fitting else alone


def _reach(kinds: list[int], index: int) -> tuple[int, int]:
    """Return the first and the last of the words behind a verb that can be its object.

    Of verbs joined at once ("build, lead and mentor a team") each has the object of the last.
    """
    first = index + 1
    while True:
        joint = first
        while joint < len(kinds) and kinds[joint] & JOINTS:
            joint += 1
        if joint == first or joint == len(kinds) or not kinds[joint] & VERB:
            break
        first = joint + 1
    last = min(len(kinds), first + REACH)
    for place in range(first, last):
        if (kinds[place] & CUTS and not kinds[place] & PREPOSITION) or (
            place > first
            and kinds[place - 1] & JOINTS
            and kinds[place] & VERB & kinds[index]
            and not kinds[place] & NOUNS
        ):
            return first, place
    return first, last


NOUNS: Final = of_class("noun-too")


class _Forms:
    """The bits of verbs that no table has, told apart by how they end."""

    def __init__(self, words: frozenset[str]) -> None:
        gerunds = {word for word in words if word.endswith("ing")}
        thirds = {word for word in words - gerunds if word.endswith("s")}
        self.gerund, self.third = _bit(frozenset(gerunds)), _bit(frozenset(thirds))
        self.base = _bit(frozenset(words - gerunds - thirds))


@cache
def _bit(words: frozenset[str]) -> int:
    return kind_among(words) if words else 0


def _end_of(wanted: Sequence[_Wanted], behind: Iterable[tuple[str, int]]) -> int | None:
    """Return the place of the last of words that follow in their order, None if they do not.

    A preposition ("work *with* someone", "report *to*") must stand first of what is behind; no
    other is stepped over on the way to an object.
    """
    left = iter(wanted)
    forms, bits, leads = next(left)
    for place, (word, kinds) in enumerate(behind):
        if word in forms or kinds & bits:
            following = next(left, None)
            if following is None:
                return place
            forms, bits, leads = following
        elif kinds & PREPOSITION or (leads and not kinds & (ADVERB | JOINTS)):
            break
    return None


def _is_head(wanted: _Wanted, behind: Sequence[tuple[str, int]]) -> bool:
    """Tell whether an object is one by itself: not "support the *platform* team".

    Asked where the verb alone means something else.
    """
    if wanted.kinds or wanted.leads or not behind:
        return True
    return bool(behind[0][1] & (ADVERB | DASHES | JOINTS | PREPOSITION))


def _wanted(word: str) -> _Wanted:
    if word in PLACEHOLDERS:
        return _Wanted(frozenset(), PLACEHOLDERS[word], leads=False)
    forms = frozenset((word, f"{word}s", f"{word[:-1]}ies"))
    return _Wanted(forms, 0, leads=word in _prepositions())


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(row["word"] for row in table("duty_words") if row["class"] == "preposition")


@cache
def _by_base() -> dict[str, tuple[str, str, str]]:
    return {row["verb"]: (row["verb"], row["gerund"], row["third"]) for row in table("verbs")}


def _forms(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb given in its base form; of one that no table has, itself."""
    return _by_base().get(verb, (verb,))
