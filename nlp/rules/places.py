"""Places: where the job is, checked against a gazetteer of cities, regions and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from nlp.anchors import anchors
from nlp.document import Document, Span
from nlp.gazetteer import (
    PROVINCES,
    begins_home,
    country_code,
    is_city,
    is_state,
    nickname,
    region,
    well_known,
)
from nlp.types import Place, SectionKind, Stated

_WORD = r"(?<![A-Za-z'’.-])[A-Z][\w.'’-]{0,30}"
_CITY = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}"
ITEM: Final = re.compile(
    rf"(?P<remote>\b[Rr]emote\b)?[ ]?[-–—,(]?[ ]?(?:(?P<city>{_CITY}),[ ]?)?"
    r"(?P<region>\b[A-Z]{2})\b"
    r"(?:,[ ]?(?P<country>USA?|U\.S\.A?\.?|United States|Canada|CA|GB|UK)(?![a-z]))?"
    rf"|(?P<remote2>\b[Rr]emote\b)[ ]?[-–—,(]+[ ]?(?P<country2>USA?(?![a-z])|U\.S\.A?\.?|{_CITY})"
    rf"|(?P<city3>{_CITY}),[ ]?(?:(?P<region3>{_CITY}),[ ]?)?(?P<country3>USA?(?![a-z])|UK|{_CITY})"
)
NAME: Final = re.compile(
    r"[A-Z][\w.'’]*(?:(?:[ ]|-)(?:(?:de|du|la|of|upon|am|the)[ -])?[A-Z][\w.'’]*){0,4}"
)
REGION: Final = re.compile(
    r"(?P<comma>,[ ]?|[ ]\(|[ ])(?:US-)?(?P<name>D\.C\.|[A-Z]{2,3}(?![\w&'’])|[A-Z][a-z]+(?:[ ](?:and[ ])?[A-Z][a-z]+){0,3})"
)
COUNTRY: Final = re.compile(
    r"(?:[ ]\d{5}(?:-\d{4})?)?,?[ ]?-?[ ]?(?P<name>U\.S\.A?\.?|[A-Z]{2,3}\b|[A-Z][a-z]+(?:[ ][A-Z][a-z]+){0,3})"
)
COMMA: Final = re.compile(r",[ ]?(?P<word>[A-Z][\w.]*)")
NAMES_BEFORE: Final = re.compile(r"(?:[A-Z][\w.'’]*[ -]){0,3}[A-Z][\w.'’]*$")
LABEL: Final = re.compile(
    r"\W{0,4}(?:(?:primary|job|work|office|position|employment|base|posting|hiring|site)[ ])?"
    r"(?:locations?(?:\(s\))?|site name|city, ?state|work ?site|duty station|place of work)"
    r"(?P<colon>[ ]?[:–—-])?[ ]*",
    re.IGNORECASE,
)
TOKENS: Final = re.compile(r"\s*[-–—,/|]\s*")
AND_MORE: Final = re.compile(
    r"\s*(?:[,;/|•()]\s*)?(?:(?:\(?or\)?|and|&|and/or|but(?: may)? also(?: include)?)\s+)?(?:the\s+)?"
)
OTHERS: Final = re.compile(
    r"\b(?:headquartered|headquarters? (?:(?:is|are) )?(?:located )?(?:in|at)|founded|incorporated|offices (?:in|across|throughout)"
    r"|locations (?:in|across)|clients? (?:in|across)|customers? (?:in|across)|universit\w+|college"
    r"|institute|school of|hospital|travel(?:ing|ling)?\b|visit\w*|conference|serv(?:e|es|ing)\b"
    r"|(?:firm|company|provider|start-?up|leader|consultancy|organi[sz]ation|bank|agency"
    r"|manufacturer|subsidiary|we|we.re|team is) (?:(?:is|are) )?(?:currently )?(?:located|based|in)"
    r"|salary|pay (?:range|for)|compensation|best places|companies|named|ranked)\b[^.;\n]{0,70}$",
    re.IGNORECASE,
)
"""Words behind which a place is the company's or another's: "with offices in"."""
OUR_PLACE: Final = re.compile(
    r"\b(?:at|in|from|of) (?:our|the|its|their) (?:[\w&-]+ ){0,3}"
    r"(?:headquarters|hq|office|campus|facility|lab|laboratory|studio|site|location|plant|center)"
    r"(?: (?:is )?located)? (?:in|at|near)\b[^.;\n]{0,30}$",
    re.IGNORECASE,
)
OF_JOB: Final = re.compile(
    r"\b(?:positions?|roles?|jobs?|openings?|opportunit\w+|seek\w*|looking for|hiring|recruiting|join\w*"
    r"|candidates?|applicants?|you|you.ll|work(?:ing)? (?:from|in|at|out|full|on|onsite|on-site)"
    r"|on-?site|in-person|in-office|hybrid|commut\w+|relocat\w+|resid\w+|live|contract|assignment"
    r"|internship|office (?:is )?located)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says where the job is."""
