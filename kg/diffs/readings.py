"""Readings to compare: what a run took from a store's postings, or what a store holds."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.diffs.comparison import Change, compare_facts, group_changes
from kg.diffs.facts import facts_of
from kg.diffs.former import FormerFacts
from kg.diffs.naming import Called, names_of
from kg.iris import local_name
from kg.names import UnknownNameError
from kg.store import Store
from kg.store_folder import STAMP, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.diffs.comparison import Group
    from kg.diffs.facts import Fact

_RUNS = """SELECT ?run ?version ?vocabulary ?rules ?ended { GRAPH ?g {
  ?run a prov:Activity ; rg:version ?version ; rg:vocabularySha256 ?vocabulary ;
       rg:rulesSha256 ?rules . OPTIONAL { ?run prov:endedAtTime ?ended } } } ORDER BY ?run"""
_MADE = """SELECT ?id ?run { GRAPH ?g {
  ?p schema:identifier ?id ; prov:wasDerivedFrom/prov:wasGeneratedBy ?run } }"""


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What made a reading: the run, and its three versions."""

    run: str
    version: str
    vocabulary: str
    rules: str


class Reading(Protocol):
    """Facts by posting."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def made_with(self) -> tuple[MadeWith, ...]:
        """What made it: one run, or the runs of a store."""
        ...

    def postings(self) -> set[str]:
        """Return the ids of its postings."""
        ...

    def facts(self, posting: str) -> Sequence[Fact]:
        """Return the facts of one of them."""
        ...


class Graphs:
    """The facts of a store's graphs; the last are kept, for of a run both sides ask for them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._last: tuple[str, Sequence[Fact]] = ("", ())

    def facts(self, posting: str) -> Sequence[Fact]:
        """Return the facts of a posting's graph."""
        if self._last[0] != posting:
            graph = self.store.graph_iri(posting)
            self._last = (posting, facts_of(self.store.quads(graph)))
        return self._last[1]


@dataclass(frozen=True, slots=True)
class RunReading:
    """What one run took: from the graphs that it made, and from what is kept of it."""

    graphs: Graphs
    former: FormerFacts
    run: MadeWith
    made: dict[str, str]

    @property
    def name(self) -> str:
        """The run's IRI."""
        return self.run.run

    @property
    def made_with(self) -> tuple[MadeWith, ...]:
        """The run."""
        return (self.run,)

    def postings(self) -> set[str]:
        """Return the postings of which its facts are known."""
        own = {one for one, run in self.made.items() if run == self.run.run}
        return own | (set(self.former.postings(self.run.run)) & self.made.keys())

    def facts(self, posting: str) -> Sequence[Fact]:
        """Return what it took from a posting."""
        kept = None
        if self.made.get(posting) != self.run.run:
            kept = self.former.facts(posting, self.run.run)
        return self.graphs.facts(posting) if kept is None else kept


