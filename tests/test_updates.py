"""Adding in bulk is as whole as a transaction: a batch is there in every index, or in none."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from kg import updates

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = updates.IN_BULK.start


def batch(number: int, size: int = SIZE) -> list[ox.Quad]:
    """Return quads of a graph of their own, some terms shared with other batches."""
    graph = ox.NamedNode(f"http://e/graph/{number}")
    return [
        ox.Quad(
            ox.NamedNode(f"http://e/{number}/{place}"),
            ox.NamedNode(f"http://e/p{place % 7}"),
            ox.Literal(f"{place % 11} {number if place % 3 else ''}"),
            graph,
        )
        for place in range(size)
    ]


@pytest.mark.parametrize("size", [SIZE - 1, SIZE], ids=["in a transaction", "in bulk"])
def test_what_is_added_is_there_and_nothing_else(tmp_path: Path, size: int) -> None:
    store = ox.Store(str(tmp_path / "store"))
    held = batch(1, 10)
    updates.change(store, [], [], held)
    updates.change(store, [], [], batch(2, size))
    updates.change(store, [], [], batch(2, size))
    assert Counter(store) == Counter([*held, *batch(2, size)])
    graphs = {str(graph) for graph in store.named_graphs()}
    assert graphs == {"<http://e/graph/1>", "<http://e/graph/2>"}


def test_what_is_dropped_goes_with_what_comes(tmp_path: Path) -> None:
    """A change that also drops is one transaction, however large: never half of it."""
    store = ox.Store(str(tmp_path / "store"))
    updates.change(store, [], [], batch(1))
    updates.change(store, ["http://e/graph/1"], [], batch(2))
    assert Counter(store) == Counter(batch(2))


WRITER: Final = """
import itertools, sys
import pyoxigraph as ox
from kg import updates
from tests.test_updates import batch
store = ox.Store(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    updates.change(store, [], [], batch(number))
    print(number, flush=True)
"""


@pytest.mark.slow
def test_a_kill_leaves_whole_batches_in_every_index(tmp_path: Path) -> None:
    """SIGKILL at random moments of adding: no index has more of a batch than another."""
    draw, path, told = random.Random(7), str(tmp_path / "store"), 0  # noqa: S311 # moments
    for _ in range(12):
        command = [sys.executable, "-c", WRITER, path, str(told + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            last = int(writer.stdout.readline())
            time.sleep(draw.uniform(0, 0.25))
            os.kill(writer.pid, signal.SIGKILL)
            last = max([last, *(int(line) for line in writer.stdout if line.endswith("\n"))])
        store = ox.Store(path)
        by_predicate = Counter(
            str(quad.graph_name)
            for part in range(7)
            for quad in store.quads_for_pattern(None, ox.NamedNode(f"http://e/p{part}"), None, None)
        )
        by_graph = Counter(
            {
                str(graph): sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
                for graph in store.named_graphs()
            }
        )
        newest = range(last - 1, last + 2)  # older ones were looked at after earlier kills
        by_subject = Counter(
            str(quad.graph_name)
            for number in newest
            for one in batch(number)
            for quad in store.quads_for_pattern(one.subject, None, None, None)
        )
        assert by_predicate == by_graph
        assert set(by_graph.values()) == {SIZE}
        names = {f"<http://e/graph/{number}>" for number in newest}
        assert by_subject == {name: by_graph[name] for name in names if name in by_graph}
        assert {f"<http://e/graph/{number}>" for number in range(1, last + 1)} <= set(by_graph)
        told = len(by_graph)
        del store
