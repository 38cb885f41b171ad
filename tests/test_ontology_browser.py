"""The ontology's page in a real browser. Without Chromium this skips, and fails where CI runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from kg.views.ontology_page import write_ontology_page
from tests.browsing import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SPILLED: Final = """() => [...document.querySelectorAll("svg a")].filter((link) => {
  const [box, words] = [link.querySelector("rect"), link.querySelector("text")];
  return words.getBBox().width > box.getBBox().width;
}).map((link) => link.textContent)"""
"""Names that are wider than their boxes."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    write_ontology_page(tmp_path / "ontology.html")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((tmp_path / "ontology.html").as_uri())
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_and_asks_nobody(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    write_ontology_page(tmp_path / "ontology.html")
    page.goto((tmp_path / "ontology.html").as_uri())
    assert asked == [(tmp_path / "ontology.html").as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SPILLED) == []
    page.click('nav a[href="#properties"]')
    assert page.evaluate("document.querySelector('#properties').getBoundingClientRect().top") < 100
    ink, paper = page.evaluate(
        "(({ color, backgroundColor }) => [color, backgroundColor])"
        "(getComputedStyle(document.body))"
    )
    bright = sum(map(int, paper[4:-1].split(","))) > sum(map(int, ink[4:-1].split(",")))
    assert bright == (scheme == "light")
    page.close()
