"""Does `kg compare` find what is there, and nothing that is not? By simulation.

    python -m tests.bench.bench_separation [--corpora N]

Corpora are drawn whose truth is known: postings of employers that are more or less alike within
(`likeness`, the correlation of two postings of one employer), of two levels that differ in some
skills, or in none. Each is tested as `kg compare` tests, and as one would who takes postings for
independent (Fisher's test with the same q). Under no difference a corpus in which anything is
found is a false alarm; with differences, counted are those found, beside the power that was
computed beforehand (`tests.bench.foretold`), and the share of findings that are false. Writes
`results/separation.json` and `.md`.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from kg.analysis.clusters import count_by_employer
from kg.analysis.comparison import LEVEL
from kg.analysis.observations import find_differences
from kg.analysis.skill_rows import LEAST
from kg.analysis.statistics import benjamini_hochberg
from tests.bench.foretold import Foretold, Planted, computed_power
from tests.bench.outcomes import alarms, write

SKILLS: Final = 100


@dataclass(frozen=True)
class Market:
    """How corpora are drawn. `planted` skills differ by the log-odds `effect`."""

    name: str
    employers: int
    postings_each: float
    likeness: float
    one_level: float
    """The share of employers that hire for one of the two levels only."""
    planted: int = 0
    effect: float = 0.0

    @property
    def steps(self) -> int:
        """The levels."""
        return 2


MARKETS: Final = (
    Market("postings independent, no difference", 100, 3, 0.0, 0.5),
    Market("employers alike within, both levels each, no difference", 100, 3, 0.3, 0.0),
    Market("employers alike within, one level each, no difference", 100, 3, 0.3, 1.0),
    Market("employers very alike within, one level each, no difference", 60, 5, 0.7, 1.0),
    Market("few large employers, one level each, no difference", 24, 12, 0.3, 1.0),
    Market("postings independent, 10 of 100 differ", 100, 3, 0.0, 0.5, 10, 1.2),
    Market("employers alike within, 10 of 100 differ", 100, 3, 0.3, 0.5, 10, 1.2),
    Market("the same, four times as many employers", 400, 3, 0.3, 0.5, 10, 1.2),
)


def draw_corpus(market: Market, draw: np.random.Generator) -> Planted:
    """Draw the postings of a market; skills that too few have to be tested are left out."""
    sizes = draw.geometric(1 / market.postings_each, market.employers)
    employers = np.repeat(np.arange(market.employers), sizes)
    base = draw.beta(0.6, 3, SKILLS)
    shares = np.broadcast_to(base, (market.employers, SKILLS))
    if market.likeness:
        weight = 1 / market.likeness - 1
        low = np.maximum(base * weight, 1e-3), np.maximum((1 - base) * weight, 1e-3)
        shares = draw.beta(*low, (market.employers, SKILLS))
    alone = draw.random(market.employers) < market.one_level
    their = draw.random(market.employers) < 0.5
    side_b = np.where(alone[employers], their[employers], draw.random(len(employers)) < 0.5).astype(
        bool
    )
    chances = shares[employers]
    if market.planted:
        part = chances[:, : market.planted]
        odds = part / np.maximum(1 - part, 1e-9)
        odds = odds * np.exp(market.effect * (side_b[:, None] - 0.5))
        chances[:, : market.planted] = odds / (1 + odds)
    having = draw.random(chances.shape) < chances
    kept = having.sum(axis=0) >= LEAST
    differs = np.arange(SKILLS) < market.planted
    return Planted(employers, side_b.astype(float), having[:, kept], base[kept], differs[kept])


def simulate(market: Market, corpora: int) -> dict[str, Foretold]:
    """Return what our test and the naive one find in so many corpora of a market."""
    found = {"ours": Foretold(), "naive": Foretold()}
    for number in range(corpora):
        corpus = draw_corpus(market, np.random.default_rng(number))
        counts = count_by_employer(corpus.employers, corpus.steps > 0, corpus.having)
        findings = find_differences(counts, corpus.having.mean(axis=0).tolist())
        naive = benjamini_hochberg([one.p_postings for one in findings])
        found["ours"].take([one.q for one in findings], corpus.differs, corpora)
        found["naive"].take(naive, corpus.differs, corpora)
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
            f"| {market.name} | {market.employers} "
            f"| {'|' if market.planted else alarms(ours, naive, corpora)} "
            f"| {ours.false_share:.3f} | {naive.false_share:.3f} "
            f"| {power if market.planted else '| |'} |"
        )
        print(rows[-1], flush=True)  # noqa: T201 # the bench's own voice
    lines = [
        "# What `kg compare` finds in corpora whose truth is known",
        "",
        f"{corpora} corpora each of {SKILLS} skills, q up to {LEVEL}; "
        "`python -m tests.bench.bench_separation`. A false alarm is a corpus in which a "
        "skill that does not differ is found; naive takes postings for independent "
        "(Fisher's test, the same q). The computed power was foretold from what was planted.",
        "",
        "| market | employers | false alarms (95%) | naive | false share of findings "
        "| naive | power, computed | power | naive |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    write("separation", corpora, figures, lines)


if __name__ == "__main__":
    main()
