"""The store as an rdflib Dataset: the same data, nothing copied, for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset

from kg.query_guard import check_query
from kg.store_folder import StoreError
from ontology import terms

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rdflib.query import Result

    from kg.store import Store


def dataset(store: Store) -> Dataset:
    """Return the store as a Dataset whose default graph is the union of all graphs.

    It reads the store as it is at that moment and ends with it. Changing it raises `StoreError`;
    to change a copy, add its triples to a graph of your own.
    """
    found = Dataset(store=_ReadOnly(store), default_union=True)
    for prefix, namespace in terms.PREFIXES.items():
        found.bind(prefix, namespace)
    return found


class _ReadOnly(OxigraphStore):
    """oxrdflib's store over ours; it holds no pyoxigraph store, so that ours can be closed."""

    def __init__(self, store: Store) -> None:
        self._ours = store
        super().__init__()

    @property
    def _inner(self) -> ox.Store:
        return self._ours.oxigraph

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Result:
        check_query(str(query))
        return super().query(query, *args, **kwargs)

    def add_graph(self, graph: object) -> None:
        """Do nothing: rdflib adds the default graph to every Dataset."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError("this Dataset is for reading; copy its triples into a graph of your own")

    add = addN = remove = remove_graph = update = destroy = _refuse  # noqa: N815
