"""Answers to networkx: the role-skill graph that the analyses and the views work on.

Every node has a `kind` and a `label`, every edge a `relation`. What a posting asks for is an edge
from the posting to the skill or degree with its `necessity`, `alternative` and `evidence`; its
`strength` is the relation that a skill would have, also for degrees. A posting's `copy_of` is the
posting that advertises the same job and counts for all of its copies; None for that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

import networkx as nx

from kg import graph_queries as queries
from kg.graph_model import (
    ASKING,
    Alternative,
    Experience,
    Kind,
    PostedPay,
    Relation,
    Said,
)
from kg.necessities import NECESSITIES
from kg.neighbours import nodes_of, postings_of, targets
from kg.rows import Queryable, Value
from nlp.types import Evidence, Necessity, SectionKind
from ontology import terms

__all__ = [
    "ASKING",
    "Alternative",
    "Experience",
    "Kind",
    "PostedPay",
    "Relation",
    "Said",
    "nodes_of",
    "position_key",
    "postings_of",
    "role_skill_graph",
    "targets",
]

Row: TypeAlias = Mapping[str, Value]
Concepts: TypeAlias = Mapping[str, Mapping[str, list[str]]]
"""concept -> property -> values, sorted."""

NAMED: Final = (Kind.ROLE, Kind.LEVEL)
"""The kinds of concept that a group is named by."""
_RELATION: Final = {
    Necessity.REQUIRED: Relation.REQUIRES,
    Necessity.PREFERRED: Relation.PREFERS,
    Necessity.MENTIONED: Relation.MENTIONS,
}
_PAY: Final = {
    terms.SCHEMA + "baseSalary": "pay",
    terms.SCHEMA + "estimatedSalary": "pay_estimate",
}


def role_skill_graph(store: Queryable) -> nx.MultiDiGraph:
    """Draw the role-skill graph from `store`, with one query a kind of fact.

    Nodes are keyed by IRI, positions by the IRIs of role and level. Nodes and edges come in the
    same order whenever the store says the same. An empty store gives an empty graph. The graph's
    own `names` are those of all roles and levels, also of those that no posting is of: kind, IRI,
    labels with the preferred one first; its `labels`, `broader`, `implies` and `kinds` are the
    vocabulary's: what a concept is called, lies below, implies, and which kind of skill it is.
    """
    concepts = _concepts(store)
    graph = nx.MultiDiGraph(names={kind: _names(concepts, f"{kind}s") for kind in NAMED})
    for posting in sorted(_rows(store, queries.POSTINGS), key=str):
        if posting["posting"] not in graph:  # one that comes from two files has two sources
            _add_posting(graph, posting, concepts)
    for copy in _rows(store, queries.COPIES):
        graph.nodes[str(copy["posting"])]["copy_of"] = str(copy["original"])
    _add_stated(graph, store)
    _add_pay(graph, store)
    _add_alternatives(graph, store)
    _add_requirements(graph, store, concepts)
    _add_narrower(graph, concepts)
    _keep_vocabulary(graph, concepts)
    return graph


def _rows(store: Queryable, sparql: str) -> Iterator[Row]:
    yield from store.query(sparql).to_dicts()


def _concepts(store: Queryable) -> Concepts:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, queries.CONCEPTS):
        found[str(row["concept"])][str(row["property"])].append(str(row["value"]))
    return {
        concept: {name: sorted(values) for name, values in found[concept].items()}
        for concept in sorted(found)
    }


def _names(concepts: Concepts, scheme: str) -> dict[str, tuple[str, ...]]:
    return {
        iri: (*values.get(terms.SKOS + "prefLabel", ()), *values.get(terms.SKOS + "altLabel", ()))
        for iri, values in concepts.items()
        if terms.VOCABULARY + scheme in values.get(terms.SKOS + "inScheme", ())
    }


def _add_concept(graph: nx.MultiDiGraph, iri: str, kind: Kind, concepts: Concepts) -> str:
    """Add the node of a concept once. Without a label, the end of its IRI stands in."""
    if iri not in graph:
        values = concepts.get(iri, {})
        labels = values.get(terms.SKOS + "prefLabel") or [iri.rstrip("/").rsplit("/", 1)[-1]]
        names = (*labels, *values.get(terms.SKOS + "altLabel", ()))
        ranks = values.get(terms.RANK)
        rank = int(ranks[0]) if ranks else None
        graph.add_node(iri, kind=kind, label=labels[0], names=names, rank=rank, concept=iri)
    return iri


def _add_posting(graph: nx.MultiDiGraph, row: Row, concepts: Concepts) -> None:
    posting, identifier = str(row["posting"]), str(row["identifier"])
    graph.add_node(
        posting,
        kind=Kind.POSTING,
        label=row["title"] or identifier,
        identifier=identifier,
        title=row["title"],
        source=row["source"],
        specialisation=row["specialisation"],
        date_posted=row["date"],
        employment_type=row["type"],
        equity=row["equity"],
        copy_of=None,
        pay=None,
        pay_estimate=None,
        experience=(),
        alternatives={},
        stated={},
        duties={},
    )
    role = _text(row["role"])
    level = _text(row["level"])
    if role:
        _link(graph, posting, _add_concept(graph, role, Kind.ROLE, concepts), Relation.HAS_ROLE)
    if level:
        _link(graph, posting, _add_concept(graph, level, Kind.LEVEL, concepts), Relation.HAS_LEVEL)
    if role and level:
        _link(graph, posting, _add_position(graph, role, level), Relation.IN_POSITION)
    employer = _text(row["employer"])
    if employer:
        graph.add_node(employer, kind=Kind.EMPLOYER, label=row["employer_name"] or employer)
        _link(graph, posting, employer, Relation.AT_EMPLOYER)


def position_key(role: str, level: str) -> str:
    """Return the key of a position's node."""
    return f"{role} {level}"


