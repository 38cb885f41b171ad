"""What a skill is paid: a regression that holds role, level and place fixed.

The logarithm of the middle of a posting's range is regressed on whether the posting requires the
skill, with a constant for each role, level and place (least squares). Postings with an open end
have no middle and are left out. The standard error takes employers for independent and is that of
the jackknife over employers (CR3: Bell & McCaffrey, Survey Methodology 28 (2002) 169-181;
MacKinnon, Nielsen & Webb, J. Appl. Econometrics 38 (2023) 671-694): the usual sandwich (CR1) is too
small where few employers require the skill, see `tests/bench/results/pay.md`. The interval is
Student's with as many degrees of freedom as employers less one.

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

    from kg.analysis.clusters import Floats
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
with it beside six without, of one role, level and place. Otherwise these decide who requires it."""


def premiums_of(
    corpus: Corpus, ranges: Sequence[PayRange], skill: str | None = None
) -> tuple[tuple[Premium, ...] | None, str | None]:
    """Return the premiums of all skills that the postings carry, or of one; else why there is none.

    The surest first; q is over all skills of the regression.
    """
    closed = [one for one in ranges if not one.open_ended]
    if len(closed) < MINIMUM_POSTINGS:
        return None, (
            f"No premium of a skill is told: {len(closed)} postings state both ends of their pay, "
            f"{MINIMUM_POSTINGS} are needed."
        )
    import numpy as np

    from kg.analysis.regression import regress

    nodes, having = _required(corpus, closed, skill)
    employers = np.unique([one.employer for one in closed], return_inverse=True)[1]
    enough = [_refusal(employers, having[:, column]) for column in range(len(nodes))]
    kept = [column for column, why in enumerate(enough) if why is None]
    middles = np.log([one.middle for one in closed])
    fitted = regress(middles, having[:, kept], _held_fixed(corpus, closed), employers)
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
            f"{MINIMUM_SIDE} employers, and not by as many others, of {len(closed)} with pay."
        )
    q_values = benjamini_hochberg([fitted.p[place] for place in carried])
    found = []
    for place, q in zip(carried, q_values, strict=True):
        column = kept[place]
        has = having[:, column] > 0
        node = nodes[column]
        found.append(
            Premium(
                concept=corpus.concept(node),
                label=corpus.label(node),
                postings=int(has.sum()),
                others=int((~has).sum()),
                employers=len(set(employers[has].tolist())),
                employers_of_others=len(set(employers[~has].tolist())),
                log=fitted.slopes[place],
                interval=fitted.intervals[place],
                p=fitted.p[place],
                q=q,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.p, one.label.casefold()))), None


def _required(
    corpus: Corpus, ranges: Sequence[PayRange], skill: str | None
) -> tuple[list[str], Floats]:
    """Return the skills that postings require, and which of them each does."""
    import numpy as np

    asked = [set(corpus.required(one.posting)) for one in ranges]
    counts = Counter(node for one in asked for node in one)
    nodes = [skill] if skill else sorted(one for one in counts if counts[one] >= MINIMUM_SIDE)
    having = np.zeros((len(ranges), len(nodes)))
    for column, node in enumerate(nodes):
        having[:, column] = [node in one for one in asked]
    return nodes, having


def _refusal(employers: NDArray[np.intp], having: Floats) -> str | None:
    """Say what is missing for a regression on a skill; None where nothing is."""
    for has, verb in ((having > 0, "require"), (having <= 0, "do not require")):
        postings, firms = int(has.sum()), len(set(employers[has].tolist()))
        if min(postings, firms) < MINIMUM_SIDE:
            return (
                f"{postings} postings of {firms} employers with pay {verb} it; {MINIMUM_SIDE} of "
                f"{MINIMUM_SIDE} are needed"
            )
    return None


def _held_fixed(corpus: Corpus, ranges: Sequence[PayRange]) -> Floats:
    """Return a column for each role, level and place, a constant first."""
    import numpy as np

    columns = [np.ones(len(ranges))]
    facets = [
        [corpus.role(one.posting) or "" for one in ranges],
        [corpus.level(one.posting) or "" for one in ranges],
        _places(corpus, ranges),
    ]
    for facet in facets:
        names = np.array(facet)
        columns += [(names == name).astype(float) for name in sorted(set(facet))[1:]]
    return np.column_stack(columns)


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
