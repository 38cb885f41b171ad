"""Where alerts go: to this machine's own addresses, or out as lines."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from kg.alerts.delivery import (
    AlertRefusedError,
    DeliveryError,
    Posted,
    Printed,
    check_address,
    is_loopback,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 # every address, and so no address of one's own
        ("example.org", False),
        ("localhost.example.org", False),
        ("169.254.169.254", False),
    ],
)
def test_which_addresses_are_this_machines(host: str, own: bool) -> None:
    assert is_loopback(host) == own
    url = f"http://[{host}]/a" if ":" in host else f"http://{host}/a"
    check_address(url, anywhere=True)
    if own:
        check_address(url, anywhere=False)
    else:
        with pytest.raises(ValueError, match="--post-anywhere"):
            check_address(url, anywhere=False)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://localhost:http/x", "its port is no number from 1 to 65535"),
        ("http://localhost:99999/x", "its port is no number from 1 to 65535"),
        ("http://localhost:0/x", "its port is no number from 1 to 65535"),
        ("http://localhost:-1/x", "its port is no number from 1 to 65535"),
        ("http://localhost/my alerts", "a blank in it; write it %20"),
        ("http://localhost/x ", "a blank in it; write it %20"),
        ("http://local\thost/x", "a blank in it; write it %20"),
        ("http://localhost/x\r\nHost: y", "a blank in it; write it %20"),
        (
            "http://localhost/caf\u00e9",
            "a letter that an address cannot have: \u00e9; write it %C3%A9",
        ),
        ("http://ada:secret@localhost/x", "a name or a password in it, which are not sent"),
        ("http://[::1/x", "no address"),
    ],
)
def test_an_address_that_could_never_be_reached_is_refused_at_once(url: str, said: str) -> None:
    with pytest.raises(ValueError, match="--post ") as raised:
        check_address(url, anywhere=True)
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost",
        "http://localhost:/x",
        "https://localhost:65535/a%20b?c=%C3%A9",
        "HTTP://LOCALHOST:1/",
    ],
)
def test_an_address_as_it_should_be_is_taken(url: str) -> None:
    check_address(url, anywhere=False)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://localhost/x", "localhost:80", "", "http://"]
)
def test_what_is_no_address_is_refused_anywhere(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        check_address(url, anywhere=True)


class Listener(BaseHTTPRequestHandler):
    heard: ClassVar[list[tuple[str, str, Any]]]
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, type[Listener]]]:
    class Own(Listener):
        heard: ClassVar[list[tuple[str, str, Any]]] = []

    with HTTPServer(("127.0.0.1", 0), Own) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/alerts", Own
        listening.shutdown()


def test_alerts_are_posted_as_json(server: tuple[str, type[Listener]]) -> None:
    url, listener = server
    Posted(url).deliver("abc", {"title": "Köchin"})
    assert listener.heard == [("/alerts", "abc", {"title": "Köchin"})]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_server_that_refuses_is_no_delivery_and_leads_nowhere(
    status: int, server: tuple[str, type[Listener]]
) -> None:
    url, listener = server
    listener.status = status
    with pytest.raises(DeliveryError, match=str(status)):
        Posted(url).deliver("abc", {})
    assert len(listener.heard) == 1


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (400, True), (404, True), (410, True), (413, True), (422, True), (499, True),
        (408, False), (429, False), (500, False), (503, False), (302, False), (304, False),
    ],
)  # fmt: skip
def test_an_alert_that_is_refused_is_told_from_a_server_that_cannot_take_any(
    status: int, refused: bool, server: tuple[str, type[Listener]]
) -> None:
    url, listener = server
    listener.status = status
    with pytest.raises(DeliveryError) as raised:
        Posted(url).deliver("abc", {})
    assert isinstance(raised.value, AlertRefusedError) == refused


@pytest.mark.parametrize("answer", [b"not HTTP at all\r\n\r\n", b"HTTP/1.1 2x4 ?\r\n\r\n", b""])
def test_who_does_not_speak_the_protocol_is_no_delivery(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            client, _ = listening.accept()
            with client:
                client.recv(1 << 16)
                client.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(DeliveryError, match="cannot be reached"):
            Posted(f"http://127.0.0.1:{listening.getsockname()[1]}/").deliver("abc", {})


def test_a_server_that_is_not_there_is_no_delivery() -> None:
    with HTTPServer(("127.0.0.1", 0), Listener) as gone:
        port = gone.server_port
    with pytest.raises(DeliveryError, match="cannot be reached"):
        Posted(f"http://127.0.0.1:{port}/").deliver("abc", {})


def test_alerts_are_printed_as_lines_of_json() -> None:
    lines: list[str] = []
    Printed(lines.append, as_json=True).deliver("abc", {"title": "x"})
    assert [json.loads(line) for line in lines] == [{"event": "alert", "title": "x"}]
