"""One amount read as pay: what it is, how much, and whether a careful reader would sign it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nlp.document import Document
from nlp.rules.currencies import HARD, currency, doubtful, is_shared, of_country
from nlp.rules.money import Money, find_money, worth
from nlp.rules.pay_context import (
    LONGEST_LOOK,
    RATE,
    applies_to,
    around,
    bound,
    of_odd_period,
    paired,
    period_in_words,
)
from nlp.rules.pay_periods import PERIOD, PERIOD_OF, TWO
from nlp.rules.pay_words import BASE, Sense, sense
from nlp.types import Evidence, Pay, SectionKind

LEAST: Final = Decimal(1000)
"""Without a period, an amount is pay only from here on: "$5 - $10" is a price."""
PLAUSIBLE: Final = {
    "HOUR": (Decimal(3), Decimal(1000)),
    "DAY": (Decimal(20), Decimal(10_000)),
    "WEEK": (Decimal(100), Decimal(20_000)),
    "BIWEEKLY": (Decimal(200), Decimal(40_000)),
    "SEMIMONTHLY": (Decimal(200), Decimal(50_000)),
    "MONTH": (Decimal(300), Decimal(100_000)),
    "YEAR": (Decimal(8000), Decimal(3_000_000)),
    "": (LEAST, Decimal(3_000_000)),
}
"""What pay of a hard currency can be: "$1,500 a year" is an allowance, "$7 per day" a fare."""
BARE: Final = Decimal(10_000)
"""A number without mark, scale and period is looked at from here on."""
HOURLY: Final = (Decimal(7), Decimal(150))
"""What a labelled sum in cents, or a rate, can only be an hour's: "Salary range $10.91-$14.73"."""
YEARLY_FROM: Final = Decimal(15_000)
"""Nobody writes an hour's, a day's or a month's pay in thousands: "$80K" is a year's."""
LONGEST_CODE: Final = 3
"""Letters of a currency's code: a range of "CAD 60,000 - 70,000" is no drawing."""
YEARLY_TO: Final = Decimal(500_000)
SOFT: Final = (Decimal(2000), Decimal(100_000_000))
"""What a sum alone in a head is pay between, in a currency whose units are small or a month's."""
OF_TAXES: Final = re.compile(r"[ ](?:gross|net|netto|brut{1,2}o)\b", re.IGNORECASE)
"""Behind what is pay and no drawing: "RON 8.000 - 10.000 *net*"."""
ROUND: Final = re.compile(
    r"(?:.{0,100}[|·•]|\W{0,5}|.{0,100}[ ][-–—])[ ]?"
    r"(?:(?:circa|c\.?|ca\.?|around|approx\.?|up ?to|to|from)[ ]?)?",
    re.IGNORECASE,
)
"""Before an amount that is a field of the head: nothing, or a sign."""
LINE_END: Final = re.compile(
    r"[ ]?(?:$|\n|[|·•+,(]|[-–—][ ]"
    r"|(?:DO[EQ]|FTE|plus|and|with|depending|package|basic|base|brut{1,2}o?|gross|neg|net"
    r"|pro[ -]?rata)\b)",
    re.IGNORECASE,
)
OF_WEEK: Final = re.compile(
    r"[ ](?:\([^()\n]{1,40}\)[ ])?for (?:an? )?"
    r"(?:\d{2}[ -]?(?:hours?|hrs?)|(?:four|five|4|5)[ -]days?)\b",
    re.IGNORECASE,
)
"""Behind pay that a line opens with: what work it is for."""
ESTIMATE: Final = re.compile(
    r"[ ]?\(?(?:glassdoor|indeed|linkedin|zippia|payscale|salary\.com)? ?est(?:\.|imate)", re.I
)
"""A board's own guess: it stands back where the employer states pay."""
TITLED: Final = re.compile(r"(?:^|[-–—|:,(•*)]|\b[A-Z][A-Za-z]*\d?|only)\s*$")
"""Before an amount in a line of facts: a sign, or a title, but no "of" or "from"."""
SUPER: Final = re.compile(
    r"[ ]?(?:package[ ]?)?(?:plus|\+|and|inc(?:l\w*)?\.?(?: of)?|with|&)[ ](?:[\d.]{1,5}%[ ])?"
    r"super(?:annuation)?\b",
    re.IGNORECASE,
)
"""Only Australia's pay is stated beside a pension that is called so."""
BARE_END: Final = re.compile(
    r"[ ]?(?:$|[\n.,;()+|/–-]|(?:DO[EQ]|depending|based|commensurate|plus|and|with|in)\b)",
    re.IGNORECASE,
)
"""What follows a bare number that is pay; "up to 25,000 points" is none."""
BUDGET: Final = re.compile(r"(?:^|\n)\W{0,4}budget\s?:[^.;\n]{0,20}$", re.IGNORECASE)
A_HEAD: Final = re.compile(r"L\.?P\.?A\b|la(?:kh|c)s? (?:per annum|p\.?a)\b", re.IGNORECASE)
UNSURE: Final = (SectionKind.BOILERPLATE, SectionKind.ABOUT)
"""Where an amount is pay only behind a label."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement of pay.

    `step` is how finely it is stated: 1000 for "168k", 0.01 for "168,237.50". `shared`: several
    currencies are written with its mark, or it has none. `estimate`: a board guessed it.
    """

    pay: Pay
    kind: str
    step: Decimal
    shared: bool
    single: bool
    estimate: bool
    applies_to: str | None
    evidence: Evidence


