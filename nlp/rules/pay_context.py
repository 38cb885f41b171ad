"""Round an amount: its sentence and label, its period, its bound, and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from nlp.document import Document
from nlp.folding import uncased
from nlp.rules.money import Money
from nlp.rules.pay_periods import ODD_BEFORE, PERIOD_OF, named_before
from nlp.types import SectionKind

LONGEST_LOOK: Final = 150
LONGEST_LABEL: Final = 60
LONGEST_BOUND: Final = 40
FEW_WORDS: Final = 9
"""Words that stand beside an amount in a line of facts; more of them are prose."""
PARTS: Final = re.compile(r"[|·•]")
"""What parts the fields of a row."""
ROW: Final = re.compile(r"\s[|·•/]\s")
FROM: Final = re.compile(
    r"(?:\bfrom|\bstart(?:s|ing)?(?: (?:salary|pay|wage|rate))? (?:at|from)"
    r"|\bmin(?:imum)?\.?(?: \w+){0,3}?(?: of| is)?|\bat least|\b(?:no|not) less than"
    r"|\bupwards? of|\bnorth of|\bbegin(?:s|ning)? at|\bover|\bmore than)\s?:?\s*$",
    re.IGNORECASE,
)
UP_TO: Final = re.compile(
    r"(?:\bup ?to|\b(?:package|salary|salaries)(?: of)? to"
    r"|\bmax(?:imum)?\.?(?: \w+){0,3}?(?: of| is)?|\bas (?:much|high) as"
    r"|\bnot to exceed|\b(?:no|not) more than|\bcapped at|\bless than)\s?:?\s*$",
    re.IGNORECASE,
)
OR_MORE: Final = re.compile(
    r"[ ]?\+(?![ ]?[$€£\d\w])|[ ]?\(min(?:imum)?\)"
    r"|[ ](?:and up|or (?:more|above|higher)|and (?:above|over)|min(?:imum)?)\b",
    re.IGNORECASE,
)
AT_MOST: Final = re.compile(r"[ ]?\(?(?:max(?:imum)?|or less)\b", re.IGNORECASE)
LEAST_WORD: Final = re.compile(r"\bmin(?:imum)?\b|\bfrom\b|\blow\b", re.IGNORECASE)
MOST_WORD: Final = re.compile(r"\bmax(?:imum)?\b|\bhigh\b", re.IGNORECASE)
FIRST_YEAR: Final = re.compile(
    r"[ ](?:(?:during|for|in|within)[ ])?(?:(?:the|their|your)[ ])?(?:first|1st)[ -]year\b",
    re.IGNORECASE,
)
RATE: Final = re.compile(
    r"\b(?:hiring|pay|starting|wages?)[ -](?:rate|wage)s?\b|\brates? of pay\b|\bwages?\b",
    re.IGNORECASE,
)
"""What only an hour's work has, where the sum is small: "Pay rate: $18"."""
PAY_TYPE: Final = re.compile(
    r"\b(?:pay|salary|rate|wage|compensation) ?(?:type|frequency|basis|period|unit|interval)"
    r"[ ]?[:\n][ ]?(?P<word>hourly|annual(?:ly)?|yearly|monthly|weekly|daily)\b",
    re.IGNORECASE,
)
STOP: Final = re.compile(r"(?<=[a-z]{4})[.!?][ ](?=[$€£₹])|[.!?]\n")
"""A sentence may begin with a sign of money, which other rules do not expect of one."""
NAME: Final = r"(?:the )?[A-Z][\w.’'/-]*(?:,? (?:and |or |& |of |the )?[A-Z][\w.’'/-]*){0,7}"
LABELLED: Final = re.compile(
    r"(?:^|[;•*|\n)]|[.\d]\s)\s{0,20}(?P<name>[A-Z][^:;$€£\d\n]{0,50}\d?)\s?(?::|[-–—]|\()\s*$"
)
PLACED: Final = re.compile(
    rf"\b(?:in|for|within|across|throughout|outside(?: of)?) (?P<name>{NAME})"
)
SHORTENED: Final = re.compile(r"\b[A-Z]\.\Z")
"""Whose last stop is its own, not its sentence's: "Washington, D.C."."""
BEHIND: Final = re.compile(
    rf"[ ]?(?:\((?P<aside>[A-Z][^()\d$\n]{{1,60}})\)|,? ?(?:in|for|within) (?P<name>{NAME}))"
)
LABELS: Final = re.compile(
    r":$|\b(?:annual|base|bonus|commission|comp|compensation|CTC|earn\w{0,5}|hourly|income|OTE"
    r"|package|pays?|rates?|range|remuneration|reward|salar(?:y|ies)|scale|stipend|wages?|zone"
    r"|grade|band|level|estimated?|minimum|maximum|low|high|from|to)\b",
    re.IGNORECASE,
)
"""What the line above an amount is where it is its label, and not what was said before."""
PAY_NAME: Final = re.compile(
    r"\b(?:salary|pay|comp(?:ensation)?|rate|range|wages?|base|bonus|min|max|OTE|CTC|package"
    r"|remuneration|earnings|stipend)\b",
    re.IGNORECASE,
)

RUN_IN: Final = re.compile(
    r"(?<=[.;!?)] )[A-Z][\w /&-]{2,30}:[ ]?(?:(?i:c|ca|approx)\.?[ ]?|(?i:circa|from|up to)[ ])?$"
)
"""A label inside a line, which opens a section: "... in our office. *Salary:* £46k plus bonus"."""


