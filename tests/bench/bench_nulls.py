"""Do duties and trends stay quiet where nothing differs, and are they found where something does?

    python -m tests.bench.bench_nulls [--corpora N]

Corpora are drawn whose truth is known, as in `tests.bench.bench_separation`: postings of employers
that are more or less alike within, on two levels whose duties are compared, or on 24 months along
which skills may rise. Each is tested as `kg compare` and `kg trends` test, and as one would who
takes postings for independent (Fisher's test, the test of Cochran and Armitage, the same q). Under
no difference a corpus in which anything is found is a false alarm; where differences are planted,
the power that was computed beforehand (`tests.bench.foretold`) stands beside the share that was
found. Writes `results/nulls.json` and `.md`.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.special import expit, logit

from kg.analysis.clusters import count_by_employer, employer_p
from kg.analysis.comparison import LEVEL
from kg.analysis.ordered import trend_p
from kg.analysis.skill_rows import LEAST
from kg.analysis.statistics import benjamini_hochberg, fisher
from tests.bench.foretold import Foretold, Planted, computed_power
from tests.bench.outcomes import alarms, write

if TYPE_CHECKING:
    from kg.analysis.clusters import Floats

WINDOW: Final = 3
"""Months in which an employer hires that hires in one wave."""


@dataclass(frozen=True)
class Market:
    """How corpora are drawn. `planted` features change by the log-odds `effect`, end to end.

    `grouped` employers hire for one level only, or in one wave of `WINDOW` months.
    """

    of: Literal["duties", "trends"]
    name: str
    employers: int
    postings_each: float
    likeness: float
    grouped: float
    planted: int = 0
    effect: float = 0.0

    @property
    def steps(self) -> int:
        """Levels, or months."""
        return 2 if self.of == "duties" else 24

    @property
    def features(self) -> int:
        """Duties, or skills."""
        return 30 if self.of == "duties" else 100


MARKETS: Final = (
    Market("duties", "postings independent", 100, 3, 0.0, 0.5),
    Market("duties", "employers alike within, both levels each", 100, 3, 0.3, 0.0),
    Market("duties", "employers alike within, one level each", 100, 3, 0.3, 1.0),
    Market("duties", "employers very alike within, one level each", 60, 5, 0.7, 1.0),
    Market("duties", "few large employers, one level each", 24, 12, 0.3, 1.0),
    Market("duties", "postings independent, 5 of 30 differ", 100, 3, 0.0, 0.5, 5, 1.2),
    Market("duties", "employers alike within, 5 of 30 differ", 100, 3, 0.3, 0.5, 5, 1.2),
    Market("duties", "the same, four times as many employers", 400, 3, 0.3, 0.5, 5, 1.2),
    Market("trends", "postings independent", 100, 3, 0.0, 0.0),
    Market("trends", "employers alike within, hiring all the time", 100, 3, 0.3, 0.0),
    Market("trends", "employers alike within, each in one wave", 100, 3, 0.3, 1.0),
    Market("trends", "employers very alike within, each in one wave", 60, 5, 0.7, 1.0),
    Market("trends", "few large employers, each in one wave", 24, 12, 0.3, 1.0),
    Market("trends", "postings independent, 10 of 100 rise", 100, 3, 0.0, 0.0, 10, 2),
    Market("trends", "employers alike, half in one wave, 10 of 100 rise", 100, 3, 0.3, 0.5, 10, 2),
    Market("trends", "the same, four times as many employers", 400, 3, 0.3, 0.5, 10, 2),
)  # fmt: skip


def draw_corpus(market: Market, draw: np.random.Generator) -> Planted:
    """Draw the postings of a market; features that too few have to be tested are left out."""
    sizes = draw.geometric(1 / market.postings_each, market.employers)
    employers = np.repeat(np.arange(market.employers), sizes)
    last, features = market.steps - 1, market.features
    low_share, high_share = (1.0, 6.0) if market.of == "duties" else (0.6, 3.0)
    base = draw.beta(low_share, high_share, features)
    shares = np.broadcast_to(base, (market.employers, features))
    if market.likeness:
        weight = 1 / market.likeness - 1
        low = np.maximum(base * weight, 1e-3), np.maximum((1 - base) * weight, 1e-3)
        shares = draw.beta(*low, (market.employers, features))
    wave = draw.random(market.employers) < market.grouped
    width = 1 if market.of == "duties" else WINDOW
    starts = draw.integers(0, last + 2 - width, market.employers)
    own = starts[employers] + draw.integers(0, width, len(employers))
    steps = np.where(wave[employers], own, draw.integers(0, last + 1, len(employers))) / last
    differs = np.arange(features) < market.planted
    odds = logit(np.clip(shares[employers], 1e-9, 1 - 1e-9))
    odds = odds + market.effect * np.outer(steps - 0.5, differs)
    having = draw.random(odds.shape) < expit(odds)
    kept = having.sum(axis=0) >= LEAST
    return Planted(employers, steps * last, having[:, kept], base[kept], differs[kept])


def p_values(market: Market, corpus: Planted) -> tuple[Floats, Floats]:
    """Return the p-values that take postings, and employers, for independent."""
    if market.of == "trends":
        found = trend_p(corpus.employers, corpus.steps, corpus.having.astype(float))
        return np.array(found[0]), np.array(found[1])
    side_b = corpus.steps > 0
    counts = count_by_employer(corpus.employers, side_b, corpus.having)
    a, b = counts.hits_a.sum(axis=0), counts.hits_b.sum(axis=0)
    return fisher(a, int((~side_b).sum()), b, int(side_b.sum())), employer_p(counts)


def simulate(market: Market, corpora: int) -> dict[str, Foretold]:
    """Return what our test and the naive one find in so many corpora of a market."""
    found = {"ours": Foretold(), "naive": Foretold()}
    for number in range(corpora):
        corpus = draw_corpus(market, np.random.default_rng(number))
        postings, employers = p_values(market, corpus)
        for name, p in (("ours", np.maximum(postings, employers)), ("naive", postings)):
            found[name].take(benjamini_hochberg(p.tolist()), corpus.differs, corpora)
        if market.planted:
            found["ours"].computed += computed_power(market, corpus) / corpora
    return found


def main() -> None:
    """Run the simulation and write its results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=int, default=500)
    corpora = parser.parse_args().corpora
    rows, figures = [], []
    for market in MARKETS:
        found = simulate(market, corpora)
        figures.append({**asdict(market), **{name: asdict(one) for name, one in found.items()}})
        ours, naive = found["ours"], found["naive"]
        power = f"{ours.computed:.2f} | {ours.power:.2f} | {naive.power:.2f}"
        rows.append(
            f"| {market.of} | {market.name} | {market.employers} "
            f"| {'|' if market.planted else alarms(ours, naive, corpora)} | {ours.false_share:.3f} "
            f"| {naive.false_share:.3f} | {power if market.planted else '| |'} |"
        )
        print(rows[-1], flush=True)  # noqa: T201 # the bench's own voice
    lines = [
        "# Duties and trends in corpora whose truth is known",
        "",
        f"{corpora} corpora each, q up to {LEVEL}; `python -m tests.bench.bench_nulls "
        f"--corpora {corpora}`. Duties are 30 verbs on two levels, trends 100 skills along "
        "24 months. A false alarm is a corpus in which something is found that does not "
        "differ; naive takes postings for independent (Fisher's test, Cochran and "
        "Armitage's, the same q). The computed power was foretold from what was planted.",
        "",
        "| of | market | employers | false alarms (95%) | naive | false share of findings "
        "| naive | power, computed | power | naive |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    write("nulls", corpora, figures, lines)


if __name__ == "__main__":
    main()
