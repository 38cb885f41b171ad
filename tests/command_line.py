"""Running the command line in a test: what it printed, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
SEEDS: Final = ROOT / "seeds"
ONE: Final = "Machine Learning Engineer I"
TWO: Final = "Machine Learning Engineer II"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kg = Callable[..., Answer]
