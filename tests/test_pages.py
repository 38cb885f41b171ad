"""The self-contained pages: what they say, what they escape, what they ask for (nothing)."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final

import pytest

from kg.analysis.quotes import Quote
from kg.passages import Passages
from kg.views.pages.charts import Axis, Mark, Share, amount_axis, odds_axis, share_axis
from kg.views.pages.comparison_page import comparison_page
from kg.views.pages.frame import no_link, page, percent, render
from kg.views.pages.quoting import FromNowhere, FromStore
from kg.views.pages.thing_pages import narrower_skills
from tests.factories import two_levels
from tests.made_pages import HOSTILE, PAGES, graph_with, hostile, pages_of
from tests.role_graphs import Memory

if TYPE_CHECKING:
    from kg import KnowledgeGraph

ONE: Final = "Machine Learning Engineer I"
TWO: Final = "Machine Learning Engineer II"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return graph_with(two_levels(), tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def pages(graph: KnowledgeGraph) -> dict[str, str]:
    return pages_of(graph, skill="Spark", employer="Pinterest", shown=two_levels()[0])


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    graph = graph_with(hostile(), tmp_path_factory.mktemp("hostile"))
    return pages_of(graph, skill="Python", employer=HOSTILE[1], name=HOSTILE[2], shown=hostile()[0])


# a page is one file that asks for nothing


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_no_address_and_loads_nothing(pages: dict[str, str], name: str) -> None:
    text = pages[name]
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["'](?!#|data:,)""", text)
    assert "@import" not in text
    assert "url(" not in text


@pytest.mark.parametrize("name", PAGES)
def test_styles_and_scripts_are_those_of_the_policy(pages: dict[str, str], name: str) -> None:
    """The hash of the one style and the one script; no attribute of either kind."""
    text = pages[name]
    body = text[text.index("<body>") :]
    assert not re.search(r"<[^>]*\s(?:style|on\w+)\s*=", body)
    for tag in ("style", "script"):
        (inner,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in text
    assert "unsafe" not in text
    assert "default-src &#39;none&#39;" in text


@pytest.mark.parametrize("name", PAGES)
def test_text_of_postings_is_escaped(attacked: dict[str, str], name: str) -> None:
    text = attacked[name]
    body = text[text.index("<body>") : text.rindex("<script>")]
    for broken in ("<img", "<script", "onload=alert(3)>", "<style", "<!--", "49"):
        found = body.replace("&lt;", "").replace("&#34;", "")
        assert broken not in body, f"{broken} in {found[:80]}"


def test_the_hostile_names_are_there_to_be_read(attacked: dict[str, str]) -> None:
    assert "&lt;img src=x onerror=alert(1)&gt;" in attacked["compare"]
    assert "&lt;/script&gt;&lt;script&gt;alert(2)" in attacked["employer"]
    assert "alert(3)" in attacked["gap"]


def test_an_unescaped_value_would_be_noticed() -> None:
    from markupsafe import Markup

    assert "<img" in page("a", Markup(HOSTILE[0]))  # noqa: S704 # the point of it
    assert "<img" not in page(HOSTILE[0], Markup())


def test_the_same_result_is_the_same_page(graph: KnowledgeGraph) -> None:
    found = graph.compare(ONE, TWO)
    made = [comparison_page(found, Passages(graph.source)) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_and_no_id_twice(pages: dict[str, str], name: str) -> None:
    text = pages[name]
    assert len(re.findall("<h1>", text)) == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


# a page says what the table says


def test_the_comparison_has_every_skill_with_its_counts(
    graph: KnowledgeGraph, pages: dict[str, str]
) -> None:
    found = graph.compare(ONE, TWO)
    asked = [row for row in found.skills if row.necessity != "alternative"]
    assert len(asked) > 8
    for row in asked:
        assert f'data-name="{row.label}"' in pages["compare"]
    assert "Caution." in pages["compare"]
    assert "One posting on each side" in pages["compare"]
    assert "Only Machine Learning Engineer II" in pages["compare"]


def test_the_words_stand_in_their_line(pages: dict[str, str]) -> None:
    assert "<blockquote" in pages["compare"]
    assert "<mark>HDFS</mark>" in pages["compare"]
    assert "level-1.txt" in pages["compare"]


def test_small_levels_say_that_nothing_was_tested(pages: dict[str, str]) -> None:
    assert "Not tested: this is what these postings require" in pages["ladder"]
    assert "A step is tested where both levels have 30 postings of 10 employers" in pages["ladder"]


def test_too_little_data_is_said_in_words(pages: dict[str, str]) -> None:
    assert "too few for quantiles" in pages["pay"]
    assert "No premium of a skill is told" in pages["pay"]
    assert "Caution." in pages["communities"]
    assert "Caution." in pages["trends"]


def test_the_gap_tells_of_the_resume_in_it(pages: dict[str, str]) -> None:
    assert "This page has words of a résumé in it." in pages["gap"]


def test_a_name_that_is_missing_in_a_template_is_an_error() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        render("heading.html", kind="Skill", title="Spark")


# charts


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (0.0, "0%"), (0.004, "<1%"), (0.005, "0%"), (0.5, "50%"), (0.996, ">99%")],
)
def test_shares_are_never_rounded_to_none_or_all(share: float | None, said: str) -> None:
    assert percent(share) == said or (share == 0.005 and percent(share) == "1%")


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.0, 7.0], ["0", "2", "4", "6", "8"]),
        ([97_500, 147_500], ["80k", "100k", "120k", "140k", "160k"]),
        ([5.0, 5.0], None),  # one value alone still has an axis
        ([0.0, 0.9], None),
        ([1_000_000, 3_400_000], ["1M", "2M", "3M", "4M"]),
    ],
)
def test_axes_have_round_ticks_that_hold_the_values(
    values: list[float], ticks: list[str] | None
) -> None:
    axis = amount_axis(values)
    assert axis.low <= min(values) <= max(values) <= axis.high
    assert 2 <= len(axis.ticks) <= 6
    if ticks:
        assert [label for _, label in axis.ticks] == ticks


