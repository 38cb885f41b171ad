"""A user's own vocabulary beside ours: whose word counts, what goes wrong, and every command."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import pytest

from kg import KnowledgeGraph
from kg.store import Store
from kg.store_checks import known_concepts
from nlp.extract import Extractor, patterns
from nlp.matcher import Matcher
from nlp.pipeline import blank
from nlp.readers import read_postings
from nlp.types import Facts, Posting
from ontology import load
from ontology.terms import VOCABULARY
from tests.command_line import Kg

pytestmark = pytest.mark.usefixtures("few_skills")

PREFIXES: Final = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rg: <https://rolegraph.example/ontology#> .
@prefix scheme: <{VOCABULARY}> .
@prefix skill: <{VOCABULARY}skill/> .
@prefix my: <https://acme.example/skills/> .
"""
MY: Final = "https://acme.example/skills/"
PYTHON: Final = VOCABULARY + "skill/python"
POSTING: Final = """Data Engineer
Acme Corp

We are hiring a data engineer.

Requirements:
- Experience with Python and Quarklight
- Special skills: (1) flux capacitor tuning; (2) Snorkelware.
"""


def write(folder: Path, name: str, turtle: str) -> Path:
    file = folder / name
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    return file


def concept(name: str, label: str, *, more: str = "") -> str:
    return (
        f'my:{name} a skos:Concept ; skos:inScheme scheme:skills ; skos:prefLabel "{label}"@en ;'
        f' skos:topConceptOf scheme:skills ; rg:kind "tool" {more} .\n'
    )


@pytest.fixture
def posting(tmp_path: Path) -> Path:
    file = tmp_path / "posting.txt"
    file.write_text(POSTING, encoding="utf-8")
    return file


def extract(vocabulary: list[Path], posting: Path) -> Facts:
    extractor = Extractor(load(vocabulary))
    (one,) = read_postings([posting], extractor.is_name)
    assert isinstance(one, Posting)
    return extractor(one)


def skills(vocabulary: list[Path], posting: Path) -> dict[str, str | None]:
    asked = extract(vocabulary, posting).requirements
    return {one.label: one.concept for one in asked if one.kind == "skill"}


def test_a_new_concept_is_found_beside_ours(tmp_path: Path, posting: Path) -> None:
    own = write(tmp_path, "own.ttl", concept("quarklight", "Quarklight"))
    assert skills([own], posting) == {"Python": PYTHON, "Quarklight": MY + "quarklight"}
    assert skills([], posting) == {"Python": PYTHON}


def test_a_label_on_a_concept_of_ours_means_the_users(tmp_path: Path, posting: Path) -> None:
    own = write(tmp_path, "own.ttl", concept("snake", "python"))
    assert skills([own], posting) == {"python": MY + "snake"}
    vocabulary = load([own])
    found = vocabulary.find("Python")
    assert found is not None
    assert found.iri == MY + "snake"
    assert vocabulary[PYTHON].label == "Python"  # it keeps its name, but is not found by it
    assert "Python" not in vocabulary.labels_of(vocabulary[PYTHON])
    Matcher(blank().tokenizer, patterns(vocabulary))  # two ids for one phrase would raise


def test_an_alias_of_ours_is_found_as_ours(tmp_path: Path, posting: Path) -> None:
    own = write(tmp_path, "own.ttl", 'skill:python skos:altLabel "Quarklight"@en .')
    assert skills([own], posting) == {"Python": PYTHON}
    found = load([own]).find("quarklight")
    assert found is not None
    assert found.iri == PYTHON


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_files_the_later_one_wins(tmp_path: Path, order: int) -> None:
    files = [
        write(tmp_path, f"{name}.ttl", concept(name, "Quarklight")) for name in ("alpha", "beta")
    ]
    found = load(files[::order]).find("Quarklight")
    assert found is not None
    assert found.iri == MY + ("beta" if order == 1 else "alpha")


def test_inside_a_file_the_concept_that_prefers_the_label_wins(tmp_path: Path) -> None:
    alias = concept("a", "Other", more='; skos:altLabel "Quarklight"@en')
    own = write(
        tmp_path, "own.ttl", alias + concept("b", "Quarklight") + concept("c", "quarklight")
    )
    found = load([own]).find("Quarklight")
    assert found is not None
    assert found.iri == MY + "b"


def test_labels_in_other_languages_are_not_read(tmp_path: Path) -> None:
    more = '; skos:prefLabel "Quarklicht"@de ; skos:altLabel "Quarklumière"@fr , "Q-Light"@en-GB'
    vocabulary = load([write(tmp_path, "own.ttl", concept("q", "Quarklight", more=more))])
    assert vocabulary[MY + "q"].labels == ("Quarklight", "Q-Light")
    assert vocabulary.find("Quarklicht") is None


def test_a_concept_in_a_scheme_that_is_none_of_ours_is_a_skill(tmp_path: Path) -> None:
    turtle = 'my:q a skos:Concept ; skos:inScheme my:all ; skos:prefLabel "Quarklight" .'
    assert load([write(tmp_path, "own.ttl", turtle)])[MY + "q"].scheme == "skills"


