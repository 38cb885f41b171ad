"""Pages as sites lay them out round a posting, with skills in what is no part of it."""

from __future__ import annotations

import json
from html import escape
from typing import Final

from nlp.headings import find_headings

BULLETS: Final = "•·*-●▪○◦‣"
OTHERS: Final = "".join(
    f'<li><a href="/jobs/{n}">{title}</a></li>'
    for n, title in enumerate(
        (
            "Senior COBOL Developer in Reno",
            "Lead Fortran Programmer (f/m/x)",
            "Principal Haskell Engineer, Remote",
            "Kubernetes Administrator, night shift",
        )
    )
)
CARDS: Final = "".join(
    f"<div><a href=/j/{n}>{title}</a><p>{text}</p></div>"
    for n, (title, text) in enumerate(
        (
            ("COBOL Developer", "5+ years of COBOL and a Master's degree are required."),
            ("Fortran Programmer", "You know Fortran, MATLAB and have 9+ years of experience."),
        )
    )
)
MENU: Final = (
    "<ul><li><a href=/>Home</a><li><a href=/java>Java jobs</a><li><a href=/perl>Perl jobs</a></ul>"
)
COOKIES: Final = "<p>We use cookies, Google Analytics and Salesforce to improve this site.</p>"
FOOT: Final = (
    "<p>Built with Ruby on Rails in Reno. Pascal is our mascot.</p><a href=/imprint>Imprint</a>"
)
SHARE: Final = "<span>Share this job</span> <a href=#>Facebook</a> <a href=#>Twitter</a>"
FORM: Final = (
    "<form><h3>Apply for this job</h3><label>Name</label><input><label>Years of Scala</label>"
    "<select><option>1<option>10+ years</select><button>Submit application</button></form>"
)
SCRIPT: Final = "<script>if (a<b) { document.write('<p>Erlang</p>'); }</script><style>p{}</style>"


def as_html(text: str) -> str:
    """Return a posting's text as the HTML that an editor makes of it."""
    headings = {heading.start for heading in find_headings(text)}
    pieces: list[str] = []
    items: list[str] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        words = line.strip()
        if words[:1] in BULLETS and words[1:]:
            items.append(f"<li>{escape(words[1:].strip())}</li>")
        else:
            if items:
                pieces.append(f"<ul>{''.join(items)}</ul>")
                items = []
            tag = "h3" if start in headings and len(words) < 60 else "p"
            pieces += [f"<{tag}>{escape(words)}</{tag}>"] if words else []
        start += len(line) + 1
    return "\n".join(pieces)


def posting_html(title: str, body: str) -> str:
    """Return the posting alone."""
    return f"<div><h1>{escape(title)}</h1>\n{body}</div>"


def semantic(title: str, body: str) -> str:
    """A site that names its parts as HTML does."""
    return _page(
        title,
        f"<header><a href=/>Acme</a><nav>{MENU}</nav></header><dialog open>{COOKIES}</dialog>"
        f"<main><nav>{MENU}</nav><article><header><h1>{escape(title)}</h1></header>{body}"
        f"</article>{FORM}</main><aside><h2>Similar jobs</h2><ul>{OTHERS}</ul></aside>"
        f"<footer>{FOOT}</footer>",
    )


def named(title: str, body: str) -> str:
    """A site of nothing but div, which names its parts by classes."""
    return _page(
        title,
        f'<div class="page with-navigation"><div class="navbar">{MENU}</div>'
        f'<div id="cookieConsent">{COOKIES}<button>Accept</button></div>'
        f'<div class="content"><div class="job-header"><h1>{escape(title)}</h1>'
        f'<div class="share-buttons">{SHARE}</div></div><div class="job-body">{body}</div>'
        f'<a class="btn" href=#>Apply now</a></div>'
        f'<div class="related-jobs"><h4>More for you</h4>{CARDS}</div>'
        f'<div class="site-footer">{FOOT}</div></div>',
    )


def nameless(title: str, body: str) -> str:
    """A site whose classes a program made; only roles and headings tell the parts."""
    return _page(
        title,
        f'<div id="root"><div class="x1a"><div role="navigation">{MENU}</div></div>'
        f'<div class="x9"><div class="x2"><section><h1>{escape(title)}</h1></section>'
        f'<section class="x3">{body}</section></div><div class="x4"><div><h2>Similar jobs</h2>'
        f'</div>{CARDS}</div></div><div role="contentinfo">{FOOT}</div>'
        f'<div role="dialog" aria-modal="true">{COOKIES}</div></div>',
    )


def old(title: str, body: str) -> str:
    """A site of tables inside one form, nothing closed that need not be."""
    return _page(
        title,
        f"<form action=/x><table><tr><td colspan=2>{MENU}<tr><td><ul>{OTHERS}</ul>"
        f"<td><h1>{escape(title)}</h1>{body}<tr><td colspan=2><hr></table></form>",
    )


def drawn(title: str, body: str) -> str:
    """A page that a script draws: the posting stands in its data only, escaped twice."""
    return _page(title, '<div id="app"></div>', data=_data(title, escape(escape(body))))


def snippet(title: str, body: str) -> str:
    """A page whose data has the beginning of the posting only."""
    return semantic(title, body).replace("</head>", _data(title, body[:200]) + "</head>")


def microdata(title: str, body: str) -> str:
    """A page that marks its posting with attributes."""
    return _page(
        title,
        f"<div>{MENU}</div><div itemscope itemtype='https://schema.org/JobPosting'>"
        f"<h1 itemprop=title>{escape(title)}</h1><p>{SHARE}</p>"
        f"<div itemprop=description>{body}</div></div><div>{CARDS}</div>",
    )


LAYOUTS: Final = {
    layout.__name__: layout
    for layout in (semantic, named, nameless, old, drawn, snippet, microdata)
}


def _page(title: str, content: str, data: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)} | Acme Careers</title>"
        f'<meta property="og:site_name" content="Acme Careers">{data}</head>'
        f"<body>{SCRIPT}{content}{SCRIPT}</body></html>"
    )


def _data(title: str, description: str) -> str:
    node = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title,
        "description": description,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'
