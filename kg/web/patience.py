"""Patience with clients: a connection that does not send or take in time is closed.

uvicorn waits without end for the head of a request, and for a client to take its answer: who opens
many connections and sends a byte now and then, or reads none, would take all sockets and memory.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from asyncio import Transport

SLOWEST: Final = 50_000
"""Bytes a second at which a client must take an answer, beside the time of a request."""
MESSAGE: Final = b"no whole request came in time\n"


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it; `patience` are the seconds for the head of a request.

    They count from the connection, and on one that is kept from the next request's first byte.
    """

    patience: float = 10.0
    _timer: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        self._stop_taking()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; the deadline stands until the head of a request is whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait()
        else:
            self._stop()

    def on_response_complete(self) -> None:
        """Give the client time to take what was written, by its size."""
        super().on_response_complete()
        self._stop_taking()
        if left := self.transport.get_write_buffer_size():
            seconds = self.patience + left / SLOWEST
            self._taking = self.loop.call_later(seconds, self._cut)

    def _stop_taking(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _cut(self) -> None:
        self._taking = None
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.patience, self._give_up)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        headers = [("content-type", "text/plain"), ("connection", "close")]
        for event in (
            h11.Response(status_code=408, headers=headers, reason=b"Request Timeout"),
            h11.Data(data=MESSAGE),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def patient_for(seconds: float) -> type[PatientProtocol]:
    """Return the protocol with that much patience."""
    return type("PatientProtocol", (PatientProtocol,), {"patience": seconds})
