"""A part of the graph: which postings are in it, and what comes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.exports.part import choose
from kg.graphs import role_skill_graph
from kg.names import UnknownNameError
from kg.store import Store
from tests.exports import EVERYTHING, stated, written
from tests.factories import concept, make_facts, two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.types import Facts

ROLE = "Machine Learning Engineer"


def three() -> list[Facts]:
    """Two of Pinterest, levels I and II, and a Data Engineer II elsewhere."""
    return [*two_levels(), make_facts(related=["Machine Learning Engineer I, Ads"])]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Store.in_memory(), three(), tmp_path)


FIRST, SECOND, OTHER = (one.posting.id for one in three())


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {FIRST, SECOND, OTHER}),
        ({"role": ROLE}, {FIRST, SECOND}),  # a link below OTHER is no posting of that role
        ({"role": f"{ROLE} II"}, {SECOND}),
        ({"role": "data engineer"}, {OTHER}),
        ({"role": concept("role", ROLE)}, {FIRST, SECOND}),
        ({"employer": "Pinterest"}, {FIRST, SECOND}),
        ({"employer": "lumen & sons"}, {OTHER}),
        ({"employer": "Pinterest", "role": "Data Engineer"}, set()),
        ({"postings": [OTHER]}, {OTHER}),
        ({"postings": [OTHER, FIRST]}, {FIRST, OTHER}),
        ({"postings": [OTHER, FIRST], "employer": "Pinterest"}, {FIRST}),
        ({"postings": ["Machine Learning Engineer I"]}, {FIRST}),
    ],
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_all_that_is_given_must_fit(
    store: Store, chosen: dict[str, object], expected: set[str]
) -> None:
    assert set(choose(store, **chosen).ids) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"role": "Machine Learning Enginer"}, "did you mean"),
        ({"role": '" } DROP ALL #'}, "no role"),
        ({"employer": "Pinterst"}, 'did you mean "Pinterest"'),
        ({"employer": "> } #"}, "no employer"),
        ({"postings": ["none"]}, "no posting"),
        ({"postings": [FIRST, "none"]}, "no posting"),
    ],
    ids=str,
)
def test_a_name_that_nothing_bears_is_said_with_similar_ones(
    store: Store, chosen: dict[str, object], says: str
) -> None:
    with pytest.raises(UnknownNameError, match=says):
        choose(store, **chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", EVERYTHING)
def test_a_part_is_its_postings_and_the_concepts_that_they_name(form: str, store: Store) -> None:
    text = written(store, form, postings=[FIRST])
    found = {quad.triple for quad in ox.parse(text, format=EVERYTHING[form])}
    vocabulary, posting = stated(store, ["vocabulary"]), stated(store, [FIRST])
    assert posting <= found <= posting | vocabulary
    about = {str(triple.subject).strip("<>") for triple in found & vocabulary}
    # named, and above what is named; not what only others name
    assert {concept("skill", name) for name in ("HDFS", "Hadoop", "Big Data")} <= about
    assert concept("skill", "SQL") not in about


def test_a_part_as_a_store_draws_the_same_nodes(store: Store) -> None:
    whole = role_skill_graph(store)
    part = role_skill_graph(choose(store, postings=[FIRST]).as_store())
    assert {node for node, data in part.nodes(data=True) if data["kind"] == "posting"} == {
        store.iris.posting(FIRST).value
    }
    assert all(part.nodes[node] == whole.nodes[node] for node in part)


def test_the_whole_is_the_store_itself(store: Store) -> None:
    assert choose(store).as_store() is store


def test_a_part_without_postings_is_empty(store: Store) -> None:
    text = written(store, "nquads", role="Data Engineer", employer="Pinterest")
    assert text == b""
