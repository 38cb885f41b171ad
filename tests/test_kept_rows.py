"""What a question answered is kept with the snapshot: the same rows again, and never others."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg.inference.materialising import infer
from kg.kept_rows import KeptRows
from kg.names import Names
from kg.quads import posting_quads
from kg.questions import Question, ask, questions
from kg.rows import Rows, to_value
from kg.snapshots import newest
from kg.store import Store, StoreError
from tests.factories import make_facts, small_vocabulary, two_levels
from tests.question_answers import ANSWERS, ROLE, TWO, pick
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUERY = "SELECT ?a ?b { ?s ?a ?b }"
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
WHOLE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of two postings, of which every answer is kept, however soon it was found."""
    monkeypatch.setattr("kg.kept_rows.SLOW", 0)
    path = tmp_path / "store"
    with fill(Store.open(path, create=True), two_levels(), tmp_path) as store:
        infer(store)
    return path


def files(store: Path) -> list[Path]:
    """Return the files of what is kept with the newest snapshot."""
    snapshot = newest(store)
    assert snapshot
    place = snapshot.path / "rows"
    return sorted(place.iterdir()) if place.exists() else []


def refuse(*_: object) -> Rows:
    raise AssertionError("the store was asked")


@pytest.mark.parametrize(("name", "params", "columns", "expected"), ANSWERS)
def test_kept_rows_are_those_that_were_answered(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    params: dict[str, Any],
    columns: list[str],
    expected: list[tuple[Any, ...]],
) -> None:
    with Store.open(folder) as store:
        first = ask(store, name, params)
    with Store.open(folder) as store:
        monkeypatch.setattr(Question, "answer_anew", refuse)
        again = ask(store, name, params)
    assert again == first
    assert (again.kind, list(again.terms)) == (first.kind, list(first.terms))
    assert [type(one) for row in again for one in row] == [
        type(one) for row in first for one in row
    ]
    assert pick(again, columns) == expected


def test_another_parameter_is_another_question(folder: Path) -> None:
    with Store.open(folder) as store:
        both = ask(store, "skills-of-role", {"role": ROLE})
        second = ask(store, "skills-of-role", {"role": TWO})
        assert ask(store, "skills-of-role", {"role": TWO}) == second != both
    assert len(files(folder)) == 2


def take_one_away(store: Store) -> None:
    assert store.remove(store.posting_ids()[0])


def bring_one_more(store: Store) -> None:
    facts = make_facts(source="3.txt", required=("Git",), role=ROLE, employer="Acme")
    run = store.iris.run("0", "", "ef")
    store.replace(facts.posting.id, posting_quads(facts, store.iris, run))


def say_another(store: Store) -> None:
    """Replace a posting by one with the same identifier that asks for less."""
    named = store.posting_ids()[0]
    facts = next(one for one in two_levels() if one.posting.id == named)
    bare = [
        quad
        for quad in posting_quads(facts, store.iris, store.iris.run("0", "", "ef"))
        if "Skill" not in quad.predicate.value
    ]
    store.replace(named, bare)


def name_otherwise(store: Store) -> None:
    """Load a vocabulary in which a skill is called otherwise."""
    assert store.folder
    file = store.folder.parent / "other.ttl"
    file.write_text(small_vocabulary().replace('"Spark"', '"Spark SQL"'), encoding="utf-8")
    assert store.load("vocabulary", [file])


@pytest.mark.parametrize("change", [take_one_away, bring_one_more, say_another, name_otherwise])
def test_no_answer_is_that_of_a_former_state(folder: Path, change: Callable[[Store], None]) -> None:
    with Store.open(folder) as store:
        before = ask(store, "skills")
    with Store.open(folder, read_only=False) as store:
        change(store)
        assert ask(store, "skills") != before  # who writes sees it at once
    assert not files(folder)
    with Store.open(folder) as store:
        after = ask(store, "skills")
        bound = questions()["skills"].bind(Names.of(store), {}, store)
        assert after == questions()["skills"].answer_anew(store, bound) != before


def test_a_reader_of_an_older_state_keeps_to_it(folder: Path) -> None:
    with Store.open(folder) as reader:
        before = ask(reader, "skills")
        with Store.open(folder, read_only=False) as writer:
            take_one_away(writer)
        assert ask(reader, "skills") == before
        assert ask(reader, "employers") != ask_anew(folder, "employers")
        assert len(files(folder)) == 1


def ask_anew(folder: Path, name: str) -> Rows:
    with Store.open(folder) as store:
        return ask(store, name)


def test_what_nobody_may_read_for_long_is_not_kept(folder: Path) -> None:
    """A store that is written to is another at any moment; one in memory has no place."""
    with Store.open(folder, read_only=False) as store:
        assert KeptRows.of(store) is None
    with Store.in_memory() as store:
        assert KeptRows.of(store) is None
    store = Store.open(folder)
    ask(store, "skills")
    store.close()
    assert KeptRows.of(store) is None
    with pytest.raises(StoreError, match="closed"):
        ask(store, "skills")


