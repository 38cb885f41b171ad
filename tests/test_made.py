"""The made board: the same each time, what it was made to be, and never taken for a real one."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from kg.made import SHARES, made_board, write_board
from kg.made.board import KINDS, MADE, SENIOR

COUNT = 4000


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = (write_board(tmp_path / name, 50).read_bytes() for name in ("a", "b"))
    assert first == again
    assert first != write_board(tmp_path / "c", 50, seed=2).read_bytes()
    assert len(first.splitlines()) == 50


def test_every_posting_says_of_itself_that_it_was_made(tmp_path: Path) -> None:
    lines = write_board(tmp_path / "board.jsonl", 200).read_text(encoding="utf-8").splitlines()
    for line in lines:
        posting = json.loads(line)
        assert set(posting) == {"title", "company", "location", "description"}
        assert posting["company"].startswith("Made Employer ")
        assert posting["description"].endswith(MADE)


def test_none_are_asked_for_and_none_are_made(tmp_path: Path) -> None:
    assert write_board(tmp_path / "board.jsonl", 0).read_bytes() == b""


def test_skills_are_required_as_often_as_they_should_be() -> None:
    """Of some 1,000 postings a kind, a share of a half lies within 0.05 in 998 of 1,000 cases."""
    sizes: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, tuple[str, str]]] = Counter()
    for one in islice(made_board(), COUNT):
        level = SENIOR if one.title.startswith(SENIOR) else ""
        kind = (one.title.removeprefix(SENIOR).strip(), level)
        sizes[kind] += 1
        lines = one.description.splitlines()
        found.update((skill, kind) for skill in SHARES if f"• Experience with {skill}." in lines)
    assert set(sizes) == set(KINDS)
    for skill, shares in SHARES.items():
        for kind, share in shares.items():
            assert found[skill, kind] / sizes[kind] == pytest.approx(share, abs=0.06)
