"""Rows that named questions answered, kept with the snapshot: asked again, they are looked up.

A snapshot never changes, so neither do its answers, and whatever changes the store ends in another
snapshot, which begins without any. An answer is a file in a folder inside the snapshot's own, named
by the hash of its query; processes may write the same one at once. What is kept holds nothing that
the store does not and may be deleted at any time; where none can be written, the store is asked
each time. Nothing is kept of a store that is open for writing, in memory or behind an endpoint.
"""

from __future__ import annotations

import os
from array import array
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph as ox

from kg.coded import Coded, read, write
from kg.columned import UNREAD, Columned, said_of
from kg.rows import Rows
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.columned import Said
    from kg.rows import Queryable, Term

FOLDER: Final = "rows"
"""The folder in a snapshot for rows that questions answered."""
FORM: Final = 1
"""Raised whenever the same query would have other rows, or they would be written otherwise."""
SLOW: Final = 0.02
"""Seconds from which on an answer is kept: what is found sooner is found again as soon."""
LARGEST: Final = 128_000_000
"""Bytes of all that is kept with a snapshot; what was not asked for longest goes first."""
MOST: Final = 2000
"""Answers that are kept with a snapshot."""
KIND: Final = "\1"
"""What stands between what a term says and its kind."""


class KeptRows:
    """The rows that are kept with one snapshot."""

    def __init__(self, snapshot: Path) -> None:
        self._folder = snapshot / FOLDER

    @classmethod
    def of(cls, store: Queryable) -> Self | None:
        """Return what is kept of a store that is open for reading; None where nothing can be."""
        if not isinstance(store, Store) or store.is_closed or store.view is None:
            return None
        return cls(store.view.snapshot.path)

    def find(self, query: str, columns: Sequence[str]) -> Rows | None:
        """Return the rows of a query with these columns; None where they are not kept.

        A file that is not as it was written is told, taken away and counts as none.
        """
        file = self._file(query)
        try:
            found = read(file)
            with suppress(OSError):
                os.utime(file)
            return _rows(found, columns)
        except OSError:  # it is not there, or not for us
            return None
        except (ValueError, KeyError) as error:
            _tell(file, error)
            return None

    def has(self, query: str) -> bool:
        """Say whether the rows of a query are kept."""
        return self._file(query).exists()

    def keep(self, query: str, rows: Rows, seconds: float) -> None:
        """Keep the rows of a query, if it took so many seconds that it pays."""
        answer = _coded(rows) if seconds >= SLOW else None
        if answer is None or sum(map(len, answer.columns)) > LARGEST // 16:
            return
        with suppress(OSError):
            write(self._file(query), answer)
            self._make_room()

    def _file(self, query: str) -> Path:
        asked = f"{FORM} {ox.__version__}\n{query}"
        return self._folder / sha256(asked.encode()).hexdigest()[:20]

    def _make_room(self) -> None:
        """Take away what was not asked for longest, until the rest is small enough."""
        found = [(one.stat(), one) for one in self._folder.iterdir()]
        size, many = sum(stat.st_size for stat, _ in found), len(found)
        for stat, file in sorted(found, key=lambda one: one[0].st_mtime_ns):
            if size <= LARGEST and many <= MOST:
                break
            file.unlink(missing_ok=True)
            size, many = size - stat.st_size, many - 1


def _coded(rows: Rows) -> Coded | None:
    """Return rows as columns of texts; None where a term has no text of its own."""
    if rows.kind != "select" or not rows.columns:
        return None
    said, places = _by_column(rows)
    if any(kind in UNREAD or KIND in text for column in said for text, kind in column):
        return None
    texts = [list(map(KIND.join, column)) for column in said]
    return Coded(texts, [array("i", column) for column in places])


def _by_column(rows: Rows) -> tuple[Sequence[Sequence[Said]], Sequence[Sequence[int]]]:
    """Return the different terms of each column, and for each row the place there."""
    if isinstance(rows.terms, Columned):
        return rows.terms.said, rows.terms.places
    said, places = [], []
    for column in zip(*rows.terms, strict=True) if len(rows) else ((),) * len(rows.columns):
        known: dict[Term | None, int] = {}
        places.append([known.setdefault(term, len(known)) for term in column])
        said.append(list(map(said_of, known)))
    return said, places


def _rows(answer: Coded, columns: Sequence[str]) -> Rows:
    """Return what `_coded` was made from."""
    said = [list(map(_said, texts)) for texts in answer.texts]
    found = Columned(said, answer.columns)
    return Rows(tuple(columns), found.rows(), found)


def _said(text: str) -> Said:
    said, _, kind = text.partition(KIND)
    return said, kind


def _tell(file: Path, error: Exception) -> None:
    """Tell that a kept answer cannot be read, and take it away."""
    import logging  # seldom needed

    logging.getLogger(__name__).warning("%s: a kept answer is asked for anew: %s", file, error)
    with suppress(OSError):
        file.unlink()