def position_label(role: str, level: str) -> str:
    """Return a role and level as people say them: "Engineer II", "Senior Engineer"."""
    behind = level in ("Intern", "Trainee") or set(level) <= set("IVX0123456789")
    return f"{role} {level}" if behind else f"{level} {role}"


def _add_position(graph: nx.MultiDiGraph, role: str, level: str) -> str:
    position = position_key(role, level)
    if position not in graph:
        label = position_label(graph.nodes[role]["label"], graph.nodes[level]["label"])
        rank = graph.nodes[level]["rank"]
        graph.add_node(position, kind=Kind.POSITION, label=label, rank=rank)
        _link(graph, position, role, Relation.HAS_ROLE)
        _link(graph, position, level, Relation.HAS_LEVEL)
    return position


def _link(graph: nx.MultiDiGraph, source: str, target: str, relation: Relation) -> None:
    graph.add_edge(source, target, key=str(relation), relation=relation, evidence=())


def _add_stated(graph: nx.MultiDiGraph, store: Queryable) -> None:
    """Put the words of a posting's plain facts on its node, and its places beside it."""
    found: dict[tuple[str, str], set[Evidence]] = defaultdict(set)
    duties: dict[tuple[str, str], set[Evidence]] = defaultdict(set)
    for row in _rows(store, queries.STATED):
        posting, name = str(row["posting"]), str(row["property"])
        if name == terms.DUTY:
            duties[posting, str(row["value"])].update(_evidence(row))
        else:
            found[posting, name].update(_evidence(row))
    for (posting, duty), evidence in sorted(duties.items()):
        graph.nodes[posting]["duties"][duty] = _ordered(evidence)
    for (posting, name), evidence in sorted(found.items()):
        graph.nodes[posting]["stated"][name] = _ordered(evidence)
    for row in sorted(_rows(store, queries.PLACES), key=str):
        place = str(row["place"])
        graph.add_node(place, kind=Kind.PLACE, label=row["name"])
        _link(graph, str(row["posting"]), place, Relation.LOCATED_IN)


def _add_pay(graph: nx.MultiDiGraph, store: Queryable) -> None:
    """Put the stated pay of a posting on its node, and a board's estimate of it beside it."""
    evidence: dict[tuple[str, str], set[Evidence]] = defaultdict(set)
    pay: dict[tuple[str, str], Row] = {}
    for row in _rows(store, queries.PAY):
        key = str(row["posting"]), _PAY[str(row["property"])]
        pay[key] = row
        evidence[key].update(_evidence(row))
    for (posting, name), row in sorted(pay.items(), key=lambda item: item[0]):
        graph.nodes[posting][name] = PostedPay(
            currency=_text(row["currency"]),
            period=_text(row["period"]),
            low=_decimal(row["low"]),
            high=_decimal(row["high"]),
            annual_low=_decimal(row["annual_low"]),
            annual_high=_decimal(row["annual_high"]),
            evidence=_ordered(evidence[posting, name]),
        )


