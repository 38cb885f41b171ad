"""Alignments of our concepts with ESCO and O*NET: proposed by label, judged by a reader.

`skos:exactMatch` is said where the two preferred labels are one and nobody else bears it on either
side; `skos:closeMatch` where an alternative label of ours is their preferred one. Their own
alternative labels are left out: such lists are looser than a name. A reader has gone through the
pairs: those in `alignments/confirmed.tsv` are exact, those in `alignments/rejected.tsv` are not
said at all; both tables give the reason.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

import pyoxigraph as ox

from ontology import terms
from ontology.identifiers import TECHNOLOGY, Others, by_label
from ontology.terms import DCTERMS, SKOS
from ontology.turtle import Statements, write_turtle
from ontology.vocabulary import FOLDER, Concept, Vocabulary, fold

Strength: TypeAlias = Literal["exactMatch", "closeMatch"]

REJECTED: Final = FOLDER / "alignments" / "rejected.tsv"
CONFIRMED: Final = FOLDER / "alignments" / "confirmed.tsv"
HEADERS: Final = {
    "esco": (
        "Alignments of our skills with ESCO's, by `kg vocab align`; ontology/align.py says which",
        "are exact. ESCO, European Union; reuse under Decision 2011/833/EU, source acknowledged.",
    ),
    "onet": (
        "Alignments with the O*NET database, by `kg vocab align`; ontology/align.py says which are",
        "exact. Roles: the page of the occupation on O*NET OnLine. Technology skills have no",
        "published IRI: dcterms:identifier names them by commodity code (UNSPSC) and example.",
        "O*NET Database by USDOL/ETA, CC BY 4.0; modified: matched by label, which USDOL/ETA has",
        "not approved. O*NET is a trademark of USDOL/ETA.",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Alignment:
    """That a concept of ours is, exactly or nearly, what `target` names; and by which label."""

    concept: str
    target: str
    strength: Strength
    label: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a reader has decided, as pairs of our concept's IRI and the other's identifier."""

    confirmed: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def read(cls) -> Verdicts:
        """Return the verdicts in our tables."""
        return cls(_pairs(CONFIRMED), _pairs(REJECTED))


def _pairs(path: Path) -> frozenset[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return frozenset((terms.VOCABULARY + row["concept"], row["target"]) for row in rows)


def align_skills(vocabulary: Vocabulary, skills: Others, verdicts: Verdicts) -> list[Alignment]:
    """Return the alignments of our skills with ESCO's, sorted: at most one exact a concept."""
    return _align(vocabulary.scheme("skills"), skills.preferred, verdicts)


def align_technologies(
    vocabulary: Vocabulary, technologies: Others, verdicts: Verdicts
) -> list[Alignment]:
    """Return the alignments of our tools with O*NET's technology skills, sorted.

    Only tools: "Statistical software" is no name of statistics, though it may stand for it.
    """
    tools = [one for one in vocabulary.scheme("skills") if one.kind == "tool"]
    return _align(tools, technologies.preferred, verdicts)


def align_roles(vocabulary: Vocabulary, occupations: Others, verdicts: Verdicts) -> list[Alignment]:
    """Return the alignments of our roles with O*NET's occupations, sorted.

    O*NET calls an occupation in the plural: "Data Scientists" is the role Data Scientist. Its
    alternate titles are left out: they are what people with very different work were called.
    """
    titles = [(code, name) for code, title in occupations.preferred for name in _singulars(title)]
    return _align(vocabulary.scheme("roles"), titles, verdicts)


def write_alignments(name: str, alignments: Iterable[Alignment]) -> str:
    """Return alignments as Turtle: one block a concept, sorted."""
    statements: Statements = {}
    for one in sorted(alignments):
        block = statements.setdefault(one.concept, {})
        if one.target.startswith(TECHNOLOGY):
            block.setdefault(DCTERMS + "identifier", []).append(ox.Literal(one.target))
        else:
            block.setdefault(SKOS + one.strength, []).append(ox.NamedNode(one.target))
    return write_turtle(statements, HEADERS[name])


def _align(
    concepts: Sequence[Concept], preferred: Iterable[tuple[str, str]], verdicts: Verdicts
) -> list[Alignment]:
    theirs = by_label(preferred)
    ours = by_label((one.iri, label) for one in concepts for label in one.labels)
    found: dict[tuple[str, str], Alignment] = {}
    for one in concepts:
        for label in one.labels:  # the preferred one first
            same = theirs.get(fold(label), frozenset())
            if len(ours[fold(label)]) > 1 or _things(same) != 1:
                continue
            for target in same:
                pair = (one.iri, target)
                exact = label == one.label or pair in verdicts.confirmed
                strength: Strength = "exactMatch" if exact else "closeMatch"
                if pair not in verdicts.rejected and pair not in found:
                    found[pair] = Alignment(*pair, strength, label)
    return sorted(_one_exact(found.values(), concepts))


def _one_exact(alignments: Iterable[Alignment], concepts: Iterable[Concept]) -> list[Alignment]:
    """Leave one exact match a concept: that of its preferred label; the others are close."""
    preferred = {one.iri: fold(one.label) for one in concepts}
    exact: dict[str, Alignment] = {}
    done: list[Alignment] = []
    ranked = sorted(
        alignments, key=lambda one: (fold(one.label) != preferred[one.concept], one.label, one)
    )
    for one in ranked:
        is_second = (
            one.strength == "exactMatch"
            and not one.target.startswith(TECHNOLOGY)
            and exact.setdefault(one.concept, one) is not one
        )
        done.append(replace(one, strength="closeMatch") if is_second else one)
    return done


def _things(targets: Iterable[str]) -> int:
    """Count what is meant: a technology skill with two commodity codes is one thing."""
    return len({one.partition("/")[2] if one.startswith(TECHNOLOGY) else one for one in targets})


def _singulars(title: str) -> list[str]:
    """Return what one person of an occupation is called; nothing for a group of several."""
    if " and " in title or "," in title or " or " in title:
        return [title]
    if title.endswith("ies"):
        return [title, f"{title[:-3]}y"]
    return [title, title[:-1]] if title.endswith("s") and not title.endswith("ss") else [title]
