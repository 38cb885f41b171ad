"""The files of the named questions: each is complete, and reads as SPARQL to others too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.questions import QuestionError, parse, questions
from tests.stores import two_level_store

if TYPE_CHECKING:
    from kg.store import Store

NARROWING = re.compile(r"^ +# with ([a-z_]+): .+\n", re.MULTILINE)
NARROWED = [
    (name, parameter)
    for name, question in questions().items()
    for parameter in sorted(set(NARROWING.findall(question.sparql)))
]
GIVEN = {
    "employer": "Pinterest",
    "level": "II",
    "role": "Machine Learning Engineer",
    "skill": "Spark",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize(("name", "parameter"), NARROWED)
def test_where_the_engine_begins_changes_no_row(small: Store, name: str, parameter: str) -> None:
    """What a `# with` line says, the query says behind it: without those lines it answers alike."""
    question = questions()[name]
    needed = {one.name: GIVEN.get(one.type, "1") for one in question.parameters if one.is_required}
    params = {**needed, parameter: GIVEN[parameter]}
    plain = replace(question, sparql=NARROWING.sub("", question.sparql))
    assert question.ask(small, params).rows == plain.ask(small, params).rows
    assert question.ask(small, needed).rows == plain.ask(small, needed).rows


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
    assert len(questions()) >= 25
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
        (
            "# param a: role — who\nSELECT * {\n VALUES ?given_a { UNDEF }\n # with b: ?x ?y ?z\n}",
            "a `# with` line names a param",
        ),
        ("# within: a\nSELECT * {}", "within a; it names one param of a posting"),
        (
            "# within: a\n# param a: role — who\nSELECT * {\n VALUES ?given_a { UNDEF }\n}",
            "within a; it names one param of a posting",
        ),
        ("# few: ?x ?y ?z\nSELECT * {}", "few ?x ?y ?z; it is one pattern about ?it"),
        (
            "# few: ?it a ?x\n# few: ?it a ?y\nSELECT * {}",
            "few ?it a ?x, ?it a ?y; it is one pattern about ?it",
        ),
        ("# column a\nSELECT * {}", "is not `NAME: meaning`"),
        ("# author: me\nSELECT * {}", "a header line starts with title, description"),
    ],
)
def test_a_badly_written_file_is_named(text: str, words: str) -> None:
    with pytest.raises(QuestionError) as error:
        parse("mine", text)
    assert words in str(error.value)
