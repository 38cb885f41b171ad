"""Whether a posting fits a candidate: what he or she can do, and what is wished for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.holdings import MET, Holdings
from kg.analysis.matching import match_posting
from kg.analysis.needs import needs_of, words_of
from kg.corpus import queries
from nlp.gazetteer import PROVINCES
from nlp.types import Necessity, Place
from ontology import terms
from ontology.terms import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from kg.analysis.matching import Match
    from kg.analysis.needs import Need
    from kg.analysis.support import Json
    from kg.corpus import Corpus

SHARE: Final = 0.5
"""The share of what is required that is to be met where the profile does not say."""
MODES: Final = ("remote", "hybrid", "onsite")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a candidate wishes for; what is empty or None is wished by nobody.

    `roles` are pairs of a role and a level, the level None for any. `pay` is by the year, in
    `currency`. `share` of what is required is to be met. Where a posting is silent on a wish it is
    told of if `unstated` says so; it has to name a role that is wished.
    """

    roles: tuple[tuple[str, str | None], ...] = ()
    levels: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    modes: tuple[str, ...] = ()
    pay: Decimal | None = None
    currency: str = "USD"
    share: float = SHARE
    unstated: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a posting fits: what it asks or offers, the posting's words for it, and whose it meets.

    `by` is the candidate's label that meets it; None for a wish.
    """

    about: str
    label: str
    words: tuple[str, ...]
    by: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the reason."""
        return {
            "about": self.about,
            "label": self.label,
            "words": list(self.words),
            **({} if self.by is None else {"by": self.by}),
        }


