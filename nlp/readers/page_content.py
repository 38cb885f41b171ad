"""The posting's part of a page, by the page's structure: what is furniture goes, the rest stays.

Furniture is what HTML itself names so (nav, aside, dialog, roles), what words of a class or id
name so ("cookie-banner"), what a heading of other postings heads, and blocks that are mostly
links to other pages. None of these may take the page's heading or much of its prose along: sites
wrap whole pages in a form, or call the wrapper "with-menu". Of the rest, the smallest element is
taken that holds the heading and almost all of the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nlp import markup
from nlp.heading_names import fold
from nlp.headings import heading_kind, is_furniture
from nlp.patterns import table
from nlp.types import SectionKind

NEVER_TEXT: Final = (
    "script,style,noscript,template,iframe,svg,canvas,video,audio,object,embed,select,button,input,"
    "textarea,map,datalist,progress"
)
FURNITURE: Final = (
    "nav,aside,dialog,footer,header,form,menu,[hidden],[aria-hidden=true],[aria-modal=true],"
    "[role=navigation],[role=banner],[role=contentinfo],[role=search],[role=dialog],"
    "[role=alertdialog],[role=complementary],[role=menu],[role=menubar],[role=toolbar]"
)
"""What HTML and ARIA call something else than the content of a page."""
OF_A_PART: Final = frozenset({"article", "main"})
"""Elements that may have a header and asides of their own."""
HEADINGS: Final = "h2,h3,h4,h5,h6,strong,b,[role=heading]"
HEADS: Final = frozenset({"b", "h1", "h2", "h3", "h4", "h5", "h6", "strong"})
PART: Final = re.compile(r"[A-Za-z][a-z]*")
"""A word of a class or an id: "jobShare", "job-share", "job_share"."""
LONGEST_NAMES: Final = 500
LONGEST_LINE: Final = 100
MOST: Final = 0.35
"""The share of the page's prose from which on an element is no furniture, whatever its name."""
NEARLY_ALL: Final = 0.9
"""The share of the prose that the posting's part holds."""
HALF: Final = 0.5
LINKS: Final = 3
"""So many links at the least make a list of links."""
LINKED: Final = 0.6
"""The share of linked text from which on a block is a list of links."""
WORDS_A_LINK: Final = 2.5
"""Links to other postings have more words on the average, tags such as "SQL" fewer."""


@dataclass(frozen=True, slots=True)
class Content:
    """The posting's part of a page: its HTML, its lines, and whether it holds the page's heading.

    `heading` is the page's, wherever it stands; `links` counts those of the whole page.
    """

    html: str
    text: str
    heading: str
    links: int
    has_heading: bool


class _Weight(NamedTuple):
    """Characters of an element's text, those of them that are linked, its links, their words.

    `start` is how much text of the page stands before it.
    """

    text: int = 0
    linked: int = 0
    links: int = 0
    words: int = 0
    start: int = 0

    @property
    def prose(self) -> int:
        return self.text - self.linked


class _Page:
    """A page's body with what is known of its elements, measured anew after each removal."""

    def __init__(self, body: LexborNode, title: str) -> None:
        self.body: Final = body
        self.heading: Final = _find_heading(body, title)
        above = _above(self.heading) if self.heading else ()
        self.around_heading: Final = frozenset(node.mem_id for node in above)
        self.measure()

    def measure(self) -> None:
        self.weights = _weigh(self.body)
        self.most = MOST * self.weight(self.body).prose

    def weight(self, node: LexborNode) -> _Weight:
        return self.weights.get(node.mem_id, _Weight())

    def may_go(self, node: LexborNode) -> bool:
        """Tell whether an element can be furniture: not the heading's, not much of the prose."""
        kept = node.mem_id in self.around_heading or node.tag == "body"
        return not kept and self.weight(node).prose <= self.most

    def line(self, node: LexborNode) -> str:
        """Return the text of an element that is one line at the most, else ""."""
        return _line(node) if 0 < self.weight(node).text <= LONGEST_LINE else ""

    def remove(self, nodes: Iterable[LexborNode]) -> None:
        """Take out those of the elements that may go, each with all in it."""
        furniture = [node for node in nodes if self.may_go(node)]
        if furniture:
            take_out(furniture)
            self.measure()


def find_content(tree: LexborHTMLParser) -> Content:
    """Return the posting's part of the page. Furniture is taken out of the tree for good."""
    title = tree.css_first("head title")
    words = title.text() if title else ""
    take_out(tree.css(NEVER_TEXT))
    if tree.body is None:
        return Content("", "", "", 0, has_heading=False)
    page = _Page(tree.body, words)
    links = page.weight(page.body).links
    for find in STEPS:
        page.remove(list(find(page)))
    part = _smallest(page)
    return Content(
        html=f"<div>{part.html or ''}</div>",
        text=markup.lines_of(part).strip("\n"),
        heading=_line(page.heading) if page.heading else "",
        links=links,
        has_heading=part.mem_id in page.around_heading,
    )


