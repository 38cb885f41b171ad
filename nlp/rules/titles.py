"""Titles: what the job is, at which level, with which specialisation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from nlp.gazetteer import region
from nlp.rules.firms import is_firm, is_house
from nlp.rules.place_reading import NAMED, bare_place, read_places
from nlp.rules.ranks import LEARNERS, Ranks, fixed_levels
from nlp.rules.title_parts import EDGE, LEADING, MOST_WORDS, PartReader, Reading, is_noise, term
from nlp.rules.title_tails import without_tail
from nlp.rules.title_words import spread, words_of
from nlp.types import Term
from ontology import Vocabulary

LONGEST_TITLE: Final = 120
MOST_PARTS: Final = 3
"""Parts in which the role is looked for: "IT - Data Engineer II", "Acme - IT - Analyst"."""
ASIDE: Final = re.compile(r"\(([^()\n]*)(?:\)|$)|\[([^\[\]\n]*)(?:\]|$)")
WHEN: Final = re.compile(
    r"\b(?:(?:spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)[/ ]+)?20\d\d\b(?:[-–/](?:20)?\d\d\b)?"
    r"(?:[ ]+(?:spring|summer|fall|autumn|winter|start|(?:school|academic) year))?(?!\w)",
    re.IGNORECASE,
)
GENDERS: Final = re.compile(r"\b[mfwdxh](?:\s?[/|]\s?[mfwdxh]){1,3}\b", re.IGNORECASE)
PART: Final = re.compile(
    r"(,\s+|;\s*|\s[-–—|:/]+\s|\s?\|\s?|:\s+|(?<=[A-Za-z])[-–—/]\s|\s[-–—](?=[A-Z])|\s?–\s?)"
)
PURPOSE: Final = re.compile(r"\s(?:for|to support|within)\s(?=[A-Z])")
"""What parts a job from what it is for, where that is a name."""
UNIVERSITY_GRADUATE: Final = "University Graduate"
SPEAKERS: Final = re.compile(r"\b(?:[Ww]e|[Yy]ou|[Oo]ur|[Yy]our)\b")
"""Who speaks in a sentence; a title addresses nobody."""
BY_ITSELF: Final = frozenset({"Associate", "Senior Associate", "Intern", "Trainee"})
"""Ranks below it that are a job with a discipline behind them: "Associate, Private Equity"."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart. `several` if it gives a choice of levels: "Analyst I/II"."""

    role: Term
    level: Term | None = None
    specialisation: str | None = None
    several: bool = False


