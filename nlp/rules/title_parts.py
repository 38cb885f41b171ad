"""Parts of a title: the role, the ranks and the rest that the words between two signs state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import Final

from nlp.patterns import table
from nlp.rules.ranks import GRADE, LEARNERS, Ladder, Ranks
from nlp.rules.title_words import RoleNames, Word, key, words_of
from nlp.types import Term
from ontology import Concept, Vocabulary

MOST_WORDS: Final = 14
"""Words of one part of a title; a sentence has more."""
EDGE: Final = " \t-–—,|:;/*•·"
NUMBER: Final = re.compile(
    r"#?[A-Za-z]{0,4}[-_]?\d{3}[-\d]{0,30}|\d{1,2}(?:st|nd|rd|th)?"
    r"|req(?:uisition)?[ .#:]{0,3}\d[\w-]*"
    r"|(?:band|grade|scale|zone) ?[a-z]?\d{0,2}[a-z]?(?: ?[-–/] ?\d{1,2})?"
    r"|(?:(?:required|starting|start|to start)(?: (?:for|from|in))? )?(?:asap|immediate(?:ly)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?: (?:start|20\d\d))?"
    r"|\d(?:st|nd|rd|th)?(?: (?:to|or|-|–) \d(?:st|nd|rd|th)?)? year"
    r"|\d{1,2}[ -](?:month|week|year)s?(?: (?:contract|ftc|fixed[ -]term(?: contract)?"
    r"|maternity cover))?"
)
PROSE_WORDS: Final = frozenset(
    "a an are be been has have is our that their they this us we who will you your We You Our "
    "Your This We're You'll I'm I'll was were can".split()
)
LITTLE: Final = frozenset({"of", "for", "in", "the", "on", "at", "to", "and", "with", "-"})
LEADING: Final = 215
"""The rank from which on "of" and a discipline make a title: "Director of Biometrics"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a title: its role, if any, its ranks, and what else it says."""

    role: Term | None
    ranks: Ranks = field(default_factory=Ranks)
    rest: tuple[str, ...] = ()
    said: str = ""
    """The words that name the role."""


class PartReader:
    """Parts the words of a title into role and ranks, with a vocabulary's roles and levels."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.names: Final = RoleNames(vocabulary)
        self._fields = vocabulary
        self.ladder: Final = Ladder(vocabulary)

    def ranks_alone(self, text: str) -> Ranks:
        """Return the ranks of words that are ranks and nothing else."""
        concept = self.ladder.alone(text)
        if concept:
            return Ranks((concept,))
        words = words_of(text)
        front, back = self.ladder.edges(text, words)
        return self.ladder.read(text) if words and front + back == len(words) else Ranks()

    def read(self, text: str) -> Reading | None:
        """Part one part of a title into role and ranks; either may be all there is."""
        words = words_of(text)
        if not words or len(words) > MOST_WORDS or any(w.text in PROSE_WORDS for w in words):
            return None
        front, back = self.ladder.edges(text, words)
        if front and front < len(words) and words[front].usual == "to":
            front -= 1  # "Assistant to the Dean" is a noun and no rank
        alone = self.ranks_alone(text)
        if alone.levels:
            whole = self.names.find(words)
            return Reading(term(whole) if whole else None, Ranks() if whole else alone)
        return (
            self._called_so(text, words, front, back)
            or self._ends_so(text, words, front, back)
            or self._begins_so(text, words, front)
            or self._by_discipline(text, words, front, back)
            or self._by_noun(text, words, front, back)
            or self._before_field(text, words)
        )

    def _called_so(self, text: str, words: list[Word], front: int, back: int) -> Reading | None:
        """Find the known role that is left when ranks come off, as few as possible."""
        size = len(words)
        for cut, end in sorted(product(range(front + 1), range(back + 1)), key=sum):
            if end and self._splits_rank(text, words, size - end):
                continue
            known = self.names.find(words[cut : size - end]) if cut + end < size else None
            if known:
                ranks = self._ranks(text, words, cut, size - end)
                return Reading(term(known), ranks, (), _text(text, words[cut : size - end]))
        return None

    def _ends_so(self, text: str, words: list[Word], front: int, back: int) -> Reading | None:
        """Find the longest known role that ends the title: "AWS Data Engineer"."""
        for end in range(len(words), len(words) - back - 1, -1):
            if end < len(words) and self._splits_rank(text, words, end):
                continue
            for start in range(front + 1, end):
                if words[start - 1].usual == "to":
                    break  # "Notice to Recruiters"
                known = self.names.find(words[start:end])
                if end - start == 1:
                    known = self.names.find(_role_nouns().get(key(words[start:end]), ""))
                if known and key(words[start:end]) not in _whole_titles():
                    ranks = start - self.ladder.before(text, words[front:start])
                    found = self._ranks(text, words, front, end)
                    found += self.ladder.read(_text(text, words[ranks:start]))
                    rest = _trimmed(text, words[front:ranks])
                    longer = range(front + 2, end)
                    same = any(self.names.find(words[front:i]) == known for i in longer)
                    same = same or self.is_same(term(known), rest)
                    said = not (same or is_noise(rest))
                    return Reading(term(known), found, (rest,) if rest and said else ())
        return None

    def _splits_rank(self, text: str, words: list[Word], end: int) -> bool:
        """Tell whether a rank goes on behind `end`: "Kitchen *Assistant Manager*"."""
        return end > 0 and self.ladder.alone(_text(text, words[end - 1 :])) is not None

    def _begins_so(self, text: str, words: list[Word], front: int) -> Reading | None:
        """Find the known role that a title begins with: "Data Engineer with R"."""
        if key(words[-1:]) in _role_nouns():
            return None  # "Travel Nurse Recruiter": the last noun is the job
        for start, end in product(range(front + 1), range(len(words) - 1, front, -1)):
            known = self.names.find(words[start:end])
            if end == start + 1:  # alone only in "Senior Scientist X", "Lecturer in Statistics"
                known = self.names.find(_role_nouns().get(key(words[start:end]), ""))
                known = known if start or words[end].usual in LITTLE else None
            if known:
                graded = end
                while graded < len(words) and GRADE.fullmatch(words[graded].text):
                    graded += 1
                ranks = self._ranks(text, words, start, len(words))
                last = self.ladder.edges(text, words[end:])[1]
                ranks += self.ladder.read(_text(text, words[len(words) - last :]))
                if graded > end and not words[end].text.isdigit():  # "Registered Nurse II ICU"
                    ranks += self.ladder.read(_text(text, words[end:graded]))
                rest = _trimmed(text, words[graded : len(words) - last])
                noise = not rest or words[end].usual in ("at", "with") or is_noise(rest)
                return Reading(term(known), ranks, () if noise else (rest,))
        return None

    def _by_discipline(self, text: str, words: list[Word], front: int, back: int) -> Reading | None:
        """Read a rank and a discipline in one: "Data Science Intern", "VP of Sales"."""
        size = len(words)
        for end in range(size - back, size + 1) if front or back else ():
            ranks = self._ranks(text, words, front, end)
            worded = any(not GRADE.fullmatch(level.label) for level in ranks.levels)
            role = self.discipline(words[front:end], ranks) if worded else None
            if role:
                return Reading(role, ranks)
        return None

    def discipline(self, words: Sequence[Word], ranks: Ranks) -> Term | None:
        """Return the role of those who work in a discipline, or of those who lead it."""
        while words and words[0].usual in LITTLE:
            words = words[1:]
        if not words:
            return None
        leads = any(level.track == "management" for level in ranks.levels)
        row = _disciplines().get(key(words))
        if row:
            known = self.names.find((leads and row[1]) or row[0])
            return term(known) if known else None
        said = " ".join(word.usual for word in words)
        known = self.names.find(f"{said} manager") if leads else None
        agent = _agents().get(words[-1].usual)
        if known is None and agent:
            known = self.names.find(" ".join([*(w.usual for w in words[:-1]), agent]))
        if known:
            return term(known)
        joints = [i for i, word in enumerate(words) if word.usual == "and" and i]
        return self.discipline(words[: joints[0]], ranks) if joints else None

    def _by_noun(self, text: str, words: list[Word], front: int, back: int) -> Reading | None:
        """Keep the words of a role that no concept covers but whose noun names a job."""
        size = len(words)
        if front < size and words[front].usual == "and":
            front = 0  # "Apprenticeship and Training Representative"
        for end in range(size - back, size + 1):
            said = words[front:end]
            addressed = any(word.usual == "to" for word in said)  # "Notice to Recruiters"
            noun = said and not addressed and key(said[-1:]) in _role_nouns()
            of = len(said) > 2 and said[1].usual in ("of", "to") and key(said[:1]) in _role_nouns()
            cut = self.ladder.read(_text(text, words[end:])).levels
            if end < size and self._splits_rank(text, words, end):
                continue
            if len(said) == 1 and any(level.track == "management" for level in cut):
                continue  # "Tech Manager" is no technician
            if noun or of:
                leading = self.ladder.read(_text(text, words[end - 1 :])).levels
                both = self.ladder.alone(_text(text, said[-2:])) if len(said) > 2 else None
                ranks = self._ranks(text, words, front, end)
                ranks += Ranks(tuple(c for c in leading if (c.rank or 0) > LEADING + 20))
                if both is not None and both.track == "management":
                    ranks = Ranks((both,))  # "Organic Search *Senior Manager*"
                return Reading(Term(_text(text, said)), ranks, (), _text(text, said))
        learner = self._ranks(text, words, front, size - back)
        if front < size - back and any(level.label in LEARNERS for level in learner.levels):
            named = all(word.text[0].isupper() or word.usual == "and" for word in words[front:])
            if named and words[-1].text[-1] != "s":  # "Fraud & Risk Intern"
                return Reading(Term(_text(text, words[front:])), learner)
        ranks = self._ranks(text, words, front, size)
        leads = bool(ranks.levels) and (ranks.levels[-1].rank or 0) >= LEADING
        if leads and (
            words[front].usual == "of" or words[front - 1].usual not in ("head", "chief")
        ):
            noun_at = front - 2 if words[front - 1].usual == "president" else front - 1
            if words[noun_at].usual == "of":
                noun_at -= 1  # "Head of Biometrics"
            return Reading(Term(_text(text, words[max(0, noun_at) :])), ranks)
        return None

    def _before_field(self, text: str, words: list[Word]) -> Reading | None:
        """Read a job with its field behind it: "Business Support Officer *Accounts Receivable*".

        One word in -ing is more often what the line is about: "Loan Officer Training".
        """
        for end in range(2, len(words)):
            field_ = _text(text, words[end:])
            if key(words[end - 1 : end]) not in _role_nouns() or not field_[0].isupper():
                continue
            if (end < len(words) - 1 or not field_.endswith("ing")) and self._fields.find(field_):
                reading = self.read(_text(text, words[:end]))
                return replace(reading, rest=(*reading.rest, field_)) if reading else None
        return None

    def is_job(self, text: str) -> bool:
        """Tell whether the words name a job."""
        reading = self.read(text)
        return reading is not None and reading.role is not None

    def is_same(self, role: Term, part: str) -> bool:
        """Tell whether the words name that role and nothing else but ranks."""
        reading = self.read(part)
        return reading is not None and reading.role == role and not reading.rest

    def _ranks(self, text: str, words: list[Word], start: int, end: int) -> Ranks:
        """Return the ranks in front of and behind the words that name the role."""
        front = self.ladder.read(_text(text, words[:start]))
        return front + self.ladder.read(_text(text, words[end:]))


