"""Money in a text: amounts and ranges as written, with currency mark, scale and period.

Whether an amount is pay, a bonus or a budget is not asked here. Everything starts at a digit, so
that a posting without amounts costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from nlp.folding import uncased
from nlp.rules.currencies import marks
from nlp.rules.pay_periods import PERIOD, PERIOD_OF, PLAIN, TWICE
from nlp.rules.pay_steps import ladders, names_step

DIGITS: Final = re.compile(r"[0-9][0-9.,'’]*")
"""Where a number begins: one set of characters at the front keeps the scan cheap."""
NUMBER: Final = re.compile(
    r"\d{1,3}(?:[,.'’]\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2}(?!\d))?"
)
CUT: Final = re.compile(r"[ (–-],\d")
"""Where a number's front was lost: "Salary: ,952 per month", that of "$4" in a template."""
INDIAN: Final = re.compile(r"\d{1,2}(?:,\d{2}){1,2},\d{3}")
"""Lakhs as only rupees are grouped: "8,00,000"."""
SPACED: Final = re.compile(r"\d{1,3}(?: \d{3}){1,3}(?:[.,]\d{2})?(?!\d|[.,]\d)")
SCALE: Final = re.compile(
    r"[ ]?(?:(?P<thousand>[kK](?!\w)|thousand\b|grand\b)"
    r"|(?P<lakh>(?:[lL]akhs?|[lL]acs?|L)\b)|(?P<lpa>LPA\b|lpa\b|L\.?P\.?A\b)|(?P<lpm>LPM\b)"
    r"|(?P<crore>(?:[cC]rores?|[cC]r)\b)"
    r"|(?P<huge>(?:(?i:million|billion|trillion|quadrillion)s?|[mMbBtT]|MM|mm|[bBmMtT]n)\b))"
)
WORD_AFTER: Final = re.compile(
    r"(?:zł|zl|Kč|kr|Ft|lei|лв|[bB]aht|[dD]ollars|[eE]uros?|[rR]and|[rR]inggit|[rR]upees)\b"
)
TO: Final = re.compile(
    r"\.?[ ]{0,2}\)?[ ]?(?:[-–—~−‐‑]|[-–—]?[ ]?\bto\b(?:[ ][-–—])?|\bthrough\b|\btill\b"
    r"|[-–—]?[ ]?\bup ?to\b"
    r"|,?[ ]?\b(?:rising|increasing|progressing)[ ]to\b)[ ]{0,2}\(?",
    re.I,
)
AND: Final = re.compile(r"[ ](?:and|&)[ ]", re.I)
BETWEEN: Final = re.compile(
    r"\bbetween\b[^.;]{0,20}$|\brange\b(?: (?:for|of) [^.;\d]{1,30})? (?:is|of|will be) \S{0,3}$",
    re.I,
)
MORE: Final = re.compile(
    r"\+(?:[ ]?(?:[,.;)(/\n]|$)|[ ](?:per|an?|annual\w*|yearly|USD|DOE|base|depending|based)\b)"
)
SEPARATOR: Final = re.compile(r"[,.'’ ]")
ONE: Final = Decimal(1)
MILLIONS: Final = 1_000_000
LONGEST_GAP: Final = 18
LONGEST_RANGE: Final = 70
"""How far before an amount the words may begin that make it the lower end of a range."""
"""Code points between the two ends of a range at the most: ", rising to"."""
MOST_TIMES: Final = 50
"""How many times its low end the high end of a range may be."""
PLANS: Final = frozenset({"401", "403", "457"})
"""Retirement plans: "401(k)", "401k"."""


IN_MILLIONS: Final = frozenset(
    "R ZAR KES JPY ¥ KRW ₩ NGN ₦ VND ₫ IDR Rp HUF CLP COP UGX TZS".split()
)
"""Marks of currencies in which a year's pay may come to millions: "R1.1m CTC"."""
MILLION: Final = frozenset({"m", "mil", "mn", "million"})
SMALL_MARKS: Final = frozenset({"kr", "kr.", "zł"})
"""Marks of small letters alone that stand before a number too."""
MONTHS: Final = re.compile(r"[ ]?[x×*][ ]?1[2-5](?![\d.,])(?:[ ]?months?\b)?", re.IGNORECASE)
"""How many months' pay a year has: "€2,800 x 14"."""


