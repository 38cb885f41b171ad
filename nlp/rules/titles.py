"""Titles: what the job is, at which level, with which specialisation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import Final

from nlp.patterns import table
from nlp.rules.place_reading import read_places
from nlp.rules.ranks import GRADE, Ladder, Ranks, fixed_levels
from nlp.rules.title_words import RoleNames, Word, key, spread, words_of
from nlp.types import Term
from ontology import Concept, Vocabulary

LONGEST_TITLE: Final = 120
MOST_WORDS: Final = 14
"""Words of one part of a title; a sentence has more."""
MOST_PARTS: Final = 3
"""Parts in which the role is looked for: "IT - Data Engineer II", "Acme - IT - Analyst"."""
ASIDE: Final = re.compile(r"\(([^()\n]*)(?:\)|$)|\[([^\[\]\n]*)(?:\]|$)")
WHEN: Final = re.compile(
    r"\b(?:(?:spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)[/ ]+)?20\d\d\b(?:[ ]+(?:spring|summer|fall|autumn"
    r"|winter|start))?(?!\w)",
    re.IGNORECASE,
)
GENDERS: Final = re.compile(r"\b[mfwdxh](?:\s?[/|]\s?[mfwdxh]){1,3}\b", re.IGNORECASE)
PART: Final = re.compile(
    r"(,\s+|;\s*|\s[-–—|:/]+\s|\s?\|\s?|:\s+|(?<=[A-Za-z])[-–—/]\s|\s[-–—](?=[A-Z])|\s?–\s?)"
)
EDGE: Final = " \t-–—,|:;/*•·"
NUMBER: Final = re.compile(
    r"#?[A-Za-z]{0,4}[-_]?\d{3,}[-\d]*|\d{1,2}(?:st|nd|rd|th)?|req\w*\W*\w*\d\w*"
)
PROSE_WORDS: Final = frozenset(
    "a an are be been has have is our that their they this us we who will you your We You Our "
    "Your This We're You'll I'm I'll was were can".split()
)
UNIVERSITY_GRADUATE: Final = "University Graduate"
LITTLE: Final = frozenset({"of", "for", "in", "the", "on", "at", "to", "and", "with", "-"})
LEADING: Final = 215
"""The rank from which on "of" and a discipline make a title: "Director of Biometrics"."""
BY_ITSELF: Final = frozenset({"Associate", "Senior Associate", "Intern", "Trainee"})
"""Ranks below it that are a job with a discipline behind them: "Associate, Private Equity"."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart. `several` if it gives a choice of levels: "Analyst I/II"."""

    role: Term
    level: Term | None = None
    specialisation: str | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A part of a title: its role, if any, its ranks, and what else it says."""

    role: Term | None
    ranks: Ranks = field(default_factory=Ranks)
    rest: tuple[str, ...] = ()
    said: str = ""
    """The words that name the role."""


class Titles:
    """Takes titles apart with the role families and the level ladder of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names = RoleNames(vocabulary)
        self.ladder: Final = Ladder(vocabulary)

    def parse(self, text: str) -> Title | None:
        """Return the parts of a title, or None if the words name no job.

        Discipline, rank and numeral are separate signals; words decide, never substrings: the
        whole name of a known role wins over a rank inside it ("Product Manager"), and of two
        names the one that ends the phrase ("Clinical Data Analyst").
        """
        apart = spread(text)
        plain, aside = self._without_asides(apart)
        whole = self._names.find(apart) or self._names.find(plain)
        if whole:
            return self._title(_Reading(_term(whole)), aside, ())
        parts = self._parts(plain)
        before = Ranks()
        for index, (_, part) in enumerate(parts[:MOST_PARTS]):
            reading = self._read(part) if not before.levels else self._led(before, part)
            if reading is None:
                continue
            before += reading.ranks
            if reading.role is not None:
                return self._title(replace(reading, ranks=before), aside, parts[index + 1 :])
        return self._unknown(before, aside, parts)

    def university_graduate(self) -> Term:
        """Return the level of those who still have to graduate."""
        concept = self.ladder.alone(UNIVERSITY_GRADUATE)
        return Term(UNIVERSITY_GRADUATE, concept.iri if concept else None)

    def _title(
        self, reading: _Reading, aside: Ranks, parts: Sequence[tuple[str, str]]
    ) -> Title | None:
        """Put the title together from its head and the parts behind it."""
        role, ranks = reading.role, reading.ranks
        if role is None:
            return None
        left = list(reading.rest)
        several = ranks.ranges
        for sign, part in parts:
            rank = self._rank_alone(part)
            turned = self._turned(part, role, reading.said)
            if rank.levels:  # "Software Engineer, Senior"
                several = several or sign.strip() in ("/", "or") or rank.ranges
                ranks += rank
            elif turned:  # "Engineer, Machine Learning"
                role = turned
            elif sign.strip() == "/" and self._is_same(role, part):
                several = several or bool(self.ladder.read(part).levels)
            elif not (_is_noise(part) or self._is_same(role, part)):
                left.append(part)
        fixed = self.ladder.alone(fixed_levels().get(role.label, ""))
        ranks = Ranks(ranks.levels + aside.levels + ((fixed,) if fixed else ()), ranks.ranges)
        level = self.ladder.level(ranks)
        return Title(role, _term(level) if level else None, ", ".join(left) or None, several)

    def _turned(self, part: str, role: Term, said: str) -> Term | None:
        """Return the role that a noun has with the discipline behind it: "Developer, Frontend".

        "Scientist, Immunology" stays a scientist: a role that is called by its noun alone.
        """
        if " " in said or not said or (said.lower() == role.label.lower() and role.concept):
            return None
        known = self._names.find(f"{part} {said}")
        return _term(known) if known else None

    def _without_asides(self, text: str) -> tuple[str, Ranks]:
        """Take out what stands in brackets, dates and the place; keep a rank from brackets."""
        ranks = Ranks()
        for match in ASIDE.finditer(text):
            aside = (match[1] or match[2] or "").strip()
            if not aside.isdigit():  # "(2)" counts the vacancies
                ranks += self._rank_alone(aside)
        plain = GENDERS.sub(" ", WHEN.sub(" ", ASIDE.sub(" ", text)))
        plain = " ".join(plain.split()).strip(EDGE)
        for low, high, _ in read_places(plain):
            if high == len(plain) and plain[:low].rstrip().endswith((",", "-", "–", "—", "|")):
                plain = plain[:low].rstrip(EDGE)
                break
        return plain, ranks

    def _parts(self, plain: str) -> list[tuple[str, str]]:
        """Return the parts, each with the sign before it; "Analyst/Engineer" are two."""
        pieces = PART.split(plain)
        signs = ["", *pieces[1::2]]
        parts: list[tuple[str, str]] = []
        for sign, piece in zip(signs, pieces[::2], strict=True):
            part = piece.strip(EDGE)
            left, _, right = part.partition("/")
            if not part:
                continue
            if right and not self._names.find(part) and self._is_job(left) and self._is_job(right):
                parts += [(sign, left.strip()), ("/", right.strip())]
            elif "-" in part and not self._read(part):
                parts += self._at_hyphen(sign, part)
            else:
                parts.append((sign, part))
        return parts

    def _at_hyphen(self, sign: str, part: str) -> list[tuple[str, str]]:
        """Part a title at the hyphen behind its role: "Staff Scientist-Upstream Development"."""
        for match in re.finditer("-", part):
            left, right = part[: match.start()].strip(EDGE), part[match.end() :].strip(EDGE)
            if right and self._is_job(left):
                return [(sign, left), ("-", right)]
        return [(sign, part)]

    def _is_job(self, text: str) -> bool:
        reading = self._read(text)
        return reading is not None and reading.role is not None

    def _is_same(self, role: Term, part: str) -> bool:
        reading = self._read(part)
        return reading is not None and reading.role == role and not reading.rest

    def _rank_alone(self, text: str) -> Ranks:
        """Return the ranks of words that are ranks and nothing else."""
        concept = self.ladder.alone(text)
        if concept:
            return Ranks((concept,))
        words = words_of(text)
        front, back = self.ladder.edges(text, words)
        return self.ladder.read(text) if words and front + back == len(words) else Ranks()

    def _read(self, text: str) -> _Reading | None:
        """Part one part of a title into role and ranks; either may be all there is."""
        words = words_of(text)
        if not words or len(words) > MOST_WORDS or any(w.text in PROSE_WORDS for w in words):
            return None
        front, back = self.ladder.edges(text, words)
        if front and front < len(words) and words[front].usual == "to":
            front -= 1  # "Assistant to the Dean" is a noun and no rank
        alone = self._rank_alone(text)
        if alone.levels:
            whole = self._names.find(words)
            return _Reading(_term(whole) if whole else None, Ranks() if whole else alone)
        return (
            self._called_so(text, words, front, back)
            or self._ends_so(text, words, front, back)
            or self._begins_so(text, words, front)
            or self._by_discipline(text, words, front, back)
            or self._by_noun(text, words, front, back)
        )

    def _called_so(self, text: str, words: list[Word], front: int, back: int) -> _Reading | None:
        """Find the known role that is left when ranks come off, as few as possible."""
        size = len(words)
        for cut, end in sorted(product(range(front + 1), range(back + 1)), key=sum):
            known = self._names.find(words[cut : size - end]) if cut + end < size else None
            if known:
                ranks = self._ranks(text, words, cut, size - end)
                return _Reading(_term(known), ranks, (), _text(text, words[cut : size - end]))
        return None

    def _ends_so(self, text: str, words: list[Word], front: int, back: int) -> _Reading | None:
        """Find the longest known role that ends the title: "AWS Data Engineer"."""
        for end in range(len(words), len(words) - back - 1, -1):
            for start in range(front + 1, end):
                known = self._names.find(words[start:end])
                if end - start == 1:
                    known = self._names.find(_role_nouns().get(key(words[start:end]), ""))
                if known and key(words[start:end]) not in _whole_titles():
                    ranks = start - self.ladder.before(text, words[front:start])
                    found = self._ranks(text, words, front, end)
                    found += self.ladder.read(_text(text, words[ranks:start]))
                    rest = _trimmed(text, words[front:ranks])
                    names = (self._names.find(words[front:i]) for i in range(front + 2, end))
                    same = known in names or self._is_same(_term(known), rest)
                    said = not (same or _is_noise(rest))
                    return _Reading(_term(known), found, (rest,) if rest and said else ())
        return None

    def _begins_so(self, text: str, words: list[Word], front: int) -> _Reading | None:
        """Find the known role that a title begins with: "Data Engineer with R"."""
        if key(words[-1:]) in _role_nouns():
            return None  # "Travel Nurse Recruiter": the last noun is the job
        for start, end in product(range(front + 1), range(len(words) - 1, front, -1)):
            known = self._names.find(words[start:end])
            if end == start + 1:  # alone only in "Senior Scientist X", "Lecturer in Statistics"
                known = self._names.find(_role_nouns().get(key(words[start:end]), ""))
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
                noise = not rest or words[end].usual == "with" or _is_noise(rest)
                return _Reading(_term(known), ranks, () if noise else (rest,))
        return None

    def _by_discipline(
        self, text: str, words: list[Word], front: int, back: int
    ) -> _Reading | None:
        """Read a rank and a discipline in one: "Data Science Intern", "VP of Sales"."""
        size = len(words)
        for end in range(size - back, size + 1) if front or back else ():
            ranks = self._ranks(text, words, front, end)
            role = self._discipline(words[front:end], ranks) if ranks.levels else None
            if role:
                return _Reading(role, ranks)
        return None

    def _discipline(self, words: Sequence[Word], ranks: Ranks) -> Term | None:
        """Return the role of those who work in a discipline, or of those who lead it."""
        while words and words[0].usual in LITTLE:
            words = words[1:]
        if not words:
            return None
        leads = any(level.track == "management" for level in ranks.levels)
        row = _disciplines().get(key(words))
        if row:
            known = self._names.find((leads and row[1]) or row[0])
            return _term(known) if known else None
        said = " ".join(word.usual for word in words)
        known = self._names.find(f"{said} manager") if leads else None
        agent = _agents().get(words[-1].usual)
        if known is None and agent:
            known = self._names.find(" ".join([*(w.usual for w in words[:-1]), agent]))
        if known:
            return _term(known)
        joints = [i for i, word in enumerate(words) if word.usual == "and" and i]
        return self._discipline(words[: joints[0]], ranks) if joints else None

    def _by_noun(self, text: str, words: list[Word], front: int, back: int) -> _Reading | None:
        """Keep the words of a role that no concept covers but whose noun names a job."""
        size = len(words)
        if front < size and words[front].usual == "and":
            front = 0  # "Apprenticeship and Training Representative"
        for end in range(size - back, size + 1):
            said = words[front:end]
            noun = said and key(said[-1:]) in _role_nouns()
            of = len(said) > 2 and said[1].usual in ("of", "to") and key(said[:1]) in _role_nouns()
            cut = self.ladder.read(_text(text, words[end:])).levels
            if len(said) == 1 and any(level.track == "management" for level in cut):
                continue  # "Tech Manager" is no technician
            if noun or of:
                leading = self.ladder.read(_text(text, words[end - 1 :])).levels
                ranks = self._ranks(text, words, front, end)
                ranks += Ranks(tuple(c for c in leading if (c.rank or 0) > LEADING + 20))
                return _Reading(Term(_text(text, said)), ranks, (), _text(text, said))
        ranks = self._ranks(text, words, front, size)
        leads = bool(ranks.levels) and (ranks.levels[-1].rank or 0) >= LEADING
        if leads and (words[front].usual == "of" or _text(text, words[:front]).lower() != "head"):
            noun_at = front - 2 if words[front - 1].usual == "president" else front - 1
            return _Reading(Term(_text(text, words[max(0, noun_at) :])), ranks)
        return None

    def _led(self, before: Ranks, part: str) -> _Reading | None:
        """Read the part behind a rank that stands alone: "Director, Data Science"."""
        role = self._discipline(words_of(part), before)
        return _Reading(role) if role else self._read(part)

    def _unknown(
        self, before: Ranks, aside: Ranks, parts: Sequence[tuple[str, str]]
    ) -> Title | None:
        """Keep the words of a job that is named by a rank and what it is for."""
        level = self.ladder.level(before)
        for index, (_, part) in enumerate(parts[:-1]):
            found = self._rank_alone(part).levels
            named = [c for c in found if (c.rank or 0) >= LEADING or c.label in BY_ITSELF]
            behind = parts[index + 1][1]
            if named and level and not _is_noise(behind) and len(words_of(behind)) <= MOST_WORDS:
                noun = named[-1].label.split()[-1]
                reading = _Reading(Term(f"{noun}, {behind}"), before)
                return self._title(reading, aside, parts[index + 2 :])
        return None

    def _ranks(self, text: str, words: list[Word], start: int, end: int) -> Ranks:
        """Return the ranks in front of and behind the words that name the role."""
        front = self.ladder.read(_text(text, words[:start]))
        return front + self.ladder.read(_text(text, words[end:]))


def _term(concept: Concept) -> Term:
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


def _is_noise(part: str) -> bool:
    """Tell whether a part says nothing of the work: its place, its contract, its number."""
    words = part.lower().strip(EDGE)
    return words in _asides() or NUMBER.fullmatch(words) is not None


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
