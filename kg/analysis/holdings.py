"""What a candidate has, and how far it goes towards what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.analysis.needs import NeedKind
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.analysis.needs import Need, Single
    from kg.corpus import Corpus
    from nlp.resumes.profile import Profile, Shown


class Status(StrEnum):
    """How a need stands, best first."""

    HAS = "has"
    IMPLIED = "implied"
    ONE_OF_ITS_KIND = "one of its kind"
    PARTLY = "partly"
    UNPROVEN = "unproven"
    LACKS = "lacks"


MET: Final = frozenset({Status.HAS, Status.IMPLIED, Status.ONE_OF_ITS_KIND, Status.UNPROVEN})
"""What keeps no candidate from a posting: soft skills are taken on trust."""
_ORDER = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a need stands, and what of the candidate's says so (labels, sorted)."""

    status: Status
    through: tuple[str, ...] = ()


class Holdings:
    """A candidate's skills, degrees and years, with what follows from them by the vocabulary.

    `rg:implies` gives what is implied (PySpark, so Spark; a Master's, so a Bachelor's). Where a
    posting asks for a kind of thing ("relational databases"), one that lies below it in the
    vocabulary meets it (PostgreSQL). Partly met are several things of which one is there, years
    that are too few, and a degree for which experience may stand.
    """

    def __init__(self, corpus: Corpus, profile: Profile) -> None:
        self.years = profile.years
        self._has: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._known: dict[str, Standing] = {}
        for one in (*profile.skills, *profile.degrees):
            self._add(one)
        implies: Mapping[str, Sequence[str]] = corpus.vocabulary.implies
        broader: Mapping[str, Sequence[str]] = corpus.vocabulary.broader
        held = dict(self._has)
        self._implied = _reached(held, implies)
        self._below = _reached(held | self._implied, broader)

    def standing(self, need: Need) -> Standing:
        """Return how a need stands: of a choice, its best members."""
        if len(need.members) == 1:
            return self.single(need.members[0])
        standings = sorted((self.single(one) for one in need.members), key=_place)
        enough = standings[: need.minimum]
        worst = enough[-1]
        through = tuple(sorted({name for one in enough for name in one.through}))
        if worst.status in MET or need.minimum == 1:
            return Standing(worst.status, through)
        return Standing(Status.PARTLY if through else Status.LACKS, through)

    def _add(self, shown: Shown) -> None:
        if shown.concept:
            self._has.setdefault(shown.concept, shown.label)
        else:
            self._labels.setdefault(fold(shown.label), shown.label)

    def single(self, one: Single) -> Standing:
        """Return how one thing that is asked for stands."""
        if one.kind is NeedKind.YEARS:
            return self._years(one.years or 0)
        found = self._thing(one)
        if one.years and found.status in MET and one.kind is NeedKind.DEGREE:
            years = self._years(one.years)
            return found if years.status is Status.HAS else Standing(Status.PARTLY, found.through)
        if one.in_place_of_degree and found.status is Status.LACKS and self.years:
            return Standing(Status.PARTLY, (_years_text(self.years),))
        return found

    def _years(self, wanted: float) -> Standing:
        if self.years is None:
            return Standing(Status.LACKS)
        through = (_years_text(self.years),)
        return Standing(Status.HAS if self.years >= wanted else Status.PARTLY, through)

    def _thing(self, one: Single) -> Standing:
        if one.node not in self._known:
            self._known[one.node] = self._found(one)
        return self._known[one.node]

    def _found(self, one: Single) -> Standing:
        for found, status in (
            (self._has, Status.HAS),
            (self._implied, Status.IMPLIED),
            (self._below, Status.ONE_OF_ITS_KIND),
        ):
            if one.node in found:
                return Standing(status, (found[one.node],))
        if fold(one.label) in self._labels:
            return Standing(Status.HAS, (self._labels[fold(one.label)],))
        return Standing(Status.UNPROVEN if one.kind is NeedKind.SOFT else Status.LACKS)


def implied_by(corpus: Corpus) -> Mapping[str, Sequence[str]]:
    """Return all that each concept implies, directly or not."""
    implies = corpus.vocabulary.implies
    return {concept: sorted(_reached({concept: concept}, implies)) for concept in implies}


def _reached(held: Mapping[str, str], edges: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what `edges` lead to from what is held, and the label of what each comes from."""
    found: dict[str, str] = {}
    for start in sorted(held, key=lambda node: (held[node].casefold(), node)):
        todo = list(edges.get(start, ()))
        while todo:
            node = todo.pop()
            if node not in held and node not in found:
                found[node] = held[start]
                todo += edges.get(node, ())
    return found


def _place(standing: Standing) -> tuple[int, tuple[str, ...]]:
    return _ORDER[standing.status], standing.through


def _years_text(years: float) -> str:
    return f"{years:g} years"
