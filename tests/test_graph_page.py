from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.graphs import Kind, Relation
from kg.views.graph_page import graph_page, write_graph_page
from kg.views.labels import MAX_LINES, size, wrap
from kg.views.layout import Box, columns, ladder
from kg.views.page_nodes import Drawn, Picture, picture
from kg.views.page_words import MOST_QUOTES, Words
from tests.factories import concept, make_facts, two_levels
from tests.role_graphs import engineers, graph_of

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

ONE, TWO = "Machine Learning Engineer I", "Machine Learning Engineer II"


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return graph_of(two_levels())


@pytest.fixture(scope="module")
def shown(graph: nx.MultiDiGraph) -> Picture:
    return picture(graph)


@pytest.fixture(scope="module")
def page(graph: nx.MultiDiGraph) -> str:
    return graph_page(graph)


def node(shown: Picture, label: str) -> Drawn:
    return next(one for one in shown.nodes if one.label == label)


# what is drawn


def test_all_kinds_are_drawn(shown: Picture) -> None:
    kinds = {one.kind for one in shown.nodes}
    assert kinds == {Kind.ROLE, Kind.POSITION, Kind.SKILL, Kind.DEGREE, Kind.EMPLOYER}


def test_a_skill_stands_with_those_that_ask_most_strongly(shown: Picture) -> None:
    java = node(shown, "Java")
    assert java.tier == Relation.REQUIRES
    assert [one.split()[-1] for one in java.owners] == [concept("level", "II")]


def test_levels_come_in_their_order() -> None:
    shown = picture(graph_of(engineers("II", 1) + engineers("Senior", 1) + engineers("I", 1)))
    labels = [one.label for one in shown.of_kind(Kind.POSITION)]
    assert labels == ["Data Engineer I", "Data Engineer II", "Senior Data Engineer"]


def test_an_edge_has_the_words_of_its_postings(graph: nx.MultiDiGraph, shown: Picture) -> None:
    words = Words(graph, shown)
    java = next(
        tie for tie in shown.ties if tie.relation == Relation.ACCEPTS and "java" in tie.target
    )
    (block,) = words.of_tie(java)
    assert block["heading"] == f"1 of C++, Java, Python is enough for {ONE}"
    assert [quote[0] for quote in block["quotes"]] == ["Java"]


def test_a_degree_is_tied_by_its_necessity(shown: Picture) -> None:
    assert node(shown, "Master's").tier == Relation.REQUIRES


def test_a_role_without_a_level_asks_itself() -> None:
    shown = picture(graph_of([make_facts(level=None)]))
    assert [one.label for one in shown.nodes if one.id in shown.owners] == ["Data Engineer"]
    assert node(shown, "Python").owners == shown.owners


def test_a_posting_without_a_role_is_counted_and_not_drawn() -> None:
    graph = graph_of([make_facts(role=None, level=None), make_facts(source="other.txt")])
    assert len(picture(graph).undrawn) == 1
    assert "1 posting names no role and is not drawn" in graph_page(graph)


def test_quotes_are_counted_where_they_are_too_many() -> None:
    graph = graph_of(engineers("I", MOST_QUOTES + 3))
    shown = picture(graph)
    (tie,) = [one for one in shown.ties if one.target == node(shown, "Python").id]
    (block,) = Words(graph, shown).of_tie(tie)
    assert (len(block["quotes"]), block["more"]) == (MOST_QUOTES, 3)


# where it stands


def boxes(shown: Picture) -> dict[str, Box]:
    return {one.id: Box(100, 20) for one in shown.nodes}


def overlaps(places: dict[str, tuple[int, int]], room: dict[str, Box]) -> list[tuple[str, str]]:
    ids = sorted(places)
    return [
        (a, b)
        for index, a in enumerate(ids)
        for b in ids[index + 1 :]
        if abs(places[a][0] - places[b][0]) * 2 < room[a].width + room[b].width
        and abs(places[a][1] - places[b][1]) * 2 < room[a].height + room[b].height
    ]


