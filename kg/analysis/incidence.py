"""Which posting asks for which skill: the matrix that co-occurrence and all behind it counts on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kg.analysis.groups import Group, find_group, one_per_job
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.support import employer_of
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
        few = len(self.postings) < MINIMUM_POSTINGS or self.employer_count < MINIMUM_EMPLOYERS
        return not few

    @property
    def caution(self) -> str | None:
        """What is said of too few postings, in words."""
        if self.enough:
            return None
        return (
            f"Not enough data: {counted(len(self.postings), self.employer_count)}; "
            f"{MINIMUM_POSTINGS} postings of {MINIMUM_EMPLOYERS} employers are the least that is "
            "measured."
        )

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
    jobs = tuple(one for one in corpus.postings if corpus.job(one) == one)
    return Group("all postings", "group", "", jobs)


def incidence_of(corpus: Corpus, group: Group, ways: tuple[Asked, ...] = STRENGTHS) -> Incidence:
    """Return which posting of `group` asks for which skill in any of `ways`.

    A posting that asks for no skill so has an empty row: it is one of those that do not. An empty
    group gives a matrix without rows or columns. `identifiers` are what people call the postings.
    """
    import numpy as np
    from scipy.sparse import csr_array

    table = corpus.asks
    kept = np.isin(np.frombuffer(table.way, np.int8), [STRENGTHS.index(way) for way in ways])
    row_of = np.full(len(corpus.postings), -1)
    row_of[corpus.numbers(group.postings)] = np.arange(len(group.postings))
    rows, skills = (
        row_of[np.frombuffer(table.posting, np.int32)],
        np.frombuffer(table.skill, np.int32),
    )
    kept &= rows >= 0
    found = np.unique(skills[kept])
    names = sorted(
        (table.skills[one] for one in found.tolist()),
        key=lambda one: (corpus.label(one).casefold(), one),
    )
    columns = {skill: column for column, skill in enumerate(names)}
    column_of = np.full(len(table.skills), -1)
    column_of[found] = [columns[table.skills[one]] for one in found.tolist()]
    asks = csr_array(
        (np.ones(int(kept.sum())), (rows[kept], column_of[skills[kept]])),
        shape=(len(group.postings), len(names)),
    )
    asks.sort_indices()
    asks.data[:] = 1  # one that is asked for in two ways is asked for
    choices = _choices(corpus, group, ways) if "alternative" in ways else []
    pairs = [
        (place, columns[skill]) for place, (_, chosen) in enumerate(choices) for skill in chosen
    ]
    employers: dict[str, int] = {}
    numbers = [
        employers.setdefault(employer_of(corpus, one), len(employers)) for one in group.postings
    ]
    made = csr_array(
        (np.ones(len(pairs)), ([row for row, _ in pairs], [column for _, column in pairs])),
        shape=(len(choices), len(names)),
    )
    made.sort_indices()
    return Incidence(
        label=group.label,
        postings=group.postings,
        identifiers=tuple(corpus.identifier(one) for one in group.postings),
        skills=tuple(names),
        labels=tuple(corpus.label(one) for one in names),
        employers=np.array(numbers, np.intp),
        asks=asks,
        choices=made,
        choosers=np.array([row for row, _ in choices], np.intp),
    )


def _choices(corpus: Corpus, group: Group, ways: tuple[Asked, ...]) -> list[tuple[int, list[str]]]:
    """Return the choices of two skills or more that postings ask for in no other way.

    Each with the row of its posting. A skill that two choices offer is a member of neither here.
    """
    found = []
    corpus.look_at(group.postings)
    for row, posting in enumerate(group.postings):
        offering: dict[str, list[str]] = defaultdict(list)
        for choice, skills in corpus.members(posting).items():
            for skill in skills:
                offering[skill].append(choice)
        if not offering:
            continue
        outright = {
            skill for skill, way in corpus.skills(posting) if way != "alternative" and way in ways
        }
        members: dict[str, list[str]] = defaultdict(list)
        for skill in sorted(offering):
            if len(offering[skill]) == 1 and skill not in outright:
                members[offering[skill][0]].append(skill)
        found += [(row, chosen) for _, chosen in sorted(members.items()) if len(chosen) > 1]
    return found
