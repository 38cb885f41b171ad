"""The self-contained pages in a real browser: still, reachable, readable, at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browsing import Opened, chromium
from tests.made_pages import HOSTILE, PAGES, graph_with, hostile, market, pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SERIOUS: Final = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a market large enough for every test."""
    folder = tmp_path_factory.mktemp("pages")
    return _write(pages_of(graph_with(market(), folder), shown=market(1)[0]), folder)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    graph = graph_with(hostile(), folder)
    made = pages_of(graph, skill="Python", employer=HOSTILE[1], name=HOSTILE[2], shown=hostile()[1])
    return _write(made, folder)


def _write(made: dict[str, str], folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name}.html" for name in made}
    for name, text in made.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    contexts = []

    def open_page(path: Path, size: str = "desktop", **context: Any) -> Opened:
        found = Opened(browser, path, size, **context)
        contexts.append(found.context)
        return found

    yield open_page
    for context in contexts:
        context.close()


def unfold(page: Opened) -> None:
    page.page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_nothing_fails_nothing_spills(
    visit: Any, pages: dict[str, Path], name: str
) -> None:
    """At 360 pixels, with everything unfolded."""
    page = visit(pages[name], "narrow")
    assert page.too_wide() == []
    unfold(page)
    assert page.too_wide() == []
    assert page.touching() == []
    assert page.outside() == []
    assert page.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(
    visit: Any, pages: dict[str, Path], name: str, scheme: str
) -> None:
    """Folded and unfolded; the policy is lifted for axe's own script, which is not the page's."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit(pages[name], color_scheme=scheme, bypass_csp=True)
    unfold(page)
    found = Axe().run(page.page).response["violations"]
    serious = {
        one["id"]: [node["html"][:120] for node in one["nodes"][:3]]
        for one in found
        if one["impact"] in SERIOUS
    }
    assert serious == {}


def test_axe_would_notice(visit: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    bad = tmp_path / "bad.html"
    bad.write_text("<html data-ready=yes><input><p style='color:#ccc'>pale", encoding="utf-8")
    found = Axe().run(visit(bad).page).response["violations"]
    assert {"label", "color-contrast"} <= {one["id"] for one in found if one["impact"] in SERIOUS}


@pytest.mark.parametrize("name", PAGES)
def test_text_of_postings_runs_nothing(visit: Any, attacked: dict[str, Path], name: str) -> None:
    page = visit(attacked[name])
    unfold(page)
    page.page.wait_for_timeout(100)
    assert page.dialogs == []
    assert page.outside() == []
    assert page.errors == []
    assert page.page.locator("img, iframe, object, main script, main style").count() == 0
    assert page.page.evaluate("getComputedStyle(document.body).display") == "block"


def test_hostile_names_are_read_as_they_are(visit: Any, attacked: dict[str, Path]) -> None:
    assert visit(attacked["employer"]).page.inner_text("h1") == HOSTILE[1]
    assert HOSTILE[2] in visit(attacked["gap"]).page.inner_text("h1")


@pytest.mark.parametrize("name", ["compare", "ladder", "pay", "trends", "gap"])
def test_evidence_opens_on_click(visit: Any, pages: dict[str, Path], name: str) -> None:
    page = visit(pages[name]).page
    row = page.locator("details:has(> summary.row)").first
    body = row.locator("> .body")
    assert not body.is_visible()
    row.locator("> summary").click()
    assert body.is_visible()
    assert body.inner_text().strip()
    row.locator("> summary").click()
    assert not body.is_visible()


@pytest.mark.parametrize("name", ["compare", "ladder", "pay", "trends", "gap"])
def test_evidence_opens_by_keyboard_and_closes_with_escape(
    visit: Any, pages: dict[str, Path], name: str
) -> None:
    page = visit(pages[name]).page
    row = page.locator("details:has(> summary.row)").first
    for _ in range(12):  # the skip link, the search, links above: the row comes soon
        page.keyboard.press("Tab")
        if row.locator("> summary").evaluate("(one) => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert row.locator("> .body").is_visible()
    page.keyboard.press("Escape")
    assert not row.locator("> .body").is_visible()
    assert row.locator("> summary").evaluate("(one) => one === document.activeElement")


def test_a_row_says_in_words_what_its_picture_shows(visit: Any, pages: dict[str, Path]) -> None:
    """What a screen reader reads of the summary: shares of both sides, the odds, q."""
    page = visit(pages["compare"]).page
    said = " ".join(page.locator("summary.butterfly").first.text_content().split())
    for part in ("; A: ", "; B: ", "odds of B to A: ", "times [", "; q "):
        assert part in said


def test_what_separates_neither_side_is_folded_away(visit: Any, pages: dict[str, Path]) -> None:
    page = visit(pages["compare"]).page
    folded = page.locator("details.more summary", has_text="do not separate the two").first
    row = page.locator("details.more li").first
    assert not row.is_visible()
    folded.click()
    assert page.locator("details.more[open] li").first.is_visible()


def test_a_row_can_be_found_by_its_name(visit: Any, pages: dict[str, Path]) -> None:
    """Also one that is folded away; Escape shows all again."""
    page = visit(pages["compare"]).page
    page.fill("#skills-find", "hdfs")
    shown = page.locator("#skills [data-name]:visible")
    assert shown.count() >= 1
    assert {shown.nth(at).get_attribute("data-name") for at in range(shown.count())} == {"HDFS"}
    assert page.inner_text("#skills-found").startswith(f"{shown.count()} of ")
    page.press("#skills-find", "Escape")
    assert {"HDFS", "Git"} <= {
        one.get_attribute("data-name") for one in page.locator("#skills [data-name]:visible").all()
    }
    assert page.inner_text("#skills-found") == ""


def test_the_dots_stand_where_the_odds_are(visit: Any, pages: dict[str, Path]) -> None:
    """On the side that the words name: less than once as often is left of equal."""
    page = visit(pages["compare"]).page
    found = page.evaluate(
        """() => [...document.querySelectorAll("summary:has(.forest .dot)")].map((one) => {
          const place = (name, of) => parseFloat(one.querySelector(name).getAttribute(of));
          const words = one.textContent.match(/odds of B to A: ([0-9.]+) times/);
          return [parseFloat(words[1]), place(".forest .dot", "cx") - place(".forest .zero", "x1")];
        })"""
    )
    assert len(found) >= 5
    assert [pair for pair in found if (pair[0] - 1) * pair[1] < 0] == []


def test_a_link_to_what_is_folded_unfolds_it(visit: Any, pages: dict[str, Path]) -> None:
    page = visit(pages["ladder"]).page
    page.evaluate("document.querySelector('details details, details .body').id = 'deep'")
    page.evaluate("location.hash = '#deep'")
    page.wait_for_timeout(100)
    assert page.locator("#deep").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_prints_in_black_on_white(visit: Any, pages: dict[str, Path], name: str) -> None:
    page = visit(pages[name], color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"{style}.backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    assert len(page.pdf()) > 5000


def test_a_page_without_script_still_shows_its_words(
    browser: Browser, pages: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["compare"].as_uri())
    page.locator("summary.row").first.click()
    assert page.locator("details[open] > .body").first.is_visible()
    assert not page.locator("#skills-find").is_visible()
    context.close()
