"""How long the explorer's pages take in a browser: each for the first time, and again.

    python -m tests.bench.bench_explorer STORE [--visits 7] [--only NAME ...]

The store is only read; `python -m tests.bench.market 10000 FILE` and `kg build FILE` make one. Each
visit is to another role, skill, employer or posting, drawn from the lists, the common and the rare
alike, so that the first time nothing of it is kept; then the same addresses are visited again.
Measured is what the browser measures: from the start of the navigation until the page is loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, quote_plus, urlencode
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

RESULTS: Final = Path(__file__).parent / "results"
TAKEN: Final = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
START: Final = 1200.0
RESUME: Final = """Jane Doe
Data Engineer at Acme, January 2019 - present
Skills: Python, Spark, SQL, Kafka, Airflow
Bachelor's degree in Computer Science
"""
GOAL: Final = 300
SETTLE: Final = 30.0
"""Seconds that the server is left alone first: it makes some pages ahead, with both cores."""
WORDS: Final = ("python", "data engineer", "kubernetes", "sql reporting", "c++", "agile", "phd")
QUERY: Final = "SELECT ?t {{ GRAPH ?g {{ ?p schema:title ?t }} }} LIMIT {}"


def _json(address: str) -> Any:
    with urlopen(address, timeout=START) as answer:  # noqa: S310 # loopback
        return json.load(answer)


def _kept_resume(base: str) -> str:
    """Have a résumé read, and return where its pages are."""
    form = urlencode({"resume": RESUME, "group": "nobody's role"}).encode()
    try:
        with urlopen(Request(f"{base}/gap", form), timeout=START) as answer:  # noqa: S310 # loopback
            there = answer.url
    except HTTPError as refusal:  # no such role: the résumé is kept all the same
        there = refusal.url
    return str(there).removeprefix(base).partition("?")[0]


def _addresses(base: str, visits: int) -> dict[str, list[str]]:
    """Return the addresses to visit, by kind of page."""
    dice = random.Random(1)  # noqa: S311 # nothing secret: the same pages every time

    def drawn(name: str, key: str) -> list[str]:
        rows = [str(row[key]) for row in _json(f"{base}/{name}.json") if row[key]]
        return dice.sample(rows, min(visits, len(rows)))

    roles, skills = drawn("roles", "role"), drawn("skills", "skill")
    levels, employers = drawn("levels", "level"), drawn("employers", "employer")
    postings = [one.rsplit("/", 1)[-1] for one in drawn("postings", "posting")]
    pages = range(1, visits + 1)
    return {
        "home": ["/"],
        "roles": [f"/roles?page={page}" for page in pages],
        "levels": ["/levels"],
        "skills": [f"/skills?page={page}" for page in pages],
        "employers": [f"/employers?page={page}" for page in pages],
        "postings": [f"/postings?page={page}" for page in pages],
        "role": [f"/role/{quote(one, safe='')}" for one in roles],
        "level": [f"/level/{quote(one, safe='')}" for one in levels],
        "skill": [f"/skill/{quote(one, safe='')}" for one in skills],
        "employer": [f"/employer/{quote(one, safe='')}" for one in employers],
        "posting": [f"/posting/{one}" for one in postings],
        "search": [f"/search?q={quote_plus(one)}" for one in WORDS[:visits]],
        "questions": ["/questions"],
        "question, its form": ["/questions/skills-of-role"],
        "question, answered": [
            f"/questions/skills-of-role?role={quote_plus(one)}" for one in roles
        ],
        "SPARQL": ["/query"],
        "SPARQL, answered": [f"/query?query={quote_plus(QUERY.format(n))}" for n in pages],
        "compare, its form": ["/compare"],
        "résumé, its form": ["/gap"],
        "résumé beside a role": [f"{_kept_resume(base)}?group={quote_plus(one)}" for one in roles],
        "compare": [
            f"/compare?a={quote_plus(one)}&b={quote_plus(other)}" for one, other in pairwise(roles)
        ],
        "ladder": [f"/ladder?role={quote_plus(one)}" for one in roles],
        "pay": ["/pay", *(f"/pay?role={quote_plus(one)}" for one in roles[:2])],
        "trends": ["/trends"],
    }


def _taken(page: Page, address: str) -> tuple[float, int]:
    answer = page.goto(address, wait_until="load", timeout=START * 1000)
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    return float(page.evaluate(TAKEN)), answer.status if answer else 0


def measure(store: Path, visits: int, only: Sequence[str]) -> dict[str, Any]:
    """Serve a store and visit its pages."""
    from playwright.sync_api import sync_playwright

    found: dict[str, Any] = {}
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"]
    command += ["--timeout", "120", "--analysis-timeout", "600"]
    with tempfile.TemporaryFile("w+") as said:
        began = time.monotonic()
        with subprocess.Popen(command, stdout=said, stderr=said) as server:
            try:
                base = None
                while base is None:
                    said.seek(0)
                    base = re.search(r"pages to look at: (http://\S+)/\n", said.read())
                    time.sleep(0.1)
                counts = _json(f"{base[1]}/home.json")
                found["ready"] = round(time.monotonic() - began, 1)
                time.sleep(SETTLE)
                found["store"] = counts
                addresses = _addresses(base[1], visits)
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path="/usr/bin/chromium",
                        args=["--no-sandbox", "--disable-background-networking"],
                    )
                    page = browser.new_page()
                    _taken(page, f"{base[1]}/questions")  # the browser itself is warm
                    for name, paths in addresses.items():
                        if only and name not in only:
                            continue
                        first = [_taken(page, base[1] + path) for path in paths]
                        again = [_taken(page, base[1] + path) for path in paths]
                        found[name] = {
                            "visits": len(paths),
                            "first": round(median(taken for taken, _ in first)),
                            "slowest": round(max(taken for taken, _ in first)),
                            "again": round(median(taken for taken, _ in again)),
                            "faults": sum(status >= 400 for _, status in first),
                        }
                        print(name, found[name], flush=True)  # noqa: T201 # a bench speaks
                    browser.close()
            finally:
                server.terminate()
    found["load"] = [round(one, 1) for one in os.getloadavg()]
    return found


def table(found: dict[str, Any], store: Path) -> str:
    """Return the figures as Markdown."""
    counts = found["store"]
    lines = [
        "# The explorer in a browser",
        "",
        f"`python -m tests.bench.bench_explorer {store.name}`: {counts['postings']:,} postings, "
        f"{counts['skills']:,} skills, {counts['employers']:,} employers; {os.cpu_count()} cores.",
        f"Load averages at the end: {', '.join(map(str, found['load']))}; the bench's own browser "
        "and server are in them, and so is whatever else the machine did.",
        "",
        "Milliseconds from the start of the navigation until the page is loaded, in Chromium: "
        "the median and the slowest of the first visits, each to another thing; the median of the "
        "second visits, which the server answers from memory while the store stays as it is. "
        f"The goal is {GOAL} at the median.",
        "",
        "| page | visits | first, median | first, slowest | again, median | refused |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, row in found.items():
        if name not in ("ready", "store", "load"):
            cells = (row["visits"], row["first"], row["slowest"], row["again"], row["faults"])
            lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    ready = f"The server was ready for its first page after {found['ready']} s"
    made = "when the pages of levels, trends and pay were made, which it makes before anybody asks"
    lines += ["", f"{ready}; the visits began {SETTLE:.0f} s later, {made}.", ""]
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--visits", type=int, default=7)
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    found = measure(given.store, given.visits, given.only)
    text = table(found, given.store)
    (RESULTS / "explorer.md").write_text(text, encoding="utf-8")
    written = json.dumps(found, indent=1, ensure_ascii=False)
    (RESULTS / "explorer.json").write_text(f"{written}\n", encoding="utf-8")
    print(text)  # noqa: T201 # a bench speaks


if __name__ == "__main__":
    main()
