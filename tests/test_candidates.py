"""Candidates: in the graph, ranked over a store, decided on, and used by the next build."""

from __future__ import annotations

import dataclasses
from collections import Counter
from math import log2
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from kg.analysis.termhood import Use, c_values, rank_phrases
from kg.iris import Iris
from kg.nearest import Nearest
from kg.quads import posting_quads
from kg.store import Store
from kg.validate import validate_graph
from nlp.types import Candidate, Necessity
from ontology import Concept, Vocabulary, load
from ontology.forms import normal_form
from ontology.terms import CANDIDATE as CANDIDATE_CLASS
from ontology.terms import NECESSITY, RDFS, REQUIRED, VOCABULARY
from ontology.turtle import read_turtle
from tests.command_line import Kg
from tests.factories import two_levels

pytestmark = pytest.mark.usefixtures("few_skills")

SOFTWARE: Final = {
    "acme": "(1) flux capacitor tuning; (2) Snorkelware.",
    "bolt": "(1) flux capacitor tuning; (2) Snorkelware; (3) Glimmerstack.",
    "crux": "(1) Flux Capacitor Tunings; (2) quark mongering.",
}


@pytest.fixture
def postings(tmp_path: Path) -> Path:
    folder = tmp_path / "postings"
    folder.mkdir()
    for name, items in SOFTWARE.items():
        text = (
            f"Data Engineer\n{name.title()} Corp\n\nAbout {name.title()} Corp\n\n"
            f"Requirements:\n- Experience with Python\n- Special skills: {items}\n"
        )
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def use(label: str, posting: str, employer: str | None = None) -> Use:
    return Use(posting, employer, label, Necessity.REQUIRED, 0, len(label))


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("Data Pipelines", "data pipeline"),
        ("  streaming\n lakehouses. ", "streaming lakehouse"),
        ("methodologies", "methodology"),
        ("processes", "process"),
        ("statistics", "statistics"),
        ("sales", "sales"),
        ("analysis", "analysis"),
        ("Kubernetes", "kubernetes"),
        ("status", "status"),
        ("C++", "c++"),
        ("C#", "c#"),
        (".NET", ".net"),
        ("•", ""),
        ("", ""),
    ],
)
def test_the_normal_form_leaves_case_and_number_behind(label: str, form: str) -> None:
    assert normal_form(label) == form
    assert normal_form(form) == form


def test_the_c_value_is_that_of_the_paper() -> None:
    """Frantzi et al. 2000, with log2(words + 1).

    "b c" stands with x, y and, inside "a b c", with y, z: 3 voices; the longer one has 2 of them.
    log2(3) * (3 - 2 / 1) = 1.585. "c" stands with x, y, z (all inside longer ones), 2 of which
    contain it, with 3 and 2 voices: log2(2) * (3 - 5 / 2) = 0.5. "a b c": log2(4) * 2 = 4.
    """
    found = c_values({"b c": {"x", "y"}, "a b c": {"y", "z"}, "c": {"z"}})
    assert found["a b c"] == pytest.approx(4)
    assert found["b c"] == pytest.approx(log2(3))
    assert found["c"] == pytest.approx(0.5)
    assert c_values({}) == {}


def test_one_employer_is_one_voice_however_often_it_posts() -> None:
    loud = [use("proprietary widget", f"p{n}", "acme") for n in range(9)]
    asked = [use("plain widget", f"q{n}", f"employer {n}") for n in range(3)]
    ranked = rank_phrases([*loud, *asked])
    assert [(one.label, one.postings, one.employers) for one in ranked] == [
        ("plain widget", 3, 3),
        ("proprietary widget", 9, 1),
    ]


def test_a_posting_without_an_employer_speaks_for_itself() -> None:
    (one,) = rank_phrases([use("widget", "p1"), use("Widgets", "p2"), use("widgets", "p3", "acme")])
    assert (one.postings, one.employers, one.form) == (3, 3, "widget")
    assert one.spellings == ("Widgets", "widget", "widgets")


