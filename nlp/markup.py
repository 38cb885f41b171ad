"""HTML inside a text: tags out, blocks on lines of their own, list items kept as bullets."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser

TAG: Final = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|i|li|ol|p|script|span|strong|style|table|td|tr|u|ul)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|rsquo|lsquo|mdash|ndash|bull|#\d{2,6});")
BLOCKS: Final = "address,blockquote,div,h1,h2,h3,h4,h5,h6,ol,p,section,table,td,tr,ul"
RUN_ON: Final = frozenset({"a", "b", "em", "i", "li", "p", "span", "strong", "td", "u"})
"""Elements inside which a line break of the source means no more than a blank."""
END: Final = "\ue000"
"""Marks the end of the HTML, to see in which element the plain text behind it goes on."""
MARKERS_NEEDED: Final = 2
"""One "<b>" may be a placeholder ("<company>" is none); a text with markup has more."""


def has_markup(text: str) -> bool:
    """Tell whether the text holds HTML, as against a sign that merely looks like a tag."""
    tags = islice(TAG.finditer(text), MARKERS_NEEDED)
    return len(list(tags)) == MARKERS_NEEDED or ENTITY.search(text) is not None


def to_text(text: str) -> str:
    """Return what a reader sees: a block a line, "• " before list items, no tags, no scripts.

    What stands before the first tag and behind the last one is kept as it is: pages put plain
    lines round their HTML, and a text that was cut off never closes its elements.
    """
    tags = [match.span() for match in TAG.finditer(text)]
    if not tags:
        return unescape(text)
    head, tail = text[: tags[0][0]], text[tags[-1][1] :]
    seen, _, _ = _render(text[tags[0][0] : tags[-1][1]] + END).rpartition(END)
    if tail.startswith("\n") or not tail:
        seen = seen.rstrip("\n")
    if head.endswith("\n") or not head:
        seen = seen.lstrip("\n")
    return unescape(head) + seen + unescape(tail)


def _render(html: str) -> str:
    tree = LexborHTMLParser(html)
    body = tree.body
    if body is None:
        return ""
    for node in tree.css("script,style,noscript,template,iframe,svg"):
        node.decompose()
    for node in list(body.traverse(include_text=True)):
        parent = node.parent
        if node.tag == "-text" and parent is not None and parent.tag in RUN_ON:
            content = node.text_content or ""
            if "\n" in content:
                node.replace_with(re.sub(r"\s*\n\s*", " ", content))
    for node in tree.css(BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    for node in tree.css("br"):
        node.insert_after("\n")
    for node in tree.css("li"):
        node.insert_before("\n• ")
        node.insert_after("\n")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in body.text().split("\n")]
    seen = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line != "•"))
    return re.sub(r"\n\n(?=• )", "\n", seen)
