"""Export: the graph or a part of it, in a format of others; the same store gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from kg.exports.part import choose
from kg.inference.materialising import need_inferred
from kg.names import suggested
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written: by which function, into a file or a folder."""

    module: str
    name: str
    is_folder: bool = False
    has_graphs: bool = False
    needs: str | None = None
    """A library of the extra that is called as the module."""

    def writer(self) -> Any:
        """Return the function. Raises `StoreError` where the library that it needs is missing."""
        try:
            if self.needs:
                import_module(self.needs)
        except ImportError as error:
            extra = f"pip install 'rolegraph[{self.module}]'"
            raise StoreError(f"{self.name} needs {self.needs}: {extra}") from error
        return getattr(import_module(f"kg.exports.{self.module}"), f"write_{self.name}")


_FORMATS: Final = {
    one.name: one
    for one in (
        Format("rdf", "turtle", has_graphs=True),
        Format("rdf", "nquads", has_graphs=True),
        Format("rdf", "trig", has_graphs=True),
        Format("jsonld", "jsonld"),
        Format("networks", "graphml"),
        Format("networks", "gexf"),
        Format("neo4j", "neo4j", is_folder=True),
        Format("tables", "parquet", is_folder=True, needs="pyarrow"),
    )
}
FORMATS: Final = tuple(_FORMATS)


def export(
    store: Store,
    form: str,
    target: str | Path | IO[bytes],
    *,
    runs: bool = False,
    inferred: bool = False,
    role: str | None = None,
    employer: str | None = None,
    postings: Sequence[str] = (),
    watch: Callable[[int, int], None] | None = None,
) -> None:
    """Write the store, or the postings that fit all that is given, as one of `FORMATS`.

    | format | holds |
    |---|---|
    | `nquads`, `trig` | everything, graph by graph |
    | `turtle` | everything, the graphs merged |
    | `jsonld` | the postings, each one object: schema.org's JobPosting and our terms beside it |
    | `graphml`, `gexf` | the role-skill graph of `KnowledgeGraph.to_networkx`, attributes plain |
    | `neo4j` | that graph as CSV for `neo4j-admin`, in a folder |
    | `parquet` | postings, requirements, skills and evidence as tables, in a folder |

    `role` ("Data Engineer", "Data Engineer II"), `employer` and `postings` (ids) choose a part; it
    has these postings' graphs and the concepts that they name. The graph of runs, which alone
    holds clock times and paths, is written only where `runs` asks for it, and only by the formats
    of RDF; so is what is inferred, with `inferred`. Raises `StoreError` for an unknown format, a
    target that does not suit it and for what is not there, `UnknownNameError` for a name that
    nothing bears. Nothing is written then. `watch` is told how many of how many graphs were read,
    by the formats that go from one to the next; the role-skill graph is read at once.
    """
    if form not in _FORMATS:
        known = ", ".join(FORMATS)
        raise StoreError(f"no export format {form!r}; there are {known}{suggested(form, FORMATS)}")
    found = _FORMATS[form]
    for asked, name in ((runs, "the runs"), (inferred, "what is inferred")):
        if asked and not found.has_graphs:
            raise StoreError(f"{form} has no place for {name}; turtle, nquads and trig have")
    if inferred:
        need_inferred(store)
    part = choose(store, role=role, employer=employer, postings=postings)
    options = {"runs": runs, "inferred": inferred} if found.has_graphs else {}
    total = len(part.graphs(runs=runs, inferred=inferred) if found.has_graphs else part.ids)
    part = part.watched(watch, total)
    write = found.writer()
    if found.is_folder:
        write(part, _folder(form, target))
    elif isinstance(target, str | Path):
        with Path(target).open("wb") as stream:
            write(part, stream, **options)
    else:
        write(part, target, **options)


def _folder(form: str, target: str | Path | IO[bytes]) -> Path:
    """Return the folder to write to, made if need be. One with files in it is left alone."""
    if not isinstance(target, str | Path):
        raise StoreError(f"{form} is a folder of files; name one: -o FOLDER")
    folder = Path(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = next(folder.iterdir(), None)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}; name a new or an empty folder") from error
    if found is not None:
        raise StoreError(f"{folder} holds {found.name} already; name a new or an empty folder")
    return folder
