"""Postings that lie outside what their peers ask and offer."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from statistics import quantiles
from typing import TYPE_CHECKING, Final

from kg.analysis.doubts.doubt import annual_of, degree_words, doubt_of, least_degree, pay_words
from kg.analysis.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.analysis.doubts.doubt import Doubt
    from kg.corpus import Corpus

PAY_PEERS: Final = 10
"""Postings with pay that a range needs: quartiles of fewer rest on two or three each."""
DEGREE_PEERS: Final = 20
"""Peers that the share of a degree needs: none of 20 leaves up to 16% possible."""
RARE: Final = 0.2
"""The share of peers up to which asking for so high a degree is inflation."""
FENCE: Final = 1.5
"""Interquartile ranges beyond the quartiles from which on pay lies outside (Tukey, Exploratory Data
Analysis, 1977)."""


def pay_outside(corpus: Corpus, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find pay far beyond what postings of the same role and level offer, or of the role.

    The range is that of postings with both ends; one with an open end lies outside where no middle
    that it allows lies inside.
    """
    for peers, members in _peer_groups(corpus, postings, PAY_PEERS, of=_paid):
        currencies: dict[str, list[float]] = defaultdict(list)
        for one in peers:
            pay = annual_of(corpus, one)
            if pay and pay.known:
                currencies[pay.currency].append(pay.least)
        for posting in members:
            pay = annual_of(corpus, posting)
            middles = currencies[pay.currency] if pay else []
            if not pay or len(middles) < PAY_PEERS:
                continue
            low, _, high = quantiles(middles, n=4)
            reach = FENCE * (high - low)
            if pay.most < low - reach or pay.least > high + reach:
                message = f"{pay}; half of {len(middles)} postings offer {low:,.0f} to {high:,.0f}"
                words = pay_words(corpus, posting)
                yield doubt_of(corpus, "pay-outside", posting, message, words, len(middles))


def degree_inflation(corpus: Corpus, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find a degree that few postings of the same role and level ask for, or of the role."""
    least = {one: least_degree(corpus, one) for one in postings}
    for peers, members in _peer_groups(corpus, postings, DEGREE_PEERS + 1, of=_any):
        ranks = sorted(degree.rank if (degree := least[peer]) else 0 for peer in peers)
        for posting in members:
            degree = least[posting]
            if degree is None:
                continue
            size = len(ranks) - 1
            count = size - bisect_left(ranks, degree.rank)
            interval = wilson(count, size)
            if interval and interval[1] <= RARE:
                message = (
                    f"{degree.label} is required; {count} of {size} peers ask for as much "
                    f"(at most {interval[1]:.0%} at large)"
                )
                words = degree_words(corpus, posting, degree)
                yield doubt_of(corpus, "degree-inflation", posting, message, words, size)


def _any(_: Corpus, __: str) -> bool:
    return True


def _paid(corpus: Corpus, posting: str) -> bool:
    return annual_of(corpus, posting) is not None


def _peer_groups(
    corpus: Corpus,
    postings: Sequence[str],
    least: int,
    of: Callable[[Corpus, str], bool],
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield peers, and those of them that are to be held against them.

    The peers are postings of one role and level where there are `least` of them, else those of the
    role; where these are too few there is nothing. Only postings with `of` count.
    """
    roles: dict[str, dict[str | None, list[str]]] = defaultdict(lambda: defaultdict(list))
    for posting in postings:
        if of(corpus, posting) and (role := corpus.role(posting)):
            roles[role][corpus.level(posting)].append(posting)
    for levels in roles.values():
        everyone = [posting for members in levels.values() for posting in members]
        for members in levels.values():
            peers = members if len(members) >= least else everyone
            if len(peers) >= least:
                yield peers, members
