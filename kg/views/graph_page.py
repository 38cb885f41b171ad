"""The graph as one page: roles, levels, skills, degrees and employers, with the words behind them.

Drawn by pyvis. The page opens offline: its script is pyvis's own copy of vis-network, written into
the file, and a content security policy allows no other and no request.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.graph_model import ASKING, Kind, Relation
from kg.views.labels import size, wrap
from kg.views.layout import Box, columns, ladder
from kg.views.page_nodes import picture
from kg.views.page_words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from pyvis.network import Network

    from kg.views.page_nodes import Drawn, Picture

TITLE: Final = "Roles, levels, skills, degrees and employers"
FONT: Final = 13
LARGE_FONT: Final = 14
WRAP: Final = {Kind.SKILL: 17, Kind.POSITION: 13, Kind.ROLE: 18, Kind.DEGREE: 18, Kind.EMPLOYER: 20}
SHAPES: Final = {
    Kind.ROLE: "ellipse",
    Kind.POSITION: "box",
    Kind.SKILL: "box",
    Kind.DEGREE: "diamond",
    Kind.EMPLOYER: "hexagon",
}
RADIUS: Final = {Kind.DEGREE: 12, Kind.EMPLOYER: 14}
"""Half the height of the shapes that carry their label below."""
KIND_NAMES: Final = {
    Kind.ROLE: ("role", "roles"),
    Kind.POSITION: ("level", "levels"),
    Kind.SKILL: ("skill", "skills"),
    Kind.DEGREE: ("degree", "degrees"),
    Kind.EMPLOYER: ("employer", "employers"),
}
LINES: Final = {
    Relation.REQUIRES: "Required",
    Relation.ACCEPTS: "Alternative",
    Relation.PREFERS: "Preferred",
    Relation.MENTIONS: "Mentioned",
}
MOST_CURVES: Final = 600
"""Edges drawn as curves; more are straight, which draws faster."""
OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": True, "tooltipDelay": 150},
    "nodes": {"labelHighlightBold": False},
    "edges": {"hoverWidth": 1, "selectionWidth": 1},
}


def write_graph_page(graph: nx.MultiDiGraph, path: Path | str, *, title: str = TITLE) -> None:
    """Write `graph` as one self-contained HTML file that opens offline; nothing else is written.

    The same graph gives the same bytes. Raises `OSError` when `path` cannot be written, and
    `ModuleNotFoundError` without pyvis.
    """
    Path(path).write_text(graph_page(graph, title=title), encoding="utf-8", newline="\n")


def graph_page(graph: nx.MultiDiGraph, *, title: str = TITLE) -> str:
    """Return the page of `graph` as HTML."""
    from jinja2 import Environment
    from pyvis import network

    shown = picture(graph)
    words = Words(graph, shown)
    net: Network = network.Network(directed=True, heading=title)
    # As lists: adding them one by one asks pyvis to look through all of them each time.
    net.nodes = _nodes(shown, words)
    net.edges = _edges(shown, words)
    net.options = OPTIONS
    here = files("kg.views")
    script = (here / "graph_page.js").read_text("utf-8")
    vis = _vis_network(Path(network.__file__).parent)
    net.templateEnv = Environment(autoescape=True)
    net.template = net.templateEnv.from_string((here / "graph_page.html").read_text("utf-8"))
    net.templateEnv.globals.update(
        page={
            "style": (here / "graph_page.css").read_text("utf-8"),
            "vis": vis,
            "script": script,
            "policy": _policy(vis, script),
            "counts": _counts(graph, shown),
            "kinds": _kinds(shown),
            "lines": _lines(shown),
            "postings": words.postings(),
        }
    )
    return str(net.generate_html(notebook=True))  # "notebook": take the template that is given


def _vis_network(folder: Path) -> str:
    """Return pyvis's copy of vis-network without the link to its source map."""
    path = folder / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # not splitlines(): the script holds other line separators inside its strings
    lines = path.read_text("utf-8").split("\n")
    text = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))
    return text.replace("</script", "<\\/script")


def _policy(*scripts: str) -> str:
    """Return a content security policy that runs these scripts only and loads nothing."""
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _nodes(shown: Picture, words: Words) -> list[dict[str, Any]]:
    boxes = {node.id: _box(node) for node in shown.nodes}
    few = replace(
        shown, nodes=tuple(node for node in shown.nodes if node.tier != Relation.MENTIONS)
    )
    layouts = {
        name: (columns(part, boxes) if not narrow else None) or ladder(part, boxes, narrow=narrow)
        for name, part, narrow in (
            ("wide", few, False),
            ("wide_all", shown, False),
            ("narrow", few, True),
            ("narrow_all", shown, True),
        )
    }
    return [_node(node, boxes[node.id], layouts, words) for node in shown.nodes]


