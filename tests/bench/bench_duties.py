"""What reading the duties costs: extraction with and without it, posting by posting in one run.

    python -m tests.bench.bench_duties ../shared/data/postings/glassdoor_open.csv

Each posting is read both ways in turn, five times; the least time of each way counts, since what
else the machine does only adds to it.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nlp.anchors import _scans
from nlp.extract import Extractor
from nlp.readers import read_postings
from nlp.types import Posting

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 5
POSTINGS: Final = 200


def main(path: str) -> None:
    """Print the milliseconds a posting and the share that the duties have of it."""
    extractor = Extractor()
    found = [one for one in read_postings([path], extractor.is_name) if isinstance(one, Posting)]
    postings = found[:: max(1, len(found) // POSTINGS)][:POSTINGS]
    find = extractor._duties.find
    ways: dict[str, Callable[..., object]] = {"with": find, "without": lambda _: ()}
    best = {name: [float("inf")] * len(postings) for name in ways}
    for _ in range(ROUNDS):
        for place, posting in enumerate(postings):
            for name, way in ways.items():
                extractor._duties.find = way  # type: ignore[assignment,method-assign]
                _scans.clear()
                one = replace(posting)
                start = time.perf_counter()
                extractor(one)
                best[name][place] = min(best[name][place], time.perf_counter() - start)
    each = {name: 1000 * sum(times) / len(times) for name, times in best.items()}
    share = 1 - each["without"] / each["with"]
    sys.stdout.write(
        f"{len(postings)} postings: {each['with']:.3f} ms with duties, "
        f"{each['without']:.3f} ms without: {share:.1%} of the time is theirs\n"
    )


if __name__ == "__main__":
    main(sys.argv[1])
