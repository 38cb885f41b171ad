"""Being told to stop while that is held back: noted, waited for like a file, and said again."""

from __future__ import annotations

import os
import select
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.interrupts import Terminated, held_interrupts, termination_interrupts


@pytest.mark.parametrize(
    ("number", "error"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)]
)
def test_what_was_held_back_is_raised_when_that_is_asked(
    number: signal.Signals, error: type[KeyboardInterrupt]
) -> None:
    with termination_interrupts(), held_interrupts() as held:
        with held.back():
            signal.raise_signal(number)
            signal.raise_signal(number)
            assert held.came
        with held.back():
            assert held.came, "it is known for as long as nobody was told"
        with pytest.raises(error):
            held.raise_again()


def test_outside_nothing_is_held_back() -> None:
    with held_interrupts() as held:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with held.back():
            pass
        held.raise_again()  # nothing came
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_who_waits_for_a_file_is_woken() -> None:
    with held_interrupts() as held, held.back():
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        assert select.select([held], [], [], 30)[0] == [held]


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does for what runs behind
    try:
        with held_interrupts() as held:
            with held.back():
                signal.raise_signal(signal.SIGINT)
            assert not held.came
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_is_told_nothing() -> None:
    def run() -> bool:
        with held_interrupts() as held, held.back():
            return held.came

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(run).result() is False
