"""The GEXF as a reader that is not networkx sees it: graphology, which sigma.js draws with.

Gephi's own reader is a jar of Maven Central's. Node and npm fetch this one; where they are not
there, or have no network, nothing is tested.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.exports.plain_graph import plain_graph
from kg.graphs import role_skill_graph
from tests.exports import written
from tests.stores import two_level_store

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

PACKAGES: Final = (
    "@xmldom/xmldom@0.9.12",
    "graphology@0.26.0",
    "graphology-gexf@0.13.2",
    "graphology-types@0.24.8",
)
READ: Final = """
globalThis.DOMParser = require("@xmldom/xmldom").DOMParser;
const text = require("fs").readFileSync(0, "utf8");
const graph = require("graphology-gexf").parse(require("graphology"), text);
console.log(JSON.stringify(graph.export()));
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("apt install nodejs npm")
    folder = tmp_path_factory.mktemp("node")
    made = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"npm has no network: {made.stderr[-200:]}")
    return folder


def read(gexf: bytes, folder: Path) -> dict[str, Any]:
    (folder / "read.js").write_text(READ, encoding="utf-8")
    done = subprocess.run(
        ["node", "read.js"],  # noqa: S607 # found by `packages`
        cwd=folder,
        input=gexf,
        capture_output=True,
        timeout=100,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_another_reader_finds_the_same_nodes_edges_and_values(
    packages: Path, tmp_path: Path
) -> None:
    store = two_level_store(tmp_path)
    plain = plain_graph(role_skill_graph(store))
    found = read(written(store, "gexf"), packages)
    assert found["options"]["type"] == "directed"
    assert {one["key"]: one["attributes"] for one in found["nodes"]} == dict(plain.nodes(data=True))
    theirs = sorted((one["source"], one["target"], _said(one)) for one in found["edges"])
    assert theirs == sorted(
        (source, target, _said({"attributes": data}))
        for source, target, data in plain.edges(data=True)
    )


def _said(edge: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return what is said of an edge, without what the format adds."""
    return sorted(
        (name, edge["attributes"][name]) for name in edge["attributes"] if name != "networkx_key"
    )
