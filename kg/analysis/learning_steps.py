"""What to learn, step by step: the postings that each brings within reach, and what these pay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.analysis.pay_medians import pay_middle
from kg.analysis.pay_ranges import stated_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.learning import Plan
    from kg.analysis.pay_ranges import PayRange
    from kg.analysis.support import Json
    from kg.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Step:
    """A skill to learn, how many postings it newly brings within reach, and what these pay.

    `nearness` is how far postings have come to reach by then, on the whole: 1 where all are within
    it. `pay` is the median of their annual pay by the rule of `kg.analysis.pay_ranges`, in
    `currency`, stated by `paid` of them; None where none says, or it lies in what they leave open.
    """

    label: str
    reached: int
    total: int
    nearness: float
    pay: Decimal | None
    currency: str | None
    paid: int

    def to_json(self) -> dict[str, Json]:
        """Return the step; pay is a text, as all decimals are."""
        pay = None if self.pay is None else f"{self.pay:f}"
        return {
            "label": self.label,
            "newly_within_reach": self.reached,
            "within_reach": self.total,
            "nearness": self.nearness,
            "pay": pay,
            "pay_postings": self.paid,
            "currency": self.currency,
        }


def steps_of(corpus: Corpus, plan: Plan, postings: Sequence[str], within: int) -> tuple[Step, ...]:
    """Return the steps of a plan; `within` of `postings` are within reach before the first."""
    ranges = stated_ranges(corpus, postings, estimates=False, copies="all").ranges
    steps = []
    for skill, reached, nearness in zip(plan.skills, plan.reached, plan.nearness, strict=True):
        within += len(reached)
        newly = set(reached)
        paid = {
            currency: [one for one in found if one.posting in newly]
            for currency, found in ranges.items()
        }
        label = corpus.label(skill)
        steps.append(Step(label, len(reached), within, nearness, *_pay(paid)))
    return tuple(steps)


def _pay(paid: dict[str, list[PayRange]]) -> tuple[Decimal | None, str | None, int]:
    """Return the median in the most usual currency, the first by name on a tie."""
    currency = min(paid, key=lambda one: (-len(paid[one]), one), default=None)
    if currency is None or not paid[currency]:
        return None, None, 0
    found = pay_middle(paid[currency], currency, interval=False).median
    amount = None if found is None else Decimal(found).quantize(Decimal("0.01"))
    return amount, currency, len(paid[currency])
