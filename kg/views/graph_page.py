"""The graph as one page: roles, levels, skills, degrees and employers, with the words behind them.

Drawn by pyvis. The page opens offline: its script is pyvis's own copy of vis-network, written into
the file, and a content security policy allows no other and no request.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.graph_model import ASKING, Kind, Relation
from kg.views.graph_part import Wanted, part_of
from kg.views.labels import size, wrap
from kg.views.layout import Box, columns, ladder
from kg.views.map_layout import spread
from kg.views.page_nodes import picture
from kg.views.page_words import Strings, Words
from kg.views.pages.frame import STYLE, asset, environment, write_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    from pyvis.network import Network

    from kg.views.layout import Place
    from kg.views.page_nodes import Drawn, Picture, Tie

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
MOST_RUNGS: Final = 12
"""Levels of one role that stand in a ladder, in their order; more are a map."""
WIDEST: Final = 1150
"""How far the outermost columns may be apart; a wider picture would have labels too small."""
OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": True, "tooltipDelay": 150},
    "nodes": {"labelHighlightBold": False},
    "edges": {"hoverWidth": 1, "selectionWidth": 1},
}


def write_graph_page(
    graph: nx.MultiDiGraph, path: Path | str, *, title: str = "", wanted: Wanted | None = None
) -> None:
    """Write `graph` as one self-contained HTML file that opens offline; nothing else is written.

    The same graph gives the same bytes. Raises `OSError` when `path` cannot be written,
    `UnknownNameError` and `NothingFitsError` for what `wanted` names, and `ModuleNotFoundError`
    without pyvis.
    """
    write_page(path, graph_page(graph, title=title, wanted=wanted))


def graph_page(graph: nx.MultiDiGraph, *, title: str = "", wanted: Wanted | None = None) -> str:
    """Return the page of `graph`, or of what is wanted of it, as HTML."""
    from pyvis import network

    wanted = wanted or Wanted()
    part = part_of(graph, wanted)
    shown = picture(part, top=wanted.top, least=wanted.least)
    words, strings = Words(part, shown), Strings()
    net: Network = network.Network(directed=True, heading=title or wanted.title or TITLE)
    # As lists: adding them one by one asks pyvis to look through all of them each time.
    places = {node.id: number for number, node in enumerate(shown.nodes)}
    net.nodes = _nodes(shown, words, strings)
    net.edges = [_edge(tie, places, words, strings) for tie in shown.ties]
    net.options = OPTIONS
    style, script = asset(STYLE) + asset("graph.css"), asset("graph_motion.js") + asset("graph.js")
    vis = _vis_network(Path(network.__file__).parent)
    net.templateEnv = environment().overlay()
    net.templateEnv.policies = {
        **net.templateEnv.policies,
        "json.dumps_kwargs": {"separators": (",", ":"), "ensure_ascii": False},
    }
    net.templateEnv.globals = {
        **net.templateEnv.globals,
        "page": {
            "style": style,
            "vis": vis,
            "script": script,
            "policy": _policy(vis, script),
            "eyebrow": "Graph" if wanted.title or title else "",
            "counts": _counts(part, shown, wanted),
            "kinds": _kinds(shown),
            "lines": _lines(shown),
            "levels": list(dict.fromkeys(node.level for node in shown.nodes if node.level)),
            "most": max((tie.postings for tie in shown.ties), default=1),
            "made_by": wanted.command,
            "data": {
                "kinds": {
                    kind.value: [name, several, SHAPES[kind], RADIUS.get(kind, 0)]
                    for kind, (name, several) in KIND_NAMES.items()
                },
                "texts": strings.all(),
                "postings": words.postings(),
            },
        },
    }
    net.template = net.templateEnv.get_template("graph.html")
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


def _nodes(shown: Picture, words: Words, strings: Strings) -> list[dict[str, Any]]:
    boxes = {node.id: _box(node) for node in shown.nodes}
    few = shown.without(Relation.MENTIONS)
    every = [_wide(few, boxes), ladder(few, boxes, narrow=True)]
    if len(few.nodes) < len(shown.nodes):
        every += [_wide(shown, boxes), ladder(shown, boxes, narrow=True)]
    return [
        _node(number, node, boxes[node.id], every, words, strings)
        for number, node in enumerate(shown.nodes)
    ]


def _wide(shown: Picture, boxes: Mapping[str, Box]) -> dict[str, Place]:
    """Return the places on a wide page: columns, a map of several roles, or else a ladder."""
    found = columns(shown, boxes)
    if found and max(x for x, _ in found.values()) - min(x for x, _ in found.values()) <= WIDEST:
        return found
    several = len(shown.of_kind(Kind.ROLE)) > 1 or len(shown.owners) > MOST_RUNGS
    return (spread(shown, boxes) if several else None) or ladder(shown, boxes, narrow=False)


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
    number: int,
    node: Drawn,
    box: Box,
    layouts: Sequence[Mapping[str, Place]],
    words: Words,
    strings: Strings,
) -> dict[str, Any]:
    """Return a node as the page's script reads it: what is None or follows from its kind is absent.

    `at` are its places: on wide and on narrow pages, without and with what is only mentioned.
    """
    # a shape with its label below stands at the top of its box
    rise = box.height // 2 - RADIUS[node.kind] if node.kind in RADIUS else 0
    places = [
        layout.get(node.id) or layouts[index + 2][node.id] for index, layout in enumerate(layouts)
    ]
    label = wrap(node.label, WRAP[node.kind])
    drawn: dict[str, Any] = {
        "id": number,
        "label": label,
        "kind": node.kind.value,
        "at": [[x, y - rise] for x, y in places],
        "box": [box.width, box.height, rise],
        "facts": words.facts(node),
    }
    if label.replace("\n", " ") != node.label:
        drawn["name"] = node.label
    if node.level:
        drawn["level"] = node.level
    if blocks := words.of_node(node):
        drawn["said"] = [strings.block(block) for block in blocks]
    return drawn


def _edge(tie: Tie, places: Mapping[str, int], words: Words, strings: Strings) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "from": places[tie.source],
        "to": places[tie.target],
        "relation": tie.relation.value,
        "postings": tie.postings,
    }
    if tie.relation in ASKING:
        drawn["said"] = [strings.block(block) for block in words.of_tie(tie)]
    return drawn


def _counts(part: nx.MultiDiGraph, shown: Picture, wanted: Wanted) -> str:
    """Return what the page shows, in sentences."""
    postings = [kind for _, kind in part.nodes(data="kind") if kind == Kind.POSTING]
    if not postings:
        return "No postings yet: kg build PATH adds some."
    order = (Kind.EMPLOYER, Kind.ROLE, Kind.POSITION, Kind.SKILL, Kind.DEGREE)
    counts = [_number(len(shown.of_kind(kind)), *KIND_NAMES[kind]) for kind in order]
    text = _number(len(postings), "posting", "postings")
    text += f": {', '.join(counts[:-1])} and {counts[-1]}."
    nodes, whole = len(shown.nodes), shown.whole
    if nodes < whole:
        text += f" Showing {nodes:,} of {whole:,} nodes, those with the most postings behind them"
        text += " (kg show graph --top 0 draws all)."
    if wanted.least > 1:
        text += f" What fewer than {wanted.least} postings say is left out."
    mentioned = sum(node.tier == Relation.MENTIONS for node in shown.of_kind(Kind.SKILL))
    if mentioned and wanted.necessity != "mentioned":
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
    """Return the legend of the lines, with how many there are of each."""
    tiers = [node.tier for node in shown.of_kind(Kind.SKILL)]
    only = {tier for tier in tiers if tier} == {Relation.MENTIONS}
    drawn = Counter(tie.relation for tie in shown.ties)
    return [
        {
            "relation": relation.value,
            "name": name,
            "count": drawn[relation],
            # what is only mentioned hides what is asked for
            "shown": only or relation != Relation.MENTIONS,
        }
        for relation, name in LINES.items()
    ]
