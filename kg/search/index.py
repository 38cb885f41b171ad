"""The full-text index of a store: an SQLite file beside it, brought up to date when it is asked.

SQLite's FTS5 holds the words and ranks by BM25 (Robertson & Zaragoza, Foundations and Trends in
Information Retrieval 3 (2009) 333-389). Each posting is known by its run too, so that what was
extracted anew is indexed anew; what the store no longer has is taken out. The index holds nothing
that the store does not, and may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from kg.corpus.queries import in_graphs
from kg.corpus.source import Source
from kg.search.told import ASKS, least, told, told_by_columns
from kg.store import Store
from ontology import terms
from ontology.terms import DECLARED
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.rows import Streaming, Value

FILE: Final = "search.sqlite"
VERSION: Final = "2"
"""Of the tables: an index of another version is made anew."""
TOKENIZER: Final = "unicode61 remove_diacritics 2 tokenchars '+#'"
"""Words as people write them: without case or accents, C++ and C# whole."""
SCHEMA: Final = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, posting TEXT UNIQUE, run TEXT, role TEXT,
                        employer TEXT);
CREATE TABLE copies (posting TEXT PRIMARY KEY, original TEXT);
CREATE TABLE asks (document INTEGER, concept TEXT, PRIMARY KEY (concept, document)) WITHOUT ROWID;
CREATE TABLE concepts (iri TEXT PRIMARY KEY, label TEXT);
CREATE TABLE labels (folded TEXT, iri TEXT, PRIMARY KEY (folded, iri)) WITHOUT ROWID;
CREATE TABLE broader (broader TEXT, iri TEXT, PRIMARY KEY (broader, iri)) WITHOUT ROWID;
CREATE TABLE things (kind TEXT, name TEXT, label TEXT, postings INTEGER,
                     PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, employer, role, text, tokenize="{TOKENIZER}");
"""
_KNOWN: Final = f"""{DECLARED}
SELECT ?graph ?identifier ?run WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:identifier ?identifier .
  OPTIONAL {{ ?posting prov:wasDerivedFrom ?source . ?source prov:wasGeneratedBy ?run }}
}} }}"""
_TEXTS: Final = "?posting prov:wasDerivedFrom ?source . ?source rdf:value ?text"
_COPIES: Final = f"""{DECLARED}
SELECT ?posting ?original WHERE {{ GRAPH ?graph {{ ?posting rg:copyOf ?original }} }}"""
_CONCEPTS: Final = f"""{DECLARED}
SELECT ?concept ?property ?value WHERE {{
  VALUES ?property {{ skos:prefLabel skos:altLabel skos:broader }}
  ?concept a skos:Concept ; ?property ?value .
  FILTER(!isLiteral(?value) || lang(?value) IN ("", "en"))
}}"""
_VOCABULARIES: Final = f"""{DECLARED}
SELECT DISTINCT ?hash WHERE {{ GRAPH ?graph {{ ?run rg:vocabularySha256 ?hash }} }}
ORDER BY ?hash"""

_THINGS: Final = """
DELETE FROM things;
INSERT INTO things SELECT 'role', role, label, COUNT(*) FROM documents
  JOIN concepts ON iri = role GROUP BY role;
INSERT INTO things SELECT 'skill', concept, label, COUNT(*) FROM asks
  JOIN concepts ON iri = concept GROUP BY concept;
INSERT INTO things SELECT 'employer', employer, employer, COUNT(*) FROM documents
  WHERE employer IS NOT NULL GROUP BY employer;
"""
CACHE: Final = 65_536
"""KiB of the file that are held: what is added is spread over all of it, and would else be read and
written again and again."""
AT_ONCE: Final = 500
"""Postings whose texts are read at once: a store's together may be gigabytes."""
MANY: Final = 1000
"""New postings from which on what they say is read off columns."""
QUERIES: Final = {
    "The postings that there are": _KNOWN,
    "Their words": in_graphs(_TEXTS, "?text"),
    "The skills that they require": in_graphs(ASKS[0], "?concept"),
    "Which are copies of which": _COPIES,
    "What the vocabulary calls things": _CONCEPTS,
}
"""What the index is made from, and what for."""


