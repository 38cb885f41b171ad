"""Which skills are members of which choices ("one of Java, Python"): one row a member."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.coded import texts_at
from kg.corpus import queries
from kg.corpus.asks import chosen_in_words
from kg.corpus.keeping import distinct, numbers_of, ranked
from kg.corpus.words import in_words_key
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.corpus.asks import Asks
    from kg.corpus.facets import Facets


@dataclass(frozen=True, slots=True)
class Members:
    """Columns of one length, sorted by posting, choice and skill.

    `posting` holds numbers of postings, `choice` places in `choices`, which are sorted, `skill`
    places in the skills of `kg.corpus.asks.Asks`. `starts` is as there.
    """

    choices: tuple[str, ...]
    skills: tuple[str, ...]
    posting: NDArray[np.int64]
    choice: NDArray[np.int64]
    skill: NDArray[np.int64]
    starts: list[int]

    def of(self, number: int) -> Mapping[str, Sequence[str]]:
        """Return the skills that are members of each choice of a posting."""
        found: dict[str, list[str]] = defaultdict(list)
        rows = slice(self.starts[number], self.starts[number + 1])
        if rows.start == rows.stop:
            return found
        for choice, skill in zip(
            self.choice[rows].tolist(), self.skill[rows].tolist(), strict=True
        ):
            found[self.choices[choice]].append(self.skills[skill])
        return found


def read_members(facets: Facets, asks: Asks) -> Members:
    """Read the members of all choices that are skills."""
    import numpy as np

    answer = facets.store.coded(queries.in_graphs(queries.MEMBERS, "?choice ?skill"))
    in_words = list(_in_words(facets, terms.SKILL_REQUIREMENT))
    named = list(answer.texts[1])
    choices, rank = ranked([*named, *sorted({one for _, one, _ in in_words}.difference(named))])
    of_skill = {skill: number for number, skill in enumerate(asks.skills)}
    found = np.stack([
        numbers_of(answer, 0, facets.number_of_graph),
        rank[np.frombuffer(answer.columns[1], np.int32)],
        numbers_of(answer, 2, of_skill),
    ])  # fmt: skip
    more = [
        (number, bisect_left(choices, choice), of_skill[skill])
        for number, choice, skill in in_words
    ]
    found = np.concatenate([found, np.array(more, np.int64).reshape(-1, 3).T], axis=1)
    found = found[:, found.min(axis=0) >= 0]
    skill_bits, choice_bits = (len(of).bit_length() for of in (asks.skills, choices))
    rows = distinct((found[0] << choice_bits | found[1]) << skill_bits | found[2])
    of_choices, skill = rows >> skill_bits, rows & (1 << skill_bits) - 1
    posting, choice = of_choices >> choice_bits, of_choices & (1 << choice_bits) - 1
    starts = np.searchsorted(posting, np.arange(len(facets.postings) + 1))
    return Members(tuple(choices), asks.skills, posting, choice, skill, starts.tolist())


def read_mixed(facets: Facets) -> frozenset[str]:
    """Read which choices have a degree among their members."""
    rows = facets.store.column(queries.in_graphs(queries.MIXED, "?choice"))
    in_words = _in_words(facets, terms.DEGREE_REQUIREMENT)
    return frozenset({*(choice for _, choice in rows), *(choice for _, choice, _ in in_words)})


def read_required(facets: Facets) -> frozenset[str]:
    """Read which choices are required."""
    import numpy as np

    query = queries.in_graphs(queries.CHOICES, "?choice ?minimum ?necessity")
    answer = facets.store.coded(query)
    is_required = numbers_of(answer, 3, {terms.REQUIRED: 1}) > 0
    choices = distinct(np.frombuffer(answer.columns[1], np.int32)[is_required])
    return frozenset(texts_at(answer.texts[1], choices))


def _in_words(facets: Facets, kind: str) -> Iterator[tuple[int, str, str]]:
    """Yield posting, choice and member of what no concept covers."""
    columns = "?requirement ?label ?necessity ?class"
    rows = list(facets.store.column(queries.in_graphs(queries.IN_WORDS, columns)))
    chosen = chosen_in_words(facets) if rows else {}
    for graph, requirement, label, _, found in rows:
        if found == kind and requirement in chosen and graph in facets.number_of_graph:
            key = in_words_key("skill", label)
            yield facets.number_of_graph[graph], chosen[requirement], key
