"""Several postings in one text: where a file that clearly holds several is to be parted.

People paste postings one under the other, with rules, page breaks, "Job 1 of 5", headings or the
same card of labels between them. A posting itself has ruled sections, links to related jobs, and
sometimes names a few openings; such a text stays whole. So a text is parted only where every part
begins with a job's title and says by itself that somebody is sought, and what for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from nlp.headings import find_headings
from nlp.patterns import table
from nlp.readers.raw import RawPosting
from nlp.readers.recognition import is_whole

FEWEST_WORDS: Final = 40
"""Words of a posting among several; a teaser of a related job has fewer."""
MOST_PARTS: Final = 5_000
LONGEST_TITLE: Final = 100
MOST_WORDS: Final = 12
LINES: Final = 4
"""Lines of a part, at its top, of which one is the title: it may stand below a label."""
OPENING: Final = 1_200
"""Code points at a part's top in which these lines stand."""
FORM_FEED: Final = re.compile(r"\f\s*")
STRENGTH: Final = "=#*_~+═—–─-•"
"""Signs of rules, those that part postings rather than sections first."""
RULE: Final = re.compile(
    rf"\n[ \t]{{0,40}}([{re.escape(STRENGTH)}])(?:[ \t]?\1){{2,200}}(?:[ ]?8<[ ]?(?:\1){{2,200}})?"
    r"[ \t]{0,40}\r?(?=\n|\Z)"
)
"""A line of one sign: "-----", "* * *"."""
COUNTED: Final = re.compile(
    r"\n[-=#*_~\[( \t]{0,40}(?:job|posting|position|opening|vacancy|listing|role|advert)"
    r"(?:[ ](?:posting|listing|ad))?[ ]?(?:#|no\.?|number)?[ ]?(?P<number>\d{1,4})"
    r"(?:[ ]?(?:of|/)[ ]?\d{1,4})?(?![\w-])(?:[\])]|[ ]?[:.–—-])?",
    re.IGNORECASE,
)
"""A line that counts: "Job 1 of 5", "Posting #2:", "--- Position 3 ---"."""
LEVELS: Final = tuple(
    re.compile(rf"\n{level}[ \t]{{1,9}}(?P<line>[^\n]{{3,150}})") for level in ("#", "##")
)
"""Headings of the first levels in Markdown."""
NUMBERED: Final = re.compile(r"\n(?P<number>\d{1,3})[.)][ \t]{1,4}(?P<line>[^\n]{3,150})")
UNDERLINED: Final = re.compile(
    r"\n(?P<line>[^\n]{3,150})\n={3,200}[ \t]{0,40}\r?(?=\n|\Z)",
)
"""The same, underlined."""
LABEL: Final = re.compile(
    r"\n[ \t]{0,40}\*{0,2}(?P<label>(?:(?:job |position |role |posting )?title|position|role|job))"
    r"\*{0,2}[ ]?:",
    re.IGNORECASE,
)
"""A card's label for the title."""
CARD_LINE: Final = re.compile(r"[ \t]{0,40}\*{0,2}[A-Z][\w /&'’-]{1,30}\*{0,2}[ ]?:")
DESCRIBED: Final = re.compile(
    r"\n[ \t]{0,40}[#*]{0,4}[ ]?(?:(?:full )?job description|description"
    r"|about the (?:job|role|position))[ ]?[*]{0,2}(?::|[ \t]{0,40}\r?(?=\n|\Z))",
    re.IGNORECASE,
)
"""The heading that boards set between the title and the text."""
CARD: Final = 8
"""Lines of a card at the most."""
LOCAL_SIGNS: Final = " \t\r#*=_~-–—•:|[]()"
TITLE_LABEL: Final = re.compile(
    r"(?:[\w]{2,12} ){0,2}(?:title|position|role|job)[ ]?:[ ]?", re.IGNORECASE
)
SPEAKS: Final = re.compile(r"\b(?:we|you|our|your|is|are|will|must|has|have)\b", re.IGNORECASE)
"""What stands in a sentence, not in a title."""
WORD: Final = re.compile(r"[^\W\d_][\w'’&.+#-]*")


class Part(NamedTuple):
    """A posting's stretch of the text: `text[start:end]`."""

    start: int
    end: int


def split(text: str) -> list[Part]:
    """Return the parts of a text, one posting each, in order; one part where it is to stay whole.

    The parts cover the whole text: what stands before the first title belongs to the first part,
    what follows a posting and begins none itself to that posting. Lines that do nothing but part
    two postings belong to none. Empty text is one empty part.
    """
    padded = f"\n{text}"  # every line begins behind a break, which is quick to look for
    for cuts in _cuts(padded):
        if 0 < len(cuts) <= MOST_PARTS:
            parts = _merged(padded, cuts)
            if len(parts) > 1 and all(map(is_whole_part, (padded[a:b] for a, b in parts))):
                return [Part(max(0, start - 1), end - 1) for start, end in parts]
    return [Part(0, len(text))]


def as_postings(text: str) -> Iterator[RawPosting]:
    """Yield the postings of a text: each with its number and position where there are several."""
    parts = split(text)
    if len(parts) == 1:
        yield RawPosting(text)
        return
    for number, (start, end) in enumerate(parts, 1):
        body = text[start:end]
        position = f"posting {number} of {len(parts)}"
        yield RawPosting(body, part=str(number), position=position, record=body)


