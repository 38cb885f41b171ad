"""Real SPARQL servers on loopback, for tests that need one."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

START = 30.0
"""Seconds that a server may take to start."""


@contextmanager
def kg_serve(store: Path, *options: str) -> Iterator[str]:
    """Serve a store with `kg serve` and yield the address of its endpoint."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://\S+/sparql", server.stderr.readline())
            assert address is not None
            yield address.group()
            server.send_signal(signal.SIGINT)
            assert server.wait(10) == 130, "Ctrl-C ends the server, and shells are told so"
        finally:
            server.kill()


def oxigraph_command() -> str | None:
    """Return Oxigraph's server, which PyPI's `oxigraph` brings, None where it is not there."""
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@contextmanager
def oxigraph_serve(folder: Path) -> Iterator[str]:
    """Run an empty Oxigraph server and yield its address, without a path."""
    command = oxigraph_command()
    assert command is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    words = [command, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        try:
            end = time.monotonic() + START
            while True:
                try:
                    with urlopen(f"{address}/", timeout=1):  # noqa: S310 # loopback
                        break
                except OSError:
                    assert time.monotonic() < end, "the server does not start"
                    time.sleep(0.05)
            yield address
        finally:
            server.kill()
