"""After a change only what changed is read anew, and the answers are those of a fresh reading."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from kg.corpus import Corpus
from kg.graph_model import Kind
from kg.quads import posting_quads
from kg.snapshots import newest
from kg.store import Store
from kg.touched import MOST, Touched, read
from tests.factories import make_facts
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nlp.types import Facts

SKILLS = ("Git", "HDFS", "Java", "Python", "SQL", "quilting")
EMPLOYERS = ("Acme", "Globex", None)


class Plain:
    """A store whose answers are not kept."""

    def __init__(self, store: Store) -> None:
        self.query = store.query
        self.stream = store.stream


def all_of(corpus: Corpus) -> dict[str, Any]:
    """Return whatever the columns say."""
    facets, asks = corpus.facets, corpus.asks
    members = corpus.members_of_choices
    return {
        "postings": corpus.postings,
        "asks": [corpus.skills(one) for one in corpus.postings],
        "skills": asks.skills,
        "members": [dict(corpus.members(one)) for one in corpus.postings],
        "choices": (members.choices, corpus.required_choices, corpus.mixed),
        "names": [corpus.identifier(one) for one in corpus.postings],
        "titles": facets.titles,
        "employers": [facets.employers, dict(facets.called)],
        "roles": [facets.roles, facets.levels, facets.dates],
        "sources": facets.sources,
        "copies": facets.copies,
        "labels": [[(one, corpus.label(one)) for one in corpus.nodes(kind)] for kind in Kind],
        "years": [corpus.years(one) for one in corpus.postings],
        "degrees": [corpus.degrees(one) for one in corpus.postings],
        "broader": corpus.vocabulary.broader,
    }


def some_facts(dice: random.Random, number: int) -> Facts:
    return make_facts(
        source=f"{number}.txt",
        required=dice.sample(SKILLS, dice.randrange(4)),
        any_of={"a1": tuple(dice.sample(SKILLS, 2))} if dice.random() < 0.5 else {},
        employer=dice.choice(EMPLOYERS),
    )


def put(store: Store, facts: Facts) -> None:
    store.replace(facts.posting.id, posting_quads(facts, store.iris, store.iris.run("0", "", "ef")))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of four postings whose answers are all kept, and were read once."""
    monkeypatch.setattr("kg.corpus.keeping.LEAST", 0)
    path, dice = tmp_path / "store", random.Random(1)  # noqa: S311
    facts = [some_facts(dice, number) for number in range(4)]
    fill(Store.open(path, create=True), facts, tmp_path).close()
    with Store.open(path) as store:
        all_of(Corpus(store))
    return path


