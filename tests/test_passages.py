"""Passages: the words around a piece of evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.analysis.quotes import Quote
from kg.passages import LONGEST, Passages, cut
from kg.rows import Rows

TEXT = "Skills\nExperience with Spark and Git\nMore"


@pytest.mark.parametrize(
    ("text", "words", "longest", "shown"),
    [
        (TEXT, "Spark", 76, "Experience with «Spark» and Git"),
        (TEXT, "Experience with Spark and Git", 76, "Experience with Spark and Git"),
        (TEXT, "Skills", 76, "Skills"),
        (TEXT, "Spark", 16, "… «Spark» and…"),
        ("with  Spark\tand Git", "Spark", 76, "with «Spark» and Git"),
        ("Hadoop/Spark,Git", "Spark", 76, "Hadoop/«Spark»,Git"),
        ("one two three four", "one two three four", 12, "one two…"),
        ("a\nb c\nd", "b c", 76, "b c"),
        ("x one\ntwo y", "one\ntwo", 76, "x «one two» y"),
    ],
)
def test_a_passage_is_what_fits_of_the_line(
    text: str, words: str, longest: int, shown: str
) -> None:
    start = text.index(words)
    assert str(cut(text, start, start + len(words), longest)) == shown


def test_a_passage_is_never_longer_than_it_may_be() -> None:
    text = "word " * 20 + "Spark" + " word" * 20
    for longest in range(8, 60):
        passage = cut(text, 100, 105, longest)
        assert len(passage.before + passage.words + passage.after) <= longest
        assert passage.words == "Spark"


def test_equal_words_are_told_apart_by_where_they_start(store: Path) -> None:
    """The posting says "Spark" as an example first, and requires it further down."""
    with KnowledgeGraph.open(store) as graph:
        found = graph.compare("Machine Learning Engineer I", "Machine Learning Engineer II")
        [row] = [one for one in found.asked("required") if one.label == "Spark"]
        [posting] = [one.posting for one in found.a.members]
        [quote] = [one for one in row.support.evidence if one.posting == posting]
        passages = Passages(graph.store)
        required = passages.find(quote)
        unplaced = passages.find(Quote(quote.posting, quote.text))
    assert "(3) «Spark»;" in str(required)
    assert len(required.before + required.words + required.after) <= LONGEST
    assert str(unplaced) == "Spark"


def test_of_many_postings_those_quoted_last_are_kept_and_others_read_again(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.passages.KEPT", 1)
    with KnowledgeGraph.open(store) as graph:
        one, two = [str(row["id"]) for row in graph.ask("postings").to_dicts()][:2]
        read: list[str] = []
        query = graph.store.query

        def noted(sparql: str) -> Rows:
            read.append(sparql)
            return query(sparql)

        monkeypatch.setattr(graph.store, "query", noted)
        passages = Passages(graph.store)
        found = [str(passages.find(Quote(posting, "words", 7))) for posting in (one, one, two, one)]
    assert found[0] == found[1] == found[3]
    assert len(read) == 3, "one query each time that a text is read"


def test_a_posting_that_is_not_there_gives_the_words_alone(store: Path) -> None:
    with KnowledgeGraph.open(store) as graph:
        assert str(Passages(graph.store).find(Quote('no" posting', "Spark", 7))) == "Spark"


@pytest.mark.parametrize("room", range(8))
@pytest.mark.parametrize("size", range(3, 9))
def test_words_that_leave_little_room_are_shown_with_what_fits(size: int, room: int) -> None:
    """No room at all for what stands before them once ended a whole page."""
    words = "x" * size
    passage = cut(f"before {words} after", 7, 7 + size, size + room)
    assert passage.words == words
    assert len(passage.before) + len(passage.after) <= room
