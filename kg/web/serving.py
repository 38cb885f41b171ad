"""Running the application under uvicorn, until somebody ends it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from kg.web.app import QUERY_PATH, Settings, make_app
from kg.web.patience import patient_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.web.served import Served


def run(
    served: Served, settings: Settings, host: str, port: int, *, tell: Callable[[str], None]
) -> None:
    """Serve a store, or show what an endpoint holds, until the process is told to end.

    Raises `StoreError` where there is no store, `OSError` where the port is taken. `tell` is
    given the address, when connections are taken.
    """
    with served.open() as source:  # a fault is told before anything starts
        postings = len(source)
        state = str(getattr(source, "view", None) or "")
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    there = f"http://{shown}:{listening.getsockname()[1]}"
    asked = QUERY_PATH if served.folder else "/"
    tell(f"{postings} postings on {there}{asked} (Ctrl-C ends)")
    if served.folder:
        tell(f"pages to look at: {there}/")
    if settings.token:
        tell(f"the token, which a browser asks for as a password: {settings.token}")
    if state:
        tell(state)
    config = uvicorn.Config(
        make_app(served, settings),
        http=patient_for(settings.limits.seconds),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        h11_max_incomplete_event_size=600_000,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        said = f"{error.strerror}; choose another --port"
        raise OSError(error.errno, said, f"{host}:{port}") from error
