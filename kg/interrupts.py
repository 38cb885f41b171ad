"""Being told to stop: Ctrl-C and SIGTERM end a command in the same orderly way."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


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


class Held:
    """Ctrl-C and SIGTERM, of which no word is to come in the middle of something.

    What comes inside `back()` is noted, and raised by `raise_again()`. Who waits for files waits
    for this too, as for a file.
    """

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing
        self._number: int | None = None

    def fileno(self) -> int:
        """Return the file that can be read from when something came."""
        return self._reading

    @property
    def came(self) -> bool:
        """Say whether it was told to stop."""
        return self._number is not None

    @contextmanager
    def back(self) -> Iterator[None]:
        """Hold back inside the block; what is ignored stays so. Only the main thread is told."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for number, handler in before.items():
                if handler not in (None, signal.SIG_IGN):
                    signal.signal(number, self._note)
            yield
        finally:
            for number, handler in before.items():
                if handler not in (None, signal.SIG_IGN):
                    signal.signal(number, handler)

    def raise_again(self) -> None:
        """Tell whoever would have been told what came, if anything did."""
        if self._number is None:
            return
        handler = signal.getsignal(self._number)
        if callable(handler):
            handler(self._number, None)
        else:
            signal.raise_signal(self._number)

    def _note(self, number: int, _: FrameType | None) -> None:
        if self._number is None:
            self._number = number
            os.write(self._writing, b"!")


@contextmanager
def held_interrupts() -> Iterator[Held]:
    """Give what holds back Ctrl-C and SIGTERM where it is told to."""
    reading, writing = os.pipe()
    try:
        yield Held(reading, writing)
    finally:
        os.close(reading)
        os.close(writing)


def exit_code(stopped: KeyboardInterrupt) -> int:
    """Return what a shell expects of a command that a signal ended: 130 or 143."""
    return 128 + (signal.SIGTERM if isinstance(stopped, Terminated) else signal.SIGINT)