def term(concept: Concept) -> Term:
    """Return the concept as a posting states it."""
    return Term(concept.label, concept.iri)


def _text(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _trimmed(text: str, words: Sequence[Word]) -> str:
    """Return the text of the words without the little ones at either end."""
    while words and words[0].usual in LITTLE:
        words = words[1:]
    while words and words[-1].usual in LITTLE:
        words = words[:-1]
    return _text(text, words)


DEMANDED: Final = re.compile(
    r"[^|\n]{2,60}\b(?:exp(?:erience|\.)?|backgrounds?|cert(?:ification|\.)?|clearance|degree|licen[cs]e)"
    r" (?:a must|needed|preferred|required)"
)
"""What a title asks for, as against what the job is: "Controller / *Big 4 Exp. Required*"."""


def is_noise(part: str) -> bool:
    """Tell whether a part says nothing of the work: its place, its contract, its number."""
    words = part.lower().strip(EDGE)
    return (
        words in _asides()
        or NUMBER.fullmatch(words) is not None
        or DEMANDED.fullmatch(words) is not None
    )


@cache
def _asides() -> frozenset[str]:
    return frozenset(row["words"] for row in table("title_asides"))


@cache
def _whole_titles() -> frozenset[str]:
    """Return labels that other words in front turn: "Document Management Consultant"."""
    return frozenset(key(words_of(row["title"])) for row in table("whole_titles"))


@cache
def _agents() -> dict[str, str]:
    return {row["field"]: row["agent"] for row in table("agents")}


@cache
def _disciplines() -> dict[str, tuple[str, str]]:
    """Return, by discipline, the role of those who work in it and of those who lead it."""
    return {
        key(words_of(row["discipline"])): (row["role"], row["led_by"])
        for row in table("disciplines")
    }


@cache
def _role_nouns() -> dict[str, str]:
    """Return the nouns that name a job, with the role that any title on them names."""
    return {key(words_of(row["noun"])): row["role"] for row in table("role_nouns")}
