"""What a question is asked with: names, hostile ones too, and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import Names, UnknownNameError
from kg.questions import QuestionError, ask, questions
from kg.store import Store
from tests.question_answers import ROLE, TWO
from tests.stores import two_level_store

if TYPE_CHECKING:
    pass


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The seeds' I and II in miniature."""
    return two_level_store(tmp_path_factory.mktemp("words"))


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("machine  learning engineer", None),
        ("MACHINE LEARNING ENGINEER II", "II"),
        ("II Machine Learning Engineer", "II"),
        ("https://rolegraph.example/vocabulary/role/machine-learning-engineer", None),
        ("role:machine-learning-engineer", None),
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
    "skill:spark> } DROP ALL #",
    "role:",
    ":",
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
