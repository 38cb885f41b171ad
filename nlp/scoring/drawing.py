"""Drawing: where annotators of span gold begin and end a span, which is not where a concept does.

They mark whole words as blanks part them ("Java/Python", "JavaScript-based"), a name with the
nouns that go on with it ("Kubernetes environments") and with its abbreviation ("Natural Language
Processing (NLP)"), and the fields of a degree one by one where it has several.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlp.document import Stretches
from nlp.scoring.spans import Span
from nlp.types import Facts, Necessity, RequirementKind, Term
from nlp.words import classes
from ontology import Vocabulary

ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)
INSTEAD: Final = re.compile(
    r",? (?:or|and/or) (?:an? |any )?(?:related|similar|equivalent|comparable|relevant|other)|[;(]"
    r"| and \d| with ",
    re.IGNORECASE,
)
"""Where a degree's words turn to what may stand in its place."""
JOINTS: Final = frozenset("/&+-")
"""Signs that make one word of two names with no blank round them."""
SHORT: Final = re.compile(r" ?\((?P<short>[A-Z][\w&/+-]{1,7})\)")
"""An abbreviation behind the name that it stands for."""
FIELDS: Final = re.compile(
    r"(?: or (?:higher|equivalent))? (?:in|within)"
    r"(?: (?:an?|the) (?:\w+ )?(?:area|field)s?(?: of| such as)?| either)? ",
    re.IGNORECASE,
)
"""Where a degree's words turn to its fields."""
PLAIN: Final = re.compile(r" (?:in|within) ", re.IGNORECASE)
SHARED: Final = re.compile(
    r"[ ,]{0,9}(?:(?:or|and)[ ])?(?P<word>[\w-]{1,40})[ ](?:or|and|/)[ ]", re.IGNORECASE
)
"""A word that shares the last one of the field behind it: "*mechanical* or marine engineering"."""
COMMON: Final = re.compile(r" (?:engineering|studies)$", re.IGNORECASE)
"""A field's last word that others may share."""
NO_FIELD: Final = re.compile(
    r"\W{0,3}(?:(?:an?|any|comparable|equivalent|other|quantitative|related|relevant|scientific"
    r"|similar|technical|the)[ ]?){0,4}"
    r"(?:(?:area|discipline|field|subject)s?(?:[ ]of[ ]study)?)?\W{0,3}",
    re.IGNORECASE,
)
"""Words behind a degree that name no field: "a technical *field*"."""
RELATED: Final = re.compile(r"(?:an?|the)[ ](?:(?:related|relevant)[ ])?", re.IGNORECASE)
"""What stands before the name of a field."""
JOINING: Final = re.compile(r"(?:\W|and|or|preferably|ideally){1,40}", re.IGNORECASE)
"""What parts two fields and names none."""
EITHER: Final = re.compile(r"(?:['’]s?)? ?(?:/|and/or|or|and) ?(?:an? )?", re.IGNORECASE)
"""What parts two degrees: "Bachelor's *or a* Master's degree"."""
SERVES: Final = re.compile(r"\b(?:degree|level|diploma|in)\b", re.IGNORECASE)
"""A word that two degrees may share, or that leads to their one field."""
ALIKE: Final = re.compile(r"[ ](?:and/or|and|or|&)[ ]", re.IGNORECASE)
"""What joins two names of one kind."""
NEXT: Final = re.compile(r"[ ](?P<word>[A-Za-z]+)(?![\w-])")
BEFORE: Final = re.compile(r"(?<![\w-])(?P<word>[A-Za-z-]+)[ ]$")
BEGINS: Final = re.compile(r"\.?[^\W_]")
VERSION: Final = re.compile(
    r"[ ](?:v[. ]?|version )?\d{1,4}(?:\.(?:\d{1,3}|x)){0,2}\+?"
    r"(?=\)?(?:[,.;:]?\s|[,.;:]?$|/))(?! ?\+?(?:years?|yrs?|months?|or more|to|-)\b)",
    re.IGNORECASE,
)
"""The version of what is named: "*Java* 11", "*Angular* 2+", "*Java SE* v.8"."""
WIDEST: Final = 30
"""Code points that a word before a name is looked for in."""


