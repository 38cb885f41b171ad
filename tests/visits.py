"""Visits to an explorer of hostile postings: the server, and a tab that notes what goes wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from tests.browsing import SIZES, WATCH
from tests.explorers import explorer_store
from tests.factories import make_facts, two_levels

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ROLE: Final = "Machine Learning Engineer"
HOSTILE: Final = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "\"><svg onload=alert(3)>'`",
    "{{ 7 * 7 }}${alert(4)}",
    "javascript:alert(5)",
    "<!--<script>alert(6)",
)


class Server:
    """`kg serve` over hostile postings among harmless ones, and all that it says."""

    def __init__(self, folder: Path) -> None:
        hostile = [
            make_facts(
                source=f"{number}{text.replace('/', '')}.txt",
                title=text,
                role=ROLE,
                level="II",
                employer=text,
                required=(text, "Python"),
            )
            for number, text in enumerate(HOSTILE)
        ]
        self.served = explorer_store(folder, [*two_levels(), *hostile])
        self.folder = folder
        command = [
            *(sys.executable, "-m", "kg", "serve", "--store", str(self.served.folder)),
            *("--port", "0", "--timeout", "60"),
        ]
        self._log = (folder / "said.txt").open("w+")
        self.process = subprocess.Popen(command, stdout=self._log, stderr=subprocess.STDOUT)
        found = None
        while found is None:
            assert self.process.poll() is None, self.said()
            found = re.search(r"pages to look at: (http://\S+)/\n", self.said())
        self.address = found[1]

    def said(self) -> str:
        """What the server has said so far, on either stream."""
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    def end(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)
        self._log.close()


class Visit:
    """A tab of the browser, and everything that went wrong in it."""

    def __init__(self, browser: Browser, server: Server, size: str, **context: Any) -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(viewport={"width": width, "height": height}, **context)
        self.page: Page = self.context.new_page()
        self.address = server.address
        self.wrong: list[str] = []
        self.page.set_default_timeout(120_000)  # a gap needs an extractor, which takes its time
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", self._console)
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.add_init_script(WATCH)

    def go(self, path: str) -> int:
        """Open a page of the explorer and return its status."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        self.wrong += self.page.evaluate("window.refused")
        return answer.status

    def _console(self, message: Any) -> None:
        # a page of 4xx is what some tests ask for: the browser notes it, nothing failed
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith(self.address):
            self.wrong.append(f"request: {request.url}")
