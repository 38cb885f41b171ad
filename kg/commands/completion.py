"""What a shell offers behind TAB, beyond commands and options: questions, parameters, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

if TYPE_CHECKING:
    from kg.binding import Parameter


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that is offered; what a shell's script reads of one."""

    value: str
    help: str = ""
    type: str = "plain"


def among(*words: str) -> Callable[[str], list[str]]:
    """Return what completes a word to one of these.

    >>> among("month", "quarter", "year")("q")
    ['quarter']
    """

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def complete_question(incomplete: str) -> list[tuple[str, str]]:
    """Return the questions whose names begin so, with what they answer."""
    from kg.questions import questions

    known = questions().values()
    return [(one.name, one.title) for one in known if one.name.startswith(incomplete)]


def complete_export(incomplete: str) -> list[str]:
    """Return the formats of an export whose names begin so."""
    from kg.export import FORMATS

    return among(*FORMATS)(incomplete)


def complete_reading(incomplete: str) -> list[str]:
    """Return the formats of inputs whose names begin so."""
    from nlp.readers.formats import FORMATS

    return among(*FORMATS)(incomplete)


class AskCommand(TyperCommand):
    """`kg ask`: behind a question's name stand the parameters that it takes."""

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return the command's own options and the question's, or a parameter's values."""
        from kg.questions import questions

        question = questions().get(ctx.params.get("question") or "")
        if question is None:
            return super().shell_complete(ctx, incomplete)
        named = {f"--{one.name.replace('_', '-')}": one for one in question.parameters}
        if ctx.args and ctx.args[-1] in named:
            return _offers(_values(named[ctx.args[-1]]), incomplete)
        own = super().shell_complete(ctx, incomplete)
        return [
            *(Offer(o, p.meaning) for o, p in named.items() if o.startswith(incomplete)),
            *own,
        ]


def _values(parameter: Parameter) -> Iterable[str]:
    """Return what a parameter may be, where that is one of a few words."""
    from kg.copies.counting import COPIES
    from kg.necessities import STRENGTHS

    return {"copies": COPIES, "necessity": STRENGTHS}.get(parameter.type, ())


def _offers(words: Iterable[str], incomplete: str) -> list[Offer]:
    return [Offer(word) for word in words if word.startswith(incomplete)]
