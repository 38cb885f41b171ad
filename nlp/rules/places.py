"""Places: where the job is, checked against a gazetteer of cities, regions and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from nlp.anchors import Literals
from nlp.document import Document, Span
from nlp.gazetteer import begins_home
from nlp.rules.head_places import find_in_head
from nlp.rules.homes import find_homes
from nlp.rules.modes import without_mode
from nlp.rules.place_countries import in_country_of_pay, is_district
from nlp.rules.place_cues import BASED, SIDE, STRONG, behind_cues, is_jobs
from nlp.rules.place_forms import find_forms
from nlp.rules.place_lists import in_row, places_in_list
from nlp.rules.place_reading import (
    NAMED,
    NO_PLACES,
    WELL_KNOWN,
    country_at,
    next_word,
    place_at,
    read_places,
)
from nlp.rules.terse import find_terse
from nlp.rules.town_names import town_start
from nlp.types import Place, SectionKind, Stated

COMMA: Final = re.compile(r",[ ]?(?P<word>[A-Z][\w.]*)")
NAMES_BEFORE: Final = re.compile(r"(?:[A-Z][\w.'’]*[ -]){0,3}[A-Z][\w.'’]*$")
LABEL: Final = re.compile(
    r"\W{0,4}(?:(?:additional|alternate|alternative|other|primary|secondary|job|work|office|position"
    r"|employment|base|posting|hiring|site|job city|multiple|store)[ ]){0,2}"
    r"(?:(?:locations?(?:\(s\))?|site name|city, ?state|work ?site|duty station|place of work"
    r"|workplace|town/city|city/town|city/state|town or city)(?P<colon>[ ]?[:–—-])?"
    r"|(?:based(?: (?:in|at))?|base|city|country|covering|depot|town|where|site|offices?"
    r"|campus(?:es)?)(?P<sure>:)"
    r"|where (?:is (?:it|this|the (?:job|post|role))|will i (?:be |work)|(?:would|will) i be)"
    r"(?:based|located|working)?\?)[ ]*",
    re.IGNORECASE,
)
NEXT_LABEL: Final = re.compile(
    r"(?P<first>[ ][A-Z][\w/-]{1,20})?(?P<second>[ ][A-Z][\w/-]{1,20})?"
    r"(?P<third>[ ][A-Z][\w/-]{1,20})[ ]?:[ ]"
)
"""A label of one to three words behind the value of another."""
CODED: Final = re.compile(r"(?:USA?|CAN?|GB|UK|AUS?)-[A-Z][A-Za-z]{1,20}-[A-Z][a-z]")
"""What a board's machine writes behind a label without a colon: "Job Locations US-OH-Columbus"."""
BASED_IN: Final = re.compile(r"(?:^|[,;:|(] ?)(?:based|located) in $", re.IGNORECASE)
"""In a line of the head it can only be said of the job."""
BLANKS: Final = re.compile(r"\s*")
IS_BASED: Final = re.compile(
    r"\b(?:based|located|situated) (?:in|at|near)\b[^.;:\n]{0,40}$", re.IGNORECASE
)
"""Before a town that is meant however small it is."""
OF_THIS: Final = re.compile(r"\bthis (?:job|position|post|role) is\b[^.;\n]{0,60}$", re.IGNORECASE)
"""Before a place that is the job's also where it says how to apply."""
OURS: Final = re.compile(r"\bour (?:[a-z]+ ){0,2}$", re.IGNORECASE)
TEAM: Final = re.compile(r" (?:team|group|department|division)\b", re.IGNORECASE)
"""What a word beside it is no place of: "our Mobile team"."""
SILENT: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
LABEL_WORDS: Final = Literals((
    "location", "site name", "city, state", "city,state", "work site", "worksite", "duty station",
    "place of work", "workplace", "town/city", "city/town", "city/state", "town or city",
    "based:", "based in:", "based at:", "base:", "city:", "country:", "covering:", "depot:",
    "town:", "where:", "site:", "office:", "offices:", "campus:", "campuses:", "where is ",
    "where will i ", "where would i ",
))  # fmt: skip
LONGEST_LINE: Final = 250
"""A line of the header longer than this is prose, and prose needs a cue."""
LONGEST_NAME: Final = 40
CUED: Final = 50_000
"""Inhabitants of a city that its name alone means behind "based in"."""
BACK: Final = 170


