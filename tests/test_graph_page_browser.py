"""The graph page in a real browser. Without Chromium these tests skip, and fail where CI runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.views.graph_page import graph_page
from nlp.types import Stated, Term
from tests import browsing
from tests.browsing import chromium
from tests.factories import make_facts, two_levels
from tests.role_graphs import graph_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SIZES: Final = {"desktop": (1400, 900), "phone": (390, 844), "narrow": (360, 780)}
SMALLEST_FONT: Final = 11
CANVAS: Final = "document.querySelector('#graph canvas').style.transform"

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


# nothing leaves the page


def test_no_request_leaves_the_page(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    page.page.check("input[value=mentions]")
    page.page.wait_for_timeout(200)
    assert page.outside() == []
    assert page.errors == []


CDN: Final = "https://cdn.jsdelivr.net/npm/bootstrap@5.0.0/dist/js/bootstrap.bundle.min.js"


@pytest.mark.parametrize("policy", [True, False])
def test_a_link_put_back_is_noticed(opened: Any, policy: bool) -> None:
    text = graph_page(graph_of(two_levels()))
    linked = text.replace("<title>", f'<script src="{CDN}"></script><title>', 1)
    if not policy:
        linked = linked.replace("Content-Security-Policy", "X-Nothing", 1)
    assert any(CDN in one for one in opened(linked).outside())


def test_the_page_of_pyvis_alone_does_ask(opened: Any) -> None:
    from pyvis.network import Network

    assert opened(Network(cdn_resources="in_line").generate_html()).outside() != []


# nothing in a posting runs

HOSTILE: Final = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "\"><svg onload=alert(3)>'`",
    "{{ 7 * 7 }}${alert(4)}",
    "<!--<script>alert(5)",
)


def hostile() -> nx.MultiDiGraph:
    """Postings whose title, role, level, employer, skills and file names are all hostile."""
    facts = []
    for number, text in enumerate(HOSTILE):
        made = make_facts(
            source=f"{number}{text.replace('/', '')}.txt",
            title=text,
            role=None,
            level=None,
            employer=text,
            required=(text, "Python"),
            any_of={"a": (f"1 {text}", f"2 {text}")},
        )
        assert made.title is not None
        role = Stated(Term(text), made.title.evidence)
        level = Stated(Term(f"I {text}"), made.title.evidence)
        facts.append(replace(made, role=role, level=level))
    return graph_of(facts, vocabulary="")


def test_text_of_postings_runs_nothing(opened: Any) -> None:
    page = opened(graph_page(hostile(), title=HOSTILE[0] + HOSTILE[1]))
    page.page.click("#list summary")
    buttons = page.page.locator("#items button")
    seen = ""
    for index in range(buttons.count()):
        buttons.nth(index).click()
        seen += page.panel()
        page.page.keyboard.press("Escape")
    for name, *_ in page.boxes()[:12]:
        page.page.mouse.move(*page.point(name))
        page.page.wait_for_timeout(220)
    assert page.dialogs == []
    assert page.outside() == []
    assert page.errors == []
    assert page.page.locator("img, #panel svg, #panel script, .vis-tooltip :not(br)").count() == 0
    for text in HOSTILE:
        assert text in seen
    assert HOSTILE[0] in page.page.inner_text("h1")


def test_unescaped_text_is_noticed(opened: Any) -> None:
    text = graph_page(graph_of(two_levels()))
    broken = text.replace("<h1>", f"<h1>{HOSTILE[0]}", 1)
    broken = broken.replace("Content-Security-Policy", "X-Nothing", 1)
    assert opened(broken).dialogs == ["1"]


# it can be read


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("mentioned", [False, True])
@pytest.mark.parametrize("levels", [1, 2, 3, 4, 6])
def test_labels_do_not_overlap(
    opened: Any,
    size: str,
    mentioned: bool,
    levels: int,
) -> None:
    page = opened(sixty_nodes(levels), size)
    if mentioned:
        page.page.check("input[value=mentions]")
        page.page.wait_for_timeout(200)
    boxes = page.boxes()
    assert 30 < len(boxes) <= 64
    assert crossing(boxes) == []
    area = page.page.locator("#graph").bounding_box()
    outside = [
        box
        for box in boxes
        if box[1] < 0 or box[2] < 0 or box[3] > area["width"] or box[4] > area["height"]
    ]
    assert outside == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("levels", [2, 3, 4, 6])
def test_labels_are_large_enough(opened: Any, size: str, levels: int) -> None:
    page = opened(sixty_nodes(levels), size)
    assert 13 * page.page.evaluate("graphPage.network.getScale()") >= SMALLEST_FONT


@pytest.mark.parametrize("size", ["desktop", "phone", "narrow"])
def test_the_page_does_not_scroll_sideways(opened: Any, size: str) -> None:
    page = opened(sixty_nodes(), size)
    assert page.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert [one for one in page.too_wide() if "CANVAS" not in one] == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("roles", [2, 3])
def test_labels_of_several_roles_do_not_overlap(opened: Any, size: str, roles: int) -> None:
    """A map: its places are found by forces, and moved apart."""
    page = opened(several_roles(roles), size)
    boxes = page.boxes()
    assert 50 < len(boxes) <= 62
    assert crossing(boxes) == []
    assert 13 * page.page.evaluate("graphPage.network.getScale()") >= SMALLEST_FONT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Any, scheme: str) -> None:
    """With a node chosen and the list open; the policy is lifted for axe's own script."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(graph_of(two_levels()), color_scheme=scheme, bypass_csp=True)
    page.page.click("#list summary")
    page.page.click("#items button >> nth=0")
    found = Axe().run(page.page).response["violations"]
    serious = {
        one["id"]: [node["html"][:120] for node in one["nodes"][:3]]
        for one in found
        if one["impact"] in {"serious", "critical"}
    }
    assert serious == {}


