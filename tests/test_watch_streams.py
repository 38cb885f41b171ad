"""A stream without end: in batches, each posting once, whatever is played again."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export import export
from kg.interrupts import termination_interrupts
from kg.store import Store
from kg.watching.intake import Intake
from kg.watching.stream import LineReader
from kg.watching.watch import Batch, watch_stream
from nlp.readers import ReadingOptions
from tests.building import FakeExtractor, nquads, text, titles, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.watching.stream import Lines
    from nlp.types import Facts, Posting

__all__ = ["words"]

LINES = ReadingOptions("jsonl")


def line(name: str, **more: str) -> bytes:
    return json.dumps({"id": name, "title": name, "description": text(name), **more}).encode()


@pytest.fixture
def pipe() -> Iterator[Callable[[bytes], int]]:
    """Gives an open file that has these bytes in it, and ends."""
    opened: list[int] = []

    def piped(data: bytes) -> int:
        reading, writing = os.pipe()
        opened.append(reading)

        def fill() -> None:
            with os.fdopen(writing, "wb") as stream:
                stream.write(data)

        threading.Thread(target=fill, daemon=True).start()
        return reading

    yield piped
    for file in opened:
        os.close(file)


def play(
    store: Store, data: bytes, words: list[Path], pipe: Callable[[bytes], int], most: int = 3
) -> list[Batch]:
    intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words, options=LINES)
    return list(watch_stream(intake, pipe(data), most=most))


def batches_of(lines: LineReader) -> Iterator[Lines]:
    while not lines.is_done:
        yield lines.next_batch()


@pytest.mark.parametrize(
    ("data", "most", "expected"),
    [
        (b"", 3, [[]]),
        (b"a\nb\nc\nd\n", 3, [[b"a", b"b", b"c"], [b"d"]]),
        (b"a\n\n \nb\n", 3, [[b"a", b"b"]]),
        (b"a\r\nb\r\n", 1, [[b"a"], [b"b"], []]),
        (b"a\nhalf", 3, [[b"a", b"half"]]),
    ],
)
def test_lines_come_in_batches(
    data: bytes, most: int, expected: list[list[bytes]], pipe: Callable[[bytes], int]
) -> None:
    batches = batches_of(LineReader(pipe(data), most=most))
    assert [[one.data for one in batch.records] for batch in batches] == expected


def test_few_lines_do_not_wait_for_more() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"a\nb\nc")
    batches = batches_of(LineReader(reading, seconds=0.01))
    found = next(batch for batch in batches if batch.records)
    assert ([one.data for one in found.records], found.number) == ([b"a", b"b"], 2)
    os.write(writing, b"d\n")
    assert next(batch for batch in batches if batch.records).records[0].data == b"cd"
    os.close(writing)
    assert not [one for batch in batches for one in batch.records]
    os.close(reading)


def test_a_line_of_any_length_takes_no_more_memory_than_is_allowed(
    pipe: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.watching.stream.LONGEST", 100_000)
    data = b"a\n" + b"x" * 500_000 + b"\nb\n"
    found = [one.data for batch in batches_of(LineReader(pipe(data))) for one in batch.records]
    assert [len(one) for one in found] == [1, 100_000, 1]
    assert found[2] == b"b"


def test_what_is_guessed_of_every_line_is_said_once(
    words: list[Path], pipe: Callable[[bytes], int]
) -> None:
    said: list[str] = []
    intake = Intake(
        Store.in_memory(),
        extractor=FakeExtractor(),
        vocabulary_files=words,
        options=LINES,
        tell=said.append,
    )
    other = json.dumps({"jobtitle": "D", "description": text("D")}).encode()
    data = b"\n".join([line("A"), line("B"), other, line("C")])
    for _ in watch_stream(intake, pipe(data), most=2):
        pass
    assert said == [
        "stdin: columns: title = title, body = description, reference = id",
        "stdin: columns: title = jobtitle, body = description",
    ]


def test_each_line_is_a_posting_once(words: list[Path], pipe: Callable[[bytes], int]) -> None:
    store = Store.in_memory()
    data = b"\n".join([*map(line, ("A", "B", "C", "D")), line("A"), b""])
    batches = play(store, data, words, pipe)
    assert [(one.lines, one.report.added, one.report.unchanged) for one in batches] == [
        (3, 3, 0),
        (5, 1, 1),
    ]
    assert titles(store) == ["A", "B", "C", "D"]


def test_what_is_no_posting_is_set_aside_and_the_stream_goes_on(
    words: list[Path], tmp_path: Path, pipe: Callable[[bytes], int]
) -> None:
    data = b"\n".join(
        [line("A"), b'{"id": 7', b'{"id": 8, "colour": "red"}', b"[]", line("B"), b""]
    )
    with Store.open(tmp_path / "s", create=True) as store:
        for _ in range(2):  # played again, it is kept once
            batches = play(store, data, words, pipe)
            assert sum(one.report.refused for one in batches) == 3
            assert titles(store) == ["A", "B"]
            kept = (tmp_path / "s" / "quarantine.jsonl").read_text(encoding="utf-8")
            records = [json.loads(one)["record"] for one in kept.splitlines()]
            assert sorted(records) == ["[]", '{"id": 7', '{"id": 8, "colour": "red"}']


def test_one_posting_from_two_lines_bears_the_same_name_in_any_order(
    words: list[Path], pipe: Callable[[bytes], int]
) -> None:
    lines = [line("A"), line("A", colour="red"), line("A", colour="blue")]
    found = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        store = Store.in_memory()
        play(store, b"\n".join(lines[one] for one in order), words, pipe, most=1)
        found.add(posting_graphs(store))
    assert len(found) == 1


def posting_graphs(store: Store) -> bytes:
    stream = io.BytesIO()
    export(store, "nquads", stream)
    return stream.getvalue()


@given(
    cuts=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5),
    most=st.integers(1, 5),
)
@settings(max_examples=12, deadline=None)
def test_played_again_from_anywhere_it_ends_in_the_same_store(
    cuts: list[tuple[int, int]], most: int
) -> None:
    lines = [line(f"Engineer {number % 9}") for number in range(12)]

    def take(store: Store, batch: Iterable[bytes], ends: int | None = None) -> None:
        intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=[], options=LINES)
        reading, writing = os.pipe()
        os.write(writing, b"\n".join(batch))
        os.close(writing)
        for number, _ in enumerate(watch_stream(intake, reading, most=most)):
            if number == ends:
                break
        os.close(reading)

    whole, broken = Store.in_memory(), Store.in_memory()
    take(whole, lines)
    reached = 0
    for back, ends in cuts:
        start = max(0, reached - back)
        take(broken, lines[start:], ends)
        reached = min(len(lines), start + most * (ends + 1))
    take(broken, lines[: len(lines)])
    assert nquads(broken) == nquads(whole)


class Interrupting(FakeExtractor):
    """Is told to stop in the middle of a batch."""

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        signal.raise_signal(signal.SIGINT)
        yield from super().pipe(postings)


@pytest.fixture
def open_pipe() -> Iterator[tuple[int, int]]:
    """A pipe whose writer goes on."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)


