"""Made postings: a board that nobody hires on, to try things out where real ones may not be used.

>>> from kg.made import write_board
>>> write_board("board.jsonl", 600)
"""

from __future__ import annotations

from kg.made.board import SHARES, MadePosting, made_board, write_board
from kg.made.postings import made_postings

__all__ = ["SHARES", "MadePosting", "made_board", "made_postings", "write_board"]
