"""What follows from what is stated: what is inferred, what is not, and that the two never mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg import KnowledgeGraph
from kg.inference.materialising import State, drop, infer, need_inferred, state
from kg.inference.rules import Rule, parse, rule_of, rules
from kg.iris import local_name
from kg.publishing import changing
from kg.quads import posting_quads
from kg.questions import ask
from kg.store import Store, StoreError
from ontology import terms
from ontology.vocabulary import stored_files
from tests.command_line import Kg
from tests.factories import concept, make_facts, two_levels
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SKILL, DEGREE, LEVEL = (f"{terms.VOCABULARY}{kind}/" for kind in ("skill", "degree", "level"))


@pytest.fixture
def small(tmp_path: Path) -> Store:
    return two_level_store(tmp_path)


@pytest.fixture(scope="module")
def concepts() -> Store:
    """Our own vocabulary, with what follows from it."""
    store = Store.in_memory()
    store.load("vocabulary", stored_files())
    infer(store)
    return store


def has(store: Store, subject: str, verb: str, value: str) -> bool:
    graph = store.iris.graph("inferred")
    one, other = ox.NamedNode(subject), ox.NamedNode(value)
    return ox.Quad(one, ox.NamedNode(verb), other, graph) in store.oxigraph


IMPLIES = [
    (SKILL, "pyspark", "spark", "who works with PySpark works with Spark"),
    (SKILL, "pyspark", "python", "and writes Python"),
    (SKILL, "koalas", "spark", "by way of PySpark"),
    (SKILL, "amazon-s3", "aws", "a service of a platform"),
    (SKILL, "express", "javascript", "by way of Node.js"),
    (SKILL, "deep-learning", "machine-learning", "a kind of it"),
    (SKILL, "python", "programming", "who knows the language can program"),
    (SKILL, "pandas", "programming", "by way of Python"),
    (DEGREE, "master", "bachelor", "a master's degree satisfies who asks for a bachelor's"),
    (DEGREE, "doctorate", "high-school", "and every rank below"),
    (DEGREE, "master", "advanced", "a master's degree is an advanced one"),
    (DEGREE, "juris-doctor", "bachelor", "comes after one"),
    (DEGREE, "mba", "master", "is one"),
]


@pytest.mark.parametrize(("kind", "one", "other", "why"), IMPLIES)
def test_what_implies_what(concepts: Store, kind: str, one: str, other: str, why: str) -> None:
    assert has(concepts, kind + one, terms.IMPLIES_TRANSITIVE, kind + other), why


IMPLIES_NOT = [
    (SKILL, "python", "programming-languages", "one of a class"),
    (SKILL, "pyspark", "programming-languages", "nor by way of Python"),
    (SKILL, "django", "web-frameworks", "one of a class"),
    (SKILL, "spark", "pyspark", "the other way round"),
    (SKILL, "spark", "big-data", "a domain that it belongs to"),
    (SKILL, "microsoft-word", "microsoft-office", "a part of a suite"),
    (SKILL, "tensorflow", "python", "it is used from other languages too"),
    (SKILL, "sql", "programming", "a query is no program"),
    (SKILL, "programming", "python", "the other way round"),
    (SKILL, "open-policy-agent", "kubernetes", "it is used elsewhere"),
    (DEGREE, "bachelor", "master", "the other way round"),
    (DEGREE, "advanced", "master", "it may be a doctorate"),
    (DEGREE, "master", "mba", "one of many"),
    (DEGREE, "juris-doctor", "master", "a profession's doctorate is no master's degree"),
    (DEGREE, "vocational", "high-school", "countries differ"),
    (DEGREE, "doctorate", "professional", "research is no practice"),
]


@pytest.mark.parametrize(("kind", "one", "other", "why"), IMPLIES_NOT)
def test_what_does_not_imply(concepts: Store, kind: str, one: str, other: str, why: str) -> None:
    known = ox.NamedNode(terms.SKOS + "prefLabel")
    for name in (one, other):
        assert next(concepts.oxigraph.quads_for_pattern(ox.NamedNode(kind + name), known, None))
    assert not has(concepts, kind + one, terms.IMPLIES_TRANSITIVE, kind + other), why


LEVELS = [
    ("senior", "ii", True, "two ranks in common use"),
    ("ii", "senior", False, "the other way round"),
    ("ii", "ii", False, "not above itself"),
    ("ic3", "ic1", True, "two grades of one ladder"),
    ("ic3", "ii", False, "an employer's grade and a rank in common use"),
    ("senior", "p2", False, "the same, the other way round"),
    ("l4", "e3", False, "grades of two ladders"),
    ("director", "manager", True, "two ranks of management"),
    ("manager", "principal", False, "two tracks"),
    ("mid-senior", "mid-level", False, "a board's span, which reaches over ranks"),
]


@pytest.mark.parametrize(("one", "other", "above", "why"), LEVELS)
def test_the_order_of_levels(concepts: Store, one: str, other: str, above: bool, why: str) -> None:
    assert has(concepts, LEVEL + one, terms.RANKS_ABOVE, LEVEL + other) is above, why


def test_no_concept_implies_itself_or_one_of_another_scheme(concepts: Store) -> None:
    odd = concepts.query(
        "SELECT ?a ?b { ?a rg:impliesTransitive ?b . ?a skos:inScheme ?x . ?b skos:inScheme ?y "
        "FILTER (?a = ?b || ?x != ?y) }"
    )
    assert odd.rows == []


def test_an_engine_of_owl_infers_the_same(small: Store) -> None:
    """owlrl, by the axioms of SKOS: broaderTransitive is transitive, and broader a kind of it."""
    owlrl = pytest.importorskip("owlrl")
    infer(small)
    given, ours = Graph(), set()
    for quad in small.quads(small.graph_iri("vocabulary")):
        if local_name(quad.predicate.value) in ("broader", "implies"):
            given.parse(data=f"{quad.triple} .", format="nt")
    axioms = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    axioms += f"@prefix rdfs: <{terms.RDFS}> .\n"
    transitive = terms.SKOS + "broaderTransitive", terms.IMPLIES_TRANSITIVE
    for stated, inferred in zip(("skos:broader", "rg:implies"), transitive, strict=True):
        stated = terms.PREFIXES[stated.split(":")[0]] + stated.split(":")[1]
        axioms += f"<{inferred}> a owl:TransitiveProperty . "
        axioms += f"<{stated}> rdfs:subPropertyOf <{inferred}> .\n"
    given.parse(data=axioms, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(given)
    theirs = {(str(s), str(p), str(o)) for s, p, o in given if str(p) in transitive}
    for quad in small.quads(small.graph_iri("inferred")):
        if quad.predicate.value in transitive:
            ours.add(tuple(end.value for end in quad.triple))
    assert ours == theirs
    assert len(ours) > 5


REQUIREMENTS = [
    ({"required": ["HDFS"]}, [("skill-hdfs-required", "Hadoop")], "required"),
    ({"preferred": ["HDFS"]}, [("skill-hdfs-preferred", "Hadoop")], "as strongly as stated"),
    ({"mentioned": ["HDFS"]}, [("skill-hdfs-mentioned", "Hadoop")], "as strongly as stated"),
    ({"any_of": {"a1": ["HDFS", "Java"]}}, [], "one of several is not asked for"),
    ({"any_of": {"a1": ["HDFS", "Hadoop"]}}, [], "a list may have members that nobody knows"),
    ({"required": ["Hadoop"]}, [], "not the other way round"),
    ({"required": ["Spark"]}, [], "Big Data is only wider"),
    ({"required": ["HDFS tooling"]}, [], "mere words are no concept"),
    (
        {"required": ["HDFS"], "any_of": {"a1": ["HDFS", "Java"]}},
        [("skill-hdfs-required", "Hadoop")],
        "asked for by itself too",
    ),
]


@pytest.mark.parametrize(("asked", "expected", "why"), REQUIREMENTS)
def test_what_a_posting_asks_for_by_implication(
    tmp_path: Path, asked: dict[str, object], expected: list[tuple[str, str]], why: str
) -> None:
    asked = {"required": [], "degree": None, **asked}
    store = fill(Store.in_memory(), [make_facts(**asked)], tmp_path)  # type: ignore[arg-type]
    infer(store)
    rows = store.query("SELECT ?r ?label { ?r rg:impliesSkill/skos:prefLabel ?label }")
    assert [(local_name(str(one)), label) for one, label in rows] == expected, why


def test_a_degree_implies_what_it_outranks_and_a_choice_of_degrees_nothing(tmp_path: Path) -> None:
    store = fill(Store.in_memory(), [make_facts(degree="Doctorate", required=[])], tmp_path)
    infer(store)
    sparql = "SELECT ?label { ?r rg:impliesDegree/skos:prefLabel ?label } ORDER BY ?label"
    assert store.query(sparql).column("label") == ["Bachelor's", "Master's"]
    (requirement,) = store.query("SELECT ?r { ?r rg:degree ?d }").terms[0]
    (posting,) = store.posting_ids()
    member = ox.Quad(
        store.iris.alternative(posting, "a1"),
        ox.NamedNode(terms.MEMBER),
        requirement,  # type: ignore[arg-type]
        store.iris.graph(posting),
    )
    store.apply(add=[member])
    drop(store)
    infer(store)
    assert store.query(sparql).rows == []


# Fresh and stale


def test_what_is_inferred_goes_stale_with_the_store(small: Store, tmp_path: Path) -> None:
    assert state(small) is State.NONE
    infer(small)
    assert state(small) is State.CURRENT
    facts = make_facts(source="new.txt", required=["HDFS"])
    run = small.iris.run("0", "", "ef")
    small.replace(facts.posting.id, posting_quads(facts, small.iris, run))
    assert state(small) is State.STALE, "a posting has come"
    infer(small)
    assert state(small) is State.CURRENT
    other = small.iris.run("1", "", "ef")
    small.replace(facts.posting.id, posting_quads(facts, small.iris, other))
    assert state(small) is State.STALE, "another run has taken its facts"
    small.replace(facts.posting.id, posting_quads(facts, small.iris, run))
    assert state(small) is State.CURRENT, "the store is as it was"
    small.remove(facts.posting.id)
    assert state(small) is State.STALE, "a posting has gone"
    infer(small)
    more = tmp_path / "more.ttl"
    more.write_text(
        f"<{concept('skill', 'Spark')}> <{terms.IMPLIES}> <{concept('skill', 'SQL')}> ."
    )
    small.load("vocabulary", [tmp_path / "vocabulary.ttl", more])
    assert state(small) is State.STALE, "the vocabulary has changed"
    infer(small)
    assert has(small, concept("skill", "Spark"), terms.IMPLIES_TRANSITIVE, concept("skill", "SQL"))


def test_what_was_cut_short_is_stale(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small, "apply", lambda **_: None)
    infer(small)
    monkeypatch.undo()
    assert state(small) is State.STALE


def test_what_rests_on_it_says_that_it_is_missing(small: Store) -> None:
    with pytest.raises(StoreError, match="nothing is inferred yet"):
        ask(small, "postings-implying", {"skill": "Hadoop"})
    infer(small)
    need_inferred(small)
    assert ask(small, "postings-implying", {"skill": "Hadoop"}).rows


def test_a_store_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        fill(store, two_levels(), tmp_path)
    with KnowledgeGraph.open(tmp_path / "s") as graph, pytest.raises(StoreError, match="reading"):
        graph.infer()


def test_readers_see_no_half_of_it(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut short after two rules, readers see what was inferred before; then it is done again."""
    folder = tmp_path / "s"
    with Store.open(folder, create=True) as store:
        fill(store, two_levels(), tmp_path)
    assert kg("infer", "--store", folder).code == 0
    with Store.open(folder) as store:
        whole = set(store.quads(store.graph_iri("inferred")))
    with changing(folder) as store:
        facts = make_facts(source="new.txt", required=["HDFS"])
        run = store.iris.run("0", "", "ef")
        store.replace(facts.posting.id, posting_quads(facts, store.iris, run))
    done: list[None] = []
    add = Store.add_in_bulk

    def some(store: Store, quads: Iterable[ox.Quad], graph: str | None = None) -> None:
        if len(done) == 2:
            raise StoreError("the disk is full")
        add(store, quads, graph)
        done.append(None)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_in_bulk", some)
        assert kg("infer", "--store", folder).code == 2
    with Store.open(folder) as store:
        assert set(store.quads(store.graph_iri("inferred"))) == whole
        assert state(store) is State.STALE
    assert (
        "`kg infer` does it anew"
        in kg("ask", "postings-implying", "--skill", "Hadoop", "--store", folder).err
    )
    assert kg("infer", "--store", folder).code == 0
    with Store.open(folder) as store:
        assert set(store.quads(store.graph_iri("inferred"))) > whole
        assert state(store) is State.CURRENT


