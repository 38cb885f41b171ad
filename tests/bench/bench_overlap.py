"""Does the interval of a likeness have what is true, where it is known?

    python -m tests.bench.bench_overlap [--corpora N]

Two roles are planted with the share of their postings that ask for each skill, and so with a known
likeness; corpora of them are drawn, of employers that are more or less alike within. Of each the
overlap and the likeness are measured as `kg similar` does, with their 95% intervals, the gap as
`kg path` does, and the likeness by two bootstraps that draw employers: its percentile interval, and
the same reflected about what was measured (the basic interval of Davison & Hinkley 1997, eq. 5.6).
Skills are held to their overlap in a population of postings (`tests.bench.overlapping_skills`).
Writes `results/overlap.json` and `.md`: how often each leaves out what is true.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.measured import ends
from kg.analysis.overlap import Side, align, covered
from kg.analysis.sureness import Party, how_sure
from tests.bench.outcomes import write
from tests.bench.overlapping_skills import coverage_of_skills

if TYPE_CHECKING:
    from kg.analysis.clusters import Floats

DRAWS: Final = 400
"""Resamples of the bootstraps that are set beside ours."""
DIMENSIONS: Final = 50


@dataclass(frozen=True)
class Market:
    """How two roles are drawn.

    The `same` roles ask for all skills equally often; `close` ones differ by a factor of e to the
    power of a normal number of 0.5; of `half` half of the skills have changed places; `other`
    roles have all skills in another order. `shared` employers hire for both.
    """

    name: str
    roles: Literal["same", "close", "half", "other"]
    skills: int
    employers: tuple[int, int]
    postings_each: float
    likeness: float
    shared: int = 0


MARKETS: Final = (
    Market("few employers, the same role", "same", 300, (10, 10), 3, 0.2),
    Market("many employers and few skills, the same role", "same", 20, (200, 200), 10, 0.05, 50),
    Market("few employers, close roles", "close", 40, (12, 12), 10, 0.1, 6),
    Market("many employers and few skills, close roles", "close", 20, (200, 200), 10, 0.05, 50),
    Market("a small role and a large one, half the same", "half", 300, (15, 60), 3, 0.2, 5),
    Market("many employers and few skills, others", "other", 20, (200, 200), 10, 0.05, 50),
    Market("the same role", "same", 1500, (60, 200), 3, 0.2),
    Market("close roles", "close", 1500, (60, 200), 3, 0.2),
    Market("half the same", "half", 1500, (60, 200), 3, 0.2),
    Market("others", "other", 1500, (60, 200), 3, 0.2),
    Market("few employers, others", "other", 300, (10, 10), 3, 0.2),
    Market("postings independent, half the same", "half", 40, (60, 60), 1, 0.0),
)  # fmt: skip


SAMPLES: Final = (40, 100, 300)
"""Employers of the corpora in which skills are compared."""


@dataclass
class Coverage:
    """What is true, what was measured on average, and how many of the corpora missed it."""

    overlap: float
    likeness: float
    counted: float = 0.0
    low: float = 0.0
    high: float = 0.0
    overlap_missed: int = 0
    likeness_missed: int = 0
    gap_missed: int = 0
    percentile_missed: int = 0
    reflected_missed: int = 0


def shares_of(market: Market, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the share of postings of each role that ask for each skill; most are rare."""
    first = np.minimum(0.6, 1.5 / np.arange(1, market.skills + 1) ** 0.9)
    second = first.copy()
    if market.roles == "close":
        second = np.clip(first * np.exp(draw.normal(0, 0.5, market.skills)), 0, 0.9)
    elif market.roles == "half":
        moved = np.flatnonzero(draw.random(market.skills) < 0.5)
        second[moved] = first[draw.permutation(moved)]
    elif market.roles == "other":
        second = draw.permutation(first)
    return first, second


def likeness_of(first: Floats, second: Floats, vectors: Floats) -> tuple[Floats, Floats]:
    """Return overlap and likeness of profiles, whose last axis is that of the skills."""
    larger = np.maximum(first, second).sum(axis=-1)
    overlap = np.minimum(first, second).sum(axis=-1) / larger
    one, other = first @ vectors, second @ vectors
    lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1)
    return overlap, np.sqrt(overlap * np.maximum(0, (one * other).sum(axis=-1) / lengths))


