"""Reading one place: "Austin, TX 78701", "London, UK", "Remote - US", "NYC"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.gazetteer import (
    PROVINCES,
    country_code,
    far_region,
    is_city,
    is_state,
    nickname,
    region,
    well_known,
)
from nlp.rules.firms import LEGAL_END
from nlp.types import Place

LONGEST_WORD: Final = 200
"""How far a blank is looked for, in code points."""
_WORD = r"(?<![A-Za-z'’.-])[A-Z][\w.'’-]{0,30}"
_CITY = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}"
ITEM: Final = re.compile(
    rf"(?P<remote>\b[Rr]emote\b)?[ ]?[-–—,(]?[ ]?(?:(?P<city>{_CITY}),[ ]?)?"
    r"(?P<region>\b[A-Z]{2})\b"
    r"(?:,[ ]?(?P<country>USA?|U\.S\.A?\.?|United States|Canada|CA|GB|UK)(?![a-z]))?"
    rf"|(?P<remote2>\b[Rr]emote\b)[ ]?[-–—,(]+[ ]?(?P<country2>USA?(?![a-z])|U\.S\.A?\.?|{_CITY})"
    rf"|(?P<city3>{_CITY}),[ ]?(?:(?P<region3>{_CITY}),[ ]?)?(?P<country3>USA?(?![a-z])|UK|{_CITY})"
)
CODE: Final = re.compile(r"[A-Z][A-Z](?<!\w\w\w)(?!\w)")
"""A region's code; a line without one, a comma or "remote" lists no places."""
NAME: Final = re.compile(
    r"[A-Z][\w.'’]*(?:(?:[ ]|-)(?:(?:de|du|la|of|upon|am|the)[ -]|(?<=-)(?:by|in|le|on|under)-)?"
    r"[A-Z][\w.'’]*){0,4}"
)
REGION: Final = re.compile(
    r"(?P<comma>(?:[ ][Aa]rea)?,[ ]?|[ ]\(|[ ])(?:US-)?(?P<name>D\.C\.|[A-Z]{2,3}(?![\w&'’])"
    r"|[A-Z]{4,14}(?:[ ][A-Z]{4,14})?(?![\w&'’])"
    r"|(?:Co\.[ ])?[A-Z][a-zü’']+(?:(?:[ ](?:(?:and|of)[ ])?|-)[A-Z][a-zü]+){0,3})"
)
COUNTRY: Final = re.compile(
    r"(?:[ ]\d{5}(?:-\d{4})?)?,?[ ]?-?[ ]?(?P<name>U\.S\.A?\.?|[A-Z]{2,3}\b"
    r"|[A-Z][a-z]+(?:[ ][A-Z][a-z]+){0,3})"
)
POSTCODE: Final = re.compile(
    r",?[ ](?:\d{4,6}(?:-\d{4})?|[A-Z]\d[A-Z][ ]?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]?(?:[ ]\d[A-Z]{2})?)"
    r"(?![\w/-]|[.,]\d)"
)
"""What stands behind a region: "NSW 2000", "ON M5V 2T6", "Surrey GU1 3UW"."""
DISTRICT: Final = re.compile(
    r",?[ ](?:CBD|[Cc]ity [Cc]ent(?:re|er)|[Tt]own [Cc]entre|[Cc]entral|city)(?!\w)"
    r"|,?[ ](?:(?:EC|WC|SE|SW|NW|[A-Z])\d{1,2}[A-Z]?(?:[ ]\d[A-Z]{2})?"
    r"|[A-Z]{2}\d{1,2}[ ]\d[A-Z]{2})(?!\w)"
    r"|(?<=\bDublin)[ ]\d{1,2}W?(?!\w)"
)
"""What stands behind a city and says where in it: "Sydney CBD", "London EC2", "Dublin 2"."""
POSTED: Final = re.compile(
    r"(?P<town>[A-Z][\w'’-]{1,30}(?: [\w'’-]{2,30}){0,3}),? [A-Z]{1,2}\d[A-Z\d]?(?: \d[A-Z]{2})?"
)
"""A town with its British postcode, which makes it one whatever its name."""
QUARTER: Final = re.compile(r"-[A-ZÄÖÜ][a-zäöüß]{3,20}(?![\w&-]|[ ][A-Z])")
"""A quarter behind its city: "Berlin-*Kreuzberg*"."""
QUARTERED: Final = frozenset({"AT", "DE"})
"""Countries whose cities name their quarters so."""
CODE_BEHIND: Final = re.compile(r",? [A-Z]{2,3}\b")
"""A region that the city is not in: "North York, ON" is no part of York."""
PART_OF: Final = re.compile(
    r"(?:(?:Central|Greater|Inner|Outer|Near|Downtown|Metro|(?:North|South|East|West)(?:ern)?)[ ]"
    r"|(?:The[ ])?City[ ]of[ ])(?=[A-Z])"
)
"""What stands before a city and says where in it: "Central London", "Greater Boston"."""
COUNTY: Final = re.compile(r"Greater Manchester\b")
"""A county, which is more than its city."""
NOT_ALONE: Final = re.compile(
    r"[ ](?!(?:Office|HQ|Headquarters|Campus|Metro|Area|Bay|City|Hub|Studio)\b)[A-Z]"
    r"|['’&-]|[ ](?:for|framework|of)\b"
)
"""What makes a city's name part of another: "Boston Scientific", "New York's"."""
CLOSES: Final = re.compile(
    r"\s{0,3}(?:[.,;:()|/&\n–—-]|$|(?:and|as|but|for|from|on|or|to|where|which|with|within"
    r"|[Oo]ffices?|area|city|hub|campus|branch|clinic|school|hospital|site|town)\b)"
)
"""What follows a town that has a word's name: "our Reading office", not "Mobile teams"."""
LONGEST_CODE: Final = 3
LONGEST_FIRST: Final = 12
"""Code points of a state's first word and the blank behind it: "District", "North"."""
BEFORE: Final = re.compile(r"\b[A-Z][a-z]+ $")
WELL_KNOWN: Final = 100_000
"""Inhabitants of a city that is known by its name alone."""
CITIES_TOO: Final = frozenset({"New York", "Washington"})
"""States whose names mean the city where they stand alone."""
NO_PLACES: Final = frozenset(
    "Airport Ajax Alliance Apex Bar Best Buy Center Central Commerce Date Deal Enterprise Federal"
    " Fleet Forest Foster Gap Green Holiday Horizon Hub Independence International League Leisure"
    " Male Man Manage March Media Mentor Metro Mine Mission Mobile Most National New Nice Officer"
    " Opportunity Oral Orange Peer Perm Plant Police Rapid Reading Sale Same Shaping Split Spring"
    " Studio Superior Surprise Time Union Universal University Van Young".split()
)
"""Cities whose names are words of postings: "Perm | Full time", "Sales, Enterprise"."""
NAMED: Final = 15_000
"""Inhabitants of a city, or of a state, that its name alone may mean behind "Location:"."""
IN_SHORT: Final = ("US", "UK")
"""Countries that two letters name in prose: "based in the *US*"."""