CUE: Final = re.compile(
    r"(?:(?i:our) (?=[A-Z][\w.]*(?:,? (?:or |and )?[A-Z][\w.]*){0,6} "
    r"(?i:offices?|headquarters|hq|campus|lab|studio|hub|facility|location|site)\b)"
    r"|(?i:based|located|living|onsite|on-site) (?i:in|near|out of) (?i:the )?(?i:greater )?"
    r"|(?i:offices?|headquarters|team|studio|hub|campus|group|department|opening|role|position|job)"
    r" (?i:is )?(?i:based |located )?(?i:in|near|at) (?i:the )?"
    r"|(?i:downtown) |(?i:commut\w+) (?i:primarily )?(?i:to) (?i:primarily )?|(?i:relocate to) (?i:the )?)"
)
CUE_WORDS: Final = (
    "our ", "based ", "located ", "living ", "onsite ", "on-site ", "office ", "offices ",
    "headquarters ", "team ", "studio ", "hub ", "campus ", "group ", "department ", "opening ",
    "role ", "position ", "job ", "downtown ", "commut", "relocate ",
)  # fmt: skip
STRONG: Final = re.compile(
    r"\b(?:located|based|office|headquarters|hq|position|role|job|team|facility|campus|site|opening)\s+"
    r"(?:(?:is|located|based)\s+)?(?:in|at|near)\s+$",
    re.IGNORECASE,
)
"""Words behind which even a town that the gazetteer lacks is one."""
NOT_ALONE: Final = re.compile(
    r"[ ](?!(?:Office|HQ|Headquarters|Campus|Metro|Area|Bay|City|Hub|Studio)\b)[A-Z]|['’&-]|[ ](?:for|framework|of)\b"
)
"""What makes a city's name part of another: "Boston Scientific", "New York's"."""
IN_THE: Final = re.compile(r"\b(?:at|from|in) the $", re.IGNORECASE)
OFFICE: Final = re.compile(r"[^.;\n]{3,40} (?:office|headquarters|campus|plant|facility)\b")
BASED: Final = re.compile(r"[ -]based\b")
"""What follows the place of a company: "a Boston, MA based provider"."""
SILENT: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
LABEL_WORDS: Final = (
    "location", "site name", "city, state", "city,state", "work site", "worksite", "duty station",
    "place of work",
)  # fmt: skip
LONGEST_LINE: Final = 250
"""A line of the header longer than this is prose, and prose needs a cue."""
LONGEST_NAME: Final = 40
LONGEST_CODE: Final = 3
CITIES_TOO: Final = frozenset({"New York", "Washington"})
"""States whose names mean the city where they stand alone."""
WELL_KNOWN: Final = 100_000
"""Inhabitants of a city that is known by its name alone, on a line of its own."""
CUED: Final = 50_000
"""The same behind "based in"."""
NAMED: Final = 15_000
"""The same behind "Location:" or in "our ... office"."""
BACK: Final = 170


def find_places(document: Document) -> tuple[Stated[Place], ...]:
    """Return the job's places in the order of the text, each once with all its evidence.

    Lines of the header and of the board's card, and what stands behind "Location:", are lists of
    places. In prose a place counts in a sentence about the job ("join our team in"), not where
    the company says where it is ("with offices in"). A city must be known to the gazetteer in the
    region or country that is named with it; a large one may stand alone behind a cue.
    """
    found: dict[Place, list[Span]] = {}
    for low, high, place in sorted(
        [*_listed(document), *_in_prose(document)], key=lambda item: item[:2]
    ):
        spans = found.setdefault(place, [])
        if not any(a < high and low < b for a, b in spans):
            spans.append((low, high))
    return tuple(
        Stated(place, tuple(document.evidence(low, high, "place:named") for low, high in spans))
        for place, spans in found.items()
        if not _is_part(place, found)
    )


