"""Shares of the week: the days, the hours or the part of one's time at the office or at home.

"Two days a week", "40% of your time", "Tuesday to Thursday", each with where the work is then done.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.document import Document
from nlp.numbers import to_decimal
from nlp.rules.employment import find_employment_type
from nlp.types import SectionKind

SHARE: Final = (
    r"(?:(?:[1-4]|one|two|three|four)(?: ?(?:-|–|to|or) ?(?:[2-5]|two|three|four|five))?"
    r"(?: ?\(\d\))?\+? days?['’]?(?: (?:out of|of|in) (?:every )?(?:5|five))?"
    r"(?: (?:a|per|each|every|in the|of the|of your)(?: working)? week| ?/ ?w(?:ee)?k| weekly)?"
    r"|(?:half|most|part|some)(?: of)? (?:the|your|their|each|every|our)(?: working)? (?:week|time)"
    r"|[1-9]\d? ?(?:%|per ?cent)(?: of (?:the|your|their|our|working|contracted)"
    r"(?: working| contracted)? (?:time|week|hours))?"
    r"|(?:once|twice|(?:two|three|[23]) times|(?:one|a) day) (?:a|per|each|every)"
    r" (?:week|fortnight|month)"
    r"|(?!mon\w{0,3} (?:to|-|–|through|until) fri)(?:mon|tues?|wed(?:nes)?|thur?s?|fri)(?:day)?s?"
    r"(?: ?(?:,|and|&|or|to|-|–|through) ?(?:mon|tues?|wed(?:nes)?|thur?s?|fri)(?:day)?s?){0,3}\b)"
)
"""A share of the week: "two days a week", "40% of your time", "Tuesday to Thursday"."""
OFFICE_WORDS: Final = (
    r"(?:office(?!r)s?|studio|HQ|headquarters|hub|campus|site|lab|laboratory|plant|workshop"
    r"|warehouse|factory|premises|workplace)"
)
AT_OFFICE: Final = (
    r"(?:(?:(?:(?:in|at|from|on|to|into) (?:the|our|your|its|an?|any|either|whichever)"
    r"|(?:in|at|from) (?-i:[A-Z])[\w&]{1,20}['’]s)"
    r"(?: [\w.&’'-]{1,30}){0,3}?"
    rf"|in|at|on|from) {OFFICE_WORDS}"
    r"(?: in (?-i:[A-Z])[\w’'-]{1,20}(?: (?-i:[A-Z])[\w’'-]{1,20})?)?"
    r"|(?:in|at|from) (?:our |the )?(?-i:(?:[A-Z][\w’'-]{1,20} ){0,2}"
    r"(?:(?:City|County|Shire|Town) Hall|(?:Council|County) Offices|Civic Cent(?:er|re)|Guildhall)"
    r"(?:, [A-Z][\w’'-]{1,20})?)"
    r"|(?:attend(?:ing)?|com(?:e|ing) into) (?:the|our) (?:(?-i:[A-Z])[\w’'-]{1,20} )?office"
    r"|on[- ]?site|in[- ](?:the )?office|in[- ]person|office attendance|WFO)\b"
)
AT_HOME: Final = (
    r"(?:(?:working |work )?from[- ]home|home[- ]?working|WFH|(?:working |work )?remotely"
    r"|(?:mobile|remote) work(?:ing)?|tele(?:work|commut)(?:e|ing)?)\b"
)
"""Where the work of a share of the week is done."""
FRAGMENTS: Final = {"{SHARE}": SHARE, "{AT_OFFICE}": AT_OFFICE, "{AT_HOME}": AT_HOME}
"""What rows of `patterns/work_modes.tsv` may name."""
SHARES: Final = ("hybrid-office-share", "hybrid-share-", "onsite-share-")
"""Rows of `patterns/work_modes.tsv` whose share may be somebody else's or of something else."""
WHO: Final = re.compile(
    r"\b(?:based|be|candidates?|colleagues|come|employees|every(?:body|one)|flexib\w*|home|hybrid|job"
    r"|location|minimum|pattern|policy|position|post|presence|remote\w*|role|schedule|spend\w*|split"
    r"|staff|stay|we(?:['’]\w+)?|work(?:s|ing)?|you(?:['’]\w+)?|attend\w*|expect\w*|requir\w*)\b",
    re.IGNORECASE,
)
AT_OFFICE_ONLY: Final = frozenset({"hybrid-office-share", "hybrid-share-office"})
"""Rows that name a share at the office and leave it to the reader where the rest is."""
PART_TIME: Final = re.compile(
    r"\bpart[- ]time\b|\bjob[- ]?share\b|(?<![\d.])0?[.][1-9]\d? ?(?:FTE|WTE)\b", re.IGNORECASE
)
"""Whose whole week is a share of one: "*part-time*, three days a week in our office"."""
DAYS: Final = re.compile(r"\b(?P<days>[1-5]|one|two|three|four|five) days?\b", re.IGNORECASE)
WEEK: Final = 5
"""Days of a week that are told one and all, and none of them at home."""
EITHER: Final = re.compile(r"\bfull\b", re.IGNORECASE)
"""Beside it, where a job may be whole as well: "full or part-time"."""
REST: Final = re.compile(r"\b(?:home|hybrid|remote(?:ly)?|rest|anywhere|telework\w*|WFH)\b", re.I)
"""Where the rest of the week is."""
AWAY: Final = re.compile(
    r"\b(?:on the road|in the field|visiting (?:\w{1,20} )?(?:clients?|customers?)"
    r"|(?:at|on|with) (?:\w{1,20} )?(?:clients?|customers?)['’]?)\b",
    re.IGNORECASE,
)
"""Where the rest of the week is that is spent neither at the office nor at home."""
OPENS: Final = re.compile(
    r"[\W\d]{0,20}(?:(?:a )?(?:maximum|minimum)(?: of)?|about|approximately|around|at least"
    r"|up to)?\s?",
    re.IGNORECASE,
)
BESIDE: Final = re.compile(r"[(:;,|·•/–—-]\s{0,3}$")
"""Whose share it is: of who works, or of nobody in a row or a list of facts."""
BEFORE: Final = 140
"""How far before a share, in code points, the words stand that say whose it is."""