def test_ties_go_by_the_alphabet_and_order_does_not_matter() -> None:
    uses = [use(label, "p") for label in ("zeta", "alpha", "mu")]
    assert [one.label for one in rank_phrases(uses)] == ["alpha", "mu", "zeta"]
    assert rank_phrases(uses) == rank_phrases(uses[::-1])
    assert rank_phrases([]) == []


def test_a_candidate_is_a_node_with_its_strongest_necessity() -> None:
    facts = two_levels()[0]
    proof = facts.requirements[0].evidence
    wanted = [Necessity.MENTIONED, Necessity.REQUIRED, Necessity.WAIVED]
    facts = dataclasses.replace(
        facts,
        candidates=tuple(
            Candidate(label, necessity, proof)
            for necessity, label in zip(wanted, ("Zig tool", "zig  tool", "Zag"), strict=True)
        ),
    )
    iris = Iris()
    quads = posting_quads(facts, iris, iris.run("0", "a", "b"))
    node = iris.candidate(facts.posting.id, "zig tool")
    stated = {q.predicate.value: q.object for q in quads if q.subject == node}
    assert stated[NECESSITY] == ox.NamedNode(REQUIRED)
    assert stated[RDFS + "label"] == ox.Literal("zig  tool")
    assert len([q for q in quads if q.object == ox.NamedNode(CANDIDATE_CLASS)]) == 1
    without = posting_quads(
        dataclasses.replace(facts, candidates=()), iris, iris.run("0", "a", "b")
    )
    assert len(quads) - len(without) <= 12


def test_the_nearest_concept_shares_the_rare_words() -> None:
    labels = ["Media Mix Modeling", "Data Modeling", "Statistical Modeling", "Python"]
    iris = {label: f"https://me.example/{n}" for n, label in enumerate(labels)}
    near = Nearest(Vocabulary({iri: Concept(iri, "skills", label) for label, iri in iris.items()}))

    def label(phrase: str) -> str | None:
        found = near.find(phrase)
        return found.label if found else None

    assert label("bayesian media mix modeling") == "Media Mix Modeling"
    assert label("pythons") == "Python"
    assert label("welding") is None
    assert label("") is None
    assert Nearest(Vocabulary({})).find("python") is None


def test_from_candidates_to_concepts(kg: Kg, tmp_path: Path, postings: Path) -> None:
    """The road as a user walks it: build, list, decide, build again, and it is found."""
    store, own = tmp_path / "s", tmp_path / "own.ttl"
    at = ("--store", store)
    assert kg("build", postings, *at).code == 0
    listed = kg("vocab", "candidates", "--json", *at)
    assert listed.code == 0
    first, *rest = listed.json
    assert first["form"] == "flux capacitor tuning"
    assert (first["postings"], first["required"], first["preferred"]) == (3, 1.0, 0.0)
    assert first["spellings"] == ["flux capacitor tuning", "Flux Capacitor Tunings"]
    assert all("flux capacitor tuning" in one["text"].lower() for one in first["contexts"])
    assert {"Snorkelware", "Glimmerstack", "quark mongering"} <= {one["candidate"] for one in rest}
    often = kg("vocab", "candidates", "--least", "2", "--json", *at).json
    assert {"Snorkelware", "flux capacitor tuning"} <= {one["candidate"] for one in often}
    assert all(one["postings"] >= 2 for one in often)
    assert len(kg("vocab", "candidates", "--limit", "1", "--json", *at).json) == 1
    table = kg("vocab", "candidates", *at)
    assert "flux capacitor tuning" in table.out

    to = ("--vocabulary", own)
    made = kg("vocab", "accept", "flux capacitor tuning", "--kind", "method", *to, *at)
    assert made.code == 0
    assert kg("vocab", "accept", "Snorkelware", "--alias-of", "python", *to, *at).code == 0
    below = ("--broader", "flux capacitor tuning")
    assert kg("vocab", "accept", "Glimmerstack", *below, *to, *at).code == 0
    why = ("--reject", "--why", "nobody knows what it is")
    assert kg("vocab", "accept", "Quark Mongerings", *why, *to, *at).code == 0

    decided = {"flux capacitor tuning", "snorkelware", "glimmerstack", "quark mongering"}
    at_once = kg("vocab", "candidates", "--json", *to, *at).json
    assert not decided & {one["form"] for one in at_once}
    assert kg("vocab", "check", own).code == 0

    assert "3 replaced" in kg("build", postings, *to, *at).out
    assert not decided & {one["form"] for one in kg("vocab", "candidates", "--json", *at).json}
    ask = "SELECT ?p ?label { ?p rg:requiresSkill/skos:prefLabel ?label }"
    found = Counter(row["label"] for row in kg("query", ask, "--json", *at).json)
    assert found == {
        "Glimmerstack": 1,
        "Python": 3,
        "flux capacitor tuning": 3,
    }
    with Store.open(store) as opened:
        for name in opened.posting_ids():
            graph = opened.graph_iri(name)
            assert validate_graph(graph, opened.quads(graph)) == []


