"""The words that prove what postings say, read for some postings at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.corpus import queries
from kg.necessities import NECESSITIES, Asked, asked
from nlp.types import Evidence, SectionKind
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.corpus.facets import Facets

AT_ONCE: Final = 200
"""Postings whose words are asked for in one query."""
FEW: Final = 64
"""Postings that are looked at whose words are all read with those of the first: one query for many
costs little more than one for one, and a page of two small groups quotes nearly all of them."""


class Words:
    """Evidence by what it proves: a requirement, a choice, pay. What was read is kept.

    From a store at hand only the words are read that are asked for: all of a posting are a hundred
    times as many. Behind an endpoint each query is a journey, and all come with the first.
    """

    def __init__(self, facets: Facets) -> None:
        self._facets = facets
        self._known: set[int] = set()
        self._known_stated: set[int] = set()
        self._wanted: frozenset[int] = frozenset()
        self._evidence: dict[str, tuple[Evidence, ...]] = {}
        self._skills: dict[tuple[int, str, Asked], list[str]] = defaultdict(list)
        self._duties: dict[tuple[int, str], tuple[Evidence, ...]] = {}
        self._modes: dict[tuple[int, str], tuple[Evidence, ...]] = {}

    def look_at(self, numbers: Iterable[int]) -> None:
        """Say which postings will be asked about next."""
        wanted = frozenset(numbers)
        self._wanted = wanted if len(wanted) <= FEW else frozenset()

    def of(self, number: int, subject: str) -> tuple[Evidence, ...]:
        """Return the words for a requirement, a choice or a pay of a posting, in their order."""
        if subject not in self._evidence:
            if self._facets.store.is_at_hand:
                self.read_of([(number, subject)])
            else:
                self.read([number])
        return self._evidence.get(subject, ())

    def of_skill(self, number: int, skill: str, way: Asked) -> list[Evidence]:
        """Return the words with which a posting asks for a skill in one way."""
        self.read([number])
        requirements = self._skills.get((number, skill, way), ())
        self.read_of((number, name) for name in requirements)
        return [one for name in requirements for one in self._evidence[name]]

    def of_duty(self, number: int, duty: str) -> tuple[Evidence, ...]:
        """Return the words with which a posting states a duty."""
        if number not in self._known_stated:
            self._read_stated([number])
        return self._duties.get((number, duty), ())

    def of_mode(self, number: int, mode: str) -> tuple[Evidence, ...]:
        """Return the words with which a posting states a work mode."""
        if number not in self._known_stated:
            self._read_stated([number])
        return self._modes.get((number, mode), ())

    def read(self, numbers: Iterable[int]) -> None:
        """Read which requirements name the skills of these postings; from afar all words, too."""
        asked = dict.fromkeys(numbers)
        if not self._wanted.isdisjoint(asked):
            asked.update(dict.fromkeys(sorted(self._wanted)))
        new = [one for one in asked if one not in self._known]
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            graphs = [self._facets.graph[one] for one in part]
            self._read_skills(graphs)
            self._known.update(part)
            if not self._facets.store.is_at_hand:
                self._read_evidence(graphs)
                self._read_stated(part)

    def read_all_of(self, numbers: Sequence[int]) -> None:
        """Read the words of all requirements, choices and pay of these postings."""
        for start in range(0, len(numbers), AT_ONCE):
            part = numbers[start : start + AT_ONCE]
            self._read_evidence([self._facets.graph[one] for one in part])

    def read_of(self, subjects: Iterable[tuple[int, str]]) -> None:
        """Read the words of single requirements, choices or pay, each with its posting's number."""
        new = [
            (self._facets.graph[number], subject)
            for number, subject in subjects
            if subject not in self._evidence
        ]
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            pairs = " ".join(f"(<{graph}> <{subject}>)" for graph, subject in part)
            self._read_evidence((), f"VALUES (?graph ?subject) {{ {pairs} }}")
            for _, subject in part:
                self._evidence.setdefault(subject, ())

    def _read_skills(self, graphs: Sequence[str]) -> None:
        stream, number_of = self._facets.store.stream, self._facets.number_of_graph
        chosen = {
            requirement: choice
            for _, choice, requirement in stream(
                queries.in_graphs(queries.CHOSEN, "?choice ?requirement", graphs)
            )
        }
        named = queries.in_graphs(queries.SKILLS, "?requirement ?skill ?necessity", graphs)
        asks = list(stream(named))
        in_words = "?requirement ?label ?necessity ?class"
        for graph, requirement, label, necessity, kind in stream(
            queries.in_graphs(queries.IN_WORDS, in_words, graphs)
        ):
            if kind == terms.SKILL_REQUIREMENT:
                asks.append((graph, requirement, in_words_key("skill", label), necessity))
        for graph, requirement, skill, necessity in sorted(asks):
            way = asked(NECESSITIES[necessity], chosen.get(requirement))
            self._skills[number_of[graph], skill, way].append(requirement)

    def _read_stated(self, numbers: Sequence[int]) -> None:
        """Read the words that state duties and work modes."""
        graphs = [self._facets.graph[one] for one in numbers]
        self._duties |= self._stated(queries.VERBS, "?duty", graphs)
        self._modes |= self._stated(queries.MODES, "?mode", graphs)
        self._known_stated.update(numbers)

    def _stated(
        self, pattern: str, value: str, graphs: Sequence[str]
    ) -> dict[tuple[int, str], tuple[Evidence, ...]]:
        """Return the words that state a property of postings, by posting and value."""
        stated: dict[tuple[int, str], set[Evidence]] = defaultdict(set)
        columns = f"{value} ?start ?end ?exact ?rule ?section"
        query = queries.in_graphs(pattern, columns, graphs)
        for graph, said, start, end, exact, rule, section in self._facets.store.stream(query):
            words = Evidence(int(start), int(end), exact, rule, SectionKind(section))
            stated[self._facets.number_of_graph[graph], said].add(words)
        return {key: tuple(sorted(proofs, key=_place)) for key, proofs in stated.items()}

    def _read_evidence(self, graphs: Iterable[str], given: str = "") -> None:
        """Read the words of requirements, choices and pay in some graphs, or of those given."""
        columns = "?subject ?start ?end ?exact ?rule ?section"
        found: dict[str, set[Evidence]] = defaultdict(set)
        query = queries.in_graphs(queries.WORDS, columns, graphs, given)
        for _, subject, start, end, exact, rule, section in self._facets.store.stream(query):
            found[subject].add(Evidence(int(start), int(end), exact, rule, SectionKind(section)))
        for subject, evidence in found.items():
            self._evidence[subject] = tuple(sorted(evidence, key=_place))


def in_words_key(kind: str, label: str) -> str:
    """Return the key of what no concept covers: one for each wording."""
    return f"{kind} {' '.join(label.lower().split())}"


def _place(one: Evidence) -> tuple[int, int, str]:
    return one.start, one.end, one.rule
