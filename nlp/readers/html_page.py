"""Pages: the posting's part of an HTML page, with what its data states beside it.

A page tells search engines what it advertises (JSON-LD, else microdata or RDFa): those are the
fields, and the description there is the body, unless the page itself says clearly more or keeps
the lines that the description lost. A page without such data gives its content alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from nlp import markup
from nlp.heading_names import fold
from nlp.readers import jsonld, microdata
from nlp.readers.page_content import Content, find_content
from nlp.readers.raw import FieldKind, Input, RawField, RawPosting, Unread

PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,9999}(?:<\?xml[^>]{0,200}\?>\s{0,999})?"
    rb"(?:<!--[^>]{0,2000}-->\s{0,999}){0,9}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE,
)
CHARSET: Final = re.compile(
    rb"<meta\b[^>]{0,300}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
CHARSET_WITHIN: Final = 4096
WESTERN: Final = "cp1252"
"""What pages without a charset are read in, and those that say ISO 8859-1 or ASCII."""
SCRIPT: Final = "script[type*='ld+json']"
ADDRESS: Final = "link[rel=canonical][href^=http],meta[property='og:url'][content^=http]"
TITLES: Final = "meta[property='og:title'],meta[name='twitter:title']"
SITE_NAME: Final = "meta[property='og:site_name']"
BETWEEN: Final = re.compile(r" [|·•»–—-] | ?[|»] ?")
"""What stands between the parts of a page's title: "Data Engineer | Acme Careers"."""
RICHER: Final = 1.5
"""So many times the words of its description a page has that says clearly more."""
MORE_WORDS: Final = 20
CUT: Final = re.compile(r"(?:\.\.\.|…|[^\s.!?>:;)])$")
"""The end of a description that broke off: of a whole one a sentence ends there, or a tag."""
SAME: Final = 0.8
"""The share of a description's words in a row that are on the page, too, if it describes it."""
LINES: Final = 5
SNIPPET: Final = 80
"""Words up to which a description may be a summary in words of its own."""
FEWEST_WORDS: Final = 20
LISTED: Final = 10
"""Links from which on a page without prose is a list."""
NO_TEXT: Final = (
    "a page without a posting's text; if a script draws it, save the page from the browser"
)
BROKEN: Final = "JSON-LD in a script of the page that cannot be read"


def recognises(head: bytes) -> bool:
    """Tell whether the input is a whole page, as against a text with HTML inside."""
    return PAGE.match(head) is not None


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the page's posting, or those that its data state; a list of links is named as such."""
    tree = markup.parse(page_text(source.stream.read()))
    jobs: list[RawPosting | Unread] = []
    for script in tree.css(SCRIPT):
        text = script.text()
        try:
            jobs += jsonld.postings_of(jsonld.parse(text), lenient=True)
        except ValueError as error:
            if "JobPosting" in text:
                yield Unread(f"{BROKEN}: {error}", "", text)
    if not jobs:
        jobs += jsonld.postings_of(microdata.job_nodes(tree), lenient=True)
    hints = _title_hints(tree)
    content = find_content(tree)
    told = [job for job in jobs if isinstance(job, RawPosting)]
    if len(told) == 1:
        yield _described(told[0], content)
        return
    for job in jobs:
        if isinstance(job, RawPosting) and not job.body:
            job = Unread(jsonld.NO_TEXT, job.position, job.record)
        yield job
    if not jobs:
        yield _undescribed(content, hints, tree)


def page_text(data: bytes) -> str:
    """Return a page's text: UTF-8 if it is that, else in the charset that the page names."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = CHARSET.search(data, 0, CHARSET_WITHIN)
    try:
        name = codecs.lookup(named[1].decode("ascii")).name if named else WESTERN
    except LookupError:
        name = WESTERN
    if name in ("ascii", "iso8859-1"):
        name = WESTERN
    return data.decode(name, errors="replace")


def _described(job: RawPosting, content: Content) -> RawPosting | Unread:
    """Return a posting whose data the page has, with the richer of its two texts as body."""
    stated, shown = _words(markup.to_text(job.body)), _words(content.text)
    if _is_richer(job.body, stated, content.text, shown):
        return replace(job, body=content.html)
    return job if job.body else Unread(jsonld.NO_TEXT, job.position, job.record)


def _is_richer(body: str, stated: list[str], page: str, shown: list[str]) -> bool:
    if len(shown) < max(len(stated), FEWEST_WORDS):
        return False
    times = 1 if CUT.search(body.rstrip()) else RICHER
    more = len(shown) >= times * len(stated) + MORE_WORDS
    if len(stated) <= SNIPPET and more:
        return True
    flat = len(markup.to_text(body).split("\n")) < LINES <= len(page.split("\n"))
    return (more or (flat and len(stated) > SNIPPET)) and _share(stated, shown) >= SAME


def _share(stated: list[str], shown: list[str]) -> float:
    """Return how many of the one text's runs of three words the other has, too."""
    runs = set(zip(stated, stated[1:], stated[2:], strict=False))
    return len(runs & set(zip(shown, shown[1:], shown[2:], strict=False))) / max(1, len(runs))


def _undescribed(content: Content, hints: list[str], tree: LexborHTMLParser) -> RawPosting | Unread:
    """Return the content of a page that has no data, with its title if the content has none."""
    words = len(content.text.split())
    if words < FEWEST_WORDS:
        if content.links >= LISTED:
            return Unread(
                f"a page that lists {content.links} links, without a posting's text; "
                "give the pages that they lead to"
            )
        return Unread(NO_TEXT)
    fields: list[RawField] = []
    if not content.has_heading and (title := _title(content, hints)):
        fields.append(RawField(FieldKind.TITLE, title))
    address = tree.css_first(ADDRESS)
    if address is not None:
        attributes: Mapping[str, str | None] = address.attributes
        url = attributes.get("href") or attributes.get("content") or ""
        fields.append(RawField(FieldKind.URL, url.strip()))
    return RawPosting(content.html, tuple(fields))


def _title_hints(tree: LexborHTMLParser) -> list[str]:
    """Return what the page's head calls it, the site's name left out."""
    said = [node.attributes.get("content") or "" for node in tree.css(TITLES)]
    title = tree.css_first("head title")
    said.append(title.text() if title else "")
    site = tree.css_first(SITE_NAME)
    name = fold((site.attributes.get("content") or "") if site else "")
    hints = []
    for one in said:
        parts = [part for part in BETWEEN.split(" ".join(one.split())) if fold(part) != name]
        hints += parts[:1] if len(parts) < 3 else parts
    return [hint for hint in hints if hint]


def _title(content: Content, hints: list[str]) -> str:
    """Return the page's heading if it stands outside its content, else what its head calls it."""
    if content.heading:
        return content.heading
    if fold(hints[0] if hints else "") in map(fold, content.text.split("\n")):
        return ""  # a line of the text says it
    return hints[0] if hints else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
