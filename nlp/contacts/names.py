"""Names of contacts: a person's, where it stands with contact data or a cue calls it a contact.

No list holds everybody's name. What decides is the form (words with capitals that no company or
department is called by) together with one of: a label ("Recruiter:"), contact data within reach
of a verb ("call Priya on ..."), the name's own words in the e-mail address, a known given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.contacts.forms import TITLE, WORD, Span, is_given, is_place, read_name
from nlp.contacts.hints import Group, Hints

LABEL: Final = re.compile(
    r"\b(?:(?:primary |hr |recruiting |recruitment |your |main |hiring "
    r"|key )?contacts?(?:[ -]person)?"
    r"(?: name| info(?:rmation)?| details)?|recruiter(?:'s)?(?: name)?|(?:hiring"
    r"|recruiting) manager(?: name)?"
    r"|talent (?:partner|acquisition (?:partner|specialist))|point of contact|poc|attn|attention"
    r"|(?:job )?posted by|job poster|contact name|recruitment consultant)"
    r"[ ]?(?:[:–—-]|\n|is\b)\s{0,3}\Z",
    re.IGNORECASE,
)
"""A label that calls what follows a contact."""
LABELS: Final = Group(
    "name:label",
    (
        "contact",
        "recruiter",
        "manager",
        "talent",
        "poc",
        "attn",
        "attention",
        "posted by",
        "job poster",
        "recruitment consultant",
    ),
)
INTRODUCED: Final = re.compile(
    r",?[ ](?:and i\b|from [A-Z]|with [A-Z]|i am|i'm|a (?:\w+ )?(?:recruiter|sourcer)|,)",
    re.IGNORECASE,
)
"""What goes on behind "This is Jane" where it is a person who speaks."""
MY_NAME: Final = Group("name:my", ("my name is ",))
INTRODUCTIONS: Final = Group("name:me", ("this is ", "i am ", "i'm "))
SIGN_OFFS: Final = Group("name:below", ("regards", "sincerely", "cheers", "thanks,", "thank you,"))
SIGN_OFF: Final = re.compile(r"[\w ]{6,9}[,.!]?[ ]{0,2}\n\s{0,4}(?=[^\W\d_])")
ASKED: Final = Group(
    "name:asked",
    (
        "contact ",
        " call ",
        "email ",
        "e-mail ",
        "speak to ",
        "speak with ",
        "talk to ",
        "ask for ",
        "reach out to ",
    ),
)
"""Verbs whose object is a person, also where the number behind it was taken out."""
REACHED: Final = re.compile(
    r"[ ](?:(?:directly|today|now)[ ])?(?:on|at|via|by)\b|[ ]?(?:[.,;:(]|\n|\Z)"
)
LINE_TO: Final = re.compile(r"[ ]on\b(?![ ](?:the|a|an|our|your|any|all|how|new|each|every)\b)")
"""What goes on behind a name where a number stood: "call Lee Carroll on"."""
TOOLS: Final = frozenset(
    "amber crystal dylan jade jasmine jo julia max ruby sage scala will".split()
)
"""Given names that alone are a tool or a word as well: "call Ruby on Rails"."""
GROUPS: Final = (LABELS, MY_NAME, INTRODUCTIONS, SIGN_OFFS, ASKED)
VALUE: Final = re.compile(r"[\w '’-]{0,40}?(?P<sign>:|[ ][–—-]|\n|[ ]is)\s{0,3}(?=[^\W\d_])")
"""A label with what parts it from its value."""
BEHIND: Final = re.compile(
    r"[ ]?[,;:(<|–—-]?[ ]?(?:and )?(?:ask(?:ing)? for |attn:? )?(?=[^\W\d_])"
)
VERB: Final = re.compile(
    r"\b(?:contact(?:ing)?|call(?:ing)?|e-?mail(?:ing)?|reach(?:ing)? out to|reach|write to"
    r"|ask(?:ing)? for|speak (?:to|with)"
    r"|talk (?:to|with)|text|ring|phone|message|get in touch with|connect with|in touch with"
    r"|attention of|c/o|to|with"
    r"|recruiter|manager|partner|lead|consultant)"
    r"(?: (?:our|your|the))?(?: (?:\w+ ){0,2}(?:recruiter|manager|partner|lead|consultant|director"
    r"|founder|ceo|cto))?,?[ ]\Z",
    re.IGNORECASE,
)
"""A verb whose object may be a person."""
GAP: Final = re.compile(
    r"(?:['’]s)?,?[ ]?(?:\([^()\n]{0,30}\)[ ])?(?:(?:directly|either|today|now|at|on|via|by"
    r"|through|using|to|or|is"
    r"|e-?mail|phone|tel|call|cell|mobile|for|ph)\b[ :.]{0,3}){0,4}[:(<|–—-]?[ ]?[(<]?\Z",
    re.IGNORECASE,
)
"""What stands between the object of a verb and its contact data."""
SENTENCE_END: Final = re.compile(r"[.!?;][ ]|[█]")
REACH: Final = 70
"""Code points between a name and its data."""
CITY: Final = 50_000
"""Inhabitants of a city that a name means which nothing tells to be a person's."""
METROPOLIS: Final = 250_000
"""The same for a given name: "Austin", not "David", which is a city in Panama."""
MOST_NAMES: Final = 30
"""Names that are looked for in the rest of a text; more are a directory."""
NEAR: Final = 5_000
"""Code points round a name in which a company of that name would stand again."""
MOST_BETWEEN: Final = 9
"""Words between a name and its data on the same line."""
LINES: Final = 3
"""Lines above contact data in which the name of its owner may stand."""
PEOPLE: Final = re.compile(
    r"\b(?:recruit\w*|talent|sourcer|hr|human resources|staffing|people)\b", re.I
)
GENERIC: Final = frozenset(
    "accommodation accommodations admin application applications apply career careers contact cv"
    " email employment enquiries hello help hiring hr hrteam info job jobs join mail office people"
    " recruit recruiter recruiters recruiting recruitment resume resumes sales security staffing"
    " support talent team work workday".split()
)
"""Local parts of addresses that belong to nobody."""


