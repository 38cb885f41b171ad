"""Groups of postings, found by the name that a reader would use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias
from weakref import WeakKeyDictionary, ref

from kg.analysis.periods import bounds
from kg.corpus import position_key
from kg.graph_model import Kind
from kg.names import Names, UnknownNameError, listed, quoted
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.corpus import Corpus
    from kg.names import Label

KINDS: Final = (Kind.POSITION, Kind.ROLE, Kind.EMPLOYER)
"""What a plain name can mean: a role with a level, a role, an employer."""
MORE: Final = (Kind.LEVEL, Kind.PLACE)
"""What a name can mean that says so: a level of any role, a place."""
Select: TypeAlias = "Callable[[str], Iterable[str]]"
"""Runs a SPARQL query and gives the IRIs of its `?posting`."""

LISTED: Final = 3
"""How many groups an error names where none is called so."""
QUERIED: Final = "the query's postings"
"""What a group is called that a query selects."""

_KNOWN: Final[WeakKeyDictionary[Corpus, Names]] = WeakKeyDictionary()


class NoPostingsError(UnknownNameError):
    """A role, or a role with a level, that is known but that no posting in the corpus is of."""


class AmbiguousNameError(LookupError):
    """A name that more than one group has."""


@dataclass(frozen=True, slots=True)
class Group:
    """Postings with a name.

    `node` is the corpus's node for it, if one stands for all of them; `kind` is that of the node,
    "period", or "group" for what is put together. `postings` are sorted; `left_out` are those of
    its postings that another of them stands for.
    """

    label: str
    kind: str
    node: str
    postings: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def find_groups(
    corpus: Corpus, a: str, b: str, select: Select | None = None
) -> tuple[Group, Group]:
    """Return the two groups that are to be compared, each as `find_group` finds it.

    A role beside one of its own levels stands for those of its postings that state no level: who
    sets "Data Scientist" against "Senior Data Scientist" means the plain title. Of two queries the
    groups are called the first and the second's.
    """
    found = find_group(corpus, a, select), find_group(corpus, b, select)
    if found[0].label == found[1].label == QUERIED:
        first, second = (QUERIED.replace("the", f"the {one}", 1) for one in ("first", "second"))
        return replace(found[0], label=first), replace(found[1], label=second)
    return _plain(corpus, *found), _plain(corpus, *reversed(found))


def find_group(corpus: Corpus, name: str, select: Select | None = None) -> Group:
    """Return the group that `name` means: a position, a role, an employer, or a node's IRI.

    Names are read as `kg.names` reads them for the named questions: without case, by any label of
    role and level ("SWE 2"), the level first or last. Before a colon may stand what is meant:
    "employer: Acme", "place: Austin, TX", "level: Senior", "role: Data Engineer",
    "period: 2025-01..2025-06" (days, months or years, an end may be missing), and
    "query: SELECT ?posting ..." where `select` runs it. " + " between names asks for all of them:
    "Data Engineer + place: Austin, TX".

    Raises `UnknownNameError` with the nearest names, `NoPostingsError` for a role of the vocabulary
    that no posting is of, `AmbiguousNameError` when several groups share the name, and `ValueError`
    for a period that is none.
    """
    if name in corpus and corpus.kind(name) in (*KINDS, *MORE):
        return _group(corpus, name)
    kind, colon, rest = name.partition(":")
    kind = kind.strip().lower()
    if colon and kind == "query" and select is not None:
        return _selected(corpus, rest.strip(), select)
    parts = [part.strip() for part in name.split(" + ")]
    if len(parts) > 1 and all(parts):
        return _all_of([find_group(corpus, part, select) for part in parts])
    if colon and kind == "period":
        return in_period(corpus, rest.strip())
    if colon and kind in (*KINDS, *MORE):
        return _named(corpus, rest.strip(), (Kind(kind),))
    return _named(corpus, name, KINDS)


def _names_in(corpus: Corpus) -> Names:
    """Return the names in a corpus, read once: reading and folding them all is slow."""
    if corpus not in _KNOWN:
        itself = ref(corpus)  # a dictionary that held what it is weak for would never let it go

        def read(kind: str) -> Iterator[Label]:
            there = itself()
            return iter(()) if there is None else _labels(there, kind)

        _KNOWN[corpus] = Names(read)
    return _KNOWN[corpus]


def _named(corpus: Corpus, name: str, kinds: Sequence[Kind]) -> Group:
    names = _names_in(corpus)
    meant: list[str] = []
    if {Kind.POSITION, Kind.ROLE} & set(kinds):
        roles, levels = names.seek_role(name)
        meant = [position_key(role.value, level.value) for role in roles for level in levels]
        meant = meant or [role.value for role in roles]
    meant += [
        one.value
        for kind in (Kind.EMPLOYER, *MORE)
        if kind in kinds
        for one in names.seek(kind, name)
    ]
    found = sorted(node for node in meant if node in corpus)
    if len(found) > 1:
        each = ", ".join(f"{corpus.kind(node)} {node}" for node in found)
        raise AmbiguousNameError(f"{quoted(name)} names more than one group; give an IRI: {each}")
    if not found:
        what, error = ("postings of", NoPostingsError) if meant else ("group", UnknownNameError)
        groups = [str(corpus.label(node)) for one in kinds for node in corpus.nodes(one)]
        known = {fold(label): label for label in groups}
        raise error(what, name, known, _hint(list(known.values())))
    return _group(corpus, found[0])


def _plain(corpus: Corpus, group: Group, other: Group) -> Group:
    """Return a role's postings without a level, where `other` is a level of that role."""
    if group.kind != Kind.ROLE or other.kind != Kind.POSITION:
        return group
    if other.node.partition(" ")[0] != group.node:
        return group
    plain = [one for one in group.postings if not corpus.level(one)]
    if not plain:
        return group
    label = f"{group.label}, no level stated"
    return replace(group, label=label, kind=Kind.POSITION, postings=tuple(plain))


