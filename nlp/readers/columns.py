"""Which column of a table, or key of a record, holds what: guessed from its name, or as was said.

Names are compared in lower case without signs ("Job Title", "job_title", "jobTitle"); the table
`patterns/columns.tsv` says which are known, and which goes before another that means the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from nlp.patterns import table
from nlp.readers import wording
from nlp.readers.raw import FieldKind, RawField, RawPosting, Unread
from nlp.readers.wording import Json

BODY: Final = "body"
SECTIONS: Final = {
    "about": "About the company",
    BODY: "",
    "duties": "Responsibilities",
    "requirements": "Requirements",
    "preferred": "Preferred qualifications",
    "skills": "Skills",
    "benefits": "Benefits",
    "additional": "Additional information",
}
"""Columns that are text of the posting, in the order in which they are joined, and the headings."""
TELLING: Final = (BODY, "duties", "requirements")
"""Without one of these there is no text to take facts from."""
PARTS: Final = frozenset(
    "city country pay_currency pay_max pay_median pay_min pay_period region remote".split()
)
"""Columns that make a field together with others."""
PLAIN: Final = tuple(
    kind for kind in FieldKind if kind not in {FieldKind.PAY, FieldKind.PLACE, FieldKind.WORK_MODE}
)
"""Fields that one column makes by itself."""
ROLES: Final = frozenset(FieldKind) | PARTS | frozenset(SECTIONS)
"""All that a column can be said to hold with `--map ROLE=COLUMN`."""
WRAPPERS: Final = frozenset(
    "attributes data doc fields item job jobposting node posting record source".split()
)
"""Keys round a record that say nothing of it: "data.title" is a title, "company.title" is not."""
RATING: Final = re.compile(r"\s{0,4}\n\s{0,4}\d(?:\.\d)?\Z")
"""Glassdoor's rating below an employer's name."""
STATED_BY_EMPLOYER: Final = re.compile(
    r"\(employer est\.?\)|employer provided salary:?", re.IGNORECASE
)
HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
SIGNS: Final = re.compile(r"[^a-z0-9]+")
LONGEST_NAME: Final = 60
LONGEST_LIST: Final = 250
"""Characters of names in a message; a table may have thousands of columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table's columns, where each role is found, and what was said in vain."""

    names: tuple[str, ...]
    found: Mapping[str, int]
    missing: tuple[str, ...] = ()

    @property
    def has_text(self) -> bool:
        """Tell whether a column holds what the facts are taken from."""
        return any(role in self.found for role in TELLING)

    def describe(self) -> str:
        """Return the columns in a sentence, for the user: what is what, and what is not used."""
        used = "; ".join(filter(None, [self._used(), *self.missing]))
        rest = [name for at, name in enumerate(self.names) if at not in self.found.values()]
        unused = f"; not used: {_listed(rest)}" if rest else ""
        return f"columns: {used}{unused}"

    def complaint(self, names: str = "columns", name: str = "COLUMN") -> str:
        """Return why the table gives no postings, and what would help."""
        said = "".join(f"; {reason}" for reason in self.missing)
        return (
            f"no description among the {names}: {_listed(self.names)}{said}; if one holds the "
            f"posting's text, say which: --map body={name}"
        )

    def posting(self, cells: Sequence[Json], position: str, record: str) -> RawPosting | Unread:
        """Return the posting in a row, whose cells are in the order of `names`."""
        given = ((role, cells[at]) for role, at in self.found.items() if at < len(cells))
        values = {role: value for role, value in given if value not in (None, "")}
        body = wording.body(
            (heading, values[role]) for role, heading in SECTIONS.items() if role in values
        )
        if not any(wording.said(values.get(role)) for role in TELLING):
            told = [self.names[self.found[role]] for role in TELLING if role in self.found]
            reason = f"no text: {_listed(told)} is empty" if told else self.complaint()
            return Unread(reason, position, record)
        part = wording.said(values.get(FieldKind.REFERENCE)) or position
        return RawPosting(body, tuple(_fields(values)), part, position, record)

    def _used(self) -> str:
        order = [*(FieldKind.TITLE, BODY), *sorted(self.found)]
        roles = [role for role in dict.fromkeys(order) if role in self.found]
        return ", ".join(f"{role} = {self.names[self.found[role]]}" for role in roles)


@lru_cache(maxsize=512)
def guess(names: tuple[str, ...], said: tuple[tuple[str, str], ...] = ()) -> Columns:
    """Return what each of the names holds; `said` are the user's pairs of role and name.

    Of two columns for the same role the more usual name wins, then the first. A name that the
    user gave and that is not there is told of in `missing`, and the guess stands.
    """
    found: dict[str, int] = {}
    missing: list[str] = []
    for role, name in said:
        at = _position(name, names)
        if role not in ROLES:
            missing.append(f'no field is called "{role}"; fields are {", ".join(sorted(ROLES))}')
        elif at is None:
            missing.append(f'no column "{name}", which --map {role} names')
        else:
            found[role] = at
    taken = set(found.values())
    ranks: dict[str, int] = {}
    for at, name in enumerate(names):
        known = _known(name)
        if known is None or at in taken:
            continue
        role, rank = known
        if role not in found or rank < ranks.get(role, 0):
            found[role], ranks[role] = at, rank
    return Columns(names, found, tuple(missing))


