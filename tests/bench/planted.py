"""Copies and look-alikes planted among postings, for which it is known what is the same job.

Copies are what boards hold: the same words in other marks, reposts with other dates and numbers,
one job in several places with other pay, agencies' copies (another employer's name, the headings
gone, a footer of their own, now and then without any header), and texts that were edited. The
look-alikes are what must not be taken for a copy: the same template for another level, role or
team, another job of the same employer, and the same skills asked for in other sentences.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from kg.copies.wording import shingles
from tests.bench.postings import REAL, made_postings

ROLES: Final = (
    "Data Engineer",
    "Data Scientist",
    "Financial Analyst",
    "Machine Learning Engineer",
    "Mechanical Engineer",
    "Network Administrator",
    "Product Manager",
    "Software Engineer",
)
LEVELS: Final = ("", "I", "II", "Senior")
RANK: Final = re.compile(
    r"\b(?:S[rR]\b\.?|Senior|J[rR]\b\.?|Junior|Associate|Staff|Lead|Principal|Head|I{1,3}|IV|V|[1-5])"
    r"(?!\S)"
)
"""What of a real title is its rank."""
TEAMS: Final = ("Payments", "Search", "Fraud Prevention", "Customer Insights")
EMPLOYERS: Final = tuple(
    f"{first} {last}"
    for first in (
        "Arden",
        "Bluewater",
        "Corvus",
        "Delmar",
        "Eastgate",
        "Fennel",
        "Granite",
        "Halden",
    )
    for last in ("Freight", "Labs", "Health", "Foods", "Systems", "Insurance")
)
AGENCIES: Final = ("Peregrine Staffing", "Talent Harbor", "Northbridge Recruiting")
PLACES: Final = (
    "Austin, TX",
    "Chicago, IL",
    "Denver, CO",
    "Portland, OR",
    "Tampa, FL",
    "Boise, ID",
)
FOOTER: Final = (
    "About us: {agency} has matched people and companies for over fifteen years.",
    "To apply, send your resume to our team and quote this posting.",
    "{agency} is an equal opportunity employer; all applicants receive consideration.",
    "By applying you agree that we may keep your details for similar openings.",
)
ADDED: Final = (
    "You will report to the head of the department.",
    "We answer every application within two weeks.",
    "The team meets in person once a quarter.",
)
SAME: Final = 0.95
TWINS: Final = 0.9
COPIES: Final = ("verbatim", "repost", "place", "agency", "agency without a header", "edited")
LOOKALIKES: Final = ("level", "role", "team", "other job", "same skills")


@dataclass(frozen=True, slots=True)
class Planted:
    """A posting with what it was made to be: those of one `job` are copies, all others are not.

    A `twin` shares its text with a posting of another title.
    """

    job: str
    kind: str
    role: str
    level: str
    team: str
    employer: str
    place: str
    body: tuple[str, ...]
    header: bool = True
    twin: bool = False

    @property
    def title(self) -> str:
        """The title, as people write it."""
        behind = set(self.level) <= set("IV")
        parts = (self.role, self.level) if behind else (self.level, self.role)
        return " ".join(filter(None, parts)) + (f", {self.team}" if self.team else "")

    @property
    def text(self) -> str:
        """The text: title, employer and place, then the body."""
        head = [self.title, self.employer, self.place, ""] if self.header else []
        return "\n".join([*head, *self.body])


def plant(
    originals: Sequence[Planted],
    reserve: Iterable[Planted],
    other_words: Callable[[random.Random, Planted], tuple[str, ...]],
    *,
    seed: int = 1,
) -> Iterator[Planted]:
    """Yield the originals, and for most of them copies and look-alikes, some two a posting.

    `reserve` are postings that are not planted themselves: an employer's other jobs are made of
    them. `other_words` writes a body that asks for the same skills in other sentences. A copy
    without a header of a text that also serves another title is nobody's: it may be of either.
    """
    draw = random.Random(seed)  # noqa: S311 # nothing secret: the same postings every time
    others = iter(reserve)
    for original in originals:
        yield original
        unlike = draw.sample(LOOKALIKES, draw.choice((0, 0, 1, 1)))
        for kind in draw.sample(COPIES, draw.choice((0, 0, 1, 1, 2, 3))):
            copy = copy_of(draw, original, kind)
            if not copy.header and (original.twin or set(unlike) & set(_UNLIKE)):
                copy = replace(copy, job=f"{original.job} or another", kind="of two titles")
            yield copy
        for kind in unlike:
            if kind == "same skills":
                made = replace(original, body=other_words(draw, original))
            elif kind == "other job":
                made = _other_job(original, next(others))
            else:
                made = _UNLIKE[kind](draw, original)
            yield replace(made, job=f"{original.job} {kind}", kind=kind)


def copy_of(draw: random.Random, original: Planted, kind: str) -> Planted:
    """Return a copy of one of the kinds in `COPIES`."""
    return replace(_COPY[kind](draw, original), kind=kind)


def made_originals(
    count: int, skills: Sequence[str], fields: Sequence[str], *, seed: int = 1
) -> list[Planted]:
    """Return postings put together from our own sentences, of eight roles and four levels."""
    draw = random.Random(seed)  # noqa: S311 # nothing secret: the same postings every time
    found = []
    for number, text in enumerate(made_postings(count, skills, fields, seed=seed)):
        _, named, _, *body = text.split("\n")
        employer = draw.choice(EMPLOYERS)
        lines = tuple(line.replace(named, employer) for line in body)
        role, level = draw.choice(ROLES), draw.choice(LEVELS)
        place = draw.choice(PLACES)
        found.append(Planted(str(number), "original", role, level, "", employer, place, lines))
    return found


def real_originals() -> list[Planted]:
    """Return the distinct postings of a board's export, none where it is not here.

    They came with copies: those of one title that share 95 of 100 shingles are one job (one
    hospital under two names). What shares 90 with a posting of another title is its twin.
    """
    if not REAL.exists():
        return []
    csv.field_size_limit(10_000_000)
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = {row["Job Description"]: row for row in csv.DictReader(file)}
    found = [
        Planted(
            job=str(number),
            kind="original",
            role=row["Job Title"],
            level="",
            team="",
            employer=row["Company Name"].split("\n")[0],
            place=row["Location"],
            body=tuple(text.split("\n")),
        )
        for number, (text, row) in enumerate(rows.items())
    ]
    parts = [set(shingles(" ".join(one.body).lower().split())) for one in found]
    for a, b in combinations(range(len(found)), 2):
        share = len(parts[a] & parts[b]) / max(len(parts[a] | parts[b]), 1)
        if share >= SAME and found[a].role == found[b].role:
            found[b] = replace(found[b], job=found[a].job)
        elif share >= TWINS:
            found[a], found[b] = (replace(found[n], twin=True) for n in (a, b))
    return found


def reworded(
    skills: Sequence[str], fields: Sequence[str]
) -> Callable[[random.Random, Planted], tuple[str, ...]]:
    """Return a way to write a posting that names the skills of another in sentences of its own."""
    known = {skill.lower(): skill for skill in skills}

    def write(draw: random.Random, original: Planted) -> tuple[str, ...]:
        words = re.findall(r"[\w+#.-]+", " ".join(original.body).lower())
        named = sorted({known[word] for word in words if word in known}) or list(skills[:8])
        text = next(made_postings(1, named, fields, seed=draw.randrange(10**9)))
        return tuple(text.split("\n")[3:])

    return write


def _verbatim(draw: random.Random, of: Planted) -> Planted:
    mark = draw.choice(("* ", "- ", "· ", ""))
    lines: list[str] = []
    for line in of.body:
        lines += [re.sub(r"^[•*-] ", mark, line) + "  ", *([""] if draw.random() < 0.3 else [])]
    return replace(of, body=tuple(lines))


def _repost(draw: random.Random, of: Planted) -> Planted:
    day, month = draw.randrange(1, 29), draw.choice(("January", "April", "June", "October"))
    number = f"R-{draw.randrange(10_000, 99_999)}"
    body = [
        re.sub(r"\bR-\d+", number, line).replace("March 31", f"{month} {day}") for line in of.body
    ]
    return replace(of, body=(f"Posted: {month} {day}, 2026", f"Reference number: {number}", *body))


def _place(draw: random.Random, of: Planted) -> Planted:
    place = draw.choice([one for one in PLACES if one != of.place])
    city, other = of.place.split(",")[0], place.split(",")[0]
    more = draw.randrange(1, 9)
    body = [
        re.sub(r"\$(\d+)", lambda paid: f"${int(paid[1]) + more}", line).replace(city, other)
        for line in of.body
    ]
    return replace(of, place=place, body=tuple(body))


def _agency(draw: random.Random, of: Planted) -> Planted:
    agency = draw.choice(AGENCIES)
    body = [line.replace(of.employer, draw.choice(("our client", agency))) for line in of.body]
    body = _without_headings(body)
    footer = [line.format(agency=agency) for line in draw.sample(FOOTER, 3)]
    return replace(of, employer=agency, body=(*body, *footer))


def _agency_without_header(draw: random.Random, of: Planted) -> Planted:
    return replace(_agency(draw, of), header=False)


def _edited(draw: random.Random, of: Planted) -> Planted:
    """Leave out one line in fourteen, exchange two neighbours, add a sentence.

    A line that is more than a fourteenth of the text stays: some texts are four long lines.
    """
    most = sum(map(len, of.body)) / 14
    body = [line for line in of.body if draw.random() > 1 / 14 or not 0 < len(line.strip()) <= most]
    if len(body) > 3:
        at = draw.randrange(len(body) - 2)
        body[at], body[at + 1] = body[at + 1], body[at]
    body.insert(draw.randrange(len(body) + 1), draw.choice(ADDED))
    return replace(of, body=tuple(body))


def _level(draw: random.Random, of: Planted) -> Planted:
    """Return the same text with another rank in its title, in the place of the one it has."""
    rank = RANK.search(of.role)
    if rank is None:
        return replace(of, level=draw.choice([one for one in LEVELS if one != of.level]))
    known = "Senior" if rank[0].startswith(("Sr", "SR")) else rank[0]
    other = draw.choice([one for one in LEVELS[1:] if one != known])
    return replace(of, role=of.role[: rank.start()] + other + of.role[rank.end() :])


def _role(draw: random.Random, of: Planted) -> Planted:
    role = draw.choice([one for one in ROLES if one != of.role])
    return replace(of, role=role, body=tuple(line.replace(of.role, role) for line in of.body))


def _team(draw: random.Random, of: Planted) -> Planted:
    return replace(of, team=draw.choice([one for one in TEAMS if one != of.team]))


def _other_job(of: Planted, other: Planted) -> Planted:
    """Return another job of the same employer and title: all that is said of the employer, and
    the duties and requirements of another posting."""
    duties, rest = _cut(of), _cut(other)
    body = (*of.body[: duties[0]], *other.body[rest[0] : rest[1]], *of.body[duties[1] :])
    return replace(of, body=body)


def _cut(of: Planted) -> tuple[int, int]:
    """Return where the second paragraph begins and the last but one ends."""
    gaps = [number for number, line in enumerate(of.body) if not line.strip()]
    inner = [gap for gap in gaps if 0 < gap < len(of.body) - 1]
    return (inner[0], inner[-1]) if len(inner) > 1 else (0, len(of.body))


def _without_headings(lines: Sequence[str]) -> list[str]:
    """Return the lines without headings: a short line among short ones is an item of a list."""
    ahead = [*(line for line in lines if line.strip()), ""]
    kept, behind, number = [], False, 0
    for line in lines:
        if not line.strip():
            kept.append(line)
            continue
        number += 1
        short = _is_heading(line)
        if not short or behind or _is_heading(ahead[number]):
            kept.append(line)
        behind = short
    return kept


def _is_heading(line: str) -> bool:
    words = line.split()
    return 0 < len(words) <= 4 and line[:1].isupper() and line.rstrip()[-1:] not in ".!?;,"


_COPY: Final = {
    "verbatim": _verbatim,
    "repost": _repost,
    "place": _place,
    "agency": _agency,
    "agency without a header": _agency_without_header,
    "edited": _edited,
}
_UNLIKE: Final = {"level": _level, "role": _role, "team": _team}
