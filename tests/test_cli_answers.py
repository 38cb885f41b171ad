"""ask, query and compare: the answers as table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.questions import questions
from tests.command_line import ONE, TWO, Kg


def test_ask_answers(kg: Kg, store: Path) -> None:
    asked = ["skills-of-role", "--role", TWO, "--necessity", "required"]
    rows = kg("ask", *asked, "--json", "--store", store)
    assert {"Java", "SQL", "AWS"} < {row["skill"] for row in rows.json}
    table = kg("ask", "postings", "--csv", "--store", store)
    assert len(list(csv.DictReader(io.StringIO(table.out)))) == 4


def test_ask_alone_lists_the_questions_and_marks_what_may_be_left_out(kg: Kg) -> None:
    answer = kg("ask")
    for name in questions():
        assert name in answer.out
    line = next(line for line in answer.out.splitlines() if "skills-of-role" in line)
    assert "--role [--level] [--necessity] [--at-least]" in line
    assert "[in brackets: may be left out]" in answer.err


def test_ask_as_json_has_all_that_the_headers_say(kg: Kg) -> None:
    records = {one["question"]: one for one in kg("ask", "--json").json}
    assert list(records) == list(questions())
    for name, question in questions().items():
        record = records[name]
        assert record["title"] == question.title
        assert record["description"] == question.description
        assert [one["required"] for one in record["parameters"]] == [
            one.is_required for one in question.parameters
        ]
        assert [one["name"] for one in record["columns"]] == [one.name for one in question.columns]
    taken = records["skills-of-role"]["parameters"]
    at_least = next(one for one in taken if one["option"] == "--at-least")
    assert (at_least["type"], at_least["required"], at_least["default"]) == ("integer", False, "1")


@pytest.mark.parametrize("name", questions())
def test_each_question_explains_itself(name: str, kg: Kg) -> None:
    question = questions()[name]
    answer = kg("ask", name, "--help")
    assert answer.code == 0
    shown = "".join(answer.out.split())
    said = [question.title, question.description]
    said += [text for one in question.parameters for text in (one.type, one.meaning)]
    said += [text for one in question.columns for text in (one.name, one.meaning)]
    for words in said:
        for word in words.split():
            assert word in shown
    for parameter in question.parameters:
        assert f"--{parameter.name.replace('_', '-')}" in shown
    assert ("(required)" in shown) == any(one.is_required for one in question.parameters)
    assert json.loads(kg("ask", name, "-h", "--json").out)["question"] == name


def test_query(kg: Kg, store: Path, tmp_path: Path) -> None:
    sparql = "SELECT ?t { ?p a schema:JobPosting; schema:title ?t } ORDER BY ?t"
    assert kg("query", sparql, "--json", "--store", store).json[0] == {"t": ONE}
    file = tmp_path / "q.rq"
    file.write_text(sparql)
    assert ONE in kg("query", file, "--store", store).out
    short = kg("query", "SELECT ?p { ?p rg:requiresSkill skill:hdfs }", "--json", "--store", store)
    assert len(short.json) == 1


def test_compare(kg: Kg, store: Path) -> None:
    found = kg("compare", ONE, TWO, "--json", "--store", store).json
    assert found["pay"]["difference"] == {"min": "28140.85", "max": "44577.00"}
    assert found["enough"] is False
    assert "One posting on each side" in found["caution"]
    out = " ".join(kg("compare", ONE, TWO, "--store", store).out.split())
    for words in (f"Only {ONE} requires", "Both require", f"Only {TWO} requires", "+28,140.85"):
        assert words in out
    assert "side" in kg("compare", ONE, TWO, "--csv", "--store", store).out.splitlines()[0]


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table so wide that each cell stands on one line."""
    monkeypatch.setattr("kg.printing.WIDTH", 400)


@pytest.mark.usefixtures("wide")
def test_compare_says_nothing_twice(kg: Kg, store: Path) -> None:
    """What a side requires is not among what is "only mentioned", but stands beside it."""
    lines = kg("compare", ONE, TWO, "--store", store).out.splitlines()
    only = " ".join(" ".join(lines).split("Only mentioned", 1)[1].split())
    assert "Data Pipelines" not in only
    assert "Reinforcement Learning" in only
    row = next(line for line in lines if line.strip().startswith("Data Pipelines"))
    assert "0 of 1; mentioned in 1" in row


@pytest.mark.usefixtures("wide")
def test_compare_quotes_one_passage_a_side_and_names_its_posting(kg: Kg, store: Path) -> None:
    out = kg("compare", ONE, TWO, "--store", store).out
    both = out[out.index("Both require") : out.index(f"Only {TWO} requires")]
    assert "(3) «Spark»; (4)" in both
    assert "(7) «Spark» and Git;" in both
    quoted = out[out.index("Quoted") :]
    assert "[1] machine-learning-engineer-i.txt, Machine Learning Engineer I, " in quoted
    assert "[2] machine-learning-engineer-ii.txt, " in quoted


@pytest.mark.usefixtures("wide")
def test_compare_shows_duties_and_each_sides_degrees(kg: Kg, store: Path) -> None:
    out = " ".join(kg("compare", ONE, TWO, "--store", store).out.split())
    assert "Duties: what they name" in out
    assert "«Run experiments» on the machine" in out
    assert "or foreign equivalent" in out


@pytest.mark.usefixtures("wide")
def test_compare_shows_the_words_of_alternatives(kg: Kg, store: Path) -> None:
    graduate = "University Graduate Machine Learning Engineer"
    out = kg("compare", TWO, graduate, "--store", store).out
    table = out[out.index("Alternatives") : out.index("Preferred")]
    assert "at least one systems language" in " ".join(table.split())
    assert "1 of: " in table


def test_a_table_has_the_whole_value_in_80_columns(
    kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.printing.WIDTH", 80)
    lines = kg("ask", "postings", "--store", store).out.splitlines()
    assert max(map(len, lines)) <= 80
    head = next(line for line in lines if " source" in line)
    at = head.index("source")
    column = "".join(line[at:].strip() for line in lines[lines.index(head) + 2 :])
    for row in kg("ask", "postings", "--json", "--store", store).json:
        assert row["source"] in column


def test_evaluate_scores_and_says_what_changed(kg: Kg, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    text = "We met at Foobar.\nRequirements:\nPython"  # a name in prose that asks for nothing
    spans = [
        {"start": (start := text.index(name)), "end": start + 6, "label": "X"}
        for name in ("Python", "Foobar")
    ]
    gold.write_text(json.dumps({"id": 1, "text": text, "gold": spans}) + "\n")
    run = tmp_path / "run.json"
    first = kg("evaluate", gold, "--save", run, "--json").json
    strict = first["measures"][0]
    assert (strict["hits"], strict["gold"], strict["predicted"]) == (1, 2, 1)
    assert first["missed"] == {"foobar": 1}
    earlier = json.loads(run.read_text()) | {"missed": {"python": 1}}
    run.write_text(json.dumps(earlier))
    since = kg("evaluate", gold, "--against", run, "--json").json["since"]
    assert since == {"gained": ["python"], "lost": ["foobar"], "cleaned": [], "spoiled": []}
    assert "0.5" in kg("evaluate", gold, "--misses", "3").out
    assert kg("evaluate", tmp_path / "none.jsonl").code == 2