def find_names(text: str, hints: Hints, emails: Sequence[Span], data: Sequence[Span]) -> list[Span]:
    """Return the spans of contacts' names in order. `data` are the spans of all contact data."""
    owners = _owners(text, emails)
    found = {*_labelled(text, hints), *_introduced(text, hints), *_asked(text, hints)}
    for start, end in data:
        found.update(_beside(text, start, end, owners))
        found.update(_above(text, start, owners))
    whole = sorted({text[start:end] for start, end in found if " " in text[start:end]})
    for name in whole[:MOST_NAMES]:
        found.update(_again(text, name))
    return sorted(found)


def _owners(text: str, emails: Sequence[Span]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the local parts of addresses, and those of the domains."""
    names: set[str] = set()
    companies: set[str] = set()
    for start, end in emails:
        local, _, domain = text[start:end].lower().partition("@")
        names.update(re.split(r"[\W\d_]+", local))
        companies.update(re.split(r"[\W\d_]+", domain))
    return frozenset(names) - GENERIC - {""}, frozenset(companies)


def _labelled(text: str, hints: Hints) -> Iterator[Span]:
    """Yield the names behind labels: "Recruiter: Jane Doe", "Contact" and the name below it."""
    for at, _ in hints.of(LABELS):
        value = VALUE.match(text, at)
        if value is None or not LABEL.search(text, max(0, at - 24), value.end()):
            continue
        name = read_name(text, value.end())
        if name is None or not _ends(text, name):
            continue
        many = " " in text[name[0] : name[1]]
        sign = value["sign"]
        if sign == ":" or (is_given(text[name[0] : name[1]]) and (sign != "\n" or many)):
            yield name


def _ends(text: str, name: Span) -> bool:
    """Tell whether a name behind a label is all there is: "Contact: Jane works" is a sentence."""
    following = text[name[1] : name[1] + 2]
    if following[:1] in ("", *"\n,;.(|/<█)"):
        return True
    many = " " in text[name[0] : name[1]]
    return following[:1] == " " and (
        many or is_given(text[name[0] : name[1]]) or following[1:] in (*"(-–—|<█",)
    )


def _introduced(text: str, hints: Hints) -> Iterator[Span]:
    """Yield who speaks: "My name is Jane Doe", and "Regards," with the name below it."""
    for group in (MY_NAME, INTRODUCTIONS):
        for start, end in hints.of(group):
            name = read_name(text, end)
            if name is None or text[max(0, start - 1) : start].isalnum():
                continue
            speaks = is_given(text[name[0] : name[1]]) and INTRODUCED.match(text, name[1])
            if group is MY_NAME or speaks:
                yield name
    for start, _ in hints.of(SIGN_OFFS):
        below = SIGN_OFF.match(text, start)
        name = read_name(text, below.end()) if below else None
        if name and text[name[1] : name[1] + 1] in ("", "\n", ",", "|", " "):
            yield name


def _asked(text: str, hints: Hints) -> Iterator[Span]:
    """Yield who is to be called or written to, whether or not the text still says where."""
    for _, end in hints.of(ASKED):
        name = read_name(text, end)
        if name is None:
            continue
        written = text[name[0] : name[1]]
        if " " in written:
            if is_given(written) or LINE_TO.match(text, name[1]):
                yield name
        elif (
            is_given(written) and written.lower() not in TOOLS and not is_place(written, METROPOLIS)
        ) and REACHED.match(text, name[1]):
            yield name


def _beside(
    text: str, start: int, end: int, owners: tuple[frozenset[str], frozenset[str]]
) -> Iterator[Span]:
    """Yield the names on the line of contact data, before it and right behind it."""
    low = max(0, start - 2 * REACH)
    low = max(low, text.rfind("\n", low, start) + 1)
    for word in WORD.finditer(text, low, start):
        at = word.start()
        if not word.group()[0].isupper() or (at > low and text[at - 1] in "'’-"):
            continue
        name = read_name(text, at)
        if name is None or not name[1] <= start <= name[1] + REACH:
            continue
        opens = at == low or text[max(0, at - 2) : at] in (". ", "• ", "- ", "| ", ": ", "; ")
        cued = VERB.search(text, max(low, at - 60), at) is not None
        if (cued or opens) and _is_persons(
            text, name, owners, cued=cued, gap=text[name[1] : start]
        ):
            yield name
    behind = BEHIND.match(text, end)
    name = read_name(text, behind.end()) if behind else None
    if name and behind and _is_person(text, name, owners):
        asked = "ask" in behind.group() or len(text[name[0] : name[1]].split()) > 1
        if asked or text[name[1] : name[1] + 1] == ")":
            yield name


def _is_persons(
    text: str, name: Span, owners: tuple[frozenset[str], frozenset[str]], *, cued: bool, gap: str
) -> bool:
    if SENTENCE_END.search(gap) or len(gap.split()) > MOST_BETWEEN:
        return False
    if _is_person(text, name, owners):
        return True
    words = text[name[0] : name[1]].split()
    if PEOPLE.search(gap) and len(words) > 1:
        return True
    return cued and GAP.match(gap) is not None and not _is_firm(text, name, owners)


def _is_person(text: str, name: Span, owners: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Tell whether it is surely a person: by title, an address of that name, or given name."""
    written = text[name[0] : name[1]]
    if TITLE.match(written):
        return True
    words = [word.lower().rstrip(".") for word in written.split()]
    if any(word in owners[0] for word in words if len(word) > 2):
        return True
    joined = "".join(words)
    if len(words) > 1 and any(
        local in (joined, words[0][0] + words[-1], words[0] + words[-1][0], words[-1] + words[0][0])
        for local in owners[0]
    ):
        return True
    if any(len(word) > 2 and local.startswith(word) for word in words for local in owners[0]):
        return True
    return is_given(text[name[0] : name[1]]) and (
        len(words) > 1 or not is_place(written, METROPOLIS)
    )


def _is_firm(text: str, name: Span, owners: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Tell whether a name is a company's or a place's: of the domain, or of the text elsewhere."""
    written = text[name[0] : name[1]]
    words = written.lower().split()
    if any(
        len(word) > 2 and (word in site or site in word)
        for word in words
        for site in owners[1]
        if len(site) > 3
    ):
        return True
    low, high = max(0, name[0] - NEAR), name[1] + NEAR
    if text.find(written, low) != name[0] or text.find(written, name[1], high) >= 0:
        return True
    if written.isupper():
        return True
    return is_place(written, CITY)


def _above(text: str, start: int, owners: tuple[frozenset[str], frozenset[str]]) -> Iterator[Span]:
    """Yield the names that have a line of their own above contact data, as signatures do."""
    end = text.rfind("\n", max(0, start - 2 * REACH), start)
    between = ""
    for _ in range(LINES):
        while end > 0 and text[end - 1] in "\n ":
            end -= 1
        if end <= 0:
            return
        begin = text.rfind("\n", max(0, end - REACH - 1), end) + 1
        if begin == 0 and end > REACH:
            return
        line = text[begin:end]
        lead = len(line) - len(line.lstrip(" •*-_|"))
        name = read_name(text, begin + lead)
        if name is not None:
            rest = text[name[1] : end].strip(" *_")
            if (not rest or rest[0] in ",|(–—-") and _signs(text, name, owners, rest + between):
                yield name
                return
        between += line
        end = begin - 1


def _signs(
    text: str, name: Span, owners: tuple[frozenset[str], frozenset[str]], about: str
) -> bool:
    words = text[name[0] : name[1]].split()
    if len(words) == 1:
        return words[0].lower() in owners[0]
    return _is_person(text, name, owners) or PEOPLE.search(about) is not None


def _again(text: str, name: str) -> Iterator[Span]:
    """Yield where a whole name stands again."""
    at = text.find(name)
    while at >= 0:
        if not text[max(0, at - 1) : at].isalnum() and not text[at + len(name) :][:1].isalnum():
            yield at, at + len(name)
        at = text.find(name, at + len(name))
