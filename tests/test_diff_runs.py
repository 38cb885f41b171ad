"""Runs of a store: what an earlier one had said is kept, compared, and forgotten when told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.build import build
from kg.diffs.former import NAME, FormerFacts
from kg.diffs.readings import diff, forget
from kg.export import export
from kg.making import Made
from kg.quads import posting_quads
from kg.store import Store, StoreError
from nlp.types import Evidence, Stated
from ontology import terms
from tests.building import FakeExtractor, write
from tests.factories import make_facts, small_vocabulary, two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nlp.types import Facts, Posting
    from tests.command_line import Kg


def store_run(store: Store, version: str, facts: list[Facts]) -> str:
    """Replace postings as a build by another run does; return the run."""
    run = store.iris.run(version, "0" * 64, "0" * 64)
    said: dict[str, ox.NamedNode | ox.Literal] = {
        terms.RDF + "type": ox.NamedNode(terms.PROV + "Activity"),
        terms.VERSION: ox.Literal(version),
        terms.VOCABULARY_HASH: ox.Literal("0" * 64),
        terms.RULES_HASH: ox.Literal("0" * 64),
    }
    runs = store.iris.graph("runs")
    store.apply(add=[ox.Quad(run, ox.NamedNode(verb), value, runs) for verb, value in said.items()])
    with FormerFacts(store.folder) as former:
        for one in facts:
            made = Made(one.posting.id, posting_quads(one, store.iris, run))
            former.keep(store, made)
            former.save()
            store.replace(made.posting_id, made.quads)
    return run.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of one posting and another, of one run."""
    with Store.open(tmp_path / "s", create=True) as store:
        fill(store, [], tmp_path)
        store_run(store, "1", two_levels())
    return tmp_path / "s"


def without_spark(facts: Facts) -> Facts:
    return replace(
        facts, requirements=tuple(one for one in facts.requirements if one.label != "Spark")
    )


def test_concepts_have_their_labels_and_postings_their_titles(folder: Path) -> None:
    one, two = two_levels()
    with Store.open(folder, read_only=False) as store:
        store_run(store, "2", [without_spark(one), two])
    found = diff([], folder)
    (change,) = found.to_json()["changes"]
    assert change["before"]["label"] == "Spark"
    assert change["title"] == "Machine Learning Engineer I"
    assert found.called.title(two.posting.id) is None, "nothing of it changed"


def test_a_store_of_one_run_has_nothing_to_compare(folder: Path) -> None:
    assert not (folder / NAME).exists(), "nothing is kept where nothing was replaced"
    with pytest.raises(StoreError, match="holds one run's facts only"):
        diff([], folder)


def test_a_later_run_is_compared_with_the_one_that_it_replaced(folder: Path) -> None:
    one, two = two_levels()
    with Store.open(folder, read_only=False) as store:
        store_run(store, "2", [without_spark(one), two])
    found = diff([], folder)
    assert (found.compared, found.only_a, found.only_b) == (2, (), ())
    (change,) = found.changes
    assert (change.how, change.posting, change.kind) == ("removed", one.posting.id, "skill")
    assert change.before
    assert change.before.words == "Spark"
    assert [side.runs[0].version for side in (found.a, found.b)] == ["1", "2"]


def test_any_two_runs_are_compared_also_the_other_way_round(folder: Path) -> None:
    """Three runs: 2 loses Spark, 3 finds it again: 1 and 3 are the same."""
    one, two = two_levels()
    with Store.open(folder, read_only=False) as store:
        second = store_run(store, "2", [without_spark(one), two])
        third = store_run(store, "3", [one, two])
        first = store.iris.run("1", "0" * 64, "0" * 64).value
    short = [run.rsplit("/", 1)[-1][:8] for run in (first, second, third)]

    def hows(*names: str) -> list[str]:
        return [change.how for change in diff(names, folder).changes]

    assert hows(short[0], short[1]) == ["removed"]
    assert hows(short[1], short[2]) == ["added"]
    assert hows(short[1], short[0]) == ["added"]
    assert hows(short[0], short[2]) == []
    assert hows(second) == ["added"], "with what the store holds"
    assert hows() == ["added"], "the run that was replaced last"


def test_facts_that_stayed_the_same_are_kept_as_a_mark(folder: Path) -> None:
    with Store.open(folder, read_only=False) as store:
        store_run(store, "2", two_levels())
        store_run(store, "3", [without_spark(one) for one in two_levels()])
        runs = [store.iris.run(one, "0" * 64, "0" * 64).value for one in "12"]
    with FormerFacts(folder) as former:
        assert former.runs() == {runs[1]: 2, runs[0]: 2}
        for one in two_levels():
            assert former.facts(one.posting.id, runs[0]) == former.facts(one.posting.id, runs[1])
            assert former.facts(one.posting.id, runs[0])


def test_forgetting_a_run_leaves_the_others_whole(folder: Path) -> None:
    """Run 1 is kept as "the same as 2": when 2 is forgotten, it has its facts itself."""
    with Store.open(folder, read_only=False) as store:
        second = store_run(store, "2", two_levels())
        store_run(store, "3", [without_spark(one) for one in two_levels()])
        first = store.iris.run("1", "0" * 64, "0" * 64).value
    assert forget(second, folder) == 2
    assert [change.how for change in diff([first], folder).changes] == ["removed", "removed"]
    with pytest.raises(StoreError, match="nothing is kept of"):
        diff([second], folder)
    assert forget("all", folder) == 2
    with pytest.raises(StoreError, match="holds one run's facts only"):
        diff([], folder)


