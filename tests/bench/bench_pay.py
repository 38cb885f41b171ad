"""Do the intervals of `kg pay` hold what they should? By simulation.

    python -m tests.bench.bench_pay [--markets N]

Postings of employers are drawn whose pay is known: a middle with an employer's part and its own,
stated as a range around it, some with an open end. Counted is how often the 95% intervals of the
quantiles hold the true ones, by the rule of `kg.analysis.pay_ranges` and by one who takes an open
end for anything beyond; and how often the interval of a skill's premium holds the true one, by the
jackknife over employers (CR3, which `kg pay` uses), by the usual sandwich (CR1), and by one who
takes postings for independent. Then premiums where open ends fall on those with the skill: bias,
coverage and power of the rule, of leaving such postings out, and of anything beyond. Writes
`results/pay.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from kg.analysis.pay_ranges import usual
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
    """How ranges are drawn: so much of them open, of those most without a high end.

    With `loose` an open end is not that of a range, but a floor, or a ceiling, that is set without
    regard to pay: what the rule does not expect.
    """

    name: str
    employers: int
    each: float
    open_ends: float
    loose: bool = False


@dataclass(frozen=True)
class Market:
    """How a skill falls on postings: by how many employers, of how many, in how many places."""

    name: str
    employers: int
    each: float
    asking: int
    places: int


@dataclass(frozen=True)
class Opened:
    """How often postings with and without the skill leave the high end open; the true premium."""

    name: str
    employers: int
    asking: int
    having: float
    others: float
    premium: float


RANGES: Final = (
    Ranges("20 employers, both ends stated", 20, 1.5, 0.0),
    Ranges("60 employers, both ends stated", 60, 3, 0.0),
    Ranges("60 employers, a fifth with an open end", 60, 3, 0.2),
    Ranges("200 employers, a fifth with an open end", 200, 2, 0.2),
    Ranges("200 employers, a fifth open, and not the end of a range", 200, 2, 0.2, loose=True),
)
OPENED: Final = (
    Opened("60 employers, 20 ask for it, a fifth open", 60, 20, 0.2, 0.2, 0.0),
    Opened("60 employers, 20 ask for it, open in 60% with it, 10% without", 60, 20, 0.6, 0.1, 0.0),
    Opened("200 employers, 60 ask for it, likewise", 200, 60, 0.6, 0.1, 0.0),
    Opened("200 employers, 60 ask for it, likewise, premium 10%", 200, 60, 0.6, 0.1, 0.1),
)  # fmt: skip
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


def draw_ranges(
    middle: Floats, opened: NDArray[np.bool_], draw: np.random.Generator, *, loose: bool = False
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return from where to where each middle may lie: by the rule, and with anything beyond."""
    half = draw.uniform(0.05, 0.25, len(middle))
    low, high = middle * (1 - half), middle * (1 + half)
    is_floor = draw.random(len(middle)) < 0.7
    if loose:
        stated = np.exp(MIDDLE - 0.1 + 0.4 * draw.normal(size=len(middle)))
        low, high, is_floor = stated, stated, stated < middle
    floors, tops = opened & is_floor, opened & ~is_floor
    above = usual((middle / low)[~opened].tolist()) if not loose else usual_widths(half, opened)[0]
    below = usual((high / middle)[~opened].tolist()) if not loose else usual_widths(half, opened)[1]
    ruled = (
        np.select([floors, tops], [low * above[0], high / below[1]], middle),
        np.select([floors, tops], [low * above[1], high / below[0]], middle),
    )
    beyond = (
        np.select([floors, tops], [low, np.zeros_like(low)], middle),
        np.select([floors, tops], [np.full_like(low, np.inf), high], middle),
    )
    return ruled, beyond


