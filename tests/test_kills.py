"""Killed builds, a few of them; `tests.bench.bench_kills` does it two hundred times."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.command_line import ROOT


@pytest.mark.slow
def test_a_killed_build_leaves_whole_postings_and_ends_in_the_same_bytes() -> None:
    # The bench forks: in a process of its own, where no earlier test has opened a store.
    bench = ["-m", "tests.bench.bench_kills", "--postings", "600", "--kills", "6", "--seed", "7"]
    run = subprocess.run(
        [sys.executable, *bench, "--json"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout.splitlines()[-1])
    assert figures["kills"] == 6
    assert figures["stored_unbroken"] == 600
    assert figures["opened"] + figures["no_store_yet"] == 6
    assert figures["broken_postings"] == 0
    assert max(figures["stored"]) >= 300, "late kills leave much to look at"
    assert figures["same_bytes"] == figures["resumed"] > 0
    assert figures["complaints"] == []
