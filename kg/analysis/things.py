"""What a name means where anything can be meant: a role, an employer, a skill, a posting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.groups import KINDS, AmbiguousNameError, NoPostingsError, find_group
from kg.graph_model import Kind
from kg.names import Names, UnknownNameError, quoted
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus import Corpus
    from kg.names import Label

NAMED: Final = (Kind.SKILL, Kind.POSTING)
"""What can be meant besides a group of postings."""


def find_thing(corpus: Corpus, name: str) -> tuple[Kind, str]:
    """Return the kind and the node that a name means: a role, position, employer, skill, posting.

    A node's IRI is a name too, and so are "skill: Spark", "posting: 1234" and what
    `kg.analysis.groups.find_group` takes. Raises `UnknownNameError`, and `AmbiguousNameError` for
    a name that things of several kinds have.
    """
    if (known := corpus.kind(name)) in NAMED:
        return Kind(known), name
    kind, colon, rest = name.partition(":")
    for meant in NAMED:
        if colon and kind.strip().lower() == meant:
            return meant, _find(corpus, meant, rest.strip())
    found = [(Kind.SKILL, node.value) for node in _names(corpus).seek(Kind.SKILL, name)]
    try:
        group = find_group(corpus, name)
        if group.node not in corpus:
            raise ValueError(f"{quoted(name)} is nothing that others are like; name one thing")
        found.append((Kind(group.kind), group.node))
    except UnknownNameError as error:
        if not found:  # a posting's title is often its role's: it counts where nothing else does
            if _names(corpus).seek(Kind.POSTING, name):
                return Kind.POSTING, _find(corpus, Kind.POSTING, name)
            if isinstance(error, NoPostingsError):
                raise
            raise _unknown(corpus, name) from None
    if len(found) > 1:
        each = ", ".join(f"{kind}: {node}" for kind, node in found)
        raise AmbiguousNameError(f"{quoted(name)} names more than one thing; give one of: {each}")
    return found[0]


def find_skill(corpus: Corpus, name: str) -> str:
    """Return the node of a skill that postings name. Raises as `find_thing` does."""
    return _find(corpus, Kind.SKILL, name)


def _find(corpus: Corpus, kind: Kind, name: str) -> str:
    found = [one.value for one in _names(corpus).seek(kind, name)]
    if len(found) > 1:
        shown = ", ".join(found[:5])
        raise AmbiguousNameError(
            f"{len(found)} {kind}s are called {quoted(name)}; give an IRI, such as {shown}"
        )
    if not found:
        raise _unknown(corpus, name, kind)
    return found[0]


def _unknown(corpus: Corpus, name: str, kind: Kind | None = None) -> UnknownNameError:
    """Return what to say of a name that nothing of a kind has, or nothing at all."""
    called = corpus.vocabulary.called(Kind.SKILL) if kind in (None, Kind.SKILL) else {}
    unused = {fold(label): labels[0] for labels in called.values() for label in labels}
    if fold(name) in unused:
        hint = "the vocabulary has it; kg ask skills lists what postings here ask for"
        return UnknownNameError("posting names the skill", name, {}, hint)
    known = {fold(label): shown for label, _, shown in _labels(corpus, kind or Kind.SKILL)}
    if kind is None:
        groups = (corpus.label(node) for one in KINDS for node in corpus.nodes(one))
        known |= {fold(label): label for label in groups}
    what = "role, employer, skill or posting" if kind is None else str(kind)
    return UnknownNameError(what, name, unused | known, "the corpus has none called so")


def _names(corpus: Corpus) -> Names:
    return Names(lambda kind: _labels(corpus, Kind(kind)))


def _labels(corpus: Corpus, kind: Kind) -> Iterator[Label]:
    if kind == Kind.POSTING:
        for node in corpus.in_order:
            called = corpus.identifier(node)
            for label in (called, corpus.source(node), corpus.title(node), node):
                if label:
                    yield label, node, called
        return
    names = corpus.names(kind)
    for node in corpus.nodes(kind):
        for label in (*names[node], node):
            yield label, node, corpus.label(node)