def test_what_is_found_at_once_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.kept_rows.SLOW", 600)
    ask_anew(folder, "skills")
    assert not files(folder)


@pytest.mark.parametrize("place", [0, 8, 20, 100, -1])
def test_a_damaged_file_is_told_and_asked_anew(
    folder: Path, caplog: pytest.LogCaptureFixture, place: int
) -> None:
    first = ask_anew(folder, "skills")
    (file,) = files(folder)
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        assert ask_anew(folder, "skills") == first
        assert f"{file}: a kept answer is asked for anew" in caplog.text
        caplog.clear()
        assert ask_anew(folder, "skills") == first
        assert not caplog.text


@pytest.mark.parametrize("cut", [0, 5, 30])
def test_a_file_that_is_cut_short_is_told_and_asked_anew(
    folder: Path, caplog: pytest.LogCaptureFixture, cut: int
) -> None:
    first = ask_anew(folder, "skills")
    (file,) = files(folder)
    file.write_bytes(file.read_bytes()[:cut])
    assert ask_anew(folder, "skills") == first
    assert "a kept answer is asked for anew" in caplog.text


def test_where_nothing_can_be_written_the_store_is_asked(folder: Path) -> None:
    snapshot = newest(folder)
    assert snapshot
    (snapshot.path / "rows").write_text("no folder", encoding="utf-8")
    assert ask_anew(folder, "skills") == ask_anew(folder, "skills")
    assert (snapshot.path / "rows").read_text(encoding="utf-8") == "no folder"


def test_what_was_not_asked_for_longest_makes_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(folder) as store:
        for name in ("skills", "roles", "employers"):
            before = set(files(folder))
            ask(store, name)
            (new,) = set(files(folder)) - before
            os.utime(new, (len(before), len(before)))
        room = sum(file.stat().st_size for file in files(folder))
        monkeypatch.setattr("kg.kept_rows.LARGEST", room)
        ask(store, "skills")  # asked again: it stays
        ask(store, "runs")
        left = files(folder)
        assert len(left) < 4
        monkeypatch.setattr(Question, "answer_anew", refuse)
        ask(store, "skills")
        ask(store, "runs")
        with pytest.raises(AssertionError, match="the store was asked"):
            ask(store, "roles")


def test_so_many_answers_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.kept_rows.MOST", 2)
    with Store.open(folder) as store:
        for name in ("skills", "roles", "employers", "runs"):
            ask(store, name)
    assert len(files(folder)) == 2


def test_processes_that_ask_at_once_are_all_answered(folder: Path) -> None:
    code = (
        "import sys, kg.kept_rows\n"
        "from kg.store import Store\n"
        "from kg.questions import ask\n"
        "kg.kept_rows.SLOW = 0\n"
        "sys.stdin.readline()\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    for _ in range(20):\n"
        "        print(ask(store, 'skills').rows == ask(store, 'skills').rows, end=' ')\n"
        "    print(ask(store, 'skills').rows)"
    )
    words = [sys.executable, "-c", code, str(folder)]
    started = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = {one.communicate("go\n", timeout=60)[0] for one in started}
    (one,) = said
    assert one.split("[")[0].split() == ["True"] * 20
    assert [file.suffix for file in files(folder)] == [""]


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ([(ox.NamedNode("urn:a"), None)], "an IRI, and nothing"),
        ([(ox.Literal("a\nb  \"c\" \\ ü 💡"), ox.Literal(""))], "texts"),
        ([(ox.Literal("chat", language="fr"), ox.Literal("chat"))], "with a language and without"),
        ([(ox.Literal(3), ox.Literal("3")), (ox.Literal("03", datatype=WHOLE), None)], "numbers"),
        ([(ox.Literal("1.50", datatype=DECIMAL), ox.Literal(True))], "decimals and booleans"),
        ([(ox.Literal("<urn:a>"), ox.NamedNode("urn:a")), (None, ox.Literal("-"))], "look alike"),
        ([], "no rows"),
    ],
)  # fmt: skip
def test_every_term_is_the_same_again(
    tmp_path: Path, terms: list[tuple[ox.NamedNode | ox.Literal | None, ...]], why: str
) -> None:
    rows = Rows(("a", "b"), [tuple(map(to_value, row)) for row in terms], terms)
    kept = KeptRows(tmp_path)
    kept.keep(QUERY, rows, 1.0)
    found = kept.find(QUERY, ("a", "b"))
    assert found == rows, why
    assert found is not None
    assert list(found.terms) == terms, why
    assert found.without_iris() == rows.without_iris(), why
    assert kept.find(QUERY + " ", ("a", "b")) is None


@pytest.mark.parametrize(
    "term",
    [
        ox.Literal("a\0b"),
        ox.Literal("a\1b"),
        ox.BlankNode("a"),
        ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")),
    ],
)
def test_what_cannot_be_told_from_others_is_not_kept(tmp_path: Path, term: Any) -> None:
    kept = KeptRows(tmp_path)
    kept.keep(QUERY, Rows(("a",), [(to_value(term),)], [(term,)]), 1.0)
    assert kept.find(QUERY, ("a",)) is None
