"""The ontology as one page, made from its file: its classes and properties, and a figure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from kg.views.ontology_figure import figure
from kg.views.pages.frame import STYLE, asset, policy, render, write_page
from ontology.description import SHORT, read_ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ontology.description import Described, Ontology

SECTIONS: Final = (
    ("figure", "How they hang together"),
    ("classes", "Classes"),
    ("individuals", "Necessities"),
    ("properties", "Properties"),
    ("borrowed", "Borrowed terms"),
    ("changes", "Changes"),
)
KEY: Final = (
    '<p class="note signs"><span><i></i>of our own</span>'
    '<span><i class="borrowed"></i>borrowed</span>'
    '<span><i class="line"></i>properties</span><span>△ a kind of</span></p>'
)


def write_ontology_page(path: Path) -> None:
    """Write one self-contained page on the ontology that the program has; it opens offline."""
    write_page(path, ontology_page(read_ontology()))


def ontology_page(ontology: Ontology) -> str:
    """Return the page; the same file gives the same bytes."""
    from markupsafe import Markup

    known = {term.name for term in (*ontology.own, *ontology.borrowed)}
    parts = {
        "figure": f'<div class="scroll" tabindex="0" role="region" aria-label="Figure">'
        f"{figure(ontology)}</div>{KEY}",
        "classes": _cards(ontology.classes, known, ontology.properties),
        "individuals": _cards(ontology.individuals, known),
        "properties": _groups(ontology.properties, known),
        "borrowed": _borrowed(ontology.borrowed),
        "changes": "".join(f"<p>{escape(change)}</p>" for change in ontology.changes),
    }
    style = asset(STYLE) + asset("ontology.css")
    made = render(
        "ontology.html",
        title=ontology.title,
        ontology=ontology,
        namespace=SHORT["rg"],
        parts=[(name, title, Markup(parts[name])) for name, title in SECTIONS],  # noqa: S704 # escaped
        style=style,
        policy=policy(style),
    )
    return str(made)


def _groups(properties: Sequence[Described], known: set[str]) -> str:
    """Return the properties by what they are said of, in the order of the file."""
    groups: dict[tuple[str, ...], list[Described]] = {}
    for term in properties:
        groups.setdefault(term.domains, []).append(term)
    return "".join(
        f"<h3>Of {', '.join(_link(name, known) for name in domains)}</h3>{_cards(terms, known)}"
        for domains, terms in groups.items()
    )


def _cards(
    terms: Sequence[Described], known: set[str], properties: Sequence[Described] = ()
) -> str:
    cards = "".join(_card(term, known, properties) for term in terms)
    return f'<div class="terms">{cards}</div>'


def _card(term: Described, known: set[str], properties: Sequence[Described]) -> str:
    has = tuple(one.name for one in properties if term.name in one.domains)
    of = [("has", has)] if term.is_class else [("of", term.domains), ("value", term.ranges)]
    rows = [(words, [_link(name, known) for name in names]) for words, names in of if names]
    rows += [
        (words, [_link(name, known) for said, name in term.mappings if said == words])
        for words in dict.fromkeys(words for words, _ in term.mappings)
    ]
    rows += [("example", [f"<code>{escape(one)}</code>"]) for one in term.examples]
    return (
        f'<article id="{escape(term.name)}"><h4>{escape(term.name)}'
        f"{_aside(term)}</h4><p>{escape(term.comment)}</p>{_list(rows)}</article>\n"
    )


def _aside(term: Described) -> str:
    """Return the label where it says more than the name."""
    plain = term.name.partition(":")[2].lower()
    same = term.label.replace(" ", "").lower() == plain
    return "" if same else f"<small>{escape(term.label)}</small>"


def _list(rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    lines = "".join(f"<dt>{words}</dt><dd>{', '.join(cells)}</dd>" for words, cells in rows)
    return f"<dl>{lines}</dl>"


def _link(name: str, known: set[str]) -> str:
    said = escape(name).replace(":", ":<wbr>", 1)
    return f'<a href="#{escape(name)}">{said}</a>' if name in known else said


def _borrowed(terms: Sequence[Described]) -> str:
    rows = "\n".join(
        f'<tr id="{escape(term.name)}"><td>{escape(term.name)}</td>'
        f"<td>{escape(term.note)}</td></tr>"
        for term in sorted(terms, key=lambda one: one.name)
    )
    return (
        '<div class="table"><table><thead><tr><th scope="col">term</th>'
        f'<th scope="col">used for</th></tr></thead><tbody>\n{rows}\n</tbody></table></div>'
    )
