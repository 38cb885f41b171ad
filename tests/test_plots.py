"""Figures as pictures: the same numbers as the tables, as PNG and SVG."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.views.plots import (
    check_picture,
    comparison_plot,
    ladder_plot,
    pay_plot,
    trends_plot,
    write_picture,
)
from tests.factories import make_facts, two_levels
from tests.made_pages import ENGINEER, graph_with, market

if TYPE_CHECKING:
    from kg import KnowledgeGraph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return graph_with(market(), tmp_path_factory.mktemp("market"))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return graph_with([*two_levels(), make_facts(pay=None)], tmp_path_factory.mktemp("few"))


def values(chart: Any) -> list[dict[str, Any]]:
    made = chart.to_dict()
    (found,) = made["datasets"].values()
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("name", ["a.png", "a.SVG", "b/c.svg"])
def test_pictures_are_png_or_svg(name: str) -> None:
    assert check_picture(Path(name)) == name[-3:].lower()


@pytest.mark.parametrize("name", ["a.jpg", "a", "png", "a.svg.gz"])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"a picture is a \.png or a \.svg"):
        check_picture(Path(name))


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.views.plots.find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'rolegraph\[plots\]'"):
        check_picture(Path("a.png"))


def test_the_module_needs_no_altair_to_be_read() -> None:
    source = Path(sys.modules["kg.views.plots"].__file__ or "").read_text(encoding="utf-8")
    assert "\nimport altair" not in source
    assert "\nfrom altair" not in source


def test_small_groups_have_no_odds_and_the_error_says_why(few: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match=r"no differences were tested: .*One posting on each side"):
        comparison_plot(few.compare(f"{ENGINEER} I", f"{ENGINEER} II"))


def test_too_little_pay_and_no_dates_are_told(few: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no quantiles: "):
        pay_plot(few.pay(role=ENGINEER))
    with pytest.raises(ValueError, match="no trends: "):
        trends_plot(graph_with([make_facts()], tmp_path).trends())


@pytest.mark.slow
def test_the_figures_have_the_numbers_of_the_tables(graph: KnowledgeGraph) -> None:
    found = graph.compare(f"{ENGINEER} I", f"{ENGINEER} II")
    told = {
        row["label"]: row["log_odds"]
        for row in found.to_rows()
        if row["kind"] == "skill" and row["necessity"] == "required" and row["q"] is not None
    }
    drawn = {one["name"].partition("  ")[0]: one["value"] for one in values(comparison_plot(found))}
    assert len(drawn) > 5
    assert drawn == {name: told[name] for name in drawn}
    pay = graph.pay(role=ENGINEER)
    halves = [row["value"] for row in pay.to_rows() if row["quantile"] == 0.5]
    assert [one["half"] for one in values(pay_plot(pay))] == halves
    ladder = graph.ladder(ENGINEER)
    medians = [rung.pay.median for rung in ladder.rungs]
    assert [one["value"] for one in values(ladder_plot(ladder))] == medians


@pytest.mark.slow
def test_pictures_are_written(graph: KnowledgeGraph, tmp_path: Path) -> None:
    charts = {
        "compare": comparison_plot(graph.compare(f"{ENGINEER} I", f"{ENGINEER} II")),
        "ladder": ladder_plot(graph.ladder(ENGINEER)),
        "pay": pay_plot(graph.pay(role=ENGINEER)),
        "trends": trends_plot(graph.trends(by="quarter")),
    }
    for name, chart in charts.items():
        for form, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
            path = tmp_path / f"{name}.{form}"
            write_picture(chart, path)
            assert path.read_bytes().startswith(start)
        svg = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
        assert "NaN" not in svg
    assert "Machine Learning" in (tmp_path / "compare.svg").read_text(encoding="utf-8")