def test_the_file_is_sorted_and_round_trips(kg: Kg, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    at = ("--vocabulary", own, "--store", tmp_path / "none")
    for label in ("Zeta tool", "Alpha tool", "Mu tool"):
        assert kg("vocab", "accept", label, "--kind", "tool", *at).code == 0
    kg("vocab", "accept", "PySnake", "--alias-of", "skill:python", *at)
    kg("vocab", "accept", 'Say "cheese" \\ smile', "--kind", "soft", *at)
    read = read_turtle(own)
    assert list(read.statements) == sorted(read.statements)
    assert read.text() == own.read_text(encoding="utf-8")
    vocabulary = load([own])
    for label in ("zeta TOOL", 'Say "cheese" \\ smile'):
        assert vocabulary.find(label), label
    found = vocabulary.find("pysnake")
    assert found is not None
    assert found.iri == VOCABULARY + "skill/python"
    before = own.read_bytes()
    kg("vocab", "accept", "PySnake", "--alias-of", "Python", *at)
    assert own.read_bytes() == before


def test_a_users_own_statements_and_heading_are_kept(kg: Kg, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "# Ours, since 2024\n\n@prefix ex: <https://me.example/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'ex:b a skos:Concept ; skos:prefLabel "Bee"@en , "Biene"@de ; ex:since 2024 .\n',
        encoding="utf-8",
    )
    assert kg("vocab", "accept", "Ant", "--kind", "tool", "--vocabulary", own).code == 0
    text = own.read_text(encoding="utf-8")
    assert text.startswith("# Ours, since 2024\n")
    assert 'skos:prefLabel "Bee"@en, "Biene"@de' in text
    assert "ex:since 2024" in text


def test_a_decision_can_be_turned(kg: Kg, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    to = ("--vocabulary", own)
    assert kg("vocab", "accept", "flux tuning", "--reject", *to).code == 0
    assert "flux tuning" in load([own]).rejected
    assert kg("vocab", "accept", "Flux Tuning", "--kind", "method", *to).code == 0
    assert load([own]).rejected == frozenset()
    taken = kg("vocab", "accept", "flux tunings", "--reject", *to)
    assert taken.code == 2
    assert "take it out there first" in taken.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Foo"], "say one of --alias-of CONCEPT"),
        (["Foo", "--reject", "--kind", "tool"], "say one of --alias-of CONCEPT"),
        (["Foo", "--alias-of", "Pyhton"], 'no skill "Pyhton"; did you mean "Python"'),
        (["Foo", "--broader", "Machine Learnin"], 'did you mean "Machine Learning"'),
        (["Foo", "--kind", "gadget"], "no kind 'gadget'; a skill is one of certification"),
        (["python", "--kind", "tool"], "is a label of Python"),
        ([" ", "--kind", "tool"], "an empty label"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_written(
    kg: Kg, tmp_path: Path, words: list[str], said: str
) -> None:
    own = tmp_path / "own.ttl"
    answer = kg("vocab", "accept", *words, "--vocabulary", own)
    assert answer.code == 2
    assert " ".join(said.split()) in " ".join(answer.err.replace("│", " ").split())
    assert not own.exists()
