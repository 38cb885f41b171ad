"""All postings that groups are taken from, and how many say something: where tests start from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.analysis.broader import share_requiring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from kg.necessities import Asked


class Everyone:
    """The postings of a corpus, of copies one unless `copies` is "all"; each count is made once.

    Several comparisons on one corpus share it, as the steps of a ladder do.
    """

    def __init__(self, corpus: Corpus, copies: Copies = "one") -> None:
        self._corpus = corpus
        self.copies = copies

    def __len__(self) -> int:
        return len(self.postings)

    @cached_property
    def postings(self) -> tuple[str, ...]:
        """The postings that are counted."""
        return self._corpus.jobs if self.copies == "one" else self._corpus.postings

    @cached_property
    def _numbers(self) -> list[int]:
        return self._corpus.numbers(self.postings)

    @cached_property
    def asking(self) -> Mapping[tuple[str, Asked], int]:
        """How many ask for each skill in each way."""
        return self._corpus.asks.counts(self._numbers)

    @cached_property
    def requiring(self) -> Mapping[str, float]:
        """The share that requires something of each broader concept."""
        return share_requiring(self._corpus, self.postings)

    @cached_property
    def degrees(self) -> Mapping[tuple[str, Asked], int]:
        """How many ask for each degree in each way."""
        return self._corpus.degree_asks.counts(self._numbers)

    @cached_property
    def working(self) -> Mapping[str, int]:
        """How many state each work mode."""
        return self._corpus.facets.modes.counts(self._numbers)

    @cached_property
    def stating(self) -> Mapping[str, int]:
        """How many state each duty as a verb."""
        return self._corpus.facets.duties.counts(self._numbers)
