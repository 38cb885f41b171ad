"""Titles that prose gives to the job it tells of: "The *Fleet Planning Officer* will ..."."""

from __future__ import annotations

import re
from typing import Final

from nlp.document import Document, Span
from nlp.rules.titles import Title, Titles
from nlp.types import SectionKind

_WORD: Final = r"(?:[A-Z][\w&/'’+#-]{0,30}|[SJ]r\.)"
NAME: Final = rf"(?P<name>{_WORD}(?: (?:(?:of|and|for|in|&) )?{_WORD}){{1,7}})"
"""Words with capitals, two at least: a lower-case "officer" may be anybody's."""
_SHORT: Final = r"(?: \([^()\n]{1,30}\))?"
"""What a name is called in short: "The Clinical Data Manager *(CDM)* will ..."."""
SUBJECT: Final = re.compile(
    rf"(?:T(?<!\ST)(?:he|his)|O(?<!\SO)ur|A(?<!\SA)(?<!\S\sA)n?) {NAME}{_SHORT}"
    r"(?: (?:job|position|post|role))?,? "
    r"(?:(?:also|\w{3,20}ly) )?"
    r"(?:(?:will|shall)(?! be (?:available|happy|in touch|paid|your)\b"
    r"| (?:answer|contact|invite|offer|review)\b)"
    r"|is (?:\w{3,20}ly )?(?:responsible|accountable|charged|tasked|expected|in charge|part of"
    r"|an? (?:[\w-]+ ){1,2}(?:member|role)|(?:a|the) (?:critical|key|main|pivotal|primary|vital))"
    r"|(?!(?:applicants|candidates|jobs|openings|opportunities|positions|roles|skills|teams"
    r"|comes|does|goes|has|means|needs|was)\b)[a-z]{3,20}(?<!s)s)\b"
)
"""A subject whose predicate tells what somebody does: no plural of a noun, no state.

It begins with a letter, and looks behind that: of which letters it begins with, `re` makes a quick
search. "As" below likewise.
"""
ADDRESSED: Final = re.compile(
    rf"As(?<!\SAs) (?:an?|our(?: new| next)?|the) {NAME}{_SHORT},? "
    r"(?:at|for|in|of|on|with|within|you|your)\b"
)
REPORTING: Final = re.compile(
    rf"R(?<!\SR)eporting (?:directly )?(?:in)?to [^,.;\n]{{2,80}}, (?:the|our|this) "
    rf"{NAME}{_SHORT},? "
    r"(?:(?:also|\w{3,20}ly) )?(?:will|shall|is (?:\w{3,20}ly )?(?:responsible|accountable))\b"
)
"""Behind whom the job reports to: "Reporting to the Dean, the *Fleet Planning Officer* will"."""
SOUGHT: Final = re.compile(
    r"\b(?:(?:currently|is|are|[Ww]e['’]?re|be|now) (?:hiring|looking for|recruiting(?: for)?"
    r"|search(?:ing)? for|seeking)|seeks|[Ii]n need of|need for|[Jj]oin (?:[\w&'’.-]+ ){1,6}as"
    r"|has an (?:immediate )?(?:opening|vacancy)(?: in [\w, ]{2,40}?)?,? for)"
    r" (?:an?|our next|the)(?:,? [a-z][\w-]{1,20}){0,6} "
    rf"{NAME}(?=[.,;!]|\n| (?:[-–]|at|based|for|in|on|to|who|with|within)\b)"
)
LABELLED: Final = re.compile(
    r"(?:^|\n)[ \t*•]{0,4}(?:(?:[Jj]ob|[Pp]osition|[Pp]osting) [Tt]itle|Position)\s{0,3}(?::|\n)"
    r"\s{0,3}(?P<name>[A-Z0-9][^\n]{3,80})(?=\n|$)"
)
"""A label below the header, which boards put above what they took from a form."""
ABOVE: Final = re.compile(
    r"\b(?:report\w{0,5}|accountab\w{1,6}|answer\w{0,5}|respons\w{1,8}) (?:directly )?to"
    r" (?:our |the )?(?=[A-Z])"
)
"""Before the name of whom the job reports to, who is not the job."""
OTHERS: Final = re.compile(
    r"(?:Hiring|Line|Recruit\w+|Selection|Talent) |(?:Board|Committee|Council|Department|Team)\b"
    r"|.* (?:Board|Committee|Council|Department|Program(?:me)?|Team)$"
)
"""Those who hire, and bodies of several: "The Hiring Manager", "The Board of Directors"."""
ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
MOST: Final = 20
"""Names that are looked at: a text that goes on and on names its job at the beginning."""


def title_told(document: Document, titles: Titles) -> tuple[Title, Span] | None:
    """Return the first title that prose names as that of this job, and where it stands.

    It is asked where no line is a title and prose names no role that is known.
    """
    text = document.text
    found = sorted(
        (match.span("name"), match["name"])
        for pattern in (LABELLED, SUBJECT, ADDRESSED, REPORTING, SOUGHT)
        for match in pattern.finditer(text)
    )
    above = [match.end() for match in ABOVE.finditer(text)] if found else []
    for span, name in found[:MOST]:
        if document.section(span[0]) in ELSEWHERE or OTHERS.match(name):
            continue
        title = titles.parse(name)
        if title is not None and not any(text.startswith(name, at) for at in above):
            return title, span
    return None
