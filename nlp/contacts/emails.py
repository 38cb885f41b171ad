"""E-mail addresses: as they are, disguised for machines, or bare of the signs a text has lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlp.contacts.forms import is_given
from nlp.contacts.hints import Group, Hints
from nlp.patterns import table

Span = tuple[int, int]

LONGEST: Final = 64
"""Code points of an address before its at sign, and of one disguised with blanks behind it."""
TLD: Final = (
    "(?:com?|org|net|edu|gov|mil|io|ai|biz|info|jobs|us|uk|ca|in|de|fr|nl|ie|eu|au|nz|sg|ch|at|be"
    "|es|it|se|no|dk|fi|pl|pt|cz|tech|dev|app|me|tv|health|agency|consulting|group|careers)"
)
"""Endings of addresses, asked for where nothing else shows that a word is one."""
LOCAL: Final = re.compile(r"(?:[\w.+%'’&=-]{1,64}|\"[^\"\n@]{1,62}\")\Z")
DOMAIN: Final = re.compile(r"\[?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
PARTED: Final = re.compile(
    rf"[ ]?([\w-]{{1,63}})(?:[ ]?\.[ ]?[\w-]{{1,63}}){{0,3}}[ ]?\.[ ]?{TLD}\b"
)
"""A domain with blanks in it: "@ company . com"."""
BARE: Final = re.compile(r"[\w-]{1,63}\b")
"""A domain that lost its ending: "jane.doe@company"."""
SPACED_LOCAL: Final = re.compile(r"(?<!\S)(?:[\w.+-] ){2,32}\Z")
SPACED_DOMAIN: Final = re.compile(r"(?: [\w-]){2,32}(?: \.(?: [\w-]){2,24}){1,3}(?!\w)")

OPEN: Final = r"[ ]?[\[({<][ ]?"
CLOSE: Final = r"[ ]?[\])}>][ ]?"
AT: Final = re.compile(
    rf"{OPEN}(?:at(?:[ -]sign)?|@|ät){CLOSE}|[ ]at[ -]sign[ ]|[ ](?:at|AT)[ ]|_at_|[ ]@[ ]", re.I
)
"""Signs and words that stand for the at sign."""
AT_HINTS: Final = Group(
    "email:at", ("(at", "[at", "{at", "<at", "( at", "[ at", "(@", "[@", " at ", "_at_", " at-")
)
DOT: Final = rf"(?:{OPEN}(?:dot|\.|period|punkt){CLOSE}|[ ]dot[ ]|_dot_|[ ]?\.[ ]?)"
TOLD_DOMAIN: Final = re.compile(
    rf"(?P<first>[\w-]{{1,63}}?)(?P<rest>(?:{DOT}(?!{TLD}\b)[\w-]{{1,63}}?){{0,2}})"
    rf"(?P<last>{DOT}){TLD}(?![\w-])(?:{DOT}{TLD}\b)?",
    re.IGNORECASE,
)
TOLD_LOCAL: Final = re.compile(
    r"(?<![\w.+-])[\w+-]{1,40}(?:(?:\.|[ ]?[\[({]dot[\])}][ ]?|[ ]dot[ ]"
    r"|_dot_)[\w+-]{1,40}){0,3}\Z",
    re.IGNORECASE,
)

CUE: Final = re.compile(
    r"\b(?:e-?mails?|mail|contact|reach|write|apply"
    r"|(?:e-?mail|send|submit|forward|share|direct|drop)\b[^.\n]{0,60}[ ]to)"
    r"(?:[ ](?:us|me|him|her|them|id|address|inquiries|resumes?|cvs?))?(?:[ ](?:directly|now|is))?"
    r"(?:[ ](?:to|at|on|via))?[ ]?[:=-]?[ ]{0,2}(?:\n[ ]?)?\Z",
    re.IGNORECASE,
)
"""What stands before an address: "e-mail", "contact us at", "send your CV to"."""
MAILING: Final = re.compile(
    r"\b(?:e-?mail(?:[ ](?:id|address|us|me|to)){0,2}|mail|write[ ]to|reach[ ](?:me|us)"
    r"|(?:e-?mail|send|submit|forward|share|direct|drop)\b[^.\n]{0,60}[ ]to)[ ]?[:=-]?[ ]{0,2}\Z",
    re.IGNORECASE,
)
"""What can only stand before an address, not before people or a site."""
STRICT_CUE: Final = re.compile(
    r"\b(?:e-?mail(?:[ ](?:id|address|us|me|to|at|is)){0,2}|contact[ ](?:us[ ])?at|write[ ]to"
    r"|(?:send|submit|forward|apply|resumes?|cvs?|questions|applications)\b[^.\n]{0,50}[ ](?:to|at)"
    r"|contact)[ ]?[:=-]?[ ]{1,2}\Z",
    re.IGNORECASE,
)
MAIL_CUE: Final = re.compile(
    r"\be-?mail(?:[ ](?:id|address|us|me|to|at))*[ ]?(?P<sign>[:=-]?)[ ]", re.I
)
LOST_AT: Final = re.compile(
    rf"(?P<local>(?<![\w./@-])[a-z][a-z\d]{{1,30}}(?:[._][a-z\d]{{2,30}}){{1,2}})"
    rf"[ ](?P<domain>[a-z\d][\w-]{{1,40}}(?:\.[a-z\d-]{{2,40}}){{0,2}}\.{TLD})(?![\w/-])"
)
"""An address whose at sign became a blank: "jane.doe company.com"."""
DOTTED: Final = re.compile(
    rf"(?!www\b|https?\b)[a-z\d](?:[\w-]|\.[ ]?(?=[a-z\d])){{2,80}}?\.[ ]?{TLD}(?:\.[ ]?{TLD})?"
    r"(?![\w/-]|\.\w|[ ]?/|\.[ ]?(?:com|uk)\b)",
    re.IGNORECASE,
)
"""A local part and a domain that ran together: "janedoecompany.com", "jane. doecompany. co. uk"."""
WEB: Final = re.compile(r"(?:[\w-]{1,63}\.[ ]?){0,3}[\w-]{2,63}\Z")
"""What stands before an ending, be it an address or a site; a text may have set its dots apart."""
MORE: Final = re.compile(r"\.[ ]?(?:uk|in|au|nz|za|jp)\b")
SITE: Final = re.compile(r"www\b|https?\b", re.IGNORECASE)
SENT_TO: Final = re.compile(
    r"\b(?:(?:send|sent|forward|forwarded|forwarding|return|returned|submit|submitted|e-?mail"
    r"|e-?mailed|mail|cvs?|resumes?|letter|applications?|details)\b[^\n.!?]{0,90}[ ]to"
    r"|(?:by|via|or)[ ]e-?mail(?:[ ](?:at|to|on))?)[ ]?:?[ ]{0,2}(?:your[ ]|us[ ]at[ ])?\Z",
    re.IGNORECASE,
)
"""What only an address follows: "your CV and cover letter to:", "via email"."""
TLD_END: Final = re.compile(rf"\.{TLD}\Z")
NO_NAMES: Final = frozenset(
    "app at check co com css csv edu go here html io js json net org our php please py see sql"
    " the this to ts txt us visit web xml".split()
)
"""What stands behind the dot of "node.js" and "acme.com" or of a sentence that ran on."""
ENDINGS: Final = Group(
    "email:ending",
    tuple(
        f".{blank}{ending}"
        for blank in ("", " ")
        for ending in ("com", "org", "net", "co", "io", "edu", "ac", "gov", "uk", "de", "dk", "eu")
    ),
)
LOST_ENDINGS: Final = Group(
    "email:lost",
    tuple(
        f" {ending}{behind}"
        for ending in ("com", "org", "net", "io", "edu", "gov", "co uk", "co in")
        for behind in " .,;)\n"
    ),
)
MAIL_WORDS: Final = Group("email:cue", ("email", "e-mail"))
ENTITIES: Final = Group("email:entity", ("&#64;", "&#064;", "&#x40;", "&commat;", "%40"))
LINK: Final = Group("email:link", ("mailto",))
GROUPS: Final = (AT_HINTS, ENDINGS, MAIL_WORDS, LOST_ENDINGS, ENTITIES, LINK)
MAILTO: Final = re.compile(r"mailto[: ]?[ ]?[^\s<>\"'?█]{3,100}", re.IGNORECASE)
ENTITY_AT: Final = re.compile(
    r"[\w.+-]{1,64}(?:&#0?64;|&#x40;|&commat;|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)


def find_emails(text: str, hints: Hints) -> list[Span]:
    """Return the spans of e-mail addresses, which may overlap."""
    found: list[Span] = []
    if "@" in text or "＠" in text:
        found.extend(_signed(text))
    found.extend(_told(text, hints))
    for at, _ in hints.of(LINK):
        link = MAILTO.match(text, at)
        if link and _is_address(link.group()):
            found.append(link.span())
    for at, _ in hints.of(ENTITIES):
        found.extend(m.span() for m in ENTITY_AT.finditer(text, max(0, at - LONGEST), at + LONGEST))
    found.extend(_bare(text, hints))
    return found


def _signed(text: str) -> Iterator[Span]:
    for sign in ("@", "＠"):
        at = text.find(sign)
        while at >= 0:
            span = _round(text, at)
            if span is not None:
                yield span
            at = text.find(sign, at + 1)


def _round(text: str, at: int) -> Span | None:
    """Return the address round an at sign; None for "@company" and "react@18"."""
    local = LOCAL.search(text, max(0, at - LONGEST), at)
    domain = DOMAIN.match(text, at + 1)
    if local is not None:
        if domain is not None and not domain.group().rpartition(".")[2].isdigit():
            return _extended(text, local.start()), domain.end()
        if domain is not None and domain.group()[:1] == "[":
            return local.start(), domain.end()
        parted = PARTED.match(text, at + 1)
        if parted is not None:
            return local.start(), parted.end()
        bare = BARE.match(text, at + 1)
        if bare is not None and not bare.group()[:1].isdigit():
            cued = CUE.search(text, max(0, local.start() - 90), local.start())
            if cued or re.search(r"[a-z]\.[a-z]{2}", local.group()):
                return local.start(), bare.end()
        return None
    low = max(0, at - LONGEST)
    spaced = SPACED_LOCAL.search(text, low, at)
    wide = SPACED_DOMAIN.match(text, at + 1)
    if spaced is not None and wide is not None:
        return spaced.start(), wide.end()
    if text[at - 1 : at] == " " and at > 1:
        before = TOLD_LOCAL.search(text, max(0, at - 1 - LONGEST), at - 1)
        parted = PARTED.match(text, at + 1)
        both = text[at + 1 : at + 2] == " "  # "follow us on Twitter @company.com" has one
        if before and parted and _is_local(before.group(), text, before, spelled=both):
            return before.start(), parted.end()
    return None


def _extended(text: str, start: int) -> int:
    """Leave out an apostrophe or a dash that belongs to the sentence: "- jane@acme.com"."""
    while text[start] in "'’.-=&%" and start + 1 < len(text):
        start += 1
    return start


def _told(text: str, hints: Hints) -> Iterator[Span]:
    """Yield addresses whose signs are words: "jane dot doe at company dot com"."""
    for at, _ in hints.of(AT_HINTS):
        sign = AT.match(text, at - 1 if text[at - 1 : at] == " " else at) or AT.match(text, at)
        if sign is None:
            continue
        domain = TOLD_DOMAIN.match(text, sign.end())
        if domain is None:
            continue
        local = TOLD_LOCAL.search(text, max(0, sign.start() - LONGEST), sign.start())
        if local is None:
            continue
        plain = sign.group().strip().lower() in ("at", "@")
        spelled = "dot" in domain["last"].lower() or not plain
        written = local.group()
        if not plain or _is_local(written, text, local, spelled=spelled):
            yield local.start(), domain.end()


def _is_local(written: str, text: str, local: re.Match[str], *, spelled: bool = True) -> bool:
    """Tell whether the words before an "at" are an address's and not a sentence's.

    "meet at company dot com" and "jobs at company.com" lead to a site; a cue ("e-mail", "send
    to") or a sign inside the word ("jane.doe", "hr_team") makes it an address all the same.
    """
    cue = CUE if spelled else MAILING
    if cue.search(text, max(0, local.start() - 90), local.start()):
        return written.lower() not in _mail_words() - {"careers", "jobs", "team"} or "." in written
    if re.search(r"[a-z][._]\w|\d|[ ]dot[ ]|[\[({]dot", written, re.IGNORECASE):
        return "." not in written or written.rpartition(".")[2].lower() not in NO_NAMES
    return spelled and written.lower() not in _mail_words()


def _bare(text: str, hints: Hints) -> Iterator[Span]:
    """Yield addresses that lost their at sign, or every sign."""
    for dot, end in hints.of(ENDINGS):
        if text[end : end + 1].isalnum():
            continue  # ".company", "the end. Companies"
        span = _glued(text, dot, end)
        if span is not None:
            yield span
        low = max(0, dot - 2 * LONGEST)
        for match in LOST_AT.finditer(text, low, min(len(text), dot + 12)):
            last = re.split(r"[._]", match["local"])[-1]
            if match.end() > dot and last not in NO_NAMES and not TLD_END.search(match["local"]):
                yield match.span()
    for at, _ in hints.of(MAIL_WORDS):
        cue = MAIL_CUE.match(text, at)
        word = DOTTED.match(text, cue.end()) if cue else None
        if cue and word and (cue["sign"] or text[at].isupper()):
            yield word.span()
    for at, end in hints.of(LOST_ENDINGS):
        yield from _signless(text, at, end - 1)


def _glued(text: str, dot: int, end: int) -> Span | None:
    """Return the address that ends here, its at sign gone: "send it to janeacme. com".

    Without a cue it is one where a given name begins it: "jane. doeacme. com".
    """
    word = WEB.search(text, max(0, dot - LONGEST), dot)
    if word is None or SITE.match(word.group()):
        return None
    more = MORE.match(text, end)
    stop = more.end() if more else end
    if text[stop : stop + 1] == "/" or text[word.start() - 1 : word.start()] in ("/", "@", "."):
        return None
    first, sign, _ = word.group().partition(". ")
    named = sign and first[:1].isalpha() and is_given(first)
    cued = SENT_TO.search(text, max(0, word.start() - 120), word.start())
    return (word.start(), stop) if cued or named else None


def _signless(text: str, at: int, end: int) -> Iterator[Span]:
    """Yield "hr acme com" before `at`, where a cue says that an address follows."""
    words = text[max(0, at - LONGEST) : at].rpartition("\n")[2].split(" ")
    start = at
    for count, word in enumerate(reversed(words), 1):
        start -= len(word) + 1
        if (
            count > 4
            or not re.fullmatch(r"[a-z\d][\w.-]*", word)
            or word in _mail_words() - {"careers", "jobs"}
        ):
            return
        begin = start + 1
        if count >= 2 and STRICT_CUE.search(text, max(0, begin - 90), begin):
            yield begin, end
            return


def _is_address(word: str) -> bool:
    return "@" in word or "." in word or "%40" in word


@cache
def _mail_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("mail_words"))