@dataclass(frozen=True, slots=True)
class StoreReading:
    """What a store holds."""

    graphs: Graphs
    name: str

    @property
    def made_with(self) -> tuple[MadeWith, ...]:
        """The runs that made its postings."""
        made = set(_made(self.graphs.store).values())
        return tuple(one for one in runs_of(self.graphs.store) if one.run in made)

    def postings(self) -> set[str]:
        """Return its postings."""
        return set(self.graphs.store.posting_ids())

    def facts(self, posting: str) -> Sequence[Fact]:
        """Return the facts of a posting."""
        return self.graphs.facts(posting)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the readings that were compared, and what made it."""

    name: str
    runs: tuple[MadeWith, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"name": self.name, "runs": [asdict(one) for one in self.runs]}


@dataclass(frozen=True, slots=True)
class Diff:
    """Two readings compared: over `compared` postings that both have."""

    a: Side
    b: Side
    compared: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    changes: tuple[Change, ...]
    called: Called = field(default_factory=Called)

    def groups(self) -> list[Group]:
        """Return the changes by what happened, kind and rule, the largest groups first."""
        return group_changes(self.changes)

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "postings": {
                "compared": self.compared,
                "changed": len({change.posting for change in self.changes}),
                "only_a": list(self.only_a),
                "only_b": list(self.only_b),
            },
            "groups": [
                {
                    "change": one.how,
                    "kind": one.kind,
                    "rule": one.rule,
                    "count": len(one.changes),
                    "postings": one.postings,
                }
                for one in self.groups()
            ],
            "changes": [one.to_json(self.called) for one in self.changes],
        }


def compare_readings(a: Reading, b: Reading) -> Diff:
    """Compare two readings, posting by posting."""
    ours, theirs = a.postings(), b.postings()
    both = sorted(ours & theirs)
    changes = [change for one in both for change in compare_facts(one, a.facts(one), b.facts(one))]
    only_a, only_b = sorted(ours - theirs), sorted(theirs - ours)
    left, right = (Side(one.name, one.made_with) for one in (a, b))
    return Diff(left, right, len(both), tuple(only_a), tuple(only_b), tuple(changes))


def diff(names: Sequence[str], store: Path) -> Diff:
    """Compare two stores, where `names` are their folders, or two runs of the store.

    A run is named by its IRI or the beginning of its hash. Without names the run that was replaced
    last is compared with what the store holds; with one, that one is. Raises `StoreError`, and
    `UnknownNameError` for a run that is not known.
    """
    with ExitStack() as opened:
        if len(names) == 2 and all((Path(name) / STAMP).is_file() for name in names):
            stores = [opened.enter_context(Store.open(name)) for name in names]
            one, other = (
                StoreReading(Graphs(held), name) for held, name in zip(stores, names, strict=True)
            )
            return _named(compare_readings(one, other), stores)
        held = opened.enter_context(Store.open(store))
        former = opened.enter_context(FormerFacts(store))
        return _named(compare_readings(*_readings(names, held, former)), [held])


def _named(found: Diff, stores: Sequence[Store]) -> Diff:
    return replace(found, called=names_of(found.changes, stores))


def forget(name: str, store: Path) -> int:
    """Throw away what is kept of a run ("all": of every one); return of how many postings."""
    with Store.open(store, read_only=False) as held, FormerFacts(store) as former:
        run = None if name == "all" else _find_run(name, held).run
        return former.forget(run)


def runs_of(store: Store) -> list[MadeWith]:
    """Return the runs that a store knows of, sorted."""
    return [
        MadeWith(str(run), str(version), str(vocabulary), str(rules))
        for run, version, vocabulary, rules, _ in store.query(_RUNS)
    ]


def _readings(names: Sequence[str], store: Store, former: FormerFacts) -> tuple[Reading, Reading]:
    made = _made(store)
    named = [_find_run(name, store) for name in names]
    if not named:
        kept = [one for one in former.runs() if one in {run.run for run in runs_of(store)}]
        if not kept:
            raise StoreError(
                f"{store.folder} holds one run's facts only: nothing was replaced by another run "
                "(`kg build` again with other rules or another vocabulary), or it was forgotten; "
                "two stores can be compared: kg diff STORE STORE"
            )
        named = [_find_run(kept[0], store)]
    graphs = Graphs(store)
    readings: list[Reading] = [RunReading(graphs, former, run, made) for run in named]
    if len(readings) == 1:
        readings.append(StoreReading(graphs, str(store.folder)))
    for one in readings:
        if not one.postings():
            raise StoreError(
                f"nothing is kept of {one.name}: another run has replaced what it took, and its "
                "facts were forgotten, or were never kept (an older version built)"
            )
    return readings[0], readings[1]


def _find_run(name: str, store: Store) -> MadeWith:
    known = runs_of(store)
    found = [one for one in known if one.run == name or local_name(one.run).startswith(name)]
    if len(found) == 1:
        return found[0]
    shown = {local_name(one.run): local_name(one.run) for one in known}
    hint = f"the store knows {', '.join(shown) or 'none'}; `kg ask runs` says more"
    if found:
        hint = f"it is the beginning of {len(found)}: {', '.join(shown)}"
    raise UnknownNameError("run", name, {} if found else shown, hint)


def _made(store: Store) -> dict[str, str]:
    return {str(posting): str(run) for posting, run in store.query(_MADE)}
