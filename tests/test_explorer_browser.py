"""The explorer in a real browser. Without Chromium these tests skip, and fail where CI runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest

from tests.browsing import SIZES, chromium, unavailable
from tests.factories import two_levels
from tests.visits import HOSTILE, ROLE, Server, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

ONE, TWO = f"{ROLE} I", f"{ROLE} II"
RESUME: Final = """Sonja Unverkennbar
Data Engineer at Zimtstern Logistics, January 2019 - present
Skills: Python, Spark, SQL
Bachelor's degree in Computer Science
"""
SECRETS: Final = ("Unverkennbar", "Zimtstern")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("explorer"))
    yield made
    made.end()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Any]:
    visits: list[Visit] = []

    def make(size: str = "desktop", **context: Any) -> Visit:
        visits.append(Visit(browser, server, size, **context))
        return visits[-1]

    yield make
    for one in visits:
        assert one.wrong == []
        one.context.close()


PATHS: Final = {
    "home": "/",
    "search": "/search?q=python",
    "nothing found": "/search?q=zzzz",
    "roles": "/roles",
    "levels": "/levels",
    "skills": "/skills",
    "employers": "/employers",
    "postings": "/postings",
    "role": f"/role/{quote(ROLE)}",
    "role at a level": f"/role/{quote(ROLE)}?level=II",
    "level": "/level/II",
    "skill": "/skill/Python",
    "employer": "/employer/Pinterest",
    "posting": f"/posting/{two_levels()[1].posting.id}",
    "compare": "/compare",
    "compared": f"/compare?a={quote(ONE)}&b={quote(TWO)}",
    "words": f"/compare/words?a={quote(ONE)}&b={quote(TWO)}&name=Python",
    "ladder": f"/ladder?role={quote(ROLE)}",
    "pay": "/pay",
    "trends": "/trends",
    "gap": "/gap",
    "questions": "/questions",
    "question": "/questions/skills-of-role",
    "answer": f"/questions/skills-of-role?role={quote(TWO)}",
    "sparql": "/query",
    "rows": "/query?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 5"),
    "fault": "/query?query=" + quote("SELECT * {\n ?s ?p ?o \n ORDER"),
    "nowhere": "/nowhere",
}
STATUS: Final = {"fault": 400, "nowhere": 404}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PATHS)
def test_each_page_opens_and_nothing_is_wrong(visit: Any, name: str, size: str) -> None:
    page = visit(size)
    assert page.go(PATHS[name]) == STATUS.get(name, 200)
    width = page.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size][0], "the page does not scroll sideways"
    assert page.page.locator("h1").count() == 1


@pytest.mark.parametrize("name", ["roles", "postings", "skill", "posting", "answer", "rows"])
def test_on_a_phone_no_column_lies_out_of_sight(visit: Any, name: str) -> None:
    """A table of many columns puts its cells below one another, each behind its column's name."""
    page = visit("phone")
    page.go(PATHS[name])
    tables = page.page.locator(".table").all()
    assert tables
    for one in tables:
        assert one.evaluate("table => table.scrollWidth <= table.clientWidth")
    named = page.page.locator(".many td:not(:first-child)").first
    head = named.get_attribute("data-head")
    said = named.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == f'"{head}"'


def test_what_words_state_is_called_as_people_call_it(visit: Any) -> None:
    page = visit()
    page.go(PATHS["posting"])
    stated = set(page.page.locator("#evidence td:first-child").all_inner_texts())
    assert "skill" in stated
    assert not {one for one in stated if any(letter.isupper() for letter in one)}


def test_a_page_that_came_too_early_comes_by_itself(visit: Any) -> None:
    """As while the store is being opened: the page asks again, and shows what it then gets."""
    one = visit()
    early: list[str] = []

    def answer(route: Any) -> None:
        if early:
            route.continue_()
            return
        early.append(route.request.url)
        script = '<script src="/static/explorer.js"></script>'
        route.fulfill(
            status=200, content_type="text/html", body=f'<p data-retry="1">Soon</p>{script}'
        )

    one.page.route("**/roles", answer)
    one.page.goto(one.address + "/roles")
    one.page.get_by_role("link", name=ROLE, exact=True).first.wait_for()
    assert early == [one.address + "/roles"]


