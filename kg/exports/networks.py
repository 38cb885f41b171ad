"""GraphML and GEXF, for networkx, Gephi, Cytoscape and the like: written by networkx."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from kg.exports.plain_graph import plain_graph
from kg.graphs import role_skill_graph

if TYPE_CHECKING:
    import networkx as nx

    from kg.exports.part import Part


def write_graphml(part: Part, stream: IO[bytes]) -> None:
    """Write the role-skill graph as GraphML: every attribute declared with its type."""
    from networkx.readwrite.graphml import GraphMLWriter

    # Not `nx.write_graphml`: it takes lxml where that is installed, which writes other bytes.
    writer = GraphMLWriter(_graph(part), encoding="utf-8", prettyprint=True)
    booleans = {
        key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"
    }
    for data in writer.xml.iter("data"):
        if data.get("key") in booleans:
            data.text = str(data.text).lower()  # as XML Schema writes them
    writer.dump(stream)


def write_gexf(part: Part, stream: IO[bytes]) -> None:
    """Write the role-skill graph as GEXF 1.2, which Gephi reads; without the day of writing.

    networkx gives the graph a name, for which GEXF's schema has no place: it is left out.
    """
    from networkx.readwrite.gexf import GEXFWriter

    graph = _graph(part)
    for _, _, key, data in graph.edges(keys=True, data=True):
        data["id"] = key
    writer = GEXFWriter(graph, encoding="utf-8", prettyprint=True, version="1.2draft")
    del writer.xml.find("graph").attrib["name"]
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = "rolegraph"
    writer.write(stream)


def _graph(part: Part) -> nx.MultiDiGraph:
    return plain_graph(role_skill_graph(part.as_store()))
