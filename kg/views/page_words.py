"""The words behind what a graph page draws: headings and quotes, as data for its panel."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.graph_model import Kind, Relation
from kg.neighbours import nodes_of, targets
from kg.passages import cut
from kg.views.page_nodes import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from kg.graph_model import Said
    from kg.views.page_nodes import Drawn, Picture, Tie

Quote: TypeAlias = list[str | int]
"""Words, the place of their posting in the page's list, and the section they stand in."""
Block: TypeAlias = dict[str, str | list[Quote] | int]
"""A heading, quotes, and how many quotes more there are."""

LONGEST_HINT: Final = 90
"""Characters of a quote that is shown on hovering, at most."""
MOST_QUOTES: Final = 20
"""Quotes under one heading; a skill that thousands of postings ask for would swell the page."""

VERBS: Final = {
    Relation.REQUIRES: "required",
    Relation.PREFERS: "preferred",
    Relation.MENTIONS: "mentioned",
    Relation.HAS_ROLE: "a level of the role",
    Relation.AT_EMPLOYER: "offered by the employer",
}


class Words:
    """Turns the words of a graph's postings into data for the page's panel."""

    def __init__(self, graph: nx.MultiDiGraph, picture: Picture) -> None:
        self.graph = graph
        self.picture = picture
        self.order = {one: index for index, one in enumerate(nodes_of(graph, Kind.POSTING))}
        self.labels = {node.id: node.label for node in picture.nodes}
        self.by_node: Mapping[str, list[Tie]] = _by_node(picture.ties)

    def postings(self) -> list[dict[str, str | None]]:
        """Return the postings in the order that quotes refer to."""
        found = []
        for posting in self.order:
            data = self.graph.nodes[posting]
            employers = targets(self.graph, posting, Relation.AT_EMPLOYER)
            employer = self.graph.nodes[employers[0]]["label"] if employers else None
            found.append(
                {
                    "id": data["identifier"],
                    "title": data["title"],
                    "source": data["source"],
                    "employer": employer,
                }
            )
        return found

    def of_node(self, node: Drawn) -> list[Block]:
        """Return the blocks of a node: what asks for it, or where it is named."""
        own = list(own_words(self.graph, node))
        blocks = [self._block("named in", own)] if own else []
        for tie in self.by_node.get(node.id, ()):
            if tie.target == node.id and tie.said:
                blocks += self.of_tie(tie)
        return blocks

    def of_tie(self, tie: Tie) -> list[Block]:
        """Return the blocks of an edge; an alternative is named with its members."""
        owner = self.labels[tie.source]
        if tie.relation != Relation.ACCEPTS:
            heading = f"{VERBS[tie.relation]} by {owner}"
            return [self._block(heading, tie.said)] if tie.said else []
        by_alternative: dict[str, list[Said]] = defaultdict(list)
        for said in tie.said:
            by_alternative[self._alternative(said[0], tie.target)].append(said)
        return [
            self._block(f"{offered} for {owner}", found)
            for offered, found in sorted(by_alternative.items())
        ]

    def of_structure(self, tie: Tie) -> str:
        """Return the heading of an edge between role, level and employer."""
        number = f"{tie.postings} posting{'' if tie.postings == 1 else 's'}"
        source, target = self.labels[tie.source], self.labels[tie.target]
        if tie.relation == Relation.AT_EMPLOYER:
            return f"{target} at {source}: {number}"
        return f"{target} is {VERBS[tie.relation]} {source}: {number}"

    def title(self, label: str, kind: str, blocks: Sequence[Block], lines: int = 2) -> str:
        """Return the text shown on hovering: a few quotes. Plain text, never HTML."""
        found = [f"{label} ({kind})"]
        for block in blocks[:lines]:
            quotes = block["quotes"]
            heading = str(block["heading"])
            first = (
                f": “{_short(str(quotes[0][0]))}”" if isinstance(quotes, list) and quotes else ""
            )
            found.append(f"{heading[:1].upper()}{heading[1:]}{first}")
        if len(blocks) > lines:
            found.append(f"and {len(blocks) - lines} more")
        return "\n".join(found)

    def _alternative(self, posting: str, target: str) -> str:
        """Return "1 of C++, Java, Python is enough": the alternative that `target` is in."""
        for data in self.graph.get_edge_data(posting, target, default={}).values():
            if data["alternative"]:
                members = sorted(
                    {
                        self.graph.nodes[other]["label"]
                        for _, other, name in self.graph.out_edges(posting, data="alternative")
                        if name == data["alternative"]
                    },
                    key=str.casefold,
                )
                offered = self.graph.nodes[posting]["alternatives"].get(data["alternative"])
                minimum = offered.minimum if offered else 1
                verb = "is" if minimum == 1 else "are"
                return f"{minimum} of {', '.join(members)} {verb} enough"
        return "a member of an alternative"

    def _block(self, heading: str, said: Iterable[Said]) -> Block:
        found = [[one.text, self.order[posting], one.section.value] for posting, one in said]
        quotes: list[Quote] = [list(quote) for quote in found[:MOST_QUOTES]]
        return {"heading": heading, "quotes": quotes, "more": max(0, len(found) - MOST_QUOTES)}


def _by_node(ties: Iterable[Tie]) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.source].append(tie)
        found[tie.target].append(tie)
    return found


def _short(text: str) -> str:
    return str(cut(text, 0, len(text), LONGEST_HINT))