def is_the_jobs(document: Document, start: int) -> bool:
    """Tell whether a share of the week is the job's: "Our canteen is open three days" is not."""
    low, _ = document.sentence(start)
    before = document.text[max(low, start - BEFORE) : start]
    return (
        OPENS.fullmatch(before) is not None
        or document.section(start) in (SectionKind.HEADER, SectionKind.FURNITURE)
        or BESIDE.search(before) is not None
        or WHO.search(before) is not None
    )


def is_of_a_whole_week(document: Document, start: int) -> bool:
    """Tell whether a share at the office leaves the rest of a week for home.

    Of a part-time job it may be all of it, and who is on the road for the rest is not at home.
    """
    low, high = document.sentence(start)
    low, high = max(low, start - BEFORE), min(high, start + BEFORE)
    if REST.search(document.text, low, high):
        return True
    days = [to_decimal(one["days"]) for one in DAYS.finditer(document.text, low, high)]
    if len(days) > 1 and sum(days) >= WEEK:
        return False  # "four days in our workshop and one on site"
    if AWAY.search(document.text, low, high) or PART_TIME.search(document.text, low, high):
        return False
    head = next((s for s in document.sections if s.kind is SectionKind.HEADER), None)
    if head and (said := PART_TIME.search(document.text, head.start, head.end)):
        return EITHER.search(document.text, *document.line(said.start())) is not None
    kind = find_employment_type(document)
    return kind is None or kind.value != "PART_TIME"


def filled(pattern: str) -> str:
    """Return a row's pattern with the fragments that it names."""
    for name, fragment in FRAGMENTS.items():
        pattern = pattern.replace(name, fragment)
    return pattern
