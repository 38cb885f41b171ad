"""Options that the analyses take, whether a table, a page or a picture is made of them."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from kg.commands.completion import among

GROUP: Final = (
    'A role and level, a role, or an employer; "place: Austin, TX", "level: Senior", '
    '"employer: Acme", "period: 2025-01..2025-06", "query: SELECT ?posting ..."; '
    '" + " between two for postings of both.'
)
FirstGroup = Annotated[str, typer.Argument(help=GROUP)]
SecondGroup = Annotated[str, typer.Argument(help="The group to set against it.")]
RoleArgument = Annotated[str, typer.Argument(help="A role, without a level.")]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="Give postings without a level the place of Mid-level.")
]
LeastOption = Annotated[int, typer.Option(help="Postings that a level must have.", min=1)]
OneRoleOption = Annotated[str | None, typer.Option("--role", help="Only postings of this role.")]
OneLevelOption = Annotated[str | None, typer.Option("--level", help="Only postings of this level.")]
PlaceOption = Annotated[str | None, typer.Option(help='Only this place: "Austin, TX".')]
SpanOption = Annotated[
    str | None, typer.Option("--period", help="Only postings dated so: 2025, 2025-01..2025-06.")
]
SkillOption = Annotated[str | None, typer.Option("--skill", help="Only this skill.")]
PayByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        help="By role, level, place, month, quarter or year; by level where a role is given.",
        autocompletion=among("role", "level", "place", "month", "quarter", "year"),
    ),
]
CurrencyOption = Annotated[
    str | None, typer.Option(help="The currency; without it the one of the most postings.")
]
PeriodOption = Annotated[
    str,
    typer.Option(
        "--by",
        help="How long a period is: month, quarter, year.",
        autocompletion=among("month", "quarter", "year"),
    ),
]
AskedOption = Annotated[
    str,
    typer.Option(
        help="How a posting asks: required, preferred, mentioned, any.",
        autocompletion=among("required", "preferred", "mentioned", "any"),
    ),
]
EstimatesOption = Annotated[
    bool,
    typer.Option("--estimates", help="Read a board's estimates of the pay, not what is stated."),
]
