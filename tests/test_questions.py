"""Every named question against answers counted by hand on two small postings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from kg import KnowledgeGraph
from kg.inference.materialising import infer
from kg.names import Names, UnknownNameError
from kg.questions import QuestionError, ask, parse, questions
from kg.store import Store
from nlp.types import Place, Stated, Term
from ontology import load
from tests.command_line import SEEDS
from tests.factories import make_facts, two_levels
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.rows import Rows

ROLE = "Machine Learning Engineer"
ONE, TWO = f"{ROLE} I", f"{ROLE} II"

ANSWERS: list[tuple[str, dict[str, Any], list[str], list[tuple[Any, ...]]]] = [
    (
        "skills-of-role",
        {"role": ROLE, "level": "I"},
        ["skill", "necessity", "postings", "of"],
        [
            ("Data Structures", "required", 1, 1),
            ("HDFS", "required", 1, 1),
            ("Machine Learning", "required", 1, 1),
            ("Recommender Systems", "required", 1, 1),
            ("Spark", "required", 1, 1),
            ("Publications", "preferred", 1, 1),
            ("Hadoop", "mentioned", 1, 1),
            ("C++", "alternative", 1, 1),
            ("Java", "alternative", 1, 1),
            ("Python", "alternative", 1, 1),
        ],
    ),
    (
        "skills-of-role",
        {"role": ROLE, "at_least": 2},
        ["skill", "necessity", "postings", "of"],
        [("Recommender Systems", "required", 2, 2), ("Spark", "required", 2, 2)],
    ),
    (
        "skills-of-role",
        {"role": TWO, "necessity": "mentioned"},
        ["skill", "skill_iri"],
        [("Microservices", None)],
    ),
    (
        "postings-asking-for",
        {"skill": "Java"},
        ["title", "employer", "necessity", "words"],
        [(ONE, "Pinterest", "alternative", "Java"), (TWO, "Pinterest", "required", "Java")],
    ),
    (
        "postings-asking-for",
        {"skill": "Java", "necessity": "required"},
        ["title", "role", "level"],
        [(TWO, ROLE, "II")],
    ),
    (
        "degrees-by-level",
        {},
        ["role", "level", "degree", "necessity", "field", "postings"],
        [
            (ROLE, "I", "Master's", "required", "Computer Science", 1),
            (ROLE, "I", "Master's", "required", "Engineering", 1),
            (ROLE, "II", "Bachelor's", "required", "Computer Science", 1),
            (ROLE, "II", "Bachelor's", "required", "Engineering", 1),
        ],
    ),
    (
        "pay-by-role-and-level",
        {},
        ["level", "currency", "period", "postings", "lowest", "highest"],
        [
            ("I", "USD", "YEAR", 1, Decimal("168237.50"), Decimal("222695.00")),
            ("II", "USD", "YEAR", 1, Decimal("196378.35"), Decimal("267272.00")),
        ],
    ),
    (
        "employers-of-skill",
        {"skill": "Spark"},
        ["employer", "necessity", "postings"],
        [
            ("Pinterest", "required", 2),
        ],
    ),
    (
        "employers-of-skill",
        {"skill": "Python"},
        ["employer", "necessity", "postings"],
        [
            ("Pinterest", "alternative", 1),
            ("Pinterest", "required", 1),
        ],
    ),
    ("employers-of-skill", {"skill": "Python", "necessity": "preferred"}, ["employer"], []),
    (
        "level-difference",
        {"role": ROLE, "level_a": "I", "level_b": "II"},
        ["level", "skill", "postings"],
        [
            ("I", "Data Structures", 1),
            ("I", "HDFS", 1),
            ("I", "Machine Learning", 1),
            ("II", "Git", 1),
            ("II", "Java", 1),
            ("II", "Python", 1),
            ("II", "SQL", 1),
        ],
    ),
    ("level-difference", {"role": ROLE, "level_a": "I", "level_b": "I"}, ["skill"], []),
    (
        "alternatives-of-posting",
        {"posting": ONE},
        ["alternative", "minimum", "of", "necessity", "member", "words"],
        [
            ("a1", 1, 3, "required", "Java", "Java"),
            ("a1", 1, 3, "required", "C++", "C++"),
            ("a1", 1, 3, "required", "Python", "Python"),
        ],
    ),
    ("alternatives-of-posting", {"posting": TWO}, ["alternative"], []),
    (
        "skills-below",
        {"skill": "Big Data"},
        ["skill", "broader", "postings"],
        [
            ("Spark", "Big Data", 2),
            ("Hadoop", "Big Data", 1),
            ("HDFS", "Hadoop", 1),
            ("Big Data", None, 0),
        ],
    ),
    (
        "experience-by-level",
        {"role": ROLE},
        ["level", "minimum_years", "maximum_years", "subject", "necessity", "postings"],
        [
            ("I", Decimal(1), None, "in the job offered", "required", 1),
            ("II", Decimal(1), None, "in the job offered", "required", 1),
        ],
    ),
    (
        "places-of-role",
        {"role": ROLE},
        ["place", "remote", "postings"],
        [("San Francisco, CA, US", False, 2), ("CA, US, remote", True, 1)],
    ),
    ("places-of-role", {"role": TWO}, ["place"], [("San Francisco, CA, US",)]),
    (
        "work-modes",
        {},
        ["role", "level", "work_mode", "postings"],
        [(ROLE, "I", "hybrid", 1), (ROLE, "I", "remote", 1), (ROLE, "II", "remote", 1)],
    ),
    (
        "postings",
        {},
        ["title", "role", "level", "employer", "date_posted", "source"],
        [
            (ONE, ROLE, "I", "Pinterest", "2025-09-19", "level-1.txt"),
            (TWO, ROLE, "II", "Pinterest", None, "level-2.txt"),
        ],
    ),
    ("postings", {"title": "engineer II"}, ["title"], [(TWO,)]),
    ("postings", {"employer": "pinterest", "level": "I"}, ["title"], [(ONE,)]),
    (
        "related-postings",
        {},
        ["title", "role", "level", "specialisation", "place", "date_posted"],
        [
            (
                "Software Engineer, Programmatic Ads",
                "Software Engineer",
                "Senior Staff",
                "Programmatic Ads",
                "Seattle, WA, US",
                "2026-03-04",
            )
        ],
    ),
    ("related-postings", {"posting": TWO}, ["title"], []),
    ("flags", {}, ["flag", "title"], [("truncated", ONE)]),
    ("copies", {}, ["title"], []),
    ("flags", {"flag": "signs-lost"}, ["flag"], []),
    ("employers", {}, ["employer", "postings", "roles", "with_pay"], [("Pinterest", 2, 1, 2)]),
    ("employers", {"at_least": 3}, ["employer"], []),
    ("employers", {"role": "Data Engineer"}, ["employer"], []),
    (
        "roles",
        {},
        ["role", "postings", "employers", "levels"],
        [(ROLE, 2, 1, 2)],
    ),
    ("roles", {"employer": "Pinterest", "at_least": 3}, ["role"], []),
    (
        "levels-of-role",
        {"role": ROLE},
        ["level", "rank", "postings", "employers", "with_pay"],
        [("I", 2, 1, 1, 1), ("II", 3, 1, 1, 1)],
    ),
    (
        # Hadoop is mentioned by I, HDFS below it required by I, Spark is not below it
        "roles-of-skill",
        {"skill": "Hadoop"},
        ["role", "level", "necessity", "postings"],
        [(ROLE, "I", "mentioned", 1), (ROLE, "I", "required", 1)],
    ),
    (
        "roles-of-skill",
        {"skill": "Java", "necessity": "alternative"},
        ["role", "level", "postings"],
        [(ROLE, "I", 1)],
    ),
    (
        "skills-of-employer",
        {"employer": "Pinterest", "necessity": "required"},
        ["skill", "postings"],
        [
            ("Recommender Systems", 2),
            ("Spark", 2),
            ("Data Structures", 1),
            ("Git", 1),
            ("HDFS", 1),
            ("Java", 1),
            ("Machine Learning", 1),
            ("Python", 1),
            ("SQL", 1),
        ],
    ),
    (
        # Java is required by II alone; what I accepts as one of three is no requirement
        "skills-beside",
        {"skill": "Java"},
        ["skill", "postings", "of"],
        [
            ("Git", 1, 1),
            ("Python", 1, 1),
            ("Recommender Systems", 1, 1),
            ("Spark", 1, 1),
            ("SQL", 1, 1),
        ],
    ),
    (
        "skills-beside",
        {"skill": "Spark", "at_least": 2},
        ["skill", "postings", "of"],
        [("Recommender Systems", 2, 2)],
    ),
    ("years-of-skill", {"skill": "Java"}, ["minimum_years"], []),
    (
        "words-of-skill",
        {"skill": "Java"},
        ["title", "necessity", "words", "section", "rule"],
        [
            (ONE, "alternative", "Java", "requirements", "skill:concept"),
            (TWO, "required", "Java", "skills", "skill:concept"),
        ],
    ),
    ("words-of-skill", {"skill": "Java", "role": "Data Engineer"}, ["words"], []),
    (
        "fields-of-role",
        {"role": ROLE},
        ["field", "postings"],
        [("Computer Science", 2), ("Engineering", 2)],
    ),
    ("fields-of-role", {"role": ONE}, ["postings"], [(1,), (1,)]),
    (
        "postings-at-place",
        {"place": "francisco"},
        ["title", "place", "remote"],
        [(ONE, "San Francisco, CA, US", False), (TWO, "San Francisco, CA, US", False)],
    ),
    (
        "postings-at-place",
        {"place": "ca, us, remote"},
        ["title", "remote"],
        [(ONE, True)],
    ),
    ("postings-at-place", {"place": "Berlin"}, ["title"], []),
    (
        "postings-by-month",
        {},
        ["month", "postings", "employers"],
        [(None, 1, 1), ("2025-09", 1, 1)],
    ),
    (
        "postings-implying",
        {"skill": "Hadoop"},
        ["title", "necessity", "asked", "words"],
        [(ONE, "required", "HDFS", "HDFS"), (ONE, "mentioned", "Hadoop", "Hadoop")],
    ),
    ("postings-implying", {"skill": "HDFS"}, ["title", "asked"], [(ONE, "HDFS")]),
    ("postings-implying", {"skill": "Big Data"}, ["title"], []),
    ("postings-implying", {"skill": "Hadoop", "necessity": "preferred"}, ["title"], []),
    (
        "postings-for-degree",
        {"degree": "Master's"},
        ["title", "asked", "necessity"],
        [(ONE, "Master's", "required"), (TWO, "Bachelor's", "required")],
    ),
    ("postings-for-degree", {"degree": "Bachelor's"}, ["title"], [(TWO,)]),
    ("postings-for-degree", {"degree": "Doctorate"}, ["title"], [(ONE,), (TWO,)]),
    (
        "postings-of-wider-role",
        {"role": ROLE},
        ["title", "role", "level"],
        [(ONE, ROLE, "I"), (TWO, ROLE, "II")],
    ),
    ("postings-of-wider-role", {"role": TWO}, ["title"], [(TWO,)]),
    ("postings-of-wider-role", {"role": ROLE, "above": "I"}, ["title"], [(TWO,)]),
    ("postings-of-wider-role", {"role": ROLE, "above": "II"}, ["title"], []),
    ("postings-of-wider-role", {"role": "Data Engineer"}, ["title"], []),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The seeds' I and II in miniature, with what follows from them."""
    store = two_level_store(tmp_path_factory.mktemp("words"))
    infer(store)
    return store


