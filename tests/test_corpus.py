"""The corpus: columns that are read when they are asked for, and kept with a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.analysis.quotes import Quotes
from kg.coded import Coded, coded
from kg.corpus import Corpus, queries
from kg.corpus.keeping import Kept, renewed
from kg.snapshots import newest
from kg.store import Store, StoreError
from tests.factories import concept, make_facts, two_levels
from tests.role_graphs import Memory
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

LONG = [(f"graph {number}", f"skill {number % 7}") for number in range(1500)]
QUERY = "SELECT ?graph ?skill WHERE { }"


def test_nothing_is_read_before_it_is_asked_for() -> None:
    memory = Memory(two_levels())
    corpus = Corpus(memory)
    assert memory.asked == 0
    assert len(corpus.postings) == 2
    assert memory.asked == 1


def test_what_was_inferred_is_no_posting_s_word() -> None:
    """A short edge in another graph than the posting's own is nobody's asking."""
    memory = Memory([make_facts(required=("HDFS",))])
    corpus = Corpus(memory)
    (posting,) = corpus.postings
    memory.store.update(
        f"INSERT DATA {{ GRAPH <urn:inferred> {{ <{posting}> "
        f"<https://rolegraph.example/ontology#requiresSkill> <{concept('skill', 'Hadoop')}> }} }}"
    )
    assert corpus.required(posting) == [concept("skill", "HDFS")]


def test_a_choice_has_its_members_and_their_words() -> None:
    corpus = Corpus(Memory([make_facts(any_of={"a1": ("Java", "Git")})]))
    (posting,) = corpus.postings
    (members,) = corpus.members(posting).values()
    assert [corpus.label(one) for one in members] == ["Git", "Java"]
    words = corpus.words_of_skill(posting, concept("skill", "Java"), "alternative")
    assert [one.text for one in words] == ["Java"]
    assert corpus.words_of_skill(posting, concept("skill", "Java"), "required") == []


def test_only_the_conditions_that_are_looked_at_are_read() -> None:
    facts = [make_facts(source=f"{number}.txt") for number in range(3)]
    memory = Memory(facts)
    corpus = Corpus(memory)
    first = corpus.postings[0]
    corpus.look_at([first])
    assert [one.min_years for one in corpus.years(first)] == [1]
    asked = memory.asked
    assert corpus.years(first)
    assert memory.asked == asked
    assert all(len(corpus.years(one)) == 1 for one in corpus.postings)


@pytest.mark.parametrize(("looked_at", "read"), [(3, 3), (5, 1)], ids=["few", "many"])
def test_the_words_of_few_postings_that_are_looked_at_are_read_with_the_first(
    looked_at: int, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.corpus.words.FEW", 3)
    facts = [make_facts(source=f"{number}.txt", required=("Git",)) for number in range(6)]
    memory = Memory(facts)
    corpus = Corpus(memory)
    git = concept("skill", "Git")
    corpus.look_at(corpus.postings[:looked_at])
    before = {one: list(corpus.words_of_skill(one, git, "required")) for one in corpus.postings[:1]}
    asked, free = memory.asked, 0
    for posting in corpus.postings:
        assert [one.text for one in corpus.words_of_skill(posting, git, "required")] == ["Git"]
        free += memory.asked == asked
        asked = memory.asked
    assert free == read
    assert all(before.values())


def test_quotes_are_read_as_far_as_they_are_looked_at() -> None:
    facts = [make_facts(source=f"{number:02}.txt", required=("Git",)) for number in range(20)]
    memory = Memory(facts)
    corpus = Corpus(memory)
    git = concept("skill", "Git")

    def words(posting: str) -> list[object]:
        return list(corpus.words_of_skill(posting, git, "required"))

    quotes = Quotes(corpus, corpus.postings, words)  # type: ignore[arg-type]
    assert (quotes[0].text, bool(quotes)) == ("Git", True)
    asked = memory.asked
    assert quotes[:4] == quotes[:4]
    assert memory.asked == asked
    assert quotes[-1].posting == corpus.identifier(corpus.postings[-1])
    assert len(quotes) == 20
    assert quotes == tuple(quotes)


def test_the_words_of_single_conditions_are_read_at_once_and_alone() -> None:
    """A page on pay quotes one line of each of a hundred postings, and no requirement."""
    memory = Memory([make_facts(source=f"{number}.txt", required=("Git",)) for number in range(3)])
    corpus = Corpus(memory)
    years = {one: corpus.years(one)[0].node for one in corpus.postings}
    asked = memory.asked
    corpus.read_words_of(years.items())
    assert memory.asked == asked + 1
    alone = {one: corpus.words_of(one, node) for one, node in years.items()}
    corpus.read_words_of(years.items())
    assert memory.asked == asked + 1
    corpus.read_words(corpus.postings)
    assert alone == {one: corpus.words_of(one, node) for one, node in years.items()}
    assert all(alone.values())


def test_a_long_answer_is_kept_and_found_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.find(QUERY) is None
    kept.keep(QUERY, coded(LONG, 2))
    found = kept.find(QUERY)
    assert isinstance(found, Coded)
    assert list(found) == LONG
    assert kept.find(QUERY + " ") is None


def test_a_short_answer_is_not_kept(tmp_path: Path) -> None:
    Kept(tmp_path).keep(QUERY, coded(LONG[:20], 2))
    assert not list(tmp_path.iterdir())


def test_a_short_answer_of_a_large_store_is_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.keep(QUERY, coded(LONG, 2))
    kept.keep(QUERY + " ", coded(LONG[:20], 2))
    assert list(kept.find(QUERY + " ") or ()) == LONG[:20]


@pytest.mark.parametrize("cut", [1, 9, 200, 6000])
def test_a_file_that_is_cut_short_is_no_answer(tmp_path: Path, cut: int) -> None:
    kept = Kept(tmp_path)
    kept.keep(QUERY, coded(LONG, 2))
    (file,) = (tmp_path / "columns").iterdir()
    file.write_bytes(file.read_bytes()[:-cut])
    assert kept.find(QUERY) is None


@pytest.mark.parametrize("place", [0, 8, 20, 100, 9000, -1])
def test_a_damaged_file_is_no_answer_and_is_written_anew(tmp_path: Path, place: int) -> None:
    kept = Kept(tmp_path)
    kept.keep(QUERY, coded(LONG, 2))
    (file,) = (tmp_path / "columns").iterdir()
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert kept.find(QUERY) is None
    kept.keep(QUERY, coded(LONG, 2))
    assert list(kept.find(QUERY) or ()) == LONG


def test_an_answer_with_a_text_that_none_can_be_told_from_is_not_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.keep(QUERY, coded([*LONG, ("graph", "a\0b")], 2))
    assert kept.find(QUERY) is None


@pytest.mark.parametrize(
    ("graphs", "rows", "expected", "texts", "why"),
    [
        ({"g"}, [], [("h", "b"), ("h", "a")], [["h"], ["a", "b"]], "one goes"),
        ({"g"}, [("g", "c")], [("h", "b"), ("h", "a"), ("g", "c")], [["h", "g"], ["a", "b", "c"]],
         "another row"),
        ({"new"}, [("new", "a")], [("g", "a"), ("h", "b"), ("h", "a"), ("new", "a")],
         [["g", "h", "new"], ["a", "b"]], "one comes"),
        ({"g", "h"}, [], [], [[], []], "all go, and their texts"),
        ({"x"}, [], [("g", "a"), ("h", "b"), ("h", "a")], [["g", "h"], ["a", "b"]], "none"),
    ],
)  # fmt: skip
def test_rows_of_some_graphs_are_replaced(
    graphs: set[str],
    rows: list[tuple[str, str]],
    expected: list[tuple[str, str]],
    texts: list[list[str]],
    why: str,
) -> None:
    found = renewed(coded([("g", "a"), ("h", "b"), ("h", "a")], 2), graphs, rows)
    assert list(found) == expected, why
    assert found.texts == texts, why


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "columns").write_text("no folder")
    kept = Kept(tmp_path)
    kept.keep(QUERY, coded(LONG, 2))
    assert kept.find(QUERY) is None


def test_what_is_kept_goes_with_its_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.corpus.keeping.LEAST", 1)
    folder = tmp_path / "store"
    fill(Store.open(folder, create=True), two_levels(), tmp_path).close()
    with KnowledgeGraph.open(folder) as graph:
        first = graph.corpus().asks.skills
    snapshot = newest(folder)
    assert snapshot
    assert list((snapshot.path / "columns").iterdir())
    with KnowledgeGraph.open(folder) as graph:
        assert graph.corpus().asks.skills == first
    with KnowledgeGraph.open(folder, read_only=False) as graph:
        graph.remove(graph.corpus().facets.identifiers[0])
    assert not snapshot.path.exists()
    with KnowledgeGraph.open(folder) as graph:
        assert len(graph.corpus().postings) == 1


def test_words_can_be_read_after_the_graph_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    fill(Store.open(folder, create=True), two_levels(), tmp_path).close()
    with KnowledgeGraph.open(folder) as graph:
        late = graph.compare("Machine Learning Engineer I", "Machine Learning Engineer II")
        open_ = graph.compare("Machine Learning Engineer I", "Machine Learning Engineer II")
        said = open_.to_json()
    assert late.to_json() == said
    with KnowledgeGraph.open(folder) as graph:
        later = graph.compare("Machine Learning Engineer I", "Machine Learning Engineer II")
    with KnowledgeGraph.open(folder, read_only=False) as graph:
        graph.remove(graph.corpus().facets.identifiers[0])
    with pytest.raises(StoreError, match="has changed since; ask again"):
        later.to_json()


def test_no_query_of_a_corpus_has_an_option() -> None:
    patterns = [value for value in vars(queries).values() if isinstance(value, str)]
    assert not any("OPTIONAL" in one or "EXISTS" in one for one in patterns if "?" in one)
