"""A doubt about a posting, and what checks look at in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.graphs import Relation, targets
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from kg.analysis.support import Json

COLUMNS: Final = (
    "check", "posting", "title", "employer", "source", "message", "words", "peers",
)  # fmt: skip
"""The columns of `Doubt.to_row`."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a posting that does not fit. `peers` counts what it was held against."""

    check: str
    posting: str
    title: str | None
    employer: str | None
    source: str | None
    message: str
    words: tuple[str, ...]
    peers: int | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the doubt."""
        return {
            "check": self.check,
            "posting": self.posting,
            "title": self.title,
            "employer": self.employer,
            "source": self.source,
            "message": self.message,
            "words": list(self.words),
            "peers": self.peers,
        }

    def to_row(self) -> dict[str, object]:
        """Return the doubt as one flat row."""
        return {**self.to_json(), "words": "; ".join(self.words)}


def doubt_of(
    graph: nx.MultiDiGraph,
    check: str,
    posting: str,
    message: str,
    words: Iterable[str],
    peers: int | None = None,
) -> Doubt:
    """Return a doubt about a posting, with what people know the posting by."""
    data = graph.nodes[posting]
    employer = label_of(graph, posting, Relation.AT_EMPLOYER)
    said = tuple(dict.fromkeys(words))
    return Doubt(
        check, data["identifier"], data["title"], employer, data["source"], message, said, peers
    )


def label_of(graph: nx.MultiDiGraph, posting: str, relation: Relation) -> str | None:
    """Return the label of what a posting is tied to by `relation`."""
    found = targets(graph, posting, relation)
    return graph.nodes[found[0]]["label"] if found else None


def rank_of(graph: nx.MultiDiGraph, posting: str) -> int | None:
    """Return the rank of a posting's level."""
    found = targets(graph, posting, Relation.HAS_LEVEL)
    rank = graph.nodes[found[0]]["rank"] if found else None
    return None if rank is None else int(rank)


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree that a posting asks for, with its words."""

    rank: int
    label: str
    words: tuple[str, ...]


def least_degree(graph: nx.MultiDiGraph, posting: str) -> Degree | None:
    """Return the lowest degree that will do; None where none is required, or experience may do."""
    found = []
    for _, node, data in graph.out_edges(posting, data=True):
        if data["relation"] != Relation.ASKS_DEGREE or data["necessity"] != Necessity.REQUIRED:
            continue
        rank = graph.nodes[node]["rank"]
        if rank is None or data["equivalent_experience"]:
            return None
        words = tuple(one.text for one in data["evidence"])
        found.append(Degree(int(rank), str(graph.nodes[node]["label"]), words))
    return min(found, key=lambda one: (one.rank, one.label), default=None)


def annual_of(graph: nx.MultiDiGraph, posting: str) -> tuple[str, float] | None:
    """Return the currency and the middle of the annual range."""
    pay = graph.nodes[posting]["pay"]
    if pay is None or pay.currency is None:
        return None
    ends = [float(end) for end in (pay.annual_low, pay.annual_high) if end is not None]
    return (pay.currency, sum(ends) / len(ends)) if ends else None


def pay_words(graph: nx.MultiDiGraph, posting: str) -> list[str]:
    """Return the words that state a posting's pay."""
    return [one.text for one in graph.nodes[posting]["pay"].evidence]
