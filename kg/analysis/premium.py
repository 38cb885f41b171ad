"""What a skill is paid: a regression that holds role, level and place fixed.

The logarithm of the middle of a posting's range is regressed on whether the posting requires the
skill, with a constant for each role, level and place. A middle that is known only to lie between
two amounts, as where an end is open (the rule of `kg.analysis.pay_ranges`), counts for just that:
interval regression by maximum likelihood (`kg.analysis.censored`), which is least squares where all
middles are known. The standard error takes employers for independent and is that of the jackknife
over employers (CR3: Bell & McCaffrey, Survey Methodology 28 (2002) 169-181; MacKinnon, Nielsen &
Webb, J. Appl. Econometrics 38 (2023) 671-694): the usual sandwich (CR1) is too small where few
employers require the skill, see `tests/bench/results/pay.md`. The interval is Student's with as
many degrees of freedom as employers less one.

A coefficient is a difference between postings, not what learning the skill would earn someone.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.analysis.pay_rows import Premium
from kg.analysis.statistics import benjamini_hochberg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csc_array, csr_array

    from kg.analysis.pay_ranges import PayRange
    from kg.corpus import Corpus

MINIMUM_POSTINGS: Final = 60
"""Postings with both ends of their pay, from which on there is a regression."""
MINIMUM_SIDE: Final = 10
"""Postings, and employers, that must require the skill, and that must not."""
LEAST_PLACE: Final = 5
"""Postings of a place that is held fixed by itself; smaller ones go with their region."""
LEAST_SPREAD: Final = 3.0
"""What must be left of the skill once role, level and place are held fixed: as much as six postings
with it beside six without, of one role, level and place. Otherwise these decide who requires it.
A posting with an open end counts for the part that it tells of its pay."""


def premiums_of(
    corpus: Corpus, ranges: Sequence[PayRange], skill: str | None = None
) -> tuple[tuple[Premium, ...] | None, str | None]:
    """Return the premiums of all skills that the postings carry, or of one; else why there is none.

    The surest first; q is over all skills of the regression.
    """
    closed = sum(not one.open_ended for one in ranges)
    if closed < MINIMUM_POSTINGS:
        return None, (
            f"No premium of a skill is told: {closed} postings state both ends of their pay, "
            f"{MINIMUM_POSTINGS} are needed."
        )
    import numpy as np

    from kg.analysis.regression import regress

    nodes, having = _required(corpus, ranges, skill)
    employers = np.unique([one.employer for one in ranges], return_inverse=True)[1]
    sides = _Sides(having, employers)
    with np.errstate(divide="ignore"):  # an amount without a low end
        least, most = np.log([(one.least, one.most) for one in ranges]).T
    bounded = np.flatnonzero(np.isfinite(least) & np.isfinite(most))
    told = _Sides(having[bounded], np.unique(employers[bounded], return_inverse=True)[1])
    enough = [
        sides.refusal(column) or told.refusal(column, " that bounds it on both sides")
        for column in range(len(nodes))
    ]
    kept = [column for column, why in enumerate(enough) if why is None]
    fixed = _held_fixed(corpus, ranges)
    fitted = regress(least, having[:, kept], fixed, employers, upto=most)
    carried = [place for place, spread in enumerate(fitted.spread) if spread >= LEAST_SPREAD]
    if skill is not None and not carried:
        why = enough[0] or (
            "role, level and place decide nearly wholly which postings require it; others of the "
            "same role, level and place are needed, both with it and without"
        )
        return None, f"No premium of {corpus.label(skill or '')} is told: {why}."
    if not carried:
        return None, (
            f"No premium of a skill is told: none is required by {MINIMUM_SIDE} postings of "
            f"{MINIMUM_SIDE} employers, and not by as many others, of {len(ranges)} with pay."
        )
    q_values = benjamini_hochberg([fitted.p[place] for place in carried])
    found = []
    for place, q in zip(carried, q_values, strict=True):
        column = kept[place]
        node = nodes[column]
        found.append(
            Premium(
                concept=corpus.concept(node),
                label=corpus.label(node),
                postings=int(sides.postings[0][column]),
                others=int(sides.postings[1][column]),
                employers=int(sides.employers[0][column]),
                employers_of_others=int(sides.employers[1][column]),
                log=fitted.slopes[place],
                interval=fitted.intervals[place],
                p=fitted.p[place],
                q=q,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.p, one.label.casefold()))), None


def _required(
    corpus: Corpus, ranges: Sequence[PayRange], skill: str | None
) -> tuple[list[str], csc_array]:
    """Return the skills that postings require, and which of them each does."""
    import numpy as np
    from scipy.sparse import csr_array

    asked = [set(corpus.required(one.posting)) for one in ranges]
    counts = Counter(node for one in asked for node in one)
    nodes = [skill] if skill else sorted(one for one in counts if counts[one] >= MINIMUM_SIDE)
    column = {node: number for number, node in enumerate(nodes)}
    places = [
        (row, column[node]) for row, one in enumerate(asked) for node in one if node in column
    ]
    rows, columns = np.array(places, np.int32).reshape(-1, 2).T
    shape = len(ranges), len(nodes)
    return nodes, csr_array((np.ones(len(places)), (rows, columns)), shape=shape).tocsc()


class _Sides:
    """How many postings, of how many employers, require each skill; and how many do not."""

    def __init__(self, having: csc_array, employers: NDArray[np.intp]) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        of = csr_array((np.ones(len(employers)), (employers, np.arange(len(employers)))))
        theirs = (of @ having).tocoo()
        every = theirs.data == np.bincount(employers)[theirs.coords[0]]
        skills, firms = having.shape[1], of.shape[0]
        with_it = np.bincount(theirs.coords[1], minlength=skills)
        only_with_it = np.bincount(theirs.coords[1][every], minlength=skills)
        counts = np.asarray(having.sum(axis=0)).astype(int)
        self.postings = counts, len(employers) - counts
        self.employers = with_it, firms - only_with_it

    def refusal(self, column: int, such: str = "") -> str | None:
        """Say what is missing for a regression on a skill; None where nothing is.

        `such` says of the pay what counts here.
        """
        for side, verb in enumerate(("require", "do not require")):
            postings, firms = self.postings[side][column], self.employers[side][column]
            if min(postings, firms) < MINIMUM_SIDE:
                return (
                    f"{postings} postings of {firms} employers with pay{such} {verb} it; "
                    f"{MINIMUM_SIDE} of {MINIMUM_SIDE} are needed"
                )
        return None


def _held_fixed(corpus: Corpus, ranges: Sequence[PayRange]) -> csr_array:
    """Return a column for each role, level and place, a constant first."""
    import numpy as np
    from scipy.sparse import csr_array, hstack

    columns = [csr_array(np.ones((len(ranges), 1)))]
    facets = [
        [corpus.role(one.posting) or "" for one in ranges],
        [corpus.level(one.posting) or "" for one in ranges],
        _places(corpus, ranges),
    ]
    for facet in facets:
        names, number = np.unique(facet, return_inverse=True)
        rows = np.arange(len(ranges))
        made = csr_array((np.ones(len(rows)), (rows, number)), shape=(len(rows), len(names)))
        columns.append(made[:, 1:])
    return csr_array(hstack(columns))


def _places(corpus: Corpus, ranges: Sequence[PayRange]) -> list[str]:
    """Return the place of each posting, as fine as `LEAST_PLACE` postings allow.

    "Austin, TX, US" becomes "TX, US" and then "US" where too few are there; several places are a
    place of their own.
    """
    named = []
    for one in ranges:
        places = [corpus.label(place) for place in corpus.places(one.posting)]
        named.append(places[0] if len(places) == 1 else "several" if places else "")
    while True:
        counts = Counter(named)
        coarser = [
            name.partition(", ")[2] if name and counts[name] < LEAST_PLACE else name
            for name in named
        ]
        if coarser == named:
            return named
        named = coarser