def asked_by(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    stream = store.stream

    def noted(query: str) -> Any:
        asked.append(query)
        return stream(query)

    monkeypatch.setattr(store, "stream", noted)
    return asked


def test_only_the_graphs_that_changed_are_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One posting of four goes, one comes: no query is about all graphs, or about those that stay.

    What a few concepts or postings are asked for is never kept.
    """
    with Store.open(folder, read_only=False) as store:
        gone, *stay = store.posting_ids()
        store.remove(gone)
        new = some_facts(random.Random(2), 9)  # noqa: S311
        put(store, new)
    with Store.open(folder) as store:
        asked = asked_by(store, monkeypatch)
        found = all_of(Corpus(store))
        about = [set(re.findall(r"graph/([0-9a-f]+)>", one)) for one in asked]
        assert {gone, new.posting.id} in about
        for query, graphs in zip(asked, about, strict=True):
            assert "VALUES ?graph" in query or "VALUES ?concept" in query
            assert not graphs & set(stay)
        assert found == all_of(Corpus(Plain(store)))


@pytest.mark.parametrize("seed", range(3))
def test_answers_are_those_of_a_fresh_reading_after_any_changes(folder: Path, seed: int) -> None:
    """Postings come, change and go, some are read in between and some not, some publish twice."""
    dice = random.Random(seed)  # noqa: S311 # nothing secret
    for number in range(6):
        with Store.open(folder, read_only=False) as store:
            for _ in range(dice.randrange(3)):
                if dice.random() < 0.4 and (there := store.posting_ids()):
                    store.remove(dice.choice(there))
                else:
                    put(store, some_facts(dice, dice.randrange(8)))
                if dice.random() < 0.3:
                    store.publish()
        if dice.random() < 0.6 or number == 5:
            with Store.open(folder) as store:
                assert all_of(Corpus(store)) == all_of(Corpus(Plain(store)))


def damage_changed(snapshot: Path) -> None:
    (snapshot / "former" / "changed").write_text('["half', encoding="utf-8")


def damage_an_answer(snapshot: Path) -> None:
    for one in (snapshot / "former").iterdir():
        if one.name != "changed":
            data = bytearray(one.read_bytes())
            data[-1] ^= 1
            one.unlink()
            one.write_bytes(data)


def lose_all(snapshot: Path) -> None:
    for one in (snapshot / "former").iterdir():
        one.unlink()


@pytest.mark.parametrize("damage", [damage_changed, damage_an_answer, lose_all])
def test_what_is_damaged_is_made_anew(folder: Path, damage: Callable[[Path], None]) -> None:
    with Store.open(folder, read_only=False) as store:
        put(store, some_facts(random.Random(3), 9))  # noqa: S311
    snapshot = newest(folder)
    assert snapshot
    assert (snapshot.path / "former" / "changed").exists()
    damage(snapshot.path)
    with Store.open(folder) as store:
        assert all_of(Corpus(store)) == all_of(Corpus(Plain(store)))


def test_what_another_program_wrote_counts_as_everything(folder: Path) -> None:
    """It left a mark without names: nothing of what was read before is believed."""
    (folder / "snapshots" / "behind").touch()
    with Store.open(folder, read_only=False) as store:
        put(store, some_facts(random.Random(3), 9))  # noqa: S311
    snapshot = newest(folder)
    assert snapshot
    assert not (snapshot.path / "former").exists()


def test_what_is_shared_takes_no_room(folder: Path) -> None:
    """A former answer is the same file as that of the snapshot before, while both are there."""
    with Store.open(folder) as reader:
        assert reader.view
        before = {
            one.name: one.stat().st_ino for one in (reader.view.snapshot.path / "columns").iterdir()
        }
        with Store.open(folder, read_only=False) as store:
            put(store, some_facts(random.Random(3), 9))  # noqa: S311
        snapshot = newest(folder)
        assert snapshot
        kept = (snapshot.path / "former").iterdir()
        assert {one.name: one.stat().st_ino for one in kept if one.name != "changed"} == before


@pytest.mark.parametrize(
    ("added", "expected", "why"),
    [
        ([["a"], ["b", "a"]], {"a", "b"}, "each once"),
        ([[]], set(), "none changed"),
        ([["a"], None], None, "all did"),
        ([None, ["a"]], None, "all did before"),
        ([[str(number) for number in range(MOST + 1)]], None, "too many to name"),
    ],
)
def test_graphs_are_named_before_they_change(
    tmp_path: Path, added: list[list[str] | None], expected: set[str] | None, why: str
) -> None:
    file = tmp_path / "behind"
    for graphs in added:
        Touched(file).add(graphs)
    assert read(file) == expected, why


def test_after_a_write_that_was_cut_short_anything_may_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, room is made, and the same writer does it again."""
    file = tmp_path / "behind"
    touched = Touched(file)
    touched.add(["a"])

    def half(_: Touched, text: str, __: str) -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text[:3])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Touched, "_write", half)
        with pytest.raises(OSError, match="No space"):
            touched.add(["graph/b"])
    touched.add(["graph/b"])
    assert read(file) is None


@pytest.mark.parametrize("text", ["", "something\na\n", "a\n", "\n"])
def test_other_texts_name_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "behind").write_text(text, encoding="utf-8")
    assert read(tmp_path / "behind") is None
    Touched(tmp_path / "behind").add(["a"])
    assert read(tmp_path / "behind") is None