def test_it_prints_in_light_colours(opened: Any) -> None:
    page = opened(graph_of(two_levels()), color_scheme="dark")
    page.page.emulate_media(media="print", color_scheme="dark")
    page.page.wait_for_timeout(200)
    drawn = "graphPage.network.body.data.nodes.get().filter((one) => one.shape === 'ellipse')[0]"
    assert page.page.evaluate(f"{drawn}.color.background") == "#1d4f91"
    assert not page.page.locator("#find").is_visible()
    wide = page.page.evaluate("document.querySelector('canvas').getBoundingClientRect().width")
    assert wide <= SIZES["desktop"][0]
    assert len(page.page.pdf()) > 5000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(opened: Any, scheme: str) -> None:
    """WCAG 2.1: 4.5 for text, 3 for shapes and lines."""
    page = opened(graph_of(two_levels()), color_scheme=scheme)
    style = "getComputedStyle(document.documentElement).getPropertyValue"

    def luminance(name: str) -> float:
        value = page.page.evaluate(f"{style}('--{name}')").strip().lstrip("#")
        parts = [int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        ]
        return sum(
            weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    texts = [("role-ink", "role"), ("position-ink", "position"), ("skill-ink", "skill")]
    texts += [("label", "paper"), ("ink", "sheet"), ("quiet", "sheet"), ("quiet", "paper")]
    shapes = [
        "role",
        "position",
        "skill-edge",
        "degree",
        "employer",
        "required",
        "other",
        "structure",
    ]
    weak = [pair for pair in texts if contrast(*pair) < 4.5]
    weak += [(name, "paper") for name in shapes if contrast(name, "paper") < 3]
    assert weak == []


# it answers


def test_pointing_shows_the_words_and_their_posting(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    page.page.mouse.move(*page.point("HDFS"))
    page.page.wait_for_timeout(500)
    assert "Required by Machine Learning Engineer I" in page.panel()
    assert "HDFS" in page.panel()
    assert "level-1.txt" in page.panel()
    tooltip = page.page.locator(".vis-tooltip")
    assert "“HDFS”" in tooltip.inner_text()


def test_choosing_by_touch_keeps_the_words(opened: Any) -> None:
    page = opened(graph_of(two_levels()), "phone", has_touch=True)
    page.page.touchscreen.tap(*page.point("HDFS"))
    page.page.wait_for_timeout(700)
    assert "level-1.txt" in page.panel()


def test_the_keyboard_reaches_every_node(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    page.page.focus("#find")
    page.page.keyboard.type("git")
    page.page.focus("#list summary")
    page.page.keyboard.press("Tab")
    assert page.panel().startswith("Git")
    page.page.keyboard.press("Enter")
    assert page.page.get_attribute("#items button", "aria-pressed") == "true"
    page.page.keyboard.press("Escape")
    assert page.panel().startswith("Evidence")


def test_what_is_only_mentioned_is_drawn_when_ticked(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    assert "Hadoop" not in {box[0] for box in page.boxes()}
    page.page.check("input[value=mentions]")
    assert "Hadoop" in {box[0] for box in page.boxes()}
    page.page.uncheck("input[value=requires]")
    assert "HDFS" not in {box[0] for box in page.boxes()}


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        ("skill", {"HDFS", "Java"}),
        ("employer", {"Pinterest"}),
        ("degree", {"Master's"}),
        ("role", {"Machine Learning Engineer"}),
        # what only levels ask for goes with them
        ("position", {"Machine Learning Engineer I", "Machine Learning Engineer II"}),
    ],
)
def test_the_legend_switches_kinds_off_and_on(opened: Any, kind: str, gone: set[str]) -> None:
    page = opened(graph_of(two_levels()))
    before = {box[0] for box in page.boxes()}
    page.page.uncheck(f".kinds input[value={kind}]")
    assert gone & {box[0] for box in page.boxes()} == set()
    assert gone <= before
    page.page.check(f".kinds input[value={kind}]")
    assert {box[0] for box in page.boxes()} == before


def test_one_level_can_be_looked_at(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    page.page.select_option("#level", "II")
    names = {box[0] for box in page.boxes()}
    assert "Machine Learning Engineer II" in names
    assert not {"Machine Learning Engineer I", "HDFS"} & names


def test_what_few_postings_say_can_be_left_out(opened: Any) -> None:
    facts = [
        make_facts(source=f"{number}.txt", required=("Python", *(("SQL",) if number else ())))
        for number in range(3)
    ]
    page = opened(graph_of(facts))
    assert {"Python", "SQL"} <= {box[0] for box in page.boxes()}
    page.page.fill("#least", "3")
    page.page.press("#least", "Tab")
    names = {box[0] for box in page.boxes()}
    assert "Python" in names
    assert "SQL" not in names


def test_what_is_sought_is_bright_and_enter_chooses_it(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    page.page.fill("#find", "hdf")
    assert page.page.locator("#items button").all_inner_texts() == ["HDFS\nskill"]
    ink = "graphPage.network.body.data.nodes.get().map((one) => [one.label, one.font.color])"
    inks = dict(page.page.evaluate(ink))
    assert inks["HDFS"] != inks["Git"]
    page.page.press("#find", "Enter")
    assert page.panel().startswith("HDFS")
    assert "level-1.txt" in page.panel()


def test_the_panel_has_facts_and_leads_on(opened: Any) -> None:
    """From a skill to the level that asks for it, to another skill, with the words of each."""
    page = opened(graph_of(two_levels()))
    page.page.fill("#find", "hdfs")
    page.page.press("#find", "Enter")
    assert "Postings\n1 of 2" in page.panel()
    page.page.click("#panel button:has-text('Go to Machine Learning Engineer I')")
    assert page.panel().startswith("Machine Learning Engineer I\n\nLevel")
    tie = page.page.locator("#panel details", has_text="Java").first
    assert not tie.locator("blockquote").first.is_visible()
    tie.locator("summary").click()
    assert "Java" in tie.locator("q").first.inner_text()
    assert "1 of C++, Java, Python is enough" in tie.inner_text()


def test_an_empty_graph_is_no_error(opened: Any) -> None:
    page = opened(graph_of([]))
    assert page.errors == []
    assert "No postings yet" in page.page.inner_text("header")


def test_the_kinds_differ_in_colour_and_shape(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    styles = page.page.evaluate(
        """() => Object.fromEntries(graphPage.visible().nodes.map((node) => {
          const drawn = graphPage.network.body.nodes[node.id].options;
          const { shape, shapeProperties, color } = drawn;
          return [node.kind, [shape, shapeProperties.borderRadius, color.background]];
        }))"""
    )
    assert len(styles) == 5
    assert len({tuple(style[:2]) for style in styles.values()}) == 5
    assert len({style[2] for style in styles.values()}) == 5


def test_the_necessities_differ_in_their_lines(opened: Any) -> None:
    page = opened(graph_of(two_levels()))
    page.page.check("input[value=mentions]")
    dashes = page.page.evaluate(
        """() => Object.fromEntries(graphPage.visible().edges.map((edge) =>
          [edge.relation, JSON.stringify(graphPage.network.body.edges[edge.id].options.dashes)]))"""
    )
    asked = [dashes[one] for one in ("requires", "accepts", "prefers", "mentions")]
    assert len(set(asked)) == 4


def test_two_thousand_nodes_are_drawn_in_seconds(opened: Any) -> None:
    skills = [f"Skill {number}" for number in range(2000)]
    facts = [
        make_facts(
            source=f"{number}.txt", level=level, required=skills[number * 20 : number * 20 + 20]
        )
        for number, level in enumerate(["I", "II", "Senior", "Senior Staff"] * 25)
    ]
    page = opened(graph_of(facts))
    page.page.wait_for_function("document.documentElement.dataset.ready === 'yes'", timeout=5000)
    assert len(page.boxes()) > 2000
    # a hand moves what is drawn, and it is drawn where the hand let go of it
    area = page.area()
    x, y = area["x"] + 40, area["y"] + 40
    before = page.boxes("Skill 7")[0]
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 60, y + 30)
    assert "translate(60px, 30px)" in page.page.evaluate(CANVAS)
    page.page.mouse.up()
    assert page.page.evaluate(CANVAS) == ""
    after = page.boxes("Skill 7")[0]
    assert (after[1] - before[1], after[2] - before[2]) == pytest.approx((60, 30), abs=1)
    page.page.click("#closer")
    page.page.wait_for_timeout(1500)
    assert page.page.evaluate(CANVAS) == ""
    nearer = page.boxes("Skill 7")[0]
    assert (nearer[3] - nearer[1]) / (after[3] - after[1]) == pytest.approx(1.25, abs=0.02)