def test_a_rejection_is_no_candidate(tmp_path: Path, posting: Path) -> None:
    own = write(tmp_path, "own.ttl", 'my:no a rg:Rejection ; rdfs:label "snorkelwares"@en .')
    assert "Snorkelware" in [one.label for one in extract([], posting).candidates]
    left = [one.label for one in extract([own], posting).candidates]
    assert "Snorkelware" not in left
    assert "flux capacitor tuning" in left


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ("my:q a skos:Concept", "not valid Turtle"),
        ("my:q rdfs:seeAlso my:r .", "no skos:Concept in it; `kg vocab import`"),
        ('my:q a skos:Concept ; skos:prefLabel " "@en .', "has a blank label; take it out"),
        ('my:q skos:altLabel "Quarklight"@en .', "needs a skos:prefLabel"),
        ('my:q a skos:Concept ; skos:prefLabel "Quarklicht"@de .', "in English or without"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(
    kg: Kg, tmp_path: Path, posting: Path, turtle: str, said: str
) -> None:
    own = write(tmp_path, "own.ttl", turtle)
    answer = kg("extract", posting, "--vocabulary", own)
    assert answer.code == 2
    assert str(own) in answer.err
    assert said in answer.err


def test_a_file_that_is_not_there_is_named(kg: Kg, tmp_path: Path, posting: Path) -> None:
    answer = kg("build", posting, "--store", tmp_path / "s", "--vocabulary", tmp_path / "no.ttl")
    assert answer.code == 2
    assert f"{tmp_path / 'no.ttl'}: No such file or directory" in answer.err
    assert not (tmp_path / "s").exists()


def test_every_command_that_reads_postings_takes_it(
    kg: Kg, tmp_path: Path, posting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write(tmp_path, "one.ttl", concept("quarklight", "Quarklight"))
    two = write(tmp_path, "two.ttl", concept("snorkel", "Snorkelware"))
    both = ("--vocabulary", one, "--vocabulary", two)
    monkeypatch.delenv("KG_VOCABULARY", raising=False)
    assert MY not in kg("extract", posting, "--json").out
    printed = kg("extract", posting, "--json", *both).out
    assert MY + "quarklight" in printed
    assert MY + "snorkel" in printed
    assert MY + "quarklight" in kg("explain", posting, "--json", "--vocabulary", one).out
    monkeypatch.setenv("KG_VOCABULARY", os.pathsep.join([str(one), str(two)]))
    assert kg("extract", posting, "--json").out == printed
    assert kg("build", posting, "--store", tmp_path / "s").code == 0
    ask = "SELECT ?label { [] rg:requiresSkill ?s . ?s skos:prefLabel ?label } ORDER BY ?label"
    found = [row["label"] for row in kg("query", ask, "--json", "--store", tmp_path / "s").json]
    assert found == ["Python", "Quarklight", "Snorkelware"]
    with Store.open(tmp_path / "s") as opened:
        assert list(known_concepts(opened)) == []


def test_evaluate_takes_it(kg: Kg, tmp_path: Path) -> None:
    own = write(tmp_path, "own.ttl", concept("quarklight", "Quarklight"))
    text = "Requirements:\n- You love quarklight\n"  # no open rule takes it there
    start = text.index("quarklight")
    gold = tmp_path / "gold.jsonl"
    span = {"start": start, "end": start + len("quarklight"), "label": "Knowledge"}
    gold.write_text(json.dumps({"id": "1", "text": text, "gold": [span]}), encoding="utf-8")
    with_it = kg("evaluate", gold, "--json", "--vocabulary", own)
    assert with_it.code == 0, with_it.err
    assert with_it.out != kg("evaluate", gold, "--json").out


def test_another_vocabulary_is_another_run(tmp_path: Path, posting: Path) -> None:
    own = write(tmp_path, "own.ttl", concept("quarklight", "Quarklight"))
    store = tmp_path / "s"
    with KnowledgeGraph.build(posting, store) as graph:
        assert graph.report is not None
        assert graph.report.added == 1
    for replaced in (1, 0):
        with KnowledgeGraph.build(posting, store, vocabulary=[own]) as graph:
            assert graph.report is not None
            assert graph.report.replaced == replaced
            assert graph.query(f"ASK {{ ?p rg:requiresSkill <{MY}quarklight> }}")


def test_a_vocabulary_that_is_more_than_ours_is_held_to_its_shapes(
    tmp_path: Path, posting: Path
) -> None:
    whole = concept("quarklight", "Quarklight")
    own = write(tmp_path, "own.ttl", whole.replace('rg:kind "tool"', 'rg:kind "gadget"'))
    assert "gadget" in own.read_text(encoding="utf-8")
    with KnowledgeGraph.build(posting, tmp_path / "s", vocabulary=[own]) as graph:
        assert f"{MY}quarklight" in {found.node for found in graph.validate()}
