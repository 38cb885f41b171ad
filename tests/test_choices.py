"""Choices as they are shown: a member is not required by itself, and what else would do is said."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.views.choices import Choices, said_of
from kg.views.explanation import mention_records
from kg.views.marked_text import mark_rows
from kg.views.posting_page import posting
from kg.views.stored_page import stored_page
from nlp.extract import Extractor
from nlp.types import Facts, Posting

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    "Data Engineer II\nAcme Ltd, Leeds\n\nAbout us\nAcme makes boxes and sends them to people who "
    "like boxes in every town of the north, and has done so for longer than anybody remembers."
    "\n\nRequirements\n- "
)
SAID = [
    ("Tableau, Power BI or Looker", "Looker", "skill, one of 3, required"),
    ("At least two of Java, C++ and Python", "C++", "skill, two of 3, required"),
    ("Experience with Yardi or Foobarix", "Yardi", "skill, one of 2, required"),
    ("Experience with Yardi or Foobarix", "Foobarix", "candidate, one of 2, required"),
    ("Experience with Yardi and Foobarix", "Foobarix", "candidate required"),
    ("Kafka or Spark is a plus", "Spark", "skill, one of 2, preferred"),
    (
        "Bachelor's degree, or 5 years of experience in audit",
        "Bachelor's degree",
        "degree, one of 2, required",
    ),
    (
        "Master's degree, or Bachelor's degree and 3 years of experience",
        "3 years of experience",
        "experience, one of 2, required",
    ),
    ("SQL and Python", "SQL", "skill required"),
    ("SQL is a plus", "SQL", "skill preferred"),
    ("Python, R or SAS, and SQL", "SQL", "skill required"),
    ("Master's degree and 3 years of experience", "3 years of experience", "experience required"),
    ("Bachelor's degree", "Bachelor's degree", "degree required"),
]


@cache
def extractor() -> Extractor:
    return Extractor()


def facts_of(line: str) -> Facts:
    return extractor()(Posting("case.txt", HEAD + line + "\n", "0" * 64))


@pytest.mark.parametrize(("line", "words", "said"), SAID, ids=[f"{a}: {b}" for a, b, _ in SAID])
def test_a_mark_says_what_it_is_one_of(line: str, words: str, said: str) -> None:
    facts = facts_of(line)
    choices = Choices(facts)
    named = {one.text: said_of(one, choices.of(one)) for one in facts.mentions}
    assert named[words] == said


@pytest.mark.parametrize(
    ("line", "words", "choice"),
    [
        ("Tableau, Power BI or Looker", "Tableau", "one of: Tableau; Power BI; Looker"),
        (
            "Master's degree, or Bachelor's degree and 3 years of experience",
            "Master's degree",
            "one of: Master's degree; Bachelor's degree with 3 years",
        ),
        ("SQL and Python", "SQL", None),
        ("Experience with SQL", "SQL", None),
    ],
)
def test_the_list_beside_the_text_has_the_choice(line: str, words: str, choice: str | None) -> None:
    facts = facts_of(line)
    shown = {row["text"]: row["choice"] for row in mention_records(facts)}
    assert shown[words] == choice
    printed = {row[1]: row[4] for row in mark_rows(facts)}
    assert ("one of" in str(printed[words])) == (choice is not None)


def test_the_page_marks_members_and_not_the_whole_choice() -> None:
    page = str(posting(facts_of("Bachelor's degree, or 5 years of experience in audit\n- SQL")))
    marks = re.findall(r'<mark class="(\w+)" title="[^"]*">([^<]*)<small>([^<]*)', page)
    assert ("alternative", "Bachelor's degree", "degree, one of 2, required") in [
        (kind, words.replace("&#39;", "'"), said) for kind, words, said in marks
    ]
    assert ("required", "SQL", "skill required") in marks
    assert not [said for _, _, said in marks if said.startswith("alternative")]


def test_a_stored_posting_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "posting.txt"
    asked = "Tableau, Power BI or Looker\n- SQL\n- Kafka or Spark is a plus"
    path.write_text(
        f"{HEAD}{asked}\n- 3 years of experience\n\nApply by e-mail. Salary: GBP 50,000\n"
    )
    page = stored_page(KnowledgeGraph.build(str(path)), "Data Engineer II")
    marks = re.findall(r'<mark class="(\w+)" title="([^"]*)">([^<]*)<small>([^<]*)', page)
    said = {words: (kind, why, told) for kind, why, words, told in marks}
    kind, why, told = said["Looker"]
    assert (kind, told) == ("alternative", "skill, one of 3, required")
    assert "(one of: Tableau; Power BI; Looker)" in why
    assert page.count("<td>one of 3, required</td>") == 3
    assert said["Spark"][::2] == ("preferred", "skill, one of 2, preferred")
    assert said["SQL"][::2] == ("required", "skill required")


@pytest.mark.parametrize(
    ("line", "members", "why"),
    [
        (
            "Bachelor's degree, or 5 years of experience in audit",
            ["Bachelor's degree", "in audit"],
            "audit is what the years are in, and no third way",
        ),
        (
            "3 years of experience with Tableau, Power BI or Looker",
            ["Looker", "Power BI", "Tableau"],
            "each will do",
        ),
    ],
)
def test_the_question_counts_as_the_page_does(
    line: str, members: list[str], why: str, tmp_path: Path
) -> None:
    (tmp_path / "posting.txt").write_text(HEAD + line, encoding="utf-8")
    graph = KnowledgeGraph.build([tmp_path / "posting.txt"], store=tmp_path / "store")
    rows = graph.ask("alternatives-of-posting").to_dicts()
    assert sorted(str(row["member"]) for row in rows) == members, why
    assert {row["of"] for row in rows} == {len(members)}, why
