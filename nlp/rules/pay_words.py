"""What the words round an amount say it is: pay, a bonus, on-target earnings, or no pay at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

CUE: Final = re.compile(
    r"(?P<total>\btotal (?:\w+ ){0,2}(?:compensation|comp|pay|cash|earnings|package|rewards)\b"
    r"|\ball[- ]in (?:compensation|pay)\b)"
    r"|(?P<target>\bOTE\b|\bon[- ]target(?: earnings?| income| commission)?\b|\btarget(?:ed)? (?:earnings|bonus)\b"
    r"|\b(?:earning|income) potential\b|\bpotential to earn\b|\bfirst[- ]year (?:earnings|income)\b)"
    r"|(?P<signing>\bsign(?:ing)?[- ]?on\b|\bsigning bonus\b|\bjoining bonus\b)"
    r"|(?P<bonus>\bbonus(?:es)?\b|\bincentives?(?: pay| compensation)?\b)"
    r"|(?P<commission>\bcommissions?\b)"
    r"|(?P<equity>\bequity\b|\bRSUs?\b|\bstock\b|\bshares?\b)"
    r"|(?P<label>\bsalar(?:y|ies)\b|\bcompensation\b|\bwages?\b|\bremuneration\b|\bCTC\b|\brate of pay\b"
    r"|\bpay(?:ing|s)? ?(?:range|rate|scale|band|grade|type|details|information|is|:|-)"
    r"|\b(?:base|starting|hourly|target|annual|monthly|weekly|gross) pay\b"
    r"|\b(?:hourly|daily|day|hiring|bill|hour|pay|contract|weekly|monthly|annual) ?rates?\b|\bpayrate\b)"
    r"|(?P<weak>\bpay(?:s|ing)?\b|\brate\b|\bbase\b|\bearn(?:s|ings?)?\b|\bmak(?:e|ing)\b"
    r"|\boffer(?:s|ed|ing)?\b|\bstipend\b|\bpackage\b|\bstart(?:s|ing)?\b|\bcomp\b|\bhiring range\b)",
    re.IGNORECASE,
)
"""The nearest of these before an amount says what it is."""
FILLER: Final = re.compile(
    r"(?:\b(?:range|rates?|scale|band|details?|is|are|of|at|from|between|to|up|starts?|starting|in|the|an?"
    r"|around|about|approx(?:imately)?|circa|c|ca|roughly|expected|anticipated|estimated|target|base"
    r"|minimum|min|max|maximum|least|as|much|high|low|and|currently|gross|net|annual(?:ly)?|yearly|hourly|monthly|weekly"
    r"|per|hour|hr|year|yr|month|annum|for|this|role|position|job|will|be|can|you|w2|w-2|1099|c2c|corp|or|over|more|than|usd|competitive"
    r"|budgeted|contract|on|full[- ]time|salary|pay|wage|hiring|both|excellent|great|within|based|depending|experience)\b|[\s:;,.()*/|~–—-]|\bc\.)*",
    re.IGNORECASE,
)
NO_PAY: Final = re.compile(
    r"\b(?:revenues?|funding|raised|valu(?:ation|ed)|budgets?|assets?|AUM|portfolios?|sav(?:e|ed|es|ings?)|invest\w*"
    r"|funds?|worth|reimburse\w*|allowances?|subsid\w*|deductibles?|coverage|tuition|donat\w*|grants?|quotas?|prizes?|awards?"
    r"|fees?|fin(?:es|ed)|penalt\w*|pric(?:e|es|ed|ing)|costs?|costing|loans?|mortgages?|debts?|invoices?|purchas\w*|spend\w*"
    r"|expen[sd]\w*|profits?|turnover|incomes?|rent(?:s|al)?|scholarships?|discounts?|gifts?|credits?|billed|billable|billing|bills?|charg\w*"
    r"|referrals?|401|insured|households?|scams?|tickets?|vouchers?|premiums?|retainers?|royalt\w*"
    r"|targets?|laws?|legislation|tax(?:es)?|per diem (?:of|for|allowance|:)|housing|differentials?|surcharge|overtime|match(?:es|ing)?|contribut\w*|deposits?|payouts?|payments?|settlements?|losses|damages"
    r"|stolen|fraud|processed|transactions?|deals?|orders?|market size|opportunity cost|GDP|endowment|backed|series [a-f])\b",
    re.IGNORECASE,
)
ABOUT_OTHERS: Final = re.compile(
    r"\b(?:sales|customers?|clients?|users?|contracts?|projects?|policy|policies|insurance|accounts?|claims?|members?"
    r"|membership|subscription|students?|graduates?|alumni|famil(?:y|ies)|tenants?|residents?|patients?|wellness|learning"
    r"|education\w*|gym|fitness|phone|internet|commut\w*|parking|transit|office|equipment|retirement|pension|HSA|relocation"
    r"|devices?|products?|stores?|systems?|merchants?|vendors?|program\w*|campaigns?|cases?|files?|records?)\b",
    re.IGNORECASE,
)
OTHERS_PAY: Final = re.compile(
    r"\b(?:customers?|clients?|students?|graduates?|alumni|users?|households?|families|people|participants?|tenants?"
    r"|residents?|patients?|donors?|top \w+|unemployment|deferred|average american|players?|teachers|nurses|employees who)\b"
    r"[^.;:]{0,40}$|(?:\bworkers['’]?|\blost|\bunpaid|\bback) ?$",
    re.IGNORECASE,
)
NEXT: Final = re.compile(
    r"[ ]?[(]?[ ]?(?:of |in |as |for )?(?:an? |the |our |your )?(?:(?!plus\b|and\b|with\b|or\b|base\b|salary\b|DO[EQ]\b|depend)[\w-]+[ ]){0,3}?"
    r"(?:(?P<signing>sign(?:ing)?[- ]?on\b|signing\b|joining bonus)|(?P<target>OTE\b|on[- ]target|target earnings)"
    r"|(?P<bonus>bonus(?:es)?\b(?![ -]eligible| ?:| ?\(?\d)|incentives?\b)|(?P<commission>commissions?\b)|(?P<total>total (?:comp|cash|package)\w*)"
    r"|(?P<equity>(?:equity|stock|RSUs?|options|shares?)\b(?! ?:| ?[\d.]))"
    r"|(?P<none>(?:revenues?|funding|sales|budgets?|assets|valuation|invest\w*|allowances?|stipends?|reimburse\w*|credits?"
    r"|subsid\w*|benefits? (?:maximum|allowance)|deductibles?|fees?|fines?|loans?|grants?|tuition|scholarships?|differentials?|premiums?"
    r"|insurance|coverage|life insurance|match|donations?|savings|quotas?|gift|vouchers?|company|business|industry|market"
    r"|portfolios?|projects?|deals?|contracts?|orders?|towards?|worth|transactions?|claims?|invoices?|equipment|per (?:mile|unit|user"
    r"|person|employee|paycheck|pay period|ticket|call|article|word|visit|class|session|student|child|credit|line)|a (?:mile|ticket)"
    r"|deposits?|discounts?|prizes?|awards?|budget|raise|for (?:learning|training|education|relocation|home office|books|tuition|equipment"
    r"|conferences|travel|gym|wellness|professional|meals|food|housing)|referrals?|spend|for [\d,]{3,} \w+|household|or (?:more|less) in (?:sales|revenue))\b))",
    re.IGNORECASE,
)
PAY_NEXT: Final = re.compile(
    r"[ ]?[,(*+]*[ ]?(?:(?:per|a) (?:year|hour|month|annum) )?(?:base\b|salary\b|DO[EQ]\b|D\.O\.E|depend(?:s|ing|ent)\b|based on (?:exp|skill|qual)"
    r"|commensurate|negotiable|(?:annual|starting|gross|yearly|base) (?:salary|pay|base)|to start\b|starting\b|CTC\b|W-?2\b|C2C\b|corp[- ]to"
    r"|(?:plus|\+|and|with|&) ?(?:\w+ ){0,3}(?:bonus|commission|benefits|equity|perks|tips|super\w*|overtime|OT\b)|all[- ]inclusive)",
    re.IGNORECASE,
)


OF_A_PURPOSE: Final = re.compile(
    r"\b(?:housing|relocation|travel|phone|internet|home|office|education\w*|learning|wellness|fitness|technology|food|meals?|moving"
    r"|commuter|equipment|development|conference|book|childcare|uniform|per diem)(?: \w+)? ?$",
    re.IGNORECASE,
)
"""Before "stipend" or "package": what it is for, which is not the work."""
EARNER: Final = re.compile(
    r"(?:^|[.:;,!?(•|-]|\b(?:you|you['’]ll|we|we['’]ll|will|can|could|may|interns?|employees?|associates?|drivers?|candidates?|hires?"
    r"|position|role|job|it|to|and|we['’]re|we are|currently|contract|opportunity|company|clients?|they|expect|also|internship|students? (?:will|can)))\s*$",
    re.IGNORECASE,
)
"""Who earns or pays, before the verb: "our merchants earn" is about others."""
VERBS: Final = frozenset("pays paying earn earns make making offer offers offered offering".split())
BASE_SAID: Final = re.compile(
    r"[ ](?:\(base\)|(?:(?:per|a) (?:year|hour|month|annum) )?(?:in )?(?:(?:annual|starting|gross|yearly) )?(?:base|salary)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What an amount is: its kind, and how surely it is pay (2 labelled, 1 likely, 0 unsaid)."""

    kind: str
    sure: int