def mentions(document: Document, country: str | None) -> Iterator[Mention]:
    """Yield what the text states of pay, in order."""
    found = [
        one
        for one in find_money(document.text)
        if one.mark or one.low.scale > 1 or one.period or one.low.value >= BARE
    ]
    for one in paired(document.text, found):
        mention = _read(document, one, country)
        if mention is not None:
            yield mention


def _read(document: Document, money: Money, country: str | None) -> Mention | None:
    text = document.text
    section = document.section(money.start)
    if money.high.odd or section is SectionKind.RELATED:
        return None
    before, behind, few = around(document, money)
    found = sense(before, behind)
    if found is None and BUDGET.search(before) and A_HEAD.search(text, money.start, money.end):
        found = Sense(BASE, 2)  # "Budget: up to 24 LPA" is the recruiter's, for one head
    if found is None:
        return None
    (low, low_step), (high, high_step) = worth(money.low), worth(money.high)
    code = currency(money.mark, country) if money.mark else of_country(country)
    beside = SUPER.match(text, money.end)
    if money.mark == "$" and country is None and beside:
        code = "AUD"
    hard = money.mark is None or code in HARD or code is None
    period = money.period or _behind_pension(text, beside)
    period = period or period_in_words(text, money, before)
    if period is None and money.low.scale == 1000 and hard and low >= YEARLY_FROM:
        period = "YEAR"
    if low > high or (money.period is None and of_odd_period(before)):
        return None
    if period is None and found == Sense(BASE, 2) and _is_hourly(money, before):
        period = "HOUR"
    if found.kind == BASE:
        titled = _is_titled(money, before, found.sure, few=few)
        sure = max(found.sure, int(titled))
        if not _is_pay(text, money, sure, section, titled=titled, hard=hard):
            return None
        if period in TWO and hard and high > PLAUSIBLE[period][1]:
            period = None  # "$65,000 (bi-weekly)" says how often it is paid
        least, most = PLAUSIBLE[period or ""]
        if hard and not (least <= low and high <= most):
            return None
    side, start = bound(text, money) if money.single else (None, money.start)
    ends = None if side == "to" else low, None if side == "from" else high
    return Mention(
        pay=Pay(*ends, code, period),
        kind=found.kind,
        step=min(low_step, high_step),
        shared=money.mark is None or is_shared(money.mark),
        single=money.single,
        estimate=ESTIMATE.match(text, money.end) is not None,
        applies_to=applies_to(before, behind),
        evidence=document.evidence(start, money.end, "pay:amount" if money.single else "pay:range"),
    )


def _behind_pension(text: str, beside: re.Match[str] | None) -> str | None:
    """Return the period that stands behind a pension: "$80,000 + super *per year*"."""
    said = PERIOD.match(text, beside.end()) if beside else None
    return PERIOD_OF.get(said["word"].lower().replace(".", "")) if said else None


def _is_hourly(money: Money, before: str) -> bool:
    """Tell whether labelled pay without a period is so small that it is an hour's."""
    (low, low_step), (high, high_step) = worth(money.low), worth(money.high)
    small = HOURLY[0] <= low <= high <= HOURLY[1] and money.mark is not None
    return small and (min(low_step, high_step) < 1 or RATE.search(before) is not None)


def _is_titled(money: Money, before: str, sure: int, *, few: bool) -> bool:
    """Tell whether an amount stands behind a title or a colon, as in a line of facts."""
    listed = before.rstrip().endswith(":") and sure == 1 and not money.single
    return listed or (few and TITLED.search(before) is not None)


def _is_pay(
    text: str, money: Money, sure: int, section: SectionKind, *, titled: bool, hard: bool
) -> bool:
    """Tell whether an amount that no word speaks against is pay.

    With a label before it ("Salary:") it is. Else it needs a mark, and a period or a line of its
    own; `sure` is 0 where the words round it are about others.
    """
    if sure == 2:
        if money.mark is not None or money.period is not None or money.low.scale > 1:
            return True
        return money.low.value >= BARE and BARE_END.match(text, money.end) is not None
    if money.mark is None or not sure:
        return False
    if section in UNSURE:  # "USA, NY, New York - 104,900 - 179,500 USD annually"
        row = titled and not money.single and money.period == "YEAR"
        return row and LINE_END.match(text, money.end) is not None
    if money.mark in doubtful():
        least = worth(money.low)[0]
        if least < LEAST:
            return False
        code = len(money.mark) == LONGEST_CODE and not money.single and least >= YEARLY_FROM
        said = money.period is not None or OF_TAXES.match(text, money.end) is not None
        both = money.low.mark == money.high.mark and len(money.mark) > 1 and not money.single
        return said or code or (titled and both)
    if money.period is not None:
        return True
    front = text[max(0, money.start - LONGEST_LOOK) : money.start]
    before = front[front.rfind("\n") + 1 :]
    alone = titled and len(before.split()) < 3
    whole = section is SectionKind.HEADER and ROUND.fullmatch(before) is not None
    least, most = (YEARLY_FROM, YEARLY_TO) if hard else SOFT
    if money.single and whole and least <= worth(money.low)[0] <= most:
        behind = LINE_END.match(text, money.end) or OF_WEEK.match(text, money.end)
        return behind is not None
    if not money.single:
        return titled or section is SectionKind.PAY
    opens = not before.strip(" \t•*-–·") and money.low.scale == 1000  # "£34k for a 48 hour week"
    paid = opens and YEARLY_FROM <= worth(money.low)[0] <= YEARLY_TO
    return (alone and money.low.scale > 1) or (paid and OF_WEEK.match(text, money.end) is not None)
