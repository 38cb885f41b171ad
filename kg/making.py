"""Postings to graphs, batch by batch: in this process, or in others beside it (`kg.workers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from kg.copies.sought import Sought
from kg.corpus.rows import packed, posting_rows
from kg.quads import posting_graph
from nlp.garbage import collector_waits

if TYPE_CHECKING:
    from kg.iris import Iris
    from kg.validate import Violation
    from nlp.types import Facts, Posting

Check: TypeAlias = Callable[[Sequence[ox.Quad]], Sequence["Violation"]]
"""Says what is wrong with a posting's graph, as `kg.validate.validate` does."""


class ExtractorLike(Protocol):
    """What a build needs of an extractor; `nlp.extract.Extractor` has it."""

    @property
    def vocabulary_digest(self) -> str:
        """The hash of the vocabulary whose concepts the facts name."""
        ...

    @property
    def rules_digest(self) -> str:
        """The hash of its rules: with other rules, everything is extracted anew."""
        ...

    def is_name(self, word: str) -> bool:
        """Tell whether a word is the name of a tool."""
        ...

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        """Yield the facts of each posting, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """The graph of a posting, or the reason why it has none."""

    posting_id: str
    quads: Sequence[ox.Quad] = ()
    """As a build makes them a `WrittenGraph`, which is loaded as it is."""
    refused: str | None = None
    sought: Sought | None = None
    rows: bytes | None = None
    """What it adds to the columns of a new store, packed (`kg.corpus.rows`)."""


class Maker(Protocol):
    """Makes graphs of parts of batches, some of them `ahead` of the batch that is stored."""

    @property
    def ahead(self) -> int:
        """How many parts can wait for their turn."""
        ...

    def submit(self, postings: Sequence[Posting]) -> Callable[[], Sequence[Made]]:
        """Take a part; what is returned waits for its graphs, in the part's order."""
        ...

    def close(self) -> None:
        """Let go of everything, done or not."""
        ...


@dataclass(frozen=True, slots=True)
class OwnMaker:
    """Makes the graphs in this process, as soon as a part has gathered.

    Its texts were read just now: what the readers found in them is still known (`nlp.anchors`).
    """

    extractor: ExtractorLike
    iris: Iris
    run: ox.NamedNode
    check: Check | None
    with_rows: bool = False
    ahead: int = 0

    def submit(self, postings: Sequence[Posting]) -> Callable[[], Sequence[Made]]:
        """Take a part, and make its graphs."""
        made_of = self.extractor, postings, self.iris, self.run, self.check
        made = make_graphs(*made_of, seek=True, with_rows=self.with_rows)
        return lambda: made

    def close(self) -> None:
        """Do nothing: nothing is held."""


def make_graphs(
    extractor: ExtractorLike,
    postings: Sequence[Posting],
    iris: Iris,
    run: ox.NamedNode,
    check: Check | None,
    *,
    seek: bool = False,
    with_rows: bool = False,
) -> list[Made]:
    """Return the graphs of postings, in order; with `seek`, also what they are sought by.

    `with_rows` has them with what they add to the columns of the store.

    A posting on which a rule fails, or whose graph fails its checks, has none: the others have
    theirs all the same.
    """
    if not postings:
        return []  # an extractor that is not needed is not made (`nlp.late`)
    try:
        with collector_waits():
            return [
                _made(facts, iris, run, check, seek=seek, with_rows=with_rows)
                for facts in extractor.pipe(postings)
            ]
    except Exception as error:
        if len(postings) == 1:
            return [Made(postings[0].id, refused=failure(error))]
        return [
            made
            for posting in postings
            for made in make_graphs(
                extractor, [posting], iris, run, check, seek=seek, with_rows=with_rows
            )
        ]


def failure(error: Exception) -> str:
    """Return the reason that stands for a fault of the program itself."""
    said = " ".join(str(error).split())
    return f"extraction failed: {type(error).__name__}{f' ({said})' if said else ''}"


def _made(
    facts: Facts,
    iris: Iris,
    run: ox.NamedNode,
    check: Check | None,
    *,
    seek: bool,
    with_rows: bool,
) -> Made:
    quads = posting_graph(facts, iris, run)
    faults = check(quads) if check else ()
    if faults:
        fault = faults[0]
        reason = f"its graph breaks {fault.shape}: {fault.node}: {fault.remedy}"
        return Made(facts.posting.id, refused=reason)
    sought = Sought.of(facts, iris, quads.values) if seek and quads.values else None
    rows = packed(posting_rows(quads.values)) if with_rows and quads.values else None
    quads.values = None  # a batch waits with its lines alone
    return Made(facts.posting.id, quads, sought=sought, rows=rows)
