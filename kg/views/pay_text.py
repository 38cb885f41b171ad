"""Pay as text: quantiles with their intervals, and what skills are paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.comparison import LEVEL
from kg.analysis.pay_rows import LEVELS, RULE
from kg.plurals import counted
from kg.views.figures import amount, percents, q_text
from kg.views.printer import Printer

if TYPE_CHECKING:
    from rich.text import Text

    from kg.analysis.pay_rows import PayGroup, PayReport, Premium, Quantile
    from kg.passages import Passages

PREMIUMS: Final = 10
"""Premiums that are shown, at most."""


def print_pay(report: PayReport, passages: Passages) -> None:
    """Print a report on stdout; the words come with their surroundings from `passages`."""
    to = Printer()
    whole = report.whole
    unit = f"{report.currency} a year" if report.currency else "no pay"
    to.head(f"{report.scope}: {unit}")
    if report.basis == "estimated":
        to.line("  these are a board's estimates; what postings state is left aside")
    verb = "have an estimate" if report.basis == "estimated" else "state their pay"
    to.line(f"  {whole.postings} of {counted(whole.of, 'posting')} {verb}")
    if whole.open_ended:
        to.line(f"  {counted(whole.open_ended, 'of them states', 'of them state')} one end only")
    if report.unusable:
        without = counted(report.unusable, "more states an amount", "more state an amount")
        to.line(f"  {without} without a currency or a period")
    if report.others:
        named = ", ".join(f"{currency} {count}" for currency, count in report.others)
        to.line(f"  in other currencies: {named} (--currency)")
    if report.left_out:
        to.line(f"  {counted(report.left_out, 'copy', 'copies')} left out: a job counts once")
    _quantiles(to, report)
    _quoted(to, whole, passages)
    _premiums(to, report)


def _quantiles(to: Printer, report: PayReport) -> None:
    groups = [report.whole, *(one for one in report.groups if one.quantiles)]
    rows: list[list[str | Text]] = [
        [
            "all" if group is report.whole else group.label,
            f"{group.postings} of {group.of}",
            str(group.employers),
            *(_quantile(one) for one in group.quantiles),
        ]
        for group in groups
        if group.quantiles
    ]
    heads = ["half" if level == 0.5 else f"{level:.0%}" for level in LEVELS]
    columns = [report.by, "postings", "employers", *heads]
    to.table("So much or less is paid by", columns, rows, right=(1, 2), most=len(rows))
    if rows:
        to.note(RULE)
    elif report.whole.note:
        to.note(f"{report.whole.note}.")
    few = [f"{one.label} ({one.postings})" for one in report.groups if one.note and one.postings]
    if few:
        to.note(f"Too few for quantiles: {', '.join(few)}.")


def _quantile(one: Quantile) -> str:
    value = "open" if one.value is None else amount(one.value)
    low, high = (amount(end) if end is not None else "open" for end in (one.low, one.high))
    return f"{value}\n[{low}, {high}]"


def _quoted(to: Printer, whole: PayGroup, passages: Passages) -> None:
    said = whole.evidence
    if not said:
        return
    to.head("The least and the greatest" if len(said) > 1 else "In its words")
    for quote in dict.fromkeys((said[0], said[-1])):
        to.line(f"  {quote.posting}: {passages.find(quote)}")


def _premiums(to: Printer, report: PayReport) -> None:
    to.note(report.refusal)
    premiums = report.premiums or ()
    if not premiums:
        return
    shown = [one for one in premiums if one.q <= LEVEL]
    head = (
        f"Premium of a skill, role, level and place held fixed ({len(shown)} of {len(premiums)} "
        "tested are more than chance)"
    )
    columns = ["skill", "premium", "with it", "without", "p", "q"]
    to.table(head, columns, [_premium(one) for one in premiums], right=(4, 5), most=PREMIUMS)
    to.note(
        "A premium is a difference between postings that do and do not require the skill, not what "
        "learning it would earn."
    )


def _premium(one: Premium) -> list[str | Text]:
    low, high = one.ends
    return [
        one.label,
        percents(one.premium, low, high),
        f"{one.postings}; {counted(one.employers, 'employer')}",
        f"{one.others}; {counted(one.employers_of_others, 'employer')}",
        q_text(one.p),
        q_text(one.q),
    ]
