"""Killed builds, a few of them; `tests.bench.bench_kills` does it two hundred times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench.bench_kills import run_bench

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_killed_build_leaves_whole_postings_and_ends_in_the_same_bytes(tmp_path: Path) -> None:
    figures = run_bench(tmp_path, postings=600, kills=6, seed=7)
    assert figures["kills"] == 6
    assert figures["stored_unbroken"] == 600
    assert figures["opened"] + figures["no_store_yet"] == 6
    assert figures["broken_postings"] == 0
    assert figures["same_bytes"] == figures["resumed"] > 0
    assert figures["complaints"] == []
