"""Profiles: addresses of a person's page or chat, as against those of a company."""

from __future__ import annotations

import re
from typing import Final

from nlp.contacts.hints import Group, Hints

Span = tuple[int, int]

PAGES: Final = Group(
    "profile:page",
    (
        "linkedin.com/in/",
        "linkedin.com/pub/",
        "xing.com/profile",
        "wa.me/",
        "api.whatsapp.com/send",
        "t.me/",
        "calendly.com/",
    ),
)
"""Where a person's page begins; a company's is linkedin.com/company/..."""
SKYPE: Final = Group("profile:chat", ("skype",))
GROUPS: Final = (PAGES, SKYPE)
BEFORE: Final = re.compile(r"(?:https?:?/?/?)?(?:[a-z]{2,3}\.|m\.)?\Z", re.IGNORECASE)
WHOLE: Final = re.compile(r"[^\s<>\"'()\[\]█]{1,200}")
CHAT: Final = re.compile(r"skype(?: id| name)?[ ]?:[ ]?(?:live:)?\w[\w.@+:-]{2,60}", re.IGNORECASE)


def find_profiles(text: str, hints: Hints) -> list[Span]:
    """Return the spans of addresses that lead to a person."""
    pages = [_page(text, start, end) for start, end in hints.of(PAGES)]
    chats = [_chat(text, start) for start, _ in hints.of(SKYPE)]
    return [span for span in (*pages, *chats) if span is not None]


def _page(text: str, at: int, behind: int) -> Span | None:
    if text[at : at + 2] in ("t.", "T.") and text[at - 1 : at].isalnum():
        return None  # "chat.me/", "start.me/" are other sites
    whole = WHOLE.match(text, at)
    before = BEFORE.search(text, max(0, at - 16), at)
    if whole is None or before is None:
        return None
    end = at + len(whole.group().rstrip(".,;:!?"))
    return (before.start(), end) if end > behind else None


def _chat(text: str, at: int) -> Span | None:
    name = CHAT.match(text, at)
    if name is None:
        return None
    start = text.index(":", at) + 1
    return start + (text[start] == " "), at + len(name.group().rstrip(".:-"))
