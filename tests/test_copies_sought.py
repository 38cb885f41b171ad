"""What a posting is sought by is the same, from its graph while it is made and from the store."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given, settings

import ontology
from kg.build import build
from kg.copies.comparison import Comparison
from kg.copies.shelf import NAME, Kept, Shelf
from kg.copies.sought import Sought
from kg.copies.store_adverts import posting_states, read_advert, read_labels
from kg.copies.store_groups import method
from kg.quads import posting_graph
from kg.store import Store
from kg.validate import check_plainly
from nlp.digest import rules_digest
from nlp.extract import extractor_of
from tests.bench.market import write
from tests.command_line import SEEDS
from tests.sketched import all_kept
from tests.strategies import facts as any_facts

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.types import Facts


def read_from(store: Store) -> dict[str, Kept]:
    """What is kept of postings where nothing is known of them but their graphs."""
    shelf = Shelf(None, "")
    Comparison(partial(read_advert, store), posting_states(store), shelf).groups()
    return all_kept(shelf)


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_a_graph_says_what_the_store_will_say(facts: Facts) -> None:
    facts = replace(facts, sections=())  # those of the text, and not some that do not fit it
    store = Store.in_memory()
    graph = posting_graph(facts, store.iris, store.iris.run("0", "", ""))
    assert graph.values is not None
    sought = Sought.of(facts, store.iris, graph.values)
    store.apply(graphs=[graph])
    assert [*read_from(store).values()] == [sought.kept(partial(read_labels, store))]


def test_a_build_keeps_what_the_store_would_give(tmp_path: Path) -> None:
    """Texts, and records whose fields are put before the text as a card; some are copies."""
    write(40, tmp_path / "market.jsonl")
    first = json.loads((tmp_path / "market.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert {"title", "company", "location"} < first.keys()
    with Store.open(tmp_path / "store", create=True) as store:
        extractor = extractor_of(ontology.load())
        report = build(store, [tmp_path / "market.jsonl", SEEDS], extractor, check=check_plainly)
        assert report.added >= 40
        shelf = Shelf(tmp_path / "store" / NAME, method(rules_digest()))
        kept = all_kept(shelf)
        assert list(shelf.pairs())
        assert kept == read_from(store)
        assert len({one.job for one in kept.values()}) > 20