def _box(node: Drawn) -> Box:
    """Return the room that a node takes: its shape and its label, inside or below."""
    large = node.kind in (Kind.POSITION, Kind.ROLE)
    width, height = size(wrap(node.label, WRAP[node.kind]), LARGE_FONT if large else FONT)
    if node.kind in RADIUS:
        radius = RADIUS[node.kind]
        return Box(max(width, 2 * radius) + 4, 2 * radius + height + 8)
    if node.kind == Kind.ROLE:  # the ellipse around a text
        return Box(width + height + 12, 2 * height)
    return Box(width + 18, height + 8)


def _node(
    node: Drawn, box: Box, layouts: Mapping[str, Mapping[str, tuple[int, int]]], words: Words
) -> dict[str, Any]:
    blocks = words.of_node(node)
    name = KIND_NAMES[node.kind][0]
    # a shape with its label below stands at the top of its box
    rise = box.height // 2 - RADIUS[node.kind] if node.kind in RADIUS else 0
    fallback = {"wide": "wide_all", "narrow": "narrow_all"}
    at = {}
    for layout, places in layouts.items():
        x, y = places.get(node.id) or layouts[fallback[layout]][node.id]
        at[layout] = [x, y - rise]
    drawn: dict[str, Any] = {
        "id": node.id,
        "label": wrap(node.label, WRAP[node.kind]),
        "name": node.label,
        "kind": node.kind.value,
        "kindName": name,
        "shape": SHAPES[node.kind],
        "tier": node.tier.value if node.tier else None,
        "at": at,
        "box": [box.width, box.height, rise],
        "title": words.title(node.label, name, blocks),
        "blocks": blocks,
    }
    if node.kind in RADIUS:
        drawn["size"] = RADIUS[node.kind]
    elif node.kind != Kind.ROLE:
        drawn["widthConstraint"] = {"minimum": box.width - 18}
    return drawn


def _edges(shown: Picture, words: Words) -> list[dict[str, Any]]:
    curved = len(shown.ties) <= MOST_CURVES
    skills = {node.id for node in shown.of_kind(Kind.SKILL)}
    edges = []
    for number, tie in enumerate(shown.ties):
        blocks = words.of_tie(tie) if tie.relation in ASKING else []
        source, target = words.labels[tie.source], words.labels[tie.target]
        name = f"{source} – {target}" if blocks else words.of_structure(tie)
        # skills stand beside what asks for them, everything else above or below
        flow = "horizontal" if tie.target in skills else "vertical"
        smooth = {
            "type": "cubicBezier",
            "forceDirection": flow,
            "roundness": 0.8 if flow == "horizontal" else 0.45,
        }
        edges.append(
            {
                "id": f"e{number}",
                "from": tie.source,
                "to": tie.target,
                "relation": tie.relation.value,
                "name": name,
                "title": words.title(name, tie.relation.value, blocks) if blocks else name,
                "blocks": blocks,
                "smooth": smooth if curved else False,
            }
        )
    return edges


def _counts(graph: nx.MultiDiGraph, shown: Picture) -> str:
    """Return one sentence on what the page shows."""
    postings = [kind for _, kind in graph.nodes(data="kind") if kind == Kind.POSTING]
    if not postings:
        return "No postings yet: kg build PATH adds some."
    order = (Kind.EMPLOYER, Kind.ROLE, Kind.POSITION, Kind.SKILL, Kind.DEGREE)
    counts = [_number(len(shown.of_kind(kind)), *KIND_NAMES[kind]) for kind in order]
    text = _number(len(postings), "posting", "postings")
    text += f": {', '.join(counts[:-1])} and {counts[-1]}."
    mentioned = sum(node.tier == Relation.MENTIONS for node in shown.of_kind(Kind.SKILL))
    if mentioned:
        verb = "skill is" if mentioned == 1 else "skills are"
        text += f" {mentioned:,} {verb} only mentioned: tick “Mentioned” to draw "
        text += "it." if mentioned == 1 else "them."
    undrawn = len(shown.undrawn)
    if undrawn:
        verb = "posting names no role and is" if undrawn == 1 else "postings name no role and are"
        text += f" {undrawn:,} {verb} not drawn."
    return text


def _number(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def _kinds(shown: Picture) -> list[dict[str, str | int]]:
    return [
        {"kind": kind.value, "name": names[1], "count": len(shown.of_kind(kind))}
        for kind, names in KIND_NAMES.items()
    ]


def _lines(shown: Picture) -> list[dict[str, str | int | bool]]:
    """Return the legend of the lines, with the number of skills whose strongest tie it is."""
    tiers = [node.tier for node in shown.of_kind(Kind.SKILL)]
    return [
        {
            "relation": relation.value,
            "name": name,
            "count": tiers.count(relation),
            # what is only mentioned hides what is asked for
            "shown": relation != Relation.MENTIONS,
        }
        for relation, name in LINES.items()
    ]
