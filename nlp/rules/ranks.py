"""Ranks: the words of a title that say how high the job stands, and which level they come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from nlp.matcher import Hit, Matcher, Pattern
from nlp.patterns import table
from nlp.pipeline import tokenizer
from nlp.rules.title_words import Word
from ontology import Concept, Vocabulary

GRADE: Final = re.compile(r"(?:[IV]+|[1-5]|(?:IC|[LEPT])[1-8])", re.IGNORECASE)
"""A numeral or a code of an employer's ladder; every other level is a rank in words."""
JOINT: Final = re.compile(r"\s{0,20}+(?:/|,?\s{0,20}+\bor\b|\bto\b|[-–])\s{0,20}", re.IGNORECASE)
"""What stands between the ends of a range: "I/II", "Senior or Staff"."""
LEARNERS: Final = ("Intern", "Trainee")
FRONT_ONLY: Final = frozenset("assistant asst chief head managing staff".split())
"""Ranks that are nouns at the end of a title: "Research Assistant", "Fire Chief"."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """The levels that some words state, in order; `ranges` if they are given as a choice."""

    levels: tuple[Concept, ...] = ()
    ranges: bool = False

    def __add__(self, other: Ranks) -> Ranks:
        return Ranks(self.levels + other.levels, self.ranges or other.ranges)


class Ladder:
    """Finds the ranks in the words of a title, with the level ladder of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        patterns = [
            Pattern(scheme, label, concept.iri)
            for scheme in ("levels", "degrees")
            for concept in vocabulary.scheme(scheme)
            for label in concept.labels
        ]
        patterns += [Pattern("none", row["phrase"], "none") for row in table("not_ranks")]
        self._matcher = Matcher(tokenizer(), patterns)

    def read(self, text: str) -> Ranks:
        """Return the ranks that stand in `text`, from left to right."""
        hits = self._matcher.by_label(text).get("levels", [])
        between = [text[a.end : b.start] for a, b in pairwise(hits)]
        ranges = any(JOINT.fullmatch(gap) for gap in between)
        return Ranks(tuple(self._vocabulary[hit.id] for hit in hits), ranges)

    def alone(self, text: str) -> Concept | None:
        """Return the level that is called just so, or None."""
        return self._vocabulary.find(text.strip(), "levels")

    def edges(self, text: str, words: Sequence[Word]) -> tuple[int, int]:
        """Return how many words at the front and at the end of a title are ranks.

        In front a rank is said in words, a degree may stand with it ("PhD University Grad ...");
        at the end it may be a numeral. Words that only look like a rank ("Senior Living") are
        none, nor is a lone numeral.
        """
        kinds = self._kinds(text, words)
        front = back = 0
        while front < len(words) and kinds[front] in ("rank", "degree", "joint"):
            front += 1
        while front and kinds[front - 1] == "joint":
            front -= 1
        while back < len(words) - front and kinds[-1 - back] in ("rank", "grade", "joint"):
            whole = text[words[-1 - back].start : words[-1].end]
            if words[-1 - back].usual in FRONT_ONLY and not (back and self.alone(whole)):
                break  # but "Kitchen *Assistant Manager*" is no assistant
            back += 1
        while back and kinds[len(words) - back] == "joint":
            back -= 1
        return front, back

    def before(self, text: str, words: Sequence[Word]) -> int:
        """Return how many words at the end of `words` are ranks in words: "R&D Sr" Analyst."""
        kinds = self._kinds(text, words)
        count = 0
        while count < len(words) and kinds[-1 - count] == "rank":
            count += 1
        return count

    def level(self, ranks: Ranks) -> Concept | None:
        """Return the level that several ranks come to.

        A rank in words says more than a numeral; two words may name one level ("Senior" ...
        "Manager"); a learner's rank beats all. Of a range it is the lower end.
        """
        worded = [c for c in ranks.levels if not GRADE.fullmatch(c.label)] or list(ranks.levels)
        if not worded:
            return None
        if ranks.ranges:
            return min(worded, key=lambda concept: concept.rank or 0)
        for learner in LEARNERS:
            found = next((concept for concept in worded if concept.label == learner), None)
            if found:
                return found
        first, last = worded[0], worded[-1]
        joined = self.alone(f"{first.label} {last.label}") if first != last else None
        leading = next((concept for concept in worded if concept.track == "management"), first)
        return joined or leading

    def _kinds(self, text: str, words: Sequence[Word]) -> list[str]:
        """Say of each word whether it is a rank, a grade, a degree, a joint of them, or none."""
        if not words:
            return []
        low, high = words[0].start, words[-1].end
        hits = self._matcher.find(text[low:high])
        blocked = [hit for hit in hits if hit.label == "none"]
        kinds = []
        for word in words:
            hit = _covering(hits, word.start - low, word.end - low)
            if hit is None or _covering(blocked, word.start - low, word.end - low):
                kinds.append("joint" if word.usual in ("or", "to", "and") else "")
            elif hit.label == "degrees":
                kinds.append("degree")
            else:
                said = text[low + hit.start : low + hit.end]
                kinds.append("grade" if GRADE.fullmatch(said) else "rank")
        return kinds


def _covering(hits: Sequence[Hit], start: int, end: int) -> Hit | None:
    """Return the hit that holds a word; its last full stop may stand outside."""
    return next((h for h in hits if h.start <= start < h.end and end <= h.end + 1), None)


@cache
def fixed_levels() -> dict[str, str]:
    """Return the level of the roles that always have the same: a chief officer is Chief."""
    return {row["role"]: row["level"] for row in table("role_ranks")}
