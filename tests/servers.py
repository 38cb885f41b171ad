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

START = 120.0
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
            # 130 tells shells of a Ctrl-C; where the tests run without one, nobody is told
            assert server.wait(10) in (0, 130), "Ctrl-C ends the server"
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
            _wait_for(f"{address}/")
            yield address
        finally:
            server.kill()


def virtuoso_command() -> str | None:
    """Return Virtuoso's server (Debian: virtuoso-opensource), None where it is not there."""
    return shutil.which("virtuoso-t")


@contextmanager
def virtuoso_serve(folder: Path) -> Iterator[str]:
    """Run an empty Virtuoso server and yield its address; its user "dba" may write."""
    command = virtuoso_command()
    assert command is not None
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    settings = folder / "virtuoso.ini"
    settings.write_text(
        f"""[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{ports[0]}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{ports[1]}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
""",
        encoding="utf-8",
    )
    address = f"http://127.0.0.1:{ports[1]}"
    words = [command, "-f", "+configfile", str(settings)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"{address}/sparql")
            yield address
        finally:
            server.kill()


def _wait_for(url: str) -> None:
    """Return when a server answers there."""
    end = time.monotonic() + START
    while True:
        try:
            with urlopen(url, timeout=1):  # noqa: S310 # loopback
                return
        except OSError:
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.05)
