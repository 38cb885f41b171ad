"""Searches: by words, by the concepts that they name, and on an index that is kept."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.corpus.source import Source
from kg.search import index
from kg.search.index import FILE, SearchIndex
from kg.search.searching import Found, Hit, search
from kg.search.told import told, told_by_columns
from kg.store import Store
from ontology import terms
from tests.factories import concept, make_facts
from tests.role_graphs import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from kg.rows import Rows
    from nlp.types import Facts
    from tests.command_line import Kg


def postings() -> list[Facts]:
    return [
        make_facts(source="1", title="Data Engineer II", required=("Spark",)),
        make_facts(source="2", title="Software Engineer", role="Software Engineer", level=None,
                   employer="Acme", required=("Hadoop", "C++")),
        make_facts(source="3", title="Data Engineer I", level="I", employer="Café Öl",
                   required=("Git",), mentioned=("Big Data",)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Memory:
    return Memory(postings())


def titles(hits: list[Hit], kind: Found = Found.POSTING) -> list[str]:
    return [hit.label for hit in hits if hit.kind is kind]


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        ("software engineer", "Software Engineer", "the title's words"),
        ("acme", "Software Engineer", "the employer"),
        ("cafe ol", "Data Engineer I", "accents do not count"),
        ("c++", "Software Engineer", "signs belong to the word"),
        ("hadoop", "Software Engineer", "a word of the text, and a concept"),
        ("HDFS", None, "nothing below it, and no such word"),
        ("zymurgy", None, "no such word"),
    ],
)
def test_the_best_posting(store: Memory, words: str, first: str | None, why: str) -> None:
    found = titles(search(store, None, words, kinds=[Found.POSTING]))
    assert (found[0] if found else None) == first, why


def test_a_concept_finds_what_lies_below_it(store: Memory) -> None:
    """Big Data is named by the third posting alone; Spark and Hadoop lie below it."""
    hits = search(store, None, "big data", kinds=[Found.POSTING])
    assert {hit.label: hit.by for hit in hits} == {
        "Data Engineer I": ("Big Data",),
        "Data Engineer II": ("Big Data (Spark)",),
        "Software Engineer": ("Big Data (Hadoop)",),
    }
    assert hits[0].label == "Data Engineer I"


def test_roles_skills_and_employers_have_their_postings(store: Memory) -> None:
    hits = search(store, None, "data engineer")
    assert [(hit.label, hit.postings) for hit in hits if hit.kind is Found.ROLE] == [
        ("Data Engineer", 2)
    ]
    assert titles(search(store, None, "spark"), Found.SKILL) == ["Spark"]
    assert titles(search(store, None, "lumen"), Found.EMPLOYER) == ["Lumen & Sons"]
    assert titles(search(store, None, "zymurgy")) == []


def test_the_words_are_shown_where_they_stand(store: Memory) -> None:
    (hit,) = search(store, None, "hadoop", kinds=[Found.POSTING])
    assert "«Hadoop»" in hit.words


def test_what_is_found_by_a_concept_is_shown_in_the_posting_s_own_words(store: Memory) -> None:
    """Two postings name Spark and Hadoop, and "Data" in their titles: that is not why."""
    hits = search(store, None, "big data", kinds=[Found.POSTING])
    shown = {hit.label: hit.words for hit in hits}
    assert "«Spark»" in shown["Data Engineer II"]
    assert "«Hadoop»" in shown["Software Engineer"]


def test_words_that_no_line_has_and_no_concept_names_show_the_best_line(store: Memory) -> None:
    """No concept is meant by "lumen zymurgy": the line with one of the words is all there is."""
    hits = search(store, None, "lumen zymurgy", kinds=[Found.POSTING])
    assert hits
    assert all("«Lumen»" in hit.words for hit in hits)


@pytest.mark.parametrize(
    "words", ['"', "a OR b NOT (", "spark*", "NEAR(spark, 2)", "title:spark", "'; DROP TABLE words"]
)
def test_signs_of_the_index_s_language_are_no_signs(store: Memory, words: str) -> None:
    if words == '"':
        with pytest.raises(ValueError, match="no word to search for"):
            search(store, None, words)
    else:
        assert isinstance(search(store, None, words), list)


def test_the_index_is_kept_and_brought_up_to_date(tmp_path: Path) -> None:
    first, second = Memory(postings()), Memory(postings()[1:])
    assert len(search(first, tmp_path, "engineer", kinds=[Found.POSTING])) == 3
    assert (tmp_path / FILE).exists()
    before = first.asked
    assert len(search(first, tmp_path, "engineer", kinds=[Found.POSTING])) == 3
    assert first.asked - before == 3  # the vocabularies, the postings and their copies
    assert len(search(second, tmp_path, "engineer", kinds=[Found.POSTING])) == 2
    assert len(search(first, tmp_path, "engineer", kinds=[Found.POSTING])) == 3


def test_of_a_state_that_was_indexed_nothing_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    made = Memory(postings())
    with Store.open(folder, create=True) as store:
        store.add_in_bulk(made.store)
    asked: list[str] = []
    query = Store.query

    def noted(self: Store, sparql: str) -> Rows:
        asked.append(sparql)
        return query(self, sparql)

    monkeypatch.setattr(Store, "query", noted)
    with Store.open(folder) as store:
        first = search(store, folder, "engineer")
        assert asked
        asked.clear()
        assert search(store, folder, "engineer") == first
        assert asked == []
    with Store.open(folder, read_only=False) as store:
        store.remove(store.posting_ids()[0])
    asked.clear()
    with Store.open(folder) as store:
        assert len(search(store, folder, "engineer", kinds=[Found.POSTING])) == 2
        assert asked


def test_postings_are_read_some_at_a_time(store: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = search(store, None, "engineer spark hadoop")
    before = store.asked
    monkeypatch.setattr(index, "AT_ONCE", 1)
    assert search(store, None, "engineer spark hadoop") == whole
    assert store.asked - before == 4 + 8 * 3  # eight queries for each posting, not for all


def test_columns_tell_what_the_store_tells() -> None:
    """Also of a posting with two titles, of an employer with two names."""
    made = Memory(postings())
    graphs = [str(row[0]) for row in made.query(
        "SELECT DISTINCT ?g { GRAPH ?g { ?posting a <https://schema.org/JobPosting> } } ORDER BY ?g"
    )]  # fmt: skip
    name, title = (ox.NamedNode(terms.SCHEMA + one) for one in ("name", "title"))
    for quad in list(made.store.quads_for_pattern(None, name, None, ox.NamedNode(graphs[0]))):
        made.store.add(ox.Quad(quad.subject, name, ox.Literal("A name"), quad.graph_name))
    for quad in list(made.store.quads_for_pattern(None, title, None, ox.NamedNode(graphs[1]))):
        made.store.add(ox.Quad(quad.subject, title, ox.Literal("A title"), quad.graph_name))
        made.store.add(ox.Quad(name, title, ox.Literal("A and no posting"), quad.graph_name))
    for some in (graphs, graphs[:1], graphs[1:]):
        assert told_by_columns(Source(made), some) == told(made, some)


def test_an_index_read_off_columns_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        store.add_in_bulk(Memory(postings()).store)
        asked = search(store, None, "engineer spark hadoop")
        monkeypatch.setattr(index, "MANY", 1)
        assert search(store, None, "engineer spark hadoop") == asked


def test_what_another_run_took_otherwise_is_indexed_anew(tmp_path: Path) -> None:
    """The same words, from which other rules take another skill: the run is the text's."""
    before, after = (make_facts(source="1", required=(skill,)) for skill in ("Spark", "Hadoop"))
    after = replace(after, posting=before.posting)
    search(Memory([before]), tmp_path, "spark")
    with closing(SearchIndex(tmp_path)) as index:
        index.refresh(Memory([after], run="another-run"))
        asked = index.select("SELECT concept FROM asks")
    assert asked == [(concept("skill", "Hadoop"),)]