def around(document: Document, money: Money) -> tuple[str, str, bool]:
    """Return the words before and behind, and whether they are few: a line of facts, no prose.

    A label on the line above counts as before.
    """
    text = document.text
    reach = 3 * LONGEST_LOOK
    start, end = document.sentence(money.start)
    start, end = max(start, money.start - LONGEST_LOOK), max(end, money.end)
    line, _ = document.line(money.start)
    line = max(line, money.start - reach)
    rest = text.find("\n", money.end, money.end + reach)
    rest = min(len(text), money.end + reach) if rest < 0 else rest
    own = text[line : money.start]
    for stop in STOP.finditer(text, start, money.start + 1):
        start = stop.end()
    own_words = min(own, text[start : money.start], key=len)
    rest_words = text[money.end : min(rest, end)]
    beside = PARTS.split(own_words)[-1].split() + PARTS.split(rest_words)[0].split()
    few = len(beside) < FEW_WORDS
    if not own.strip(" \t•*-–·+|:"):
        over = text[max(0, line - reach) : line].rstrip()  # the line above that is not blank
        above = max(0, line - reach) + over.rfind("\n") + 1
        label = text[above:line].strip()
        if len(label) <= LONGEST_LABEL and LABELS.search(label):
            start = above
    labelled = few or own.rstrip().endswith(":")  # "Salary: $1,400 + ..." however long it goes on
    if labelled and len(own) <= LONGEST_LABEL and not STOP.search(text, line, money.start + 1):
        start = min(start, line)
    if document.section(money.start) is SectionKind.HEADER:
        start = max(start, _part_start(text, line, money.start))
    if run_in := RUN_IN.search(text, line, money.start):
        start = min(start, run_in.start())
    start = max(start, money.start - LONGEST_LOOK)
    return (
        text[start : money.start],
        text[money.end : min(max(end, money.end), money.end + 80)],
        few,
    )


def _part_start(text: str, line: int, end: int) -> int:
    """Return where the part of a row begins that ends at `end`: other parts say nothing of it.

    But a label does: "Salary | £40,000".
    """
    begins = [sign.end() for sign in ROW.finditer(text, line, end)]
    if not begins or LABELS.search(text, line, begins[-1]):
        return line
    return begins[-1]


def of_odd_period(before: str) -> bool:
    """Tell whether a label speaks of a period that pay is not kept in: "Bimonthly pay: $2,000"."""
    return ODD_BEFORE.search(before) is not None


def period_in_words(text: str, money: Money, before: str) -> str | None:
    """Return the period that a label gives ("hourly rate"), or a card ("Pay Type: Hourly")."""
    if FIRST_YEAR.match(text, money.end):
        return "YEAR"
    if said := named_before(_since_last_number(before)):
        return said
    reach = 2 * LONGEST_LABEL
    beside = PAY_TYPE.search(text, max(0, money.start - reach), money.end + reach)
    return PERIOD_OF[uncased(beside["word"])] if beside else None


def bound(text: str, money: Money) -> tuple[Literal["from", "to"] | None, int]:
    """Return which end a single amount is, if only one, and where the words begin that say it."""
    front = text[max(0, money.start - LONGEST_BOUND) : money.start]
    if said := UP_TO.search(front):
        return "to", money.start - len(front) + said.start()
    if said := FROM.search(front):
        return "from", money.start - len(front) + said.start()
    if money.low.more or OR_MORE.match(text, money.end):
        return "from", money.start
    return ("to" if AT_MOST.match(text, money.end) else None), money.start


def paired(text: str, found: Sequence[Money]) -> Iterator[Money]:
    """Join "Minimum: $18.35" and "Maximum: $22.93" into a range; a midpoint between is left out."""
    index = 0
    while index < len(found):
        one = found[index]
        step = 1
        for behind, other in enumerate(found[index + 1 : index + 3], start=index + 1):
            between = text[found[behind - 1].end : other.start]
            if not (one.single and other.single and one.mark and one.mark == other.mark):
                break
            if len(between) > LONGEST_LABEL or not LEAST_WORD.search(_label(text, found, index)):
                break
            if MOST_WORD.search(between):
                one, step = Money(one.low, other.low), behind - index + 1
                break
        yield one
        index += step


def _label(text: str, found: Sequence[Money], index: int) -> str:
    """Return the words before an amount, back to the amount before."""
    start = found[index].start
    return text[max(start - LONGEST_LABEL, found[index - 1].end if index else 0) : start]


def applies_to(before: str, after: str) -> str | None:
    """Return the words that say whom the amount is for: a place, a level."""
    names = [label["name"]] if (label := LABELLED.search(before)) else []
    if behind := BEHIND.match(after):
        names.append(behind["aside"] or behind["name"])
    names += [place["name"] for place in PLACED.finditer(_since_last_number(before))][-1:]
    name = next((name.strip(" ,-–—") for name in names if not PAY_NAME.search(name)), None)
    return name.removesuffix(".") if name and not SHORTENED.search(name) else name


def _since_last_number(before: str) -> str:
    """Return the end of `before` that speaks of the amount behind it, not of one further back."""
    near = before[-LONGEST_LOOK:]
    last = max((near.rfind(digit) for digit in "0123456789"), default=-1)
    return near[last + 1 :]
