"""Copies in a store: their graph, and what counts them once."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ontology
from kg import KnowledgeGraph
from kg.analysis.separation import compare
from kg.build import build
from kg.copies.shelf import NAME, Compared, Shelf
from kg.copies.store_groups import group_copies
from kg.corpus import Corpus
from kg.quads import posting_quads
from kg.questions import QuestionError, ask, questions
from kg.store import Store
from kg.validate import validate_store
from nlp.extract import extractor_of
from nlp.types import Place
from tests.bench.market import write as market
from tests.command_line import ONE, SEEDS, TWO
from tests.factories import make_facts, two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.types import Facts
    from tests.command_line import Kg

SKILLS: Final = ("Python", "SQL", "Git", "Spark", "Java", "Hadoop", "Machine Learning")
TOLEDO: Final = (Place("Toledo", "OH", "US"),)


def engineer(source: str, **facts: object) -> Facts:
    """A Data Engineer II that asks for seven skills."""
    given: dict[str, object] = {"required": SKILLS, **facts}
    return make_facts(source=source, **given)  # type: ignore[arg-type]


def family() -> list[Facts]:
    """Three postings of one job, one of its level I, and one of another job."""
    return [
        engineer("a.txt"),
        engineer("b.txt"),
        engineer("c.txt", places=TOLEDO, pay=("90000", "110000", "USD", "YEAR")),
        engineer("d.txt", title="Data Engineer I", level="I"),
        engineer("e.txt", required=("C++", "HDFS"), years="9", degree="Doctorate"),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    filled = fill(Store.in_memory(), family(), tmp_path)
    assert group_copies(filled)
    return filled


def stated(store: Store) -> list[str]:
    """All that is said of copies, sorted; the seal too."""
    mark = f"<{store.graph_iri('copies')}>"
    runs = store.quads(store.graph_iri("runs"))
    sealed = [quad for quad in runs if str(quad.subject) == mark]
    return sorted(map(str, [*store.quads(store.graph_iri("copies")), *sealed]))


def ids(*facts: Facts) -> list[str]:
    return sorted(one.posting.id for one in facts)


# The graph


def test_a_group_is_named_by_its_least_posting_and_says_why(store: Store) -> None:
    first, *others = ids(*family()[:3])
    rows = ask(store, "copies").to_dicts()
    assert {row["copy_of"] for row in rows} == {first}
    assert sorted(str(row["id"]) for row in rows) == others
    known = {one.posting.id: one.posting.source for one in family()}
    for row in rows:
        pair = {known[first], known[str(row["id"])]}
        assert row["reason"] == (
            "same text" if pair == {"a.txt", "b.txt"} else "same but for the place"
        )
        assert row["similarity"] == 1
    members = store.query("SELECT ?m { ?g a rg:CopyGroup ; prov:hadMember ?m }")
    assert len(members) == 3


def test_the_graph_has_the_shape_it_should(store: Store) -> None:
    assert validate_store(store) == []


def test_the_postings_stay_postings(store: Store) -> None:
    assert len(store) == 5
    assert "copies" not in store
    assert len(ask(store, "postings")) == 5


def test_nothing_changed_nothing_is_compared(store: Store) -> None:
    before = stated(store)
    assert not group_copies(store)
    assert stated(store) == before


def test_without_postings_there_are_no_copies() -> None:
    store = Store.in_memory()
    group_copies(store)
    assert list(store.quads(store.graph_iri("copies"))) == []
    assert not group_copies(store)


def test_to_take_a_posting_out_mends_its_group(store: Store, tmp_path: Path) -> None:
    first, *others = ids(*family()[:3])
    assert KnowledgeGraph(store).remove(first)
    left = [one for one in family() if one.posting.id != first]
    fresh = fill(Store.in_memory(), left, tmp_path)
    group_copies(fresh)
    assert stated(store) == stated(fresh)
    assert ask(store, "copies").to_dicts()[0]["copy_of"] == others[0]
    assert KnowledgeGraph(store).remove_all([others[0], "none"]) == ["none"]
    assert len(ask(store, "copies")) == 0


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=8))
def test_however_postings_came_and_went_the_graph_is_that_of_a_fresh_build(
    steps: list[tuple[int, bool]],
) -> None:
    store, run = Store.in_memory(), Store.in_memory().iris.run("0", "", "ef")
    there: set[int] = set()
    for number, comes in steps:
        one = family()[number]
        if comes:
            store.replace(one.posting.id, posting_quads(one, store.iris, run))
            there.add(number)
        else:
            store.remove(one.posting.id)
            there.discard(number)
        group_copies(store)
    fresh = Store.in_memory()
    for number in sorted(there, reverse=True):
        one = family()[number]
        fresh.replace(one.posting.id, posting_quads(one, fresh.iris, run))
    group_copies(fresh)
    assert stated(store) == stated(fresh)


def test_the_shelf_beside_a_store_may_be_lost(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store.open(folder, create=True) as store:
        fill(store, family()[:2], tmp_path)
        group_copies(store)
    assert (folder / NAME).exists()
    (folder / NAME).unlink()
    with Store.open(folder, read_only=False) as store:
        fill(store, family(), tmp_path)
        assert group_copies(store)
        found = stated(store)
    fresh = fill(Store.in_memory(), family(), tmp_path)
    group_copies(fresh)
    assert found == stated(fresh)


def test_a_shelf_that_breaks_while_it_is_read_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    compared = Shelf.compared

    def broken(shelf: Shelf, pair: tuple[str, str]) -> Compared | None:
        if (folder / NAME).exists():
            raise sqlite3.DatabaseError("database disk image is malformed")
        return compared(shelf, pair)

    monkeypatch.setattr(Shelf, "compared", broken)
    with Store.open(folder, create=True) as store:
        fill(store, family(), tmp_path)
        assert group_copies(store)
        found = stated(store)
    assert not (folder / NAME).exists()
    fresh = fill(Store.in_memory(), family(), tmp_path)
    group_copies(fresh)
    assert found == stated(fresh)


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_what_is_said_is_the_same_however_much_of_it_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store, at_once: int
) -> None:
    monkeypatch.setattr("kg.copies.store_groups.AT_ONCE", at_once)
    some = fill(Store.in_memory(), family()[1:4], tmp_path)
    for facts in ([], family(), []):
        fill(some, facts, tmp_path)
        group_copies(some)
    assert stated(some) == stated(store)


def test_a_search_that_was_ended_half_way_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setattr("kg.copies.store_groups.AT_ONCE", 3)
    left = fill(Store.in_memory(), family(), tmp_path)
    whole, turns = Store.apply, iter(range(100))

    def ended(given: Store, **changes: Any) -> None:
        if next(turns) == 2:
            raise KeyboardInterrupt
        whole(given, **changes)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "apply", ended)
        with pytest.raises(KeyboardInterrupt):
            group_copies(left)
    assert stated(left) != stated(store)
    assert group_copies(left)
    assert stated(left) == stated(store)


def test_what_does_not_fit_into_memory_waits_on_the_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that gathers two at a time asks the store for none of them again."""
    market(12, tmp_path / "market.jsonl")
    graphs = []
    for least, name in ((5_000, "whole"), (2, "some")):
        monkeypatch.setattr("kg.publishing.UNSAVED", least)
        with Store.open(tmp_path / name, create=True) as store:
            with monkeypatch.context() as patch:
                patch.setattr("kg.copies.comparison.make_sketches", None)
                build(store, [tmp_path / "market.jsonl"], extractor_of(ontology.load()), batch=4)
            graphs.append(stated(store))
    assert graphs[0] == graphs[1]


