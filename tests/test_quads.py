from __future__ import annotations

import dataclasses
import random
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from kg.iris import Iris
from kg.quads import posting_quads, requirement_names
from kg.validate import validate
from nlp.types import (
    Evidence,
    Facts,
    Necessity,
    Place,
    Requirement,
    RequirementKind,
    SectionKind,
    Stated,
    Term,
)
from ontology import terms
from tests.factories import concept, make_facts, two_levels
from tests.strategies import facts as any_facts

IRIS: Final = Iris()
RUN: Final = IRIS.run("0.1.0", "ab", "ef")


def graph(facts: Facts) -> list[ox.Quad]:
    return posting_quads(facts, IRIS, RUN)


def values(quads: list[ox.Quad], subject: str, predicate: str) -> list[str]:
    """The objects of a property, as text; `subject` is the end of the subject's IRI."""
    return [
        getattr(quad.object, "value", "")
        for quad in quads
        if getattr(quad.subject, "value", "").endswith(subject)
        and quad.predicate.value == predicate
    ]


def lines(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


@given(any_facts())
@settings(max_examples=60, deadline=None)
def test_quads_are_sorted_whole_and_without_blank_nodes(facts: Facts) -> None:
    quads = graph(facts)
    assert quads == sorted(set(quads), key=str)
    assert set(ox.parse(lines(quads), format=ox.RdfFormat.N_QUADS)) == set(quads)
    assert not [q for q in quads if ox.BlankNode in map(type, (q.subject, q.object))]
    assert {q.graph_name for q in quads} == {IRIS.graph(facts.posting.id)}


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_a_store_gives_back_what_it_was_given(facts: Facts) -> None:
    store = ox.Store()
    store.extend(graph(facts))
    assert set(store) == set(graph(facts))


@given(any_facts())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_graph_has_its_shape(facts: Facts) -> None:
    assert validate(graph(facts)) == []


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_facts_changes_nothing(facts: Facts) -> None:
    shuffled: dict[str, Any] = {
        field.name: tuple(random.Random(1).sample(value, len(value)))  # noqa: S311 - no secret
        for field in dataclasses.fields(facts)
        if isinstance(value := getattr(facts, field.name), tuple)
    }
    assert lines(graph(dataclasses.replace(facts, **shuffled))) == lines(graph(facts))


def test_the_same_facts_give_the_same_bytes() -> None:
    one, other = ([lines(graph(facts)) for facts in two_levels()] for _ in range(2))
    assert one == other


def test_a_posting_says_what_it_is() -> None:
    facts = two_levels()[0]
    quads, me = graph(facts), f"posting/{facts.posting.id}"
    expected = {
        terms.RDF + "type": [terms.SCHEMA + "JobPosting"],
        terms.SCHEMA + "identifier": [facts.posting.id],
        terms.SCHEMA + "title": ["Machine Learning Engineer I"],
        terms.ROLE: [concept("role", "Machine Learning Engineer")],
        terms.LEVEL: [concept("level", "I")],
        terms.SCHEMA + "hiringOrganization": [f"{terms.DATA}employer/pinterest"],
        terms.SCHEMA + "employmentType": ["FULL_TIME"],
        terms.WORK_MODE: ["hybrid", "remote"],
        terms.SCHEMA + "jobLocation": [
            f"{terms.DATA}place/,ca,us,remote",
            f"{terms.DATA}place/san-francisco,ca,us",
        ],
        terms.SCHEMA + "applicantLocationRequirements": [f"{terms.DATA}country/US"],
        terms.SCHEMA + "datePosted": ["2025-09-19"],
        terms.REFERENCE: ["L24-146887"],
        terms.EQUITY: ["true"],
        terms.RELOCATION: ["false"],
        terms.FLAG: ["truncated"],
        terms.TRAVEL: [],
        terms.SPECIALISATION: [],
        terms.SCHEMA + "validThrough": [],
    }
    assert {predicate: values(quads, me, predicate) for predicate in expected} == expected


def test_industries_are_said_in_the_cards_words() -> None:
    facts = make_facts(industries=("Banking", "Finance"))
    me = f"posting/{facts.posting.id}"
    assert values(graph(facts), me, terms.SCHEMA + "industry") == ["Banking", "Finance"]


def test_short_edges_follow_necessity_and_alternatives() -> None:
    facts = two_levels()[0]
    quads, me = graph(facts), f"posting/{facts.posting.id}"

    def skills(edge: str) -> set[str]:
        return set(values(quads, me, edge))

    required = ("Data Structures", "HDFS", "Machine Learning", "Recommender Systems", "Spark")
    assert skills(terms.REQUIRES_SKILL) == {concept("skill", label) for label in required}
    assert skills(terms.PREFERS_SKILL) == {concept("skill", "Publications")}
    assert skills(terms.MENTIONS_SKILL) == {concept("skill", "Hadoop")}
    assert skills(terms.ACCEPTS_SKILL) == {concept("skill", s) for s in ("Java", "C++", "Python")}


def test_an_alternative_has_its_members() -> None:
    quads = graph(two_levels()[0])
    assert len(values(quads, "alternative/a1", terms.MEMBER)) == 3
    assert values(quads, "alternative/a1", terms.MINIMUM) == ["1"]
    assert values(quads, "alternative/a1", terms.NECESSITY) == [terms.REQUIRED]


def test_a_requirement_without_a_concept_keeps_its_label_and_gets_no_short_edge() -> None:
    facts = two_levels()[1]
    quads, node = graph(facts), "requirement/skill-microservices-mentioned"
    assert values(quads, node, terms.RDFS + "label") == ["Microservices"]
    assert values(quads, node, terms.SKILL) == []
    assert values(quads, f"posting/{facts.posting.id}", terms.MENTIONS_SKILL) == []


def test_degrees_and_experience() -> None:
    quads = graph(two_levels()[0])
    degree, experience = (
        "requirement/degree-master-required",
        "requirement/experience-in-the-job-offered-required",
    )
    assert values(quads, degree, terms.DEGREE) == [concept("degree", "Master's")]
    assert len(values(quads, degree, terms.FIELD)) == 2
    assert values(quads, degree, terms.FOREIGN_EQUIVALENT) == ["true"]
    assert values(quads, degree, terms.RELATED_FIELD) == []
    assert values(quads, experience, terms.MINIMUM_YEARS) == ["1"]
    assert values(quads, experience, terms.SUBJECT) == ["in the job offered"]


def test_pay_is_kept_as_stated_and_by_the_year() -> None:
    quads = graph(make_facts(pay=("62.50", None, "USD", "HOUR")))
    assert values(quads, "/pay/value", terms.SCHEMA + "minValue") == ["62.5"]
    assert values(quads, "/pay/value", terms.SCHEMA + "maxValue") == []
    assert values(quads, "/pay/value", terms.SCHEMA + "unitText") == ["HOUR"]
    assert values(quads, "/pay", terms.SCHEMA + "currency") == ["USD"]
    assert values(quads, "/pay", terms.ANNUAL_MINIMUM) == ["130000"]
    assert values(quads, "/pay", terms.ANNUAL_MAXIMUM) == []


def test_pay_without_a_period_has_no_annual_figure() -> None:
    quads = graph(make_facts(pay=("124300", "166800", "USD", None)))
    assert values(quads, "/pay/value", terms.SCHEMA + "maxValue") == ["166800"]
    assert values(quads, "/pay/value", terms.SCHEMA + "unitText") == []
    assert values(quads, "/pay", terms.ANNUAL_MINIMUM) == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [("168237.50", "168237.5"), ("222695.00", "222695"), ("1E+5", "100000"), ("100", "100")],
)
def test_decimals_are_canonical(written: str, kept: str) -> None:
    quads = graph(make_facts(pay=(written, None, "USD", "YEAR")))
    assert values(quads, "/pay/value", terms.SCHEMA + "minValue") == [kept]


