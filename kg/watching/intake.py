"""The intake: batch after batch into one store, each by the build's own path."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.build import BATCH, build
from kg.build_report import BuildReport
from kg.ingested import Ingested
from kg.open_quarantine import OpenQuarantine
from kg.publishing import Publisher
from kg.store_folder import QUARANTINE
from kg.validate import check_plainly
from kg.watching.forgetting import forget_files
from nlp.late import LateExtractor
from nlp.readers.raw import AS_IT_IS, silent
from ontology.vocabulary import stored_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.inputs import Found
    from kg.making import ExtractorLike, Made
    from kg.store import Store
    from nlp.readers import ReadingOptions

SEEN: Final = 1.0
"""Seconds between two snapshots for readers at the least, while a store is watched over."""
SAID: Final = 1000
"""Things that were said and are not said again: each line of a stream is guessed for itself."""


class Intake:
    """A store that is open for writing, and what is needed to take postings into it.

    `stored` is given the graphs of what was stored, after each transaction. Readers see what came
    when a snapshot is due, and all of it when `publish` was called. `tell` is told a thing once.
    Who is done with it closes it.
    """

    def __init__(
        self,
        store: Store,
        *,
        vocabulary: Sequence[Path] = (),
        extractor: ExtractorLike | None = None,
        vocabulary_files: Sequence[Path] | None = None,
        options: ReadingOptions = AS_IT_IS,
        tell: Callable[[str], None] = silent,
        stored: Callable[[Sequence[Made]], None] | None = None,
    ) -> None:
        self.store = store
        self.options = options
        self.tell = lru_cache(SAID)(tell)
        self.stored = stored
        self._extractor = extractor or LateExtractor(vocabulary)
        known = stored_files(vocabulary)
        self._known = known if vocabulary_files is None else vocabulary_files
        self._publisher = Publisher(store, least=SEEN)
        self._quarantine: OpenQuarantine | None = None

    def prepare(self) -> None:
        """Make the extractor, so that what comes first need not wait for it."""
        if isinstance(self._extractor, LateExtractor):
            self._extractor.extractor  # noqa: B018 # it is made when it is first asked for

    def take(
        self,
        sources: Sequence[Found],
        *,
        gone: Sequence[str] = (),
        again: Callable[[frozenset[str]], Sequence[Found]] | None = None,
        size: int = BATCH,
        progress: Callable[[int], None] | None = None,
        watch: Callable[[int, int], None] | None = None,
    ) -> BuildReport:
        """Take files or records in, after those that are `gone` (by absolute path) were taken away.

        `again` gives the sources of files that are to be read once more, since what they state bore
        the name of one that is gone.
        """
        began = time.perf_counter()
        forgotten = forget_files(self.store, gone)
        more = again(forgotten.again) if again and forgotten.again else ()
        if not sources and not more:
            report = BuildReport()
        else:
            report = build(
                self.store,
                [*sources, *(one for one in more if one not in sources)],
                self._extractor,
                vocabulary_files=self._known,
                check=check_plainly,
                batch=size,
                progress=progress,
                watch=watch,
                options=self.options,
                tell=self.tell,
                quarantine=self._opened(),
                publisher=self._publisher,
                stored=self.stored,
            )
        removed = report.removed + forgotten.removed
        return replace(report, removed=removed, seconds=time.perf_counter() - began)

    def publish_when_due(self) -> None:
        """Let readers see what came, if it is time."""
        if self.store.is_behind:
            self._publisher.publish_when_due()

    def publish(self) -> None:
        """Let readers see all that came."""
        if self.store.is_behind:
            self._publisher.publish()

    def close(self) -> None:
        """Let readers see all that came, and leave the quarantine in order."""
        kept, self._quarantine = self._quarantine, None
        try:
            if kept is not None:
                kept.close(Ingested(self.store).is_outdated)
        finally:
            self.publish()

    def _opened(self) -> OpenQuarantine | None:
        """Return the quarantine, which is opened at the first batch: reading it takes its time."""
        if self._quarantine is None and self.store.folder:
            path = self.store.folder / QUARANTINE
            self._quarantine = OpenQuarantine(path, keep_contacts=self.options.keep_contacts)
        return self._quarantine