def draw_role(
    market: Market, shares: Floats, employers: int, draw: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw the postings of a role: how many each employer has, and how many ask for each skill."""
    sizes = draw.geometric(1 / market.postings_each, employers)
    own = np.broadcast_to(shares, (employers, len(shares)))
    if market.likeness:
        weight = 1 / market.likeness - 1
        own = draw.beta(np.maximum(shares * weight, 1e-9), (1 - shares) * weight, own.shape)
    return sizes.astype(float), draw.binomial(sizes[:, None], own).astype(float)


def coverage(market: Market, corpora: int, *, bootstraps: bool = False) -> Coverage:
    """Draw so many corpora of a market, and count those whose intervals miss what is true."""
    draw = np.random.default_rng(len(market.name))
    shares = shares_of(market, draw)
    weights = -np.log((shares[0] + shares[1]) / 12)
    vectors = draw.normal(0.15, 1, (market.skills, DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    true = likeness_of(shares[0] * weights, shares[1] * weights, vectors)
    found = Coverage(float(true[0]), float(true[1]))
    part = float((np.minimum(*shares) * weights).sum() / (shares[1] * weights).sum())
    a, b = market.employers
    numbers = np.arange(a), np.arange(b) + a - market.shared
    for _ in range(corpora):
        drawn = [
            draw_role(market, one, size, draw) for one, size in zip(shares, (a, b), strict=True)
        ]
        hits = [each * weights for _, each in drawn]
        parties = [
            Party(one, Side(csr_array(each), sizes), each @ vectors)
            for one, each, (sizes, _) in zip(numbers, hits, drawn, strict=True)
        ]
        sure = how_sure(parties[0], parties[1], "employer")
        if sure.interval is None or sure.overlap is None:
            raise ValueError(f"{market.name}: {sure.lacking}")
        first, second = (one.side.profile for one in parties)
        counted = likeness_of(first, second, vectors)[1]
        found.counted += float(counted) / corpora
        found.low += sure.interval[0] / corpora
        found.high += sure.interval[1] / corpora
        found.overlap_missed += not sure.overlap[0] <= found.overlap <= sure.overlap[1]
        found.likeness_missed += not sure.interval[0] <= found.likeness <= sure.interval[1]
        one, other = align(parties[0].side, parties[1].side, *numbers)
        low, high = ends(covered(one, other), covered(one, other, unseen=True), min(a, b))
        found.gap_missed += not low <= part <= high
        if bootstraps:
            low, high = _bootstrap([one.side for one in parties], vectors, draw)
            found.percentile_missed += not low <= found.likeness <= high
            found.reflected_missed += not 2 * counted - high <= found.likeness <= 2 * counted - low
    return found


def _bootstrap(
    sides: list[Side], vectors: Floats, draw: np.random.Generator
) -> tuple[float, float]:
    """Return the percentile interval of the likeness, each side's employers drawn."""
    profiles = []
    for side in sides:
        count = len(side.sizes)
        times = draw.multinomial(count, np.full(count, 1 / count), DRAWS).astype(float)
        profiles.append(times @ side.hits.toarray() / (times @ side.sizes)[:, None])
    low, high = np.percentile(likeness_of(profiles[0], profiles[1], vectors)[1], [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    """Run the simulation and write its results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=int, default=200)
    corpora = parser.parse_args().corpora
    lines = [
        "# Intervals of a likeness that is known",
        "",
        f"`python -m tests.bench.bench_overlap`: two roles planted, {corpora} corpora of each kind,"
        " seeded; employers are the witnesses and are alike within. The share of corpora whose 95% "
        "interval leaves out what is true should be 0.05 at most. The bootstrap draws employers.",
        "",
        "| roles | skills | employers | true likeness | counted | our interval | ours misses | of "
        "the overlap | of the gap | bootstrap misses | the same, reflected |",
        f"|---|{'---|' * 10}",
    ]
    rows = []
    for market in MARKETS:
        found = coverage(market, corpora, bootstraps=True)
        rows.append({**asdict(market), **asdict(found)})
        missed = (
            found.likeness_missed, found.overlap_missed, found.gap_missed,
            found.percentile_missed, found.reflected_missed,
        )  # fmt: skip
        cells = [
            market.name, f"{market.skills}", f"{market.employers[0]}, {market.employers[1]}",
            f"{found.likeness:.2f}", f"{found.counted:.2f}", f"{found.low:.2f} to {found.high:.2f}",
            *(f"{one / corpora:.3f}" for one in missed),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)  # noqa: T201 # a bench speaks
    lines += [
        "",
        "## Skills, by what they are asked for together with",
        "",
        "All pairs of eight skills, of employers drawn from a population.",
        "",
        "| employers | true overlap | counted | interval | misses |",
        f"|---|{'---|' * 4}",
    ]
    for employers in SAMPLES:
        of = coverage_of_skills(employers, corpora // 4)
        rows.append({"name": "skills", "employers": employers, **asdict(of)})
        lines.append(
            f"| {employers} | {of.overlap:.2f} | {of.counted:.2f} | {of.low:.2f} to {of.high:.2f} "
            f"| {of.missed / of.pairs:.3f} |"
        )
        print(lines[-1], flush=True)  # noqa: T201 # a bench speaks
    lines += [
        "",
        "What is counted is too small wherever many skills are rare, and both bootstraps miss: "
        "drawn again it is smaller still, by less than it is too small already.",
    ]
    write("overlap", corpora, rows, lines)


if __name__ == "__main__":
    main()
