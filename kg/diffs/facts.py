"""The facts of a posting's graph, flat: what is compared, and what is kept of a former run."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import local_name
from ontology import terms
from ontology.terms import OA, PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NODES: Final = {
    terms.HAS_REQUIREMENT: "requirement",
    terms.HAS_ALTERNATIVE: "alternative",
    terms.HAS_CANDIDATE: "candidate",
    terms.RELATED: "related posting",
    SCHEMA + "baseSalary": "pay",
    SCHEMA + "estimatedSalary": "pay estimate",
}
"""Properties of a posting whose values are nodes, and what kind of fact each of them is."""
LEFT_OUT: Final = frozenset(
    {
        *(RDF + "type", SCHEMA + "identifier", PROV + "wasDerivedFrom", terms.EVIDENCE),
        *(terms.REQUIRES_SKILL, terms.PREFERS_SKILL, terms.MENTIONS_SKILL, terms.ACCEPTS_SKILL),
    }
)
"""Properties of a posting that follow from the others or are none of its facts."""
VALUES: Final = (*(terms.SKILL, terms.DEGREE, terms.SUBJECT, RDFS + "label", SCHEMA + "title"),)
"""What a node is about, the first that it has."""
DETAILS: Final = (
    *(terms.NECESSITY, terms.MINIMUM_YEARS, terms.MAXIMUM_YEARS, terms.FIELD, terms.MINIMUM),
    *(terms.FOREIGN_EQUIVALENT, terms.RELATED_FIELD, terms.EQUIVALENT_EXPERIENCE, terms.NOTE),
    *(terms.ANNUAL_MINIMUM, terms.ANNUAL_MAXIMUM, terms.SPECIALISATION, SCHEMA + "datePosted"),
)


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One fact: its kind, its value, what else is said of it, and the words with their rule.

    `start` is -1 where no words prove it. Values are IRIs or texts.
    """

    kind: str
    value: str
    details: tuple[str, ...]
    rule: str
    start: int
    end: int
    words: str


def facts_of(quads: Iterable[ox.Quad]) -> tuple[Fact, ...]:
    """Return the facts of a posting's graph, sorted; none for an empty graph."""
    return tuple(sorted(_Graph(quads).facts()))


def pack(facts: Iterable[Fact]) -> bytes:
    """Return facts as a few bytes; the same facts give the same bytes."""
    data = json.dumps([astuple(one) for one in facts], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(data.encode(), 9)


def unpack(data: bytes) -> tuple[Fact, ...]:
    """Return the facts that were packed."""
    return tuple(
        Fact(kind, value, tuple(details), rule, start, end, words)
        for kind, value, details, rule, start, end, words in json.loads(zlib.decompress(data))
    )


class _Graph:
    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.by: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.members: dict[str, str] = {}
        self.posting = ""
        self.properties: list[tuple[str, str]] = []
        held = list(quads)
        for quad in held:
            subject, verb, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
            self.by[subject, verb].append(value)
            if verb == terms.MEMBER:
                self.members[value] = subject
            if (verb, value) == (RDF + "type", SCHEMA + "JobPosting"):
                self.posting = subject
        for quad in held:
            if _text(quad.subject) == self.posting:
                self.properties.append((quad.predicate.value, _text(quad.object)))

    def facts(self) -> Iterator[Fact]:
        proofs = defaultdict(list)
        for evidence in self.by.get((self.posting, terms.EVIDENCE), ()):
            for verb in self.by.get((evidence, terms.FOR_PROPERTY), ()):
                for value in self.by.get((evidence, terms.FOR_VALUE), ()):
                    proofs[verb, value].append(evidence)
        for verb, value in self.properties:
            if verb in NODES:
                yield self._node(NODES[verb], value)
            elif verb not in LEFT_OUT:
                yield self._fact(local_name(verb), value, (), proofs[verb, value])

    def _node(self, kind: str, node: str) -> Fact:
        details = [
            f"{local_name(verb)}: {local_name(one) if '://' in one else one}"
            for verb in DETAILS
            for one in sorted(self.by.get((node, verb), ()))
        ]
        if node in self.members:
            details.append("one of several")
        if kind == "requirement":
            (of_kind, *_) = (
                local_name(one).removesuffix("Requirement").lower()
                for one in self.by[node, RDF + "type"]
            )
            kind = of_kind
        value = self._about(kind, node)
        return self._fact(kind, value, tuple(details), self.by.get((node, terms.EVIDENCE), []))

    def _about(self, kind: str, node: str) -> str:
        if kind == "alternative":
            members = sorted(self._about("", one) for one in self.by.get((node, terms.MEMBER), ()))
            return " or ".join(map(terms.short, members))
        if kind.startswith("pay"):
            inner = (self.by.get((node, SCHEMA + "value")) or [""])[0]
            names = (SCHEMA + "minValue", SCHEMA + "maxValue")
            ends = [(self.by.get((inner, name)) or ["?"])[0] for name in names]
            said = [(self.by.get((node, SCHEMA + "currency")) or [""])[0]]
            said += self.by.get((inner, SCHEMA + "unitText"), [])
            return " ".join([" - ".join(ends), *filter(None, said)])
        for verb in VALUES:
            if found := self.by.get((node, verb)):
                return found[0]
        return ""

    def _fact(self, kind: str, value: str, details: tuple[str, ...], evidence: list[str]) -> Fact:
        words = sorted(
            (
                int(self.by[one, OA + "start"][0]),
                int(self.by[one, OA + "end"][0]),
                self.by[one, terms.RULE][0],
                self.by[one, OA + "exact"][0],
            )
            for one in evidence
        )
        start, end, rule, text = words[0] if words else (-1, -1, "", "")
        return Fact(kind, value, details, rule, start, end, text)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
