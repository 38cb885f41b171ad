"""What a test finds in corpora whose truth is known: false alarms, false findings, power."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.analysis.comparison import LEVEL
from kg.analysis.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

RESULTS: Final = Path(__file__).parent / "results"


@dataclass
class Outcome:
    """Of so many corpora, what was found by a test: shares of the corpora, and means over them."""

    false_alarms: float = 0.0
    false_share: float = 0.0
    power: float = 0.0

    def take(self, q: Sequence[float], differs: NDArray[np.bool_], corpora: int) -> None:
        """Count one of so many corpora: which differ in truth, and the q of each."""
        hits = np.array(q) <= LEVEL
        self.false_alarms += bool((hits & ~differs).any()) / corpora
        self.false_share += (hits & ~differs).sum() / max(1, hits.sum()) / corpora
        self.power += (hits & differs).sum() / max(1, differs.sum()) / corpora


def alarms(ours: Outcome, naive: Outcome, corpora: int) -> str:
    """Return two cells of a table: our false alarms with their interval, and the naive test's."""
    low, high = wilson(round(ours.false_alarms * corpora), corpora) or (math.nan, math.nan)
    return f"{ours.false_alarms:.3f} ({low:.3f} to {high:.3f}) | {naive.false_alarms:.3f}"


def write(
    name: str, corpora: int, markets: Sequence[Mapping[str, Any]], lines: Sequence[str]
) -> None:
    """Write `results/NAME.json` and `.md`."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({"corpora": corpora, "q": LEVEL, "markets": markets}, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    (RESULTS / f"{name}.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