@pytest.mark.parametrize("left", [b"", b"no database at all, but a text of some length" * 40])
def test_a_damaged_index_is_made_anew(tmp_path: Path, left: bytes) -> None:
    (tmp_path / FILE).write_bytes(left)
    store = Memory(postings())
    assert len(search(store, tmp_path, "engineer", kinds=[Found.POSTING])) == 3
    before = store.asked
    search(store, tmp_path, "engineer")
    assert store.asked - before == 3  # it was kept


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    store = Memory(postings())
    search(store, tmp_path, "spark")
    index = SearchIndex(tmp_path)
    with index.database:
        index.database.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    index.close()
    assert titles(search(store, tmp_path, "spark")) == ["Data Engineer II"]


def test_of_copies_of_one_job_one_is_shown() -> None:
    memory = Memory([make_facts(source="1"), make_facts(source="2")])
    assert len(search(memory, None, "engineer", kinds=[Found.POSTING])) == 2
    one, two = sorted(
        str(row["posting"])
        for row in memory.query(
            "SELECT ?posting { GRAPH ?g { ?posting a <https://schema.org/JobPosting> } }"
        ).to_dicts()
    )
    copy, graph = ox.NamedNode(terms.RG + "copyOf"), ox.NamedNode(terms.DATA + "graph/copies")
    memory.store.add(ox.Quad(ox.NamedNode(two), copy, ox.NamedNode(one), graph))
    assert len(search(memory, None, "engineer", kinds=[Found.POSTING])) == 1


def test_an_empty_store_finds_nothing() -> None:
    memory = Memory([])
    memory.store = ox.Store()
    assert search(memory, None, "spark") == []


def test_a_search_on_the_command_line(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    assert kg("build", "seeds", "--store", folder).code == 0
    answer = kg("search", "spark", "recommender", "--store", folder)
    assert answer.code == 0
    assert "Machine Learning Engineer" in answer.out
    assert "«Spark»" in answer.out
    found = kg("search", "nlp", "--store", folder, "--kind", "skill", "--json").json
    assert [hit["label"] for hit in found] == ["Natural Language Processing"]
    assert kg("search", "nlp", "--store", folder, "--kind", "planet").code == 2
    csv = kg("search", "spark", "--store", folder, "--csv", "--limit", "1")
    assert csv.out.splitlines()[0] == "kind,id,label,score,words,postings,by"
