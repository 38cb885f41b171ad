"""The pictures of the README: the explorer, and a comparison's page, taken in Chromium.

    python -m tests.pictures

Writes `notebooks/pictures/*.png` of the postings in `seeds/`, which are our own texts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg import KnowledgeGraph
from kg.passages import Passages
from kg.views.pages.comparison_page import comparison_page
from kg.views.pages.frame import write_page
from kg.views.pages.quoting import LONGEST
from tests.browsing import chromium
from tests.command_line import ONE, ROOT, SEEDS, TWO
from tests.servers import kg_serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

FOLDER: Final = ROOT / "notebooks" / "pictures"
WIDTH: Final = 1100
HEIGHTS: Final = {"explorer": 760, "comparison": 1080}
MOST: Final = 200_000
"""Bytes of a picture, at most: a code host shows it at once."""
PATIENCE: Final = 60
"""Seconds in which a server may open its store."""
ROLE: Final = "/role?name=Machine+Learning+Engineer"


def take(folder: Path) -> None:
    """Write the pictures into a folder."""
    with tempfile.TemporaryDirectory() as work, chromium() as browser:
        store, page = Path(work) / "store", Path(work) / "comparison.html"
        with KnowledgeGraph.build(SEEDS, store):
            pass
        with KnowledgeGraph.open(store) as graph:
            passages = Passages(graph.source, LONGEST)
            write_page(page, comparison_page(graph.compare(ONE, TWO), passages))
        _take(browser, page.as_uri(), folder / "comparison.png")
        with kg_serve(store) as endpoint:
            home = endpoint.removesuffix("/sparql")
            _take(browser, f"{home}{ROLE}", folder / "explorer.png")


def _take(browser: Browser, address: str, file: Path) -> None:
    size: ViewportSize = {"width": WIDTH, "height": HEIGHTS[file.stem]}
    context = browser.new_context(viewport=size, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    answer = page.goto(address, wait_until="load")
    for _ in range(PATIENCE):
        if answer is None or answer.status != 503:  # a store that is still being opened
            break
        page.wait_for_timeout(1000)
        answer = page.goto(address, wait_until="load")
    if answer is not None and answer.status >= 400:
        raise RuntimeError(f"{address}: {answer.status}, which is no picture of it")
    page.screenshot(path=str(file))
    context.close()


def main() -> None:
    """Write the pictures where the README looks for them."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    take(folder)


if __name__ == "__main__":
    main()
