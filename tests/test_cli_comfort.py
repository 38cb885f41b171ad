"""Comfort at the command line: where to begin, what was meant, completion, widths, colours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.commands.completion import among
from kg.names import suggested
from tests.command_line import ONE, TWO, Kg
from tests.terminal import COLOUR, on_terminal


def test_alone_it_says_first_what_to_do(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    lines = kg().out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["First", "Look", "Ask"]
    assert "kg build PATH" in lines[0]
    assert lines[3] == ""
    assert all(len(line) <= 80 for line in lines[:3])
    assert any("evaluate" in line for line in lines[4:]), "the long list comes behind"


def test_where_there_is_a_store_it_says_what_to_do_next(
    kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    first = kg().out.splitlines()[0]
    assert first.split()[:3] == ["Look", "kg", "serve"]
    assert str(store) in first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["biuld"], "Did you mean 'build'?"),
        (["show", "grph"], "Did you mean 'graph'?"),
        (["build", "x", "--jbos", "2"], "--jobs"),
        (["--vesion"], "Did you mean --version?"),
        (["show", "graph", "--ouput", "x"], "Did you mean --output?"),
        (["vocab", "accept", "x", "--brooder", "y"], "Did you mean --broader?"),
        (["ask", "--jsn"], 'no option --jsn; did you mean "--json"'),
        (["ask", "skill-of-role"], 'did you mean "skills-of-role"'),
        (["ask", "skills-of-role", "--rol", "x"], 'did you mean "role"?'),
        (["ask", "skills-of-role", "--role", "Machine Lerning Engineer"], "did you mean"),
        (["ask", "employers-of-skill", "--skill", "Pyton"], 'did you mean "Python"'),
        (["compare", ONE, "Machine Learning Enginer II"], f'did you mean "{TWO}"'),
        (["export", "--format", "turtel"], 'did you mean "turtle"?'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_not_there_is_answered_with_what_is_near(
    words: list[str], said: str, kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    monkeypatch.setenv("COLUMNS", "120")
    answer = kg(*words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


@pytest.mark.parametrize("words", [["zzzz"], ["build", "x", "--zzzz"], ["ask", "zzzz"]])
def test_where_nothing_is_near_nothing_is_suggested(words: list[str], kg: Kg) -> None:
    answer = kg(*words)
    assert answer.code == 2
    assert "did you mean" not in answer.err.lower()


def test_suggestions_are_words_of_the_list() -> None:
    assert suggested("parqet", ["parquet", "jsonld"]) == '; did you mean "parquet"?'
    assert suggested("xml", ["parquet", "jsonld"]) == ""
    assert among("month", "year")("") == ["month", "year"]
    assert among("month", "year")("d") == []


@pytest.mark.parametrize(
    ("line", "offered", "others"),
    [
        ("co", {"compare", "communities", "cooccurrence"}, {"build"}),
        ("show ", {"graph", "compare", "ladder"}, {"build"}),
        ("build --", {"--jobs", "--store", "--vocabulary"}, {"--limit"}),
        ("ask skills", {"skills", "skills-of-role", "skills-beside"}, {"postings"}),
        ("ask skills-of-role --", {"--role", "--level", "--necessity", "--json"}, {"--skill"}),
        ("ask skills-of-role --necessity ", {"required", "preferred"}, {"skills-of-role"}),
        ("ask skills-of-role --copies ", {"one", "all"}, {"required"}),
        ("ask nosuch --", {"--json", "--store"}, {"--role"}),
        ("export --format t", {"turtle", "trig"}, {"nquads"}),
        ("build --format j", {"json", "jsonl", "jsonld"}, {"csv"}),
        ("trends --by ", {"month", "quarter", "year"}, {"role"}),
        ("pay --by ", {"role", "level", "place", "month"}, {"skill"}),
        ("trends --asked ", {"required", "any"}, {"one"}),
        ("central --necessity ", {"required", "any"}, {"one"}),
        ("compare a b --copies ", {"one", "all"}, {"any"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_shell_is_offered(
    line: str, offered: set[str], others: set[str], kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["kg", *line.split(" ")]
    monkeypatch.setenv("_KG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "\n".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    monkeypatch.setattr(sys, "argv", ["kg"])
    found = set(kg().out.split())
    assert offered <= found
    assert not others & found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KG_COMPLETE", f"source_{shell}")
    monkeypatch.setattr(sys, "argv", ["kg"])
    answer = kg()
    assert answer.code == 0
    assert "_KG_COMPLETE=complete_" in answer.out
    assert "kg" in answer.out


@pytest.mark.parametrize("width", [60, 120, 200])
@pytest.mark.parametrize(
    "words",
    [
        ["ask", "roles"],
        ["ask"],
        ["ask", "skills-of-role", "--help"],
        ["ladder", "Machine Learning Engineer"],
        ["stats"],
        ["search", "spark"],
    ],
    ids=" ".join,
)
def test_tables_are_as_wide_as_columns_says(
    words: list[str], width: int, kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    monkeypatch.setenv("COLUMNS", str(width))
    answer = kg(*words)
    assert answer.code == 0
    lines = [line.rstrip() for line in answer.out.splitlines()]
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("said", ["", "0", "wide", "-5"])
def test_columns_that_say_nothing_count_for_nothing(
    said: str, kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    answer = kg("ask", "postings", "--store", store)
    assert answer.code == 0
    assert max(len(line.rstrip()) for line in answer.out.splitlines()) <= 120


def test_colours_are_off_where_nobody_wants_them(store: Path) -> None:
    wanted = on_terminal("ask", "nosuch", "--store", store)
    assert wanted.code == 2
    loud = on_terminal("build", "--jbos")
    assert COLOUR.search(loud.err)
    quiet = on_terminal("build", "--jbos", env={"NO_COLOR": "1"})
    colours = {code for found in COLOUR.findall(quiet.err) for code in found[2:-1].split(";")}
    assert not [code for code in colours if code[:1] in {"3", "4", "9"} and len(code) == 2]
