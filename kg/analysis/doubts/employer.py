"""Postings that contradict others of their employer."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kg.analysis.doubts.doubt import (
    annual_of,
    degree_words,
    doubt_of,
    least_degree,
    pay_words,
    rank_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.analysis.doubts.doubt import Annual, Doubt
    from kg.corpus import Corpus

PROGRAMME_RANK: Final = 40
"""The rank up to which a level is a programme for graduates, which asks for the degree that it
recruits from: no level above need ask for as much."""


def lower_degree_above(corpus: Corpus, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find an employer that asks a higher level of a role for a lower degree."""
    for role_postings in _by_employer_and_role(corpus, postings).values():
        ranked = [
            (rank, one) for one in role_postings if (rank := rank_of(corpus, one)) is not None
        ]
        for (low_rank, low), (high_rank, high) in combinations(sorted(ranked), 2):
            if low_rank == high_rank or low_rank <= PROGRAMME_RANK:
                continue
            below, above = (least_degree(corpus, one) for one in (low, high))
            other = corpus.title(low) or corpus.identifier(low)
            if below and above and above.rank < below.rank:
                message = f"asks for {above.label}, {other} of the same employer for {below.label}"
                words = (
                    *degree_words(corpus, high, above)[:1],
                    *degree_words(corpus, low, below)[:1],
                )
                yield doubt_of(corpus, "lower-degree-above", high, message, words, 1)


def less_pay_above(corpus: Corpus, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find an employer that offers a higher level of a role less pay than a lower one."""
    found = list(_paid_less(corpus, postings))
    corpus.read_words_of(
        (posting, pay.node)
        for posting in dict.fromkeys(
            posting for low, _, high, _ in found for posting in (high, low)
        )
        if (pay := corpus.pay(posting))
    )
    for low, low_pay, high, high_pay in found:
        other = corpus.title(low) or corpus.identifier(low)
        below_it = f"{low_pay.least:,.0f}" if low_pay.known else str(low_pay)
        message = f"{high_pay}, {other} of the same employer {below_it}"
        words = (*pay_words(corpus, high)[:1], *pay_words(corpus, low)[:1])
        yield doubt_of(corpus, "less-pay-above", high, message, words, 1)


def _paid_less(
    corpus: Corpus, postings: Sequence[str]
) -> Iterator[tuple[str, Annual, str, Annual]]:
    """Yield a posting and a higher one of its employer and role that offers less, with the pay."""
    for role_postings in _by_employer_and_role(corpus, postings).values():
        paid = [
            (rank, one, pay)
            for one in role_postings
            if (rank := rank_of(corpus, one)) is not None and (pay := annual_of(corpus, one))
        ]
        for first, second in combinations(sorted(paid), 2):
            (low_rank, low, low_pay), (high_rank, high, high_pay) = first, second
            if (
                low_rank < high_rank
                and low_pay.currency == high_pay.currency
                and high_pay.most < low_pay.least
            ):
                yield low, low_pay, high, high_pay


def _by_employer_and_role(
    corpus: Corpus, postings: Sequence[str]
) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for posting in postings:
        employer, role = corpus.employer(posting), corpus.role(posting)
        if employer and role:
            found[employer, role].append(posting)
    return found
