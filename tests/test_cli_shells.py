"""Completion in the shells themselves: installed as its user would, then TAB on a terminal."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browsing import unavailable
from tests.command_line import ROOT
from tests.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.slow

PATIENCE: Final = 120.0
"""Seconds for one answer of a shell on a machine with other work; it comes within two."""


def home_with_kg(folder: Path, shell: str) -> dict[str, str]:
    """Return the environment of somebody who has `kg` and has installed completion for a shell."""
    if shutil.which(shell) is None:
        unavailable(f"{shell} is missing: install {shell}")
    command = folder / "bin" / "kg"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    around = {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
    }
    # a second command, so that the shell stays the parent in which `kg` looks for its name
    told = subprocess.run(
        [shell, "-c", "kg --install-completion; echo done"],
        env=around,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{shell} completion installed" in told.stdout
    return around


class Typist:
    """Someone at a terminal who waits for what a shell writes."""

    def __init__(self, end: int) -> None:
        self._end = end

    def types(self, keys: str, wanted: str) -> str:
        """Type, and return what is written from then on, up to what is waited for."""
        os.write(self._end, keys.encode())
        seen, begun = "", time.monotonic()
        while wanted not in plain(seen):
            assert time.monotonic() - begun < PATIENCE, f"no {wanted!r} in {plain(seen)!r}"
            if select.select([self._end], [], [], 1)[0]:
                seen += os.read(self._end, 4096).decode(errors="replace")
        return plain(seen)


@contextmanager
def at_a_terminal(words: list[str], around: Mapping[str, str]) -> Iterator[Typist]:
    near, far = pty.openpty()
    with subprocess.Popen(
        words,
        stdin=far,
        stdout=far,
        stderr=far,
        cwd=around["HOME"],
        env=around,
        start_new_session=True,
    ) as run:
        os.close(far)
        try:
            yield Typist(near)
        finally:
            run.kill()
    os.close(near)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_completes_commands_questions_options_and_choices(shell: str, tmp_path: Path) -> None:
    around = home_with_kg(tmp_path, shell)
    (tmp_path / "postings.txt").touch()
    with at_a_terminal([shell, "-i"], around) as typist:
        typist.types("echo re''ady\n", "ready")
        typist.types("kg ask skills-of-r\t", "kg ask skills-of-role ")
        typist.types("--nec\t", "--necessity ")
        typist.types("pre\t", "preferred")
        typist.types("\x15kg co\t\t", "cooccurrence")
        typist.types("\x15kg show lad\t", "ladder ")
        typist.types("\x15kg build posti\t", "postings.txt")


def test_fish_offers_commands_questions_options_and_choices(tmp_path: Path) -> None:
    around = home_with_kg(tmp_path, "fish")
    (tmp_path / "postings.txt").touch()
    fish = shutil.which("fish") or "fish"
    offers = {
        "kg co": ["communities", "compare", "cooccurrence"],
        "kg ask skills-of-r": ["skills-of-role"],
        "kg ask skills-of-role --nec": ["--necessity"],
        "kg ask skills-of-role --copies ": ["all", "one"],
        "kg build posti": ["postings.txt"],
    }
    for line, offered in offers.items():
        found = subprocess.run(
            [fish, "-c", f"complete -C '{line}'"],
            env=around,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert [one.split("\t")[0] for one in found.stdout.splitlines()] == offered, line
