"""The explorer's pages, each made as a worker makes it, over two postings in miniature."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from kg.questions import questions
from kg.web.desk import Desk
from kg.web.page import PageJob
from kg.web.page_worker import make_page
from kg.web.pages import PAGES as PAGE_MAKERS
from tests.explorers import explorer_store, shown
from tests.factories import make_facts, two_levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.web.served import Served

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "\"><svg onload=alert(3)>'`",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(6)",
    "../..",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return explorer_store(tmp_path_factory.mktemp("explorer"), two_levels())


@pytest.fixture(scope="module")
def desk(served: Served) -> Iterator[Desk]:
    made = Desk(served)
    made.warm_up()
    yield made
    made.close()


def elements(body: str) -> list[tuple[str, dict[str, str | None]]]:
    """Return every element of a page with its attributes."""
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(body)
    return found


def text_of(body: bytes) -> str:
    """Return what of a page is read, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body.decode())).split())


ROLE, TWO = "Machine Learning Engineer", "Machine Learning Engineer II"
PAGES = {
    "home": ({}, "2 postings"),
    "roles": ({}, ROLE),
    "levels": ({}, "II"),
    "skills": ({}, "Python"),
    "skills preferred": ({"necessity": "preferred"}, "preferred"),
    "employers": ({}, "Employers"),
    "postings": ({}, TWO),
    "postings of a role": ({"role": TWO}, TWO),
    "role": ({"name": ROLE}, "Compare I with II"),
    "role at a level": ({"name": ROLE, "level": "II"}, f"{ROLE}, all levels"),
    "level": ({"name": "II"}, "Roles at this level"),
    "skill": ({"name": "Python"}, "In their words"),
    "questions": ({}, "Skills of a role"),
    "question": ({"name": "skills-of-role"}, "whose skills"),
    "question answered": ({"name": "skills-of-role", "role": TWO}, "rows"),
    "sparql": ({}, "Examples"),
    "sparql answered": ({"query": "SELECT ?t { ?p schema:title ?t }"}, "rows"),
    "sparql yes": ({"query": "ASK { ?p a schema:JobPosting }"}, "Yes"),
    "compare": ({}, "Compare two groups"),
    "compare two": ({"a": f"{ROLE} I", "b": TWO}, "against"),
    "ladder": ({}, "The levels of a role"),
    "ladder of a role": ({"role": ROLE}, ROLE),
    "pay": ({}, "Pay"),
    "trends": ({}, "Trends"),
    "gap": ({}, "It stays in this server’s memory"),
    "search": ({}, "any of a skill’s names will do"),
    "search words": ({"q": "HDFS"}, "Postings"),
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_shows_what_it_is_for(desk: Desk, name: str) -> None:
    given, expected = PAGES[name]
    page = name.split()[0]
    reply = shown(desk, page, "html", f"/{page}", **given)
    assert reply.status == 200
    assert expected in text_of(reply.body)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_its_data(desk: Desk, name: str) -> None:
    given, _ = PAGES[name]
    page = name.split()[0]
    data = shown(desk, page, "json", f"/{page}", **given)
    table = shown(desk, page, "csv", f"/{page}", **given)
    assert (data.content_type, table.content_type) == (
        "application/json",
        "text/csv; charset=utf-8",
    )
    json.loads(data.body)
    assert len({len(row) for row in csv.reader(io.StringIO(table.body.decode()))}) <= 1


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("sparql", "search")])
def test_each_page_tells_how_it_was_computed(desk: Desk, name: str) -> None:
    given, _ = PAGES[name]
    page = name.split()[0]
    if page == "questions":
        return  # a list of what there is to ask: nothing was computed
    assert "How this was computed" in text_of(shown(desk, page, **given).body)


def test_every_question_has_a_form_made_from_its_header(desk: Desk) -> None:
    for name, question in questions().items():
        body = shown(desk, "question", "html", f"/questions/{name}", name=name).body.decode()
        for parameter in question.parameters:
            assert f'name="{parameter.name}"' in body, name


def test_postings_as_data_have_what_their_list_shows(desk: Desk) -> None:
    found = json.loads(shown(desk, "postings", "json").body)
    assert [(row["title"], row["level"]) for row in found][-1] == (TWO, "II")
    table = shown(desk, "postings", "csv").body.decode().splitlines()
    assert table[0] == "title,employer,role,level,date_posted,posting"
    assert len(table) == 3


def test_pay_is_as_stated_or_as_a_board_estimates_it(desk: Desk) -> None:
    told = [shown(desk, "pay", "json", pay=one).body for one in ("stated", "estimated")]
    assert [json.loads(one)["basis"] for one in told] == ["stated", "estimated"]