KINDS: Final = {
    "total": "total compensation",
    "target": "on-target earnings",
    "signing": "signing bonus",
    "bonus": "bonus",
    "commission": "commission",
    "equity": "equity",
}


def sense(before: str, after: str) -> Sense | None:
    """Return what the words before and behind an amount make of it; None for no pay at all.

    `before` begins with the sentence, `after` ends with it.
    """
    behind = NEXT.match(after)
    if behind is not None:
        kind = behind.lastgroup or "none"
        return None if kind == "none" else Sense(KINDS[kind], 2)
    cue = None
    for cue in CUE.finditer(before):
        pass
    said = PAY_NEXT.match(after)
    if BASE_SAID.match(after):  # "commission on top of a $40,000 base"
        return Sense("base", 2)
    if cue is not None:
        between = before[cue.end() :]
        kind = cue.lastgroup or ""
        if kind in KINDS:
            near = len(between) < 40 and NO_PAY.search(between) is None
            return Sense(KINDS[kind], 2) if near else None
        front = before[: cue.start()]
        if OTHERS_PAY.search(front) or OF_A_PURPOSE.search(front):
            return None
        close = FILLER.fullmatch(between) is not None
        if cue.group().lower() in VERBS and not EARNER.search(front):
            return None
        if close or (kind == "label" and NO_PAY.search(between) is None):
            return Sense("base", 2)
        if kind == "label":
            return None
    if NO_PAY.search(before):
        return None
    if said is not None:
        return Sense("base", 2)
    return Sense("base", 0 if ABOUT_OTHERS.search(before) else 1)