class Amount(NamedTuple):
    """One number of money: `start` counts its mark in; `end` its scale, mark and period."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    mark: str | None = None
    scale: int = 1
    period: str | None = None
    more: bool = False
    """A plus sign behind it: the least that is paid."""
    odd: bool = False
    """Millions, or pay by two months: nothing that pay is kept in."""


@dataclass(frozen=True, slots=True)
class Money:
    """A range as it stands in the text; of a single amount both ends are the same."""

    low: Amount
    high: Amount

    @property
    def start(self) -> int:
        """Where it begins, with its mark."""
        return self.low.start

    @property
    def end(self) -> int:
        """Where it ends, with its period."""
        return self.high.end

    @property
    def single(self) -> bool:
        """Whether only one amount stands there."""
        return self.low is self.high

    @property
    def mark(self) -> str | None:
        """The sign or code, from whichever end has one; a code tells more than a sign."""
        found = [amount.mark for amount in (self.low, self.high) if amount.mark]
        return max(found, key=lambda mark: (mark.isupper(), len(mark)), default=None)

    @property
    def period(self) -> str | None:
        """The period behind either amount."""
        return self.high.period or self.low.period


def find_money(text: str) -> list[Money]:
    """Return the ranges and amounts in order, also numbers without any mark."""
    amounts = [one for one in _amounts(text) if not names_step(text, one.start)]
    tops = ladders(text, amounts)
    found: list[Money] = []
    joined = False
    passed = -1
    for low, high in pairwise([*amounts, None]):
        if joined or low is None:
            joined = False
        elif low.start <= passed:
            continue  # a step in the middle of a ladder, or its last
        elif low.start in tops:
            found.append(Money(*_scaled(low, tops[low.start])))
            passed = tops[low.start].start
        elif high is not None and _is_range(text, low, high):
            found.append(Money(*_scaled(low, high)))
            joined = True
        else:
            found.append(Money(low, low))
    return found


def _amounts(text: str) -> Iterator[Amount]:
    end = run = 0
    last: Amount | None = None
    for digits in DIGITS.finditer(text):
        start = digits.start()
        match = NUMBER.match(text, start)
        if start < end or match is None or CUT.match(text, max(0, start - 2)):
            continue
        number, end = match.group(), match.end()
        mark_start, mark = _mark_before(text, start)
        if text[end : end + 1] == " " and (spaced := _spaced(text, start, mark, before=run)):
            number, end = spaced, start + len(spaced)
            run = end
        if number in PLANS and text[end : end + 1] in ("(", "k", "K", "b"):
            continue
        if mark is None and INDIAN.fullmatch(number):
            mark = "Rs"
        parsed = parse(number)
        if parsed is None or text[end : end + 1] == "%":
            continue
        shared = last.mark if last and last.scale == MILLIONS and mark is None else None
        if shared and last and not TO.fullmatch(text, last.end, start):
            shared = None
        last = _with_tail(text, Amount(mark_start, end, *parsed, mark), shared)
        yield last


def _with_tail(text: str, amount: Amount, shared: str | None) -> Amount:
    """Add the scale, the mark and the period that stand behind the number.

    `shared` is the mark of the millions that it ends a range of: "JPY 6M - 9M".
    """
    end, mark, scale, period = amount.end, amount.mark, 1, None
    if text[end : end + 2] in (",-", ".-", ",–", "/-"):  # "€ 4.200,-", "Rs. 25000/-"
        end += 2
    following = text[end : end + 2].lstrip(" ")[:1]
    if not following or following in ".;:\n":
        return amount
    odd = False
    if found := SCALE.match(text, end):
        kind = found.lastgroup
        end = found.end()
        millions = kind == "huge" and found.group().strip().lower() in MILLION
        if millions:
            behind = _mark_after(text, end)
            millions = (mark or shared or (behind[0] if behind else None)) in IN_MILLIONS
        odd = kind == "huge" and not millions
        scale = {
            "thousand": 1000,
            "lakh": 100_000,
            "lpa": 100_000,
            "lpm": 100_000,
            "crore": 10_000_000,
        }.get(kind or "", MILLIONS if millions else 1)
        if scale > 1000 and not millions:
            mark = mark or "Rs"
        period = {"lpa": "YEAR", "lpm": "MONTH"}.get(kind or "")
    if behind := _mark_after(text, end):
        if mark is None or behind[0].isalpha():
            mark = behind[0]
        end = behind[1]
    more = text[end : end + 1] == "+" and MORE.match(text, end) is not None
    end += more
    if mark and (months := MONTHS.match(text, end)):
        period, end = "MONTH", months.end()
    elif twice := TWICE.match(text, end):
        period = twice.lastgroup
        odd = odd or period is None
        end = twice.end() if period else end
    elif (said := PERIOD.match(text, end)) and (
        mark
        or scale > 1
        or not (PLAIN.fullmatch(said["word"]) or _word(said["word"]) == "pm")
        or text[end : said.start("word")].strip(" ,(")
    ):  # "3 years" is no money
        period, end = PERIOD_OF[_word(said["word"])], said.end()
    if mark is amount.mark and text[end : end + 4] in (" USD", " EUR", " GBP"):  # "$55/hr USD"
        mark, end = text[end + 1 : end + 4], end + 4
    if end == amount.end and not odd:
        return amount
    return amount._replace(end=end, mark=mark, scale=scale, period=period, more=more, odd=odd)


def _word(word: str) -> str:
    plain = uncased(word)  # an expression takes the long s of "yearſ" for an s
    return plain.replace("p/", "p").replace(".", "") if plain[0] == "p" else plain


def _scaled(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Give both ends the scale that only one states: "120-150k", "1-1.5 crore"."""
    scale = max(low.scale, high.scale)
    if scale > 1:  # "R850k - R1.2m" says both
        low, high = (
            a._replace(scale=scale) if a.scale == 1 and a.value < 1000 else a for a in (low, high)
        )
    return low, high._replace(odd=low.odd or high.odd)


