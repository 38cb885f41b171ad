"""What shows itself in a notebook: plain tables, everything escaped, long ones cut and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.analysis import (
    centrality,
    communities,
    comparison,
    cooccurrence,
    gap,
    ladder_rows,
    matching,
    path,
    pay_rows,
    recommend,
    similar,
    trend_rows,
)
from kg.analysis.doubts import doubt
from kg.rows import Rows
from kg.search import searching
from kg.shown import Listing, Shown
from kg.store import Store
from kg.views.notebook import LONGEST, MOST, table_html
from kg.views.notebook_results import DRAWN
from nlp.types import Facts, Mention, Posting, SectionKind
from tests.command_line import ONE, TWO
from tests.factories import make_facts, two_levels
from tests.stores import fill

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
RESULTS = (
    *(centrality.Centrality, communities.Communities, comparison.Comparison),
    *(cooccurrence.Cooccurrence, doubt.Doubt, gap.Gap, ladder_rows.Ladder, matching.Match),
    *(path.Path, pay_rows.PayReport, recommend.Recommendation, searching.Hit),
    *(similar.Similar, trend_rows.Trends),
)


class Tags(HTMLParser):
    """The tags of a fragment, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: set[str] = set()
        self.feed(text)
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert all(name in {"align", "style", "title"} for name, _ in attrs), attrs
        if tag != "br":
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


PLAIN = {"p", "b", "table", "thead", "tbody", "tr", "th", "td", "br", "pre", "mark", "sub"}


def html(shown: object) -> str:
    """What a notebook shows, made of nothing that a code host takes out."""
    text = str(shown._repr_html_())  # type: ignore[attr-defined]
    assert Tags(text).seen <= PLAIN
    return text


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    hostile = make_facts(
        source="hostile.txt",
        title=HOSTILE,
        employer=HOSTILE,
        required=(HOSTILE, "Python"),
        role="Machine Learning Engineer",
        level="Senior",
    )
    folder = tmp_path_factory.mktemp("shown")
    with KnowledgeGraph(fill(Store.in_memory(), [*two_levels(), hostile], folder)) as opened:
        yield opened


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graph,
        lambda graph: graph.ask("postings"),
        lambda graph: graph.ask("skills"),
        lambda graph: graph.query("SELECT * { ?s schema:title ?o }"),
        lambda graph: graph.query("ASK { ?s ?p ?o }"),
        lambda graph: graph.query("CONSTRUCT WHERE { ?s schema:title ?o }"),
        lambda graph: graph.query("SELECT ?s { ?s schema:nothing ?o }"),
        lambda graph: graph.compare(ONE, TWO),
        lambda graph: graph.compare("Machine Learning Engineer", TWO),
        lambda graph: graph.ladder("Machine Learning Engineer"),
        lambda graph: graph.pay(),
        lambda graph: graph.pay(role="Machine Learning Engineer", by="level"),
        lambda graph: graph.trends(),
        lambda graph: graph.cooccurrence(),
        lambda graph: graph.communities(),
        lambda graph: graph.central(),
        lambda graph: graph.similar("Python"),
        lambda graph: graph.recommend(["Python"]),
        lambda graph: graph.path(ONE, TWO),
        lambda graph: graph.search("python"),
        lambda graph: graph.audit(),
        lambda graph: graph.candidates(),
        lambda graph: graph.search("python")[0],
    ],
)
def test_answers_are_shown_and_escaped(ask: object, graph: KnowledgeGraph) -> None:
    text = html(ask(graph))  # type: ignore[operator]
    assert "<script" not in text
    assert "<img" not in text


def test_a_graph_says_what_it_holds(graph: KnowledgeGraph) -> None:
    text = html(graph)
    assert "A graph of 3 postings, 1 role, 2 employers" in text
    assert "<td>Python</td>" in text


def test_a_closed_graph_shows_no_traceback(tmp_path: Path) -> None:
    closed = KnowledgeGraph(fill(Store.in_memory(), two_levels(), tmp_path))
    closed.close()
    assert "no graph to be seen" in html(closed)


