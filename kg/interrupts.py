"""Being told to stop: Ctrl-C and SIGTERM end a command in the same orderly way."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


class Terminated(KeyboardInterrupt):
    """SIGTERM came. What handles Ctrl-C handles this."""


@contextmanager
def termination_interrupts() -> Iterator[None]:
    """Let SIGTERM interrupt what runs inside the block, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread takes signals
        return

    told = False

    def interrupt(*_: object) -> NoReturn:
        nonlocal told
        told = True
        raise Terminated

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    except KeyboardInterrupt as stopped:
        if told and not isinstance(stopped, Terminated):
            raise Terminated from stopped  # a library that waits for files makes Ctrl-C of all
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def exit_code(stopped: KeyboardInterrupt) -> int:
    """Return what a shell expects of a command that a signal ended: 130 or 143."""
    return 128 + (signal.SIGTERM if isinstance(stopped, Terminated) else signal.SIGINT)
