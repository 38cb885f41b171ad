"""Hint and text side by side: the hint counts, the text's words prove it too, or a flag is raised.

A fact that only one of them states is that one's. Where both speak and cannot both be right, the
flag is `hint-differs:` and the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from nlp.rules.naming import Naming
from nlp.types import Evidence, FieldKind, Place, Stated, Term

T = TypeVar("T")

SPELT_OUT: Final = {"ft": "fort", "mt": "mount", "st": "saint"}
NOT_NAMES: Final = frozenset({"city", "county"})


class Agreement:
    """Settles what counts, and notes where hint and text differ."""

    def __init__(self) -> None:
        self.flags: set[str] = set()

    def note(self, kind: FieldKind, *, differs: bool) -> None:
        """Raise the flag of a field, if hint and text differ."""
        if differs:
            self.flags.add(f"hint-differs:{kind}")

    def one(
        self, kind: FieldKind, hint: Stated[T] | None, said: Stated[T] | None, *, told: bool = True
    ) -> Stated[T] | None:
        """Return the one fact; `told` raises the flag where the two are not the same."""
        if hint is None or said is None:
            return hint or said
        if hint.value == said.value:
            return Stated(hint.value, (*hint.evidence, *said.evidence))
        self.note(kind, differs=told)
        return hint

    def modes(
        self, hinted: Sequence[Stated[str]], said: Sequence[Stated[str]]
    ) -> tuple[Stated[str], ...]:
        """Return the hinted modes, if there are any: a text speaks of others' work, too."""
        if not hinted:
            return tuple(said)
        together = merged([*hinted, *said])
        values = {mode.value for mode in hinted}
        others = {mode.value for mode in said}
        self.note(FieldKind.WORK_MODE, differs=bool(others) and not values & others)
        return tuple(sorted((m for m in together if m.value in values), key=lambda m: m.value))

    def places(
        self, hinted: Sequence[Stated[Place]], said: Sequence[Stated[Place]]
    ) -> tuple[Stated[Place], ...]:
        """Return the places: the hinted, and the text's beside them where one of those agrees.

        Boards name one place of several; a text none of whose places agrees speaks of others.
        """
        if not hinted:
            return tuple(said)
        agreed = any(is_same(one.value, other.value) for one in hinted for other in said)
        self.note(FieldKind.PLACE, differs=bool(said) and not agreed)
        called = [Stated(_called(hinted, one.value), one.evidence) for one in said if agreed]
        together = merged([*hinted, *called])
        return tuple(
            one for one in together if not any(_less(one.value, b.value) for b in together)
        )


def is_same(one: Place, other: Place) -> bool:
    """Tell whether two places can be the same: what both say of it is equal, and they say some."""
    pairs = [(_city(one), _city(other)), (one.region, other.region), (one.country, other.country)]
    both = [(a.casefold(), b.casefold()) for a, b in pairs if a and b]
    return bool(both) and all(a == b for a, b in both)


def _city(place: Place) -> str:
    """Return a city's name in its long form, without "City": "St. Louis", "New York City"."""
    words = (place.city or "").replace(".", "").split()
    words[:1] = [SPELT_OUT.get(words[0].lower(), words[0])] if words else []
    return " ".join(words[:-1] if len(words) > 1 and words[-1].lower() in NOT_NAMES else words)


def _called(hinted: Sequence[Stated[Place]], place: Place) -> Place:
    """Return a place as a hint spells its city."""
    for one in hinted:
        whole = place.city and one.value.city and place.remote == one.value.remote
        if whole and is_same(one.value, place):
            return one.value
    return place


def _less(one: Place, other: Place) -> bool:
    """Tell whether a place says less than another that it can be."""
    ours = (one.city, one.region, one.country, one.remote)
    theirs = (other.city, other.region, other.country, other.remote)
    return ours != theirs and all(a in (None, b) for a, b in zip(ours, theirs, strict=True))


def merged(stated: Iterable[Stated[T]]) -> list[Stated[T]]:
    """Return each value once, in the order of the first, with the evidence of all."""
    found: dict[T, tuple[Evidence, ...]] = {}
    for one in stated:
        proofs = found.get(one.value, ())
        found[one.value] = (*proofs, *(proof for proof in one.evidence if proof not in proofs))
    return [Stated(value, proofs) for value, proofs in found.items()]


def named(naming: Naming, title: Stated[str] | None, level: Stated[Term] | None) -> Naming:
    """Return the naming of a job whose title, or level, a field of the source gives.

    The title's line is the card's first: what was taken from it has the hint's rule.
    """
    if title is not None:
        proof = title.evidence[0]
        naming = replace(
            naming,
            title=title,
            role=_ruled(naming.role, proof),
            level=_ruled(naming.level, proof),
            specialisation=_ruled(naming.specialisation, proof),
        )
    from_title = naming.level and naming.level.evidence[0].rule == f"hint:{FieldKind.TITLE}"
    return naming if level is None or from_title else replace(naming, level=level)


def _ruled(stated: Stated[T] | None, title: Evidence) -> Stated[T] | None:
    """Return a fact with the title's evidence where it was taken from the title's line."""
    if stated is None or stated.evidence[0].start >= title.end:
        return stated
    return Stated(stated.value, (title,))