def test_counts_have_whole_ticks() -> None:
    axis = amount_axis([0, 2], whole=True)
    assert [label for _, label in axis.ticks] == ["0", "1", "2"]


def test_an_axis_of_nothing_is_an_axis() -> None:
    assert amount_axis([]).at(0.5) == 50.0
    assert share_axis([]).at(1.0) == 100.0
    assert odds_axis([]).at(0.0) == 50.0


@pytest.mark.parametrize("value", [0.1, 0.7, 2.5, 6.0])
def test_an_axis_of_odds_holds_every_estimate_and_is_equal_in_the_middle(value: float) -> None:
    axis = odds_axis([Mark(value, value - 9, value + 9), Mark(-0.2, None, None)])
    assert axis.within(value)
    assert axis.at(0.0) == 50.0
    assert (0.0, "equal") in axis.ticks


def test_places_are_held_within_the_axis() -> None:
    axis = Axis(0.0, 10.0)
    assert [axis.at(one) for one in (-5, 0, 2.5, 10, 99)] == [0.0, 0.0, 25.0, 100.0, 100.0]


def test_a_share_of_nothing_is_unknown() -> None:
    assert Share(0, 0).share is None
    assert Share(0, 0).interval is None


# quotes


def test_one_quote_a_posting_and_few_of_them(graph: KnowledgeGraph) -> None:
    quoting = FromStore(Passages(graph.source))
    evidence = [Quote("x", "a"), Quote("x", "b"), Quote("y", "c"), Quote("z", "d")]
    assert [(one.posting, one.words) for one in quoting.quote(evidence)] == [("x", "a"), ("y", "c")]
    assert FromNowhere().quote(evidence) == ()


def test_a_quote_names_its_posting_where_the_result_does_not(graph: KnowledgeGraph) -> None:
    """Pay and trends know of a posting its identifier only; people know its title."""
    quote = graph.compare(ONE, TWO).skills[0].support.evidence[0]
    said = FromStore(Passages(graph.source)).quote([quote])[0].source
    assert said == f"{ONE} · Pinterest · posting {quote.posting}"
    unknown = FromStore(Passages(graph.source)).quote([Quote("x", "a")])[0]
    assert unknown.source == "x", "what the store does not have has no other name"


def test_passages_are_as_long_as_they_are_asked_to_be(graph: KnowledgeGraph) -> None:
    found = graph.compare(ONE, TWO)
    quote = next(row.support.evidence[0] for row in found.skills if row.label == "HDFS")
    lengths = [len(str(Passages(graph.source, longest).find(quote))) for longest in (6, 60)]
    assert lengths[0] <= lengths[1]


def test_a_narrower_skill_is_shown_once_with_all_that_it_is_below() -> None:
    """The question has a row for each of the broader skills of one."""
    rows = Memory([]).query(
        """SELECT ?skill ?broader ?postings ?skill_iri WHERE {
             VALUES (?skill ?broader ?postings ?skill_iri) {
               ("Spark" UNDEF 9 <a:spark>) ("MLlib" "Machine Learning" 6 <a:mllib>)
               ("MLlib" "Spark" 6 <a:mllib>) ("MLlib" "Statistics" 6 <a:mllib>)
               ("Koalas" "PySpark" 0 <a:koalas>) ("PySpark" "Spark" 15 <a:pyspark>)
             } }"""
    )
    assert narrower_skills(rows, "Spark", no_link) == [
        ("MLlib", "below Machine Learning, Statistics", 6, None),
        ("PySpark", "", 15, None),
    ]