def usual_widths(half: Floats, opened: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Return how far off the ends of the closed ranges are, of so much to each side."""
    return [usual((1 / (1 - half))[~opened].tolist()), usual((1 + half)[~opened].tolist())]


def cover_quantiles(kind: Ranges, number: int, draws: int = DRAWS) -> Floats:
    """Return for each quantile whether its interval holds the true one, and how far it is off.

    Of the shape (2 rules, 2, quantiles); the second rule takes an open end for anything beyond.
    """
    draw = np.random.default_rng(number)
    firms, log = draw_pay(kind.employers, kind.each, draw)
    middle = np.exp(log)
    opened = draw.random(len(middle)) < kind.open_ends
    truth, found = true_quantiles(), []
    for low, high in draw_ranges(middle, opened, draw, loose=kind.loose):
        values, ends = quantiles(firms, np.round(low, -2), np.round(high, -2), LEVELS, draws=draws)
        found.append([(ends[:, 0] <= truth) & (truth <= ends[:, 1]), values / truth - 1])
        if not kind.open_ends:
            return np.array(found * 2, float)
    return np.array(found, float)


def cover_opened(market: Opened, number: int) -> Floats:
    """Return bias, whether the interval holds the truth, whether it is above 0; three ways.

    By the rule, without postings that have an open end, and with anything beyond.
    """
    draw = np.random.default_rng(number)
    firms, log = draw_pay(market.employers, 2, draw)
    asks = firms < market.asking
    having = asks & (draw.random(len(firms)) < 0.8)
    log = log + market.premium * having
    opened = draw.random(len(firms)) < np.where(having, market.having, market.others)
    ruled, beyond = draw_ranges(np.exp(log), opened, draw)
    found = []
    for (low, high), kept in ((ruled, firms >= 0), (ruled, ~opened), (beyond, firms >= 0)):
        with np.errstate(divide="ignore"):
            ends = np.log([low[kept], high[kept]])
        employers = np.unique(firms[kept], return_inverse=True)[1]
        columns = having[kept, None].astype(float)
        fitted = regress(ends[0], columns, np.ones((kept.sum(), 1)), employers, upto=ends[1])
        (least, most), slope = fitted.intervals[0], fitted.slopes[0]
        bias = slope - market.premium
        found.append([bias, least <= market.premium <= most, least > 0])
    return np.array(found, float)


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


Table: TypeAlias = tuple[list[dict[str, object]], list[str]]
"""Figures, and the lines of a table of them."""


def table_of_quantiles(markets: int) -> Table:
    """Return how the quantiles' intervals do."""
    figures: list[dict[str, object]] = []
    lines = []
    for kind in RANGES:
        held = np.array([cover_quantiles(kind, number) for number in range(markets)])
        held[~np.isfinite(held)] = np.nan
        means = np.nanmean(held, axis=0)
        rules = ("the rule", "anything beyond")[: 2 if kind.open_ends else 1]
        found = dict(zip(rules, means.round(4).tolist(), strict=False))
        figures.append(asdict(kind) | {"coverage and bias": found})
        for rule, (shares, bias) in zip(rules, means, strict=False):
            name = f"{kind.name}: {rule}" if kind.open_ends else kind.name
            cells = " | ".join(f"{share:.3f}" for share in shares)
            lines.append(f"| {name} | {cells} | {bias[len(bias) // 2]:+.1%} |")
            print(lines[-1], flush=True)  # noqa: T201 # the bench's own voice
    return figures, lines


def table_of_premiums(markets: int) -> Table:
    """Return how a premium's intervals do where both ends are stated."""
    figures: list[dict[str, object]] = []
    lines = []
    for market in MARKETS:
        found = np.array([cover_premium(market, number) for number in range(markets)])
        names = dict(zip(("CR3", "CR1", "independent"), found.mean(axis=0).tolist(), strict=True))
        low, high = wilson(int(found[:, 0].sum()), markets) or (0.0, 1.0)
        figures.append(asdict(market) | {"coverage": names})
        lines.append(
            f"| {market.name} | {names['CR3']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {names['CR1']:.3f} | {names['independent']:.3f} |"
        )
        print(lines[-1], flush=True)  # noqa: T201
    return figures, lines


def table_of_open_ends(markets: int) -> Table:
    """Return how premiums do where ends are open."""
    figures: list[dict[str, object]] = []
    lines = []
    for opened in OPENED:
        each = np.array([cover_opened(opened, number) for number in range(markets)])
        ways = ("rule", "left out", "anything beyond")
        found = dict(zip(ways, each.mean(axis=0).round(4).tolist(), strict=True))
        figures.append(asdict(opened) | {"bias, coverage, power": found})
        cells = " | ".join(
            f"{bias:+.1%}, {held:.3f}" + (f", {above:.2f}" if opened.premium else "")
            for bias, held, above in found.values()
        )
        lines.append(f"| {opened.name} | {cells} |")
        print(lines[-1], flush=True)  # noqa: T201
    return figures, lines


def main() -> None:
    """Run the simulation and write its results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markets", type=int, default=1000)
    parser.add_argument("--ranges", type=int, default=300)
    given = parser.parse_args()
    write(
        given.ranges,
        given.markets,
        table_of_quantiles(given.ranges),
        table_of_premiums(given.markets),
        table_of_open_ends(given.markets),
    )


def write(ranges: int, markets: int, quantile: Table, premium: Table, opened: Table) -> None:
    """Write the results."""
    RESULTS.mkdir(exist_ok=True)
    figures = {"quantiles": quantile[0], "premiums": premium[0], "open ends": opened[0]}
    text = json.dumps({"ranges": ranges, "markets": markets, **figures}, indent=1)
    (RESULTS / "pay.json").write_text(text + "\n", encoding="utf-8")
    heads = " | ".join(f"{level:.0%}" for level in LEVELS)
    lines = [
        "# Do the intervals of `kg pay` hold the truth?",
        "",
        f"`python -m tests.bench.bench_pay --markets {markets} --ranges {ranges}`; "
        "intervals of 95%, so that 0.950 is right and less is too sure. Employers differ as much "
        "as postings of one employer do.",
        "",
        f"Quantiles by Turnbull's estimate, employers resampled; {ranges} markets each. The "
        "rule takes an open end for that of a range as wide as others (`kg.analysis.pay_ranges`); "
        "beside it what comes of taking it for anything beyond. That an interval is too sure with "
        "many employers is bias, in the last column: resampling does not see it. Where an open end "
        "is not that of a range, but a floor or a ceiling set without regard to pay, the rule is "
        "the one that is off.",
        "",
        f"| ranges | {heads} | half, off by |",
        "|---|---|---|---|---|---|---|",
        *quantile[1],
        "",
        f"Premium of a skill (the true one is 0), places held fixed; {markets} markets each. "
        "`kg pay` uses the jackknife over employers.",
        "",
        "| market | jackknife over employers, CR3 (95%) | usual sandwich, CR1 | postings taken for "
        "independent |",
        "|---|---|---|---|",
        *premium[1],
        "",
        "Premiums where ranges have open ends, which fall on postings with the skill more often: "
        "how far off the premium is, how often its interval holds the true one, and, where that is "
        f"not 0, how often it shows one (power); {markets} markets each.",
        "",
        "| market | interval regression by the rule | open ends left out | anything beyond |",
        "|---|---|---|---|",
        *opened[1],
        "",
    ]
    (RESULTS / "pay.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
