"""A candidate decided on: a concept, an alias or a rejection in the user's own vocabulary file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.names import Names
from ontology.own_file import OwnFile
from ontology.terms import PREFIXES
from ontology.vocabulary import Vocabulary, fold, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontology import Concept


@dataclass(frozen=True, slots=True)
class Decision:
    """What was written: the concept's IRI (of a rejection None) and the labels."""

    outcome: Literal["concept", "alias", "rejection"]
    labels: tuple[str, ...]
    concept: str | None = None
    concept_label: str | None = None


def accept(
    label: str,
    file: Path,
    *,
    alias_of: str | None = None,
    broader: str | None = None,
    kind: str | None = None,
    spellings: Iterable[str] = (),
) -> Decision:
    """Write `label` into `file`: as another name of the concept `alias_of`, or as a new concept.

    A new concept is of `kind`, or of that of `broader`; without `broader` it stands at the top.
    Concepts are named by a label or an IRI ("skill:python" will do), ours and those of the file.
    `spellings` are other ways to write it, taken along unless they are labels already. The file is
    made if it is not there. Raises `LookupError` for a name that nothing bears, `ValueError` for a
    label that is taken.
    """
    label = " ".join(label.split())
    if not label:
        raise ValueError("an empty label; name the phrase as `kg vocab candidates` lists it")
    known = load([file] if file.exists() else [])
    own = OwnFile(file)
    others = [one for one in dict.fromkeys(spellings) if not known.find(one)]
    if alias_of is not None:
        concept = find_concept(known, alias_of)
        labels = tuple(dict.fromkeys([label, *others]))
        for one in labels:
            own.add_alias(concept.iri, one)
        own.save()
        return Decision("alias", labels, concept.iri, concept.label)
    taken = known.find(label)
    if taken is not None:
        raise ValueError(
            f'"{label}" is a label of {taken.label} ({taken.iri}) already; '
            "name another concept with --alias-of to make it that one's"
        )
    above = find_concept(known, broader) if broader is not None else None
    kind = kind or (above.kind if above else None)
    if kind is None:
        raise ValueError(f'say with --kind what sort of skill "{label}" is')
    iri = own.add_concept(label, kind=kind, broader=above)
    aliases = [one for one in others if fold(one) != fold(label)]
    for one in aliases:
        own.add_alias(iri, one)
    own.save()
    return Decision("concept", (label, *aliases), iri, label)


def reject(label: str, file: Path, why: str = "") -> Decision:
    """Write down in `file` that `label` is no skill, in whatever case and number it is written."""
    own = OwnFile(file)
    own.reject(" ".join(label.split()), " ".join(why.split()))
    own.save()
    return Decision("rejection", (label,))


def find_concept(vocabulary: Vocabulary, name: str) -> Concept:
    """Return the skill that a label or an IRI names. Raises `UnknownNameError`, a LookupError."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and PREFIXES[prefix] + local in vocabulary.concepts:
        return vocabulary[PREFIXES[prefix] + local]

    def read(_: str) -> Iterator[tuple[str, str, str]]:
        for concept in vocabulary.scheme("skills"):
            for label in vocabulary.labels_of(concept):
                yield label, concept.iri, concept.label

    return vocabulary[Names(read).find("skill", name)[0].value]
