"""A market of postings to measure with, as a file of JSON lines.

    python -m tests.bench.market COUNT FILE [--seed 1]

Roles, employers, places and skills are as unevenly spread as they are in a market: a few are
everywhere, most are rare. A role asks for skills of its own more often than for others, and one
posting in eight is a copy of the one before: a repost, an agency's, the same job elsewhere.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import Final

import ontology
from tests.bench.planted import COPIES, Planted, copy_of
from tests.bench.postings import made_postings

FIRST: Final = "Arden Bluewater Corvus Delmar Eastgate Fennel Granite Halden Ibis Juniper".split()
MIDDLE: Final = "North South River Stone Field Harbor Summit Valley Bridge Forest".split()
LAST: Final = "Freight Labs Health Foods Systems Insurance Energy Bank Retail Games".split()
PLACES: Final = tuple(
    f"{city}, {state}"
    for state, cities in {
        "AZ": "Phoenix Tucson Mesa",
        "CA": "Oakland Fresno Sacramento",
        "CO": "Denver Boulder Aurora",
        "IL": "Chicago Peoria Rockford",
        "MA": "Boston Worcester Lowell",
        "NY": "Buffalo Rochester Albany",
        "OH": "Columbus Dayton Toledo",
        "TX": "Austin Dallas Houston",
        "WA": "Seattle Tacoma Spokane",
    }.items()
    for city in cities.split()
)
LEVELS: Final = ("", "", "I", "II", "III", "Senior", "Senior", "Staff", "Principal")
OWN_SKILLS: Final = 30
"""Skills that a role asks for again and again."""
COPIED: Final = 1 / 8


class _Uneven:
    """Draws from a list: the first most often, the n-th an n-th as often (Zipf)."""

    def __init__(self, among: Sequence[str]) -> None:
        self._among = among
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(among))))

    def draw(self, dice: random.Random, count: int = 1) -> list[str]:
        return dice.choices(self._among, cum_weights=self._weights, k=count)


def market(*, seed: int = 1) -> Iterator[Planted]:
    """Yield postings without end. The same seed gives the same ones."""
    dice = random.Random(seed)  # noqa: S311 # nothing secret: the same postings every time
    vocabulary = ontology.load()
    names = {
        scheme: _shuffled(dice, [concept.label for concept in vocabulary.scheme(scheme)])
        for scheme in ("roles", "skills", "fields")
    }
    employers = [f"{one} {two} {three}" for one in FIRST for two in MIDDLE for three in LAST]
    roles, skills = _Uneven(names["roles"]), _Uneven(names["skills"])
    hiring, places = _Uneven(_shuffled(dice, employers)), _Uneven(_shuffled(dice, list(PLACES)))
    own = {role: skills.draw(dice, OWN_SKILLS) for role in names["roles"]}
    for number in range(10**9):
        (role,), (employer,), (place,) = (one.draw(dice) for one in (roles, hiring, places))
        wanted = own[role] + skills.draw(dice, OWN_SKILLS // 3)
        text = next(made_postings(1, wanted, names["fields"], seed=dice.randrange(10**9)))
        _, named, _, *body = text.split("\n")
        lines = tuple(line.replace(named, employer) for line in body)
        level = dice.choice(LEVELS)
        made = Planted(str(number), "original", role, level, "", employer, place, lines)
        yield made
        if dice.random() < COPIED:
            yield copy_of(dice, made, dice.choice(COPIES))


def write(count: int, file: Path, *, seed: int = 1) -> None:
    """Write so many postings, one JSON object a line."""
    with file.open("w", encoding="utf-8") as lines:
        for one in islice(market(seed=seed), count):
            given = {"title": one.title, "company": one.employer, "location": one.place}
            stated = given if one.header else {}
            lines.write(json.dumps({**stated, "description": one.text}) + "\n")


def _shuffled(dice: random.Random, names: list[str]) -> list[str]:
    return dice.sample(names, len(names))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.count, given.file, seed=given.seed)


if __name__ == "__main__":
    main()