# Rules


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_rests_on(rule: Rule) -> None:
    assert rule.title
    assert rule.description.endswith(".")
    assert rule.premises


def test_every_inferred_statement_is_found_again_by_its_rule(small: Store) -> None:
    infer(small)
    for quad in small.quads(small.graph_iri("inferred")):
        rule = rule_of(quad.predicate.value)
        assert rule
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode)
        assert small.query(rule.why(quad.subject, quad.object)).rows, quad


FAULTS = {
    "no header word": ("# titel: x\nCONSTRUCT", "a header line starts with title"),
    "no construct": ("# title: x\nSELECT * { ?s ?p ?o }", "write CONSTRUCT"),
    "no premise": ("# premise: ?a rg:skill\nCONSTRUCT { ?a rg:b ?c }\nWHERE {\n}", "is not `"),
    "no prefix": ("# title: x\nCONSTRUCT { ?a zz:b ?c }\nWHERE {\n}", "no prefix zz"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_rule_is_told(name: str) -> None:
    text, words = FAULTS[name]
    with pytest.raises(ValueError, match=words):
        parse("x", text)


# The command


def test_the_command_infers_says_so_and_takes_it_back(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with Store.open(folder, create=True) as store:
        fill(store, two_levels(), tmp_path)
    assert kg("stats", "--store", folder, "--json").json["inferred"] == "none"
    answer = kg("infer", "--store", folder, "--json")
    assert answer.code == 0
    assert answer.json["changed"]
    assert answer.json["statements"]["implied-skill"] == 1
    assert "nothing has changed since" in kg("infer", "--store", folder).err
    assert "yes, from the store as it is" in kg("stats", "--store", folder).out
    with Store.open(folder, read_only=False) as store:
        store.remove(store.posting_ids()[0])
    assert "stale: the store has changed since" in kg("stats", "--store", folder).out
    assert "is gone" in kg("infer", "--drop", "--store", folder).err
    assert "nothing was inferred" in kg("infer", "--drop", "--store", folder).err
