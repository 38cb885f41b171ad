"""Rules of inference: SPARQL files with a header that says what each rests on.

A rule is a CONSTRUCT of one property. The header names its premises as patterns over the rule's
own variables: with the ends of an inferred statement put in, the rule finds again what it rests
on. So nothing but the inferred statement itself is stored.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontology import terms

if TYPE_CHECKING:
    import pyoxigraph as ox

FOLDER: Final = Path(__file__).parent / "rules"

_HEAD: Final = re.compile(r"^CONSTRUCT \{ \?(\w+) (\w+):(\w+) \?(\w+) \}\nWHERE \{\n", re.MULTILINE)
_PREMISE: Final = re.compile(r"(\?\w+) (\w+):(\w+) (\?\w+)")


@dataclass(frozen=True, slots=True)
class Premise:
    """A pattern: two variables of the rule and the property between them."""

    subject: str
    predicate: str
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it infers (`subject`, `predicate`, `value`), by which query, from what."""

    name: str
    title: str
    description: str
    subject: str
    predicate: str
    value: str
    premises: tuple[Premise, ...]
    after: tuple[str, ...]
    sparql: str

    @property
    def file(self) -> str:
        """The file that the rule stands in, by its path in the program."""
        return f"kg/inference/rules/{self.name}.rq"

    @property
    def sha256(self) -> str:
        """The hash of that file."""
        return hashlib.sha256(self.sparql.encode()).hexdigest()

    def why(self, subject: ox.NamedNode, value: ox.NamedNode) -> str:
        """Return the query for what one inferred statement rests on: each row is a way to it."""
        head = _HEAD.search(self.sparql)
        if head is None:
            raise ValueError(f"{self.name}: no CONSTRUCT of one statement")
        ends = f"VALUES (?{self.subject} ?{self.value}) {{ ({subject} {value}) }}"
        names = dict.fromkeys(
            end.removeprefix("?") for one in self.premises for end in (one.subject, one.value)
        )
        chosen = " ".join(f"?{name}" for name in sorted(names))
        before, after = self.sparql[: head.start()], self.sparql[head.end() :]
        return f"{before}SELECT DISTINCT {chosen}\nWHERE {{\n  {ends}\n{after}ORDER BY {chosen}"


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules; each stands behind those whose results it rests on."""
    left = {
        path.stem: parse(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.rq"), key=lambda path: path.stem)
    }
    done: list[Rule] = []
    while left:
        ready = [rule for rule in left.values() if not set(rule.after) & left.keys()]
        if not ready:
            raise ValueError(f"rules that wait for each other: {', '.join(left)}")
        done += ready
        for rule in ready:
            del left[rule.name]
    return tuple(done)


@cache
def rules_digest() -> str:
    """Return the SHA-256 of all rules: other rules infer other things."""
    return hashlib.sha256("\0".join(rule.sparql for rule in rules()).encode()).hexdigest()


def rule_of(predicate: str) -> Rule | None:
    """Return the rule that infers a property; None where the property is stated."""
    return next((rule for rule in rules() if rule.predicate == predicate), None)


def parse(name: str, text: str) -> Rule:
    """Read a rule. Raises `ValueError` for one without its header, or of several statements."""
    header: dict[str, list[str]] = {
        word: [] for word in ("title", "description", "premise", "after")
    }
    for line in text.splitlines():
        word, colon, said = line.removeprefix("# ").partition(": ")
        if not line.startswith("# ") or not colon:
            break
        if word not in header:
            raise ValueError(f"{name}: {line!r}; a header line starts with {', '.join(header)}")
        header[word].append(said)
    head = _HEAD.search(text)
    if head is None:
        raise ValueError(f"{name}: write CONSTRUCT {{ ?a prefix:name ?b }}, a line of its own")
    return Rule(
        name=name,
        title=" ".join(header["title"]),
        description=" ".join(header["description"]),
        subject=head[1],
        predicate=_iri(name, head[2], head[3]),
        value=head[4],
        premises=tuple(_premise(name, line) for line in header["premise"]),
        after=tuple(header["after"]),
        sparql=text,
    )


def _premise(rule: str, line: str) -> Premise:
    match = _PREMISE.fullmatch(line)
    if match is None:
        raise ValueError(f"{rule}: premise {line!r} is not `?a prefix:name ?b`")
    return Premise(match[1], _iri(rule, match[2], match[3]), match[4])


def _iri(rule: str, prefix: str, local: str) -> str:
    if prefix not in terms.PREFIXES:
        raise ValueError(f"{rule}: no prefix {prefix}; there are {', '.join(terms.PREFIXES)}")
    return terms.PREFIXES[prefix] + local
