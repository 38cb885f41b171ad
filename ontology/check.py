"""Checks of vocabulary files: labels, places in the tree, kinds, order, alignments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology import terms
from ontology.identifiers import OCCUPATION, TECHNOLOGY
from ontology.imports.esco import SKILL
from ontology.own_file import KINDS
from ontology.terms import DCTERMS, RDF, SKOS
from ontology.turtle import TurtleFile, read_turtle
from ontology.vocabulary import (
    SCHEMES,
    alignment_files,
    fold,
    inference_files,
    is_english,
    own_files,
)

MATCHES: Final = tuple(
    SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")
)
SCHEME_IRIS: Final = {terms.VOCABULARY + name: name for name in SCHEMES}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong with a file (`is_fault`), or worth knowing; and what to do about it."""

    file: str
    concept: str
    rule: str
    message: str
    remedy: str
    is_fault: bool = True


@dataclass(slots=True)
class _Concept:
    iri: str
    files: list[Path]
    labels: dict[Path, list[tuple[str, bool]]]
    scheme: str | None
    broader: list[str]
    is_top: bool
    kinds: list[str]
    ranks: list[str]


class _Files:
    """The files together: concepts by IRI, in layers (ours, then each of the user's)."""

    def __init__(self, ours: Sequence[TurtleFile], given: Sequence[TurtleFile]) -> None:
        self.layers = [list(ours), *([file] for file in given)]
        self.layer_of = {
            file.path: layer for layer, files in enumerate(self.layers) for file in files
        }
        self.concepts: dict[str, _Concept] = {}
        for file in (*ours, *given):
            for iri, stated in file.statements.items():
                if ox.NamedNode(SKOS + "Concept") in stated.get(RDF + "type", ()):
                    self._take(file.path, iri, stated)

    def _take(self, path: Path, iri: str, stated: Mapping[str, Sequence[object]]) -> None:
        one = self.concepts.setdefault(iri, _Concept(iri, [], {}, None, [], False, [], []))
        one.files.append(path)
        labels = one.labels.setdefault(path, [])
        for verb in ("prefLabel", "altLabel"):
            for value in stated.get(SKOS + verb, ()):
                if isinstance(value, ox.Literal) and is_english(value.language):
                    labels.append((value.value, verb == "prefLabel"))
        for scheme in _texts(stated, SKOS + "inScheme"):
            one.scheme = one.scheme or SCHEME_IRIS.get(scheme)
        one.broader += _texts(stated, SKOS + "broader")
        one.is_top = one.is_top or bool(stated.get(SKOS + "topConceptOf"))
        one.kinds += _texts(stated, terms.KIND)
        one.ranks += _texts(stated, terms.RANK)


def check_files(
    paths: Iterable[Path] = (),
    *,
    disambiguated: Collection[str] = (),
    esco: Collection[str] | None = None,
    onet: Collection[str] | None = None,
) -> list[Finding]:
    """Return what is wrong with our own files and those in `paths`, sorted; nothing if all is well.

    `disambiguated` are the labels (folded) for which a rule says by their context when they name a
    skill. `esco` and
    `onet` are the identifiers that stand in their files: alignments are held against them where
    they are given. Raises `ValueError` for a file that cannot be read.
    """
    ours = [read_turtle(path) for path in own_files()]
    given = [read_turtle(path) for path in paths]
    alignments = [read_turtle(path) for path in alignment_files()]
    inference = [read_turtle(path) for path in inference_files()]
    files = _Files(ours, given)
    found = [
        *_order([*ours, *given, *alignments, *inference]),
        *_described_twice(files),
        *(finding for one in files.concepts.values() for finding in _concept(one)),
        *_shared_labels(files),
        *_skill_or_degree(files, frozenset(disambiguated)),
        *_tree(files),
        *_implications([*ours, *inference, *given], files.concepts),
        *_alignments([*given, *alignments], set(files.concepts), esco, onet),
    ]
    return sorted(set(found))


def _order(files: Iterable[TurtleFile]) -> Iterator[Finding]:
    """Report blocks that are not sorted, and a subject that has two."""
    for file in files:
        name = _name(file.path)
        for before, after in zip(file.statements, list(file.statements)[1:], strict=False):
            if before > after:
                remedy = "Sort the blocks by IRI; `kg vocab accept` writes a file of yours sorted."
                yield Finding(name, after, "sorted", f"stands behind {before}", remedy)
        for iri in file.repeated:
            yield Finding(name, iri, "sorted", "has two blocks", "Write one block a concept.")


