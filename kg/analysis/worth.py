"""How many independent postings would say as much of a share as an employers' sample does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kg.analysis.clusters import Floats


def worth_of(counts: Floats, sizes: Floats) -> float:
    """Return the effective size of a sample of postings, of which employers have some each.

    `counts` of an employer's `sizes` postings have what the share is of. It is the number with
    which the share of independent postings would have the variance that this one has over employers
    (Kish, Survey Sampling, 1965, section 8.2; the variance is that of Cameron & Miller 2015), and
    never above the number of postings. A share of 0 or 1 has no variance: as all postings of an
    employer agree there, each employer is worth one.

    >>> worth_of(np.array([2.0, 0.0]), np.array([2.0, 2.0]))
    1.0
    """
    postings, employers = float(sizes.sum()), int(np.count_nonzero(sizes))
    share = float(counts.sum()) / postings
    if share in (0.0, 1.0) or employers < 2:
        return float(employers)
    off = counts - share * sizes
    variance = employers / (employers - 1) * float(off @ off) / postings**2
    if not variance:
        return postings
    return min(postings, share * (1 - share) / variance)