def test_evidence_quotes_the_text() -> None:
    facts = make_facts(work_modes=("remote",))
    quads = graph(facts)
    node = next(
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and "mode:word" in quad.subject.value
        and quad.predicate.value == terms.RULE
    )
    start, end = (int(values(quads, node, terms.OA + name)[0]) for name in ("start", "end"))
    assert facts.posting.text[start:end] == "remote"
    assert values(quads, node, terms.OA + "exact") == ["remote"]
    assert values(quads, node, terms.SECTION) == ["header"]
    assert values(quads, node, terms.FOR_PROPERTY) == [terms.WORK_MODE]
    assert values(quads, node, terms.FOR_VALUE) == ["remote"]


def test_words_that_prove_two_facts_are_two_pieces_of_evidence() -> None:
    """ "Remote, CA, US" is a place and a way of working: neither word proves the other's value."""
    facts = make_facts(places=(Place(None, "CA", "US", remote=True),), work_modes=())
    words = facts.places[0].evidence
    facts = dataclasses.replace(facts, work_modes=(Stated("remote", words),))
    quads = graph(facts)
    place = f"{terms.DATA}place/,ca,us,remote"
    stem = f"evidence/{words[0].start}-{words[0].end}-place:line"
    for end, predicate, value in (
        ("jobLocation/,ca,us,remote", terms.SCHEMA + "jobLocation", place),
        ("workMode/remote", terms.WORK_MODE, "remote"),
    ):
        assert values(quads, f"{stem}/{end}", terms.FOR_PROPERTY) == [predicate]
        assert values(quads, f"{stem}/{end}", terms.FOR_VALUE) == [value]


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_a_piece_of_evidence_proves_one_thing(facts: Facts) -> None:
    """What hangs on the posting names one property and one value, and the posting states it."""
    quads, me = graph(facts), IRIS.posting(facts.posting.id)
    stated = {(quad.predicate, quad.object) for quad in quads if quad.subject == me}
    for name, proof in stated:
        if name.value == terms.EVIDENCE:
            own = {quad.predicate.value: quad.object for quad in quads if quad.subject == proof}
            assert len(own) == len([quad for quad in quads if quad.subject == proof]) - 1
            assert (own[terms.FOR_PROPERTY], own[terms.FOR_VALUE]) in stated