def take_out(nodes: Iterable[LexborNode]) -> None:
    """Remove elements from their tree; one that lies in another goes with it, and only once."""
    chosen = {node.mem_id: node for node in nodes}
    for node in [n for n in chosen.values() if not _lies_in(n, chosen.keys())]:
        node.decompose()


def _lies_in(node: LexborNode, chosen: Iterable[int]) -> bool:
    above = _above(node)
    next(above)
    return any(one.mem_id in chosen for one in above)


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and those around it, from the inside out."""
    above: LexborNode | None = node
    while above is not None:
        yield above
        above = above.parent


def _line(node: LexborNode) -> str:
    return " ".join(markup.lines_of(node).split())


def _find_heading(body: LexborNode, title: str) -> LexborNode | None:
    """Return the page's heading: the one that its title repeats, else that of its main part."""
    headings = [node for node in body.css("h1") if node.text().strip()]
    named = [node for node in headings if fold(_line(node)) in fold(title)]
    inside = [n for n in headings if OF_A_PART & {above.tag for above in _above(n)}]
    return next(iter((*named, *inside, *headings)), None)


def _weigh(body: LexborNode) -> dict[int, _Weight]:
    """Return the weight of each element that has text."""
    found: dict[int, _Weight] = {}
    open_: list[_Weight] = []
    text = linked = links = words = inside = 0
    for node, enters in markup.walk(body):
        if node.tag == "-text":
            parts = (node.text_content or "").split()
            length = sum(map(len, parts))
            text += length
            if inside:
                linked += length
                words += len(parts)
        elif enters:
            open_.append(_Weight(text, linked, links, words))
            inside += node.tag == "a"
        else:
            before = open_.pop()
            if node.tag == "a":
                inside -= 1
                links += text > before.text
            if text > before.text:
                found[node.mem_id] = _Weight(
                    text - before.text,
                    linked - before.linked,
                    links - before.links,
                    words - before.words,
                    before.text,
                )
    found[body.mem_id] = _Weight(text, linked, links, words)
    return found


def _named_by_html(page: _Page) -> Iterator[LexborNode]:
    """Find what HTML calls furniture; a posting may have a header and asides of its own."""
    for node in page.body.css(FURNITURE):
        own = node.tag in ("header", "aside")
        if not own or OF_A_PART.isdisjoint({above.tag for above in _above(node)}):
            yield node


def _named_by_class(page: _Page) -> Iterator[LexborNode]:
    for node in page.body.css("[class],[id]"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        words = PART.findall(names[:LONGEST_NAMES])
        if not _part_words().isdisjoint(map(str.lower, words)):
            yield node


def _other_postings(page: _Page) -> Iterator[LexborNode]:
    """Find headings of other postings with what they head: their block, or what follows them."""
    for heading in page.body.css(HEADINGS):
        line = page.line(heading)
        if not line or heading_kind(line) is not SectionKind.RELATED:
            continue
        weight = page.weight(heading)
        block = heading
        for above in _above(heading):
            if page.weight(above).start != weight.start or not page.may_go(above):
                break
            block = above
        yield block
        beside = block.next if page.weight(block).text == weight.text else None
        while beside is not None and not (beside.tag in HEADS and page.line(beside)):
            if not page.may_go(beside):
                break
            if beside.tag != "-text":
                yield beside
            beside = beside.next


def _buttons(page: _Page) -> Iterator[LexborNode]:
    return _furniture_lines(page, "a")


def _labels(page: _Page) -> Iterator[LexborNode]:
    return _furniture_lines(page, "p,div,label,section,ul")


def _furniture_lines(page: _Page, selector: str) -> Iterator[LexborNode]:
    for node in page.body.css(selector):
        line = page.line(node)
        if line and is_furniture(line) and heading_kind(line) is None:
            yield node


def _lists_of_links(page: _Page) -> Iterator[LexborNode]:
    for node in page.body.css("ul,ol,table,section,aside,div,dl"):
        weight = page.weight(node)
        mostly = weight.links >= LINKS and weight.linked >= LINKED * weight.text
        if mostly and weight.words >= WORDS_A_LINK * weight.links:
            yield node


STEPS: Final = (
    _named_by_html,
    _named_by_class,
    _other_postings,
    _buttons,
    _labels,
    _lists_of_links,
)
"""What finds furniture, one after the other: a label stands alone when its buttons are gone."""


def _smallest(page: _Page) -> LexborNode:
    """Return the smallest element that holds the heading and almost all of the prose."""
    part: LexborNode = page.body
    for tag in ("main,[role=main]", "article"):
        for node in part.css(tag):
            if _holds(page, node, HALF * page.weight(part).prose):
                part = node
                break
    least = NEARLY_ALL * page.weight(part).prose
    inner = part.child
    while inner is not None:
        if inner.tag != "-text" and _holds(page, inner, least):
            part, inner = inner, inner.child
        else:
            inner = inner.next
    return part


def _holds(page: _Page, node: LexborNode, prose: float) -> bool:
    heading = page.heading is None or node.mem_id in page.around_heading
    return heading and page.weight(node).prose >= max(prose, 1)


@cache
def _part_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("page_parts"))
