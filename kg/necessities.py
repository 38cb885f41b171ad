"""How strongly a posting asks: one table for the values, the ontology's terms and the words."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from nlp.types import Necessity
from ontology import terms

Asked: TypeAlias = Literal["required", "alternative", "preferred", "mentioned"]

STRENGTHS: Final[tuple[Asked, ...]] = ("required", "alternative", "preferred", "mentioned")
"""How a posting asks, strongest first. A member of an alternative is no requirement."""

NECESSITY_TERMS: Final = {
    Necessity.REQUIRED: terms.REQUIRED,
    Necessity.PREFERRED: terms.PREFERRED,
    Necessity.MENTIONED: terms.MENTIONED,
}
"""What the graph calls a necessity. What is waived is no requirement and has no term."""
NECESSITIES: Final = {term: necessity for necessity, term in NECESSITY_TERMS.items()}
"""The same table, read from the graph."""
SHORT_EDGES: Final = {
    Necessity.REQUIRED: terms.REQUIRES_SKILL,
    Necessity.PREFERRED: terms.PREFERS_SKILL,
    Necessity.MENTIONED: terms.MENTIONS_SKILL,
}
"""The edge from a posting to a skill that it asks for outside alternatives."""

_ASKED: Final[dict[Necessity, Asked]] = {
    Necessity.REQUIRED: "required",
    Necessity.PREFERRED: "preferred",
    Necessity.MENTIONED: "mentioned",
}
NECESSITY_OF: Final[dict[Asked, Necessity]] = {word: one for one, word in _ASKED.items()}
"""What a way of asking outright is as a necessity."""


def asked(necessity: Necessity, alternative: str | None) -> Asked:
    """Return how a posting asks, where `alternative` is what the requirement is a member of."""
    return "alternative" if alternative else _ASKED[necessity]
