"""The words behind what a graph page draws: facts, headings and quotes, as data for its panel."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict

from kg.graph_model import ASKING, Kind, Relation
from kg.label_order import in_label_order
from kg.neighbours import nodes_of, postings_of, targets
from kg.views.page_nodes import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from kg.graph_model import Said
    from kg.views.page_nodes import Drawn, Picture, Tie

Quote: TypeAlias = list[str | int]
"""Words, the place of their posting in the page's list, and the section they stand in."""

MOST_QUOTES: Final = 20
"""Quotes under one heading; a skill that thousands of postings ask for would swell the page."""

VERBS: Final = {
    Relation.REQUIRES: "required",
    Relation.ACCEPTS: "one of several",
    Relation.PREFERS: "preferred",
    Relation.MENTIONS: "mentioned",
}


class Block(TypedDict):
    """A heading, quotes below it, and how many quotes more there are."""

    heading: str
    quotes: list[Quote]
    more: int


class Words:
    """Turns the words of a graph's postings into data for the page's panel."""

    def __init__(self, graph: nx.MultiDiGraph, picture: Picture) -> None:
        self.graph = graph
        self.every = frozenset(nodes_of(graph, Kind.POSTING))
        self.quoted: dict[str, int] = {}
        self.labels = {node.id: node.label for node in picture.nodes}

    def postings(self) -> list[dict[str, str]]:
        """Return the postings quoted so far, in their places; what is not known is absent."""
        found = []
        for posting in self.quoted:
            data = self.graph.nodes[posting]
            employers = targets(self.graph, posting, Relation.AT_EMPLOYER)
            said = {
                "id": data["identifier"],
                "title": data["title"],
                "source": data["source"],
                "employer": self.graph.nodes[employers[0]]["label"] if employers else None,
            }
            found.append({name: value for name, value in said.items() if value})
        return found

    def facts(self, node: Drawn) -> list[tuple[str, str]]:
        """Return what is counted of a node: its postings, how they ask for it, their employers."""
        postings = postings_of(self.graph, node.id)
        found = [("Postings", f"{len(postings):,} of {len(self.every):,}")]
        if node.kind in (Kind.SKILL, Kind.DEGREE):
            ways: dict[Relation, set[str]] = defaultdict(set)
            for posting, _, data in self.graph.in_edges(node.id, data=True):
                if posting in self.every:
                    ways[data["strength"]].add(posting)
            found += [
                (VERBS[way].capitalize(), f"{len(ways[way]):,}") for way in ASKING if ways[way]
            ]
        if node.kind != Kind.EMPLOYER:
            employers = {
                one
                for posting in postings
                for one in targets(self.graph, posting, Relation.AT_EMPLOYER)
            }
            found += [("Employers", f"{len(employers):,}")] if employers else []
        return found

    def of_node(self, node: Drawn) -> list[Block]:
        """Return where a role, a level or an employer is named; nothing of what is asked for."""
        own = list(own_words(self.graph, node))
        return [self._block("named in", own)] if own else []

    def of_tie(self, tie: Tie) -> list[Block]:
        """Return the blocks of an edge; an alternative is named with its members."""
        owner = self.labels[tie.source]
        if not tie.said:
            return []
        if tie.relation != Relation.ACCEPTS:
            return [self._block(f"{VERBS[tie.relation]} by {owner}", tie.said)]
        by_alternative: dict[str, list[Said]] = defaultdict(list)
        for said in tie.said:
            by_alternative[self._alternative(said[0], tie.target)].append(said)
        return [
            self._block(f"{offered} for {owner}", found)
            for offered, found in sorted(by_alternative.items())
        ]

    def _alternative(self, posting: str, target: str) -> str:
        """Return "1 of C++, Java, Python is enough": the alternative that `target` is in."""
        for data in self.graph.get_edge_data(posting, target, default={}).values():
            if data["alternative"]:
                members = in_label_order(
                    self.graph.nodes[other]["label"]
                    for _, other, name in self.graph.out_edges(posting, data="alternative")
                    if name == data["alternative"]
                )
                offered = self.graph.nodes[posting]["alternatives"].get(data["alternative"])
                minimum = offered.minimum if offered else 1
                verb = "is" if minimum == 1 else "are"
                return f"{minimum} of {', '.join(members)} {verb} enough"
        return "a member of an alternative"

    def _block(self, heading: str, said: Iterable[Said]) -> Block:
        found = list(said)
        quotes: list[Quote] = [
            [one.text, self.quoted.setdefault(posting, len(self.quoted)), one.section.value]
            for posting, one in found[:MOST_QUOTES]
        ]
        return {"heading": heading, "quotes": quotes, "more": max(0, len(found) - MOST_QUOTES)}


class Strings:
    """Each text once: a page names the places of texts, which many of its quotes share."""

    def __init__(self) -> None:
        self._places: dict[str | int, int] = {}

    def place(self, text: str | int) -> int:
        """Return the place of a text, a new one for a new text."""
        return self._places.setdefault(text, len(self._places))

    def block(self, block: Block) -> list[object]:
        """Return a block as numbers: its heading, how many more, and its quotes one by one.

        A quote is three numbers: its words, its posting, its section.
        """
        flat = [
            place
            for words, posting, section in block["quotes"]
            for place in (self.place(words), posting, self.place(section))
        ]
        return [self.place(block["heading"]), block["more"], flat]

    def all(self) -> Sequence[str | int]:
        """Return the texts in their order."""
        return list(self._places)
