"""A posting and its facts as a notebook shows them: a short table, and the text with its mentions.

A code host takes styles out of what it shows, so a mention is marked by its tag and says in small
letters how strongly it is asked for. Everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from nlp.summary import COLUMNS, summary_rows
from nlp.types import Facts, Mention, Posting

WRAPPED: Final = '<pre style="white-space: pre-wrap">'


def posting_html(posting: Posting) -> str:
    """Return where a posting came from, and its text."""
    return f"<p><b>{escape(posting.origin)}</b></p>\n{WRAPPED}{escape(posting.text)}</pre>"


def facts_html(facts: Facts) -> str:
    """Return the facts with the words that prove them, and the text with its mentions marked."""
    title = facts.title.value if facts.title else facts.posting.origin
    heads = "".join(f"<th>{escape(name)}</th>" for name in COLUMNS)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
        for row in summary_rows(facts)
    )
    return (
        f"<p><b>{escape(title)}</b></p>\n"
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"
        f"{WRAPPED}{''.join(_marked(facts))}</pre>"
    )


def _marked(facts: Facts) -> Iterator[str]:
    """Yield the text with its mentions marked; those of the same words share a mark.

    Of mentions that overlap the skills count first, then the longest.
    """
    text, position = facts.posting.text, 0
    for (start, end), mentions in sorted(_chosen(facts.mentions).items()):
        yield escape(text[position:start])
        yield _mark(mentions, text[start:end])
        position = end
    yield escape(text[position:])


def _chosen(mentions: Sequence[Mention]) -> dict[tuple[int, int], list[Mention]]:
    chosen: dict[tuple[int, int], list[Mention]] = {}
    for one in sorted(mentions, key=lambda one: (one.kind != "skill", one.start - one.end)):
        span = (one.start, one.end)
        if span in chosen:
            chosen[span].append(one)
        elif all(one.end <= start or end <= one.start for start, end in chosen):
            chosen[span] = [one]
    return chosen


def _mark(mentions: Sequence[Mention], words: str) -> str:
    said = ", ".join(dict.fromkeys(map(_said, mentions)))
    rules = escape(", ".join(dict.fromkeys(one.rule for one in mentions)))
    return f'<mark title="{rules}">{escape(words)}</mark><sub>{escape(said)}</sub>'


def _said(mention: Mention) -> str:
    """Return "skill required", "work modes"."""
    return " ".join(filter(None, (mention.kind.replace("_", " "), mention.necessity)))
