"""The words behind a row of a comparison: a page of their own, in all its forms."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from kg.web.desk import Desk
from kg.web.pages.compared_words import MOST
from kg.web.pages.pair import Pair
from tests.explorers import explorer_store, shown
from tests.factories import make_facts, two_levels

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLE = "Machine Learning Engineer"
ONE, TWO = f"{ROLE} I", f"{ROLE} II"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(explorer_store(tmp_path_factory.mktemp("words"), two_levels()))
    yield made
    made.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Seven postings of level I and one of II that all require Python."""
    facts = [
        make_facts(
            source=f"{number}.txt",
            title=f"Posting {number}",
            employer=f"Employer {number}",
            role=ROLE,
            level="II" if number == 7 else "I",
            required=("Python",),
        )
        for number in range(8)
    ]
    made = Desk(explorer_store(tmp_path_factory.mktemp("busy"), facts))
    yield made
    made.close()


def test_every_row_leads_to_a_page_with_its_words(desk: Desk) -> None:
    """Skills, alternatives, degrees, years, duties: each address on the page is answered."""
    body = shown(desk, "compare", "html", "/compare", a=ONE, b=TWO).body.decode()
    there = {unescape(one) for one in re.findall(r'href="(/compare/words\?[^"]*)"', body)}
    found = desk.graph.compare(ONE, TWO)
    assert there >= {Pair(ONE, TWO, "one").words_at(row) for row in found.asked("required")}
    kinds = set()
    for address in there:
        given = dict(_fields(address))
        kinds.add(given["of"])
        reply = shown(desk, "words", "html", "/compare/words", **given)
        assert (reply.status, b"<blockquote" in reply.body) == (200, True), address
    assert {"skill", "degree", "experience"} <= kinds


def test_the_words_are_those_of_the_comparison(desk: Desk) -> None:
    found = desk.graph.compare(ONE, TWO)
    [row] = [one for one in found.asked("required") if one.label == "Python"]
    given = {"a": ONE, "b": TWO, "of": "skill", "name": "Python", "necessity": "required"}
    told = json.loads(shown(desk, "words", "json", **given).body)
    said = [(one["posting"], one["words"], one["start"]) for one in told]
    assert sorted(said) == sorted(
        (one.posting, one.text, one.start) for one in row.support.evidence
    )
    sides = {one.posting: "a" for one in found.a.members}
    assert all(one["side"] == sides.get(one["posting"], "b") for one in told)
    table = list(csv.DictReader(io.StringIO(shown(desk, "words", "csv", **given).body.decode())))
    assert [one["words"] for one in table] == [one["words"] for one in told]


def test_each_quote_leads_to_its_place_in_its_posting(desk: Desk) -> None:
    given = {"a": ONE, "b": TWO, "of": "skill", "name": "Python"}
    body = shown(desk, "words", **given).body.decode()
    places = re.findall(r'<cite><a href="/posting/([0-9a-f]+)#at-(\d+)"', body)
    assert places
    for posting, start in places:
        page = shown(desk, "posting", "html", f"/posting/{posting}", name=posting).body.decode()
        assert f'id="at-{start}"' in page


@pytest.mark.parametrize(
    ("most", "quoted", "left"), [(None, 8, None), ("3", 4, "4 more postings"), ("7", 8, None)]
)
def test_as_many_are_quoted_as_are_asked_for(
    busy: Desk, most: str | None, quoted: int, left: str | None
) -> None:
    """Of seven and one: three of each side are three and one, and four are left."""
    given = {"a": ONE, "b": TWO, "of": "skill", "name": "Python"} | ({"most": most} if most else {})
    body = shown(busy, "words", **given).body.decode()
    assert body.count("<blockquote") == quoted
    assert ("more posting" in body) == (left is not None)
    assert left is None or left in body


REFUSED = {
    "no groups": ({}, 400, "two groups are needed"),
    "no such group": ({"a": "Nobody", "b": TWO, "name": "Python"}, 404, "no group"),
    "no such row": ({"a": ONE, "b": TWO, "name": "COBOL"}, 404, "no skill called 'COBOL'"),
    "a row of another necessity": (
        {"a": ONE, "b": TWO, "name": "Python", "necessity": "preferred"},
        404,
        "no skill called 'preferred Python'",
    ),
    "another kind": (
        {"a": ONE, "b": TWO, "of": "colour", "name": "red"},
        400,
        "of is one of skill",
    ),
    "no words": ({"a": ONE, "b": TWO, "name": "Python", "most": "0"}, 400, f"from 1 to {MOST}"),
    "too many": ({"a": ONE, "b": TWO, "name": "Python", "most": "501"}, 400, f"from 1 to {MOST}"),
    "no number": ({"a": ONE, "b": TWO, "name": "Python", "most": "all"}, 400, "most is a number"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_told(desk: Desk, name: str) -> None:
    given, status, said = REFUSED[name]
    reply = shown(desk, "words", "json", **given)
    assert (reply.status, said in json.loads(reply.body)["error"]) == (status, True)


def _fields(address: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(address.partition("?")[2])