def _is_part(place: Place, found: dict[Place, list[Span]]) -> bool:
    """Tell whether a place says less than another of the same city."""
    return any(
        other != place
        and other.city == place.city is not None
        and (place.region in (None, other.region))
        and (place.country in (None, other.country))
        for other in found
    )


def _listed(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of lines that list places: the header's, and those behind a label."""
    text = document.text
    labelled: set[int] = set()
    for at in anchors(text, LABEL_WORDS):
        start = text.rfind("\n", 0, at) + 1
        if start in labelled or document.section(start) in SILENT:
            continue
        line = _line(text, start)
        label = LABEL.match(line)
        if label is None or not (label["colon"] or _opens_list(line, label)):
            continue
        labelled.add(start)
        start += label.end()
        if label.end() >= len(line.rstrip()):  # the list is the next line that is not blank
            start += len(line) - label.end()
            start += len(text[start:]) - len(text[start:].lstrip())
            labelled.add(start)
        for low, high, place in _behind_label(_line(text, start)[:LONGEST_LINE]):
            yield start + low, start + high, place
    for section in document.sections:
        if section.kind not in (SectionKind.HEADER, SectionKind.FURNITURE):
            continue
        start = section.start
        for line in text[section.start : section.end].split("\n"):
            if start not in labelled and len(line) <= LONGEST_LINE:
                for low, high, place in _on_line(line):
                    yield start + low, start + high, place
            start += len(line) + 1


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _opens_list(line: str, label: re.Match[str]) -> bool:
    """Tell whether a label without a colon stands alone or right before a place."""
    return label.end() >= len(line.rstrip()) or (
        line[: label.end()].strip()[:1].isupper() and place_at(line, label.end()) is not None
    )


def _on_line(line: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of a header's line, or the one place that it is whole."""
    some = False
    for item in read_places(line):
        some = True
        yield item
    start = len(line) - len(line.lstrip(" \t•·*-–|"))
    if not some:
        whole = place_at(line, start, alone=WELL_KNOWN)
        if whole is not None and not line[whole[0] :].strip(" .,;|()"):
            yield start, whole[0], whole[1]


def _behind_label(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that a label announces."""
    row = list(_in_row(text, 0, alone=NAMED, unknown=True))
    if row and (place_at(text, 0, unknown=True) or not (stated := list(read_places(text)))):
        yield from row
        return
    if row:  # "Birmingham Office - Alabaster, AL": the one that names its state
        yield from stated
        return
    tokens = _from_tokens(text)
    if tokens is not None:
        yield tokens
        return
    yield from read_places(text)
    alone = country_code(text.strip(" .")) if text.strip(" .")[:1].isupper() else None
    state = region(text.strip(" .")) if len(text.strip(" .")) > 2 else None
    if state is not None:
        yield 0, len(text.rstrip()), Place(region=state[0], country=state[1])
    elif alone is not None and "remote" not in text.lower():
        yield 0, len(text.rstrip()), Place(country=alone)


def _from_tokens(text: str) -> tuple[int, int, Place] | None:
    """Read what a board's machine writes: "US-Denver-CO", "USA - Massachusetts - Cambridge"."""
    line = text.split("\n", 1)[0].strip()
    tokens = [token for token in TOKENS.split(line) if token]
    if not 1 < len(tokens) <= 5 or len(line) > 2 * LONGEST_NAME:
        return None
    country = next((c for t in tokens if t[:1].isupper() and (c := country_code(t))), None)
    home = next((r for t in tokens if (r := region(t))), None)
    if home is None and country is None:
        return None
    state, nation = home or (None, country)
    city = next((t for t in tokens if not region(t) and is_city(t, state, nation)), None)
    if city is None:
        return None
    return 0, len(line), Place(city=city, region=state, country=nation)


def _in_prose(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of sentences about the job."""
    text = document.text
    cued = set(_behind_cues(text))
    done = -1
    for at in sorted({*_before_commas(text), *cued}):
        section = document.section(at)
        if at < done or section in (SectionKind.RELATED, SectionKind.HEADER):
            continue
        if section is SectionKind.PAY and at not in cued:
            continue
        low, high = document.sentence(at)
        before = text[max(low, at - BACK) : at]
        strong = STRONG.search(before) is not None
        ours = text[max(0, at - len("our ")) : at].lower() == "our "
        alone = NAMED if ours else CUED if at in cued else 0
        first = place_at(text, at, alone=alone, unknown=strong)
        behind = text[at : min(high, at + BACK)]
        if section is SectionKind.BOILERPLATE and not ours:
            continue
        if first is None:
            continue
        whole = not before.strip(" \t•·*-–") and not text[first[0] : high].strip(" .")
        if not whole and not _is_jobs(before, behind, cued=at in cued):
            continue
        if BASED.match(text, first[0]):
            continue
        for start, end, place in _in_row(text, at, alone=alone, unknown=strong):
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
            start = _next_word(text, start)


def _behind_cues(text: str) -> Iterator[int]:
    """Yield where names begin that stand behind "located in", "our", "downtown"."""
    for at in anchors(text, CUE_WORDS):
        cue = CUE.match(text, at)
        if cue is not None and text[cue.end() : cue.end() + 1].isupper():
            yield cue.end()


def _is_jobs(before: str, behind: str, *, cued: bool) -> bool:
    """Tell whether a sentence says of a place that the job is there."""
    if OUR_PLACE.search(before):
        return OF_JOB.search(before) is not None or not OTHERS.search(before)
    if OTHERS.search(before):
        return False
    if IN_THE.search(before) and OFFICE.match(behind):
        return True
    return (
        OF_JOB.search(before) is not None
        or OF_JOB.search(behind) is not None
        or (cued and re.search(r"\b(?:our|office)\b", before + behind[:60], re.I) is not None)
    )


def _in_row(
    text: str, position: int, *, alone: int, unknown: bool
) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that follow one another: "Chicago, IL or Mt. Olive, NJ, where ..."."""
    first = True
    while True:
        gap = AND_MORE.match(text, position)
        start = gap.end() if gap and not first else position
        if not first and start == position:
            return
        read = place_at(text, start, alone=alone, unknown=unknown)
        if read is None:
            return
        position, place = read
        first = False
        yield start, position, _in_small(place)


def _in_small(place: Place) -> Place:
    """Return a place whose city is not shouted: "SAN DIEGO"."""
    shouted = place.city is not None and place.city.isupper() and len(place.city) > LONGEST_CODE
    return replace(place, city=place.city.title()) if shouted and place.city else place


def place_at(
    text: str, start: int, *, alone: int = 0, unknown: bool = False
) -> tuple[int, Place] | None:
    """Return where the place ends that begins at `start`, and what it is.

    `alone` takes a nickname, and a city of so many inhabitants without its region; `unknown`
    takes a town of a US state that the gazetteer lacks.
    """
    names = NAME.match(text, start)
    if names is None:
        return None
    ends = [m.end() + names.start() for m in re.finditer(r"[\w.'’]+", names.group())]
    for end in reversed(ends):
        read = _with_home(text, start, end, unknown=unknown)
        if read is not None:
            return read
    if not alone:
        return None
    for end in reversed(ends):
        words = text[start:end].rstrip(".")
        place = nickname(words) or nickname(text[start:end])
        if place is None and len(words) > LONGEST_CODE and NOT_ALONE.match(text, end) is None:
            home = region(words) if alone <= NAMED and words not in CITIES_TOO else None
            place = Place(region=home[0], country=home[1]) if home else well_known(words, alone)
        if place is not None:
            return end, place
    return None


def _with_home(text: str, start: int, end: int, *, unknown: bool) -> tuple[int, Place] | None:
    """Read "City, ST", "City, State, Country", "City, Country" and "City ST"."""
    home = REGION.match(text, end)
    city = text[start:end]
    if home is None or city == "Remote":
        return None
    words = home["name"].split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        stop = home.start("name") + len(name)
        known = region(name)
        if known is not None and (len(name) > 2 or name.isupper()):
            state, nation = known
            if is_city(city, state, nation) or (
                unknown and nation == "US" and home["comma"].startswith(",") and not city.isupper()
            ):
                return _country_end(text, stop, nation), Place(city, state, nation)
        nation_code = country_code(name) if home["comma"].startswith(",") else None
        if nation_code is not None and (len(name) > 2 or name in ("UK", "US")):
            if is_city(city, None, nation_code):
                return stop, Place(city=city, country=nation_code)
    return _with_far_region(text, home, city)


def _with_far_region(text: str, home: re.Match[str], city: str) -> tuple[int, Place] | None:
    """Read "Cluj, Transylvania, Romania": a region that we do not know, in a country."""
    nation = COUNTRY.match(text, home.end())
    if nation is None or not home["comma"].startswith(","):
        return None
    code = country_code(nation["name"])
    if code is None or code == "US" or not is_city(city, None, code):
        return None
    return nation.end(), Place(city=city, region=home["name"], country=code)


def _country_end(text: str, stop: int, nation: str) -> int:
    """Return where a place ends that may name its country too: "Austin, TX 78701, USA"."""
    named = COUNTRY.match(text, stop)
    if named is None or country_code(named["name"]) != nation:
        return stop
    return named.end()


def read_places(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that a line lists, each with its span: "Palo Alto, CA, US; Remote, US"."""
    position = 0
    while match := ITEM.search(text, position):
        read = _from_match(match)
        if read is None:
            # Go on behind the first word only: "Engineer, New York, NY" begins with no city.
            position = _next_word(text, match.start())
            continue
        start, place = read
        yield start, match.end(), place
        position = match.end()


def _from_match(match: re.Match[str]) -> tuple[int, Place] | None:
    """Return where the place begins and what it is, or None where no gazetteer knows it."""
    if match["remote2"]:
        country = country_code(match["country2"])
        return (match.start(), Place(country=country, remote=True)) if country else None
    if match["region"]:
        return _with_region(match)
    country = country_code(match["country3"])
    state = region(match["country3"])
    if state and not match["region3"]:
        return _city_in(match, "city3", *state)  # "Chicago, Illinois"
    if country is None:
        return None
    named = match["region3"]
    known = region(named) if named else None
    within = known[0] if known and known[1] == country else None if country == "US" else named
    if match["city3"].lower() == "remote":
        return match.start(), Place(region=within, country=country, remote=True)
    return _city_in(match, "city3", within, country)


def _with_region(match: re.Match[str]) -> tuple[int, Place] | None:
    """Read "San Francisco, CA, US", "Remote, CA, US", "Remote - US", "London, UK"."""
    code, named = match["region"], match["city"]
    remote = bool(match["remote"]) or (named or "").lower() == "remote" or None
    city = None if named is None or named.lower() == "remote" else named
    country = "CA" if match["country"] == "CA" else country_code(match["country"] or "")
    home = "US" if is_state(code) else "CA" if code in PROVINCES else None
    if home is None and country is None:
        nation = country_code(code) if code in ("US", "UK") else None
        if nation and city:
            return _city_in(match, "city", None, nation)
        return (match.start(), Place(country=nation, remote=True)) if nation and remote else None
    if country and home and country != home:
        return None
    if city is not None:
        return _city_in(match, "city", code, home)
    if not (remote or country):
        return None
    return match.start(), Place(region=code, country=home, remote=remote)


def _city_in(
    match: re.Match[str], group: str, state: str | None, country: str | None
) -> tuple[int, Place] | None:
    """Find the longest known city at the end of the words: "PinterestSan Francisco" has one."""
    words = match[group]
    starts = [i for i, c in enumerate(words) if c.isupper() and (i == 0 or words[i - 1] != "-")]
    for start in starts:
        city = words[start:]
        if is_city(city, state, country):
            place = Place(city=city, region=state, country=country)
            return match.start(group) + start, place
    return None


def _next_word(text: str, start: int) -> int:
    blank = text.find(" ", start + 1)
    return blank + 1 if blank >= 0 else len(text)
