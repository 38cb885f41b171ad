"""Other people's data that tests read where it is at hand: beside the project, never in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
DATA: Final = Path(os.environ.get("ROLEGRAPH_SHARED", ROOT.parent / "shared")) / "data"
ESCO: Final = DATA / "esco" / "skills_en.csv"
TECHNOLOGY: Final = DATA / "onet" / "Technology Skills.txt"
OCCUPATIONS: Final = DATA / "onet" / "Occupation Data.txt"

needs_data = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not on this machine")
