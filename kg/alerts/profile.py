"""A candidate's profile in YAML: what he or she can do, and which postings are wished for.

    name: Ada
    skills: [Python, SQL, Spark]
    degrees: [Bachelor's degree]
    years: 5
    wishes:
      roles: [Data Engineer, Senior Data Scientist]
      places: ["Austin, TX", Canada]
      work_modes: [remote, hybrid]
      pay: {least: 120000, currency: USD}
      met: 0.7

In place of skills, degrees and years, or beside them, `resume` may name a résumé's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.alerts.places import find_place
from kg.analysis.fitting import MODES, SHARE, Wishes
from kg.names import Names, listed, quoted, suggested
from kg.pay import PERIODS_A_YEAR
from nlp.resumes.profile import Profile, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.names import Label
    from ontology import Vocabulary

KEYS: Final = ("name", "resume", "skills", "other_skills", "degrees", "years", "wishes")
WISHES: Final = ("roles", "levels", "places", "work_modes", "pay", "met", "unstated")
PAY: Final = ("least", "currency", "period")
LARGEST: Final = 1_000_000
"""Bytes of a profile at the most."""


class ProfileError(ValueError):
    """A profile that says something that cannot be meant; the message says where."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who is told of postings: what he or she can do, and wishes for, under a name."""

    name: str
    profile: Profile
    wishes: Wishes


def read_profile(path: str | Path, vocabulary: Vocabulary) -> Seeker:
    """Read a profile. Raises `ProfileError`, for names that nothing bears with the nearest ones."""
    file = Path(path)
    said = _parsed(file)
    try:
        _check_keys(said, KEYS, "")
        names = Names(lambda kind: _labels(vocabulary, f"{kind}s"))
        wishes = _wishes(_mapping(said.get("wishes"), "wishes"), names)
        profile = _profile(said, file, names, vocabulary)
    except (ProfileError, LookupError) as error:
        raise ProfileError(f"{path}: {error}") from error
    return Seeker(profile.name, profile, wishes)


