"""Which posting asks for which skill, and how: one row an asking, sorted, in columns of numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.corpus import queries
from kg.corpus.words import in_words_key
from kg.necessities import NECESSITIES, SHORT_EDGES, STRENGTHS, Asked, asked
from ontology import terms

MOST: Final = (1 << 32) - 1

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    posting: array[int]
    skill: array[int]
    way: array[int]
    starts: array[int]

    def of(self, number: int) -> Iterator[tuple[str, Asked]]:
        """Yield the skills that a posting asks for, each with each of its ways."""
        for row in range(self.starts[number], self.starts[number + 1]):
            yield self.skills[self.skill[row]], STRENGTHS[self.way[row]]

    def having(self, skill: str) -> list[int]:
        """Return the postings that ask for a skill in any way, in their order."""
        place = bisect_left(self.skills, skill)
        if place == len(self.skills) or self.skills[place] != skill:
            return []
        found = (
            number for number, one in zip(self.posting, self.skill, strict=True) if one == place
        )
        return list(dict.fromkeys(found))


def read_asks(facets: Facets) -> Asks:
    """Read what all postings ask for: by their short edges, and what no concept covers."""
    codes: dict[str, int] = {}
    rows = array("q")
    for graph, skill, way in _stated(facets):
        posting = facets.number_of_graph.get(graph)
        if posting is not None:
            code = codes.setdefault(skill, len(codes))
            rows.append(_packed(posting, code, way))
    skills = sorted(codes)
    place = {codes[skill]: number for number, skill in enumerate(skills)}
    ordered = sorted({_packed(row >> 34, place[row >> 2 & MOST], row & 3) for row in rows})
    postings = array("i", [row >> 34 for row in ordered])
    return Asks(
        skills=tuple(skills),
        posting=postings,
        skill=array("i", [row >> 2 & MOST for row in ordered]),
        way=array("b", [row & 3 for row in ordered]),
        starts=array("i", [bisect_left(postings, one) for one in range(len(facets.postings) + 1)]),
    )


def _packed(posting: int, skill: int, way: int) -> int:
    """Return one number for an asking, in the order of the rows."""
    return posting << 34 | skill << 2 | way


def _stated(facets: Facets) -> Iterator[tuple[str, str, int]]:
    """Yield graph, skill and way of every asking."""
    stream = facets.store.stream
    for edge, way in EDGES:
        pattern = f"?posting <{edge}> ?skill"
        for graph, skill in stream(queries.in_graphs(pattern, "?skill")):
            yield graph, skill, way
    columns = "?requirement ?label ?necessity ?class"
    found = [
        row
        for row in stream(queries.in_graphs(queries.IN_WORDS, columns))
        if row[-1] == terms.SKILL_REQUIREMENT
    ]
    if not found:
        return
    members = stream(queries.in_graphs(queries.CHOSEN_IN_WORDS, "?requirement ?choice"))
    chosen = {requirement: choice for _, requirement, choice in members}
    for graph, requirement, label, necessity, _ in sorted(found):
        key = in_words_key("skill", label)
        facets.vocabulary.call(key, label)
        way = STRENGTHS.index(asked(NECESSITIES[necessity], chosen.get(requirement)))
        yield graph, key, way