def find_places(document: Document) -> tuple[Stated[Place], ...]:
    """Return the job's places in the order of the text, each once with all its evidence.

    Lines of the header and of the board's card, and what stands behind "Location:", are lists of
    places. In prose a place counts in a sentence about the job ("join our team in"), not where
    the company says where it is ("with offices in"). A city must be known to the gazetteer in the
    region or country that is named with it; a large one may stand alone behind a cue.
    """
    found: dict[Place, list[Span]] = {}
    forms = list(find_forms(document))
    heads = [*_listed(document), *find_in_head(document), *find_terse(document)]
    heads = [one for one in heads if not _in_form(one, forms)] + forms
    heads += [one for one in find_homes(document) if not _in_form(one, heads)]
    homes = {place.country for _, _, place in heads}
    prose = (item for item in _in_prose(document) if not is_district(document.text, item, homes))
    for low, high, place in sorted([*heads, *prose], key=lambda item: item[:2]):
        spans = found.setdefault(place, [])
        if not spans or low >= spans[-1][1]:
            spans.append((low, high))
    found = in_country_of_pay(document.text, found)
    of_city: dict[str | None, list[Place]] = {}
    for place in found:
        of_city.setdefault(place.city, []).append(place)
    return tuple(
        Stated(place, tuple(document.evidence(low, high, "place:named") for low, high in spans))
        for place, spans in found.items()
        if not _is_part(
            place,
            of_city[place.city] if place.city else _cities_of(place, found),
            guessed=place.city is not None and _is_bare(document, place, spans),
        )
    )


def _in_form(item: tuple[int, int, Place], forms: Sequence[tuple[int, int, Place]]) -> bool:
    """Tell whether a place is a part of one that a form gives: "City: *Dayton*"."""
    return any(low < item[1] and item[0] < high for low, high, _ in forms)


def _is_bare(document: Document, place: Place, spans: Sequence[Span]) -> bool:
    """Tell whether a city stands there by its name alone, so that its country is a guess."""
    return all(document.text[low:high].strip(" ,.") == place.city for low, high in spans)


def _cities_of(place: Place, found: Mapping[Place, object]) -> Sequence[Place]:
    """Return the cities of a state or country told beside them: "Des Moines, IA (*Iowa*)"."""
    if place.remote:
        return ()
    if place.region is None:
        return [one for one in found if one.country == place.country and one != place]
    return [one for one in found if one.city and one.region == place.region and not one.remote]


def _is_part(place: Place, same: Sequence[Place], *, guessed: bool = False) -> bool:
    """Tell whether a place says less than another of the same city; `same` are all of it.

    Where only the name stands there its country is `guessed`: "Alexandria" by "Alexandria, VA".
    """
    return any(
        other != place
        and (
            (place.region in (None, other.region) and place.country in (None, other.country))
            or (guessed and other.region is not None)
        )
        for other in same
    )


