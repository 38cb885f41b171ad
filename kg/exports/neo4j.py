"""CSV for neo4j-admin's import: a file a label, a file a type of relationship, and a README.

What comes from `plain_graph` is a property; types stand in the headers. A choice that a posting
offers is a node of its own here: (Posting)-[:OFFERS]->(Alternative)-[:MEMBER]->(Skill).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.exports.plain_graph import BETWEEN, Plain, plain_graph
from kg.graph_model import Kind
from kg.graphs import role_skill_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import networkx as nx

    from kg.exports.part import Part

Row: TypeAlias = dict[str, Plain]

CONCEPT: Final = "Concept"
"""A second label of what the vocabulary has: Concept;Skill."""

_LISTS: Final = ("duties", "fields")
_DAYS: Final = ("date_posted",)
_TYPES: Final = {bool: "boolean", int: "int", float: "float", str: "string"}

README: Final = """# A rolegraph for Neo4j

{nodes} nodes and {relationships} relationships, as CSV with the headers that `neo4j-admin` reads.
From this folder, into an empty database called `neo4j`:

```sh
{command}
```

(Neo4j 5 and later; version 4 says `neo4j-admin import --database=neo4j` and takes the same
options.) Then, for example:

```cypher
MATCH (p:Posting)-[:HAS_ROLE]->(r:Role), (p)-[q:REQUIRES]->(s:Skill)
RETURN r.label, s.label, count(DISTINCT p) AS postings ORDER BY postings DESC LIMIT 20
```

Ids are IRIs. A skill with the label `Concept` is one of the vocabulary; another is called by its
words. `ACCEPTS` leads to a skill that is one of several that will do; `alternative` names the
`Alternative`, of whose members `minimum` are enough.
"""


def write_neo4j(part: Part, folder: Path) -> None:
    """Write nodes, relationships and a README into `folder`. Empty fields are absent properties."""
    graph = role_skill_graph(part.as_store())
    nodes, relationships = _nodes(graph), _relationships(graph)
    for label, rows in nodes.items():
        _write(folder / f"nodes-{label}.csv", ("id:ID", ":LABEL"), (), rows)
    for kind, rows in relationships.items():
        _write(folder / f"relationships-{kind}.csv", (":START_ID",), (":END_ID", ":TYPE"), rows)
    files = [f"--nodes=nodes-{label}.csv" for label in nodes]
    files += [f"--relationships=relationships-{kind}.csv" for kind in relationships]
    options = ["--multiline-fields=true", *files]
    text = README.format(
        nodes=sum(map(len, nodes.values())),
        relationships=sum(map(len, relationships.values())),
        command=" \\\n  ".join(["neo4j-admin database import full neo4j", *options]),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _nodes(graph: nx.MultiDiGraph) -> dict[str, list[Row]]:
    """Return the rows of each kind of node, sorted."""
    found: dict[str, list[Row]] = defaultdict(list)
    for node, data in plain_graph(graph).nodes(data=True):
        label = str(data["kind"]).capitalize()
        labels = f"{CONCEPT};{label}" if "concept" in data else label
        rest = {name: value for name, value in data.items() if name not in ("kind", "concept")}
        found[label].append({"id:ID": node, ":LABEL": labels, **rest})
    for _, data in graph.nodes(data=True):
        for alternative, offered in data.get("alternatives", {}).items():
            row: Row = {"id:ID": alternative, ":LABEL": "Alternative"}
            row |= {"minimum": offered.minimum, "necessity": str(offered.necessity)}
            words = [evidence.text for evidence in offered.evidence]
            found["Alternative"].append(row | ({"words": words[0]} if words else {}))
    return {
        label: sorted(found[label], key=lambda row: str(row["id:ID"])) for label in sorted(found)
    }


def _relationships(graph: nx.MultiDiGraph) -> dict[str, list[Row]]:
    """Return the rows of each type of relationship, sorted."""
    found: dict[str, list[Row]] = defaultdict(list)
    offers = {
        alternative: node
        for node, data in graph.nodes(data=True)
        if data["kind"] == Kind.POSTING
        for alternative in data["alternatives"]
    }

    def add(source: str, target: str, kind: str, rest: Mapping[str, Plain]) -> None:
        ends: Row = {":START_ID": source, ":END_ID": target, ":TYPE": kind}
        found[kind].append({**ends, **rest})

    for source, target, data in plain_graph(graph).edges(data=True):
        rest = {name: data[name] for name in data if name not in ("label", "relation")}
        add(source, target, str(data["relation"]).upper(), rest)
        if data.get("alternative") in offers:
            add(str(data["alternative"]), target, "MEMBER", {})
    for alternative, node in offers.items():
        add(node, alternative, "OFFERS", {})
    return {
        kind: sorted(
            found[kind],
            key=lambda row: tuple(
                str(row.get(name, "")) for name in (":START_ID", ":END_ID", "requirement")
            ),
        )
        for kind in sorted(found)
    }


def _write(file: Path, first: Iterable[str], last: Iterable[str], rows: list[Row]) -> None:
    fixed = (*first, *last)
    header = {
        name: f"{name}:{_type(name, value)}"
        for row in rows
        for name, value in row.items()
        if name not in fixed
    }
    columns = [*first, *header, *last]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([header.get(name, name) for name in columns])
        writer.writerows([_cell(name, row.get(name)) for name in columns] for row in rows)


def _type(name: str, value: Plain) -> str:
    if name in _LISTS:
        return "string[]"
    return "date" if name in _DAYS else _TYPES[type(value)]


def _cell(name: str, value: Plain | None) -> str:
    if name in _LISTS and isinstance(value, str):
        return value.replace(BETWEEN, ";")
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
