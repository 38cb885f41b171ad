"""A watch in a process of its own that can be killed: over a stream, or over a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

import pytest

import kg.watching.intake
from kg.build_report import BuildReport
from kg.cli import main as kg_main
from kg.watching.intake import Intake

STORED: Final = b"stored\n"
"""What a watch tells when a batch is stored."""

MOST_FILES: Final = 1024


def begin_watch(words: list[str], log: Path, stdin: int | None = None) -> tuple[int, int]:
    """Start `kg watch` with these words; return the process, and an open file that tells.

    It has a line for each batch that is stored. The extractor is loaded already. `stdin` is where
    a stream comes from.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    if stdin is not None:
        os.dup2(stdin, 0)
        sys.stdin = os.fdopen(0, "r", encoding="utf-8")
    # The other end of the stream too is open here, and would never end.
    os.closerange(3, writing)
    os.closerange(writing + 1, MOST_FILES)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    whole = Intake.take

    def take(self: Intake, *given: Any, **named: Any) -> BuildReport:
        report = whole(self, *given, **named)
        os.write(writing, STORED)
        return report

    patch = pytest.MonkeyPatch()  # never undone: the process ends here
    try:
        patch.setattr(kg.watching.intake.Intake, "take", take)
        kg_main(["watch", *words])
    except SystemExit as stopped:
        sys.stdout.flush()
        os._exit(stopped.code if isinstance(stopped.code, int) else 1)
    finally:
        os._exit(70)
