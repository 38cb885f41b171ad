"""A user's own vocabulary file: concepts, aliases of ours and rejections, kept sorted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology import terms
from ontology.forms import normal_form
from ontology.slugs import slug
from ontology.terms import RDF, RDFS, SKOS
from ontology.turtle import TurtleFile, english, read_turtle
from ontology.vocabulary import Concept, fold

OWN: Final = terms.VOCABULARY + "own/"
REJECTED: Final = terms.VOCABULARY + "rejected/"
KINDS: Final = ("certification", "domain", "language", "method", "soft", "tool")
HEADER: Final = (
    "A vocabulary of our own, beside rolegraph's: `kg build --vocabulary` takes it.",
    "`kg vocab accept` adds to it and keeps it sorted; only comments at its top are kept.",
)
LABELS: Final = (SKOS + "prefLabel", SKOS + "altLabel")


class OwnFile:
    """A vocabulary file to add to. Nothing is written before `save`.

    Raises `ValueError` for a file that is not Turtle, and for what contradicts it.
    """

    def __init__(self, path: Path) -> None:
        self.file = read_turtle(path) if path.exists() else TurtleFile(path, header=HEADER)

    def add_alias(self, iri: str, label: str) -> None:
        """Make `label` another name of a concept, ours or one of this file."""
        self._free(label, iri)
        if fold(label) not in {fold(own) for own in self._labels(iri)}:
            self.file.add(iri, RDF + "type", ox.NamedNode(SKOS + "Concept"))
            self.file.add(iri, SKOS + "altLabel", english(label))

    def add_concept(self, label: str, *, kind: str, broader: Concept | None) -> str:
        """Make `label` a skill of its own, below `broader` or at the top. Return its IRI."""
        if kind not in KINDS:
            raise ValueError(f"no kind {kind!r}; a skill is one of {', '.join(KINDS)}")
        iri = OWN + slug(label)
        self._free(label, iri)
        above, verb = ox.NamedNode(terms.VOCABULARY + "skills"), SKOS + "topConceptOf"
        if broader is not None:
            above, verb = ox.NamedNode(broader.iri), SKOS + "broader"
        self.file.add(iri, RDF + "type", ox.NamedNode(SKOS + "Concept"))
        self.file.add(iri, SKOS + "inScheme", ox.NamedNode(terms.VOCABULARY + "skills"))
        if not self.file.statements[iri].get(SKOS + "prefLabel"):
            self.file.add(iri, SKOS + "prefLabel", english(label))
        self.file.add(iri, verb, above)
        self.file.statements[iri][terms.KIND] = [ox.Literal(kind)]
        return iri

    def reject(self, label: str, why: str) -> None:
        """Say that `label` is no skill, in whatever case or number it is written."""
        form = normal_form(label)
        for iri in self.file.statements:
            for own in self._labels(iri):
                if normal_form(own) == form:
                    raise ValueError(
                        f'{self.file.path}: "{own}" is a label of {iri}; take it out there first'
                    )
        iri = REJECTED + slug(form)
        self.file.add(iri, RDF + "type", ox.NamedNode(terms.REJECTION))
        self.file.statements[iri][RDFS + "label"] = [english(label)]
        if why:
            self.file.statements[iri][RDFS + "comment"] = [english(why)]

    def save(self) -> None:
        """Write the file, whole or not at all."""
        path = self.file.path
        part = path.with_name(path.name + ".part")
        part.write_text(self.file.text(), encoding="utf-8")
        part.replace(path)

    def _labels(self, iri: str) -> list[str]:
        found = self.file.statements.get(iri, {})
        return [value.value for verb in LABELS for value in found.get(verb, [])]

    def _free(self, label: str, iri: str) -> None:
        """Take back the rejection of a label; refuse one that stands on another concept here."""
        for other in self.file.statements:
            if other != iri and fold(label) in {fold(own) for own in self._labels(other)}:
                raise ValueError(
                    f'{self.file.path}: "{label}" is a label of {other}; take it out there first'
                )
        form = normal_form(label)
        for other in [one for one in self.file.statements if one.startswith(REJECTED)]:
            labels = self.file.statements[other].get(RDFS + "label", [])
            if form in {normal_form(value.value) for value in labels}:
                del self.file.statements[other]
