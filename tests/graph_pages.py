"""The graph page in a browser: opening it, where its nodes are drawn, graphs to draw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.views.graph_page import graph_page
from tests import browsing
from tests.browsing import chromium
from tests.factories import make_facts
from tests.role_graphs import graph_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from playwright.sync_api import Browser

SIZES: Final = {"desktop": (1400, 900), "phone": (390, 844), "narrow": (360, 780)}

# vis-network's own bounding box of a "box" is wider than what is drawn, by the corner's radius
BOXES: Final = """(name) => {
  const { network, visible } = window.graphPage;
  return visible().nodes.filter((node) => !name || node.name === name).map((node) => {
    const shape = network.body.nodes[node.id].shape;
    const inside = ["box", "ellipse"].includes(node.shape);
    const box = inside
      ? { left: shape.left, top: shape.top, right: shape.left + shape.width,
          bottom: shape.top + shape.height }
      : network.getBoundingBox(node.id);
    const from = network.canvasToDOM({ x: box.left, y: box.top });
    const to = network.canvasToDOM({ x: box.right, y: box.bottom });
    return [node.name, from.x, from.y, to.x, to.y];
  });
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


class Opened(browsing.Opened):
    """The graph page in the browser: where its nodes are drawn, and what its panel says."""

    sizes = SIZES

    def wait(self) -> None:
        """Wait until the network is drawn: vis-network tells nobody."""
        self.page.wait_for_timeout(400)

    def boxes(self, name: str | None = None) -> list[tuple[str, float, float, float, float]]:
        """The room that each node and its label take in the picture, in pixels."""
        return [tuple(box) for box in self.page.evaluate(BOXES, name)]

    def point(self, name: str) -> tuple[float, float]:
        """A point on the page inside the first node of this name."""
        _, left, top, right, bottom = self.boxes(name)[0]
        area = self.area()
        return area["x"] + (left + right) / 2, area["y"] + top + min(10, (bottom - top) / 2)

    def area(self) -> dict[str, float]:
        found = self.page.locator("#graph").bounding_box()
        assert found is not None
        return {
            "x": found["x"],
            "y": found["y"],
            "width": found["width"],
            "height": found["height"],
        }

    def panel(self) -> str:
        return self.page.inner_text("#panel")


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    contexts = []

    def open_page(graph: nx.MultiDiGraph | str, size: str = "desktop", **context: Any) -> Opened:
        path = tmp_path / "graph.html"
        text = graph if isinstance(graph, str) else graph_page(graph)
        path.write_text(text, encoding="utf-8")
        found = Opened(browser, path, size, **context)
        contexts.append(found.context)
        return found

    yield open_page
    for context in contexts:
        context.close()


def sixty_nodes(levels: int = 3) -> nx.MultiDiGraph:
    """About 60 nodes: levels that share some of 50 skills with short and with long names."""
    names = ("University Graduate", "I", "II", "Senior", "Senior Staff", "Principal")[:levels]
    skills = [
        ("Natural Language Processing {}", "C{}", "Graph Representation Learning {}", "日本語 {}")[
            number % 4
        ].format(number)
        for number in range(50 - 2 * (levels - 3))
    ]
    facts = [
        make_facts(
            source=f"{level}.txt",
            role="Machine Learning Engineer",
            level=level,
            employer="Wolfeschlegelsteinhausenbergerdorff & Sons",
            required=[one for at, one in enumerate(skills) if at % levels == index or at % 11 == 0],
            mentioned=[one for at, one in enumerate(skills) if at % 7 == index],
            any_of={"a": (skills[-1], skills[-2])},
        )
        for index, level in enumerate(names)
    ]
    return graph_of(facts)


def several_roles(count: int) -> nx.MultiDiGraph:
    """About 60 nodes: roles of two levels each that share some of their skills."""
    roles = ("Data Engineer", "Machine Learning Engineer", "Software Engineer")[:count]
    names = (
        "Natural Language Processing {}",
        "C{}",
        "Graph Representation Learning {}",
        "日本語 {}",
    )
    skills = [names[number % 4].format(number) for number in range(54 - 3 * count)]
    facts = [
        make_facts(
            source=f"{role} {level}.txt",
            role=role,
            level=level,
            employer="Wolfeschlegelsteinhausenbergerdorff & Sons",
            required=[
                one
                for number, one in enumerate(skills)
                if number % (2 * count) == 2 * at + of or number % 9 == at
            ],
        )
        for at, role in enumerate(roles)
        for of, level in enumerate(("I", "Senior"))
    ]
    return graph_of(facts)


def crossing(boxes: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    """Those that stand on one another, by their names."""
    return [
        (a[0], b[0])
        for index, a in enumerate(boxes)
        for b in boxes[index + 1 :]
        if a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5 and a[2] < b[4] - 0.5 and b[2] < a[4] - 0.5
    ]
