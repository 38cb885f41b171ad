"""Raw postings to postings: repaired, below a card of their fields, and found to be postings."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final

from nlp.contacts import MASK, mask
from nlp.readers.card import make_card
from nlp.readers.language import languages
from nlp.readers.raw import RawField, RawPosting, ReadingOptions
from nlp.readers.recognition import ENOUGH, is_whole, weigh
from nlp.readers.sources import SetAside
from nlp.repair import IsName, repair
from nlp.types import Edit, FieldKind, Posting

FEWEST_WORDS: Final = 20
"""Fewer words than this are a note, not an advertisement of a job."""
LONGEST: Final = 2_000_000
"""Characters of one posting at the most: a hundred pages would have a tenth of it."""
MOSTLY: Final = 0.7
"""The share of English from which on a text is English, with a passage in another language."""
HALF: Final = 0.3
"""The share that one of two languages has at the least; less is a heading, a boast, a link."""
TELLING: Final = frozenset(
    {
        FieldKind.TITLE,
        FieldKind.EMPLOYER,
        FieldKind.PLACE,
        FieldKind.APPLICANT_PLACE,
        FieldKind.EMPLOYMENT_TYPE,
        FieldKind.PAY,
        FieldKind.PAY_ESTIMATE,
        FieldKind.VALID_THROUGH,
    }
)
"""Fields of which three make a posting, whatever its text says: an article has a title."""
CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]+")
SURROGATE: Final = re.compile("[\ud800-\udfff]")
REWORDING: Final = frozenset({"repair:html", "repair:mojibake"})
"""Repairs of whole stretches of a text, by which an address that was spelt in HTML can be read."""
LOST: Final = "\ufffd"


class NotAPosting(ValueError):
    """The record is no posting for our rules; the message says why."""


@dataclass(frozen=True, slots=True)
class File:
    """The file that is read: its absolute path, its name in the graph, and its bytes' SHA-256.

    `reader` is the module of `nlp.readers` that reads it.
    """

    path: str
    name: str
    sha256: str
    reader: str = ""


def compose(
    raw: RawPosting,
    file: File,
    is_name: IsName,
    options: ReadingOptions,
    flags: tuple[str, ...] = (),
) -> Posting | SetAside:
    """Return the posting of a record, or the record with the reason why it is none.

    `flags` are those of the whole file.
    """
    try:
        posting = _posting(replace(raw, flags=(*flags, *raw.flags)), file, is_name, options)
        check_posting(posting)
    except NotAPosting as reason:
        origin = f"{file.name}#{raw.part}" if raw.part else file.name
        where = {} if raw.position or raw.record else {"path": file.path, "sha256": file.sha256}
        return SetAside(origin, str(reason), raw.position, raw.record, **where)
    return posting


def _posting(raw: RawPosting, file: File, is_name: IsName, options: ReadingOptions) -> Posting:
    if len(raw.body) > LONGEST:
        raise NotAPosting(f"too long for one posting: {len(raw.body):,} characters; split it")
    record_sha256 = hash_record(raw)
    flags = set(raw.flags)
    raw = _printed(raw, flags)
    card = make_card(raw.fields, is_name)
    flags |= {f"hint-too-long:{field.kind}" for field in card.prose}
    read = "\n\n".join([raw.body, *(field.value for field in card.prose)])
    if not options.keep_contacts:
        read, _ = mask(read)
    body, edits = repair(read, is_name)
    text = card.text + body
    if not options.keep_contacts:
        text, more = mask(text)
        edits = tuple(map(_hidden, edits)) if more else edits
    length = len(card.text)
    return Posting(
        source=file.name,
        text=text,
        source_sha256=file.sha256,
        edits=tuple(Edit(e.rule, e.start + length, e.before, e.after) for e in edits),
        part=raw.part,
        card=length,
        hints=card.hints,
        flags=tuple(sorted(flags)),
        record_sha256=record_sha256,
        reader=file.reader if record_sha256 else "",
    )


def hash_record(raw: RawPosting) -> str:
    """Return the hash of a record as UTF-8, where nothing else tells what is read from it.

    There is none in a file that is no list of records, nor where something is noted that the
    record does not show: how the file's bytes were read.
    """
    if raw.flags or not (raw.part and raw.record):
        return ""
    return hashlib.sha256(raw.record.encode(errors="surrogatepass")).hexdigest()


def _hidden(edit: Edit) -> Edit:
    """Return a change without its words, where they may hold a contact that it brought to light."""
    shown = edit.rule not in REWORDING
    return edit if shown else replace(edit, before=MASK, after=MASK)


def _printed(raw: RawPosting, flags: set[str]) -> RawPosting:
    """Return a record without signs that no text has; flags say what was lost."""

    def clean(text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        whole = CONTROL.sub("", text)
        if whole != text:
            flags.add("control-characters-dropped")
        whole = whole if whole.isascii() else SURROGATE.sub(LOST, whole)
        if LOST in whole:
            flags.add("characters-lost")
        return whole

    fields = tuple(RawField(field.kind, clean(field.value)) for field in raw.fields)
    return replace(raw, body=clean(raw.body), fields=fields, part=clean(raw.part))


def check_posting(posting: Posting) -> None:
    """Raise `NotAPosting` for a text in another language, and for what advertises no job.

    Of a posting in two languages it is enough that one is English and says what is asked. The
    fields of a source speak for it as the signs in a text do.
    """
    body = posting.text[posting.card :]
    if reason := _not_english(body):
        raise NotAPosting(reason)
    fields = len({hint.kind for hint in posting.hints} & TELLING)
    if fields >= ENOUGH:
        return
    words = len(posting.text.split())
    if words < FEWEST_WORDS:
        noun = "word" if words == 1 else "words"
        raise NotAPosting(f"no posting: only {words} {noun}")
    weight = weigh(body, ENOUGH - fields) + fields
    if weight < ENOUGH:
        raise NotAPosting(
            f"no posting: {weight} of the {ENOUGH} signs that tell one (what is asked for, who "
            "hires, pay, how to apply)"
        )


def _not_english(text: str) -> str | None:
    """Return why a text is none for English rules: the name of its language."""
    found = languages(text)
    if found.name is None or found.share > MOSTLY:
        return None
    if found.share > HALF and is_whole(found.english_text):
        return None
    return f"not English: {found.name} (the posting's language)"