def drawn(text: str, spans: Iterable[Span], tags: Stretches) -> list[Span]:
    """Return the spans as an annotator would draw them, in order, none inside another.

    In `tags`, a card's list of names with nothing but blanks between, no word goes on with a name.
    """
    spans = sorted(spans)
    starts = {start for start, _ in spans}
    headed = (span if tags.hold(span[0]) else _with_head(text, span, starts) for span in spans)
    words = (_whole_words(text, span) for span in outermost(headed))
    return list(_with_short_forms(text, list(_merged(words))))


def shared_last(text: str, spans: Sequence[Span], plain: Container[int]) -> Iterator[Span]:
    """Yield the spans, a word that shares the last one of the next as one with it.

    "*cancer* and cell biology": it begins at one of `plain`, is written small, and no concept.
    """
    current: Span | None = None
    for span in spans:
        if current is not None:
            word, following = text[slice(*current)], text[slice(*span)]
            joined = ALIKE.fullmatch(text, current[1], span[0])
            if joined and current[0] in plain and word.islower() and " " in following:
                current = current[0], span[1]
                continue
            yield current
        current = span
    if current is not None:
        yield current


def outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order without those that begin inside another."""
    reached = -1
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield start, end
            reached = end


def degree_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the degrees asked for, each with its one field, or it and each of its fields."""
    named = {
        r.evidence.start: [_labels(field, vocabulary) for field in r.fields]
        for r in facts.requirements
        if r.kind is RequirementKind.DEGREE
    }
    spans: list[Span] = []
    for mention in facts.mentions:
        if mention.kind == "degree" and mention.necessity in ASKED:
            instead = INSTEAD.search(mention.text)
            text = mention.text[: instead.start()] if instead else mention.text
            fields = named.get(mention.start, [])
            for start, end in _degree_and_fields(text, fields):
                spans.append((mention.start + start, mention.start + end))
            if spans[-1] == (mention.start, mention.end) and text.lower().startswith("d"):
                spans[-1] = _field_before(facts.posting.text, mention.start, fields), mention.end
    return list(_joined(facts.posting.text, spans))


def _field_before(text: str, start: int, fields: Sequence[Sequence[str]]) -> int:
    """Return where the fields before a degree begin: "an *engineering* degree"."""
    for labels in reversed(fields):
        for label in labels:
            before = text[:start].rstrip().removesuffix(" or").removesuffix(" and").rstrip("/")
            low = len(before) - len(label)
            if before[max(0, low) :].lower() == label and not text[low - 1 : low].isalnum():
                start = low
                break
    return start


def _labels(field: Term, vocabulary: Vocabulary) -> list[str]:
    """Return how a field may be written, the longest first."""
    concept = vocabulary.concepts.get(field.concept or "")
    labels = [field.label, *(vocabulary.labels_of(concept) if concept else ())]
    return sorted({label.lower() for label in labels}, key=lambda label: (-len(label), label))


def _degree_and_fields(text: str, fields: Sequence[Sequence[str]]) -> Iterator[Span]:
    """Yield the parts of a degree's words: all of them with one field, else each by itself.

    Fields that slashes alone part are one: "PhD in Botany / Zoology".
    """
    opened = FIELDS.search(text)
    if opened is None:
        yield 0, len(text)
        return
    items = []
    for start, end in _items(text, opened.end(), fields):
        if not NO_FIELD.fullmatch(text, start, end):
            leads = RELATED.match(text, start, end)
            items.append((leads.end() if leads else start, end))
    if (
        items
        and PLAIN.fullmatch(opened.group())
        and all(text[a[1] : b[0]].strip() == "/" for a, b in pairwise(items))
    ):
        yield 0, items[-1][1]
        return
    yield 0, opened.start()
    yield from items


