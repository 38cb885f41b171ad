"""The table that a build on Spark has beside those of `kg export`: which postings are copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.exports.columns import Columns

COPIES: Final[Columns] = (
    ("posting", "text", "id of a posting that advertises the job of another"),
    ("copy_of", "text", "id of that other one, the least of the group"),
    ("reason", "text", "same text, same but for the place, same but for dates, near-duplicate"),
    ("similarity", "number", "from 0 to 1"),
)
