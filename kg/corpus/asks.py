"""Which posting asks for which skill, and how: one row an asking, sorted, in columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from kg.corpus import queries
from kg.corpus.keeping import distinct, numbers_of
from kg.corpus.words import in_words_key
from kg.necessities import NECESSITIES, SHORT_EDGES, STRENGTHS, Asked, asked
from ontology import terms

MOST: Final = (1 << 32) - 1
Number = TypeVar("Number", int, "NDArray[np.int64]")

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.corpus.facets import Facets

EDGES: Final[tuple[tuple[str, int], ...]] = (
    *((edge, STRENGTHS.index(asked(way, None))) for way, edge in SHORT_EDGES.items()),
    (terms.ACCEPTS_SKILL, STRENGTHS.index("alternative")),
)
"""The short edges, each with the place in `STRENGTHS` of what it says."""


@dataclass(frozen=True, slots=True)
class Asks:
    """Columns of one length, sorted by posting, skill and way, each asking once.

    `posting` holds numbers of postings, `skill` places in `skills`, `way` places in
    `kg.necessities.STRENGTHS`. `starts` says where each posting's rows begin, and where the last
    end.
    """

    skills: tuple[str, ...]
    posting: NDArray[np.int64]
    skill: NDArray[np.int64]
    way: NDArray[np.int64]
    starts: list[int]

    def of(self, number: int) -> list[tuple[str, Asked]]:
        """Return the skills that a posting asks for, each with each of its ways."""
        rows = slice(self.starts[number], self.starts[number + 1])
        pairs = zip(self.skill[rows].tolist(), self.way[rows].tolist(), strict=True)
        return [(self.skills[skill], STRENGTHS[way]) for skill, way in pairs]

    def counts(self, numbers: Iterable[int]) -> dict[tuple[str, Asked], int]:
        """Return how many of some postings ask for each skill in each way."""
        import numpy as np

        rows = rows_of(self.posting, numbers, len(self.starts) - 1) >= 0
        found, counts = np.unique(self.skill[rows] << 2 | self.way[rows], return_counts=True)
        return {
            (self.skills[one >> 2], STRENGTHS[one & 3]): count
            for one, count in zip(found.tolist(), counts.tolist(), strict=True)
        }


def rows_of(posting: NDArray[np.int64], numbers: Iterable[int], size: int) -> NDArray[np.int64]:
    """Return for each row the place of its posting among some of `size` postings; -1 for none."""
    import numpy as np

    wanted = list(numbers)
    place = np.full(size, -1)
    place[wanted] = np.arange(len(wanted))
    found: NDArray[np.int64] = place[posting]
    return found


def read_asks(facets: Facets) -> Asks:
    """Read what all postings ask for: by their short edges, and what no concept covers."""
    import numpy as np

    stated = [(facets.store.coded(_edge(edge)), way) for edge, way in EDGES]
    in_words = list(_in_words(facets))
    skills = sorted({skill for answer, _ in stated for skill in answer.texts[1]}
                    | {skill for _, skill, _ in in_words})  # fmt: skip
    place = {skill: number for number, skill in enumerate(skills)}
    parts = [
        np.array(
            [
                _packed(*one)
                for one in ((number, place[skill], way) for number, skill, way in in_words)
            ],
            np.int64,
        )
    ]
    for answer, way in stated:
        posting = numbers_of(answer, 0, facets.number_of_graph)
        skill = numbers_of(answer, 1, place)
        parts.append(_packed(posting, skill, way)[posting >= 0])
    return _sorted(facets, skills, parts)


def _sorted(facets: Facets, skills: Sequence[str], parts: Sequence[NDArray[np.int64]]) -> Asks:
    """Return packed rows as columns, each once."""
    import numpy as np

    rows = distinct(np.concatenate(parts))
    posting = rows >> 34
    return Asks(
        skills=tuple(skills),
        posting=posting,
        skill=rows >> 2 & MOST,
        way=rows & 3,
        starts=np.searchsorted(posting, np.arange(len(facets.postings) + 1)).tolist(),
    )


def read_degrees(facets: Facets) -> Asks:
    """Read which degrees all postings ask for: `skills` are the degrees."""
    import numpy as np

    answer = facets.store.coded(
        queries.in_graphs(queries.DEGREES, "?requirement ?degree ?necessity")
    )
    in_words = list(_degrees_in_words(facets))
    members = facets.store.coded(queries.in_graphs(queries.CHOSEN, "?requirement ?choice"))
    chosen = frozenset(members.texts[1])
    names = sorted({*answer.texts[2], *(degree for _, _, degree, _ in in_words)})
    facets.vocabulary.know(name for name in names if "://" in name)
    place = {degree: number for number, degree in enumerate(names)}
    alternative = STRENGTHS.index("alternative")
    way_of = {
        necessity: STRENGTHS.index(asked(NECESSITIES[necessity], None))
        for necessity in {*answer.texts[3], *(necessity for *_, necessity in in_words)}
    }
    rows = [
        _packed(number, place[degree], alternative if node in chosen else way_of[necessity])
        for number, node, degree, necessity in in_words
    ]
    posting, degree = numbers_of(answer, 0, facets.number_of_graph), numbers_of(answer, 2, place)
    is_chosen = numbers_of(answer, 1, dict.fromkeys(chosen, 1)) > 0
    way = np.where(is_chosen, alternative, numbers_of(answer, 3, way_of))
    stated = _packed(posting, degree, 0) | way
    return _sorted(facets, names, [np.array(rows, np.int64), stated[posting >= 0]])


def _degrees_in_words(facets: Facets) -> Iterator[tuple[int, str, str, str]]:
    """Yield posting, requirement, degree and necessity of what no concept covers."""
    columns = "?requirement ?label ?necessity ?class"
    rows = facets.store.column(queries.in_graphs(queries.IN_WORDS, columns))
    for graph, node, label, necessity, kind in sorted(rows):
        if kind == terms.DEGREE_REQUIREMENT:
            key = in_words_key("degree", label)
            facets.vocabulary.call(key, label)
            if graph in facets.number_of_graph:
                yield facets.number_of_graph[graph], node, key, necessity


def _packed(posting: Number, skill: Number, way: int) -> Number:
    """Return one number for an asking, in the order of the rows."""
    return posting << 34 | skill << 2 | way


def _edge(edge: str) -> str:
    return queries.in_graphs(f"?posting <{edge}> ?skill", "?skill")


def _in_words(facets: Facets) -> Iterator[tuple[int, str, int]]:
    """Yield posting, skill and way of what no concept covers."""
    columns = "?requirement ?label ?necessity ?class"
    found = [
        row
        for row in facets.store.column(queries.in_graphs(queries.IN_WORDS, columns))
        if row[-1] == terms.SKILL_REQUIREMENT and row[0] in facets.number_of_graph
    ]
    if not found:
        return
    chosen = chosen_in_words(facets)
    for graph, requirement, label, necessity, _ in sorted(found):
        key = in_words_key("skill", label)
        facets.vocabulary.call(key, label)
        way = STRENGTHS.index(asked(NECESSITIES[necessity], chosen.get(requirement)))
        yield facets.number_of_graph[graph], key, way


def chosen_in_words(facets: Facets) -> dict[str, str]:
    """Return the choice that a requirement is a member of, of those that no concept covers."""
    query = queries.in_graphs(queries.CHOSEN_IN_WORDS, "?requirement ?choice")
    return {requirement: choice for _, requirement, choice in facets.store.column(query)}