def test_the_answer_is_that_of_the_command_line(desk: Desk) -> None:
    reply = shown(desk, "question", "json", name="skills-of-role", role=TWO)
    rows = questions()["skills-of-role"].ask(desk.source, {"role": TWO})
    assert json.loads(reply.body) == rows.to_dicts()
    compared = shown(desk, "compare", "json", a=f"{ROLE} I", b=TWO)
    assert json.loads(compared.body) == desk.graph.compare(f"{ROLE} I", TWO).to_json()


def test_counts_are_those_of_the_questions(desk: Desk) -> None:
    rows = questions()["skills"].ask(desk.source, {"necessity": "required"}).to_dicts()
    listed = json.loads(shown(desk, "skills", "json").body)
    assert {row["skill"]: row["postings"] for row in listed} == {
        row["skill"]: row["postings"] for row in rows
    }
    role = json.loads(shown(desk, "role", "json", name=ROLE, level="II").body)
    asked = questions()["skills-of-role"].ask(desk.source, {"role": TWO, "necessity": "required"})
    concepts = [row for row in asked.to_dicts() if row["skill_iri"]]
    assert role["required"]["total"] == len(concepts)


@pytest.mark.parametrize(
    ("page", "given", "expected"),
    [
        (
            "role",
            {"name": ROLE},
            [("Design", "2"), ("Lead", "1"), ("Maintain", "1"), ("Mentor", "1")],
        ),
        ("role", {"name": ROLE, "level": "I"}, [("Design", "1"), ("Maintain", "1")]),
        ("level", {"name": "II"}, [("Design", "1"), ("Lead", "1"), ("Mentor", "1")]),
    ],
)
def test_duties_are_counted_with_the_words_of_a_posting(
    desk: Desk, page: str, given: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    found = json.loads(shown(desk, page, "json", "/", **given).body)["duties"]
    assert [(row["duty"], row["postings"]) for row in found["rows"]] == expected
    assert all(row["in the words of one"] for row in found["rows"])


def test_a_posting_tells_its_duties(desk: Desk) -> None:
    said = text_of(shown(desk, "posting", name=two_levels()[1].posting.id).body)
    part = said.split("What the posting says that the person does, in its words.")[1]
    assert [one for one in ("Design", "Lead", "Maintain", "Mentor") if one in part[:80]] == [
        "Design",
        "Lead",
        "Mentor",
    ]


def test_a_posting_shows_its_text_whole_with_its_words_marked(desk: Desk) -> None:
    facts = two_levels()[1]
    body = shown(desk, "posting", "html", "/posting/x", name=facts.posting.id).body.decode()
    parts = re.findall(r'<div class="words-of">(.*?)</div></section>', body, re.DOTALL)
    said = re.sub(r'<span class="vh">[^<]*</span>', "", "".join(parts))
    assert unescape(re.sub(r"<[^>]*>", "", said)) == facts.posting.text
    for requirement in facts.requirements:
        assert f'id="at-{requirement.evidence.start}"' in body or requirement.kind != "skill"


MOVED = {
    "a label in other letters": ("role", {"name": "machine learning engineer"}, f"/role/{ROLE}"),
    "a role with its level": ("role", {"name": TWO}, f"/role/{ROLE}?level=II"),
    "another of its names": ("skill", {"name": "python"}, "/skill/Python"),
    "an IRI": ("level", {"name": "https://rolegraph.example/vocabulary/level/ii"}, "/level/II"),
    "narrowed": (
        "compare",
        {"a": ROLE, "a_level": "I", "b": TWO},
        f"/compare?a={ROLE} + level: I&b={TWO}",
    ),
}


@pytest.mark.parametrize("name", MOVED)
def test_what_has_another_address_leads_there(desk: Desk, name: str) -> None:
    from urllib.parse import unquote_plus

    page, given, there = MOVED[name]
    reply = shown(desk, page, **given)
    assert reply.status == 303
    assert unquote_plus(reply.body.decode().strip()) == there


REFUSED = {
    "no such role": ("role", {"name": "Machine Learning Enginer"}, 404, f"{ROLE}"),
    "no such skill": ("skill", {"name": "Pythn"}, 404, "Python"),
    "no such posting": ("posting", {"name": "0" * 20}, 404, "no posting"),
    "no such question": ("question", {"name": "skils"}, 404, "no question"),
    "a page that is no number": ("skills", {"page": "one"}, 400, "a number from 1 on"),
    "another necessity": ("skills", {"necessity": "much"}, 400, "one of required"),
    "no such group": ("compare", {"a": "Nobody", "b": TWO}, 404, "no group"),
    "a wrong period": ("compare", {"a": f"{ROLE} + period: x", "b": TWO}, 400, "period"),
    "another way to count": ("compare", {"copies": "none"}, 400, "copies is one of"),
    "a wrong necessity": (
        "question",
        {"name": "skills-of-role", "role": TWO, "necessity": "x"},
        400,
        "necessity is one of",
    ),
    "a service": (
        "sparql",
        {"query": "SELECT * { SERVICE <http://a.example/> {} }"},
        400,
        "SERVICE",
    ),
    "an update": ("sparql", {"query": "DROP ALL"}, 400, "line 1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_cannot_be_made_says_why(desk: Desk, name: str) -> None:
    page, given, status, said = REFUSED[name]
    reply = shown(desk, page, "html", f"/{page}", **given)
    assert (reply.status, said in text_of(reply.body)) == (status, True)
    assert shown(desk, page, "json", f"/{page}", **given).status == status


PLACES = {
    "in the first line": ("SELECT * { ?s ?p }", 1, 19, 18),
    "in the third line": ("SELECT ?x\nWHERE {\n  ?x foo:bar ?y .\n}", 3, 13, 30),
    "behind what is no ASCII": ('ASK { ?a ?b "é𝄞" ; foo:bar ?d }', 1, 28, 27),
}


@pytest.mark.parametrize("name", PLACES)
def test_an_error_is_told_at_its_place(desk: Desk, name: str) -> None:
    query, line, column, offset = PLACES[name]
    found = json.loads(shown(desk, "sparql", "json", query=query).body)
    assert found["line"] == line
    assert column in (None, found["column"])
    body = shown(desk, "sparql", query=query).body.decode()
    assert 'class="line here"' in body
    assert offset is None or f'data-fault="{offset}"' in body


def test_hostile_words_stay_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    facts = [
        make_facts(
            source=f"{number}.txt",
            title=text,
            employer=text,
            required=(text, "Python"),
            role=ROLE,
            level="II",
        )
        for number, text in enumerate(HOSTILE)
    ]
    desk = Desk(explorer_store(tmp_path_factory.mktemp("hostile"), facts))
    pages = [("postings", {}), ("employers", {}), ("home", {}), ("skill", {"name": "Python"})]
    pages += [("search", {"q": text}) for text in HOSTILE[:3]]
    pages += [("employer", {"name": text}) for text in HOSTILE]
    pages += [("posting", {"name": one.posting.id}) for one in facts]
    pages += [("role", {"name": text}) for text in HOSTILE]
    pages += [("sparql", {"query": text}) for text in HOSTILE]
    pages += [("compare", {"a": text, "b": text}) for text in HOSTILE]
    for page, given in pages:
        body = shown(desk, page, "html", f"/{page}", **given).body.decode()
        for tag, attributes in elements(body):
            assert tag not in ("img", "iframe", "style"), (page, given)
            assert tag != "script" or "src" in attributes
            for attribute, value in attributes.items():
                assert attribute != "style", "the policy forbids it"
                assert not attribute.startswith("on"), (page, given, attribute)
                is_link = attribute in ("href", "src", "action")
                assert not is_link or re.match(r"(?:/|#|https?://|\\?)", value or "/"), value
    desk.close()


def test_a_job_shows_nothing_of_what_was_given() -> None:
    job = PageJob("gap", {"group": "secret"}, query="secret", extra="secret")
    assert "secret" not in repr(job)


def test_a_page_that_fails_says_nothing_of_what_it_held(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "of a résumé"

    def fail(*_: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setitem(PAGE_MAKERS, "home", fail)
    reply = make_page(desk, PageJob("home", {}))
    assert reply.status == 500
    assert words not in reply.body.decode() + "".join(capsys.readouterr())


def test_a_newer_state_of_the_store_is_seen(tmp_path_factory: pytest.TempPathFactory) -> None:
    from kg.quads import posting_quads
    from kg.store import Store

    folder = tmp_path_factory.mktemp("newer")
    served = explorer_store(folder, two_levels())
    desk = Desk(served)
    assert json.loads(shown(desk, "home", "json").body)["postings"] == 2
    with Store.open(folder / "store", read_only=False) as store:
        more = make_facts(source="more.txt", title="One more")
        store.replace(more.posting.id, posting_quads(more, store.iris, store.iris.run("0", "", "")))
    assert json.loads(shown(desk, "home", "json").body)["postings"] == 3
    desk.close()