def worth(amount: Amount) -> tuple[Decimal, Decimal]:
    """Return what the amount comes to, and the step in which it is stated."""
    if amount.scale == 1 or (amount.scale == 1000 and amount.value >= 1000):
        return amount.value, amount.step
    value, step = amount.value * amount.scale, amount.step * amount.scale
    return value.quantize(ONE) if value == value.to_integral() else value, step


def parse(number: str) -> tuple[Decimal, Decimal] | None:
    """Return the value and the step of a number as people write it; None where it is none.

    The last sign parts decimals where one or two digits follow it, else thousands:
    "168,237.50", "45.000", "45.000,50", "1,20,000", "60 000", "120'000".
    """
    if number.isdigit():
        return Decimal(number), ONE
    groups = SEPARATOR.split(number)
    decimals = groups.pop() if len(groups) > 1 and len(groups[-1]) < 3 else ""
    if len(groups) > 1 and (len(groups[-1]) != 3 or any(len(g) > 3 for g in groups)):
        return None
    value = Decimal("".join(groups) + (f".{decimals}" if decimals else ""))
    return value, ONE.scaleb(-len(decimals))


def _is_range(text: str, low: Amount, high: Amount) -> bool:
    gap = text[low.end : high.start]
    if len(gap) > LONGEST_GAP:
        return False
    if low.mark is None and high.mark and low.scale == 1 and high.value > MOST_TIMES * low.value:
        return False  # "Grade 7 - £41,000"
    if not gap:  # "$168,237.50$222,695": the dash was lost
        return low.mark is not None and text[high.start].isdigit() is False
    if TO.fullmatch(gap):
        return True
    return bool(
        AND.fullmatch(gap) and BETWEEN.search(text[max(0, low.start - LONGEST_RANGE) : low.start])
    )


def _spaced(text: str, start: int, mark: str | None, *, before: int) -> str | None:
    """Return "60 000" where money stands there; elsewhere a blank parts two numbers.

    `before` is where the last such number ended: "SEK 45 000 - 55 000" goes on with one.
    """
    match = SPACED.match(text, start)
    if match is None:
        return None
    if mark or _mark_after(text, match.end()) or (before and TO.fullmatch(text, before, start)):
        return match.group()
    to = TO.match(text, match.end())
    other = SPACED.match(text, to.end()) if to else None
    return match.group() if other and _mark_after(text, other.end()) else None


def _mark_before(text: str, start: int) -> tuple[int, str | None]:
    """Return where the mark in front of a number begins, and the mark."""
    end = start - 1 if text[start - 1 : start] == " " else start
    if end == 0 or text[end - 1] not in _ends():
        return start, None
    for length in (5, 4, 3, 2, 1):
        mark = text[max(0, end - length) : end]
        if len(mark) == length and mark in marks():
            before = text[end - length - 1 : end - length]
            glued = before.isalpha() and mark[0].isalpha()
            if not glued or (len(mark) == 3 and mark.isupper() and before.islower()):
                code = text[max(0, end - length - 4) : end - length]
                if not mark[0].isalpha() and code[3:] == " " and code[:3] in marks():  # "USD $98"
                    return end - length - 4, code[:3]
                return end - length, mark
    return start, None


def _mark_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the mark behind a number, and where it ends."""
    start = end + 1 if text[end : end + 1] == " " else end
    first = text[start : start + 1]
    if "A" <= first <= "Z":
        code = text[start : start + 3]
        behind = text[start + 3 : start + 5]
        if code in marks() and code.isupper() and not (behind.isalpha() and behind.islower()):
            return code, start + 3
    if first in _symbols():
        # "$100 $200": the second sign belongs to the second number
        return None if text[start + 1 : start + 2].isdigit() else (first, start + 1)
    word = WORD_AFTER.match(text, start)
    return (word.group(), word.end()) if word else None


@cache
def _ends() -> frozenset[str]:
    """Return the last characters of marks: of what stands before a number, few are one."""
    return frozenset(mark[-1] for mark in marks() if not mark.islower() or mark in SMALL_MARKS)


@cache
def _symbols() -> frozenset[str]:
    return frozenset(mark for mark in marks() if len(mark) == 1 and not mark.isalpha())