def place_at(
    text: str, start: int, *, alone: int = 0, unknown: bool = False
) -> tuple[int, Place] | None:
    """Return where the place ends that begins at `start`, and what it is.

    `alone` takes a nickname, and a city of so many inhabitants without its region; `unknown`
    takes a town of a US state that the gazetteer lacks.
    """
    read = _place_at(text, start, alone=alone, unknown=unknown)
    part = PART_OF.match(text, start) if read is None else None
    if part is None or COUNTY.match(text, start):
        return read
    named = _place_at(text, part.end(), alone=alone, unknown=False)
    return None if named is None or CODE_BEHIND.match(text, named[0]) else named


def _place_at(text: str, start: int, *, alone: int, unknown: bool) -> tuple[int, Place] | None:
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
        stop = _behind(DISTRICT, text, end)
        quarter = QUARTER.match(text, end)
        city = well_known(words, WELL_KNOWN) if quarter is not None else None
        if quarter is not None and city is not None and city.country in QUARTERED:
            return quarter.end(), city  # "Berlin-Kreuzberg"
        over = text[end - 1] == "." and text[end : end + 1] in (" ", "\n", "")
        whole = over or NOT_ALONE.match(text, stop) is None
        if words in NO_PLACES and not over:
            whole = whole and CLOSES.match(text, stop) is not None  # "in Mobile teams"
        if place is None and len(words) > LONGEST_CODE and whole:
            home = region(words) if alone <= NAMED and words not in CITIES_TOO else None
            if home is not None:
                place = Place(region=home[0], country=home[1])
            elif (nation := country_code(words)) is None or is_city(words, None, nation):
                place = well_known(words, alone)  # a country's name is no town's: "Armenia"
        if place is not None:
            return stop, place
    return None