def pairs(columns: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the user's columns in the form that `guess` takes."""
    return tuple(sorted(columns.items()))


def known_names(names: Iterable[str]) -> int:
    """Return how many of the names are known as columns of postings."""
    return sum(_known(name) is not None for name in names)


def role_of(name: str) -> str | None:
    """Return the role that a name has in the table of usual names; None for an unknown one."""
    known = _known(name)
    return known[0] if known else None


def _fields(values: Mapping[str, Json]) -> Iterable[RawField]:
    for kind in PLAIN:
        if kind in values and (text := _plain(kind, values[kind])):
            yield RawField(kind, text)
    for joined, (roles, join) in JOINED.items():
        if not roles.isdisjoint(values) and (text := join(values)):
            yield RawField(joined, text)


def _plain(kind: FieldKind, value: Json) -> str:
    if kind in {FieldKind.DATE_POSTED, FieldKind.VALID_THROUGH}:
        return wording.day(value)
    if kind in {FieldKind.EMPLOYMENT_TYPE, FieldKind.LEVEL}:
        return wording.spelled(value)
    text = wording.said(value)
    if kind is FieldKind.PAY_ESTIMATE and STATED_BY_EMPLOYER.search(text):
        return ""
    return RATING.sub("", text) if kind is FieldKind.EMPLOYER else text


def _place(values: Mapping[str, Json]) -> str:
    whole = wording.said(values.get(FieldKind.PLACE))
    parts = [values.get("city"), values.get("region"), wording.country_code(values.get("country"))]
    return whole or wording.place(*parts)


def _work_mode(values: Mapping[str, Json]) -> str:
    stated = wording.work_mode(values.get(FieldKind.WORK_MODE))
    flag = values.get("remote")
    if stated:
        return stated
    if wording.is_yes(flag):
        return "Remote"
    mode = wording.work_mode(flag)
    return mode if mode in wording.MODES.values() else ""


def _pay(values: Mapping[str, Json]) -> str:
    """Return the pay that is stated, be it in the column of a board's estimates."""
    estimate = wording.said(values.get(FieldKind.PAY_ESTIMATE))
    theirs = STATED_BY_EMPLOYER.sub("", estimate).strip()
    whole = wording.said(values.get(FieldKind.PAY)) or (theirs if theirs != estimate else "")
    currency, period = values.get("pay_currency"), values.get("pay_period")
    if whole and not wording.is_amount(whole):
        return whole
    low, high = values.get("pay_min"), values.get("pay_max")
    if not wording.said(low) and not wording.said(high):
        low = high = whole or values.get("pay_median")
    return wording.pay(low, high, currency, period)


JOINED: Final[Mapping[FieldKind, tuple[frozenset[str], Callable[[Mapping[str, Json]], str]]]] = {
    FieldKind.PLACE: (frozenset({FieldKind.PLACE, "city", "region", "country"}), _place),
    FieldKind.WORK_MODE: (frozenset({FieldKind.WORK_MODE, "remote"}), _work_mode),
    FieldKind.PAY: (
        frozenset({FieldKind.PAY, FieldKind.PAY_ESTIMATE, "pay_min", "pay_max", "pay_median"}),
        _pay,
    ),
}
"""Fields that are joined of several columns: of which, and how."""


def _position(name: str, names: Sequence[str]) -> int | None:
    if name in names:
        return names.index(name)
    plain = [_plain_name(other) for other in names]
    wanted = _plain_name(name)
    return plain.index(wanted) if wanted and wanted in plain else None


def _plain_name(name: str) -> str:
    return SIGNS.sub(" ", HUMP.sub(" ", name).casefold()).strip()


def _known(name: str) -> tuple[str, int] | None:
    """Return role and rank of a name, the keys round it that say nothing left out."""
    keys = name.split(".")
    while len(keys) > 1 and SIGNS.sub("", keys[0].casefold()) in WRAPPERS:
        keys = keys[1:]
    return _usual().get(_plain_name(".".join(keys)))


@cache
def _usual() -> dict[str, tuple[str, int]]:
    rows = table("columns")
    return {row["name"]: (row["field"], int(row["rank"])) for row in rows}


def _listed(names: Sequence[str]) -> str:
    """Return the names with commas, as many as a message has room for."""
    short = [name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" for name in names]
    length, shown = 0, 0
    while shown < len(short) and (length := length + len(short[shown]) + 2) <= LONGEST_LIST:
        shown += 1
    more = len(short) - shown
    return ", ".join(short[:shown]) + (f" and {more} more" if more else "")
