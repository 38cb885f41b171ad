"""IRIs of the data: made from content alone, always valid, never shared by two names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from ontology import terms
from ontology.slugs import SLUG_LENGTH, digest, slug

if TYPE_CHECKING:
    from nlp.types import Place, RelatedPosting

__all__ = ["SLUG_LENGTH", "Iris", "digest", "graph_of", "key", "local_name", "slug"]


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """Return an identifier made by code (a rule, an alternative) as one segment of a path."""
    return quote(name, safe=":")


@lru_cache(maxsize=50_000)
def local_name(iri: str) -> str:
    """Return what follows the last `/` or `#` of an IRI."""
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def graph_of(posting: str) -> ox.NamedNode | None:
    """Return the graph of a posting by its IRI; None where that is no IRI of a posting.

    >>> graph_of("https://rolegraph.example/id/posting/1f2e")
    <NamedNode value=https://rolegraph.example/id/graph/1f2e>
    """
    base, segment, name = posting.rpartition("posting/")
    return ox.NamedNode(f"{base}graph/{name}") if segment and "/" not in name else None


@dataclass(frozen=True, slots=True)
class Iris:
    """The names of everything below `base`.

    Raises `ValueError` when `base` is no absolute IRI that ends with `/` or `#`.
    """

    base: str = terms.DATA

    def __post_init__(self) -> None:
        if complaint := _complaint(self.base):
            raise ValueError(
                f"base {self.base!r} {complaint}; an absolute IRI that ends with / or # works, "
                f"for example {terms.DATA}"
            )

    def graph(self, name: str) -> ox.NamedNode:
        """Return the graph of a posting's id, or one of `kg.store.OWN_GRAPHS`."""
        return self._node("graph", name)

    def posting(self, posting_id: str) -> ox.NamedNode:
        """Return the posting."""
        return self._node("posting", posting_id)

    def text(self, posting_id: str) -> ox.NamedNode:
        """Return the stored text of a posting."""
        return self._node("posting", posting_id, "text")

    def requirement(self, posting_id: str, name: str) -> ox.NamedNode:
        """Return a requirement; `name` is unique among those of the posting."""
        return self._node("posting", posting_id, "requirement", name)

    def candidate(self, posting_id: str, label: str) -> ox.NamedNode:
        """Return the candidate that a posting calls `label`."""
        return self._node("posting", posting_id, "candidate", slug(label))

    def alternative(self, posting_id: str, name: str) -> ox.NamedNode:
        """Return the alternative with the id `name`."""
        return self._node("posting", posting_id, "alternative", key(name))

    def evidence(self, posting_id: str, start: int, end: int, rule: str, *proves: str) -> str:
        """Return the IRI of the words from `start` to `end` as `rule` took them.

        `proves` are the names of the property and of the value that they prove, where the words
        hang on the posting itself. Half of all nodes are such: it stays a text.
        """
        words = f"{start}-{end}-{key(rule)}"
        return "/".join((f"{self.base}posting/{posting_id}/evidence/{words}", *proves))

    def pay(self, posting_id: str, name: str = "pay") -> ox.NamedNode:
        """Return the pay of a posting, or its "pay-estimate"."""
        return self._node("posting", posting_id, name)

    def pay_value(self, posting_id: str, name: str = "pay") -> ox.NamedNode:
        """Return the range inside the pay of a posting, or inside its "pay-estimate"."""
        return self._node("posting", posting_id, name, "value")

    def document(self, sha256: str, part: str = "", reader: str = "") -> ox.NamedNode:
        """Return the file that was read, or the record in it, named by its hash and its part.

        What another `reader` takes for a record is another one.
        """
        said = [digest(part, *([reader] if reader else []))] if part else []
        return self._node("document", sha256[:20], *said)

    def run(self, version: str, vocabulary_sha256: str, rules_sha256: str) -> ox.NamedNode:
        """Return the run: the same program, vocabulary and rules are the same run."""
        return self._node("run", digest(version, vocabulary_sha256, rules_sha256))

    def copy_group(self, posting_id: str) -> ox.NamedNode:
        """Return the group of postings of one job; it is named by the least of their ids."""
        return self._node("copies", posting_id)

    def copy(self, group: str, posting_id: str) -> ox.NamedNode:
        """Return what is known of a posting as a copy in a group."""
        return self._node("copies", group, posting_id)

    def employer(self, name: str) -> ox.NamedNode:
        """Return the employer called `name`."""
        return self._node("employer", slug(name))

    def country(self, code: str) -> ox.NamedNode:
        """Return the country with the ISO 3166-1 alpha-2 `code`."""
        return self._node("country", key(code))

    def place(self, place: Place) -> ox.NamedNode:
        """Return a place: city, region and country with commas between, absent ones empty.

        Commas keep Illinois (`,il,`) from Israel (`,,il`); slugs contain none.
        """
        parts = [slug(part) if part else "" for part in (place.city, place.region, place.country)]
        return self._node("place", ",".join([*parts, *(["remote"] if place.remote else [])]))

    def address(self, place: Place) -> ox.NamedNode:
        """Return the address of a place."""
        return ox.NamedNode(self.place(place).value + "/address")

    def concept(self, kind: str, label: str) -> ox.NamedNode:
        """Return a role, level or field that the vocabulary does not have."""
        return self._node(kind, slug(label))

    def related(self, related: RelatedPosting) -> ox.NamedNode:
        """Return a posting known from a link only: named by all that the link says of it."""
        places = [self.place(place).value for place in related.places]
        posted = related.date_posted.isoformat() if related.date_posted else None
        named = [str(term) if term else None for term in (related.role, related.level)]
        said = (related.title.value, posted, *named, related.specialisation, *sorted(places))
        return self._node("related", digest(*said))

    def _node(self, *segments: str) -> ox.NamedNode:
        return ox.NamedNode(self.base + "/".join(segments))


def _complaint(base: str) -> str | None:
    """Return what is wrong with a base, or None."""
    try:
        ox.NamedNode(base + "x")
        parts = urlsplit(base)
    except ValueError as error:
        return f"is no absolute IRI ({error})"
    # One letter is a Windows drive, not a scheme.
    if len(parts.scheme) < 2:
        return "is no absolute IRI (no scheme)"
    if parts.scheme in ("http", "https") and not parts.netloc:
        return "names no host"
    if not base.endswith(("/", "#")):
        return "does not end with / or #"
    return None
