"""The corpus: what all postings of a store say, as the analyses ask for it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.corpus.asks import Asks, read_asks, read_degrees
from kg.corpus.conditions import Conditions
from kg.corpus.facets import Facets, by_value
from kg.corpus.members import Members, read_members, read_mixed, read_required
from kg.corpus.source import Source
from kg.corpus.words import Words
from kg.graph_model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.corpus.model import Choice, Degree, DegreeDetails, Pay, Years
    from kg.necessities import Asked
    from kg.rows import Streaming
    from nlp.types import Evidence


class Corpus:
    """Postings and what they name, read column by column from a store, local or remote.

    Nothing is read before it is asked for. Postings, roles, levels, employers, places, skills and
    degrees are named by IRI; a position by `position_key`; what no concept covers by its wording
    ("skill quilting").
    """

    def __init__(self, store: Streaming | Source) -> None:
        self.facets = Facets(store if isinstance(store, Source) else Source(store))
        self.vocabulary: Final = self.facets.vocabulary
        """What the vocabulary says of concepts."""
        self.words = Words(self.facets)
        self._conditions = Conditions(self.facets)

    @property
    def postings(self) -> tuple[str, ...]:
        """All postings, sorted by IRI."""
        return self.facets.postings

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """All postings, sorted by title and then by IRI."""
        return tuple(sorted(self.postings, key=lambda one: (self.label(one), one)))

    @cached_property
    def jobs(self) -> tuple[str, ...]:
        """The postings that stand for their jobs, one a job, sorted by IRI."""
        others = {copy for copy, of in self.facets.copies.items() if copy != of}
        return tuple(one for one in self.postings if one not in others)

    @cached_property
    def asks(self) -> Asks:
        """Who asks for what, as columns."""
        found = read_asks(self.facets)
        self.vocabulary.know(found.skills)
        return found

    @cached_property
    def degree_asks(self) -> Asks:
        """Who asks for which degree, as columns."""
        return read_degrees(self.facets)

    @cached_property
    def members_of_choices(self) -> Members:
        """Which skills are members of which choices, as columns."""
        return read_members(self.facets, self.asks)

    @property
    def _degrees(self) -> Iterator[set[str]]:
        """The degrees that each posting asks for."""
        return ({one.degree for one in self.degrees(posting)} for posting in self.postings)

    def __contains__(self, node: str) -> bool:
        return self.kind(node) is not None

    def number(self, posting: str) -> int:
        """Return a posting's place in `postings`."""
        return self.facets.number[posting]

    def numbers(self, postings: Iterable[str]) -> list[int]:
        """Return the places of some postings."""
        return list(map(self.facets.number.__getitem__, postings))

    def identifier(self, posting: str) -> str:
        """Return what a posting is called."""
        return self.facets.identifiers[self.number(posting)]

    def title(self, posting: str) -> str | None:
        """Return a posting's title."""
        return self.facets.titles[self.number(posting)]

    def source(self, posting: str) -> str | None:
        """Return the name of the file that a posting comes from."""
        return self.facets.sources[self.number(posting)]

    def date(self, posting: str) -> str | None:
        """Return the date that a posting states."""
        return self.facets.dates[self.number(posting)]

    def role(self, posting: str) -> str | None:
        """Return a posting's role."""
        return self.facets.roles[self.number(posting)]

    def level(self, posting: str) -> str | None:
        """Return a posting's level."""
        return self.facets.levels[self.number(posting)]

    def position(self, posting: str) -> str | None:
        """Return a posting's role with its level; None where it lacks one."""
        role, level = self.role(posting), self.level(posting)
        return position_key(role, level) if role and level else None

    def employer(self, posting: str) -> str | None:
        """Return a posting's employer."""
        return self.facets.employers[self.number(posting)]

    def places(self, posting: str) -> tuple[str, ...]:
        """Return a posting's places, sorted."""
        return self.facets.places[self.number(posting)]

    def job(self, posting: str) -> str:
        """Return what stands for a posting's job: itself, or that of its copies."""
        return self.facets.copies.get(posting, posting)

    def skills(self, posting: str) -> list[tuple[str, Asked]]:
        """Return the skills that a posting asks for, sorted, each with each of its ways."""
        return self.asks.of(self.number(posting))

    def required(self, posting: str) -> list[str]:
        """Return the skills that a posting requires outright, sorted."""
        return [skill for skill, way in self.asks.of(self.number(posting)) if way == "required"]

    def look_at(self, postings: Iterable[str]) -> None:
        """Say whose conditions will be asked for next; without this those of all are read."""
        numbers = self.numbers(postings)
        self._conditions.look_at(numbers)
        self.words.look_at(numbers)

    def read_conditions(self) -> None:
        """Read the conditions of all postings, for whoever asks about one group after another."""
        self._conditions.read_all()

    def choices(self, posting: str) -> list[Choice]:
        """Return the choices that a posting offers."""
        return self._conditions.choices(self.number(posting))

    def members(self, posting: str) -> Mapping[str, Sequence[str]]:
        """Return the skills that are members of each of a posting's choices."""
        return self.members_of_choices.of(self.number(posting))

    @cached_property
    def mixed(self) -> frozenset[str]:
        """The choices that a degree is a member of."""
        return read_mixed(self.facets)

    @cached_property
    def required_choices(self) -> frozenset[str]:
        """The choices that postings require."""
        return read_required(self.facets)

    def degrees(self, posting: str) -> list[Degree]:
        """Return the degrees that a posting asks for."""
        return self._conditions.degrees(self.number(posting))

    def details(self, posting: str) -> Mapping[str, DegreeDetails]:
        """Return what a posting adds to its degrees, by their nodes."""
        return self._conditions.details(self.number(posting))

    def years(self, posting: str) -> list[Years]:
        """Return the years that a posting asks for."""
        return self._conditions.years(self.number(posting))

    def pay(self, posting: str) -> Pay | None:
        """Return the pay that a posting states."""
        return self._conditions.pay(self.number(posting))

    def estimate(self, posting: str) -> Pay | None:
        """Return the pay that a board has estimated for a posting."""
        return self._conditions.estimate(self.number(posting))

    def duties(self, posting: str) -> list[str]:
        """Return the skills that a posting names among its duties."""
        return self._conditions.duties(self.number(posting))

    def verbs(self, posting: str) -> tuple[str, ...]:
        """Return the duties that a posting states as verbs of scope, sorted."""
        return self.facets.duties[self.number(posting)]

    def modes(self, posting: str) -> tuple[str, ...]:
        """Return the work modes that a posting states, sorted: "hybrid", "onsite", "remote"."""
        return self.facets.modes[self.number(posting)]

    def read_words(self, postings: Iterable[str]) -> None:
        """Read the words of some postings at once."""
        self.words.read(self.numbers(postings))

    def read_words_of(self, nodes: Iterable[tuple[str, str]]) -> None:
        """Read the words of single conditions, choices or pay, each with its posting."""
        self.words.read_of((self.number(posting), node) for posting, node in nodes)

    def words_of_verb(self, posting: str, duty: str) -> tuple[Evidence, ...]:
        """Return the words with which a posting states a duty."""
        return self.words.of_duty(self.number(posting), duty)

    def words_of_mode(self, posting: str, mode: str) -> tuple[Evidence, ...]:
        """Return the words with which a posting states a work mode."""
        return self.words.of_mode(self.number(posting), mode)

    def words_of(self, posting: str, node: str) -> tuple[Evidence, ...]:
        """Return the words that a condition of a posting, or its pay, rests on."""
        return self.words.of(self.number(posting), node)

    def words_of_skill(self, posting: str, skill: str, way: Asked) -> list[Evidence]:
        """Return the words with which a posting asks for a skill in one way."""
        return self.words.of_skill(self.number(posting), skill, way)

    def kind(self, node: str) -> Kind | None:
        """Return what a node is; None where postings name none such."""
        if "://" not in node and not node.startswith(("skill ", "degree ")):
            return None
        return next((kind for kind in Kind if node in self._members(kind)), None)

    def nodes(self, kind: Kind) -> list[str]:
        """Return what postings name of a kind, sorted by label and then by key."""
        if kind == Kind.POSTING:
            return list(self.in_order)
        return sorted(self._members(kind), key=lambda node: (self.label(node), node))

    def postings_of(self, node: str) -> list[str]:
        """Return the postings of a role, position, level, employer or place, sorted."""
        for kind in (Kind.ROLE, Kind.POSITION, Kind.LEVEL, Kind.EMPLOYER, Kind.PLACE):
            if found := self._members(kind).get(node):
                return [self.postings[one] for one in found]
        return []

    def label(self, node: str) -> str:
        """Return what people call a node."""
        known = self.vocabulary.known(node)  # of most that is asked for; no posting is among them
        if known is not None:
            return known
        number = self.facets.number.get(node)
        if number is not None:
            return self.facets.titles[number] or self.facets.identifiers[number]
        role, space, level = node.partition(" ")
        if space and "://" in role:
            return position_label(self.label(role), self.label(level))
        if node in self._members(Kind.EMPLOYER) or node in self._members(Kind.PLACE):
            return self.facets.called.get(node, node)
        return self.vocabulary.label(node)

    def names(self, kind: Kind) -> Mapping[str, tuple[str, ...]]:
        """Return all labels of the roles, levels or skills that postings name."""
        return self.vocabulary.names(self._members(kind))

    def rank(self, node: str) -> int | None:
        """Return the place of a level or a degree in its order."""
        return self.vocabulary.ranks.get(node)

    def concept(self, node: str) -> str | None:
        """Return the concept of a skill or a degree; None where no concept covers it."""
        return node if "://" in node else None

    def _members(self, kind: Kind) -> Mapping[str, Sequence[int]]:
        """Return what postings name of a kind, with the numbers of the postings."""
        if kind not in self._by_kind:
            self._by_kind[kind] = self._read_members(kind)
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[Kind, Mapping[str, Sequence[int]]]:
        return {}

    def _read_members(self, kind: Kind) -> Mapping[str, Sequence[int]]:
        facets = self.facets
        if kind == Kind.POSTING:
            return dict.fromkeys(facets.number, ())
        if kind == Kind.POSITION:
            both = zip(facets.roles, facets.levels, strict=True)
            return by_value(
                tuple(position_key(role, level) if role and level else None for role, level in both)
            )
        if kind == Kind.SKILL:
            return dict.fromkeys(self.asks.skills, ())
        if kind in (Kind.DEGREE, Kind.PLACE):
            found: dict[str, list[int]] = defaultdict(list)
            for number, places in enumerate(facets.places if kind == Kind.PLACE else self._degrees):
                for node in places:
                    found[node].append(number)
            return found
        columns = {
            Kind.ROLE: facets.roles,
            Kind.LEVEL: facets.levels,
            Kind.EMPLOYER: facets.employers,
        }
        members = by_value(columns[kind])
        if kind != Kind.EMPLOYER:
            self.vocabulary.know(members)
        return members


def position_key(role: str, level: str) -> str:
    """Return the key of a position."""
    return f"{role} {level}"


def position_label(role: str, level: str) -> str:
    """Return a role and level as people say them: "Engineer II", "Senior Engineer"."""
    behind = level in ("Intern", "Trainee") or set(level) <= set("IVX0123456789")
    return f"{role} {level}" if behind else f"{level} {role}"