def _items(text: str, start: int, fields: Sequence[Sequence[str]]) -> list[Span]:
    """Return the fields that are listed from `start` on.

    What stands between two known fields is one too (the commas may be lost), unless it shares
    the last word of the next: "mechanical or marine engineering".
    """
    lower = text.lower()
    known: list[Span] = []
    for labels in fields:
        for label in labels:
            at = lower.find(label, start)
            while at >= 0 and not _is_whole(lower, at, at + len(label)):
                at = lower.find(label, at + 1)
            if at >= 0 and not any(low < at + len(label) and at < high for low, high in known):
                known.append((at, at + len(label)))
                break
    items: list[Span] = []
    position = start
    for low, high in sorted(known):
        between = text[position:low].strip(" ,/")
        may_share = between and COMMON.search(text, low, high)
        shared = SHARED.fullmatch(text, position, low) if may_share else None
        if between and shared is None and not JOINING.fullmatch(between):
            items.append((position, low))
        before = items[-1][0] if items and _shares(text, items[-1], (low, high)) else None
        if before is not None:
            items.pop()
        items.append((shared.start("word") if shared else low if before is None else before, high))
        position = high
    if text[position:].strip(" ,./)") and not JOINING.match(text[position:].strip()):
        items.append((position, len(text)))
    return items or [(start, len(text))]


def _shares(text: str, first: Span, second: Span) -> bool:
    """Tell whether two fields say their last word once: "electrical or mechanical engineering"."""
    alone = " " not in text[slice(*first)].strip()
    both = text[first[1] : second[0]].strip().lower() in ("or", "and", "/")
    return alone and both and COMMON.search(text, *second) is not None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no letter or digit stands at either end."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, two degrees as one where one word serves both: "BS or MS degree"."""
    current: Span | None = None
    for span in sorted(spans):
        if (
            current
            and EITHER.fullmatch(text, current[1], span[0])
            and SERVES.search(text, *span)
            and not SERVES.search(text, *current)
        ):
            current = current[0], span[1]
            continue
        if current:
            yield current
        current = span
    if current:
        yield current


def _whole_words(text: str, span: Span) -> Span:
    """Return a span with what is joined to it by a sign without a blank: "*Java*/Python"."""
    start, end = span
    while start > 1 and text[start - 1] in JOINTS and _in_name(text[start - 2]):
        start -= 1
        while start and (text[start - 1].isalnum() or text[start - 1] in "+#."):
            start -= 1
    while end + 1 < len(text) and text[end] in JOINTS and BEGINS.match(text, end + 1):
        end += 1
        while end < len(text) and (text[end].isalnum() or text[end] in "+#"):
            end += 1
    return start, end


def _in_name(sign: str) -> bool:
    return sign.isalnum() or sign in "+#"  # "C#/.NET"


def _with_head(text: str, span: Span, starts: Container[int]) -> Span:
    """Return a span with the words that go on with its name: "modern *Kubernetes* environments".

    None goes on where the next of the spans begins, at one of `starts`; its version does.
    """
    start, end = span
    heads = classes()["head"]
    if version := VERSION.match(text, end):
        end = version.end()
    while (match := NEXT.match(text, end)) and match["word"].lower() in heads:
        if match.start("word") in starts:
            break
        end = match.end()
    before = BEFORE.search(text, max(0, start - WIDEST), start)
    if before and before["word"].lower() in classes()["modifier"]:
        start = before.start("word")
    return start, end


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans with those that overlap as one."""
    current: Span | None = None
    for start, end in sorted(spans):
        if current is None:
            current = start, end
        elif start < current[1]:
            current = current[0], max(current[1], end)
        else:
            yield current
            current = start, end
    if current is not None:
        yield current


def _with_short_forms(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, a name and its abbreviation in brackets as one."""
    reached = -1
    for start, end in spans:
        if start < reached:
            continue
        short = SHORT.match(text, end)
        if short and _stands_for(short["short"], text[start:end]):
            end = short.end()
        yield start, end
        reached = end


def _stands_for(short: str, name: str) -> bool:
    """Tell whether letters are the initials of a name; "a" may be left out: "IaC", "IC"."""
    initials = "".join(word[0] for word in re.split(r"[\s/-]+", name) if word).lower()
    letters = "".join(filter(str.isalpha, short)).lower()
    return len(letters) > 1 and (letters == initials or letters == initials.replace("a", "", 1))