def _parsed(file: Path) -> Mapping[str, object]:
    try:
        import yaml
    except ImportError as error:
        raise ProfileError("a profile needs PyYAML: pip install 'rolegraph[watch]'") from error
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ProfileError(f"{file}: cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise ProfileError(f"{file}: {len(data):,} bytes are no profile")
    try:
        return _mapping(yaml.safe_load(data), "the profile")
    except (yaml.YAMLError, RecursionError) as error:
        raise ProfileError(f"{file}: no YAML: {' '.join(str(error).split())}") from error
    except ProfileError as error:
        raise ProfileError(f"{file}: {error}") from error


def _profile(
    said: Mapping[str, object], file: Path, names: Names, vocabulary: Vocabulary
) -> Profile:
    name = str(said.get("name") or file.stem)
    resume = said.get("resume")
    if resume is None:
        read = Profile(name, "", (), (), None)
    else:
        read = _read_resume(file.parent / str(resume), vocabulary)
    found = {
        kind: tuple(
            Shown(iri.value, one, ())
            for one in _texts(said.get(f"{kind}s"), f"{kind}s")
            for iri in names.find(kind, one)[:1]
        )
        for kind in ("skill", "degree")
    }
    other = tuple(Shown(None, one, ()) for one in _texts(said.get("other_skills"), "other_skills"))
    years = _number(said.get("years"), "years", 0, 80)
    if not (found["skill"] or found["degree"] or other or read.skills or years is not None):
        raise ProfileError("it says nothing of what the candidate can do: skills, degrees, years")
    return replace(
        read,
        name=name,
        skills=(*read.skills, *found["skill"], *other),
        degrees=(*read.degrees, *found["degree"]),
        years=read.years if years is None else float(years),
    )


def _read_resume(path: Path, vocabulary: Vocabulary) -> Profile:
    from nlp.extract import extractor_of
    from nlp.resumes.profile import profile_of
    from nlp.resumes.reading import ResumeError, read_resume

    if not path.is_file():
        raise ProfileError(f"resume: {path}: no such file")
    extractor, today = extractor_of(vocabulary), date.today()
    try:
        return profile_of(read_resume(path, extractor.is_name), extractor, today)
    except ResumeError as error:
        raise ProfileError(f"resume: {error}") from error


def _wishes(said: Mapping[str, object], names: Names) -> Wishes:
    _check_keys(said, WISHES, "wishes: ")
    roles: list[tuple[str, str | None]] = []
    for one in _texts(said.get("roles"), "wishes: roles"):
        found, levels = names.find_role(one)
        ranks: list[str | None] = [level.value for level in levels] or [None]
        roles += [(role.value, rank) for role in found for rank in ranks]
    pay, currency = _pay(said.get("pay"))
    share = _number(said.get("met"), "wishes: met", 0, 1)
    unstated = said.get("unstated", True)
    if not isinstance(unstated, bool):
        raise ProfileError(f"wishes: unstated: true or false, not {quoted(str(unstated))}")
    return Wishes(
        roles=tuple(roles),
        levels=tuple(
            level.value
            for one in _texts(said.get("levels"), "wishes: levels")
            for level in names.find("level", one)
        ),
        places=tuple(map(find_place, _texts(said.get("places"), "wishes: places"))),
        modes=tuple(map(_mode, _texts(said.get("work_modes"), "wishes: work_modes"))),
        pay=pay,
        currency=currency,
        share=SHARE if share is None else float(share),
        unstated=unstated,
    )


def _mode(said: str) -> str:
    found = said.lower().replace("-", "").replace(" ", "")
    if found not in MODES:
        near = suggested(said, MODES) or f"; there are {listed(MODES, 'and')}"
        raise ProfileError(f"wishes: no work mode {quoted(said)}{near}")
    return found


def _pay(said: object) -> tuple[Decimal | None, str]:
    """Return the least pay by the year, and its currency."""
    if said is None:
        return None, "USD"
    given = said if isinstance(said, Mapping) else {"least": said}
    _check_keys(given, PAY, "wishes: pay: ")
    least = _number(given.get("least"), "wishes: pay: least", 0, 10**9)
    if least is None:
        raise ProfileError("wishes: pay: least: name an amount")
    period = str(given.get("period", "YEAR")).upper()
    if period not in PERIODS_A_YEAR:
        raise ProfileError(
            f"wishes: pay: no period {quoted(period.lower())}; there are "
            f"{listed([one.lower() for one in PERIODS_A_YEAR], 'and')}"
        )
    return least * PERIODS_A_YEAR[period], str(given.get("currency", "USD")).upper()


def _labels(vocabulary: Vocabulary, scheme: str) -> Iterator[Label]:
    for concept in vocabulary.scheme(scheme):
        for label in vocabulary.labels_of(concept):
            yield label, concept.iri, concept.label


def _check_keys(said: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for key in said:
        if key not in known:
            near = suggested(str(key), known) or f"; there are {listed(known, 'and')}"
            raise ProfileError(f"{where}no key {quoted(str(key))}{near}")


def _mapping(said: object, what: str) -> Mapping[str, object]:
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        raise ProfileError(f"{what}: keys and values were expected, not {quoted(str(said)[:60])}")
    return {str(key): value for key, value in said.items()}


def _texts(said: object, what: str) -> list[str]:
    """Return a list of names; one name alone is a list of it."""
    if said is None:
        return []
    given = said if isinstance(said, list) else [said]
    for one in given:
        if isinstance(one, bool) or not isinstance(one, str | int):
            raise ProfileError(f"{what}: a name was expected, not {quoted(str(one)[:60])}")
    return [str(one).strip() for one in given if str(one).strip()]


def _number(said: object, what: str, least: int, most: int) -> Decimal | None:
    if said is None:
        return None
    try:
        found = Decimal(str(said)) if not isinstance(said, bool) else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or not least <= found <= most:
        raise ProfileError(
            f"{what}: a number from {least} to {most:,} was expected, not {quoted(str(said)[:60])}"
        )
    return found
