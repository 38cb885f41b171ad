"""Postings that state their pay, as the analysis of pay asks for them: what Spark has chosen.

They are a part of the corpus with the questions that `kg.analysis.pay_ranges` and
`kg.analysis.premium` put to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.corpus.model import Pay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.corpus import Corpus


@dataclass(frozen=True, slots=True)
class PaidPosting:
    """A posting with its pay; `required` are the skills that it requires outright, sorted."""

    identifier: str
    job: str
    employer: str | None
    role: str | None
    level: str | None
    places: tuple[str, ...]
    required: tuple[str, ...]
    pay: Pay


class Paid:
    """Such postings by IRI. `names` knows roles and levels, `labels` skills and places."""

    def __init__(
        self, found: Mapping[str, PaidPosting], names: Corpus, labels: Mapping[str, str]
    ) -> None:
        self._found = found
        self._names = names
        self._labels = labels

    def job(self, posting: str) -> str:
        """Return what stands for a posting's job."""
        return self._found[posting].job

    def identifier(self, posting: str) -> str:
        """Return what a posting is called."""
        return self._found[posting].identifier

    def employer(self, posting: str) -> str | None:
        """Return a posting's employer."""
        return self._found[posting].employer

    def role(self, posting: str) -> str | None:
        """Return a posting's role."""
        return self._found[posting].role

    def level(self, posting: str) -> str | None:
        """Return a posting's level."""
        return self._found[posting].level

    def places(self, posting: str) -> tuple[str, ...]:
        """Return a posting's places, sorted."""
        return self._found[posting].places

    def required(self, posting: str) -> list[str]:
        """Return the skills that a posting requires outright, sorted."""
        return list(self._found[posting].required)

    def pay(self, posting: str) -> Pay | None:
        """Return the pay that a posting states."""
        return self._found[posting].pay

    def label(self, node: str) -> str:
        """Return what people call a node."""
        return self._labels[node] if node in self._labels else self._names.label(node)

    def concept(self, node: str) -> str | None:
        """Return the concept of a skill; None where no concept covers it."""
        return self._names.concept(node)
