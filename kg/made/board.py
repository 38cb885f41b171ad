"""A made board: postings of two roles at two levels, whose differences are known beforehand.

What a comparison finds in it can be held against `SHARES`, which it was made from. Every posting
says of itself that it was made, and so does every employer's name.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.made.postings import ABOUT, DUTIES, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINEER: Final = "Data Engineer"
SCIENTIST: Final = "Data Scientist"
SENIOR: Final = "Senior"
KINDS: Final = tuple((role, level) for role in (ENGINEER, SCIENTIST) for level in ("", SENIOR))
"""What is hired: a role and a level."""
SHARES: Final = {
    skill: dict(zip(KINDS, row, strict=True))
    for skill, row in {
        "Airflow": (0.30, 0.45, 0.05, 0.10),
        "AWS": (0.40, 0.60, 0.15, 0.25),
        "ETL": (0.50, 0.50, 0.05, 0.05),
        "Git": (0.30, 0.30, 0.30, 0.30),
        "Java": (0.25, 0.25, 0.08, 0.08),
        "Kafka": (0.15, 0.45, 0.02, 0.04),
        "Kubernetes": (0.10, 0.40, 0.03, 0.15),
        "Machine Learning": (0.10, 0.12, 0.55, 0.60),
        "Python": (0.55, 0.60, 0.65, 0.70),
        "PyTorch": (0.01, 0.02, 0.10, 0.35),
        "R": (0.03, 0.03, 0.40, 0.30),
        "Spark": (0.30, 0.55, 0.10, 0.30),
        "SQL": (0.65, 0.65, 0.50, 0.45),
        "Statistics": (0.03, 0.03, 0.45, 0.50),
        "Tableau": (0.10, 0.08, 0.40, 0.12),
    }.items()
}
"""The share of postings that require a skill, by role and level."""
YEARS: Final = {"": (1, 4), SENIOR: (5, 8)}
PAY: Final = {"": (80, 120), SENIOR: (130, 180)}
"""Thousands of dollars a year: between these lies the low end."""
SENIORS: Final = 0.4
"""The share of postings that are senior."""
EMPLOYERS: Final = 80
MADE: Final = "This posting was made by a program: no such job and no such employer exist."


@dataclass(frozen=True, slots=True)
class MadePosting:
    """A posting of the board, as a feed has it."""

    title: str
    company: str
    location: str
    description: str

    def to_json(self) -> dict[str, str]:
        """Return the fields under the names that feeds give them."""
        return {
            "title": self.title,
            "company": self.company,
            "location": self.location,
            "description": self.description,
        }


def made_board(*, seed: int = 1) -> Iterator[MadePosting]:
    """Yield postings without end. The same seed gives the same ones."""
    dice = random.Random(seed)  # noqa: S311 # nothing secret: the same postings every time
    while True:
        role = dice.choice((ENGINEER, SCIENTIST))
        level = SENIOR if dice.random() < SENIORS else ""
        employer = f"Made Employer {dice.randrange(EMPLOYERS) + 1}"
        place = dice.choice(PLACES)
        text = "\n".join(_lines(dice, role, level, employer))
        yield MadePosting(f"{level} {role}".strip(), employer, place, text)


def write_board(file: str | Path, count: int, *, seed: int = 1) -> Path:
    """Write so many postings, one JSON object a line; return the file."""
    path = Path(file)
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for one in islice(made_board(seed=seed), count):
            lines.write(json.dumps(one.to_json(), ensure_ascii=False) + "\n")
    return path


def _lines(dice: random.Random, role: str, level: str, employer: str) -> Iterator[str]:
    """Yield the lines of a description: what there is to do, what is required, what is paid."""
    yield dice.choice(ABOUT).format(employer=employer)
    yield ""
    yield "What you will do"
    plain = [line for line in DUTIES if "{" not in line]
    yield from (f"• {line}" for line in dice.sample(plain, 3))
    yield ""
    yield "Requirements:"
    low, high = YEARS[level]
    yield f"• {dice.randint(low, high)}+ years of experience in a similar role."
    for skill, shares in SHARES.items():
        if dice.random() < shares[role, level]:
            yield f"• Experience with {skill}."
    yield ""
    floor = dice.randint(*PAY[level])
    yield f"The base salary range is ${floor},000 - ${floor + dice.randint(20, 40)},000 per year."
    yield ""
    yield MADE
