"""Stores with hand-made postings in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.quads import posting_quads
from kg.store import Store
from ontology.vocabulary import FOLDER
from tests.factories import small_vocabulary, two_levels

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nlp.types import Facts


def fill(store: Store, facts: Iterable[Facts], folder: Path) -> Store:
    """Put the small vocabulary, the ontology and postings into a store."""
    vocabulary = folder / "vocabulary.ttl"
    vocabulary.write_text(small_vocabulary(), encoding="utf-8")
    store.load("vocabulary", [vocabulary])
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    run = store.iris.run("0", "", "ef")
    for one in facts:
        store.replace(one.posting.id, posting_quads(one, store.iris, run))
    return store


def two_level_store(folder: Path) -> Store:
    """The seeds' I and II in miniature, in memory."""
    return fill(Store.in_memory(), two_levels(), folder)
