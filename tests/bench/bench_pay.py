"""Do the intervals of `kg pay` hold what they should? By simulation.

    python -m tests.bench.bench_pay [--markets N]

Postings of employers are drawn whose pay is known: a middle with an employer's part and its own,
stated as a range around it, some with an open end. Counted is how often the 95% intervals of the
quantiles hold the true ones; and how often the interval of a skill's premium holds the true one, by
the jackknife over employers (CR3, which `kg pay` uses), by the usual sandwich (CR1), and by one who
takes postings for independent. Writes `results/pay.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.analysis.pay_rows import LEVELS
from kg.analysis.regression import regress
from kg.analysis.shares import wilson
from kg.analysis.turnbull import DRAWS, quantiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats

RESULTS: Final = Path(__file__).parent / "results"
MIDDLE, OWN, FIRM = 11.7, 0.2, 0.2
"""Mean of the log pay (some 120,000), spread within an employer and between employers."""


@dataclass(frozen=True)
class Ranges:
    """How ranges are drawn: so much of them open, of those most without a high end."""

    name: str
    employers: int
    each: float
    open_ends: float


@dataclass(frozen=True)
class Market:
    """How a skill falls on postings: by how many employers, of how many, in how many places."""

    name: str
    employers: int
    each: float
    asking: int
    places: int


RANGES: Final = (
    Ranges("20 employers, both ends stated", 20, 1.5, 0.0),
    Ranges("60 employers, both ends stated", 60, 3, 0.0),
    Ranges("60 employers, a fifth with an open end", 60, 3, 0.2),
    Ranges("200 employers, a fifth with an open end", 200, 2, 0.2),
)
MARKETS: Final = (
    Market("60 employers, half ask for it", 60, 2, 30, 4),
    Market("60 employers, 10 ask for it", 60, 2, 10, 4),
    Market("60 employers, 10 ask for it, 12 places", 60, 2, 10, 12),
    Market("40 employers of 6 postings, 10 ask for it", 40, 6, 10, 4),
    Market("300 employers, 40 ask for it", 300, 2, 40, 12),
)


def draw_pay(
    employers: int, each: float, draw: np.random.Generator
) -> tuple[NDArray[np.intp], Floats]:
    """Return the employer of each posting and the logarithm of its pay."""
    sizes = draw.geometric(1 / each, employers)
    firms = np.repeat(np.arange(employers), sizes)
    log = MIDDLE + FIRM * draw.normal(size=employers)[firms] + OWN * draw.normal(size=len(firms))
    return firms, log


def true_quantiles() -> Floats:
    """Return the quantiles of pay that all draws have."""
    from scipy.special import ndtri

    found: Floats = np.exp(MIDDLE + np.hypot(OWN, FIRM) * ndtri(np.array(LEVELS)))
    return found


def cover_quantiles(kind: Ranges, number: int, draws: int = DRAWS) -> NDArray[np.bool_]:
    """Say for each quantile whether its interval holds the true one."""
    draw = np.random.default_rng(number)
    firms, log = draw_pay(kind.employers, kind.each, draw)
    middle = np.exp(log)
    half = draw.uniform(0.05, 0.25, len(middle))
    opened = draw.random(len(middle)) < kind.open_ends
    above = draw.random(len(middle)) < 0.7
    low = np.where(opened, np.where(above, middle * (1 - half), 0.0), middle)
    high = np.where(opened, np.where(above, np.inf, middle * (1 + half)), middle)
    _, ends = quantiles(firms, np.round(low, -2), np.round(high, -2), LEVELS, draws=draws)  # type: ignore[arg-type]
    truth = true_quantiles()
    return (ends[:, 0] <= truth) & (truth <= ends[:, 1])


def cover_premium(market: Market, number: int) -> tuple[bool, bool, bool]:
    """Say whether the intervals by CR3, by CR1, and of independent postings hold the truth: 0."""
    draw = np.random.default_rng(number)
    firms, log = draw_pay(market.employers, market.each, draw)
    asks = np.isin(firms, draw.choice(market.employers, market.asking, replace=False))
    having = (asks & (draw.random(len(firms)) < 0.8)).astype(float)[:, None]
    place = draw.integers(0, market.places, market.employers)[firms]
    log = log + 0.1 * draw.normal(size=market.places)[place]
    fixed = np.column_stack([np.ones(len(firms)), place[:, None] == np.arange(1, market.places)])
    alone = np.arange(len(firms))
    found = []
    for clusters, variance in ((firms, "CR3"), (firms, "CR1"), (alone, "CR1")):
        fitted = regress(log, having, fixed.astype(float), clusters, variance)  # type: ignore[arg-type]
        low, high = fitted.intervals[0]
        found.append(low <= 0 <= high)
    return found[0], found[1], found[2]


def main() -> None:
    """Run the simulation and write its results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markets", type=int, default=1000)
    parser.add_argument("--ranges", type=int, default=300)
    given = parser.parse_args()
    figures: dict[str, list[object]] = {"quantiles": [], "premiums": []}
    first, second = [], []
    for kind in RANGES:
        held = np.array([cover_quantiles(kind, number) for number in range(given.ranges)])
        shares = held.mean(axis=0).round(3).tolist()
        figures["quantiles"].append(asdict(kind) | {"coverage": shares})
        first.append(f"| {kind.name} | {' | '.join(f'{share:.3f}' for share in shares)} |")
        print(first[-1], flush=True)  # noqa: T201 # the bench's own voice
    for market in MARKETS:
        found = np.array([cover_premium(market, number) for number in range(given.markets)])
        names = dict(zip(("CR3", "CR1", "independent"), found.mean(axis=0).tolist(), strict=True))
        low, high = wilson(int(found[:, 0].sum()), given.markets) or (0.0, 1.0)
        figures["premiums"].append(asdict(market) | {"coverage": names})
        second.append(
            f"| {market.name} | {names['CR3']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {names['CR1']:.3f} | {names['independent']:.3f} |"
        )
        print(second[-1], flush=True)  # noqa: T201
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({"ranges": given.ranges, "markets": given.markets, **figures}, indent=1)
    (RESULTS / "pay.json").write_text(text + "\n", encoding="utf-8")
    heads = " | ".join(f"{level:.0%}" for level in LEVELS)
    lines = [
        "# Do the intervals of `kg pay` hold the truth?",
        "",
        f"`python -m tests.bench.bench_pay --markets {given.markets} --ranges {given.ranges}`; "
        "intervals of 95%, so that 0.950 is right and less is too sure. Employers differ as much "
        "as postings of one employer do.",
        "",
        f"Quantiles by Turnbull's estimate, employers resampled; {given.ranges} markets each.",
        "",
        f"| ranges | {heads} |",
        "|---|---|---|---|---|---|",
        *first,
        "",
        f"Premium of a skill (the true one is 0), places held fixed; {given.markets} markets each. "
        "`kg pay` uses the jackknife over employers.",
        "",
        "| market | jackknife over employers, CR3 (95%) | usual sandwich, CR1 | postings taken for "
        "independent |",
        "|---|---|---|---|",
        *second,
        "",
    ]
    (RESULTS / "pay.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
