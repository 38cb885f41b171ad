"""Help on terminals of any width: no name of an option is cut off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kg.cli import app
from kg.commands.narrow_help import WIDE
from kg.commands.parts import MODULES


def commands() -> list[tuple[tuple[str, ...], Any]]:
    """Return every command with the words that call it, `kg` itself and its groups among them."""
    found: list[tuple[tuple[str, ...], Any]] = []

    def walk(words: tuple[str, ...], command: Any) -> None:
        found.append((words, command))
        for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
            walk((*words, name), command.get_command(None, name))

    walk((), get_command(app))
    return found


COMMANDS = dict(commands())
WIDTHS = (30, 40, 56, WIDE - 1, WIDE, 80, 120)


def helped(words: tuple[str, ...], width: int) -> str:
    found = CliRunner().invoke(
        app, [*words, "--help"], prog_name="kg", env={"COLUMNS": str(width), "NO_COLOR": "1"}
    )
    assert found.exit_code == 0
    return found.output


def test_all_commands_are_looked_at() -> None:
    assert {words[0] for words in COMMANDS if words} == set(MODULES)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_named_whole(words: tuple[str, ...], width: int) -> None:
    text = helped(words, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for parameter in COMMANDS[words].params:
        for name in parameter.opts if parameter.param_type_name == "option" else ():
            assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text), name


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_narrow_help_says_what_wide_help_says(words: tuple[str, ...]) -> None:
    """Every option and command has its whole sentence, however it is broken into lines."""
    text = " ".join(helped(words, 40).split())
    for parameter in COMMANDS[words].params:
        said = getattr(parameter, "help", None)
        if said and not parameter.hidden:
            assert " ".join(said.split())[:30].rpartition(" ")[0] in text
    if hasattr(COMMANDS[words], "commands"):
        for name in COMMANDS[words].list_commands(None):
            assert re.search(rf"(?<!\w){name}(?!\w)", text), name