def country_at(text: str, start: int) -> tuple[int, Place] | None:
    """Return where the name of a country ends that begins at `start`, and the country.

    One that a town of it is called by is none: "Singapore".
    """
    names = NAME.match(text, start)
    ends = [m.end() + start for m in re.finditer(r"[\w.'’]+", names.group())] if names else []
    for end in reversed(ends):
        words = text[start:end].rstrip(".")
        nation = country_code(words) if len(words) > LONGEST_CODE or words in IN_SHORT else None
        if nation is not None and not is_city(words, None, nation):
            alone = text[end - 1] == "." or NOT_ALONE.match(text, end) is None
            return (end, Place(country=nation)) if alone else None
    return None


def bare_place(words: str, fewest: int = WELL_KNOWN) -> Place | None:
    """Return the place that the words are, and nothing else: "Leeds", "Austin, TX".

    A city that is named without its region has `fewest` inhabitants or more.
    """
    if not words[:1].isupper() or words in NO_PLACES:
        return None
    posted = POSTED.fullmatch(words)
    if posted is not None and is_city(posted["town"], None, "GB"):
        return Place(city=posted["town"], country="GB")  # "Reading RG1"
    read = place_at(words, 0, alone=fewest)
    return read[1] if read is not None and read[0] == len(words) else None


def _with_home(text: str, start: int, end: int, *, unknown: bool) -> tuple[int, Place] | None:
    """Read "City, ST", "City, State, Country", "City, Country" and "City ST"."""
    home = REGION.match(text, _behind(DISTRICT, text, end))
    city = text[start:end]
    if home is None or city == "Remote" or _ends_state(text, start, end):
        return None
    words = home["name"].split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        stop = home.start("name") + len(name)
        abroad = country_code(name) if len(name) > LONGEST_CODE else None
        known = [
            (state, nation) for state, nation in _regions(name) if is_city(city, state, nation)
        ]
        for state, nation in known or _regions(name):  # Karratha is in Western Australia
            if known or (
                unknown
                and not (len(city) > LONGEST_CODE and region(city))  # two states in a row
                and not (abroad and is_city(city, None, abroad))  # "Tbilisi, Georgia"
                and (nation == "US" or len(name) > LONGEST_CODE)
                and home["comma"].startswith(",")
                and not city.isupper()
            ):
                town = city if known or not LEGAL_END.search(city) else None  # "Acme Ltd, Kent"
                return _country_end(text, stop, nation), Place(town, state, nation)
        nation_code = country_code(name) if home["comma"].startswith(",") else None
        is_named = nation_code is not None and (len(name) > 2 or name in ("UK", "US"))
        if is_named and is_city(city, None, nation_code):
            return stop, Place(city=city, country=nation_code)
    return _with_far_region(text, home, city)


def _regions(name: str) -> Iterator[tuple[str, str]]:
    """Yield what a region's name or code may stand for: "WA" is in the US and in Australia."""
    for known in (region(name), far_region(name)):
        if known is not None and (len(name) > 2 or name.isupper()):
            yield known


def _behind(sign: re.Pattern[str], text: str, end: int) -> int:
    """Return where a sign ends that may stand at `end`."""
    found = sign.match(text, end)
    return found.end() if found else end


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
    behind = _behind(POSTCODE, text, stop)
    named = COUNTRY.match(text, behind)
    if named is None or country_code(named["name"]) != nation:
        return behind
    return named.end()


def read_places(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that a line lists, each with its span: "Palo Alto, CA, US; Remote, US"."""
    position = 0
    may_list = "," in text or "emote" in text or CODE.search(text)
    while may_list and (match := ITEM.search(text, position)):
        read = _from_match(match)
        if read is None:
            # Go on behind the first word only: "Engineer, New York, NY" begins with no city.
            position = next_word(text, match.start())
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
        city, at = words[start:], match.start(group) + start
        if is_city(city, state, country) and not _ends_state(match.string, at, match.end(group)):
            return at, Place(city=city, region=state, country=country)
    return None


def _ends_state(text: str, start: int, end: int) -> bool:
    """Tell whether a name is the end of a state's: "New *York*, Pennsylvania" are two states."""
    word = BEFORE.search(text, max(0, start - LONGEST_FIRST), start)
    return word is not None and region(text[word.start() : end]) is not None


def next_word(text: str, start: int) -> int:
    """Return where the word behind the next blank begins, or the text's end, or one not far."""
    end = min(len(text), start + 1 + LONGEST_WORD)
    blank = text.find(" ", start + 1, end)
    return blank + 1 if blank >= 0 else end
