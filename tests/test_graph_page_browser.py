"""The graph page in a real browser. Without Chromium these tests skip, and fail where CI runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.views.graph_page import graph_page
from nlp.types import Stated, Term
from tests.factories import make_facts, two_levels
from tests.graph_pages import browser, opened
from tests.role_graphs import graph_of

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.slow

__all__ = ["browser", "opened"]

CANVAS: Final = "document.querySelector('#graph canvas').style.transform"
"""How far the drawn picture is moved as it is, while the hand holds it."""

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


def test_of_lines_that_would_cover_everything_only_those_of_a_chosen_node_are_drawn(
    opened: Any,
) -> None:
    facts = [
        make_facts(
            source=f"{role} {level}.txt",
            role=role,
            level=level,
            required=[f"Skill {number}" for number in range(450)],
        )
        for role in ("Data Engineer", "Machine Learning Engineer", "Software Engineer")
        for level in ("I", "II", "Senior", "Senior Staff")
    ]
    page = opened(graph_of(facts))
    drawn = "graphPage.network.body.data.edges.get().filter((one) => !one.hidden).length"
    assert page.page.evaluate(drawn) == 0
    assert page.page.is_visible("#own")
    page.page.fill("#find", "skill 7")
    page.page.press("#find", "Enter")
    assert page.page.evaluate(drawn) == 12
    assert "12 of 12" in page.panel()