def test_what_is_removed_is_forgotten(folder: Path) -> None:
    one, two = two_levels()
    with Store.open(folder, read_only=False) as store:
        store_run(store, "2", [without_spark(one), without_spark(two)])
    with KnowledgeGraph.open(folder, read_only=False) as graph:
        graph.remove(one.posting.id)
    assert one.posting.id.encode() not in (folder / NAME).read_bytes()
    assert {change.posting for change in diff([], folder).changes} == {two.posting.id}


class TitleAtTheEnd(FakeExtractor):
    """Other rules: the title is the first line without its first word, and another rule took it."""

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        for facts in super().pipe(postings):
            (evidence,) = facts.title.evidence if facts.title else ()
            start = evidence.text.index(" ") + 1
            words = evidence.text[start:]
            found = Evidence(start, evidence.end, words, "title:end", evidence.section)
            yield replace(facts, title=Stated(words, (found,)))


def test_a_build_by_other_rules_keeps_what_it_replaces(tmp_path: Path) -> None:
    """And a posting that goes, because its file has changed, takes what was kept along."""
    texts, words, place = tmp_path / "in", tmp_path / "words.ttl", tmp_path / "s"
    texts.mkdir()
    words.write_text(small_vocabulary(), encoding="utf-8")
    for name in ("a", "b"):
        write(texts / f"{name}.txt", f"Data Engineer {name}")
    with Store.open(place, create=True) as store:
        build(store, [texts], FakeExtractor(), vocabulary_files=[words])
        assert not (place / NAME).exists()
        build(store, [texts], TitleAtTheEnd(rules_digest="others"), vocabulary_files=[words])
    found = diff([], place)
    assert [(one.how, one.kind, one.rule) for one in found.changes] == [
        ("changed", "title", "title:line → title:end")
    ] * 2
    write(texts / "a.txt", "Zoo Keeper")
    with Store.open(place, read_only=False) as store:
        build(store, [texts], TitleAtTheEnd(rules_digest="others"), vocabulary_files=[words])
    assert [one.before.value for one in diff([], place).changes if one.before] == [
        "Data Engineer b"
    ]


def test_two_stores_are_compared(folder: Path, tmp_path: Path) -> None:
    one, two = two_levels()
    extra = make_facts(source="extra.txt", years=str(Decimal(3)))
    with Store.open(tmp_path / "t", create=True) as store:
        fill(store, [], tmp_path)
        store_run(store, "2", [without_spark(one), extra])
    found = diff([str(folder), str(tmp_path / "t")], folder)
    assert [change.how for change in found.changes] == ["removed"]
    assert (found.only_a, found.only_b) == ((two.posting.id,), (extra.posting.id,))


def test_what_is_kept_is_in_no_export(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder, read_only=False) as store:
        store_run(store, "2", [without_spark(one) for one in two_levels()])
        kept = BytesIO()
        export(store, "nquads", kept)
    with Store.open(tmp_path / "t", create=True) as store:
        fill(store, [], tmp_path)
        store_run(store, "2", [without_spark(one) for one in two_levels()])
        fresh = BytesIO()
        export(store, "nquads", fresh)
    assert kept.getvalue() == fresh.getvalue()


def test_a_store_in_memory_keeps_nothing(tmp_path: Path) -> None:
    store = fill(Store.in_memory(), two_levels(), tmp_path)
    store_run(store, "2", two_levels())
    with FormerFacts(None) as former:
        assert former.runs() == {}
        assert former.forget() == 0


def test_a_damaged_file_is_named(folder: Path) -> None:
    (folder / NAME).write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match=r"former\.sqlite cannot be read .* remove it"):
        diff([], folder)


def test_an_unknown_run_is_named(folder: Path) -> None:
    with pytest.raises(LookupError, match="no run"):
        diff(["zzz"], folder)


def test_the_command_line_compares(kg: Kg, folder: Path) -> None:
    one, two = two_levels()
    with Store.open(folder, read_only=False) as store:
        store_run(store, "2", [without_spark(one), two])
    answer = kg("diff", "--store", folder)
    assert answer.code == 0
    assert "other: program; the same: vocabulary, rules" in answer.out
    assert "«Spark» at" in answer.out
    assert "1 of 2 postings changed, 1 facts in all" in answer.err
    found = kg("diff", "--store", folder, "--json").json
    assert found["groups"] == [
        {"change": "removed", "kind": "skill", "rule": "skill:concept", "count": 1, "postings": 1}
    ]
    assert found["changes"][0]["before"]["words"] == "Spark"
    assert kg("stats", "--store", folder, "--json").json["former_bytes"] > 0
    assert kg("diff", "--store", folder, "--csv").out.startswith("change,posting,kind,rule")
    assert "of 2 postings" in kg("diff", "--forget", "all", "--store", folder).err
    assert kg("diff", "--store", folder).code == 2
    assert kg("diff", "a", "b", "c", "--store", folder).code == 2
