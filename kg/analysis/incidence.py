"""Which posting asks for which skill: the matrix that co-occurrence and all behind it counts on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kg.analysis.groups import Group, find_group, job_of, one_per_job
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.support import employer_of
from kg.graphs import ASKING, Kind, nodes_of
from kg.necessities import STRENGTHS, Asked, asked

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.groups import Select

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


def group_or_all(graph: nx.MultiDiGraph, name: str | None, select: Select | None = None) -> Group:
    """Return the group of a name, of copies one; without a name the first posting of every job."""
    if name is not None:
        return one_per_job(graph, find_group(graph, name, select))
    jobs = [one for one in nodes_of(graph, Kind.POSTING) if job_of(graph, one) == one]
    return Group("all postings", "group", "", tuple(sorted(jobs)))


def incidence_of(
    graph: nx.MultiDiGraph, group: Group, ways: tuple[Asked, ...] = STRENGTHS
) -> Incidence:
    """Return which posting of `group` asks for which skill in any of `ways`.

    A posting that asks for no skill so has an empty row: it is one of those that do not. An empty
    group gives a matrix without rows or columns. `identifiers` are what people call the postings.
    """
    import numpy as np
    from scipy.sparse import csr_array

    asks: list[tuple[int, str]] = []
    members: dict[tuple[int, str], list[str]] = {}
    for row, posting in enumerate(group.postings):
        named = _named(graph, posting, ways)
        asks += [(row, skill) for skill in named]
        for skill, alternatives in named.items():
            if len(alternatives) == 1 and None not in alternatives:
                (only,) = alternatives
                members.setdefault((row, str(only)), []).append(skill)
    found = {skill for _, skill in asks}
    skills = sorted(found, key=lambda one: (str(graph.nodes[one]["label"]).casefold(), one))
    columns = {skill: column for column, skill in enumerate(skills)}
    choices = [(row, chosen) for (row, _), chosen in sorted(members.items()) if len(chosen) > 1]
    pairs = [(place, skill) for place, (_, chosen) in enumerate(choices) for skill in chosen]
    employers: dict[str, int] = {}
    numbers = [
        employers.setdefault(employer_of(graph, one), len(employers)) for one in group.postings
    ]

    def matrix(cells: list[tuple[int, str]], rows: int) -> csr_array:
        places = [row for row, _ in cells], [columns[skill] for _, skill in cells]
        made = csr_array((np.ones(len(cells)), places), shape=(rows, len(skills)))
        made.sort_indices()
        return made

    return Incidence(
        label=group.label,
        postings=group.postings,
        identifiers=tuple(str(graph.nodes[one]["identifier"]) for one in group.postings),
        skills=tuple(skills),
        labels=tuple(str(graph.nodes[one]["label"]) for one in skills),
        employers=np.array(numbers, np.intp),
        asks=matrix(asks, len(group.postings)),
        choices=matrix(pairs, len(choices)),
        choosers=np.array([row for row, _ in choices], np.intp),
    )


def _named(
    graph: nx.MultiDiGraph, posting: str, ways: tuple[Asked, ...]
) -> dict[str, set[str | None]]:
    """Return the skills of a posting, each with the alternatives that offer it; None is outright.

    What no alternative offers counts in its own way.
    """
    found: dict[str, set[str | None]] = defaultdict(set)
    for _, skill, data in graph.out_edges(posting, data=True):
        if data["relation"] in ASKING and asked(data["necessity"], data["alternative"]) in ways:
            found[skill].add(data["alternative"])
    return found
