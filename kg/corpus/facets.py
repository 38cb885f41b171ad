"""Who a posting is: its names, role, level, employer, places, date; one column a property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, overload

from kg.corpus import queries
from kg.corpus.keeping import Numbers, distinct, numbers_of, ranked
from kg.corpus.vocabulary import Vocabulary
from ontology import terms
from ontology.terms import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from kg.corpus.source import Source


NODE: Final = 32
POSTING: Final = (1 << NODE) - 1
"""In the keys of names a node's place stands above a posting's number, which has `NODE` bits."""


@dataclass(frozen=True, slots=True)
class _Named:
    """Which node is called what in which posting's graph, sorted by node and posting.

    `keys` are places in `nodes` with numbers of postings, `name` places in `names`, which are in
    order.
    """

    nodes: Sequence[str]
    names: list[str]
    keys: NDArray[np.int64]
    name: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Values(Sequence[tuple[str, ...]]):
    """All values of a property of each posting, sorted; each posting's made when it is looked at.

    `value` has places in `texts`, which are in order; a posting's begin where `starts` says.
    """

    texts: list[str]
    value: NDArray[np.int64]
    starts: list[int]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, number: int) -> tuple[str, ...]: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[tuple[str, ...], ...]: ...

    def __getitem__(self, number: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(number, slice):
            return tuple(map(self.__getitem__, range(*number.indices(len(self)))))
        one = range(len(self))[number]
        start, end = self.starts[one], self.starts[one + 1]
        if start == end:
            return ()
        return tuple(map(self.texts.__getitem__, self.value[start:end].tolist()))

    def counts(self, numbers: Sequence[int]) -> dict[str, int]:
        """Return how many of some postings have each value, of those that some have."""
        import numpy as np

        is_wanted = np.zeros(len(self), bool)
        is_wanted[list(numbers)] = True
        wanted = np.repeat(is_wanted, np.diff(self.starts))
        found = np.bincount(self.value[wanted], minlength=len(self.texts)).tolist()
        return {text: count for text, count in zip(self.texts, found, strict=True) if count}


class Facets:
    """The columns of the postings in a store, each read when it is first asked for.

    A posting's number is its place in `postings`, which are sorted by IRI.
    """

    def __init__(self, store: Source) -> None:
        self.store = store
        self.vocabulary = Vocabulary(store)

    @cached_property
    def _graphs(self) -> Mapping[str, str]:
        """The posting of each graph, sorted by posting."""
        import numpy as np

        answer = self.store.coded(queries.in_graphs(queries.POSTINGS, "?posting"))
        (graphs, graph), (postings, posting) = map(ranked, answer.texts)
        of_graph, of_posting = (np.frombuffer(column, np.int32) for column in answer.columns)
        keys = np.sort(posting[of_posting] << NODE | graph[of_graph])
        stated = map(postings.__getitem__, (keys >> NODE).tolist())
        return dict(zip(map(graphs.__getitem__, (keys & POSTING).tolist()), stated, strict=True))

    @cached_property
    def postings(self) -> tuple[str, ...]:
        """The IRIs of all postings, sorted."""
        return tuple(dict.fromkeys(self._graphs.values()))

    @cached_property
    def number(self) -> Numbers:
        """The number of each posting."""
        return Numbers({posting: number for number, posting in enumerate(self.postings)})

    @cached_property
    def number_of_graph(self) -> Numbers:
        """The number of the posting that a graph is of."""
        if len(self._graphs) == len(self.postings):
            return Numbers({graph: number for number, graph in enumerate(self._graphs)})
        number = self.number
        return Numbers({graph: number[posting] for graph, posting in self._graphs.items()})

    @cached_property
    def graph(self) -> tuple[str, ...]:
        """The graph of each posting."""
        if len(self._graphs) == len(self.postings):
            return tuple(self._graphs)
        graphs = {posting: graph for graph, posting in self._graphs.items()}
        return tuple(graphs[posting] for posting in self.postings)

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Which posting stands for a copy."""
        return {copy: of for _, copy, of in self.store.column(queries.COPIES)}

    @cached_property
    def identifiers(self) -> tuple[str, ...]:
        """What the postings are called: the ends of their IRIs."""
        return tuple(one or "" for one in self._column(SCHEMA + "identifier"))

    @cached_property
    def titles(self) -> tuple[str | None, ...]:
        """The titles, as stated."""
        return self._column(SCHEMA + "title")

    @cached_property
    def dates(self) -> tuple[str | None, ...]:
        """The dates, as stated."""
        return self._column(SCHEMA + "datePosted")

    @cached_property
    def roles(self) -> tuple[str | None, ...]:
        """The roles' IRIs."""
        return self._column(terms.ROLE)

    @cached_property
    def levels(self) -> tuple[str | None, ...]:
        """The levels' IRIs."""
        return self._column(terms.LEVEL)

    @cached_property
    def employers(self) -> tuple[str | None, ...]:
        """The employers' IRIs."""
        return self._column(SCHEMA + "hiringOrganization")

    @cached_property
    def places(self) -> Values:
        """The places' IRIs, sorted."""
        return self._each(SCHEMA + "jobLocation")

    @cached_property
    def duties(self) -> Values:
        """The IRIs of the duties that the postings state, sorted."""
        return self._each(terms.DUTY)

    @cached_property
    def modes(self) -> Values:
        """The work modes that the postings state, sorted: "hybrid", "onsite", "remote"."""
        return self._each(terms.WORK_MODE)

    @cached_property
    def sources(self) -> tuple[str | None, ...]:
        """The names of the files that the postings come from; of several the first in order."""
        import numpy as np

        answer = self.store.coded(queries.in_graphs(queries.SOURCES, "?document"))
        known = self._named
        place = {node: number for number, node in enumerate(known.nodes)}
        posting = numbers_of(answer, 0, self.number_of_graph)
        document = numbers_of(answer, 1, place)
        stated = (posting >= 0) & (document >= 0)
        wanted = document[stated] << NODE | posting[stated]
        at = np.searchsorted(known.keys, wanted)
        found = np.append(known.keys, -1)[at] == wanted
        return self._first(known.names, wanted[found] & POSTING, known.name[at[found]])

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What employers and places are called; where postings differ, by the last of them."""
        known = self._named
        node = known.keys >> NODE
        last = _ends(node)
        pairs = zip(node[last].tolist(), known.name[last].tolist(), strict=True)
        return {known.nodes[one]: known.names[name] for one, name in pairs}

    def column(self, term: str) -> tuple[str | None, ...]:
        """Return any other property of each posting; of several values the first in order."""
        return self._column(term)

    @cached_property
    def _named(self) -> _Named:
        """The names in each posting's graph; of several the last in order.

        What stands in other graphs, as that of what was inferred, is no posting's word.
        """
        import numpy as np

        answer = self.store.coded(queries.in_graphs(queries.NAMES, "?node ?name"))
        posting = numbers_of(answer, 0, self.number_of_graph)
        node, name = (np.frombuffer(answer.columns[one], np.int32) for one in (1, 2))
        names, rank = ranked(answer.texts[2])
        stated = posting >= 0
        keys = node[stated].astype(np.int64) << NODE | posting[stated]
        ranks = rank[name[stated]]
        order = np.lexsort((ranks, keys))
        keys, ranks = keys[order], ranks[order]
        last = _ends(keys)
        return _Named(answer.texts[1], names, keys[last], ranks[last])

    def _each(self, term: str) -> Values:
        """Return all values of a property of each posting, sorted."""
        import numpy as np

        texts, numbers, values = self._stated(term)
        ordered, rank = ranked(texts)
        keys = distinct(numbers << NODE | rank[values])
        starts = np.searchsorted(keys >> NODE, np.arange(len(self.postings) + 1)).tolist()
        return Values(ordered, keys & POSTING, starts)

    def _column(self, term: str) -> tuple[str | None, ...]:
        """Return a property of each posting; of several values the first in order."""
        texts, numbers, values = self._stated(term)
        ordered, rank = ranked(texts)
        return self._first(ordered, numbers, rank[values])

    def _first(
        self, ordered: list[str], numbers: NDArray[np.int64], ranks: NDArray[np.int64]
    ) -> tuple[str | None, ...]:
        """Return the first text in order of those that each posting has."""
        import numpy as np

        least = np.full(len(self.postings), len(ordered))
        np.minimum.at(least, numbers, ranks)
        return tuple(map([*ordered, None].__getitem__, least.tolist()))

    def _stated(self, term: str) -> tuple[Sequence[str], NDArray[np.int64], NDArray[np.int64]]:
        """Return what postings state of themselves: the texts, and for each statement two numbers.

        These are the posting's, and the place of the value among the texts.
        """
        import numpy as np

        query = queries.in_graphs(queries.values_of(term), "?subject ?value")
        answer = self.store.coded(query)
        of_graph = numbers_of(answer, 0, self.number_of_graph)
        kept = (of_graph >= 0) & (of_graph == numbers_of(answer, 1, self.number))
        values = np.frombuffer(answer.columns[2], np.int32).astype(np.int64)
        return answer.texts[2], of_graph[kept], values[kept]


def _ends(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of sorted values are the last of their kind."""
    import numpy as np

    found: NDArray[np.bool_] = np.append(values[1:] != values[:-1], True)[: len(values)]
    return found


def by_value(column: tuple[str | None, ...]) -> dict[str, list[int]]:
    """Return the numbers of the postings that have each value of a column."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, value in enumerate(column):
        if value is not None:
            found[value].append(number)
    return found
