"""cooccurrence, communities, central, similar, recommend: on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.command_line import ONE, TWO, Kg

COMMANDS: tuple[tuple[list[str], str], ...] = (
    (["cooccurrence"], "pairs"),
    (["cooccurrence", "--role", ONE, "--skill", "Spark"], "pairs"),
    (["communities"], "communities"),
    (["central", "--role", TWO], "skills"),
    (["similar", "Spark"], "similar"),
    (["similar", TWO], "similar"),
    (["recommend", "Spark", "Java"], "next"),
)


@pytest.mark.parametrize(("words", "field"), COMMANDS)
def test_four_postings_are_not_enough_and_it_is_said(
    words: list[str], field: str, kg: Kg, store: Path
) -> None:
    answer = kg(*words, "--store", store)
    assert answer.code == 0
    if field != "similar":
        assert "Not enough data" in answer.out
    record = kg(*words, "--json", "--store", store).json
    assert isinstance(record[field], list)
    table = kg(*words, "--csv", "--store", store)
    assert csv.DictReader(io.StringIO(table.out)).fieldnames


def test_postings_like_one_have_the_skills_that_make_them_so(kg: Kg, store: Path) -> None:
    postings = kg("ask", "postings", "--json", "--store", store).json
    first = postings[0]["id"] if "id" in postings[0] else postings[0]["posting"]
    record = kg("recommend", "--posting", first, "--json", "--store", store).json
    assert record["kind"] == "posting"
    assert record["similar"][0]["shared"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["recommend"], "name skills, or one posting"),
        (["recommend", "Spark", "--posting", "1"], "name skills, or one posting"),
        (["cooccurrence", "--necessity", "alternative"], "necessity is one of any"),
        (["cooccurrence", "--skill", "Sparkk"], 'did you mean "Spark"'),
        (["central", "--role", "Plumber"], "Plumber"),
        (["similar", "Nobody at all"], "Nobody at all"),
        (["similar", "Sparkk"], 'did you mean "Spark"'),
        (["similar", "Plumber"], 'no postings of "Plumber"'),
        (["similar", "Spotfire"], 'no posting names the skill "Spotfire"; the vocabulary has it'),
    ],
)
def test_wrong_usage_says_what_would_work(words: list[str], said: str, kg: Kg, store: Path) -> None:
    answer = kg(*words, "--store", store)
    assert answer.code == 2
    assert said in " ".join(answer.err.replace("│", " ").split())