# Counts


@pytest.mark.parametrize(
    ("question", "params", "one", "every"),
    [
        ("skills-of-role", {"role": "Data Engineer II", "necessity": "required"}, 1, 3),
        ("degrees-by-level", {"role": "Data Engineer II"}, 1, 3),
        ("experience-by-level", {"role": "Data Engineer II"}, 1, 3),
        ("work-modes", {"role": "Data Engineer II"}, 2, 4),
        ("employers-of-skill", {"skill": "Git"}, 2, 4),
        ("skills-below", {"skill": "Git"}, 2, 4),
        ("places-of-role", {"role": "Data Engineer II"}, 2, 3),
        ("pay-by-role-and-level", {"role": "Data Engineer II"}, 2, 4),
        ("employers", {"role": "Data Engineer"}, 3, 5),
        ("fields-of-role", {"role": "Data Engineer"}, 3, 5),
        ("levels-of-role", {"role": "Data Engineer"}, 2, 4),
        ("postings-by-month", {}, 3, 5),
        ("roles", {}, 3, 5),
        ("roles-of-skill", {"skill": "Git"}, 1, 3),
        ("skills-beside", {"skill": "SQL"}, 2, 4),
        ("skills-of-employer", {"employer": "Lumen & Sons"}, 2, 4),
        ("level-difference", {"role": "Data Engineer", "level_a": "II", "level_b": "Senior"}, 1, 3),
    ],
)
def test_a_count_takes_one_a_job_or_all(
    store: Store, question: str, params: dict[str, str], one: int, every: int
) -> None:
    """Of level II there are three postings of one job and one of another (which needs no Git)."""

    def most(copies: str | None) -> object:
        rows = ask(store, question, {**params, "copies": copies}).to_dicts()
        counted = [row for row in rows if row.get("skill") in (None, "Git")]
        if question in ("degrees-by-level", "experience-by-level"):
            counted = [row for row in rows if "9" not in str(row) and "Doctorate" not in str(row)]
        return max(int(str(row["postings"])) for row in counted)

    assert most("one") == one
    assert most("all") == every
    (default,) = (one.default for one in questions()[question].parameters if one.type == "copies")
    assert most(None) == (one if default == "one" else every)


