"""The forms that can be imported, by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from ontology import terms
from ontology.imports import esco, onet, plain, skos
from ontology.imports.entries import Entries, Imported, Source, assemble
from ontology.slugs import slug
from ontology.vocabulary import Vocabulary

FORMS: Final = ("csv", "esco", "onet", "skos")


def import_file(
    form: str,
    path: Path,
    ours: Vocabulary,
    *,
    source: str | None = None,
    licence: str | None = None,
    only_new: bool = False,
) -> Imported:
    """Make a vocabulary of our form out of a file in one of `FORMS`.

    `source` and `licence` are IRIs to state in place of what the form or the file says of itself.
    With `only_new`, concepts whose preferred label ours has are left out, and its other labels
    too. Raises `ValueError` for a file of another form.
    """
    if form not in FORMS:
        raise ValueError(f"no form {form!r}; take one of {', '.join(FORMS)}")
    entries, origin = _read(form, path, ours)
    origin = replace(origin, iri=source or origin.iri, licence=licence or origin.licence)
    return assemble(entries, origin, beside=ours, only_new=only_new)


def _read(form: str, path: Path, ours: Vocabulary) -> tuple[Entries, Source]:
    if form == "esco":
        return esco.read_esco(path), esco.SOURCE
    if form == "onet":
        return onet.read_onet(path), onet.SOURCE
    if form == "skos":
        return skos.read_skos(path), skos.source_of(path)
    iri = f"{terms.VOCABULARY}source/{slug(path.stem)}"
    return plain.read_plain(path, ours), Source(iri, f"A vocabulary of our own: {path.name}")
