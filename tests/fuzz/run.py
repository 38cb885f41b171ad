"""Fuzz the way from bytes to facts: `python -m tests.fuzz.run --runs 100000 [--target readers]`.

atheris (libFuzzer) chooses the bytes; where a text is wanted they choose fragments of postings, so
that a few bytes make a posting. An input that breaks an invariant is written to `--found` as the
text or the bytes that it stands for, and the run ends with its traceback; make a case of it in
`tests/fuzz/cases.json` with what was wrong.

atheris looks by SIGALRM, every 11 s (half of `-timeout`), whether an input takes too long. Behind
the last one Python takes its handler away while the interpreter is taken down, and an alarm in that
moment would end a run without failure with exit code 142: so the alarm is turned off there.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.fuzz.fragments import BEGINNING, FRAGMENTS

LONGEST: Final = 400
"""Bytes of one input; a fragment costs one of them."""
MOST: Final = 4000
"""Characters of one text."""
PLAIN: Final = 8
"""One fragment in so many is the input's own characters."""


def text_of(data: bytes) -> str:
    """Return the text that the bytes stand for: fragments, repeated now and then, and characters.

    The first byte says whether the text begins as postings do.
    """
    pieces = [BEGINNING] if data[:1] and data[0] % 2 else []
    position = 1
    while position < len(data):
        byte = data[position]
        position += 1
        if byte < len(FRAGMENTS):
            pieces.append(FRAGMENTS[byte])
        elif byte % PLAIN:
            pieces.append(data[position : position + 4].decode("utf-8", "replace"))
            position += 4
        elif pieces:
            pieces.append((pieces[-1] * (byte // PLAIN))[:MOST])
    return "".join(pieces)[:MOST]


def targets() -> dict[str, Callable[[bytes], None]]:
    """Return what can be fuzzed by name. Imports the package: call it under instrumentation."""
    from tests.fuzz import invariants

    found: dict[str, Callable[[bytes], None]] = {
        "text": lambda data: invariants.check_text(text_of(data)),
        "repair": lambda data: (invariants.check_repair(text_of(data)), None)[1],
        "parts": lambda data: invariants.check_parts(text_of(data)),
    }
    for name in invariants.formats():
        found[f"reader:{name}"] = lambda data, name=name: invariants.check_bytes(data, name)  # type: ignore[misc] # a default binds the name
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one target, or every one in turn with its share of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--target", default="text", help="text, repair, parts, or reader:FORMAT")
    parser.add_argument("--corpus", type=Path, default=Path(".fuzz"), help="kept between runs")
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="without instrumenting nlp: faster")
    options = parser.parse_args(arguments)
    import atheris

    if options.plain:
        known = targets()
    else:
        with atheris.instrument_imports(include=["nlp"]):
            known = targets()
    if options.target not in known:
        parser.error(f"no target {options.target!r}; there are {', '.join(known)}")
    check = known[options.target]
    check(b"")  # what it needs is made now: an input has 20 s
    options.corpus.mkdir(exist_ok=True)
    begin, done = time.monotonic(), 0

    def one(data: bytes) -> None:
        nonlocal done
        done += 1
        try:
            check(data)
        except BaseException:
            of_text = not options.target.startswith("reader:")
            shown = text_of(data).encode() if of_text else data
            options.found.write_bytes(shown)
            raise
        if done == options.runs:
            signal.setitimer(signal.ITIMER_REAL, 0)
            rate = done / (time.monotonic() - begin)
            print(f"{options.target}: {done} inputs, no failure, {rate:.0f} a second")  # noqa: T201

    atheris.Setup(
        [
            sys.argv[0],
            f"-atheris_runs={options.runs}",
            f"-max_len={LONGEST}",
            f"-seed={options.seed}",
            "-timeout=20",
            "-len_control=0",
            str(options.corpus),
        ],
        one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