def test_a_comparison_has_its_caution_and_both_sides(graph: KnowledgeGraph) -> None:
    text = html(graph.compare(ONE, TWO))
    assert "One posting on each side" in text
    assert f"<b>{ONE} (a) against {TWO} (b)</b>" in text
    assert re.search(r"<td>Git</td><td>\d+ of 1</td><td>\d+ of 1</td>", text)


def test_rows_leave_out_the_iri_that_stands_beside_a_name_and_nothing_else() -> None:
    rows = Rows(
        ("skill", "skill_iri", "posting"),
        [("Spark", "https://rolegraph.example/vocabulary/skill/spark", "https://schema.org/x")],
    )
    text = html(rows)
    assert "<th>skill</th><th>posting</th>" in text
    assert "<td>schema:x</td>" in text
    assert "skill:spark" not in text


def test_an_empty_answer_says_so() -> None:
    assert html(Rows(("skill",), [])) == "<p>no rows</p>"
    assert html(Listing[object]()) == "<p>no rows</p>"


@pytest.mark.parametrize(("count", "more"), [(MOST, ""), (MOST + 1, "1"), (1234 + MOST, "1,234")])
def test_long_answers_are_cut_and_counted(count: int, more: str) -> None:
    text = html(Rows(("n",), [(number,) for number in range(count)]))
    assert text.count("<tr>") == min(count, MOST) + 1
    assert (f"<p>and {more} more</p>" in text) == bool(more)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (0.123456, "0.123"),
        (123456.7, "123,457"),
        (1234567, "1,234,567"),
        ("a\nb", "a<br>b"),
        ("x" * (LONGEST + 1), "x" * (LONGEST - 1) + "…"),
        (HOSTILE, "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;"),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert shown in table_html(["it"], [[value]])


@pytest.mark.parametrize("result", RESULTS, ids=lambda one: one.__name__)
def test_results_show_themselves(result: type) -> None:
    assert issubclass(result, Shown)
    assert result.__dictoffset__ == 0, "slots stay slots"


def test_what_is_drawn_in_its_own_way_is_a_result() -> None:
    assert set(DRAWN) <= {one.__name__ for one in RESULTS}


def test_a_posting_shows_its_text_escaped() -> None:
    text = html(Posting(f"{HOSTILE}.txt", f"{HOSTILE}\nC++", "0"))
    assert "C++" in text
    assert "<script" not in text


def test_facts_show_their_words_and_mark_them() -> None:
    facts = make_facts(title=HOSTILE, required=("Python", HOSTILE), employer=HOSTILE)
    text = html(facts)
    assert "<script" not in text
    assert "<th>fact</th><th>value</th><th>words</th>" in text
    words = re.sub(r"<sub>[^<]*</sub>|<[^>]+>", "", text[text.index("<pre") :])
    assert (
        words.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
        == facts.posting.text
    ), "nothing of the text is lost or doubled"


def mention(start: int, end: int, kind: str, rule: str = "r") -> Mention:
    return Mention(start, end, "x" * (end - start), kind, rule, SectionKind.BODY)


@pytest.mark.parametrize(
    ("mentions", "marked"),
    [
        ([(0, 4, "role")], ["abcd"]),
        ([(0, 4, "role"), (0, 4, "title")], ["abcd"]),  # the same words share a mark
        ([(0, 8, "experience"), (2, 4, "skill")], ["cd"]),  # a skill within counts first
        ([(0, 5, "pay"), (3, 9, "dates")], ["defghi"]),  # else the longest
        ([], []),
    ],
)
def test_of_mentions_that_overlap_one_is_marked(
    mentions: list[tuple[int, int, str]], marked: list[str]
) -> None:
    facts = Facts(
        Posting("a.txt", "abcdefghij", "0"), mentions=tuple(mention(*one) for one in mentions)
    )
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html(facts)) == marked