def _described_twice(files: _Files) -> Iterator[Finding]:
    """Report a concept of ours that stands in two of our files."""
    for one in files.concepts.values():
        own = [path for path in one.files if files.layer_of[path] == 0]
        for path in own[1:]:
            message = f"stands in {_name(own[0])} too"
            yield Finding(_name(path), one.iri, "once", message, "Keep one of the two.")


def _concept(one: _Concept) -> Iterator[Finding]:
    """Report what a concept lacks by itself."""
    file = _name(one.files[0])

    def fault(rule: str, message: str, remedy: str) -> Finding:
        return Finding(file, one.iri, rule, message, remedy)

    preferred = [text for labels in one.labels.values() for text, is_first in labels if is_first]
    if len(preferred) != 1:
        message = f"{len(preferred)} preferred labels in English"
        yield fault("label", message, "Give it one skos:prefLabel, in English or without a tag.")
    for labels in one.labels.values():
        seen: set[str] = set()
        for text, _ in labels:
            if not text.strip():
                yield fault("label", "a blank label", "Take it out.")
            elif fold(text) in seen:
                yield fault("label", f'"{text}" twice, but for case', "Keep one of the two.")
            seen.add(fold(text))
    if one.scheme is None:
        choices = ", ".join(SCHEMES)
        yield fault("scheme", "in none of our schemes", f"State skos:inScheme: one of {choices}.")
    if one.scheme in ("skills", None):
        unknown = [kind for kind in one.kinds if kind not in KINDS]
        if len(set(one.kinds)) != 1 or unknown:
            message = f"kind {', '.join(one.kinds)}" if one.kinds else "no kind"
            yield fault("kind", message, f"State one rg:kind: {', '.join(KINDS)}.")
    if one.scheme == "levels" and len(one.ranks) != 1:
        yield fault("rank", f"{len(one.ranks)} ranks", "Give the level one rg:rank.")


