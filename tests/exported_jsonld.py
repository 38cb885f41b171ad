"""Stores that are exported as JSON-LD, and the postings of what was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.store import Store
from tests.exports import written
from tests.schema_org import Node
from tests.stores import two_level_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def text(two: Store) -> str:
    return written(two, "jsonld").decode()


@pytest.fixture(scope="module")
def seeds(store: Path) -> Iterator[Store]:
    with Store.open(store) as opened:
        yield opened


@pytest.fixture(scope="module")
def first(text: str) -> Node:
    return next(one for one in postings(text) if one["title"] == "Machine Learning Engineer I")


def postings(text: str) -> list[Node]:
    found: list[Node] = json.loads(text)["@graph"]
    return found
