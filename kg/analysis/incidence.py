"""Which posting asks for which skill: the matrix that co-occurrence and all behind it counts on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kg.analysis.groups import Group, find_group, one_per_job
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.support import employers_of
from kg.corpus.asks import rows_of
from kg.corpus.keeping import distinct
from kg.necessities import STRENGTHS, Asked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.groups import Select
    from kg.corpus import Corpus

Way: TypeAlias = Literal["any", "required", "preferred", "mentioned"]
"""How postings ask for the skills that are counted; "any" is each of them, and alternatives."""
WAYS: Final[tuple[Way, ...]] = get_args(Way)
PAIRS: Final = 2000
"""Pairs of skills that are looked up in the postings at once."""
SKILL: Final = 32
"""Bits of a skill's number, below that of a posting."""
OUTRIGHT: Final[tuple[Asked, ...]] = tuple(one for one in STRENGTHS if one != "alternative")
"""Every way to ask but as one of several."""


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Postings and the skills they ask for; of copies of one job one posting stands here.

    `asks` has the shape (postings, skills), 1 where a posting asks for a skill in any of the ways
    counted, however often it says so. `employers` numbers each posting's employer from 0; a
    posting that names none is its own. Skills are sorted by label.

    "One of Java, C++, Python" asks for none of two together: `choices`, of the shape (alternatives,
    skills), has 1 for each skill that its posting names as a member of just that alternative, and
    `choosers` the posting of each row. `together` takes these pairs out.
    """

    label: str
    postings: tuple[str, ...]
    identifiers: tuple[str, ...]
    skills: tuple[str, ...]
    labels: tuple[str, ...]
    employers: NDArray[np.intp]
    asks: csr_array
    choices: csr_array
    choosers: NDArray[np.intp]

    @property
    def employer_count(self) -> int:
        """The number of employers, each posting that names none being one."""
        return int(self.employers.max()) + 1 if len(self.employers) else 0

    @property
    def counts(self) -> NDArray[np.float64]:
        """How many postings ask for each skill."""
        import numpy as np

        return np.asarray(self.asks.sum(axis=0), np.float64)

    @property
    def by_employer(self) -> csr_array:
        """Which employer's each posting is, of the shape (postings, employers)."""
        import numpy as np
        from scipy.sparse import csr_array

        rows = np.arange(len(self.employers))
        shape = len(rows), self.employer_count
        return csr_array((np.ones(len(rows)), (rows, self.employers)), shape=shape)

    @property
    def enough(self) -> bool:
        """Whether there are `MINIMUM_POSTINGS` postings of `MINIMUM_EMPLOYERS` employers."""
        return self.caution is None

    @property
    def caution(self) -> str | None:
        """What is said of too few postings, in words."""
        return too_few(len(self.postings), self.employer_count)

    def together_in(self, first: NDArray[np.intp], second: NDArray[np.intp]) -> csr_array:
        """Return which postings ask for both skills of each pair, of the shape (pairs, postings).

        `first` and `second` are columns of `asks`; pairs are taken apart as `together` does.
        """
        import numpy as np
        from scipy.sparse import csr_array, vstack

        asked, chosen = csr_array(self.asks.T), csr_array(self.choices.T)
        places = np.arange(len(self.choosers)), self.choosers
        shape = len(self.choosers), len(self.postings)
        choosing = csr_array((np.ones(len(self.choosers)), places), shape=shape)
        blocks = [csr_array((0, len(self.postings)))]
        for start in range(0, len(first), PAIRS):
            a, b = first[start : start + PAIRS], second[start : start + PAIRS]
            apart = (chosen[a] * chosen[b]) @ choosing
            blocks.append(csr_array(asked[a] * asked[b] - apart))
        left = csr_array(vstack(blocks))
        left.eliminate_zeros()
        return left

    def together(self) -> csr_array:
        """Return how many postings ask for two skills at once, of the shape (skills, skills).

        The diagonal has the postings that ask for each. Two members of one alternative are not
        asked for at once, unless the posting asks for one of them elsewhere too.
        """
        from scipy.sparse import csr_array, diags_array

        found = self.asks.T @ self.asks
        apart = self.choices.T @ self.choices
        apart = apart - diags_array(apart.diagonal())
        left = csr_array(found - apart)
        left.eliminate_zeros()
        left.sort_indices()
        return left


def too_few(postings: int, employers: int) -> str | None:
    """Say what is needed where there are too few postings or employers to measure."""
    if postings >= MINIMUM_POSTINGS and employers >= MINIMUM_EMPLOYERS:
        return None
    return (
        f"Not enough data: {counted(postings, employers)}; {MINIMUM_POSTINGS} postings of "
        f"{MINIMUM_EMPLOYERS} employers are the least that is measured."
    )


