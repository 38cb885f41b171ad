"""Where the nodes of a picture of several roles stand: near what they are tied to, none on another.

The places come from networkx's force-directed layout, in which ties pull the more the more they
set their ends apart from the rest; then boxes that overlap are moved apart, within a width.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from kg.views.layout import Box, Place
    from kg.views.page_nodes import Picture

MOST_MAPPED: Final = 600
"""Nodes of a map; more would take minutes, and nobody could read them."""
WIDTH: Final = 1060
"""The width of a map: that of the picture on a common screen, so that labels keep their size."""
GAP: Final = 7
"""Room between two boxes."""
FILLED: Final = 0.55
"""The share of a map that boxes fill before they are moved apart."""
TOUCHING: Final = 0.01
ROUNDS: Final = 120
MOVES: Final = 200
"""How often boxes are moved apart before the map grows higher."""


def spread(picture: Picture, boxes: Mapping[str, Box]) -> dict[str, Place] | None:
    """Place nodes by what they are tied to; None where there are too many of them, or none.

    The same picture gives the same places.
    """
    import numpy as np

    nodes = [node.id for node in picture.nodes]
    if not 0 < len(nodes) <= MOST_MAPPED:
        return None
    sizes = np.array([(boxes[one].width + GAP, boxes[one].height + GAP) for one in nodes], float)
    height = float(np.prod(sizes, axis=1).sum()) / FILLED / WIDTH
    found = apart(_pulled(picture, nodes) * (WIDTH, height), sizes, WIDTH)
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, found.tolist(), strict=True)}


def _pulled(picture: Picture, nodes: list[str]) -> NDArray[np.float64]:
    """Return places between 0 and 1 by networkx's layout, evened out along both sides."""
    import networkx as nx
    import numpy as np

    weights = {node.id: max(1, node.postings) for node in picture.nodes}
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    for tie in picture.ties:
        # a skill that everybody asks for says little about who asks for it
        pull = tie.postings / sqrt(weights[tie.source] * weights[tie.target])
        known = graph.get_edge_data(tie.source, tie.target, default={}).get("weight", 0.0)
        graph.add_edge(tie.source, tie.target, weight=known + pull)
    places = nx.spring_layout(
        graph, weight="weight", iterations=ROUNDS, seed=1, method="force", k=2.2 / sqrt(len(nodes))
    )
    found = np.array([places[one] for one in nodes])
    found = _turned(found - found.mean(axis=0))
    # halfway between where forces put them and an even spread: the middle is crowded otherwise
    ranks = found.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (ranks + 0.5) / len(nodes)
    low, high = found.min(axis=0), found.max(axis=0)
    return np.asarray((even + (found - low) / np.maximum(high - low, 1e-9)) / 2)


def _turned(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn places so that they spread most from left to right, as a page does."""
    import numpy as np

    axes = np.linalg.svd(places, full_matrices=False)[2]
    axes = axes * np.where(axes[:, :1] < 0, -1.0, 1.0)  # either direction would do: take one
    return np.asarray(places @ axes.T)


def apart(
    places: NDArray[np.float64], sizes: NDArray[np.float64], width: float
) -> NDArray[np.float64]:
    """Move boxes apart until none overlaps another; no side leaves `width`, the height may grow.

    Each two that overlap move by half of what they overlap, the shorter way. Where the width is too
    narrow for that, everything is drawn out downwards, and it goes on.
    """
    import numpy as np
    from scipy.spatial import cKDTree

    found = places.copy()
    halves = np.minimum(sizes[:, 0] / 2, width / 2)
    found[:, 0] = np.clip(found[:, 0], halves, width - halves)
    largest = sizes.max(axis=0)
    while True:
        for _ in range(MOVES):
            near = cKDTree(found / largest).query_pairs(1.0, p=np.inf, output_type="ndarray")
            one, other = near[np.lexsort((near[:, 1], near[:, 0]))].T
            away = found[other] - found[one]
            over = (sizes[one] + sizes[other]) / 2 - np.abs(away)
            hit = (over > TOUCHING).all(axis=1)
            if not hit.any():
                return found
            one, other, away, over = one[hit], other[hit], away[hit], over[hit]
            sideways = over[:, 0] < over[:, 1]
            step = (
                np.where(away < 0, -over, over) / 2
            )  # of two at the same place the later gives way
            step[sideways, 1] = 0
            step[~sideways, 0] = 0
            np.add.at(found, other, step)
            np.add.at(found, one, -step)
            found[:, 0] = np.clip(found[:, 0], halves, width - halves)
        found[:, 1] *= 1.1
