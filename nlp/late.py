"""An extractor that is made when there is a text to read: who finds none has not waited for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from nlp.digest import rules_digest
from ontology.vocabulary import files_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nlp.extract import Extractor
    from nlp.types import Facts, Posting


class LateExtractor:
    """What a build needs of an extractor, without spaCy and the vocabulary until they are needed.

    Both take some three seconds; an unchanged folder needs neither. `vocabulary` are the user's own
    files, which are read at once, so that what is wrong with them is said before anything is done.
    Raises `ValueError` as `ontology.load` does.
    """

    def __init__(self, vocabulary: Sequence[Path] = ()) -> None:
        self._files = tuple(vocabulary)
        if self._files:
            from ontology import load

            load(self._files)
        self.vocabulary_digest = files_digest(self._files)

    @property
    def rules_digest(self) -> str:
        """SHA-256 of the rules, code and tables."""
        return rules_digest()

    def is_name(self, word: str) -> bool:
        """Tell whether a word alone is the name of a tool."""
        return self.extractor.is_name(word)

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        """Yield the facts of each posting, in order."""
        return self.extractor.pipe(postings)

    @cached_property
    def extractor(self) -> Extractor:
        """The extractor itself. Raises `ValueError` where the vocabulary's files have changed."""
        from nlp.extract import extractor_of
        from ontology import load

        made = extractor_of(load(self._files))
        if made.vocabulary_digest != self.vocabulary_digest:
            raise ValueError("the vocabulary was changed meanwhile; give the command again")
        return made
