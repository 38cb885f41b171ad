"""Which of the postings that were just stored fit a candidate: asked of them alone, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.fitting import fit
from kg.analysis.holdings import Holdings
from kg.corpus import Corpus
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox

    from kg.alerts.profile import Seeker
    from kg.analysis.fitting import Fit

AT_ONCE: Final = 100
"""Postings that are looked at together: what is known of them takes some 20 MB."""


class Judge:
    """Holds postings against a profile. Each batch is a small store of its own, beside our words.

    So the time it takes does not grow with the store.
    """

    def __init__(self, store: Store, seeker: Seeker) -> None:
        self._seeker = seeker
        self._small = Store.in_memory(base=store.base)
        self._small.add_in_bulk(store.quads(store.graph_iri("vocabulary")))

    def judge(self, graphs: Mapping[str, Iterable[ox.Quad]]) -> dict[str, Fit]:
        """Return what fits, by posting; `graphs` are those of the postings, by their ids."""
        self._small.apply(add=[quad for quads in graphs.values() for quad in quads])
        try:
            corpus = Corpus(self._small)
            holdings = Holdings(corpus, self._seeker.profile)
            found = {
                corpus.identifier(posting): fit(corpus, posting, holdings, self._seeker.wishes)
                for posting in corpus.postings
            }
        finally:
            self._small.apply(drop=[self._small.graph_iri(name) for name in graphs])
        return {name: one for name, one in sorted(found.items()) if one is not None}