def _shared_labels(files: _Files) -> Iterator[Finding]:
    """Report a label on two concepts of a scheme: in one layer a fault, across them a note.

    No rule of context helps there: it says whether a label means its concept, not which of two.
    """
    bearers: dict[tuple[str, str], dict[int, list[tuple[str, str, Path]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in files.concepts.values():
        for path, labels in one.labels.items():
            for text in {fold(label): label for label, _ in labels}.values():
                place = bearers[one.scheme or "skills", fold(text)][files.layer_of[path]]
                if one.iri not in {iri for iri, _, _ in place}:
                    place.append((one.iri, text, path))
    for layers in bearers.values():
        first: tuple[str, str, Path] | None = None
        for layer in sorted(layers):
            for iri, text, path in layers[layer][1:]:
                message = f'"{text}" is a label of {layers[layer][0][0]} too'
                remedy = "Keep it on the one that it means most often."
                yield Finding(_name(path), iri, "one-concept", message, remedy)
            own = layers[layer][0]
            if first is not None and own[0] != first[0]:
                message = f'"{own[1]}" no longer means {first[0]}'
                remedy = "Nothing, if that is what you want: the later file's word counts."
                yield Finding(_name(own[2]), own[0], "overrules", message, remedy, is_fault=False)
            first = own


def _skill_or_degree(files: _Files, disambiguated: frozenset[str]) -> Iterator[Finding]:
    """Report a label of a skill and of a degree without a rule of context ("MFA", "DSc").

    Skills are told from fields of study and from roles by where they stand, in `nlp.rules`.
    """
    degrees = {
        fold(label): one.iri
        for one in files.concepts.values()
        if one.scheme == "degrees"
        for labels in one.labels.values()
        for label, _ in labels
    }
    for one in files.concepts.values():
        if one.scheme != "skills":
            continue
        for path, labels in one.labels.items():
            for label, _ in labels:
                if fold(label) in degrees and fold(label) not in disambiguated:
                    message = f'"{label}" is a label of {degrees[fold(label)]} too'
                    remedy = "Say in nlp/patterns/ambiguous.tsv when it is the skill."
                    fault = files.layer_of[path] == 0
                    yield Finding(_name(path), one.iri, "two-schemes", message, remedy, fault)


def _tree(files: _Files) -> Iterator[Finding]:
    """Report circles, broader concepts that are none, and concepts that hang on no top concept."""
    concepts = files.concepts
    roots: dict[str, bool] = {}
    for iri, one in concepts.items():
        file = _name(one.files[0])
        for above in one.broader:
            if above not in concepts:
                remedy = "Correct the IRI, or add the broader concept."
                yield Finding(file, iri, "orphan", f"broader {above}, which is nowhere", remedy)
            elif concepts[above].scheme != one.scheme:
                message = f"broader {above}, of another scheme"
                yield Finding(file, iri, "orphan", message, "Stay within one scheme.")
        seen: set[str] = set()
        todo, rooted = list(one.broader), one.is_top
        while todo:
            above = todo.pop()
            if above in concepts and above not in seen:
                seen.add(above)
                rooted = rooted or concepts[above].is_top
                todo += concepts[above].broader
        if iri in seen:
            remedy = "Take one skos:broader out of the circle."
            yield Finding(file, iri, "cycle", "is broader than itself", remedy)
        roots[iri] = rooted
        if not rooted:
            remedy = "Give it a skos:broader, or make it a top concept with skos:topConceptOf."
            yield Finding(file, iri, "orphan", "hangs on no top concept", remedy)


def _implications(
    files: Iterable[TurtleFile], concepts: Mapping[str, _Concept]
) -> Iterator[Finding]:
    """Report what implies no concept, or one of another scheme, or in the end itself."""
    steps: dict[str, list[str]] = defaultdict(list)
    where: dict[str, str] = {}
    for file in files:
        for iri, stated in file.statements.items():
            for other in _texts(stated, terms.IMPLIES):
                steps[iri].append(other)
                where[iri] = _name(file.path)
                schemes = [concepts[one].scheme for one in (iri, other) if one in concepts]
                if len(schemes) < 2 or schemes[0] != schemes[1]:
                    remedy = (
                        "Correct the IRI: rg:implies leads from a concept to one of its scheme."
                    )
                    yield Finding(where[iri], iri, "implies", f"implies {other}", remedy)
    for iri in steps:
        seen: set[str] = set()
        todo = [*steps[iri]]
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo += steps.get(other, ())
        if iri in seen:
            remedy = "Take one rg:implies out of the circle, or make the two one concept."
            yield Finding(where[iri], iri, "implies", "implies itself", remedy)


def _alignments(
    files: Iterable[TurtleFile],
    known: Collection[str],
    esco: Collection[str] | None,
    onet: Collection[str] | None,
) -> Iterator[Finding]:
    """Report alignments of no concept, to no identifier, or of two concepts with the same one."""
    exact: dict[str, str] = {}
    for file in files:
        for iri, stated in file.statements.items():
            matched = [value for verb in MATCHES for value in _texts(stated, verb)]
            names = _texts(stated, DCTERMS + "identifier")
            matched += [name for name in names if name.startswith(TECHNOLOGY)]
            if matched and iri not in known:
                message, remedy = "aligned, but no concept", "Correct the IRI, or take it out."
                yield Finding(_name(file.path), iri, "alignment", message, remedy)
            for target in matched:
                held = None
                if target.startswith((OCCUPATION, TECHNOLOGY)):
                    held = onet
                elif target.startswith(SKILL):
                    held = esco
                if held is not None and target not in held:
                    message = f"{target} is not in the file"
                    remedy = "Take it out, or name the release that has it."
                    yield Finding(_name(file.path), iri, "alignment", message, remedy)
            for target in _texts(stated, SKOS + "exactMatch"):
                other = exact.setdefault(target, iri)
                if other != iri:
                    message = f"exactly {target}, as {other} is"
                    remedy = "Two concepts are not exactly one: make one of them a skos:closeMatch."
                    yield Finding(_name(file.path), iri, "alignment", message, remedy)


def _texts(stated: Mapping[str, Iterable[object]], predicate: str) -> list[str]:
    values = stated.get(predicate, ())
    return [value.value for value in values if isinstance(value, ox.NamedNode | ox.Literal)]


def _name(path: Path) -> str:
    """Return a file's name: of ours the path below `ontology`, of others the path as given."""
    folder = Path(__file__).parent
    return str(path.relative_to(folder.parent) if path.is_relative_to(folder) else path)