def pick(rows: Rows, columns: list[str]) -> list[tuple[Any, ...]]:
    places = [rows.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in rows]


@pytest.mark.parametrize(("name", "params", "columns", "expected"), ANSWERS)
def test_answers(
    store: Store,
    name: str,
    params: dict[str, Any],
    columns: list[str],
    expected: list[tuple[Any, ...]],
) -> None:
    assert pick(ask(store, name, params), columns) == expected


def test_every_question_is_answered_above_or_below() -> None:
    assert {name for name, *_ in ANSWERS} | {"evidence-of-posting", "runs"} == set(questions())


def test_runs_say_with_what_the_postings_were_made() -> None:
    with KnowledgeGraph.build(SEEDS) as graph:
        (run,) = graph.ask("runs").to_dicts()
        assert run["postings"] == len(graph.store)
        assert run["vocabulary"] == load().digest
        assert re.fullmatch("[0-9a-f]{64}", str(run["rules"]))


def test_evidence_of_a_posting_is_complete_and_exact(store: Store) -> None:
    facts = two_levels()[0]
    rows = ask(store, "evidence-of-posting", {"posting": facts.posting.id})
    for row in rows.to_dicts():
        assert isinstance(row["start"], int)
        assert isinstance(row["end"], int)
        assert facts.posting.text[row["start"] : row["end"]] == row["words"]
        assert row["rule"]
        assert row["section"]
    stated = pick(rows, ["statement", "value", "necessity", "words"])
    assert ("title", ONE, None, ONE) in stated
    assert ("hiringOrganization", "Pinterest", None, "Pinterest") in stated
    assert ("workMode", "hybrid", None, "hybrid") in stated
    assert ("applicantLocationRequirements", "US", None, "US based applicants only") in stated
    assert ("SkillRequirement", "Spark", "required", "Spark") in stated
    assert ("SkillRequirement", "C++", "alternative", "C++") in stated
    assert ("Alternative", "1", "required", "Java, C++, Python") in stated
    pay = "168237.50 - 222695.00 USD YEAR"
    assert ("baseSalary", "168237.5 - 222695 USD", None, pay) in stated
    link = "Software Engineer, Programmatic Ads"
    assert ("RelatedPosting", link, None, link) in stated
    count = (
        "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e <http://www.w3.org/ns/oa#exact> ?w "
        f"FILTER (CONTAINS(STR(?e), '{facts.posting.id}')) }}"
    )
    assert store.query(count).rows == [(len(rows),)]


