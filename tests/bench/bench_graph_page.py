"""How heavy the graph page is, how soon it stands, and how it follows the hand.

    python -m tests.bench.bench_graph_page [--store STORE] [--rounds 3]

Made postings give pictures of about 60, 150, 600 and 2,000 nodes; with a store, its own pages are
measured too: the default and the whole. In headless Chromium, without a graphics card, the picture
is dragged and then zoomed by its buttons, a step a frame; measured are the times between frames
(requestAnimationFrame) while that goes on, and how long choosing a node takes until it is drawn.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from kg.shown import TOP
from kg.views.graph_page import graph_page
from kg.views.graph_part import Wanted
from tests.browsing import chromium
from tests.factories import make_facts
from tests.role_graphs import graph_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from playwright.sync_api import Browser, Page

RESULTS: Final = Path(__file__).parent / "results"
STEPS: Final = 60
SMOOTH: Final = 1000 / 30
"""Milliseconds between two frames at thirty a second."""
WATCH: Final = """() => {
  window.frames = [];
  window.watching = true;
  let before = performance.now();
  const next = (now) => {
    window.frames.push(now - before);
    before = now;
    if (window.watching) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
SEEN: Final = "() => { window.watching = false; return window.frames.slice(1); }"
FRAME: Final = "() => new Promise((done) => requestAnimationFrame(done))"
CHOSEN: Final = """async () => {
  const button = document.querySelector("#items button");
  const start = performance.now();
  button.click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const taken = performance.now() - start;
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  return taken;
}"""


def made(nodes: int) -> nx.MultiDiGraph:
    """Postings of twelve roles in four levels that share skills as real ones do: few, and many."""
    roles, levels = 12, ("I", "II", "Senior", "Senior Staff")
    skills = max(20, nodes - 6 * roles)
    facts = []
    for number in range(max(24, nodes // 10)):
        role = f"Role {number % roles}"
        own = [f"Skill {(number * 17 + step * (step + 3)) % skills}" for step in range(16)]
        facts.append(
            make_facts(
                source=f"{number}.txt",
                title=f"{role} {number}",
                role=("Data Engineer", "Machine Learning Engineer", "Software Engineer")[
                    number % 3
                ],
                level=levels[number // 3 % 4],
                employer=f"Employer {number % 40}",
                required=[*own[:10], *(f"Skill {one}" for one in range(number % 8))],
                preferred=own[10:],
            )
        )
    return graph_of(facts)


def measured(browser: Browser, text: str, rounds: int) -> dict[str, Any]:
    """Return what a browser says of a page: the median of the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        path.write_text(text, encoding="utf-8")
        found = [_round(browser, path) for _ in range(rounds)]
    return {
        "ready_ms": round(median(one["ready"] for one in found)),
        "nodes": found[0]["nodes"],
        "lines": found[0]["lines"],
        "chosen_ms": round(median(one["chosen"] for one in found)),
        **{
            way: _frames([frame for one in found for frame in one[way]]) for way in ("drag", "zoom")
        },
    }


def _round(browser: Browser, path: Path) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(path.as_uri())
    page.wait_for_function("document.documentElement.dataset.ready === 'yes'")
    ready = page.evaluate("performance.now()")
    shown = page.evaluate(
        "(({ nodes, edges }) => [nodes.length, edges.length])(graphPage.visible())"
    )
    page.wait_for_timeout(500)
    page.locator("#graph").scroll_into_view_if_needed()
    area = page.locator("#graph").bounding_box()
    assert area is not None
    x, y = area["x"] + 30, min(area["y"] + 30, 800)
    found = {
        "ready": ready,
        "nodes": shown[0],
        "lines": shown[1],
        "drag": _watched(page, _drag(page, x, y)),
        "zoom": _watched(page, _zoom(page)),
        "chosen": page.evaluate(CHOSEN),
    }
    context.close()
    return found


def _drag(page: Page, x: float, y: float) -> Iterator[None]:
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(x + 5 * step, y + 3 * step)
        yield
    page.mouse.up()


def _zoom(page: Page) -> Iterator[None]:
    for step in range(STEPS // 2):
        button = "closer" if step < STEPS // 4 else "farther"
        page.evaluate(f"document.getElementById('{button}').click()")
        yield


def _watched(page: Page, steps: Iterator[None]) -> list[float]:
    """Return the times between frames while the steps are made, a step a frame."""
    page.evaluate(WATCH)
    for _ in steps:
        page.evaluate(FRAME)
    frames: list[float] = page.evaluate(SEEN)
    return frames


def _frames(taken: list[float]) -> dict[str, float]:
    order = sorted(taken)
    return {
        "median_ms": round(median(order), 1),
        "p95_ms": round(order[int(len(order) * 0.95)], 1),
        "slowest_ms": round(order[-1], 1),
        "above_30_a_second": round(sum(one <= SMOOTH for one in order) / len(order), 3),
    }


def _pages(store: str | None) -> Iterator[tuple[str, nx.MultiDiGraph, Wanted]]:
    for nodes in (60, 190, 750, 2600):
        yield "made", made(nodes), Wanted()
    if store:
        from kg import KnowledgeGraph

        with KnowledgeGraph.open(store) as opened:
            graph = opened.to_networkx()
        yield "store, the default", graph, Wanted(top=TOP, copies="one")
        yield "store, 2,000 nodes", graph, Wanted(top=2000, copies="one")
        yield "store, the whole", graph, Wanted(copies="one")


def main() -> None:
    """Measure, and write the results."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    rows = []
    with chromium() as browser:
        for name, graph, wanted in _pages(given.store):
            start = time.perf_counter()
            text = graph_page(graph, wanted=wanted)
            row = {
                "page": name,
                "written_s": round(time.perf_counter() - start, 2),
                "kilobytes": round(len(text.encode()) / 1024),
                **measured(browser, text, given.rounds),
            }
            sys.stderr.write(f"{json.dumps(row)}\n")
            rows.append(row)
    found = {
        "rows": rows,
        "rounds": given.rounds,
        "store": Path(given.store).name if given.store else None,
        "cores": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "python": platform.python_version(),
    }
    (RESULTS / "graph_page.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "graph_page.md").write_text(_report(found), encoding="utf-8")


def _report(found: dict[str, Any]) -> str:
    command = "python -m tests.bench.bench_graph_page"
    command += f" --store {found['store']}" if found["store"] else ""
    lines = [
        "# The graph page in a browser",
        "",
        f"`{command}`; {found['cores']} cores, load averages at the end "
        f"{', '.join(map(str, found['load']))}, {found['rounds']} rounds a page.",
        "",
        "Headless Chromium without a graphics card, 1440 × 900. Milliseconds between frames while "
        "the picture is dragged and zoomed, a step a frame: the median, the 95th percentile, how "
        "many frames keep up with thirty a second. Chosen: from the click on a node of the list "
        "until it and what it is tied to are drawn. Ready: from opening the file until it stands.",
        "",
        "| page | nodes | lines | kB | written, s | ready, ms | drag, median | drag, 95% "
        "| drag, ≥30/s | zoom, median | zoom, 95% | zoom, ≥30/s | chosen, ms |",
        f"|---|{'---:|' * 12}",
    ]
    for row in found["rows"]:
        drag, zoom = row["drag"], row["zoom"]
        lines.append(
            f"| {row['page']} | {row['nodes']:,} | {row['lines']:,} | {row['kilobytes']:,} "
            f"| {row['written_s']} | {row['ready_ms']:,} | {drag['median_ms']} | {drag['p95_ms']} "
            f"| {drag['above_30_a_second']:.0%} | {zoom['median_ms']} | {zoom['p95_ms']} "
            f"| {zoom['above_30_a_second']:.0%} | {row['chosen_ms']:,} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