class Titles:
    """Takes titles apart with the role families and the level ladder of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._reader = PartReader(vocabulary)
        self._names = self._reader.names
        self.ladder: Final = self._reader.ladder

    def parse(self, text: str) -> Title | None:
        """Return the parts of a title, or None if the words name no job.

        Discipline, rank and numeral are separate signals; words decide, never substrings: the
        whole name of a known role wins over a rank inside it ("Product Manager"), and of two
        names the one that ends the phrase ("Clinical Data Analyst").
        """
        if SPEAKERS.search(text):
            return None
        apart = spread(without_tail(text).replace(" @ ", " at "))
        plain, aside = self._without_asides(apart)
        whole = self._names.find(apart) or self._names.find(plain)
        if whole:
            return self._title(Reading(term(whole)), aside, ())
        parts = self._parts(plain)
        before = Ranks()
        for index, (_, part) in enumerate(parts[:MOST_PARTS]):
            reading = self._reader.read(part) if not before.levels else self._led(before, part)
            if reading is None:
                continue
            before += reading.ranks
            if reading.role is not None:
                return self._title(replace(reading, ranks=before), aside, parts[index + 1 :])
        return (
            self._unknown(before, aside, parts)
            or self._for_something(plain, aside)
            or self._of_learner(aside, parts)
        )

    def _of_learner(self, aside: Ranks, parts: Sequence[tuple[str, str]]) -> Title | None:
        """Read a learner's rank with the part before it: "Tax - Data & Technology - *Intern*"."""
        for index, (_, part) in enumerate(parts):
            rank = self.ladder.alone(part)
            if index and rank is not None and rank.label in LEARNERS:
                before = parts[index - 1][1]
                none = is_noise(before) or bare_place(before) is not None
                reading = None if none else self._reader.read(f"{before} {part}")
                if reading is not None:
                    rest = [*parts[: index - 1], *parts[index + 1 :]]
                    return self._title(reading, aside, rest)
        return None

    def _for_something(self, plain: str, aside: Ranks) -> Title | None:
        """Read what stands before the purpose: "Exchange Adviser *for* School Partnerships"."""
        purpose = PURPOSE.search(plain)
        left = plain[: purpose.start()] if purpose else ""
        reading = self._reader.read(left) if len(left.split()) > 1 and " " in left else None
        if purpose is None or reading is None or reading.role is None:
            return None
        return self._title(reading, aside, [("-", plain[purpose.end() :])])

    def university_graduate(self) -> Term:
        """Return the level of those who still have to graduate."""
        concept = self.ladder.alone(UNIVERSITY_GRADUATE)
        return Term(UNIVERSITY_GRADUATE, concept.iri if concept else None)

    def _title(
        self, reading: Reading, aside: Ranks, parts: Sequence[tuple[str, str]]
    ) -> Title | None:
        """Put the title together from its head and the parts behind it."""
        role, ranks = reading.role, reading.ranks
        if role is None:
            return None
        left = [rest for rest in reading.rest if not bare_place(rest)]
        several = ranks.ranges
        of_place = len(left) < len(reading.rest)
        of_firm = False
        for sign, part in parts:
            if of_firm and bare_place(part, NAMED):
                continue  # "Buyer - Acme Ltd - Skipton"
            of_firm = is_house(part)
            if is_firm(part):
                continue
            if bare_place(part) or (of_place and region(part)):
                of_place = True  # "Nurse - Toronto, ON"
                continue
            of_place = False
            rank = self._reader.ranks_alone(part)
            turned = self._turned(part, role, reading.said)
            if rank.levels:  # "Software Engineer, Senior"
                several = several or sign.strip() in ("/", "or") or rank.ranges
                ranks += rank
            elif turned:  # "Engineer, Machine Learning"
                role = turned
            elif sign.strip() == "/" and self._reader.is_same(role, part):
                several = several or bool(self.ladder.read(part).levels)
            elif not (is_noise(part) or self._reader.is_same(role, part)):
                left.append(part)
        fixed = self.ladder.alone(fixed_levels().get(role.label, ""))
        ranks = Ranks(ranks.levels + aside.levels + ((fixed,) if fixed else ()), ranks.ranges)
        level = self.ladder.level(ranks)
        return Title(role, term(level) if level else None, ", ".join(left) or None, several)

    def _turned(self, part: str, role: Term, said: str) -> Term | None:
        """Return the role that a noun has with the discipline behind it: "Developer, Frontend".

        "Scientist, Immunology" stays a scientist: a role that is called by its noun alone.
        """
        if " " in said or not said or (said.lower() == role.label.lower() and role.concept):
            return None
        known = self._names.find(f"{part} {said}")
        return term(known) if known else None

    def _without_asides(self, text: str) -> tuple[str, Ranks]:
        """Take out what stands in brackets, dates and the place; keep a rank from brackets."""
        ranks = Ranks()
        for match in ASIDE.finditer(text):
            aside = (match[1] or match[2] or "").strip()
            if not aside.isdigit():  # "(2)" counts the vacancies
                ranks += self._reader.ranks_alone(aside)
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
            if (
                right
                and not self._names.find(part)
                and self._reader.is_job(left)
                and self._reader.is_job(right)
            ):
                parts += [(sign, left.strip()), ("/", right.strip())]
            elif "-" in part and not self._reader.read(part):
                parts += self._at_hyphen(sign, part)
            else:
                parts.append((sign, part))
        return parts

    def _at_hyphen(self, sign: str, part: str) -> list[tuple[str, str]]:
        """Part a title at the hyphen behind its role: "Staff Scientist-Upstream Development"."""
        for match in re.finditer("-", part):
            left, right = part[: match.start()].strip(EDGE), part[match.end() :].strip(EDGE)
            if right and self._reader.is_job(left):
                return [(sign, left), ("-", right)]
        return [(sign, part)]

    def _led(self, before: Ranks, part: str) -> Reading | None:
        """Read the part behind a rank that stands alone: "Director, Data Science"."""
        role = self._reader.discipline(words_of(part), before)
        return Reading(role) if role else self._reader.read(part)

    def _unknown(
        self, before: Ranks, aside: Ranks, parts: Sequence[tuple[str, str]]
    ) -> Title | None:
        """Keep the words of a job that is named by a rank and what it is for."""
        level = self.ladder.level(before)
        for index, (_, part) in enumerate(parts[:-1]):
            found = self._reader.ranks_alone(part).levels
            named = [c for c in found if (c.rank or 0) >= LEADING or c.label in BY_ITSELF]
            behind = parts[index + 1][1]
            if named and level and not is_noise(behind) and len(words_of(behind)) <= MOST_WORDS:
                noun = named[-1].label.split()[-1]
                reading = Reading(Term(f"{noun}, {behind}"), before)
                return self._title(reading, aside, parts[index + 2 :])
        return None
