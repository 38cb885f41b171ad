"""A stored posting as a page, by its id, IRI or title; duties on every page that has any."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.names import UnknownNameError
from kg.passages import Passages
from kg.store import Store
from kg.views.pages.comparison_page import comparison_page
from kg.views.pages.ladder_page import ladder_page
from kg.views.pages.quoting import LONGEST
from kg.views.pages.thing_pages import role_page
from kg.views.posting_page import posting
from kg.views.stored_page import stored_page
from tests.factories import make_facts
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.types import Facts

ROLE = "Data Engineer"


def market() -> list[Facts]:
    """Three of each level: all design, the upper level leads too; two share a title."""
    return [
        make_facts(
            source=f"{level} {number}.txt",
            title=f"{ROLE} {level}" if number else f"<b>{ROLE}</b> & {level}",
            level=level,
            employer=f"Employer {number}",
            required=("Python",),
            any_of={"a": ("Java", "C++")},
            duties=("Design", *(("Lead",) if level == "II" else ())),
            reference=f"{level}-{number}",
        )
        for level in ("I", "II")
        for number in range(3)
    ]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return KnowledgeGraph(fill(Store.in_memory(), market(), tmp_path_factory.mktemp("market")))


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.split("<body>")[1]).split())


def test_the_legend_names_each_kind_of_mark_once(graph: KnowledgeGraph) -> None:
    legend = stored_page(graph, FIRST.posting.id).split('class="legend"')[1].split("</ul>")[0]
    names = re.findall(r"<mark[^>]*>([^<]*)<", legend)
    assert "one of several" in names
    assert len(names) == len(set(names))


FIRST = market()[0]


@pytest.mark.parametrize(
    "name", [FIRST.posting.id, f"https://rolegraph.example/id/posting/{FIRST.posting.id}"]
)
def test_a_stored_posting_is_found_by_its_id(graph: KnowledgeGraph, name: str) -> None:
    page = stored_page(graph, name)
    assert "<h1>&lt;b&gt;Data Engineer&lt;/b&gt; &amp; I</h1>" in page
    assert '<mark class="required" title="test: Python">Python<small>' in page.replace(
        re.findall(r'title="([^"]*): Python"', page)[0], "test"
    )
    assert 'class="alternative"' in page
    assert f"kg show posting {FIRST.posting.id}" in page
    assert "<b>Data Engineer</b>" not in page


def test_a_stored_posting_is_found_by_its_title(graph: KnowledgeGraph) -> None:
    assert stored_page(graph, "<b>data engineer</b> & i") == stored_page(graph, FIRST.posting.id)


def test_the_text_is_there_as_it_is_stored(graph: KnowledgeGraph) -> None:
    page = stored_page(graph, FIRST.posting.id)
    article = page.split('<article class="posting">')[1].split("</article>")[0]
    text = re.sub(r"<small>.*?</small>|<h2>.*?</h2>|<[^>]*>", "", article)
    assert "".join(unescape(text).split()) == "".join(FIRST.posting.text.split())


@pytest.mark.parametrize(("years", "told"), [("1", "1 year "), ("3", "3 years ")])
def test_experience_is_told_with_its_years(years: str, told: str, tmp_path: Path) -> None:
    """The store has the years and what they are in apart: "in the job offered" tells nothing."""
    facts = make_facts(source="a.txt", years=years)
    graph = KnowledgeGraph(fill(Store.in_memory(), [facts], tmp_path))
    rows = graph.ask("evidence-of-posting", posting=facts.posting.id).to_dicts()
    (value,) = (row["value"] for row in rows if row["statement"] == "ExperienceRequirement")
    assert str(value) == f"{told}in the job offered"
    assert f"<td>{value}</td>" in stored_page(graph, facts.posting.id)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Data Enginer I", "did you mean"),
        (f"{ROLE} I", "no single posting"),  # two have this title
        ("0" * 20, "no posting"),
        ('" } DROP ALL #', "no posting"),
    ],
)
def test_what_is_no_single_posting_is_said(graph: KnowledgeGraph, name: str, says: str) -> None:
    with pytest.raises(UnknownNameError, match=says):
        stored_page(graph, name)


# duties


def test_a_posting_tells_its_duties_in_its_words(graph: KnowledgeGraph) -> None:
    lead = market()[-1]
    said = lead.duties[1].evidence[0].text
    for page in (stored_page(graph, lead.posting.id), str(posting(lead))):
        assert f"<dt>Lead</dt><dd><q>{said}</q></dd>" in page
        assert page.count("<dt>") == 2


def test_a_posting_without_duties_has_no_heading_for_them() -> None:
    assert "Duties" not in str(posting(make_facts(duties=())))


def test_a_role_tells_its_duties_with_their_share(graph: KnowledgeGraph) -> None:
    said = words_of(role_page(graph, ROLE))
    assert "What postings say that the person does" in said
    assert re.search(r"Design ; share 100%", said)
    assert re.search(r"Lead ; share 50% .{0,40}3 of 6 postings", said)


def test_duties_are_counted_the_commonest_first(graph: KnowledgeGraph) -> None:
    found = graph.duties(ROLE)
    assert [(one.label, one.postings, one.of) for one in found] == [
        ("Design", 6, 6),
        ("Lead", 3, 6),
    ]
    assert {quote.text for quote in found[1].evidence} == {market()[-1].duties[1].evidence[0].text}


def test_a_group_that_states_no_duties_has_none(tmp_path: Path) -> None:
    graph = KnowledgeGraph(fill(Store.in_memory(), [make_facts(duties=())], tmp_path))
    assert graph.duties(ROLE) == []
    assert "Duties" not in words_of(role_page(graph, ROLE))


def test_a_comparison_tells_what_the_person_does(graph: KnowledgeGraph) -> None:
    found = graph.compare(f"{ROLE} I", f"{ROLE} II")
    page = comparison_page(found, Passages(graph.source, LONGEST))
    part = page.split('id="verbs"')[1].split("</section>")[0]
    assert re.search(r'data-name="Lead".*?A: </span>0%.*?B: </span>100%', part, re.DOTALL)
    assert "<mark" in part.split('data-name="Lead"')[1]
    assert "All about Lead" not in part  # a duty is no skill and has no page


def test_a_ladder_tells_the_duties_of_each_step(graph: KnowledgeGraph) -> None:
    page = ladder_page(graph.ladder(ROLE), Passages(graph.source, LONGEST))
    part = page.split('<h4 class="of">Duties</h4>')[1]
    above = part.split("Above only")[1].split("<h5")[0]
    assert '<span class="name">Lead</span>' in above
    assert "Design" in part.split("On both")[1]
    assert "<mark" in above
