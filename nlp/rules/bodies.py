"""Bodies: names of ministries, embassies and the like, which hold words that are skills.

Who deals with "the *Ministry of Finance*" need know no finance. The name goes on over words with
capitals and what joins them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Span

BODY: Final = Anchored(
    r"\b(?:Academy|Chamber|Committee|Delegation|Embassy|Faculty|Federation|Minist(?:er|ers|ries|ry)"
    r"|National Assembly|Parliament|Secretariat|Union) (?:of|for) (?:the )?"
    r"[A-Z][\w’'-]{1,30}(?:(?:,? and|,| of| of the| for| &)? [A-Z][\w’'-]{1,30}){0,6}"
)


def find_bodies(text: str) -> Iterator[Span]:
    """Yield the spans of the names of public bodies, in order.

    >>> [*find_bodies("licence of the Ministry of Finance, in writing")]
    [(15, 34)]
    """
    for match in BODY.finditer(text):
        yield match.span()
