"""The fields of a degree: from the words that lead from a level to its list of fields."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from nlp.document import Document
from nlp.matcher import Hit
from nlp.rules.fields import FieldLists, Fields

TO_FIELDS: Final = re.compile(
    r"(?:[\s,;:()'’`´/–—•-]|\.(?=\s(?:in|of|or|degree)\b)"
    r"|(?:a|accredited|achieved|after|an|and|any|area|areas|attained|candidates?|coming|completed"
    r"|concentrat(?:ion|ing)|desired|degrees?|diploma|discipline|earned|emphasis|equivalents?"
    r"|field|fields|focus(?:ed|ing)?|following|foreign|four-year|from|graduate|held|higher|hons"
    r"|honou?rs|ideally|in|institut(?:e|ion)|is|its|(?:nfq\s|qqi\s)?level(?:\s\d{1,2})?|major(?:s|ing)?(?:\s+course\s?work)?|minimum"
    r"|or (?:equivalent|related|relevant) (?:work )?experience(?= in\b)"
    r"|minor|must be|obtained|of|on|one|or (?:above|better|greater|higher)|or|postgraduate"
    r"|preferably|preferred|program"
    r"|(?:quantitative|scientific|technical) background"
    r"|calibre|(?:near(?:ing)?\s)?completion|educated|qualifi(?:cations?|ed)"
    r"|recogni[sz]ed|standard|reputable|required|s|school|should be|speciali[sz](?:ation|ing)"
    r"|strong|strongly|students?|study|subjects?|such as|e\.?g|the|tier|top(?:-tier)?|undergraduate"
    r"|university|colleges?|ivy league|within|with|ph\.?d|[bm]\.?\s?(?:s|a|sc)(?!\.?\w)"
    r"|year|4-year)\b\.?)*",
    re.IGNORECASE,
)
LEADS: Final = re.compile(
    r"[:(–—]|\b(?:in|of|within|from|such as|ideally|preferably|majors?|majoring|emphasis|focus\w*"
    r"|concentrat\w+|speciali\w+)\b",
    re.IGNORECASE,
)
SHORTEST_NAME: Final = 5
IN_NAME: Final = re.compile(r"\bin\s{1,3}$", re.IGNORECASE)
"""What a field with a capital stands behind that the vocabulary lacks: "in *Puppet Theatre*"."""
YEARS_NEXT: Final = re.compile(
    r"\b(?:and|with|plus|or|\+)\s+(?:at\s+least\s+|a\s+minimum\s+of\s+|minimum\s+)?"
    r"(?:\w+\s*\(\d+\)|\d+|one|two|three|four|five|six|seven|eight|nine|ten)[\s+-]",
    re.IGNORECASE,
)
LONGEST_LIST: Final = 600
"""How far behind a level, in code points, its fields go on at the most."""
MOST_NAMES: Final = 3
"""By how many names a level is called before its fields come."""


NAMESAKE: Final = re.compile(r"\s?(?:,\s?(?:or\s)?|/\s?|or\s)(?:an?\s)?", re.IGNORECASE)
"""Between two degrees of one level: "Bachelor of Laws*, *Bachelor of Commerce"."""


def with_namesakes(
    document: Document, fields: FieldLists, hit: Hit, own: Fields, end: int
) -> Fields:
    """Return the fields of a level with those of the same one that stands right behind them."""
    same = document.ends_of("DEGREE", hit.id)
    for _ in range(MOST_NAMES):
        joint = NAMESAKE.match(document.text, own.stop, end)
        stop = same.get(joint.end()) if joint and own.terms else None
        if joint is None or stop is None:
            break
        other = fields_of(document, fields, hit._replace(start=joint.end(), end=stop), end)
        if not other.terms:
            break
        terms = dict.fromkeys((*own.terms, *other.terms))
        own = Fields(tuple(terms), own.related or other.related, other.stop)
    return own


def fields_of(document: Document, fields: FieldLists, hit: Hit, end: int) -> Fields:
    """Return the fields that follow a level, and where their list stops."""
    text = document.text
    end = min(end, hit.end + LONGEST_LIST)
    years = YEARS_NEXT.search(text, hit.end, end)
    end = years.start() if years else end
    same = document.ends_of("DEGREE", hit.id)
    stop = hit.end
    for _ in range(MOST_NAMES):
        lead = TO_FIELDS.match(text, stop, end)
        stop = lead.end() if lead else stop
        if stop not in same:
            break
        stop = same[stop]  # "Ph.D. or DPhil in", "Bachelor's degree (B.S.) in"
    found = fields.after(stop, end)
    words = text[hit.end : stop]
    if found.unproved is not None:
        name = found.unproved.label
        known = IN_NAME.search(words) and name.istitle() and len(name) > SHORTEST_NAME
        return Fields((found.unproved,), False, found.stop) if known else Fields((), False, hit.end)
    if (
        LEADS.search(words)
        or not words.strip()
        or (words.strip()[-1] in ",;" and len(found.terms) > 1)
    ):
        return found if found.terms or found.related else replace(found, stop=hit.end)
    return Fields((), False, hit.end)
