"""Pay along a ladder: medians, differences and ranks of ranges, by the rule of `pay_ranges`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.analysis.ladder_rows import Difference, Middle
from kg.analysis.pay_ranges import stated_ranges
from kg.analysis.quantities import FEWEST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.pay_ranges import PayRange
    from kg.copies.counting import Copies
    from kg.corpus import Corpus


def pay_by_posting(
    corpus: Corpus,
    postings: Sequence[str],
    among: Sequence[str],
    *,
    copies: Copies = "one",
    estimates: bool = False,
) -> tuple[dict[str, PayRange], str | None]:
    """Return the range of annual pay of each of `postings`, and the currency they are in.

    The currency is the one that most of them are paid in, the first by name on a tie. `among` are
    all postings that are asked about, the copies of these jobs too. With `estimates` a board's
    estimates are read, and stated pay is not.
    """
    stated = stated_ranges(corpus, among, estimates=estimates, copies=copies).ranges
    found: dict[str, dict[str, PayRange]] = {}
    for currency, ranges in stated.items():
        of_job = {corpus.job(one.posting) if copies == "one" else one.posting: one
                  for one in ranges}  # fmt: skip
        jobs = {one: corpus.job(one) if copies == "one" else one for one in postings}
        found[currency] = {one: of_job[job] for one, job in jobs.items() if job in of_job}
    usual = min((one for one in found if found[one]), key=lambda one: (-len(found[one]), one),
                default=None)  # fmt: skip
    return found.get(usual or "", {}), usual


def pay_middle(
    ranges: Collection[PayRange], currency: str | None, *, interval: bool = True
) -> Middle:
    """Return the median of pay; None where it lies in what postings leave open.

    The interval is None where few postings or employers state pay, or where an end of it is open.
    """
    if not ranges:
        return Middle(0, 0, None, None)
    from kg.analysis.turnbull import DRAWS, quantiles

    employers, low, high = _arrays(ranges)
    count = int(employers.max()) + 1
    draws = DRAWS if interval and min(len(ranges), count) >= FEWEST else 0
    found, ends = quantiles(employers, low, high, [0.5], draws=draws)
    return Middle(len(ranges), count, _known(found[0]), _interval(*ends[0]), currency)


def pay_difference(
    below: Collection[PayRange], above: Collection[PayRange], currency: str | None
) -> Difference:
    """Return how far the median above lies over the median below."""
    from kg.analysis.turnbull import median_difference

    medians = [pay_middle(side, currency, interval=False) for side in (below, above)]
    if medians[0].median is None or medians[1].median is None:
        return Difference(None, None)
    interval = None
    if min(len(below), len(above), *(side.employers for side in medians)) >= FEWEST:
        import numpy as np

        employers, low, high = _arrays([*below, *above])
        is_above = np.arange(len(employers)) >= len(below)
        interval = _interval(*median_difference(employers, is_above, low, high))
    return Difference(medians[1].median - medians[0].median, interval, currency)


def pay_ranks(ranges: Collection[PayRange]) -> tuple[list[float], list[float]]:
    """Return a value and a rank for each range, as they are distributed together.

    Of a middle that is known these are itself and the share of pay below it, half of its equals
    among them. Of another they are the means over where it may lie: the rank is the score of the
    Wilcoxon test for interval-censored data (Peto & Peto, J. R. Stat. Soc. A 135 (1972) 185-207;
    Fay, Biometrics 52 (1996) 811-822).
    """
    from kg.analysis.turnbull import Turnbull

    _, low, high = _arrays(ranges)
    values, ranks = Turnbull(low, high).expected(low, high)
    return values.tolist(), ranks.tolist()


def _arrays(ranges: Collection[PayRange]) -> tuple[NDArray[np.intp], Floats, Floats]:
    import numpy as np

    numbers = {one: number for number, one in enumerate(dict.fromkeys(r.employer for r in ranges))}
    employers = np.array([numbers[one.employer] for one in ranges], np.intp)
    ends = np.array([(one.least, one.most) for one in ranges], np.float64)
    return employers, ends[:, 0], ends[:, 1]


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _interval(low: float, high: float) -> tuple[float, float] | None:
    return (float(low), float(high)) if math.isfinite(low) and math.isfinite(high) else None
