"""Lost commas: where one name ends and the next begins in a text that has none left.

A source may have dropped every comma: "experience in *pipelines* *dashboards* and forecasts".
There a name ends behind a plural: a noun that goes before another to say its kind is singular in
English ("*warehouse* systems", not "warehouses systems"), but for a few that never are. It ends
where a known name ends and another begins, and between two names with capitals of which one is
known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.words import Form, kind_ending, kind_of, kind_where

Span = tuple[int, int]
Segment = tuple[int, int]

ALWAYS_PLURAL: Final = frozenset(
    "accounts admissions aerospace always arms arts assets besides business claims clothes"
    " communications customs earnings electronics events finances fixed goods graphics humanities"
    " hydraulics kubernetes less logistics means narcotics news operations pandas pass perhaps"
    " plus postgres process ratings records resources sales savings sciences securities series"
    " services signals solutions species sports systems telecommunications textiles towards"
    " windows".split()
)
"""Words that end as plurals do and go before a noun all the same: "sales plans"."""
SINGULAR_ENDS: Final = ("ics", "is", "ous", "ss", "us", "js")
PLURAL: Final = kind_ending("s", Form.LETTERS, above=4, but=SINGULAR_ENDS, words=ALWAYS_PLURAL)
NAME: Final = kind_where(
    lambda word: (
        len(word) > 1
        and word[0] != "<"
        and not word[0].isdigit()
        and (word[0].isupper() or any(c.isupper() or c.isdigit() for c in word[1:]))
    )
)
"""Written as names are: with a capital, or a figure inside it."""
GOES_ON: Final = kind_of("head", "generic", "tail")
"""Words that go on with a name: "machine learning *tools*"."""


def names_in(
    segment: Segment, kinds: list[int], spans: Sequence[Span], known: Sequence[Span]
) -> Iterator[Segment]:
    """Yield the stretches of words of `segment` that are a name each; all of it where none ends.

    `known` are the sorted spans of the concepts that stand in its sentence. None is cut.
    """
    first, last = segment
    low, high = spans[first][0], spans[last - 1][1]
    known = known[bisect_left(known, (low,)) : bisect_left(known, (high,))]
    starts, ends = {start for start, _ in known}, {end for _, end in known}
    begin = first
    for index in range(first + 1, last):
        at, before = spans[index][0], spans[index - 1][1]
        here, ahead = kinds[index - 1], kinds[index]
        if _cut(known, at):
            continue
        behind_known = before in ends and not ahead & GOES_ON
        if (
            here & PLURAL
            or (behind_known and at in starts)
            or (here & ahead & NAME and not here & GOES_ON and (behind_known or at in starts))
        ):
            yield begin, index
            begin = index
    yield begin, last


def _cut(known: Sequence[Span], at: int) -> bool:
    """Tell whether a concept goes on over `at`."""
    return any(start < at < end for start, end in known)