def _add_alternatives(graph: nx.MultiDiGraph, store: Queryable) -> None:
    for row in sorted(_rows(store, queries.ALTERNATIVES), key=lambda row: str(row["alternative"])):
        minimum = int(str(row["minimum"]))
        necessity = NECESSITIES[str(row["necessity"])]
        offered = graph.nodes[str(row["posting"])]["alternatives"]
        offered[str(row["alternative"])] = Alternative(minimum, necessity, _evidence(row))


def _add_requirements(graph: nx.MultiDiGraph, store: Queryable, concepts: Concepts) -> None:
    fields: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, queries.FIELDS):
        field = str(row["field"])
        labels = concepts.get(field, {}).get(terms.SKOS + "prefLabel", [field.rsplit("/", 1)[-1]])
        fields[str(row["requirement"])].add(labels[0])
    experience: dict[str, list[Experience]] = defaultdict(list)
    for row in sorted(_rows(store, queries.REQUIREMENTS), key=lambda row: str(row["requirement"])):
        posting = str(row["posting"])
        if row["class"] == terms.EXPERIENCE_REQUIREMENT:
            experience[posting].append(_experience(row))
        else:
            _add_asked(graph, row, fields[str(row["requirement"])], concepts)
    for posting, asked in experience.items():
        graph.nodes[posting]["experience"] = tuple(asked)


def _add_asked(
    graph: nx.MultiDiGraph,
    row: Row,
    fields: Iterable[str],
    concepts: Concepts,
) -> None:
    kind = Kind.DEGREE if row["class"] == terms.DEGREE_REQUIREMENT else Kind.SKILL
    target = _text(row["concept"])
    if target:
        _add_concept(graph, target, kind, concepts)
    else:  # a requirement that no concept covers is one node per wording
        label = str(row["label"])
        target = f"{kind} {' '.join(label.lower().split())}"
        graph.add_node(target, kind=kind, label=label, names=(label,), rank=None, concept=None)
    necessity = NECESSITIES[str(row["necessity"])]
    strength = Relation.ACCEPTS if row["alternative"] else _RELATION[necessity]
    graph.add_edge(
        str(row["posting"]),
        target,
        key=str(row["requirement"]),
        relation=Relation.ASKS_DEGREE if kind == Kind.DEGREE else strength,
        strength=strength,
        posting=str(row["posting"]),
        necessity=necessity,
        alternative=_text(row["alternative"]),
        min_years=_decimal(row["min_years"]),
        max_years=_decimal(row["max_years"]),
        fields=tuple(sorted(fields)),
        foreign_equivalent=bool(row["foreign"]),
        related_field=bool(row["related"]),
        equivalent_experience=bool(row["equivalent"]),
        note=_text(row["note"]),
        evidence=_evidence(row),
    )


def _experience(row: Row) -> Experience:
    return Experience(
        min_years=_decimal(row["min_years"]),
        max_years=_decimal(row["max_years"]),
        subject=_text(row["subject"]),
        necessity=NECESSITIES[str(row["necessity"])],
        alternative=_text(row["alternative"]),
        evidence=_evidence(row),
    )


def _add_narrower(graph: nx.MultiDiGraph, concepts: Concepts) -> None:
    """Tie a broader concept to its narrower ones, where postings name both."""
    for concept, values in concepts.items():
        for broader in values.get(terms.SKOS + "broader", ()):
            if concept in graph and broader in graph:
                _link(graph, broader, concept, Relation.NARROWER)


def _keep_vocabulary(graph: nx.MultiDiGraph, concepts: Concepts) -> None:
    """Keep what the vocabulary says of concepts, whether or not a posting names them."""

    def kept(term: str) -> dict[str, tuple[str, ...]]:
        return {name: tuple(found[term]) for name, found in concepts.items() if term in found}

    labels = kept(terms.SKOS + "prefLabel")
    graph.graph.update(
        broader=kept(terms.SKOS + "broader"),
        labels={concept: found[0] for concept, found in labels.items()},
        implies=kept(terms.IMPLIES),
        kinds={concept: found[0] for concept, found in kept(terms.KIND).items()},
    )


def _evidence(row: Row) -> tuple[Evidence, ...]:
    if row["exact"] is None:
        return ()
    start, end = int(str(row["start"])), int(str(row["end"]))
    section = SectionKind(str(row["section"]))
    return (Evidence(start, end, str(row["exact"]), str(row["rule"]), section),)


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda one: (one.start, one.end, one.rule)))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(str(value))
