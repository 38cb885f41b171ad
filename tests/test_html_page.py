"""Pages: the posting's part, what its data state, and what is said of a page without a posting."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import markup
from nlp.readers import html_page
from nlp.readers.html_page import page_text
from nlp.readers.raw import Input, RawPosting, Unread

TEXT = (
    "<p>We look for somebody who draws maps of places where nobody has been, and who comes back "
    "to print them before the rain does.</p><ul><li>3+ years of Python<li>SQL</ul>"
)
LINES = [
    "We look for somebody who draws maps of places where nobody has been, and who comes back "
    "to print them before the rain does.",
    "• 3+ years of Python",
    "• SQL",
]
LINKS = "".join(f"<li><a href=/{n}>Drawer of maps in region {n}</a>" for n in range(12))


def read(page: str) -> list[RawPosting | Unread]:
    data = page.encode()
    return list(html_page.read(Input("page.html", io.BytesIO(data), data[: 1 << 16])))


def lines(page: str) -> list[str]:
    (found,) = read(page)
    assert isinstance(found, RawPosting), found
    return [line for line in markup.to_text(found.body).split("\n") if line]


def fields(page: str) -> dict[str, str]:
    (found,) = read(page)
    assert isinstance(found, RawPosting), found
    return {field.kind.value: field.value for field in found.fields}


def reasons(page: str) -> list[str]:
    return [found.reason for found in read(page) if isinstance(found, Unread)]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def data(**properties: object) -> str:
    node = {"@context": "https://schema.org", "@type": "JobPosting", **properties}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


RECOGNISED = [
    (b"<!DOCTYPE html><html>", True, "a page"),
    (b"\xef\xbb\xbf\n<html lang=en>", True, "behind a mark and a blank line"),
    (b"<!-- saved from a browser -->\n<!doctype HTML>", True, "behind a comment"),
    (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>", True, "XHTML"),
    (b"<body><p>x", True, "without its head"),
    (b"<p>We look for a cook</p>", False, "text with HTML inside"),
    (b"Cook\n<html>", False, "text above it"),
    (b"<heading>", False, "no page's element"),
    (b"{}", False, "JSON"),
    (b"", False, "nothing"),
]


@pytest.mark.parametrize(("head", "expected", "why"), RECOGNISED)
def test_recognises(head: bytes, expected: bool, why: str) -> None:
    assert html_page.recognises(head) is expected, why


FURNITURE = [
    (f"<nav>{LINKS}</nav>", "navigation"),
    (f"<ul>{LINKS}</ul>", "a list of links without a name"),
    ("<header>Acme makes COBOL</header>", "a site's header"),
    ("<footer><p>We love COBOL</p></footer>", "a site's footer"),
    ("<aside><p>COBOL wanted</p></aside>", "an aside"),
    ("<div role=search>COBOL</div>", "a role"),
    ("<div hidden>COBOL</div>", "hidden"),
    ("<div aria-hidden=true>COBOL</div>", "hidden from readers"),
    ('<div class="gdpr-notice">COBOL cookies</div>', "a class"),
    ('<div id="cookieBanner">COBOL cookies</div>', "an id"),
    ("<form><label>Years of COBOL<input></form>", "a form"),
    ("<select><option>COBOL<option>Perl</select>", "choices"),
    ("<script>let a = '<p>COBOL</p>'</script>", "a script"),
    ("<noscript>COBOL</noscript>", "for browsers without scripts"),
    ("<template><p>COBOL</p></template>", "a template"),
    ("<svg><text>COBOL</text></svg>", "a picture"),
    ("<a href=#>Apply now</a>", "a button"),
    ("<p>Share this job</p>", "a label"),
    ("<div><h3>Similar jobs</h3><p>COBOL, 9+ years</p></div>", "a block of other postings"),
    ("<div><h3>You may also like</h3></div><p>COBOL, 9+ years</p>", "what follows its heading"),
    ("<h4>Related jobs</h4><div>COBOL</div><div>Perl</div>", "a heading and what follows"),
    ("<b>More jobs at Acme</b><p>COBOL</p>", "a heading in bold"),
]


@pytest.mark.parametrize(("furniture", "why"), FURNITURE)
def test_furniture_is_no_part_of_it(furniture: str, why: str) -> None:
    assert lines(page(f"<div>{TEXT * 3}</div>{furniture}")) == LINES * 3, why
    assert lines(page(f"<main><h1>Drawer</h1>{TEXT * 3}</main>{furniture}")) == [
        "Drawer",
        *LINES * 3,
    ], why


KEPT = [
    ("<article><header><h1>Drawer</h1><p>Austin, TX</p></header>{}</article>", "its own header"),
    ('<form id=aspnet><div class="page-with-menu"><h1>Drawer</h1><p>Austin, TX</p>{}</div></form>',
     "a form round the whole page, a wrapper with a telling name"),
    ('<div class="modal"><h1>Drawer</h1><p>Austin, TX</p>{}</div>', "the posting in a dialog"),
    ("<header><h1>Drawer</h1><p>Austin, TX</p></header><main>{}</main>", "a heading outside"),
    ("<main><h1>Drawer</h1><aside>Austin, TX</aside>{}</main>", "an aside of the posting's own"),
    ("<table><tr><td><h1>Drawer</h1><p>Austin, TX</p>{}</table>", "tables, never closed"),
    ("<div><div><h1>Drawer</h1><p>Austin, TX</p></div><div>{}</div></div>", "in two blocks"),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "why"), KEPT)
def test_the_posting_is_kept(layout: str, why: str) -> None:
    assert lines(page(layout.format(TEXT))) == ["Drawer", "Austin, TX", *LINES], why


def test_tags_that_are_links_are_kept() -> None:
    tags = "".join(f"<a href=/{tag}>{tag}</a>\n" for tag in ("Python", "SQL", "Go", "Rust"))
    found = lines(page(f"<main><h1>Drawer</h1>{TEXT}<div>{tags}</div></main>"))
    assert " ".join(found[len(LINES) + 1 :]).split() == ["Python", "SQL", "Go", "Rust"]


TITLES = [
    ("<h1>Drawer</h1>", "<title>Drawer of maps</title>", None, "the text has its heading"),
    ("", "<title>Drawer | Acme Careers</title>", "Drawer", "the page's title"),
    ("", "<title>Acme | Drawer</title><meta property='og:site_name' content='Acme'>", "Drawer",
     "not the site's name"),
    ("", "<title>x</title><meta property='og:title' content='Drawer'>", "Drawer", "for sharing"),
    ("<header><h2>a</h2></header>", "", None, "none at all"),
]  # fmt: skip


@pytest.mark.parametrize(("top", "head", "title", "why"), TITLES)
def test_titles(top: str, head: str, title: str | None, why: str) -> None:
    assert fields(page(f"{top}<div>{TEXT}</div>", head)).get("title") == title, why


def test_the_address_of_the_page() -> None:
    link = '<link rel="canonical" href="https://acme.example/jobs/1">'
    assert fields(page(TEXT, link))["url"] == "https://acme.example/jobs/1"


def test_data_come_first_and_their_text_is_the_body() -> None:
    head = data(title="Drawer", hiringOrganization="Acme", description=TEXT)
    shown = page("<h1>Drawer</h1><p>Loading...</p>", head)
    assert lines(shown) == LINES
    assert fields(shown) == {"title": "Drawer", "employer": "Acme"}


RICHER = [
    ("We look for somebody who draws maps", True, "a snippet"),
    (TEXT * 3, False, "the same text"),
    (TEXT * 3 + "<p>Apply by May.</p>", False, "the data say more"),
    (" ".join(LINES * 3), True, "the same text without its lines"),
    ((TEXT * 3)[:-140], True, "broken off near its end"),
    ("", True, "no text"),
    ("Quite another text. " * 40, False, "another text as long"),
]


@pytest.mark.parametrize(("description", "richer", "why"), RICHER)
def test_the_page_is_read_where_it_says_clearly_more(
    description: str, richer: bool, why: str
) -> None:
    (found,) = read(page(f"<h1>Drawer</h1>{TEXT * 3}", data(title="D", description=description)))
    assert isinstance(found, RawPosting)
    assert ("<h1>" in found.body) is richer, why
    assert found.fields[0].value == "D"


def test_several_postings_in_the_data_of_a_page() -> None:
    head = data(title="Drawer", description=TEXT) + data(title="Cook", description="<p>Soup</p>")
    found = read(page(f"<ul>{LINKS}</ul>", head + data(title="Clerk", url="https://a.example/3")))
    assert [one.fields[0].value for one in found if isinstance(one, RawPosting)] == [
        "Drawer",
        "Cook",
    ]
    assert [one.reason for one in found if isinstance(one, Unread)] == [
        "a JobPosting without a description; give the page that its url names"
    ]


MARKED = [
    '<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop=title>Drawer</h1>'
    '<div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization">'
    "<b itemprop=name>Acme</b></div><meta itemprop=datePosted content=2026-03-01>"
    '<div itemprop="jobLocation" itemscope><div itemprop="address" itemscope>'
    "<span itemprop=addressLocality>Austin</span><span itemprop=addressRegion>TX</span></div></div>"
    f"<div itemprop=description>{TEXT}</div></div>",
    '<div vocab="https://schema.org/" typeof="JobPosting"><h1 property=title>Drawer</h1>'
    '<div property="hiringOrganization" typeof="Organization"><b property=name>Acme</b></div>'
    '<time property=datePosted datetime="2026-03-01">today</time><div property="jobLocation" '
    'typeof="Place"><div property="address" typeof="PostalAddress"><span property='
    'addressLocality>Austin</span><span property="addressRegion">TX</span></div></div>'
    f"<div property=description>{TEXT}</div></div>",
    '<div itemtype="http://schema.org/JobPosting"><h1 itemprop=title>Drawer</h1>'
    '<meta itemprop="hiringOrganization" content="Acme"><meta itemprop=datePosted '
    'content="2026-03-01T00:00"><span itemprop=jobLocation><span itemprop=address><meta itemprop='
    "addressLocality content=Austin><meta itemprop=addressRegion content=TX></span></span>"
    f"<div itemprop=description>{TEXT}</div></div>",
]


@pytest.mark.parametrize("marked", MARKED, ids=["microdata", "rdfa", "scopes forgotten"])
def test_data_in_attributes(marked: str) -> None:
    assert fields(page(marked)) == {
        "title": "Drawer",
        "employer": "Acme",
        "place": "Austin, TX",
        "date_posted": "2026-03-01",
    }
    assert lines(page(marked)) == LINES


UNREAD = [
    (f"<h1>Jobs</h1><ul>{LINKS}</ul>", "a page that lists 12 links, without a posting's text; "
     "give the pages that they lead to", "a list"),
    ("<div id=app></div><script>draw()</script>", html_page.NO_TEXT, "drawn by a script"),
    ("", html_page.NO_TEXT, "empty"),
    (data(title="Cook"), "a JobPosting without a description; give the page that its url names",
     "data without a text, and no text on the page"),
    ('<script type="application/ld+json">{"@type": "JobPosting", "a" 1}</script>' + TEXT,
     "JSON-LD in a script of the page that cannot be read: Expecting ':' delimiter: line 1 column "
     "29 (char 28)", "broken data; the page's text is read all the same"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "reason", "why"), UNREAD)
def test_what_is_no_posting_says_so(body: str, reason: str, why: str) -> None:
    assert reasons(page(body)) == [reason], why


def test_broken_data_of_something_else_are_no_matter() -> None:
    broken = '<script type="application/ld+json">{"@type": "WebSite",,}</script>'
    assert lines(page(broken + TEXT)) == LINES


CHARSETS = [
    ("naïve", "utf-8", "", "UTF-8"),
    ("naïve", "utf-8", "<meta charset=iso-8859-1>", "UTF-8 that says something else"),
    ("naïve – “ok”", "cp1252", "", "Western, not said"),
    ("naïve – “ok”", "cp1252", "<meta charset=ISO-8859-1>", "Western under its usual wrong name"),
    ("求人", "shift_jis", "<meta charset='Shift_JIS'>", "Japanese"),
    ("żółw", "iso8859_2", '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-2">',
     "Polish"),
    ("naïve", "cp1252", "<meta charset=no-such-thing>", "an unknown name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding", "head", "why"), CHARSETS)
def test_charsets(text: str, encoding: str, head: str, why: str) -> None:
    assert page_text(f"<head>{head}</head>{text}".encode(encoding)).endswith(text), why


HOSTILE = {
    "nested": "<div>" * 100_000 + TEXT,
    "empty tags": "<b></b>" * 200_000 + TEXT,
    "lists in lists": "<ul><li>x" * 30_000,
    "never closed": "<li>a" * 50_000,
    "closed wrongly": "<div></p></x>" * 50_000 + TEXT,
    "formatting": "".join(f"<b id={n}><p></b>" for n in range(20_000)) + TEXT,
    "tables": "<div><table><td></div>" * 20_000 + TEXT,
    "furniture": "<nav class=menu>" * 30_000 + TEXT,
    "other postings": "<b>Similar jobs</b>x" * 20_000 + TEXT,
    "headings": "<h1>a</h1>" * 20_000 + TEXT,
    "items": '<div itemscope itemtype="https://schema.org/JobPosting"><b itemprop=title>x' * 9_000,
    "values": '<p itemscope itemtype="https://schema.org/JobPosting">'
    + "<b itemprop=description>" * 300 + TEXT * 300,
    "comments": "<!--" * 100_000,
    "scripts": "<script>" * 50_000,
    "data": '<script type="application/ld+json">{"@type":"JobPosting"' + "/*" * 100_000,
    "data nested": '<script type="application/ld+json">' + "[" * 200_000,
    "one tag": "<div " + "a=b " * 200_000,
    "blanks": f"<p>{' ' * 300_000}</p>" + data(title="x", skills=" " * 300_000, description=TEXT),
    "signs": "<" * 300_000,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_seconds(name: str) -> None:
    started = time.perf_counter()
    read(page(HOSTILE[name]))
    assert time.perf_counter() - started < 30


def test_deep_html_keeps_its_lines() -> None:
    deep = "<div>" * 3_000 + "one<p>two</p>three" + "</div>" * 3_000 + "<p>four</p>"
    assert markup.to_text(deep).split() == ["one", "two", "three", "four"]
    assert len([line for line in markup.to_text(deep).split("\n") if line]) == 4


SOUP = st.lists(
    st.sampled_from(
        "<div> </div> <p> </p> <ul> <li> </ul> <b> </b> <a> </a> <table> <td> </table> <h1> </h1>"
        " <nav> </nav> <form> </form> <main> </main> <script> </script> <!-- --> <br> <pre> < > &"
        " Jobs Similar <h2> <select> <template> </template> <svg> <title> <body> </body>".split()
    ),
    max_size=60,
)


@given(SOUP)
def test_any_soup_of_tags_is_read(soup: list[str]) -> None:
    for found in read("<html>" + " ".join(soup)):
        if isinstance(found, RawPosting):
            assert markup.to_text(found.body).strip()
