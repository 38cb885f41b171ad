"""What the analyses of pay ask of postings, whoever answers: a corpus, or the tables of Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.corpus.model import Pay
    from nlp.types import Evidence


class Employing(Protocol):
    """Postings that may name an employer."""

    def employer(self, posting: str) -> str | None:
        """Return a posting's employer."""


class Quotable(Protocol):
    """Postings whose words may be asked for."""

    def identifier(self, posting: str) -> str:
        """Return what a posting is called."""

    def read_words(self, postings: Iterable[str]) -> None:
        """Read the words of some postings before each is asked for."""


class Paying(Employing, Quotable, Protocol):
    """Postings that may state pay, and what is held fixed where pay is compared."""

    def job(self, posting: str) -> str:
        """Return what stands for a posting's job."""

    def role(self, posting: str) -> str | None:
        """Return a posting's role."""

    def level(self, posting: str) -> str | None:
        """Return a posting's level."""

    def places(self, posting: str) -> tuple[str, ...]:
        """Return a posting's places, sorted."""

    def required(self, posting: str) -> list[str]:
        """Return the skills that a posting requires outright, sorted."""

    def pay(self, posting: str) -> Pay | None:
        """Return the pay that a posting states."""

    def estimate(self, posting: str) -> Pay | None:
        """Return the pay that a board has estimated for a posting."""

    def read_words_of(self, nodes: Iterable[tuple[str, str]]) -> None:
        """Read the words that the pay of some postings rests on, each with its posting."""

    def words_of(self, posting: str, node: str) -> Sequence[Evidence]:
        """Return the words that a posting's pay rests on."""

    def label(self, node: str) -> str:
        """Return what people call a node."""

    def concept(self, node: str) -> str | None:
        """Return the concept of a skill; None where no concept covers it."""