def counted(postings: int, employers: int) -> str:
    """Say how many postings of how many employers there are."""
    return (
        f"{postings} posting{'' if postings == 1 else 's'} of "
        f"{employers} employer{'' if employers == 1 else 's'}"
    )


def check_way(value: str) -> Way:
    """Return a value as a way to ask. Raises `ValueError` for another."""
    for known in WAYS:
        if value == known:
            return known
    raise ValueError(f"necessity is one of {', '.join(WAYS)}, not {value!r}")


def strengths_of(way: Way) -> tuple[Asked, ...]:
    """Return what counts when postings are asked in one way, or in any."""
    return STRENGTHS if way == "any" else (way,)


def group_or_all(corpus: Corpus, name: str | None, select: Select | None = None) -> Group:
    """Return the group of a name, of copies one; without a name the first posting of every job."""
    if name is not None:
        return one_per_job(corpus, find_group(corpus, name, select))
    return Group("all postings", "group", "", corpus.jobs)


def incidence_of(corpus: Corpus, group: Group, ways: tuple[Asked, ...] = STRENGTHS) -> Incidence:
    """Return which posting of `group` asks for which skill in any of `ways`.

    A posting that asks for no skill so has an empty row: it is one of those that do not. An empty
    group gives a matrix without rows or columns. `identifiers` are what people call the postings.
    """
    import numpy as np
    from scipy.sparse import csr_array

    table = corpus.asks
    numbers = corpus.numbers(group.postings)
    rows = rows_of(table.posting, numbers, len(corpus.postings))
    kept = (rows >= 0) & _counted(ways)[table.way]
    found = np.flatnonzero(np.bincount(table.skill[kept], minlength=len(table.skills)))
    label_of = {(skill := table.skills[one]): corpus.label(skill) for one in found.tolist()}
    names = sorted(label_of, key=lambda one: (label_of[one].casefold(), one))
    columns = {skill: column for column, skill in enumerate(names)}
    column_of = np.full(len(table.skills), -1)
    column_of[found] = [columns[table.skills[one]] for one in found.tolist()]
    asked = rows[kept] << SKILL | column_of[table.skill[kept]]
    asks = _of_ones(distinct(asked), (len(group.postings), len(names)))
    choosers, places, chosen = _choices(corpus, group, ways)
    shape = len(choosers), len(names)
    made = csr_array((np.ones(len(places)), (places, column_of[chosen])), shape=shape)
    made.sort_indices()
    return Incidence(
        label=group.label,
        postings=group.postings,
        identifiers=tuple(map(corpus.facets.identifiers.__getitem__, numbers)),
        skills=tuple(names),
        labels=tuple(map(label_of.__getitem__, names)),
        employers=employers_of(corpus, group.postings),
        asks=asks,
        choices=made,
        choosers=choosers.astype(np.intp),
    )


def _of_ones(places: NDArray[np.int64], shape: tuple[int, int]) -> csr_array:
    """Return a matrix with a one at some places, which are in order: rows, and columns below."""
    import numpy as np
    from scipy.sparse import csr_array

    starts = np.searchsorted(places, np.arange(shape[0] + 1) << SKILL)
    return csr_array((np.ones(len(places)), places & (1 << SKILL) - 1, starts), shape=shape)


def _choices(
    corpus: Corpus, group: Group, ways: tuple[Asked, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the choices of two skills or more that postings ask for in no other way.

    They are the rows of the postings that offer them, and then, for each member, its choice and its
    skill. A skill that two choices of a posting offer is a member of neither here.
    """
    import numpy as np

    if "alternative" not in ways:
        return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.intp)
    table, asks = corpus.members_of_choices, corpus.asks
    rows = rows_of(table.posting, corpus.numbers(group.postings), len(corpus.postings))
    pairs = table.posting << SKILL | table.skill
    known, place, often = np.unique(pairs, return_inverse=True, return_counts=True)
    outright = _counted(tuple(way for way in ways if way != "alternative"))[asks.way]
    asked = asks.posting[outright] << SKILL | asks.skill[outright]  # sorted, as the rows are
    otherwise = np.append(asked, -1)[np.searchsorted(asked, known)] == known
    kept = (rows >= 0) & ((often == 1) & ~otherwise)[place]
    choices, inside, members = np.unique(
        rows[kept] << 32 | table.choice[kept], return_inverse=True, return_counts=True
    )
    real = members > 1
    number = np.cumsum(real) - 1
    chosen = real[inside]
    return choices[real] >> 32, number[inside][chosen], table.skill[kept][chosen]


def _counted(ways: tuple[Asked, ...]) -> NDArray[np.bool_]:
    """Return which of `STRENGTHS` are among some ways."""
    import numpy as np

    return np.array([way in ways for way in STRENGTHS])
