"""Exact words of postings, read when somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.corpus.paying import Quotable
    from nlp.types import Evidence

FIRST: Final = 4
"""Postings whose words are read for the first quote; each further step reads twice as many."""
NOTHING: Final[list[Quote]] = []
"""What of quotes is known before anybody looks; nothing is ever put into it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words and the identifier of the posting they stand in.

    `start` is where they begin in its stored text, in code points; None where nobody knows.
    """

    posting: str
    text: str
    start: int | None = None


class Quotes(Sequence[Quote]):
    """The quotes of some postings, in their order.

    They are read from the store when they are looked at, and only as far as they are: of a hundred
    rows with a thousand postings each most are never shown. Equal to a tuple of the same quotes.
    Which postings may be told by a function, which is asked as late. `read` reads their words
    beforehand, at once; it reads all that is in these postings unless it is told otherwise.
    """

    __slots__ = ("_corpus", "_known", "_postings", "_read_words", "_step", "_unread", "_words")

    def __init__(
        self,
        corpus: Quotable,
        postings: Iterable[str] | Callable[[], Iterable[str]],
        words: Callable[[str], Iterable[Evidence]],
        read: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        self._corpus = corpus
        self._postings = postings
        self._words = words
        self._read_words = read
        self._known: list[Quote] = NOTHING  # of most nothing is ever read
        self._unread: list[str] | None = None
        self._step = FIRST

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Quote, ...]: ...

    def __getitem__(self, index: int | slice) -> Quote | tuple[Quote, ...]:
        if index == -1 and self._left and (last := self._of(self._left[:1])):
            return last[-1]
        end = index.stop if isinstance(index, slice) else index + 1
        while self._left and (end is None or end <= 0 or len(self._known) < end):
            self._read()
        return tuple(self._known[index]) if isinstance(index, slice) else self._known[index]

    def __len__(self) -> int:
        return len(self[:])

    def __bool__(self) -> bool:
        return bool(self[:1])

    def __eq__(self, other: object) -> bool:
        return self[:] == tuple(other) if isinstance(other, Quotes | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self[:])

    def __repr__(self) -> str:
        return repr(self[:])

    @property
    def _left(self) -> list[str]:
        """The postings whose words were not read, the last first."""
        if self._unread is None:
            self._unread = list(self._all())[::-1]
        return self._unread

    def _all(self) -> Iterable[str]:
        """Return the postings in their order."""
        return self._postings() if callable(self._postings) else self._postings

    def _said_in(self, posting: str) -> Iterable[Evidence]:
        """Return the words of a posting."""
        return self._words(posting)

    def _read(self) -> None:
        part = [self._left.pop() for _ in range(min(self._step, len(self._left)))]
        self._step *= 2
        self._known = self._known + self._of(part)

    def _of(self, postings: Sequence[str]) -> list[Quote]:
        (self._read_words or self._corpus.read_words)(postings)
        return [
            Quote(self._corpus.identifier(posting), one.text, one.start)
            for posting in postings
            for one in self._said_in(posting)
        ]


class FirstWords(Sequence[str]):
    """The first few different texts of many, taken when they are looked at, and no more than that.

    Equal to a tuple of the same texts.
    """

    def __init__(self, said: Iterable[str], most: int) -> None:
        self._said, self._most = said, most

    @cached_property
    def _taken(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for one in self._said:
            found[one] = None
            if len(found) == self._most:
                break
        return tuple(found)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...

    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return self._taken[index]

    def __len__(self) -> int:
        return len(self._taken)

    def __eq__(self, other: object) -> bool:
        return self[:] == tuple(other) if isinstance(other, FirstWords | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self[:])

    def __repr__(self) -> str:
        return repr(self[:])


def texts(words: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the words themselves."""
    return tuple(one.text for one in words)