@dataclass(frozen=True, slots=True)
class Fit:
    """A posting that fits, with the reasons; on `unstated` wishes it is silent."""

    match: Match
    places: tuple[str, ...]
    reasons: tuple[Reason, ...]
    unstated: tuple[str, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the fit: the match, and why."""
        return {
            **self.match.to_json(),
            "places": list(self.places),
            "reasons": [reason.to_json() for reason in self.reasons],
            "unstated": list(self.unstated),
        }


def fit(corpus: Corpus, posting: str, holdings: Holdings, wishes: Wishes) -> Fit | None:
    """Return why a posting fits; None where it does not.

    One that requires nothing that a résumé could prove is held against no share: it fits only
    where the share is 0.
    """
    corpus.look_at([posting])
    needs = needs_of(corpus, posting)
    found = match_posting(corpus, posting, needs, holdings)
    if (found.share or 0.0) < wishes.share:
        return None
    stated = _stated(corpus, posting)
    reasons: list[Reason] = []
    unstated: list[str] = []
    for wish in _wishes(corpus, posting, wishes):
        fitting = [one for one in wish.offered if wish.fits(one)]
        for label, value in fitting:
            words = stated.get((wish.term, value), ())
            reasons.append(Reason(wish.about, label, words))
        if not fitting:
            if wish.offered or wish.about == "role":
                return None
            unstated.append(wish.about)
    if wishes.pay is not None:
        pay = _pay(corpus, posting, wishes)
        if pay is None:
            unstated.append("pay")
        elif not pay.fits:
            return None
        else:
            reasons.append(pay.reason)
    if unstated and not wishes.unstated:
        return None
    places = tuple(corpus.label(one) for one in corpus.places(posting))
    met = _met(corpus, posting, needs, holdings)
    return Fit(found, places, (*reasons, *met), tuple(unstated))


@dataclass(frozen=True, slots=True)
class _Wish:
    """A wish, and what a posting offers: each a label, and the value in the graph."""

    about: str
    term: str
    offered: list[tuple[str, str]]
    fits: Callable[[tuple[str, str]], bool]


def _wishes(corpus: Corpus, posting: str, wishes: Wishes) -> Iterator[_Wish]:
    """Yield the wishes that there are, but that for pay."""
    role, level = corpus.role(posting), corpus.level(posting)
    if wishes.roles:
        named = [(corpus.label(role), role)] if role else []
        ranks = {rank for wanted, rank in wishes.roles if wanted == role}
        yield _Wish("role", terms.ROLE, named, lambda _: bool(ranks & {None, level}))
    if wishes.levels:
        named = [(corpus.label(level), level)] if level else []
        yield _Wish("level", terms.LEVEL, named, lambda one: one[1] in wishes.levels)
    if wishes.places:
        where = _addresses(corpus, posting)
        yield _Wish(
            "place",
            SCHEMA + "jobLocation",
            [(corpus.label(one), one) for one in corpus.places(posting)],
            lambda one: any(lies_in(where.get(one[1], Place()), place) for place in wishes.places),
        )
    if wishes.modes:
        modes = [(mode, mode) for mode in corpus.modes(posting)]
        yield _Wish("work mode", terms.WORK_MODE, modes, lambda one: one[0] in wishes.modes)


def lies_in(place: Place, wished: Place) -> bool:
    """Say whether a place of a posting lies where it is wished: Austin lies in Texas."""
    pairs = (
        (wished.city, place.city),
        (wished.region, place.region),
        (wished.country, place.country),
    )
    return all(wanted is None or _folded(wanted) == _folded(part or "") for wanted, part in pairs)


def _folded(name: str) -> str:
    """Return a place's name as it is compared: without case and accents, no province by its code.

    >>> _folded("Zürich") == _folded("ZURICH"), _folded("BC") == _folded("British Columbia")
    (True, True)
    """
    plain = unicodedata.normalize("NFKD", PROVINCES.get(name, name))
    letters = (char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).casefold().split())


def _addresses(corpus: Corpus, posting: str) -> dict[str, Place]:
    """Return the places that a posting's graph describes, in their parts."""
    graph = corpus.facets.graph[corpus.number(posting)]
    query = queries.in_graphs(queries.ADDRESSES, "?place ?part ?value", [graph])
    parts: dict[str, dict[str, str]] = {}
    for _, place, part, value in corpus.facets.store.stream(query):
        parts.setdefault(place, {})[part.removeprefix(SCHEMA)] = value
    return {
        place: Place(
            said.get("addressLocality"), said.get("addressRegion"), said.get("addressCountry")
        )
        for place, said in parts.items()
    }


@dataclass(frozen=True, slots=True)
class _Paid:
    """Whether pay is enough, and the words that say what is paid."""

    fits: bool
    reason: Reason


def _pay(corpus: Corpus, posting: str, wishes: Wishes) -> _Paid | None:
    """Return what is paid beside what is wished; None where nothing is said of it.

    What may be paid counts: the upper end of a range. Pay in another currency says nothing.
    """
    pay = corpus.pay(posting)
    if wishes.pay is None or pay is None or pay.currency != wishes.currency:
        return None
    ends = [end for end in (pay.annual_low, pay.annual_high) if end is not None]
    if not ends:
        return None
    label = " to ".join(dict.fromkeys(f"{end:,.0f}" for end in ends))
    words = tuple(one.text for one in corpus.words_of(posting, pay.node))
    return _Paid(ends[-1] >= wishes.pay, Reason("pay", f"{label} {pay.currency} a year", words))


def _met(
    corpus: Corpus, posting: str, needs: Sequence[Need], holdings: Holdings
) -> Iterator[Reason]:
    for need in needs:
        standing = holdings.standing(need)
        if need.necessity is Necessity.MENTIONED or standing.status not in MET:
            continue
        if standing.through:
            about = f"{need.necessity.value} {need.kind.value}"
            words = words_of(corpus, posting, need)
            yield Reason(about, need.label, words, ", ".join(standing.through))


def _stated(corpus: Corpus, posting: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the words with which a posting states each property and value of itself, in order."""
    graph = corpus.facets.graph[corpus.number(posting)]
    columns = "?property ?value ?start ?exact"
    rows = corpus.facets.store.stream(queries.in_graphs(queries.STATED_VALUES, columns, [graph]))
    found: dict[tuple[str, str], dict[str, None]] = {}
    for _, term, value, _, words in sorted(rows, key=lambda row: (*row[1:3], int(row[3]), row[4])):
        found.setdefault((term, value), {})[words] = None
    return {key: tuple(words) for key, words in found.items()}
