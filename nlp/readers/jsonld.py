"""JSON-LD: schema.org JobPostings in files of their own, and in the scripts of pages.

A file may hold one node, a list, a `@graph`, an `ItemList`, or a node a line; a JobPosting is
taken wherever it stands in it. A node that is only named (`{"@id": ...}`) is looked up in the
same document. JSON that a site wrote by hand is mended where comments and commas too many are
all that is wrong with it; of JSON that breaks off the whole records before the break are read.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from nlp.readers.job_posting import read_job
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.schema_values import local, types_of

JOB: Final = re.compile(
    rb"[\"']@type[\"']\s{0,99}:\s{0,99}(?:\[[^\]]{0,200})?[\"'](?:https?://(?:www\.)?schema\.org/|schema:)?"
    rb"JobPosting[\"']"
)
OPENS: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9999}[\[{]")
REPAIRS: Final = re.compile(
    r'(?P<kept>"(?:[^"\\]|\\.)*"?)|//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?|,(?=\s*[}\]])',
    re.DOTALL,
)
"""Comments and commas too many; strings are kept. What is never closed goes on to the end."""
WRAPPING: Final = re.compile(r"^(?:<!--|(?://|/\*)?\s?<!\[CDATA\[(?:\s?\*/)?)")
WRAPPED: Final = re.compile(r"(?:(?:-->|(?://|/\*)?\s?\]\]>(?:\s?\*/)?)\s?;?|;)$")
LISTS: Final = ("item", "@graph.item", "itemListElement.item")
"""Where a document has its records, as `ijson` names the places."""
BROKEN: Final = "JSON that cannot be read"
NO_TEXT: Final = "a JobPosting without a description; give the page that its url names"


class TooDeep(ValueError):
    """JSON nested deeper than any posting."""


def recognises(head: bytes) -> bool:
    """Tell whether the input is JSON that holds a JobPosting of schema.org."""
    return OPENS.match(head) is not None and JOB.search(head) is not None


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the JobPostings of a file, each with its description as body."""
    first = source.stream.readline()
    source.stream.seek(0)
    if _is_record(first) and len(first) < len(source.head):
        yield from _read_lines(source)
        return
    data = source.stream.read()
    try:
        document = parse(data.decode("utf-8-sig", errors="replace"))
    except ValueError as error:
        deep = isinstance(error, TooDeep)
        whole = [] if deep else list(_whole_records(data))
        yield from postings_of(whole)
        yield Unread(f"{BROKEN}: {error}", "behind the last whole record" if whole else "")
        return
    found = list(postings_of(document))
    yield from found or [Unread("JSON-LD without a JobPosting")]


def parse(text: str) -> object:
    """Return the document; raises `ValueError` with the parser's message where it is no JSON."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise TooDeep("nested too deep") from None
    except json.JSONDecodeError as error:
        bare = WRAPPED.sub("", WRAPPING.sub("", text.strip(), count=1), count=1)
        mended = REPAIRS.sub(lambda match: match["kept"] or "", bare)
        try:
            return json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            raise error from None


def postings_of(document: object, *, lenient: bool = False) -> Iterator[RawPosting | Unread]:
    """Yield the JobPostings of a document in order; one without any text is named as unread.

    If `lenient`, that one comes with an empty body: there may be a page that has the text.
    What is there twice, word for word, comes once. Of several the position tells them apart where
    they have no identifiers of their own.
    """
    jobs: dict[str, RawPosting] = {}
    try:
        for node, position in job_nodes(document):
            job = read_job(node, position)
            jobs.setdefault(job.record, job)
    except RecursionError:
        yield Unread(f"{BROKEN}: nested too deep")
    parts = Counter(job.part for job in jobs.values())
    for job in jobs.values():
        if not job.body and not lenient:
            yield Unread(NO_TEXT, job.position, job.record)
        elif parts[job.part] > 1 or (len(jobs) > 1 and not job.part):
            yield replace(job, part=job.position)
        else:
            yield job


def job_nodes(document: object) -> list[tuple[Mapping[str, object], str]]:
    """Return the JobPosting nodes of a document, each with where it stands: "@graph[2]"."""
    plain = _plain(document)
    named: dict[str, Mapping[str, object]] = {}
    found: list[tuple[Mapping[str, object], str]] = []
    for node, position in _nodes(plain, ""):
        if isinstance(name := node.get("@id"), str) and len(node) > 1:
            named.setdefault(name, node)
        if "JobPosting" in types_of(node):
            found.append((node, position))
    return [(_resolved(node, named), position) for node, position in found]


def _plain(value: object) -> object:
    """Return the document with the terms' short names as keys."""
    if isinstance(value, dict):
        return {local(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _nodes(value: object, position: str) -> Iterator[tuple[Mapping[str, object], str]]:
    """Yield the nodes in order, those in a node behind it; a JobPosting's parts are no postings."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _nodes(one, f"{position}[{index}]")
    elif isinstance(value, dict):
        yield value, position
        inside = "JobPosting" in types_of(value)
        for key, one in value.items():
            below = _nodes(one, f"{position}.{key}" if position else key)
            yield from ((n, p) for n, p in below if not (inside and "JobPosting" in types_of(n)))


def _resolved(node: Mapping[str, object], named: Mapping[str, object]) -> Mapping[str, object]:
    """Return the node with what it only names put in, one step far."""
    return {key: _look_up(value, named) for key, value in node.items()}


def _look_up(value: object, named: Mapping[str, object]) -> object:
    if isinstance(value, list):
        return [_look_up(one, named) for one in value]
    if isinstance(value, dict) and value.keys() == {"@id"}:
        return named.get(str(value["@id"]), value)
    return value


def _is_record(line: bytes) -> bool:
    return line.strip().endswith(b"}") and JOB.search(line) is not None


def _read_lines(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the postings of a file with a document a line, without holding more than a line."""
    for number, line in enumerate(source.stream, start=1):
        if not line.strip():
            continue
        text = line.decode("utf-8", errors="replace")
        try:
            found: Sequence[RawPosting | Unread] = list(postings_of(parse(text)))
        except ValueError as error:
            found = [Unread(f"{BROKEN}: {error}")]
        for one in found or [Unread("JSON-LD without a JobPosting")]:
            place = f"line {number}" + (f", {one.position}" if one.position else "")
            record = one.record or text
            if isinstance(one, RawPosting):
                yield replace(one, part=one.part or str(number), position=place, record=record)
            else:
                yield replace(one, position=place, record=record)


def _whole_records(data: bytes) -> Iterator[object]:
    """Yield the records of a list that is cut off, up to the last that is whole."""
    import ijson

    for place in LISTS:
        records = ijson.items(io.BytesIO(data), place, use_float=True)
        try:
            yield from records
        except (ijson.JSONError, UnicodeDecodeError):
            continue
