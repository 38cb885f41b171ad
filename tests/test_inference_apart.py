"""What is inferred stands apart: questions, analyses and exports are as they were before."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from kg.export import export
from kg.graphs import role_skill_graph
from kg.inference.materialising import State, drop, infer, need_inferred, state
from kg.inference.rules import rules
from kg.questions import ask, questions
from kg.store import Store, StoreError
from kg.validate import validate_store
from ontology import terms
from tests.factories import concept, two_levels
from tests.question_answers import ANSWERS
from tests.stores import two_level_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path) -> Store:
    return two_level_store(tmp_path)


def test_stated_and_inferred_have_no_property_in_common(small: Store) -> None:
    infer(small)
    inferred = {quad.predicate.value for quad in small.quads(small.graph_iri("inferred"))}
    stated = {
        quad.predicate.value
        for name in small.graphs()
        if name != small.graph_iri("inferred")
        for quad in small.quads(name)
    }
    properties = {rule.predicate for rule in rules()}
    assert inferred <= properties
    assert not stated & properties


def test_no_question_answers_otherwise_because_of_what_is_inferred(small: Store) -> None:
    plain = [one for one in ANSWERS if not questions()[one[0]].needs_inferred]
    before = [ask(small, name, params).rows for name, params, *_ in plain]
    infer(small)
    assert [ask(small, name, params).rows for name, params, *_ in plain] == before


def test_no_analysis_sees_what_is_inferred(small: Store) -> None:
    before = role_skill_graph(small)
    infer(small)
    after = role_skill_graph(small)
    assert (dict(after.nodes(data=True)), after.graph) == (
        dict(before.nodes(data=True)),
        before.graph,
    )
    assert list(after.edges(keys=True, data=True)) == list(before.edges(keys=True, data=True))


def test_a_vocabulary_states_nothing_that_is_only_inferred(small: Store, tmp_path: Path) -> None:
    """Published SKOS often has skos:broaderTransitive written out."""
    theirs = tmp_path / "theirs.ttl"
    spark, java = concept("skill", "Spark"), concept("skill", "Java")
    theirs.write_text(
        f"<{spark}> <{terms.SKOS}broaderTransitive> <{java}> ; <{terms.SKOS}note> 'kept' ."
    )
    small.load("vocabulary", [tmp_path / "vocabulary.ttl", theirs])
    assert small.query("ASK { ?any skos:note 'kept' }").answer
    assert not small.query("ASK { ?any skos:broaderTransitive ?other }").answer
    assert state(small) is State.NONE
    with pytest.raises(StoreError, match="nothing is inferred yet"):
        need_inferred(small)


def test_what_is_inferred_is_dropped_without_a_trace(small: Store) -> None:
    before = set(small.quads())
    infer(small)
    assert set(small.quads()) > before
    assert drop(small)
    assert set(small.quads()) == before
    assert not drop(small)


def test_inferring_twice_is_inferring_once(small: Store) -> None:
    assert infer(small).changed
    before = set(small.quads())
    assert not infer(small).changed
    assert set(small.quads()) == before


def test_a_store_with_what_is_inferred_is_valid_and_has_its_postings(small: Store) -> None:
    infer(small)
    assert validate_store(small) == []
    assert len(small) == 2
    assert "inferred" not in small


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle"])
def test_exports_leave_it_out_unless_told(small: Store, form: str) -> None:
    before, after, all_of_it = BytesIO(), BytesIO(), BytesIO()
    export(small, form, before)
    infer(small)
    export(small, form, after)
    export(small, form, all_of_it, inferred=True)
    assert after.getvalue() == before.getvalue()
    assert b"impliesSkill" in all_of_it.getvalue()


def test_a_part_has_what_is_inferred_of_it(small: Store) -> None:
    infer(small)
    part, (one, two) = BytesIO(), two_levels()
    export(small, "nquads", part, inferred=True, postings=[one.posting.id])
    lines = [line for line in part.getvalue().decode().splitlines() if "/graph/inferred" in line]
    assert any(f"{one.posting.id}/requirement/skill-hdfs" in line for line in lines)
    assert not any(two.posting.id in line for line in lines)


def test_an_export_without_place_for_it_says_so(small: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="graphml has no place for what is inferred"):
        export(small, "graphml", tmp_path / "a", inferred=True)
    with pytest.raises(StoreError, match="nothing is inferred yet"):
        export(small, "nquads", tmp_path / "a", inferred=True)
