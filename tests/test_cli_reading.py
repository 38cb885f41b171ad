"""build, extract and explain: what is read, what is set aside, what is shown of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest

from nlp.repair import replay
from tests.command_line import SEEDS, Kg


def test_build_counts_and_names_what_was_set_aside(kg: Kg, tmp_path: Path) -> None:
    first = kg("build", SEEDS, "--store", tmp_path / "s")
    assert first.code == 0
    assert "4 added, 0 unchanged, 2 set aside, in " in first.out
    assert re.search(r"\(\d+\.\d postings per second\)", first.out)
    assert "4 postings" in first.out
    assert "set aside: README.md: documentation of the folder, not a posting" in first.err
    again = kg("build", SEEDS, "--store", tmp_path / "s", "--json")
    assert again.json["added"] == again.json["replaced"] == 0
    assert again.json["unchanged"] == again.json["postings"] == 4


def test_building_twice_or_in_another_order_gives_the_same_bytes(kg: Kg, tmp_path: Path) -> None:
    files = sorted(SEEDS.glob("*.txt"))
    orders = {"a": [SEEDS], "b": files, "c": files[::-1]}
    written = {}
    for name, paths in orders.items():
        for _ in range(2):
            assert kg("build", *paths, "--store", tmp_path / name).code == 0
        target = tmp_path / f"{name}.nq"
        assert (
            kg("export", "--format", "nquads", "-o", target, "--store", tmp_path / name).code == 0
        )
        written[name] = target.read_bytes()
    assert written["a"] == written["b"] == written["c"] != b""


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_its_reason_and_the_rest_is_built(
    name: str, kg: Kg, tmp_path: Path
) -> None:
    data, reason = BAD[name]
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    answer = kg("build", bad, SEEDS / "machine-learning-engineer-i.txt", "--store", tmp_path / "s")
    assert answer.code == 0
    assert "1 added" in answer.out
    assert "1 set aside" in answer.out
    assert name in answer.err
    assert reason in answer.err