def test_a_text_comes_from_a_document_and_a_run() -> None:
    facts = make_facts()
    quads, text = graph(facts), f"posting/{facts.posting.id}/text"
    document = f"{terms.DATA}document/{facts.posting.source_sha256[:20]}"
    assert values(quads, text, terms.RDF + "value") == [facts.posting.text]
    assert values(quads, text, terms.SHA256) == [facts.posting.text_sha256]
    assert values(quads, text, terms.PROV + "wasDerivedFrom") == [document]
    assert values(quads, text, terms.PROV + "wasGeneratedBy") == [RUN.value]
    assert values(quads, document, terms.SCHEMA + "name") == ["posting.txt"]


def test_a_related_posting_leaks_nothing() -> None:
    facts = two_levels()[0]
    quads, me = graph(facts), f"posting/{facts.posting.id}"
    related = values(quads, me, terms.RELATED)
    assert len(related) == 1
    assert values(quads, related[0], terms.SPECIALISATION) == ["Programmatic Ads"]
    assert values(quads, related[0], terms.SCHEMA + "datePosted") == ["2026-03-04"]
    assert concept("level", "Senior Staff") not in values(quads, me, terms.LEVEL)
    assert not [
        place for place in values(quads, me, terms.SCHEMA + "jobLocation") if "sea" in place
    ]


def test_a_role_that_the_vocabulary_lacks_is_made() -> None:
    facts = dataclasses.replace(
        make_facts(), role=Stated(Term("Data Wizard"), (evidence("Data Wizard"),))
    )
    quads, node = graph(facts), f"{terms.DATA}role/data-wizard"
    assert values(quads, f"posting/{facts.posting.id}", terms.ROLE) == [node]
    assert values(quads, node, terms.SKOS + "prefLabel") == ["Data Wizard"]
    assert values(quads, node, terms.SKOS + "inScheme") == [f"{terms.VOCABULARY}roles"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_place_written_in_two_ways_is_one_place_with_one_name(order: int) -> None:
    both = (Place("SEATTLE", "WA", "US"), Place("Seattle", "WA", "US"))[::order]
    quads, node = graph(make_facts(places=both)), "place/seattle,wa,us"
    assert values(quads, node, terms.SCHEMA + "name") == ["Seattle, WA, US"]
    assert values(quads, f"{node}/address", terms.SCHEMA + "addressLocality") == ["Seattle"]


def test_what_is_waived_is_no_requirement() -> None:
    facts = make_facts(required=("Python", "Java"))
    waived = tuple(
        item._replace(necessity=Necessity.WAIVED) if item.label == "Java" else item
        for item in facts.requirements
    )
    assert "java" not in lines(graph(dataclasses.replace(facts, requirements=waived))).decode()


def test_requirements_that_would_clash_are_told_apart() -> None:
    """The same label twice: by the start of the evidence; at the same start: by a hash."""
    once = Requirement(RequirementKind.SKILL, "R", Necessity.REQUIRED, evidence("R", 3))
    again = once._replace(evidence=evidence("R", 9))
    noted = again._replace(note="twice")
    assert requirement_names([once]) == {once: "skill-r-required"}
    assert requirement_names([once, again]) == {
        once: "skill-r-required-3",
        again: "skill-r-required-9",
    }
    names = requirement_names([once, again, noted])
    assert len(set(names.values())) == 3
    assert names == requirement_names([noted, again, once])
    assert requirement_names([once, once]) == {once: "skill-r-required"}


def test_the_same_skill_alone_and_in_an_alternative_is_two_requirements() -> None:
    facts = make_facts(required=("Java",), any_of={"a1": ("Java", "Python")})
    quads, me = graph(facts), f"posting/{facts.posting.id}"
    assert concept("skill", "Java") in values(quads, me, terms.REQUIRES_SKILL)
    assert concept("skill", "Java") in values(quads, me, terms.ACCEPTS_SKILL)
    assert validate(quads) == []


def test_another_base_moves_everything_but_the_vocabulary() -> None:
    iris = Iris("https://me.example/x#")
    quads = posting_quads(two_levels()[0], iris, iris.run("1", "ab", "ef"))
    assert terms.DATA not in lines(quads).decode()
    assert validate(quads) == []


def test_a_name_in_markup_stays_text() -> None:
    title = '<img src=x onerror=alert(1)> "; DROP'
    facts = make_facts(title=title, employer='Lumen> <b> "Sons"')
    quads = graph(facts)
    assert values(quads, f"posting/{facts.posting.id}", terms.SCHEMA + "title") == [title]
    assert set(ox.parse(lines(quads), format=ox.RdfFormat.N_QUADS)) == set(quads)


def test_years_keep_their_half() -> None:
    facts = make_facts(years="1.5")
    assert facts.requirements[1].min_years == Decimal("1.5")
    node = "requirement/experience-in-the-job-offered-required"
    assert values(graph(facts), node, terms.MINIMUM_YEARS) == ["1.5"]


def evidence(words: str, start: int = 0) -> Evidence:
    return Evidence(start, start + len(words), words, "test:rule", SectionKind.SKILLS)