def test_every_row_of_evidence_is_a_statement_of_the_graph(tmp_path: Path) -> None:
    """The same words, "Remote, CA, US", prove a place and a way of working, each its own."""
    facts = make_facts(places=(Place(None, "CA", "US", remote=True),), work_modes=())
    both = replace(facts, work_modes=(Stated("remote", facts.places[0].evidence),))
    store = fill(Store.in_memory(), [both], tmp_path)
    rows = ask(store, "evidence-of-posting", {"posting": both.posting.id}).to_dicts()
    plain = [row for row in rows if row["necessity"] is None and row["statement"] != "baseSalary"]
    for row in plain:
        name = json.dumps(row["value"])
        verb = " ".join(f"{prefix}:{row['statement']}" for prefix in ("rg", "schema"))
        told = (
            f"ASK {{ VALUES ?p {{ {verb} }} <{row['posting']}> ?p ?value OPTIONAL {{ ?value "
            "schema:name|schema:identifier|skos:prefLabel ?name } "
            f"FILTER (STR(COALESCE(?name, ?value)) = {name}) }}"
        )
        assert store.query(told).answer, row
    assert {row["statement"] for row in plain if row["words"] == "CA, US, remote"} == {
        "jobLocation",
        "workMode",
    }


# A posting that states little


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two postings of a role and a level, one without either, from two employers."""
    return fill(
        Store.in_memory(),
        [
            make_facts(source="a.txt", employer="Acme", pay=("50", "60", "USD", "HOUR")),
            make_facts(source="b.txt", employer="Bolt", pay=("90000", "100000", "USD", None)),
            make_facts(source="c.txt", title=None, role=None, level=None, employer=None),
        ],
        tmp_path_factory.mktemp("words"),
    )


def test_what_is_not_stated_is_empty_and_not_left_out(sparse: Store) -> None:
    rows = ask(sparse, "postings")
    assert pick(rows, ["title", "role", "level", "employer"]) == [
        ("Data Engineer II", "Data Engineer", "II", "Acme"),
        ("Data Engineer II", "Data Engineer", "II", "Bolt"),
        (None, None, None, None),
    ]
    rows = ask(sparse, "degrees-by-level")
    assert pick(rows, ["role", "level", "degree", "postings"]) == [
        (None, None, "Bachelor's", 1),
        ("Data Engineer", "II", "Bachelor's", 2),
    ]
    assert len(ask(sparse, "degrees-by-level", {"role": "data engineer"})) == 1


def test_pay_of_different_periods_is_not_thrown_together(sparse: Store) -> None:
    rows = ask(sparse, "pay-by-role-and-level", {"role": "Data Engineer"})
    # 50 and 60 dollars an hour, 2080 hours a year; the other posting states no period.
    assert pick(rows, ["period", "postings", "lowest", "mean_low", "highest"]) == [
        (None, 1, Decimal(90000), Decimal(90000), Decimal(100000)),
        ("YEAR", 1, Decimal(104000), Decimal(104000), Decimal(124800)),
    ]


def test_means_are_counted_once_a_posting(tmp_path: Path) -> None:
    """(100000 + 100000 + 130000) / 3 = 110000, though two postings state the same."""
    lows = ("100000", "100000", "130000")
    store = fill(
        Store.in_memory(),
        [
            make_facts(source=f"{place}.txt", pay=(low, "200000", "USD", "YEAR"))
            for place, low in enumerate(lows)
        ],
        tmp_path,
    )
    rows = ask(store, "pay-by-role-and-level")
    assert pick(rows, ["postings", "lowest", "mean_low", "mean_high"]) == [
        (3, Decimal(100000), Decimal(110000), Decimal(200000))
    ]


def test_names_that_many_postings_state_count_once(tmp_path: Path) -> None:
    """A role, a level and an employer outside the vocabulary are described in every posting."""
    made = [make_facts(source=f"{place}.txt", required=["Python"]) for place in range(4)]
    minted = [
        replace(
            facts,
            role=replace(facts.role, value=Term("Zoo Keeper")),
            level=replace(facts.level, value=Term("Boss")),
        )
        for facts in made
        if facts.role and facts.level
    ]
    store = fill(Store.in_memory(), minted, tmp_path)
    rows = ask(store, "skills-of-role", {"role": "zoo keeper boss"})
    assert pick(rows, ["skill", "postings", "of"]) == [("Python", 4, 4)]
    rows = ask(store, "postings", {"employer": "Lumen & Sons"})
    assert pick(rows, ["role", "level"]) == [("Zoo Keeper", "Boss")] * 4
    rows = ask(store, "places-of-role", {"role": "Zoo Keeper"})
    assert pick(rows, ["place", "postings"]) == [("Palo Alto, CA, US", 4)]
    for question in ("work-modes", "degrees-by-level", "experience-by-level"):
        rows = ask(store, question, {"level": "Boss"})
        assert pick(rows, ["role", "level", "postings"]) == [("Zoo Keeper", "Boss", 4)]


def test_every_question_answers_an_empty_store_with_no_rows() -> None:
    empty = Store.in_memory()
    for question in questions().values():
        # As the file stands, with its parameters open.
        assert empty.query(question.sparql).rows == []


# Names


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("machine  learning engineer", None),
        ("MACHINE LEARNING ENGINEER II", "II"),
        ("II Machine Learning Engineer", "II"),
        ("https://rolegraph.example/vocabulary/role/machine-learning-engineer", None),
    ],
)
def test_a_role_may_come_with_its_level(store: Store, name: str, level: str | None) -> None:
    found = ask(store, "skills-of-role", {"role": name})
    assert found == ask(store, "skills-of-role", {"role": ROLE, "level": level})
    assert found


def test_two_levels_in_one_question_are_refused(store: Store) -> None:
    with pytest.raises(QuestionError, match="two levels"):
        ask(store, "skills-of-role", {"role": TWO, "level": "I"})
    assert ask(store, "skills-of-role", {"role": TWO, "level": "ii"})
    with pytest.raises(QuestionError, match="takes a role without its level"):
        ask(store, "level-difference", {"role": TWO, "level_a": "I", "level_b": "II"})


def test_alternative_labels_are_names_too() -> None:
    store = Store.in_memory()
    skos = "http://www.w3.org/2004/02/skos/core#"
    node, graph = ox.NamedNode("http://e/sklearn"), store.iris.graph("vocabulary")
    scheme = ox.NamedNode("https://rolegraph.example/vocabulary/skills")
    labels = [("prefLabel", "scikit-learn"), ("altLabel", "sklearn")]
    store.apply(
        add=[
            ox.Quad(node, ox.NamedNode(skos + "inScheme"), scheme, graph),
            *(
                ox.Quad(node, ox.NamedNode(skos + verb), ox.Literal(label, language="en"), graph)
                for verb, label in labels
            ),
        ]
    )
    for name in ("scikit-learn", "SKLEARN", "http://e/sklearn"):
        assert Names.of(store).find("skill", name) == (node,)
    # A concept is offered once, by its preferred label.
    with pytest.raises(UnknownNameError) as error:
        Names.of(store).find("skill", "skleern")
    assert error.value.near == ("scikit-learn",)


@pytest.mark.parametrize(
    ("question", "params", "kind", "near"),
    [
        ("skills-of-role", {"role": "Machine Learning Enginer"}, "role", ROLE),
        ("skills-of-role", {"role": "engineer"}, "role", ROLE),
        ("skills-of-role", {"role": ROLE, "level": "III"}, "level", "II"),
        ("postings-asking-for", {"skill": "Sparc"}, "skill", "Spark"),
        ("postings", {"employer": "Pintrest"}, "employer", "Pinterest"),
        ("flags-of", {}, "question", "flags"),
    ],
)
def test_an_unknown_name_comes_with_those_it_may_mean(
    store: Store, question: str, params: dict[str, Any], kind: str, near: str
) -> None:
    with pytest.raises(UnknownNameError) as error:
        ask(store, question, params)
    assert error.value.kind == kind
    assert near in error.value.near
    assert 'did you mean "' in str(error.value)
    assert "\n" not in str(error.value)


def test_a_name_like_no_other_gets_no_suggestions(store: Store) -> None:
    with pytest.raises(UnknownNameError) as error:
        ask(store, "postings-asking-for", {"skill": "Zymurgy\nand more"})
    assert str(error.value) == 'no skill "Zymurgy and more"'


HOSTILE = [
    '" } DROP ALL #',
    "> } ; DROP ALL ; #",
    "https://rolegraph.example/x> } ; DROP ALL #",
    "UNDEF } DROP ALL #",
    "\\u0022 } DROP ALL",
    "?role",
    "",
    "\udcff",
    "\0",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_finds_nothing_and_harms_nothing(store: Store, name: str) -> None:
    before = set(store.quads())
    for question, parameter in (
        ("skills-of-role", "role"),
        ("postings-asking-for", "skill"),
        ("evidence-of-posting", "posting"),
        ("postings", "employer"),
    ):
        with pytest.raises(UnknownNameError):
            ask(store, question, {parameter: name})
    if name != "\udcff":
        assert ask(store, "flags", {"flag": name}).rows == []
    assert set(store.quads()) == before


def test_text_that_is_no_unicode_is_refused(store: Store) -> None:
    with pytest.raises(QuestionError, match="not valid Unicode"):
        ask(store, "flags", {"flag": "\udcff"})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_goes_in_as_a_term_and_comes_out_the_same(text: str) -> None:
    store = Store.in_memory()
    flag = ox.NamedNode("https://rolegraph.example/ontology#flag")
    identifier = ox.NamedNode("https://schema.org/identifier")
    node, graph = store.iris.posting("p"), store.iris.graph("p")
    store.apply(
        add=[
            ox.Quad(node, flag, ox.Literal(text), graph),
            ox.Quad(node, flag, ox.Literal(text + "x"), graph),
            ox.Quad(node, identifier, ox.Literal("p"), graph),
        ]
    )
    sparql = questions()["flags"].bind(Names.of(store), {"flag": text})
    rows = store.oxigraph.query(sparql, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    assert [solution["flag"].value for solution in rows] == [text]


# Arguments


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("skills-of-role", {}, "skills-of-role needs role; it takes role, level"),
        ("level-difference", {"role": ROLE}, "needs level_a and level_b"),
        ("postings", {"rank": "II"}, "has no parameter 'rank'; it takes role, level, employer"),
        (
            "skills-of-role",
            {"role": ROLE, "necessity": "must"},
            "one of required, alternative, preferred, mentioned",
        ),
        ("skills-of-role", {"role": ROLE, "at_least": "two"}, "a whole number, not 'two'"),
    ],
)
def test_a_question_asked_wrongly_says_what_works(
    store: Store, name: str, params: dict[str, Any], words: str
) -> None:
    with pytest.raises(QuestionError) as error:
        ask(store, name, params)
    assert words in str(error.value)


def test_none_and_any_leave_a_parameter_open(store: Store) -> None:
    every = ask(store, "skills-of-role", {"role": ROLE})
    assert ask(store, "skills-of-role", {"role": ROLE, "level": None}) == every
    assert ask(store, "skills-of-role", {"role": ROLE, "level": "any"}) == every
    assert ask(store, "skills-of-role", {"role": ROLE, "at_least": "1"}) == every
    # In a text it is a word like others.
    assert ask(store, "postings", {"title": "any"}).rows == []


# The files


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_question_file_is_complete(name: str) -> None:
    question = questions()[name]
    assert question.title
    assert question.description.endswith(".")
    assert question.columns
    answer = ox.Store().query(question.sparql)
    assert isinstance(answer, ox.QuerySolutions)
    assert [variable.value for variable in answer.variables] == [
        column.name for column in question.columns
    ]
    assert "ORDER BY" in question.sparql
    # Another reader takes it for SPARQL too.
    prepareQuery(question.sparql)


def test_there_are_enough_questions() -> None:
    assert len(questions()) >= 12
    assert list(questions()) == sorted(questions())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# title: T\n# param a: role\nSELECT * {}", "is not `NAME: type — meaning"),
        (
            "# param a: colour — what\nSELECT * { \nVALUES ?given_a { UNDEF }\n}",
            "no parameter type",
        ),
        ("# param a: role — who\nSELECT * {}", "differ"),
        ("# title: T\nSELECT * {\n VALUES ?given_a { UNDEF }\n}", "differ"),
        ("# column a\nSELECT * {}", "is not `NAME: meaning`"),
        ("# author: me\nSELECT * {}", "a header line starts with title, description"),
    ],
)
def test_a_badly_written_file_is_named(text: str, words: str) -> None:
    with pytest.raises(QuestionError) as error:
        parse("mine", text)
    assert words in str(error.value)
