"""An explanation: a statement, the graph it stands in, and all that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ontology import terms


@dataclass(frozen=True, slots=True)
class Words:
    """The exact words that prove something, where they stand, and the rule that took them.

    `holds` says whether the stored text has these words at these offsets; None without a text.
    """

    text: str
    start: int
    end: int
    section: str
    rule: str
    around: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name and the hash of its bytes; of a posting, the hash of its text too."""

    name: str
    sha256: str | None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The run that took a posting's facts."""

    iri: str
    version: str | None = None
    vocabulary: str | None = None
    rules: str | None = None
    started: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Inference:
    """The rule that inferred a statement, and one way to it: the statements that it rests on."""

    rule: str
    description: str
    premises: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a statement is in a graph.

    `kind` is posting, vocabulary, ontology, copies, runs or inferred. `shown` are its three parts
    as people read them. What does not apply is empty or None; `notes` say what else to know.
    """

    statement: tuple[str, str, str]
    shown: tuple[str, str, str]
    graph: str
    kind: str
    words: tuple[Words, ...] = ()
    posting: str | None = None
    files: tuple[File, ...] = ()
    run: MadeBy | None = None
    inference: Inference | None = None
    notes: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the explanation as plain values."""
        subject, predicate, value = self.statement
        return {
            "subject": subject,
            "predicate": predicate,
            "value": value,
            "graph": self.graph,
            "kind": self.kind,
            "posting": self.posting,
            "words": [_plain(one) for one in self.words],
            "files": [_plain(one) for one in self.files],
            "run": _plain(self.run) if self.run else None,
            "inference": {
                "rule": self.inference.rule,
                "description": self.inference.description,
                "premises": [one.to_json() for one in self.inference.premises],
            }
            if self.inference
            else None,
            "notes": list(self.notes),
        }


def _plain(value: Words | File | MadeBy) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def short(iri: str, base: str) -> str:
    """Return an IRI as people write it: with a prefix of ours, or `id:` below the base."""
    return f"id:{iri.removeprefix(base)}" if iri.startswith(base) else terms.short(iri)
