"""A few corpora of `tests.bench.bench_separation`, which draws five hundred of each kind."""

from __future__ import annotations

import pytest

from tests.bench.bench_separation import MARKETS, simulate

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("market", MARKETS[2:5], ids=lambda market: market.name)
def test_employers_habits_are_not_found_as_differences_of_levels(market: object) -> None:
    """The naive test raises an alarm in more than half of such corpora; ours in 5% at the most."""
    found = simulate(market, 8)  # type: ignore[arg-type]
    assert found["naive"].false_alarms > 0.5
    assert found["ours"].false_alarms <= 0.125


def test_planted_differences_are_found() -> None:
    found = simulate(MARKETS[-1], 4)["ours"]
    assert found.power > 0.4
    assert found.power == pytest.approx(found.computed, abs=0.15)
    assert found.false_share < 0.25