class SearchIndex:
    """The index of one store. `folder` is the store's; None, or one without rights, is memory."""

    def __init__(self, folder: Path | None) -> None:
        self._kept: dict[str, tuple[object, list[tuple[Any, ...]]]] = {}
        self.database = self._open(folder)

    @classmethod
    def made_in(cls, folder: Path) -> SearchIndex | None:
        """Return the index that is in a folder as it stands, for reading; None without one.

        Raises `sqlite3.OperationalError` while another process writes it down.
        """
        file = folder / FILE
        if not file.is_file():
            return None
        there = cls.__new__(cls)
        there._kept = {}
        there.database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=2)
        if there._is_ours(there.database) and there.select("SELECT 1 FROM documents LIMIT 1"):
            return there
        there.close()
        return None

    def things(self, kind: str) -> list[tuple[str, str, int]]:
        """Return the roles, skills or employers of postings: name, label, how many postings."""
        state = self.database.execute("PRAGMA data_version").fetchone(), self.database.total_changes
        kept = self._kept.get(kind)
        if kept is None or kept[0] != state:
            found = self.select("SELECT name, label, postings FROM things WHERE kind = ?", [kind])
            kept = self._kept[kind] = state, found
        return kept[1]

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def refresh(self, source: Streaming) -> None:
        """Bring the index up to date with a store; what is known already is not read again.

        Of a snapshot that it was made from, nothing is.
        """
        view = source.view if isinstance(source, Store) else None
        state = view.snapshot.path.name if view else ""
        if state and self._meta("state") == state:
            return
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            self._refresh_concepts(source)
            self._refresh_postings(source)
            self._refresh_copies(source)
            for statement in filter(str.strip, _THINGS.split(";")):
                self.database.execute(statement)
            self._say("state", state)

    def _open(self, folder: Path | None) -> sqlite3.Connection:
        if folder is not None:
            file = folder / FILE
            for _ in range(2):
                try:
                    return self._made(file)
                except sqlite3.OperationalError:  # we may not write there
                    break
                except sqlite3.DatabaseError:  # no database: it holds nothing that the store lacks
                    with suppress(OSError):
                        file.unlink()
        return self._made(":memory:")

    def _made(self, place: Path | str) -> sqlite3.Connection:
        database = sqlite3.connect(place, timeout=60)
        database.execute(f"PRAGMA cache_size = -{CACHE}")
        try:
            if not self._is_ours(database):
                tables = database.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL "
                    "AND name NOT LIKE 'words_%'"
                ).fetchall()
                for (name,) in tables:
                    database.execute(f'DROP TABLE "{name}"')
                database.executescript(SCHEMA)
                with database:
                    database.execute("INSERT INTO meta VALUES ('version', ?)", [VERSION])
        except BaseException:
            database.close()
            raise
        return database

    def _is_ours(self, database: sqlite3.Connection) -> bool:
        with suppress(sqlite3.OperationalError):
            found = database.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
            return bool(found == (VERSION,))
        return False

    def _refresh_concepts(self, source: Streaming) -> None:
        stamp = " ".join(str(row["hash"]) for row in _rows(source, _VOCABULARIES))
        if self._meta("vocabulary") == stamp:
            return
        for table in ("concepts", "labels", "broader"):
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608 # names of our own
        said: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for concept, name, value in source.query(_CONCEPTS):
            said[str(name)].append((str(concept), str(value)))
        called, above = said[terms.SKOS + "prefLabel"], said[terms.SKOS + "broader"]
        labels = [*called, *said[terms.SKOS + "altLabel"]]
        add = self.database.executemany
        add("INSERT OR REPLACE INTO concepts VALUES (?, ?)", called)
        add(
            "INSERT OR IGNORE INTO labels VALUES (?, ?)",
            sorted((fold(label), concept) for concept, label in labels),
        )
        add(
            "INSERT OR IGNORE INTO broader VALUES (?, ?)",
            sorted((broader, concept) for concept, broader in above),
        )
        self._say("vocabulary", stamp)

    def _meta(self, name: str) -> str | None:
        found = self.database.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return str(found[0]) if found else None

    def _say(self, name: str, value: str) -> None:
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    def _refresh_postings(self, source: Streaming) -> None:
        known = list(_rows(source, _KNOWN))
        wanted = {str(row["identifier"]): str(row["run"] or "") for row in known}
        graphs = {str(row["identifier"]): str(row["graph"]) for row in known}
        held = dict(self.database.execute("SELECT posting, run FROM documents"))
        for posting in [posting for posting, run in held.items() if wanted.get(posting) != run]:
            self._remove(posting)
        new = sorted(posting for posting, run in wanted.items() if held.get(posting) != run)
        labels = dict(self.database.execute("SELECT iri, label FROM concepts")) if new else {}
        columns, whole = Source(source), None
        if len(new) >= MANY and columns.is_at_hand:
            whole = told_by_columns(columns, [graphs[posting] for posting in new])
        numbers: dict[str, int] = {}
        for start in range(0, len(new), AT_ONCE):
            some = {graphs[posting]: posting for posting in new[start : start + AT_ONCE]}
            said = whole or told(source, some)
            rows = source.stream(in_graphs(_TEXTS, "?text", some))
            texts = least((graph, text) for graph, text in rows)
            numbers |= self._add(some, texts, said.facts, wanted, labels)
            if whole is None:
                self._ask(said.asks, numbers)
        if whole is not None:
            self._ask(whole.asks, numbers)

    def _ask(self, asks: Iterable[tuple[str, str]], numbers: Mapping[str, int]) -> None:
        """Note which concept is asked for in which graph, whose postings have numbers."""
        self.database.executemany(
            "INSERT OR IGNORE INTO asks (concept, document) VALUES (?, ?)",
            sorted((concept, numbers[graph]) for concept, graph in asks),
        )

    def _refresh_copies(self, source: Streaming) -> None:
        """Keep which posting counts for which, by identifiers, with which their IRIs end."""
        self.database.execute("DELETE FROM copies")
        pairs = (
            [str(row[key]).rsplit("/", 1)[-1] for key in ("posting", "original")]
            for row in _rows(source, _COPIES)
        )
        self.database.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?)", pairs)

    def _add(
        self,
        postings: Mapping[str, str],
        texts: Mapping[str, str],
        facts: Mapping[str, Mapping[str, str]],
        runs: Mapping[str, str],
        labels: Mapping[str, str],
    ) -> dict[str, int]:
        """Add some postings, which are given by their graphs, and return their numbers by these."""
        numbers = {}
        for graph, posting in postings.items():
            title, role, employer = (
                facts[name].get(graph) for name in ("title", "role", "employer")
            )
            number = self.database.execute(
                "INSERT INTO documents (posting, run, role, employer) VALUES (?, ?, ?, ?)",
                [posting, runs[posting], role, employer],
            ).lastrowid
            self.database.execute(
                "INSERT INTO words (rowid, title, employer, role, text) VALUES (?, ?, ?, ?, ?)",
                [number, title or "", employer or "", labels.get(role or "", ""), texts[graph]],
            )
            numbers[graph] = int(number or 0)
        return numbers

    def _remove(self, posting: str) -> None:
        (number,) = self.database.execute(
            "SELECT id FROM documents WHERE posting = ?", [posting]
        ).fetchone()
        self.database.execute("DELETE FROM words WHERE rowid = ?", [number])
        self.database.execute("DELETE FROM asks WHERE document = ?", [number])
        self.database.execute("DELETE FROM documents WHERE id = ?", [number])

    def narrower(self, concept: str) -> dict[str, str]:
        """Return a concept and all below it, with their labels."""
        rows = self.database.execute(
            """WITH RECURSIVE below(iri) AS (
                 VALUES (?) UNION SELECT broader.iri FROM broader JOIN below
                 ON broader.broader = below.iri)
               SELECT below.iri, concepts.label FROM below JOIN concepts ON concepts.iri = below.iri
            """,
            [concept],
        )
        return dict(rows.fetchall())

    def named(self, folded: str) -> list[tuple[str, str]]:
        """Return the concepts that bear a folded label: IRI and preferred label."""
        return self.database.execute(
            "SELECT labels.iri, concepts.label FROM labels JOIN concepts USING (iri) "
            "WHERE folded = ? ORDER BY labels.iri",
            [folded],
        ).fetchall()

    def names_of(self, concepts: Iterable[str]) -> list[str]:
        """Return all labels of some concepts, folded, sorted."""
        found = [
            name
            for concept in sorted(concepts)
            for (name,) in self.database.execute(
                "SELECT folded FROM labels WHERE iri = ?", [concept]
            )
        ]
        return sorted(set(found))

    def documents_asking(self, concepts: Iterable[str]) -> dict[int, set[str]]:
        """Return the documents that ask for some of these concepts, and for which."""
        found: dict[int, set[str]] = defaultdict(set)
        for concept in concepts:
            for (number,) in self.database.execute(
                "SELECT document FROM asks WHERE concept = ?", [concept]
            ):
                found[number].add(concept)
        return found

    def select(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query of our own."""
        return self.database.execute(sql, list(values)).fetchall()


def _rows(source: Streaming, sparql: str) -> Iterator[Mapping[str, Value]]:
    yield from source.query(sparql).to_dicts()
