"""Bare years: those that nobody calls experience, and whether they are years of work.

"You should bring four years in audit" asks for experience, "five years of address history" and
"two years in Canada" do not: what the years are in must be work, by what the vocabulary knows, by
a trade or by a verb of work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Final

from nlp.document import BULLETS, Document
from nlp.patterns import table
from nlp.rules.years import AT_LEAST, WIDEST, find_years

DOING: Final = re.compile(
    r"\s{0,20}+(?:(?:or more|plus),?\s{1,20}+)?(?:of|in|with|within|as|[a-z]{1,30}ing)\b",
    re.IGNORECASE,
)
HAVING: Final = re.compile(
    r"\b(?:you(?:['’]ll|['’]ve| will| should| must)? (?:have|bring|need|possess)|you['’]ve(?: got)?"
    r"|you(?:['’]re|['’]ll be| are| will be| should be)\s[^.;\n]{1,80}?[\s,]with"
    r"|we need|must have|requires?|requirements (?:are|include)|seek\w*|looking for"
    r"|(?:candidates?|applicants?|someone|somebody|person|individual)"
    r" (?:with|who (?:has|have)|ha(?:s|ve)|(?:should|must|will) (?:bring|have)))\b"
    r"(?P<what>[^.;\n]{0,140})$",
    re.IGNORECASE,
)
"""Before years that somebody is asked to have: "You should bring *four to six years* in audit"."""
OF_SOMEBODY: Final = re.compile(
    r"\b(?:clients?|colleagues|company|customers?|employees|engineers|experts|firm|leaders|manager"
    r"|people|professionals|staff|team|that|those|which)\b",
    re.IGNORECASE,
)
"""Others whose years they are: "you will have colleagues with 20 years in the trade"."""
FOR_YEARS: Final = re.compile(
    r"\byou(?:['’]ve| have| will have|['’]ll have)\s(?:(?:already|also|[a-z]{1,14}ly)\s)?"
    r"(?:been\s(?P<role>an?\s)?)?(?P<done>[a-z]{1,20})\b[^.;\n]{0,100}\bfor"
    r"(?: at least| over)?\s*$",
    re.IGNORECASE,
)
"""Before years that somebody has done something: "You have edited novels *for five years*"."""
BESIDE_DEGREE: Final = re.compile(
    r"^\W{0,9}[^.;:\n]{0,80}\b(?:bachelor|degree|diploma|master)\S{0,3}(?:\sin\s[^.;:\n]{1,60})?"
    r"(?:,|\sand|\splus)\s$",
    re.IGNORECASE,
)
"""Before years that a list goes on with behind a degree: "Life sciences degree, *1+ yrs* in"."""
SPENT: Final = re.compile(
    r"\b(?:applicants?|candidates?|someone|who|you)\b[^.;\n]{0,120}\bspent(?: at least| over)?\s*$",
    re.IGNORECASE,
)
"""Before years that somebody has spent: "You'll have *spent* three years translating"."""
WORKPLACE: Final = re.compile(
    r"\s{0,20}+(?:(?:or more|plus),?\s{1,20}+)?(?:as\san?\s\w|(?:(?:of\s)?[a-z]{3,20}\s){0,2}?"
    r"(?:at|for|in|inside|with|within)\s"
    r"(?:an?\s|one\sof\s|the\s)?(?:(?!(?:and|for|of|that|which|with)\b)[\w&/’'-]{1,30}\s){0,6}?"
    r"(?:Big (?:4|Four)|agenc(?:y|ies)|authorit(?:y|ies)|banks?|brands?|builders?"
    r"|clinics?|compan(?:y|ies)|consultanc(?:y|ies)|contractors?|councils?|departments?|developers?|employers?|firms?"
    r"|factor(?:y|ies)|(?:call|contact|distribution|fulfil+ment) cent(?:er|re)s?"
    r"|(?:care|nursing) homes?"
    r"|hospitals?|hotels?|insurers?|kitchens?|laborator(?:y|ies)|labs?|manufacturers?|museums?|newsrooms?|nurser(?:y|ies)"
    r"|organi[sz]ations?|plants?|restaurants?|retailers?|schools?|services?|shops?|studios?|supermarkets?"
    r"|teams?|wards?|warehouses?|workshops?)\b)",
    re.IGNORECASE,
)
"""Behind years that were worked, whoever for: "3-6 years *with a main contractor*"."""
BEFORE_WORK: Final = re.compile(
    r"\s{0,20}+(?:(?:or more|plus),?\s{1,20}+)?(?:(?:as|in|of|using|with|within|doing)\s{1,20}+)?",
    re.IGNORECASE,
)
WORD: Final = re.compile(
    r"[ ]?(?!(?:and|at|but|by|for|from|if|is|are|on|or|our|plus|that|to|we|which|while|who|with|you"
    r"|your)\b)(?P<word>[\w&’'./+#-]{1,40})",
    re.IGNORECASE,
)
JOINT: Final = re.compile(r"[ ](?:or|and|&)(?=[ ][a-z])")
"""Between two that share their noun: "in supply *or* production planning"."""
ARTICLES: Final = frozenset({"a", "an", "one", "the"})
MOST_WORDS: Final = 6
"""How many words name what years are in: "in a busy, high-volume commercial kitchen"."""
LASTING: Final = re.compile(
    r"\b(?:address\w*|bank statements?|(?:credit|employment|work) history|driving licen[cs]e"
    r"|fixed[ -]term|free|full licen[cs]e|guarantee|leave|left|lease|maternity|no claims"
    r"|paid(?! (?:ads|advertising|media|search|social))|passports?|payslips?|permits?|references"
    r"|remaining|residen(?:cy|ce|ts?)|right to|runway|security clearance|sponsorship|subscription"
    r"|tenancy|unpaid|valid\w*|visas?|warranty|work authori[sz]ation)\b",
    re.IGNORECASE,
)
"""Papers, promises and stays that last for years, or are to be shown for the last ones."""
TRADE: Final = re.compile(
    r"capacit(?:y|ies)|comparable|environments?|fields?|functions?|industr(?:y|ies)|jobs?|positions?|practice"
    r"|roles?|sectors?|settings?|similar|trades?|work"
)
"""Words that tell of work whatever it is: "in a similar role", "in a clinical setting"."""
NO_WORK: Final = frozenset({"complete", "follow", "hold", "live", "start", "stay"})
"""Verbs of the table that years do not make work."""
IRREGULAR: Final = frozenset(
    "built bought driven drawn grown kept led made run sold taught written".split()
)
IN_FIGURES: Final = re.compile(
    r"\S[\"”'’]?\s{0,3}(?:[:+|–—-]|\()\s{0,3}(?:min(?:imum)?\.?\s)?$", re.I
)
"""Between a skill and its years: "SAP MM - 7 yrs", "\"SQL\": 4 years"."""
WISHED: Final = re.compile(
    r"\b(?:ideally|preferably|around|about|circa|some)[,:]?\s*$", re.IGNORECASE
)
LISTED: Final = re.compile(r"(?:[,;(]|\b(?:and|or|plus|with))\s{0,3}$", re.IGNORECASE)
CLOSES: Final = re.compile(
    r"\s{0,3}(?:$|[),;.\n]|(?:and|plus|with) (?:an? )?(?:[\w’'-]{1,20} ){0,2}"
    r"(?:degree|diploma|bachelor|master|qualification)\b)",
    re.MULTILINE,
)


def counts_alone(document: Document, match: re.Match[str], low: int, high: int) -> bool:
    """Tell whether years in a list of requirements mean experience though nobody says the word."""
    text = document.text
    if re.search(r"experience|\bPQE\b", text[low:high], re.IGNORECASE):
        return True
    before = text[low : match.start()]
    if _has_done(before):
        return True
    if closes(text, match.end(), high):
        figures = IN_FIGURES.search(before) or before.rstrip().endswith((",", "("))
        if figures:  # "SQL (3+ years)", "SQL - 3 years", "(SQL, 3 years)"
            return LASTING.search(before) is None
        return _opens(before) and match["unit"].lower().startswith("y")
    listed = _opens(before) or LISTED.search(before) or DOING.match(text, match.end(), high)
    if listed and of_work(document, match.end(), high):
        return True
    return is_had(document, match, before, high)


def closes(text: str, end: int, high: int) -> bool:
    """Tell whether nothing but a sign, or a degree to have with them, stands behind years."""
    return CLOSES.match(text, end, high) is not None


def is_had(document: Document, match: re.Match[str], before: str, high: int) -> bool:
    """Tell whether prose asks for years though nobody says "experience".

    "You should bring four years in audit" does, and so does an item that begins with them:
    "- 4 to 8 years geotechnical consulting".
    """
    text = document.text
    if _has_done(before):
        return True
    if not of_work(document, match.end(), high):
        return False
    if BESIDE_DEGREE.search(before):
        return True
    having = HAVING.search(before)
    if having is not None:
        doing = DOING.match(text, match.end()) is not None
        what = AT_LEAST.sub("", having["what"]).strip()
        near = not what or what.endswith("with") or (what.endswith(",") and _has_years(what))
        return (doing or near) and OF_SOMEBODY.search(having["what"]) is None
    low, _ = document.line(match.start())
    item = text[max(low, match.start() - WIDEST) : match.start()]
    if AT_LEAST.search(before) and not AT_LEAST.sub("", before).strip():
        return True  # "Minimum seven years in treasury."
    listed = bool(AT_LEAST.sub("", item).strip()) or match["low"].isdigit()
    held = text[match.end() - 1] in "'’"  # "Ten years' sales"
    return (listed and _opens(item)) or (held and (_opens(item) or _opens(before)))


def of_work(document: Document, start: int, high: int) -> bool:
    """Tell whether what stands behind years names work: a skill, a role, a field, a trade."""
    text = document.text
    if (workplace := WORKPLACE.match(text, start, high)) is not None:
        return LASTING.search(workplace.group()) is None
    opened = BEFORE_WORK.match(text, start, high)
    begin = end = opened.end() if opened else start
    words: list[str] = []
    while len(words) < MOST_WORDS:
        word = WORD.match(text, end, high)
        if word is None:
            joint = JOINT.match(text, end, high) if _names_one(words) else None
            if joint is None:
                break
            end = joint.end()
            words.append(joint.group().strip())
            continue
        words.append(word["word"].lower().rstrip("."))
        end = word.end()
    if LASTING.search(text, begin, end):
        return False
    return any(map(_tells_work, words)) or any(
        index < len(hits) and hits[index].start < end
        for hits in map(document.hits, ("SKILL", "ROLE", "FIELD"))
        for index in (bisect_left(hits, begin, key=attrgetter("start")),)
    )


def _names_one(words: Sequence[str]) -> bool:
    """Tell whether one word has named so far what years are in, which may share its noun."""
    return len([word for word in words if word not in ARTICLES]) == 1


def _opens(before: str) -> bool:
    """Tell whether nothing but signs or a wish stands before years in their line."""
    return not WISHED.sub("", AT_LEAST.sub("", before)).strip(BULLETS + "-–+~")


def _has_done(before: str) -> bool:
    done = FOR_YEARS.search(before)
    if done is None:
        return SPENT.search(before) is not None
    return bool(done["role"]) or done["done"].lower() in _done()  # "You've been a buyer for"


def _has_years(words: str) -> bool:
    return next(find_years(words), None) is not None


def _tells_work(word: str) -> bool:
    return word in _trades() or word.removesuffix("s") in _trades() or bool(TRADE.fullmatch(word))


@cache
def _trades() -> frozenset[str]:
    """Return nouns of roles and duties, trades, and what verbs of work are with "-ing"."""
    nouns = {row["noun"] for name in ("role_nouns", "duty_nouns") for row in table(name)}
    trades = {row["name"] for row in table("industries")}
    trades |= {row["discipline"] for row in table("disciplines")}
    gerunds = {row["gerund"] for row in table("verbs") if row["verb"] not in NO_WORK}
    return frozenset(nouns | trades | gerunds)


@cache
def _done() -> frozenset[str]:
    """Return what verbs of work are behind "you have" or "you have been"."""
    verbs = [row for row in table("verbs") if row["verb"] not in NO_WORK]
    regular = {row["gerund"].removesuffix("ing") + "ed" for row in verbs}
    bare = {row["verb"].removesuffix("y") + "ied" for row in verbs if row["verb"].endswith("y")}
    return frozenset(regular | bare | {row["gerund"] for row in verbs} | IRREGULAR)
