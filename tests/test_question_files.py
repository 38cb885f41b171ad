"""The files of the named questions: each is complete, and reads as SPARQL to others too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.questions import QuestionError, parse, questions

if TYPE_CHECKING:
    pass


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
        ("# column a\nSELECT * {}", "is not `NAME: meaning`"),
        ("# author: me\nSELECT * {}", "a header line starts with title, description"),
    ],
)
def test_a_badly_written_file_is_named(text: str, words: str) -> None:
    with pytest.raises(QuestionError) as error:
        parse("mine", text)
    assert words in str(error.value)
