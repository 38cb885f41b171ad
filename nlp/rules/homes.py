"""Homes: where the one must live who works from there, "Remote (must live in CA or TX)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.gazetteer import country_code, region
from nlp.rules.place_reading import place_at
from nlp.types import Place, SectionKind

CUE: Final = Anchored(
    r"(?:\b(?i:candidates?|applicants?|has|have|must|need|required|should|who)\b[ ]"
    r"(?:to[ ]|also[ ])?(?:currently[ ]|legally[ ]|physically[ ])?"
    r"(?:be[ ](?:an?[ ])?(?:currently[ ]|physically[ ])?)?"
    r"(?:based|live|living|located|reside|residing|residents?)"
    r"|\b(?:limited|open|restricted)[ ](?:only[ ])?to[ ]"
    r"(?:(?:applicants|candidates|people|those)[ ])?"
    r"(?:based|living|located|residents|residing|who[ ](?:live|reside))"
    r"|(?<!not )\b(?:(?:able|eligible|set[ ]up)[ ]to|can[ ]only|only|currently)[ ](?:only[ ])?"
    r"(?:hire|hiring|employ|recruit|recruiting)(?:[ ](?:people|remotely|staff|candidates))?)"
    r"[ ](?:in|of|from|within)[ ](?:(?:any|one)[ ](?:of[ ])?)?(?:the[ ])?(?:following[ ])?"
    r"(?:U\.?S\.?[ ])?(?:states?[ ]?(?:of[ ]|:[ ])?|locations:[ ])?"
    r"|\b[Rr]emote\b[^\n();.]{0,20}\((?:only[ ])?(?=[A-Z])",
    behind=r"\W",
)
"""Words before the states: "must live in", "open to residents of the following states:"."""
ANYWHERE: Final = Anchored(
    r"\b[Rr]emote(?:ly)?[ ](?:[–-][ ])?(?:from[ ])?(?:anywhere[ ])?"
    r"(?:with)?(?:in|across|throughout)[ ](?:the[ ])?"
    r"(?P<country>(?:[A-Z]\.){2,4}|[A-Z]\w{1,20}(?:[ ][A-Z][a-z]{1,20}){0,3})"
)
"""A country in which one may work where one likes: "remote within the UK"."""
STATE: Final = re.compile(r"[A-Z]{2,3}\b|[A-Z][a-z]+(?:[ ][A-Z][a-z]+){0,2}")
NEXT: Final = re.compile(r"[ ]?(?:[,;/&|]|,?[ ](?:or|and)\b|[ ]and/or\b)[ ]?(?:(?:or|and)[ ])?")
SILENT: Final = (SectionKind.RELATED, SectionKind.BOILERPLATE)
REMOTE: Final = re.compile(r"\b(?:remote|from home|home[- ]based)", re.IGNORECASE)


def find_homes(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the states and countries in which applicants must live, with where they stand.

    The places are remote ones where the sentence says so. A town ("must live in Austin, TX") is
    none, nor is what is no list of states only, behind "Remote (".
    """
    text = document.text
    for cue in CUE.finditer(text):
        if document.section(cue.start()) not in SILENT:
            yield from _homes(text, document.sentence(cue.start())[0], cue)
    for named in ANYWHERE.finditer(text):
        nation = country_code(named["country"].rstrip("."))
        if nation is not None and document.section(named.start()) not in SILENT:
            yield *named.span("country"), Place(country=nation, remote=True)


def homes_in(words: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the states in a field's words, as `find_homes` does."""
    for cue in CUE.finditer(words):
        yield from _homes(words, 0, cue)


def _homes(text: str, low: int, cue: re.Match[str]) -> Iterator[tuple[int, int, Place]]:
    """Yield the states behind words that ask for them; their sentence begins at `low`."""
    listed = list(_states(text, cue.end()))
    brackets = text[cue.end() - 1] == "("
    if not listed or (brackets and not text.startswith(")", listed[-1][1])):
        return
    remote = REMOTE.search(text, low, cue.end()) is not None or None
    for start, end, (code, country) in listed:
        yield start, end, Place(region=code, country=country, remote=remote)


def _states(text: str, start: int) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Yield the states that follow one another from `start` on."""
    while state := STATE.match(text, start):
        known = region(state[0])
        town = place_at(text, start)
        if known is None or (town is not None and town[1].city is not None):
            return
        yield *state.span(), known
        following = NEXT.match(text, state.end())
        if following is None:
            return
        start = following.end()