def _listed(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of lines that list places: the header's, and those behind a label."""
    text = document.text
    labelled: set[int] = set()
    seen = -1
    for at in LABEL_WORDS.positions(text):
        start, stop = document.line(at)
        if start == seen or start in labelled or document.section(start) in SILENT:
            continue
        seen, line = start, text[start:stop]
        label = LABEL.match(line)
        if label is None or not (label["colon"] or label["sure"] or _opens_list(line, label)):
            continue
        labelled.add(start)
        start += label.end()
        if label.end() >= len(line.rstrip()):  # the list is the next line that is not blank
            start += len(line) - label.end()
            blanks = BLANKS.match(text, start)
            start = blanks.end() if blanks else start
            labelled.add(start)
        stop = document.line(start)[1]
        for low, high, place in _before_label(text[start : min(stop, start + LONGEST_LINE)]):
            yield start + low, start + high, place
    for section in document.sections:
        if section.kind not in (SectionKind.HEADER, SectionKind.FURNITURE):
            continue
        start = section.start
        for line in text[section.start : section.end].split("\n"):
            if start not in labelled and len(line) <= LONGEST_LINE:
                for low, high, place in _on_line(without_mode(line)):
                    yield start + low, start + high, place
            start += len(line) + 1


def _before_label(line: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of a list, up to the next label: "Oslo *Available: Immediately*"."""
    label = NEXT_LABEL.search(line)
    cuts = [label.start(word) for word in ("third", "second", "first")] if label else []
    for cut in cuts:
        if cut >= 0 and (found := list(places_in_list(line[:cut]))):
            yield from found
            return
    yield from places_in_list(line)


def _opens_list(line: str, label: re.Match[str]) -> bool:
    """Tell whether a label without a colon stands alone or right before a place."""
    return label.end() >= len(line.rstrip()) or (
        line[: label.end()].strip()[:1].isupper()
        and (place_at(line, label.end()) is not None or CODED.match(line, label.end()) is not None)
    )


def _on_line(line: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of a header's line, or the one place that it is whole."""
    some = False
    for low, high, place in read_places(line):
        some = True
        begin = town_start(line, low, place.city) if place.city else low
        if begin < low:
            place = replace(place, city=f"{line[begin:low]}{place.city}")
        yield begin, high, place
    start = len(line) - len(line.lstrip(" \t•·*-–|"))
    if not some:
        whole = place_at(line, start, alone=WELL_KNOWN)
        if whole is not None and not line[whole[0] :].strip(" .,;|()"):
            yield start, whole[0], whole[1]


def _in_prose(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of sentences about the job."""
    text = document.text
    cued = set(behind_cues(text))
    done = -1
    for at in sorted({*_before_commas(text), *cued}):
        section = document.section(at)
        if at < done or section is SectionKind.RELATED:
            continue
        if section in (SectionKind.HEADER, SectionKind.PAY) and at not in cued:
            continue
        low, high = document.sentence(at)
        before = text[max(low, at - BACK) : at]
        strong = STRONG.search(before) is not None
        ours = OURS.search(before) is not None
        sure = ours or IS_BASED.search(before) is not None
        alone = NAMED if sure else CUED if at in cued else 0
        first = place_at(text, at, alone=alone, unknown=strong)
        if side := SIDE.match(text, at):
            named = place_at(text, at, alone=alone)
            at = at if named else side.end()
            first = named or place_at(text, at, alone=alone)
        country = country_at(text, at) if first is None and sure else None
        first = first or country
        behind = text[at : min(high, at + BACK)]
        if section is SectionKind.BOILERPLATE and not (ours or OF_THIS.search(before)):
            continue
        if first is None or (
            ours and text[at : first[0]] in NO_PLACES and TEAM.match(text, first[0])
        ):
            continue
        rest = high - first[0] <= BACK and not text[first[0] : high].strip(" .")
        bare = before.strip(" \t•·*-–").lower() in ("", "based in", "located in")
        whole = rest and bare
        based = section is SectionKind.HEADER and BASED_IN.search(before)
        if not whole and not based and not is_jobs(before, behind, cued=at in cued):
            continue
        if BASED.match(text, first[0]):
            continue
        if country is not None:
            yield at, *country
            continue
        for start, end, place in in_row(text, at, alone=alone, unknown=strong):
            yield start, end, place
            done = end


def _before_commas(text: str) -> Iterator[int]:
    """Yield where names begin that stand before ", TX" or ", Texas" or ", Germany"."""
    for comma in COMMA.finditer(text):
        if not begins_home(comma["word"]):
            continue
        at = comma.start()
        low = max(0, at - LONGEST_NAME)
        words = NAMES_BEFORE.search(text, low, at)
        start = words.start() if words else at
        while start < at:
            if place_at(text, start) is not None:
                yield start
                break
            start = next_word(text, start)
