"""Why the graph says something: every kind of statement, followed to what it rests on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.copies.store_groups import group_copies
from kg.explaining.asked import properties, read_statement
from kg.explaining.explain import explain
from kg.inference.materialising import infer
from kg.inference.rules import rules
from kg.names import Names
from kg.store import Store
from ontology import terms
from ontology.description import FILE
from ontology.vocabulary import own_files
from tests.command_line import ONE, TWO
from tests.factories import make_facts, two_levels
from tests.servers import kg_serve
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.explaining.explanation import Explanation
    from tests.command_line import Kg


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = two_level_store(tmp_path_factory.mktemp("words"))
    infer(store)
    return store


def first(store: Store, statement: str) -> Explanation:
    return explain(store, statement).explanations[0]


STATED = [
    (f"{ONE} rg:role ?", ["Machine Learning Engineer"], "title:role", "the role"),
    (f"{ONE} rg:level I", ["I"], "title:level", "the level"),
    (f'"{ONE}" schema:hiringOrganization Pinterest', ["Pinterest"], "employer:line", "quoted"),
    (f"{ONE} requiresSkill Spark", ["Spark"], "skill:concept", "a property without its prefix"),
    (f"{ONE} requires skill Spark", ["Spark"], "skill:concept", "a property by its label"),
    (f"{ONE} rg:acceptsSkill Java", ["Java"], "skill:concept", "a member of an alternative"),
    (f"{ONE} rg:mentionsSkill Hadoop", ["Hadoop"], "skill:concept", "a mere mention"),
    (f"{ONE} rg:hasAlternative ?", ["Java, C++, Python"], "alternative:list", "a choice"),
    (f"{ONE} schema:baseSalary ?", ["168237.50 - 222695.00 USD YEAR"], "pay:range", "pay"),
    (f"{ONE} rg:workMode hybrid", ["hybrid"], "mode:word", "a text"),
    (f"{ONE} rg:reference L24-146887", ["L24-146887"], "reference:code", "a text with a sign"),
    (f"{ONE} schema:datePosted 2025-09-19", ["2025-09-19"], "date:posted", "a date"),
    (f"{ONE} rg:relatedPosting ?", ["Software Engineer, Programmatic Ads"], "related:link", "link"),
    ("Pinterest schema:name ?", ["Pinterest"], "employer:line", "by way of who states it"),
    (
        "id:place/san-francisco,ca,us schema:name ?",
        ["San Francisco, CA, US"],
        "place:line",
        "place",
    ),
    ("id:place/san-francisco,ca,us/address schema:addressRegion CA", None, "place:line", "two up"),
]


@pytest.mark.parametrize(("statement", "words", "rule", "why"), STATED)
def test_a_posting_says_so(
    store: Store, statement: str, words: list[str] | None, rule: str, why: str
) -> None:
    found = first(store, statement)
    facts = next(one for one in two_levels() if one.posting.id in (found.posting or ""))
    assert found.kind == "posting"
    assert words is None or [one.text for one in found.words] == words, why
    assert {one.rule for one in found.words} == {rule}
    for one in found.words:
        assert facts.posting.text[one.start : one.end] == one.text
        assert one.holds
    (file,) = found.files
    assert (file.name, file.sha256) == (facts.posting.source, facts.posting.source_sha256)
    assert file.text_sha256 == hashlib.sha256(facts.posting.text.encode()).hexdigest()
    assert found.run
    assert found.run.iri == store.iris.run("0", "", "ef").value


def test_a_skill_that_is_required_is_not_proved_by_one_of_several(store: Store) -> None:
    assert first(store, f"{TWO} rg:requiresSkill Java").words
    with pytest.raises(LookupError, match=r"did you mean|it has"):
        explain(store, f"{ONE} rg:requiresSkill Java")


def test_of_nodes_of_a_posting_the_words_are_found(store: Store) -> None:
    (posting, _) = (one.posting.id for one in two_levels())
    requirement = f"id:posting/{posting}/requirement/skill-spark-required"
    for statement in (
        f"{requirement} rg:skill Spark",
        f"{requirement} rg:necessity rg:Required",
        f"{requirement} rg:evidence ?",
    ):
        assert [one.text for one in first(store, statement).words] == ["Spark"], statement
    pay = first(store, f"id:posting/{posting}/pay/value schema:minValue 168237.5")
    assert [one.text for one in pay.words] == ["168237.50 - 222695.00 USD YEAR"]


def test_what_no_words_say_is_told(store: Store) -> None:
    found = first(store, f"{ONE} schema:identifier ?")
    assert found.words == ()
    assert found.notes == ("made from the file's name and the posting's text",)
    assert "not by words" in first(store, f"{ONE} rg:flag truncated").notes[0]


def test_the_vocabulary_names_its_file(store: Store) -> None:
    found = first(store, "HDFS skos:broader Hadoop")
    (file,) = found.files
    assert (found.kind, file.name.endswith("/vocabulary.ttl")) == ("vocabulary", True)
    found = first(store, "rg:skill rdfs:range skos:Concept")
    assert found.kind == "ontology"
    assert found.files[0].name == "ontology/rolegraph.ttl"
    assert found.files[0].sha256 == hashlib.sha256(FILE.read_bytes()).hexdigest()


def test_a_file_that_has_changed_since_is_named_as_such(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    (tmp_path / "vocabulary.ttl").write_text("# other words\n")
    found = first(store, "HDFS skos:broader Hadoop")
    assert "a file that has changed since" in found.notes[0]
    assert [one.name for one in found.files] == [str((tmp_path / "vocabulary.ttl").resolve())]


def test_our_own_files_are_told_apart() -> None:
    store = Store.in_memory()
    store.load("vocabulary", own_files())
    names = [one.name for one in first(store, "skill:pyspark skos:broader skill:spark").files]
    assert names == ["ontology/skills/data-engineering.ttl"]


def test_copies_say_why(tmp_path: Path) -> None:
    twice = [make_facts(source=name, employer="Acme") for name in ("a.txt", "b.txt")]
    store = fill(Store.in_memory(), twice, tmp_path)
    group_copies(store)
    _, other = sorted(one.posting.id for one in twice)
    found = first(store, f"{other} rg:copyOf ?")
    assert found.kind == "copies"
    assert "same text, similarity 1" in found.notes[0]


def test_what_is_inferred_is_followed_to_the_words(store: Store) -> None:
    posting = two_levels()[0].posting.id
    found = first(store, f"id:posting/{posting}/requirement/skill-hdfs-required rg:impliesSkill ?")
    assert found.kind == "inferred"
    assert found.inference
    assert found.inference.rule == "implied-skill"
    stated, implied = found.inference.premises
    assert [one.text for one in stated.words] == ["HDFS"]
    assert implied.inference
    assert [one.kind for one in implied.inference.premises] == ["vocabulary"]
    rule = next(rule for rule in rules() if rule.name == "implied-skill")
    assert [(one.name, one.sha256) for one in found.files] == [(rule.file, rule.sha256)]
    assert found.notes == ()


def test_steps_of_an_inference_are_named_one_by_one(store: Store) -> None:
    found = first(store, "Doctorate rg:impliesTransitive Bachelor's")
    assert found.inference
    step, rest = found.inference.premises
    assert step.shown == ("Doctorate", "rg:implies", "Master's")
    assert rest.shown == ("Master's", "rg:impliesTransitive", "Bachelor's")


def test_the_order_of_levels_rests_on_their_ranks(store: Store) -> None:
    found = first(store, "II rg:ranksAbove I")
    assert found.inference
    assert [one.shown for one in found.inference.premises] == [
        ("II", "rg:rank", "3"),
        ("I", "rg:rank", "2"),
        ("II", "rg:track", "individual"),
        ("I", "rg:track", "individual"),
    ]


def test_what_does_not_follow_any_more_says_so(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    infer(store)
    (tmp_path / "new.ttl").write_text(
        (tmp_path / "vocabulary.ttl").read_text().replace("rg:implies", "skos:related")
    )
    store.load("vocabulary", [tmp_path / "new.ttl"])
    notes = first(store, "HDFS rg:impliesTransitive Hadoop").notes
    assert notes == (
        "the store has changed since this was inferred; `kg infer`",
        "what it rested on is not stated any more; `kg infer`",
    )


def test_many_statements_are_counted(store: Store) -> None:
    explained = explain(store, "Pinterest schema:name Pinterest", limit=1)
    assert (len(explained.explanations), explained.more) == (1, 1)


FAULTS = [
    ("Spark", "has 1 of 3 names"),
    (f"{ONE} rg:rolle ?", 'no property "rg:rolle"; did you mean "rg:role"'),
    ("Machine Lerning Engineer rg:role ?", 'no subject "Machine Lerning Engineer"; did you mean'),
    (f"{ONE} rg:requiresSkill Sparks", 'did you mean "Spark"?'),
    (f"{ONE} rg:level Quark", "it has I"),
    (f"{ONE} rg:copyOf ?", f"{ONE} has no rg:copyOf"),
    (f"{ONE} rg:widerRole ?", "it is inferred: `kg infer` does that"),
    ("? rg:level ?", '"?" for the subject needs a value that is a name'),
    ("one two three four", "no property among 'one two three four'"),
    ("https://x.example/none rg:role ?", "has no rg:role"),
]


@pytest.mark.parametrize(("statement", "message"), FAULTS)
def test_what_is_not_there_is_named(store: Store, statement: str, message: str) -> None:
    with pytest.raises((ValueError, LookupError)) as told:
        explain(store, statement)
    assert message in str(told.value)


def test_a_name_is_never_part_of_a_query(store: Store) -> None:
    with pytest.raises(LookupError):
        explain(store, '"\\" } DROP ALL #" rg:role ?')
    with pytest.raises(ValueError, match="IRI"):
        explain(store, "<http://x.example/> } DROP ALL #> rg:role ?".replace(" ", ""))
    assert len(store) == 2


def test_every_property_of_the_ontology_can_be_named() -> None:
    known = properties()
    for name in ("rg:requiresSkill", "requiresskill", "requires skill", "schema:title", "rdf:type"):
        assert known.get(name.lower()), name


def test_a_value_may_have_blanks(store: Store) -> None:
    asked = read_statement(f"{ONE} schema:title {ONE}", Names.of(store))
    assert asked.predicate.value == terms.SCHEMA + "title"
    assert asked.value.written == ONE


def test_the_command_line_explains(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with Store.open(folder, create=True) as made:
        fill(made, two_levels(), tmp_path)
    statement = f"{ONE} rg:requiresSkill Spark"
    answer = kg("explain", "--statement", statement, "--store", folder)
    assert answer.code == 0
    assert "«Spark»" in answer.out
    assert "rule     skill:concept" in answer.out
    (found,) = kg("explain", "--statement", statement, "--store", folder, "--json").json
    assert found["words"][0]["text"] == "Spark"
    assert kg("explain", "--statement", "Spark", "--store", folder).code == 2
    assert kg("explain").code == 2
    assert kg("explain", "a.txt", "--statement", statement).code == 2


@pytest.mark.slow
def test_an_endpoint_explains_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with Store.open(folder, create=True) as made:
        fill(made, two_levels(), tmp_path)
        infer(made)
    statements = (f"{ONE} rg:requiresSkill Spark", "Doctorate rg:impliesTransitive Bachelor's")
    with KnowledgeGraph.open(folder) as graph:
        here = [graph.explain(one) for one in statements]
    with kg_serve(folder) as endpoint, KnowledgeGraph.connect(endpoint) as graph:
        assert [graph.explain(one) for one in statements] == here
