"""A search: words to hits, by the words themselves and by the concepts that they name.

A posting's rank is its BM25 score over title, employer, role and text, and for each concept named
by the words (by any of its labels: "k8s" is Kubernetes) a share for asking for it, or, a smaller
one, for something below it (AWS, where cloud platforms are sought). Of copies of one job the best
is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.search.index import SearchIndex
from kg.shown import Shown
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from kg.analysis.support import Json
    from kg.rows import Streaming

WEIGHTS: Final = (6.0, 4.0, 3.0, 1.0)
"""Of a word in title, employer, role and text."""
ASKED: Final = 5.0
"""What asking for a concept that the words name is worth."""
BELOW: Final = 3.0
"""What asking for something below it is worth."""
LONGEST_NAME: Final = 6
"""Words of a concept's name, at the most."""
SNIPPET: Final = 16
"""Words of the line that is shown, at the most."""
WORD: Final = re.compile(r"[\w+#]+")
COLUMNS: Final = ("kind", "id", "label", "score", "words", "postings", "by")
"""The columns of `Hit.to_row`."""


class Found(StrEnum):
    """What a hit is."""

    POSTING = "posting"
    ROLE = "role"
    SKILL = "skill"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Hit(Shown):
    """Something found. `words` is the place with the words in guillemets, or how it is called.

    `score` compares hits of one kind with each other only; `postings` counts those of a role, a
    skill or an employer; `by` are the concepts of the search that a posting asks for.
    """

    kind: Found
    id: str
    label: str
    score: float
    words: str
    postings: int | None = None
    by: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """Return the hit."""
        return {
            "kind": self.kind.value,
            "id": self.id,
            "label": self.label,
            "score": round(self.score, 6),
            "words": self.words,
            "postings": self.postings,
            "by": list(self.by),
        }

    def to_row(self) -> dict[str, object]:
        """Return the hit as one flat row."""
        return {**self.to_json(), "by": ", ".join(self.by)}


def search(
    source: Streaming,
    folder: Path | None,
    words: str,
    *,
    kinds: Iterable[Found] = tuple(Found),
    limit: int = 10,
) -> list[Hit]:
    """Return the best hits of each kind, at most `limit` of it. Raises `ValueError` for no words.

    `folder` is that of the store, in which the index is kept; None keeps it in memory.
    """
    _tokens(words)  # before anything is read
    index = SearchIndex(folder)
    try:
        index.refresh(source)
        return search_index(index, words, kinds=kinds, limit=limit)
    finally:
        index.close()


def search_index(
    index: SearchIndex,
    words: str,
    *,
    kinds: Iterable[Found] = tuple(Found),
    limit: int = 10,
) -> list[Hit]:
    """Return as `search` does from an index that is open and up to date."""
    tokens = _tokens(words)
    wanted = set(kinds)
    concepts = _concepts(index, tokens)
    found: list[Hit] = []
    if Found.POSTING in wanted:
        found += _postings(index, tokens, concepts, limit)
    for kind in (Found.ROLE, Found.SKILL, Found.EMPLOYER):
        if kind in wanted:
            found += _things(index, kind, tokens, limit)
    return found


def _tokens(words: str) -> list[str]:
    tokens = WORD.findall(words)
    if not tokens:
        raise ValueError(f"{words!r} has no word to search for")
    return tokens


def _concepts(index: SearchIndex, tokens: Sequence[str]) -> list[tuple[str, str]]:
    """Return the concepts that stretches of the words name, the longest names first."""
    found: dict[str, str] = {}
    taken = [False] * len(tokens)
    for length in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            if any(taken[start : start + length]):
                continue
            for joined in (" ".join, "/".join, ".".join, "-".join):
                named = index.named(fold(joined(tokens[start : start + length])))
                if named:
                    found.update(named)
                    taken[start : start + length] = [True] * length
                    break
    return list(found.items())


def _match(tokens: Iterable[str]) -> str:
    """Return FTS5's expression for any of the words, each in quotes: no sign of them is read."""
    return " OR ".join(f'"{token}"' for token in dict.fromkeys(tokens))