def test_shared_skills_stand_between_the_levels(shown: Picture) -> None:
    places = columns(shown, boxes(shown))
    assert places is not None
    x = {one.label: places[one.id][0] for one in shown.nodes}
    assert x["HDFS"] < x[ONE] < x["Spark"] < x[TWO] < x["Git"]


@pytest.mark.parametrize("narrow", [True, False])
def test_nothing_overlaps_in_a_ladder(shown: Picture, narrow: bool) -> None:
    places = ladder(shown, boxes(shown), narrow=narrow)
    assert set(places) == {one.id for one in shown.nodes}
    assert overlaps(places, boxes(shown)) == []


def test_nothing_overlaps_in_columns(shown: Picture) -> None:
    places = columns(shown, boxes(shown))
    assert places is not None
    assert set(places) == {one.id for one in shown.nodes}
    assert overlaps(places, boxes(shown)) == []


def test_many_levels_are_no_columns() -> None:
    levels = ("University Graduate", "I", "II", "Senior", "Senior Staff")
    shown = picture(graph_of([one for level in levels for one in engineers(level, 1)]))
    assert columns(shown, boxes(shown)) is None
    assert overlaps(ladder(shown, boxes(shown), narrow=False), boxes(shown)) == []


def test_an_empty_graph_has_no_places() -> None:
    shown = picture(graph_of([]))
    assert columns(shown, {}) is None
    assert ladder(shown, {}, narrow=False) == {}


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Natural Language Processing", ["Natural Language", "Processing"]),
        ("C++", ["C++"]),
        ("x" * 40, ["x" * 17, "x" * 17, "x" * 6]),
        ("", ["?"]),
    ],
)
def test_labels_are_wrapped(label: str, lines: list[str]) -> None:
    assert wrap(label, 17).split("\n") == lines


def test_a_label_of_many_lines_is_cut() -> None:
    lines = wrap("word " * 40, 5).split("\n")
    assert len(lines) == MAX_LINES
    assert lines[-1].endswith("…")


def test_wide_letters_take_more_room() -> None:
    assert size("日本語", 13)[0] > size("abc", 13)[0]
    assert size("a\nb", 13)[1] == pytest.approx(2 * size("a", 13)[1], abs=1)


# the page


def test_the_page_links_to_nothing(page: str) -> None:
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    links = re.findall(r"(?:src|href|action|data|poster)\s*=\s*(\S*)", markup)
    assert links == ['"data:,">', '"#main">To']  # no icon, and the way past what stands above
    assert "//" not in markup
    assert not re.search(r"url\(|@import", "".join(re.findall(r"<style>(.*?)</style>", page, re.S)))
    assert "sourceMappingURL" not in page


def test_the_page_says_what_it_shows(page: str) -> None:
    assert "2 postings: 1 employer, 1 role, 2 levels, " in page
    assert "2 skills are only mentioned: tick “Mentioned” to draw them." in page


def test_an_empty_graph_says_how_to_fill_it() -> None:
    assert "No postings yet: kg build PATH adds some." in graph_page(graph_of([]))


def test_the_title_is_escaped(graph: nx.MultiDiGraph) -> None:
    text = graph_page(graph, title="<img src=x onerror=alert(1)> & more")
    assert "<h1>&lt;img src=x onerror=alert(1)&gt; &amp; more</h1>" in text


def test_only_the_page_is_written(
    graph: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    write_graph_page(graph, tmp_path / "elsewhere" / "graph.html")
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["elsewhere", "graph.html"]


def test_an_unwritable_path_is_an_error(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        write_graph_page(graph, tmp_path / "file" / "graph.html")


def test_the_same_graph_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, sys; from tests.factories import two_levels; "
        "from tests.role_graphs import graph_of; from kg.views.graph_page import graph_page; "
        "facts = two_levels()[:: int(sys.argv[1])]; "
        "print(hashlib.sha256(graph_page(graph_of(facts)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, order],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for order, seed in (("1", "1"), ("-1", "2"))
    }
    assert found == {hashlib.sha256(graph_page(graph_of(two_levels())).encode()).hexdigest()}