def _all_of(groups: Sequence[Group]) -> Group:
    shared = set(groups[0].postings).intersection(*(group.postings for group in groups))
    label = " + ".join(group.label for group in groups)
    kinds = {group.kind for group in groups}
    kind = kinds.pop() if len(kinds) == 1 else "group"
    node = " + ".join(group.node for group in groups)
    return Group(label, kind, node, tuple(sorted(shared)))


def _selected(corpus: Corpus, sparql: str, select: Select) -> Group:
    known = corpus.facets.number
    found = sorted({one for one in select(sparql) if one in known})
    return Group(QUERIED, "group", sparql, tuple(found))


def in_period(corpus: Corpus, period: str) -> Group:
    """Return the postings of a period by the date they state; see `kg.analysis.periods`."""
    first, last = bounds(period)
    found = [
        one for one in corpus.in_order if (date := corpus.date(one)) and first <= str(date) <= last
    ]
    return Group(period, "period", period, tuple(sorted(found)))


def one_per_job(corpus: Corpus, group: Group) -> Group:
    """Return the group with one posting a job: of several copies in it, the first."""
    jobs: dict[str, str] = {}
    for posting in group.postings:
        jobs.setdefault(corpus.job(posting), posting)
    kept = set(jobs.values())
    left_out = tuple(one for one in group.postings if one not in kept)
    return replace(group, postings=tuple(sorted(kept)), left_out=left_out)


def _group(corpus: Corpus, node: str) -> Group:
    kind = corpus.kind(node) or "group"
    return Group(corpus.label(node), kind, node, tuple(corpus.postings_of(node)))


def find_skill(corpus: Corpus, name: str) -> str:
    """Return the node of a skill by any of its labels, or by its IRI; a concept before mere words.

    Raises `UnknownNameError` for one that no posting names.
    """
    known: dict[str, str] = {}
    shown: dict[str, str] = {}
    names = corpus.names(Kind.SKILL)
    for node in corpus.nodes(Kind.SKILL):
        for label in names[node]:
            if fold(label) not in known or corpus.concept(node):
                known[fold(label)] = node
                shown[fold(label)] = corpus.label(node)
    found = name if corpus.kind(name) == Kind.SKILL else known.get(fold(name))
    if found is None:
        raise UnknownNameError("skill", name, shown, "no posting names it")
    return found


def _labels(corpus: Corpus, kind: str) -> Iterator[Label]:
    """Yield the names of what postings are of, and of the vocabulary's roles and levels."""
    named = corpus.names(Kind(kind)) if kind in (Kind.ROLE, Kind.LEVEL) else {}
    for node in corpus.nodes(Kind(kind)):
        label = corpus.label(node)
        for name in named.get(node, (label,)):
            yield name, node, label
        if kind == Kind.PLACE:  # "Austin, TX, US" is called "Austin, TX" and "Austin" too
            parts = label.split(", ")
            for count in range(1, len(parts)):
                yield ", ".join(parts[:count]), node, label
    if kind in (Kind.ROLE, Kind.LEVEL):
        for iri, labels in corpus.vocabulary.called(kind).items():
            for label in labels:
                yield label, iri, labels[0]


def _hint(groups: Sequence[str]) -> str:
    """Say which groups there are."""
    if not groups:
        return "the corpus holds no postings; `kg build PATH` adds some"
    more = len(groups) - LISTED
    if more > 0:
        return f"there are {', '.join(map(quoted, groups[:LISTED]))} and {more} more"
    return f"there are {listed(groups, 'and')}"