def _cuts(text: str) -> Iterator[list[Part]]:
    """Yield the places at which a text may be parted, the surest sort of them first."""
    yield _counted(text)
    yield [Part(*match.span()) for match in FORM_FEED.finditer(text)] if "\f" in text else []
    yield _underlined(text)
    rules: dict[str, list[Part]] = {}
    for match in RULE.finditer(text):
        rules.setdefault(match[1], []).append(Part(match.start() + 1, match.end()))
    yield from (rules[sign] for sign in STRENGTH if sign in rules)
    for level in LEVELS if "#" in text else ():
        found = (match for match in level.finditer(text) if _is_title(match["line"].strip()))
        yield [Part(match.start() + 1, match.start() + 1) for match in found]
    yield _cards(text)
    yield _described(text)
    yield _numbered(text)


def is_whole_part(text: str) -> bool:
    """Tell whether a part is a posting by itself: long enough, and saying what is asked for."""
    return len(text.split()) >= FEWEST_WORDS and is_whole(text)


def begins_with_title(text: str) -> bool:
    """Tell whether one of a part's first lines is a job's title."""
    lines = (line.strip(LOCAL_SIGNS) for line in text[:OPENING].split("\n"))
    first = [line for line in lines if line][:LINES]
    for line in first:
        if _is_title(TITLE_LABEL.sub("", line, count=1).strip(LOCAL_SIGNS)):
            return True
        if len(line.split()) > MOST_WORDS or find_headings(line):
            return False
    return False


def _is_title(line: str) -> bool:
    if not 3 <= len(line) <= LONGEST_TITLE or line.endswith((".", "!", "?", ",", ";")):
        return False
    words = WORD.findall(line)
    if not 0 < len(words) <= MOST_WORDS or SPEAKS.search(line) or find_headings(line):
        return False
    capital = sum(word[0].isupper() for word in words)
    named = any(word.lower().rstrip(".") in _job_words() for word in words)
    return named and 2 * capital >= len(words)


def _merged(text: str, cuts: list[Part]) -> list[Part]:
    """Return the stretches between the cuts, those that begin no posting with the one before."""
    edges = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    parts: list[Part] = []
    preface = False
    for start, end in zip(edges, ends, strict=True):
        if not text[start:end].strip():
            continue
        titled = begins_with_title(text[start:end])
        if parts and (preface or not titled):
            first = Part(parts[-1].start, end)
            parts[-1] = first
            preface = preface and not (titled and _is_long(text, start, end))
            preface = preface and not (
                begins_with_title(text[first.start : first.start + OPENING])
                and _is_long(text, *first)
            )
        else:
            preface = not parts and not (titled and _is_long(text, start, end))
            parts.append(Part(start, end))
    return parts


def _is_long(text: str, start: int, end: int) -> bool:
    """Tell whether there are as many words as a posting has; a list of titles has fewer."""
    return len(text[start : min(end, start + OPENING)].split()) >= FEWEST_WORDS


def _counted(text: str) -> list[Part]:
    """Part at lines that count from one up, each with the next number."""
    found = list(COUNTED.finditer(text))
    numbers = [int(match["number"]) for match in found]
    if numbers != list(range(1, len(found) + 1)):
        return []
    return [Part(match.start() + 1, match.end()) for match in found]


def _numbered(text: str) -> list[Part]:
    """Part at titles that have a number: "1. Data Engineer", "2. Nurse"."""
    found = [match for match in NUMBERED.finditer(text) if _is_title(match["line"].strip())]
    if [int(match["number"]) for match in found] != list(range(1, len(found) + 1)):
        return []
    return [Part(match.start() + 1, match.start() + 1) for match in found]


def _underlined(text: str) -> list[Part]:
    """Part before each title that a line of equals signs underlines."""
    if "===" not in text:
        return []
    found = (match for match in UNDERLINED.finditer(text) if _is_title(match["line"].strip()))
    return [Part(match.start() + 1, match.start() + 1) for match in found]


def _cards(text: str) -> list[Part]:
    """Part before each card that has the same label for its title."""
    labels = list(LABEL.finditer(text))
    kinds = {match["label"].lower() for match in labels}
    for kind in sorted(kinds, key=len, reverse=True):
        same = [match for match in labels if match["label"].lower() == kind]
        if len(same) > 1:
            return [Part(at, at) for at in (_top_of_card(text, m.start() + 1) for m in same)]
    return []


def _top_of_card(text: str, at: int) -> int:
    """Return where the card's first line begins: the lines above may have labels as well."""
    for _ in range(CARD):
        above = text.rfind("\n", max(0, at - LONGEST_TITLE - 2), max(0, at - 1)) + 1
        if at == 0 or not CARD_LINE.match(text, above, at):
            break
        at = above
    return at


def _described(text: str) -> list[Part]:
    """Part above the titles that stand over each "Job Description"."""
    found: list[Part] = []
    for match in DESCRIBED.finditer(text):
        at = _title_above(text, match.start())
        if at is None:
            return []
        found.append(Part(at, at))
    return found if len(found) > 1 else []


def _title_above(text: str, at: int) -> int | None:
    """Return where the title above begins, at most a card's lines up."""
    end = at
    for _ in range(CARD):
        while end > 0 and text[end - 1] in "\n\r \t":
            end -= 1
        begin = text.rfind("\n", max(0, end - LONGEST_TITLE - 8), end) + 1
        if end <= 0 or (begin == 0 and end > LONGEST_TITLE + 8):
            return None
        if _is_title(text[begin:end].strip(LOCAL_SIGNS)):
            return begin
        end = begin
    return None


@cache
def _job_words() -> frozenset[str]:
    """Return the nouns of which every title has one: "engineer", "nurse"."""
    nouns = {row["noun"] for row in table("role_nouns")}
    return frozenset({*nouns, *(f"{noun}s" for noun in nouns), *_last_words()})


def _last_words() -> Iterator[str]:
    for row in table("whole_titles"):
        yield next(iter(row.values())).rpartition(" ")[2].lower()
