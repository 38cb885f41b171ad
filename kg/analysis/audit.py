"""Postings that contradict themselves or the market they stand in, each with its words.

What is looked for is a table of checks. A check against the market names its peers and how many
they are; where there are fewer than it needs, it says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.doubts.employer import less_pay_above, lower_degree_above
from kg.analysis.doubts.itself import entry_level_years, long_list
from kg.analysis.doubts.market import degree_inflation, pay_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.analysis.doubts.doubt import Doubt
    from kg.copies.counting import Copies
    from kg.corpus import Corpus

    Check = Callable[[Corpus, Sequence[str]], Iterator[Doubt]]

CHECKS: Final[Mapping[str, Check]] = {
    "entry-level-years": entry_level_years,
    "lower-degree-above": lower_degree_above,
    "less-pay-above": less_pay_above,
    "pay-outside": pay_outside,
    "degree-inflation": degree_inflation,
    "long-list": long_list,
}
"""The checks by their names, in the order in which they are told."""


def audit(
    corpus: Corpus, *, checks: Iterable[str] | None = None, copies: Copies = "one"
) -> list[Doubt]:
    """Return what does not fit, by check and posting; of copies of one job the first counts.

    Raises `LookupError` for a check that there is not.
    """
    wanted = list(CHECKS) if checks is None else list(checks)
    unknown = [name for name in wanted if name not in CHECKS]
    if unknown:
        raise LookupError(f"no check is called {unknown[0]!r}; there are {', '.join(CHECKS)}")
    postings: Sequence[str] = corpus.in_order
    if copies == "one":
        postings = sorted({corpus.job(one): one for one in reversed(postings)}.values())
    return [
        doubt
        for name, check in CHECKS.items()
        if name in wanted
        for doubt in sorted(
            check(corpus, postings), key=lambda one: (one.title or "", one.posting, one.message)
        )
    ]