@pytest.mark.parametrize("width", [1440, 1280, 1100, 800])
def test_the_search_stands_beside_the_name(visit: Any, width: int) -> None:
    """Where the pages' names do not fit between the two they go below, not the search."""
    page = visit()
    page.page.set_viewport_size({"width": width, "height": 800})
    page.go(PATHS["roles"])
    brand = page.page.locator(".brand").bounding_box()
    search = page.page.locator(".top input").bounding_box()
    assert brand is not None
    assert search is not None
    middles = [box["y"] + box["height"] / 2 for box in (brand, search)]
    assert middles[0] == pytest.approx(middles[1], abs=2)
    assert search["x"] + search["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing_serious(visit: Any, name: str, scheme: str) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ModuleNotFoundError:
        unavailable("axe is missing: pip install -e .[dev]")
    # axe is put into the page, which its policy forbids: for this test alone it does not count
    page = visit("desktop", color_scheme=scheme, bypass_csp=True)
    page.go(PATHS[name])
    page.page.evaluate(
        "for (const part of [...document.querySelectorAll('details')].slice(0, 5)) part.open = true"
    )
    found = Axe().run(page.page).response["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_from_a_search_to_the_words_in_three_clicks(visit: Any) -> None:
    page = visit()
    page.go("/")
    page.page.fill("#q", "hdfs")
    page.page.click("main form.search button")  # one
    page.page.click("#skills a:has-text('HDFS')")  # two
    words = page.page.locator("#words td a").first
    said = words.inner_text()
    words.click()  # three
    there = page.page.locator("mark:target")
    assert said in there.inner_text()
    there.wait_for()


def test_a_comparison_is_chosen_and_has_its_address(visit: Any) -> None:
    page = visit()
    page.go("/compare")
    page.page.fill("#a", ONE)
    page.page.fill("#b", TWO)
    page.page.click("button:has-text('Compare')")
    page.page.wait_for_url("**/compare?a=*")
    assert page.page.inner_text("h1") == f"{ONE} against {TWO}"
    page.page.locator("summary.row").first.click()
    first = page.page.locator("details[open] .words cite a").first
    first.wait_for()  # the words come when the row is unfolded, each leading to its posting
    address = page.page.url
    first.click()
    page.page.locator("mark:target").wait_for()
    page.page.go_back()
    page.page.click("text=The other way round")
    assert page.page.inner_text("h1") == f"{TWO} against {ONE}"
    page.page.go_back()
    assert page.page.url == address
    assert page.page.inner_text("h1") == f"{ONE} against {TWO}"


def test_a_group_is_narrowed_by_choosing(visit: Any) -> None:
    page = visit()
    page.go("/compare")
    page.page.fill("#a", ROLE)
    page.page.click("fieldset.a summary")
    page.page.select_option("#a-level", "I")
    page.page.fill("#b", TWO)
    page.page.click("button:has-text('Compare')")
    page.page.wait_for_url("**/compare?a=*")
    assert "level: I" in page.page.input_value("#a")


def test_a_gap_is_shown_and_nothing_of_the_resume_is_kept(visit: Any, server: Server) -> None:
    page = visit()
    page.go(f"/gap?group={quote(TWO)}")
    page.page.fill("#resume", RESUME)
    page.page.click("button:has-text('Show the gap')")
    page.page.wait_for_url("**/gap/*", timeout=90_000)
    assert TWO in page.page.inner_text("h1")
    assert "Python" in page.page.inner_text("main")
    held = page.page.url
    page.page.goto(held)  # the same address shows it again
    page.page.reload()
    assert TWO in page.page.inner_text("h1")
    assert page.context.cookies() == []
    assert page.context.request.get(held.replace("?", ".json?", 1)).status == 200
    written = (
        b"".join(path.read_bytes() for path in server.folder.rglob("*") if path.is_file())
        + server.said().encode()
    )
    assert not [secret for secret in SECRETS if secret.encode() in written]
    page.page.click("text=Forget it now")
    page.page.wait_for_url("**/gap")
    assert page.page.goto(held).status == 404


def test_a_file_is_read_in_memory(visit: Any, server: Server) -> None:
    page = visit()
    page.go(f"/gap?group={quote(TWO)}")
    big = RESUME + "Python and SQL, again.\n" * 100_000  # more than frameworks keep in memory
    page.page.set_input_files(
        "#file", {"name": "cv.txt", "mimeType": "text/plain", "buffer": big.encode()}
    )
    page.page.click("button:has-text('Show the gap')")
    page.page.wait_for_url("**/gap/*", timeout=90_000)
    assert "Unverkennbar" not in server.said()


def test_an_error_in_a_query_is_shown_at_its_place(visit: Any) -> None:
    page = visit()
    page.go("/query")
    page.page.fill("#query", 'SELECT ?a {\n  ?a ?b "é𝄞" ; foo:bar ?d\n}')
    page.page.keyboard.press("Control+Enter")
    page.page.wait_for_url("**/query?query=*")
    assert page.page.locator("mark.place").inner_text() == "?"
    assert "line 2, column 24" in page.page.inner_text("#fault")
    chosen = "(area) => area.value.slice(area.selectionStart, area.selectionStart + 2)"
    assert page.page.locator("#query").evaluate(chosen) == "?d"
    page.page.fill("#query", "SELECT ?title { ?p schema:title ?title }")
    page.page.click("button:has-text('Run')")
    page.page.wait_for_selector("#answer")
    with page.page.expect_download() as download:
        page.page.click("p.get >> text=CSV")
    assert download.value.path().read_text(encoding="utf-8").startswith("title\n")
    page.page.go_back()
    page.page.locator("#fault").wait_for()


def test_a_question_is_asked_with_its_form(visit: Any) -> None:
    page = visit()
    page.go("/questions")
    page.page.click("text=Skills of a role")
    page.page.fill("#p-role", TWO)
    page.page.select_option("#p-necessity", "required")
    page.page.click("button:has-text('Ask')")
    page.page.wait_for_selector("#answer")
    assert "level=" not in page.page.url, "what is empty is left out of the address"
    page.page.click("summary:has-text('How this was computed')")
    page.page.click("text=Open it on the SPARQL page")
    page.page.click("button:has-text('Run')")
    page.page.locator("#answer").wait_for()


def test_words_of_postings_and_addresses_run_nothing(visit: Any) -> None:
    page = visit()
    for text in HOSTILE:
        there = quote(text, safe="")
        for path in (
            f"/search?q={there}",
            f"/employer?name={there}",
            f"/employer/{there}",
            f"/role/{there}",
            f"/skill/{there}",
            f"/skills?contains={there}&necessity={there}",
            f"/compare?a={there}&b={there}",
            f"/compare/words?a={quote(ROLE)}&b={quote(TWO)}&name={there}",
            f"/questions/skills-of-role?role={there}",
            f"/questions/{there}",
            f"/query?query={there}",
            f"/gap?group={there}",
            f"/{there}",
        ):
            page.go(path)
            assert page.page.locator("main img, main svg[onload]").count() == 0
    for path in ("/", "/postings", "/employers", f"/role/{quote(ROLE)}", "/skill/Python"):
        page.go(path)
        assert page.page.locator("img").count() == 0
    page.go("/postings")
    for place in range(page.page.locator("td:first-child a").count()):
        page.go("/postings")
        page.page.locator("td:first-child a").nth(place).click()
        page.page.locator("article.text").wait_for()  # a click ends before its page is drawn


def test_the_page_works_without_its_script(visit: Any) -> None:
    page = visit("desktop", java_script_enabled=False)
    answer = page.page.goto(page.address + "/search?q=python")
    assert answer.status == 200
    page.page.click("#skills a")
    assert page.page.inner_text("h1") == "Python"
    page.page.goto(page.address + PATHS["compared"])
    page.page.locator("summary.row").first.click()
    page.page.click("details[open] >> text=All words of both sides")
    page.page.locator("blockquote").first.wait_for()


def test_the_keyboard_reaches_the_search_and_the_contents(visit: Any) -> None:
    page = visit()
    page.go("/roles")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.className") == "skip"
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.closest('main') !== null")
