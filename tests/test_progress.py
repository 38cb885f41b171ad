"""Long work shows itself on a terminal, and is silent everywhere else."""

from __future__ import annotations

import gzip
import io
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kg.build import build
from kg.export import export
from kg.printing import say
from kg.progress import Watched, watched
from kg.store import Store
from kg.validate import validate_store
from tests.browsing import unavailable
from tests.building import FakeExtractor, names, words, write, write_feed
from tests.command_line import SEEDS, Kg
from tests.servers import oxigraph_command, oxigraph_serve
from tests.stores import two_level_store
from tests.terminal import on_terminal, plain

__all__ = ["words"]  # a fixture


class Terminal(io.StringIO):
    """What a terminal gets."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "quiet", "term", "drawn"),
    [
        (True, False, "xterm", True),
        (True, True, "xterm", False),  # --json
        (False, False, "xterm", False),  # 2> FILE
        (True, False, "dumb", False),  # cannot draw over what it has drawn
    ],
)
def test_a_bar_is_drawn_where_somebody_sees_it(
    terminal: bool, quiet: bool, term: str, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    stderr = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with watched("reading", "postings", quiet=quiet) as bar:
        bar.told(1, 4)
        bar.count(64)
        say("columns: title = Position")
    assert ("64 postings" in stderr.getvalue()) == drawn
    assert ("reading" in stderr.getvalue()) == drawn
    assert "columns: title = Position" in plain(stderr.getvalue())
    assert (type(bar) is Watched) != drawn


def test_a_bar_has_the_share_the_rate_and_the_time_that_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    with watched("validating", "graphs") as bar:
        for done in range(1, 41):
            bar.told(done, 80)
    lines = plain(stderr.getvalue())
    assert re.search(r"validating +\S+ +50% 40 graphs [\d,.]+/s +(-|\d+):(-|\d)+ left", lines)


@pytest.mark.parametrize("width", [40, 60, 200])
def test_a_bar_is_one_line_at_every_width(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    with watched("reading", "postings") as bar:
        bar.told(1_000_000, 4_000_000)
        bar.count(12_800)
    drawn = map(plain, re.split(r"[\r\n]", stderr.getvalue()))
    lines = [line for line in drawn if line.strip()]
    assert all("reading" in line and "postings" in line for line in lines)
    assert max(map(len, lines)) <= width


def watch_build(paths: list[Path], words: list[Path], store: Store) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    build(
        store,
        paths,
        FakeExtractor(),
        vocabulary_files=words,
        batch=3,
        watch=lambda read, of: told.append((read, of)),
    )
    return told


@pytest.mark.parametrize("packed", [False, True])
def test_a_build_tells_how_far_a_feed_is_read(
    packed: bool, tmp_path: Path, words: list[Path]
) -> None:
    feed = tmp_path / "feed.jsonl"
    write_feed(feed, names(0, 120))
    if packed:
        raw = feed.read_bytes()
        feed = tmp_path / "feed.jsonl.gz"
        feed.write_bytes(gzip.compress(raw))
    told = watch_build([feed], words, Store.in_memory())
    size = feed.stat().st_size
    assert {of for _, of in told} == {size}
    assert all(before[0] <= after[0] for before, after in pairwise(told))
    assert told[-1] == (size, size)
    assert 0 < told[len(told) // 2][0] <= size


def test_a_build_tells_how_many_files_are_read_also_of_those_it_skips(
    tmp_path: Path, words: list[Path]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        write(folder / f"{number}.txt", f"Engineer {number}")
    size = sum(file.stat().st_size for file in folder.iterdir())
    store = Store.in_memory()
    first = watch_build([folder], words, store)
    assert [read * 9 // size for read, _ in first] == [3, 6, 9, 9]
    again = watch_build([folder], words, store)
    assert again[-1] == (size, size), "what was read before is passed over, and seen to be"


def test_what_is_piped_in_has_a_size_when_it_was_read(
    words: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.jsonl"
    write_feed(feed, names(0, 20))
    raw = feed.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    told = watch_build([Path("-")], words, Store.in_memory())
    assert told[-1] == (len(raw), len(raw))


def test_validation_tells_of_every_graph(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    store = two_level_store(tmp_path)
    validate_store(store, watch=lambda seen, of: told.append((seen, of)))
    graphs = len(store.graphs())
    assert told == [(number + 1, graphs) for number in range(graphs)]


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "jsonld"])
def test_an_export_tells_of_every_graph(form: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    stream = io.BytesIO()
    store = two_level_store(tmp_path)
    export(store, form, stream, watch=lambda seen, of: told.append((seen, of)))
    total = told[-1][1]
    assert told == [(number + 1, total) for number in range(total)]
    silent = io.BytesIO()
    export(store, form, silent)
    assert silent.getvalue() == stream.getvalue()


def test_on_a_terminal_the_bar_goes_and_the_summary_stays(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    seen = on_terminal("export", "--format", "nquads", "-o", file, "--store", store)
    assert seen.code == 0
    assert "writing" in seen.err
    assert "graphs" in seen.err
    assert seen.out == f"{file}\n"
    assert re.search(r"graph\.nq +[\d,]+", plain(seen.err).splitlines()[-2])


@pytest.mark.parametrize("piped", [True, False])
def test_results_are_the_same_with_and_without_a_terminal(piped: bool, kg: Kg, store: Path) -> None:
    words = ("validate", "--json", "--store", store)
    seen = kg(*words) if piped else on_terminal(*words)
    assert (seen.code, seen.out) == (0, "[]\n")
    assert "\x1b" not in seen.err
    assert "validating" not in seen.err


@pytest.mark.slow
def test_a_build_on_a_terminal(tmp_path: Path) -> None:
    seen = on_terminal("build", SEEDS, "--store", tmp_path / "s")
    assert seen.code == 0
    assert re.search(r"(reading|finishing).*4 postings", plain(seen.err))
    assert "set aside: README.md" in plain(seen.err)
    assert re.search(r"in the store +4", plain(seen.err))
    quiet = on_terminal("build", SEEDS, "--store", tmp_path / "s", "--json")
    assert "\x1b" not in quiet.err


@pytest.mark.slow
def test_a_push_on_a_terminal(store: Path, tmp_path: Path) -> None:
    if oxigraph_command() is None:
        unavailable("Oxigraph's server is missing: pip install -e .[dev]")
    with oxigraph_serve(tmp_path / "there") as address:
        words = ("push", f"{address}/update", "--store", store)
        seen = on_terminal(*words)
        assert seen.code == 0
        assert re.search(r"sending.*[\d,]+ triples", plain(seen.err))
        assert "graphs sent" in seen.out
        assert re.search(r"sent +\d+", plain(seen.err))
        narrow = on_terminal("push", f"{address}/update", "--store", store, width=40)
        assert "0 graphs sent" in narrow.out
        assert max(len(plain(line)) for line in re.split(r"[\r\n]", narrow.err)) <= 40
