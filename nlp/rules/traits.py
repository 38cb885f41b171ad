"""Traits: words that call a person something, "team player", and seldom ask for it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.matcher import Hit
from nlp.patterns import table

ASKING: Final = re.compile(
    r"\b(?:abilit(?:y|ies)|able to|experience|skills?|must|required?|proven|demonstrated|"
    r"excellent|exceptional|need|knowledge)\b",
    re.IGNORECASE,
)
AROUND: Final = 300
"""How far from a trait, in code points, the words stand that ask for it."""
ALONE: Final = re.compile(r"\W{0,20}[•·*▪●○◦‣–-]\W{0,20}(?:an? )?(?:must be an? )?\W{0,9}")
"""Round a trait that is an item of its own: "- Team player."."""


def is_trait(document: Document, hit: Hit) -> bool:
    """Tell whether the words call the person something ("team player") and ask for nothing.

    "Strong communicator and team player." describes; with "ability to", "must" or "skills" in
    the same sentence it asks.
    """
    if hit.phrase not in _traits():
        return False
    low, high = document.sentence(hit.start)
    low, high = max(low, hit.start - AROUND), min(high, hit.end + AROUND)
    if ALONE.fullmatch(document.text[low : hit.start] + document.text[hit.end : high]):
        return False  # an item of its own
    return ASKING.search(document.text, low, high) is None


@cache
def _traits() -> frozenset[str]:
    return frozenset(row["label"] for row in table("traits"))
