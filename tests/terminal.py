"""The command line on a terminal: a pseudo-terminal of a width, and what was drawn on it."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING, Final

from tests.command_line import ROOT, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONTROL: Final = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")
"""Sequences that move, hide or colour."""
COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(
    *words: str | Path, width: int = 100, env: Mapping[str, str] | None = None
) -> Answer:
    """Run `kg` with its talk on a terminal and its results in a file, as `kg ... > FILE` does."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    command = [sys.executable, "-m", "kg", *map(str, words)]
    # A terminal that can draw, whatever the tests themselves run on.
    around = {**os.environ, "TERM": "xterm-256color", **(env or {})}
    for name in ("COLUMNS", "LINES"):
        if name not in (env or {}):
            around.pop(name, None)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=far, cwd=ROOT, env=around) as run:
        os.close(far)
        drawn = _read(near)
        out = run.stdout.read().decode() if run.stdout else ""
    os.close(near)
    return Answer(run.returncode, out, drawn)


def _read(end: int) -> str:
    """Return all that is written to a terminal until nobody has it open any more."""
    parts = []
    while True:
        try:
            part = os.read(end, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # what Linux says of a terminal without a far end
                raise
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()


def plain(drawn: str) -> str:
    """Return what was drawn, without the sequences that moved and coloured it."""
    return CONTROL.sub("", drawn)
