"""A comparison as a page: what separates two groups, with both shares, the odds and the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.comparison_rows import decimal_text
from kg.views.comparison_cells import side_count
from kg.views.figures import TOO_FEW, amount, signed
from kg.views.pages.charts import Axis, amount_axis, odds_axis, share_axis
from kg.views.pages.comparison_lines import BRIEF, SHOWN, WAYS, Lines, WordsAt, strongest
from kg.views.pages.frame import Link, no_link, page, render
from kg.views.pages.quoting import FromStore, Quoting, columns

if TYPE_CHECKING:
    from markupsafe import Markup

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import PaySide
    from kg.passages import Passages
    from kg.views.pages.charts import Tone
    from kg.views.pages.quoting import Column


@dataclass(frozen=True, slots=True)
class Money:
    """One side's pay: the medians of the low and of the high ends."""

    label: str
    tone: Tone
    low: float | None
    high: float | None
    text: str
    words: tuple[Column, ...]
    words_at: None = None


def comparison_page(found: Comparison, passages: Passages) -> str:
    """Return the page of a comparison; words come from `passages`."""
    quoting = FromStore(passages, (*found.a.members, *found.b.members))
    made_by = f'kg show compare "{found.a.label}" "{found.b.label}"'
    return page(
        f"{found.a.label} against {found.b.label}",
        comparison(found, quoting),
        made_by=made_by,
    )


def comparison(
    found: Comparison, quoting: Quoting, link: Link = no_link, words_at: WordsAt | None = None
) -> Markup:
    """Return a comparison as a fragment of a page; `words_at` as `Lines` takes it."""
    return render("comparison.html", **_View(found, quoting, link, words_at).values())


class _View:
    """What the template is given."""

    def __init__(
        self, found: Comparison, quoting: Quoting, link: Link, words_at: WordsAt | None
    ) -> None:
        self.of = found
        self.quoting = quoting
        self.lines = Lines(found, quoting, link, words_at)
        self.members = self.lines.members

    def values(self) -> dict[str, object]:
        of, lines = self.of, self.lines
        ways = [made for made in (lines.ways(*way) for way in WAYS) if made.count]
        broader = lines.part("", "", of.broader, lines.broader)
        drawn = [line for made in ways for part in made.parts for line in part.lines]
        verbs = lines.verbs()
        drawn += [*broader.lines, *verbs.lines]
        money = self._money()
        return {
            "found": of,
            "sides": [("a", of.a, side_count(of.a)), ("b", of.b, side_count(of.b))],
            "ways": ways,
            "broader": broader,
            "shares": share_axis(share for line in drawn for share in (line.a, line.b)),
            "odds": odds_axis(line.mark for line in drawn if line.mark),
            "separability": self._whole(),
            "alternatives": lines.part("", "", of.alternatives, lines.alternative, SHOWN),
            "degrees": [lines.degree(row) for row in sorted(of.degrees, key=strongest)[:SHOWN]],
            "experience": lines.part("", "", of.experience, lines.experience, SHOWN),
            "modes": [lines.mode(row) for row in of.modes],
            "verbs": verbs,
            "duties": lines.part("", "", of.duties, lines.duty, SHOWN),
            "whole_share": Axis(0, 1, ((0.0, "0"), (0.5, "50%"), (1.0, "100%"))),
            "years": self._years(),
            "money": money,
            "money_axis": amount_axis(
                [end for one in money for end in (one.low, one.high) if end is not None]
            ),
            "pay_note": self._pay_note(),
            "shown": SHOWN,
            "most_brief": BRIEF,
        }

    def _whole(self) -> str:
        found = self.of.separability
        if found is None:
            return ""
        low, high = found.interval
        return (
            f"Taken together, what postings require tells {found.accuracy:.0%} of them apart "
            f"[{low:.0%}, {high:.0%}], asked of employers that the model has not seen; guessing "
            f"tells {found.baseline:.0%}{found.bound}."
        )

    def _years(self) -> dict[str, object] | None:
        years = self.of.years
        if years.a is None and years.b is None:
            return None
        known = [one for one in (years.a, years.b) if one is not None]
        text = ""
        if years.difference is not None:
            ends = (
                f" [{signed(years.interval[0], 1)}, {signed(years.interval[1], 1)}]"
                if years.interval
                else TOO_FEW
            )
            more = f"B asks for {signed(years.difference, 1)} years"
            text = f"{more if years.difference else 'The medians are the same'}{ends}."
        sides = [
            (label, tone, value, count)
            for label, tone, value, count in (
                (self.of.a.label, "a", years.a, years.postings_a),
                (self.of.b.label, "b", years.b, years.postings_b),
            )
        ]
        top = amount_axis([0.0, max(*known, 2.0)], most=5)
        return {"sides": sides, "axis": top, "text": text}

    def _money(self) -> list[Money]:
        made = []
        tones: tuple[Tone, Tone] = ("a", "b")
        sides, pays = (self.of.a, self.of.b), (self.of.pay.a, self.of.pay.b)
        for side, tone, pay, postings in zip(sides, tones, pays, self.members, strict=True):
            if pay:
                words = columns(
                    self.quoting, pay.evidence, [(side.label, tone, postings, pay.postings)]
                )
                low, high = (None if end is None else float(end) for end in (pay.low, pay.high))
                made.append(Money(side.label, tone, low, high, _pay_text(pay), words))
        return made

    def _pay_note(self) -> str:
        pay = self.of.pay
        if pay.basis is None:
            return f"Not compared: {pay.note}." if pay.note and (pay.a or pay.b) else ""
        ends = [
            f"{_difference(float(value))} at the {end} end"
            for end, value in (("low", pay.low_difference), ("high", pay.high_difference))
            if value is not None
        ]
        currency = pay.b.currency if pay.b else None
        unit = " ".join(filter(None, [currency, "a year" if pay.basis == "annual" else ""]))
        return f"B pays {' and '.join(ends)}{f' ({unit})' if unit else ''}." if ends else ""


def _difference(value: float) -> str:
    return f"{amount(abs(value))} {'less' if value < 0 else 'more'}" if value else "as much"


def _pay_text(pay: PaySide) -> str:
    ends = [amount(float(text)) for text in map(decimal_text, (pay.low, pay.high)) if text]
    period = f"a {pay.period.lower()}" if pay.period else ""
    return " ".join(filter(None, [" to ".join(ends), pay.currency, period]))
