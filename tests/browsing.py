"""Pages in a real browser: Chromium, what a page asks for, and what it says on its console."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

CHROMIUM: Final = Path("/usr/bin/chromium")
SIZES: Final = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (360, 780)}
WATCH: Final = """window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});"""


def unavailable(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Without it tests skip, and fail where CI runs."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        unavailable("playwright is missing: pip install -e .[dev]")
    if not CHROMIUM.exists():
        unavailable(f"{CHROMIUM} is missing: install Chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


class Opened:
    """A page in the browser, and everything it tried that it should not have."""

    sizes: Mapping[str, tuple[int, int]] = SIZES

    def __init__(self, browser: Browser, path: Path, size: str = "desktop", **context: Any) -> None:
        width, height = self.sizes[size]
        self.context = browser.new_context(viewport={"width": width, "height": height}, **context)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("dialog", self._dismiss)
        self.context.route("**/*", self._route)
        self.page.add_init_script(WATCH)
        self.page.goto(path.as_uri())
        self.wait()

    def wait(self) -> None:
        """Wait until the page's script has run."""
        self.page.wait_for_function("document.documentElement.dataset.ready === 'yes'")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _route(self, route: Any) -> None:
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()

    def outside(self) -> list[str]:
        """What the page asked for outside of itself, sent or stopped by its own policy."""
        return self.requests + list(self.page.evaluate("window.refused"))

    def too_wide(self) -> list[str]:
        """What reaches beyond the window's right edge, and is not in a box that scrolls."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter((one) => {
              const box = one.getBoundingClientRect();
              return box.width && box.right > innerWidth + 1
                && !one.closest(".table, svg, .vh, .skip")
                && getComputedStyle(one).position !== "absolute";
            }).map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`)"""
        )
        wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return [*found, *(["the page scrolls sideways"] if wide else [])]

    def touching(self) -> list[str]:
        """Return the labels of axes that touch the one beside them."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("svg.axis")].flatMap((axis) => {
              const labels = [...axis.querySelectorAll("text")];
              const boxes = labels.map((one) => one.getBoundingClientRect());
              const touches = (at) => boxes[at].width && boxes[at].right > boxes[at + 1].left;
              return labels.slice(1).filter((_, at) => touches(at))
                .map((one) => one.previousElementSibling.textContent + one.textContent);
            })"""
        )
        return found
