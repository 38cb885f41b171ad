"""`python -m kg` and the console script `kg`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from kg.quick import quick_query

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Run the command line: a query at once, and all else as `kg.cli` reads it."""
    given = list(sys.argv[1:] if words is None else words)
    query = quick_query(given, os.environ)
    if query is None:
        from kg.cli import main as whole

        whole(given)
    from kg.ending import end_with

    end_with(query.answer)


if __name__ == "__main__":
    main()