def test_every_count_of_postings_can_take_one_a_job() -> None:
    for name, question in questions().items():
        # What a run made are postings, whatever they advertise.
        counts = name != "runs" and "postings" in {column.name for column in question.columns}
        takes = [one.default for one in question.parameters if one.type == "copies"]
        assert len(takes) == counts, name
        assert question.counts_jobs({}) == (takes == ["one"])


def test_copies_is_one_or_all(store: Store) -> None:
    with pytest.raises(QuestionError, match="copies is one of one, all, not 'some'"):
        ask(store, "work-modes", {"copies": "some"})


def test_a_job_that_counts_once_pays_from_the_least_to_the_greatest(store: Store) -> None:
    params = {"role": "Data Engineer", "level": "II", "copies": "one"}
    row = ask(store, "pay-by-role-and-level", params).to_dicts()[0]
    assert (row["postings"], row["lowest"], row["mean_low"]) == (2, 90000, 95000)


# Comparisons


def test_a_comparison_takes_one_a_job_and_says_how_many_it_left_out(store: Store) -> None:
    corpus = Corpus(store)
    found = compare(corpus, "Data Engineer I", "Data Engineer II")
    assert (found.a.postings, found.a.left_out) == (1, 0)
    assert (found.b.postings, found.b.left_out) == (2, 2)
    assert found.to_json()["b"]["copies_left_out"] == 2  # type: ignore[index, call-overload]
    git = next(row for row in found.skills if row.label == "Git")
    assert (git.support.a, git.support.b, git.support.size_b) == (1, 1, 2)
    every = compare(corpus, "Data Engineer I", "Data Engineer II", copies="all")
    assert (every.b.postings, every.b.left_out) == (4, 0)


def test_level_one_and_level_two_are_compared_whole(tmp_path: Path) -> None:
    store = fill(Store.in_memory(), two_levels(), tmp_path)
    group_copies(store)
    found = compare(Corpus(store), ONE, TWO)
    assert (found.a.postings, found.b.postings) == (1, 1)


def test_copies_on_both_sides_make_no_independent_groups(tmp_path: Path) -> None:
    """An agency's copy stands for the same job on the agency's side."""
    facts = [engineer("a.txt", employer="Acme"), engineer("b.txt", employer="Pike Staffing")]
    store = fill(Store.in_memory(), facts, tmp_path)
    group_copies(store)
    found = compare(Corpus(store), "Acme", "Pike Staffing")
    assert (found.a.postings, found.b.postings) == (1, 1)
    assert "1 job stands on both sides, in copies" in str(found.caution)


# The command line


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """The seeds, with level II once more under another name, and reposted with a date."""
    folder = tmp_path / "postings"
    shutil.copytree(SEEDS, folder, ignore=shutil.ignore_patterns("*.md", "*.json"))
    text = (folder / "machine-learning-engineer-ii.txt").read_text(encoding="utf-8")
    (folder / "again.txt").write_text(text, encoding="utf-8")
    (folder / "repost.txt").write_text(f"{text}\nPosted: March 3, 2026\n", encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.usefixtures("few_skills")
def test_the_command_line_counts_copies_once(kg: Kg, planted: Path, tmp_path: Path) -> None:
    store, other = tmp_path / "store", tmp_path / "other"
    for _ in range(2):
        assert kg("build", planted, "--store", store).code == 0
    reasons = {row["reason"] for row in kg("ask", "copies", "--json", "--store", store).json}
    assert reasons <= {"same text", "same but for dates"}
    assert len(kg("ask", "copies", "--json", "--store", store).json) == 2
    found = kg("compare", ONE, TWO, "--json", "--store", store).json
    assert (found["b"]["postings"], found["b"]["copies_left_out"]) == (1, 2)
    assert (
        f"b: {TWO}: 1 posting, 1 employer; 2 copies left out"
        in kg("compare", ONE, TWO, "--store", store).out
    )
    every = kg("compare", ONE, TWO, "--copies", "all", "--json", "--store", store).json
    assert (every["b"]["postings"], every["b"]["copies_left_out"]) == (3, 0)
    assert (
        "one, all, not 'none'" in kg("compare", ONE, TWO, "--copies", "none", "--store", store).err
    )
    asked = kg("ask", "skills-of-role", "--role", TWO, "--copies", "one", "--store", store)
    assert "2 of the store's postings are copies of others" in asked.err

    for files in (sorted(planted.iterdir())[3:], [planted]):  # some first, then all
        kg("build", *files, "--store", other)
    written = [kg("export", "--format", "nquads", "--store", one).out for one in (store, other)]
    assert written[0] == written[1]

    (first,) = {row["copy_of"] for row in kg("ask", "copies", "--json", "--store", store).json}
    assert kg("remove", first, "--store", store).code == 0
    assert len(kg("ask", "copies", "--json", "--store", store).json) == 1


def test_a_skill_that_nobody_asks_for_has_no_postings(store: Store) -> None:
    """Not those that are copies of others, which have nothing to do with it."""
    found = ask(store, "skills-below", {"skill": "Publications", "copies": "one"})
    assert found.column("postings") == [0]