def _postings(
    index: SearchIndex, tokens: Sequence[str], concepts: Sequence[tuple[str, str]], limit: int
) -> list[Hit]:
    scores = {
        number: -score
        for number, score in index.select(
            "SELECT rowid, bm25(words, ?, ?, ?, ?) FROM words WHERE words MATCH ?",
            [*WEIGHTS, _match(tokens)],
        )
    }
    asked: dict[int, list[str]] = {}
    meant: dict[int, set[str]] = {}
    for concept, label in concepts:
        below = index.narrower(concept)
        for number, which in index.documents_asking(below).items():
            meant.setdefault(number, set()).update({concept} & set(which) or which)
            scores[number] = scores.get(number, 0.0) + (ASKED if concept in which else BELOW)
            named = label if concept in which else f"{label} ({_first(below, which)})"
            asked.setdefault(number, []).append(named)
    jobs = dict(
        index.select(
            "SELECT id, COALESCE(original, documents.posting) FROM documents "
            "LEFT JOIN copies ON copies.posting = documents.posting"
        )
    )
    best: dict[str, int] = {}
    for number in sorted(scores, key=lambda each: (-round(scores[each], 9), each)):
        best.setdefault(jobs[number], number)
        if len(best) == limit:
            break
    known = {
        number: (posting, title, text)
        for number, posting, title, text in index.select(
            "SELECT documents.id, posting, title, text FROM documents "  # noqa: S608 # only marks
            "JOIN words ON words.rowid = documents.id "
            f"WHERE documents.id IN ({','.join('?' * len(best))})",
            best.values(),
        )
    }
    hits = [
        Hit(
            Found.POSTING,
            known[number][0],
            known[number][1] or known[number][0],
            scores[number],
            _words(known[number][2], tokens, index.names_of(meant.get(number, ()))),
            by=tuple(asked.get(number, ())),
        )
        for number in best.values()
    ]
    return sorted(hits, key=lambda hit: (-round(hit.score, 9), hit.label, hit.id))


def _first(labels: dict[str, str], which: Iterable[str]) -> str:
    return min(labels[one] for one in which)


def _words(text: str, tokens: Iterable[str], names: Iterable[str]) -> str:
    """Return the line to be shown of a posting: that with all the words that are sought.

    Without one, the line that names a concept of the search, or else that with most of the words:
    of "big data" a lone "Data" in a title shows nothing where the posting asks for Spark.
    """
    wanted = {fold(token) for token in tokens}
    line, held = _line(text, wanted)
    if held == len(wanted):
        return line
    return _named_line(text, names) or line


def _line(text: str, wanted: AbstractSet[str]) -> tuple[str, int]:
    """Return the line with most of the words, these in guillemets, cut; and how many it has."""
    best: tuple[int, list[str], int] = (0, [], 0)
    for line in text.splitlines():
        words = line.split()
        hits = [
            place
            for place, word in enumerate(words)
            if any(fold(part) in wanted for part in WORD.findall(word))
        ]
        parts = {fold(part) for place in hits for part in WORD.findall(words[place])}
        distinct = len(parts & wanted)
        if distinct > best[0]:
            best = distinct, words, hits[0]
    held, words, first = best
    start = max(0, first - SNIPPET // 3)
    shown = [
        f"«{word}»" if any(fold(part) in wanted for part in WORD.findall(word)) else word
        for word in words[start : start + SNIPPET]
    ]
    before, after = "…" if start else "", "…" if start + SNIPPET < len(words) else ""
    return f"{before}{' '.join(shown)}{after}", held


def _named_line(text: str, names: Iterable[str]) -> str:
    """Return the first line with one of the names, in guillemets, cut to a few words.

    It is what is shown of a posting in other words than were sought: "GKE" for Kubernetes.
    """
    longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
    if not longest_first:
        return ""
    named = rf"(?<![\w+#])(?:{'|'.join(longest_first)})(?![\w+#])"
    found = re.search(named.replace(r"\ ", r"[ \t]+"), text, re.IGNORECASE)
    if not found:
        return ""
    before = text[: found.start()].rpartition("\n")[2]
    after = text[found.end() :].partition("\n")[0]
    words = f"{before}«{found[0]}»{after}".split()
    start = max(0, len(f"{before}«".split()) - 1 - SNIPPET // 3)
    shown = words[start : start + SNIPPET]
    cut = "…" if start + SNIPPET < len(words) else ""
    return f"{'…' if start else ''}{' '.join(shown)}{cut}"


def _things(index: SearchIndex, kind: Found, tokens: Sequence[str], limit: int) -> list[Hit]:
    """Return roles, skills or employers by their names: those with most of the words first."""
    wanted = [fold(token) for token in tokens]
    named = {iri for iri, _ in _concepts(index, tokens)}
    hits = []
    for iri, label, postings in index.things(kind):
        words = [fold(part) for part in WORD.findall(label)]
        shared = sum(any(word.startswith(token) for word in words) for token in wanted)
        is_meant = iri in named
        if shared == len(wanted) or is_meant or (shared and shared >= len(words)):
            score = (2.0 if is_meant else 0.0) + shared / max(len(words), len(wanted))
            hits.append(Hit(kind, iri, label, score, label, postings))
    return sorted(hits, key=lambda hit: (-hit.score, -(hit.postings or 0), hit.label))[:limit]
