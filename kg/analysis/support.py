"""How many postings and employers of each side say something, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.analysis.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.groups import Group
    from kg.analysis.quotes import Quote
    from kg.analysis.tally import Said
    from kg.corpus import Corpus
    from kg.corpus.paying import Employing

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
SideName: TypeAlias = Literal["a", "both", "b"]


@dataclass(frozen=True, slots=True)
class Support:
    """How many postings of each side say something, of how many, in which words.

    `employers_a` and `employers_b` count the employers of those postings; one that names none
    counts as one.
    """

    a: int
    b: int
    size_a: int
    size_b: int
    employers_a: int
    employers_b: int
    evidence: Sequence[Quote]

    @property
    def side(self) -> SideName:
        """Where it is said: on one side or on both."""
        if self.a and self.b:
            return "both"
        return "a" if self.a else "b"

    @property
    def share_a(self) -> float | None:
        """The share of a's postings; None when a has none."""
        return self.a / self.size_a if self.size_a else None

    @property
    def share_b(self) -> float | None:
        """The share of b's postings; None when b has none."""
        return self.b / self.size_b if self.size_b else None

    @property
    def interval_a(self) -> tuple[float, float] | None:
        """The 95% interval of a's share, by `kg.analysis.shares.wilson`."""
        return wilson(self.a, self.size_a)

    @property
    def interval_b(self) -> tuple[float, float] | None:
        """The 95% interval of b's share."""
        return wilson(self.b, self.size_b)

    def to_json(self) -> dict[str, Json]:
        """Return side, counts, shares with their intervals, and evidence."""
        return {
            **self.to_cells(),
            "share_interval_a": ends_json(self.interval_a),
            "share_interval_b": ends_json(self.interval_b),
            "evidence": quotes(self.evidence),
        }

    def to_cells(self) -> dict[str, str | int | float | None]:
        """Return side, counts and shares."""
        return {
            "side": self.side,
            "support_a": self.a,
            "support_b": self.b,
            "employers_a": self.employers_a,
            "employers_b": self.employers_b,
            "share_a": self.share_a,
            "share_b": self.share_b,
        }


def ends_json(interval: tuple[float, float] | None) -> Json:
    """Return an interval as a list."""
    return None if interval is None else list(interval)


def quotes(evidence: Sequence[Quote]) -> list[Json]:
    """Return quotes as JSON objects."""
    return [{"posting": quote.posting, "text": quote.text} for quote in evidence]


def employer_of(corpus: Employing, posting: str) -> str:
    """Return the employer of a posting; the posting itself where it names none."""
    return corpus.employer(posting) or posting


def employers_of(corpus: Corpus, postings: Sequence[str]) -> NDArray[np.intp]:
    """Return the employers of postings as numbers from 0, in the order in which they come."""
    import numpy as np

    known = corpus.facets.employers
    pairs = zip(postings, corpus.numbers(postings), strict=True)
    names = [known[number] or posting for posting, number in pairs]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.fromiter(map(numbers.__getitem__, names), np.intp, len(names))


def support_of(a: Group, b: Group, said: Said) -> Support:
    """Count what was said by postings of `a` and `b`."""
    employers_a, employers_b = said.employers
    return Support(
        a=said.count_a,
        b=said.count_b,
        size_a=len(a.postings),
        size_b=len(b.postings),
        employers_a=employers_a,
        employers_b=employers_b,
        evidence=said.words,
    )