def test_told_to_stop_while_it_waits_it_stores_the_lines_it_has_taken(
    words: list[Path], open_pipe: tuple[int, int]
) -> None:
    reading, writing = open_pipe
    os.write(writing, line("A") + b"\n" + line("B") + b"\n" + b'{"id": "half')
    store = Store.in_memory()
    intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words, options=LINES)
    batches = watch_stream(intake, reading, seconds=60)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert next(batches).report.added == 2
    with pytest.raises(KeyboardInterrupt):
        next(batches)
    assert titles(store) == ["A", "B"]


def test_told_to_stop_while_a_batch_is_taken_it_stores_all_lines_it_has_taken(
    words: list[Path], open_pipe: tuple[int, int]
) -> None:
    reading, writing = open_pipe
    os.write(writing, b"".join(line(name) + b"\n" for name in "ABCDE"))
    store = Store.in_memory()
    intake = Intake(store, extractor=Interrupting(), vocabulary_files=words, options=LINES)
    batches = watch_stream(intake, reading, most=2)
    with termination_interrupts():
        assert [next(batches).report.added for _ in range(3)] == [2, 2, 1]
        with pytest.raises(KeyboardInterrupt):
            next(batches)
    assert titles(store) == [*"ABCDE"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, GeneratorExit])
def test_who_is_told_to_stop_between_batches_loses_no_line_either(
    error: type[BaseException], words: list[Path], pipe: Callable[[bytes], int]
) -> None:
    store = Store.in_memory()
    intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words, options=LINES)
    batches = watch_stream(intake, pipe(b"".join(line(name) + b"\n" for name in "ABC")), most=1)
    next(batches)
    with pytest.raises(error):
        batches.throw(error())
    assert titles(store) == ["A", "B", "C"]


def test_a_fault_in_storing_is_not_hidden_by_another_try(
    words: list[Path], pipe: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(Store.in_memory(), extractor=FakeExtractor(), vocabulary_files=words)
    tries: list[int] = []

    def take(*_: object, **__: object) -> None:
        tries.append(1)
        raise OSError("the disk is full")

    monkeypatch.setattr(intake, "take", take)
    with pytest.raises(OSError, match="the disk is full"):
        list(watch_stream(intake, pipe(b"a\nb\n"), most=1))
    assert tries == [1]
