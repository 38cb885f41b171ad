"""Written graphs: a posting's statements as lines of TriG, which are quads when looked at.

A build makes, checks and loads some hundred statements a posting, and looks at none of them: lines
cost a fifth of what objects do, and go from one process to another as they are. In TriG each node
and the graph are named once, which makes them half as long as N-Quads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, TypeAlias, overload

import pyoxigraph as ox

if TYPE_CHECKING:
    from typing import Self

Values: TypeAlias = dict[str, dict[str, list[str]]]
"""What is said of each node: the texts of its values, by property."""


class WrittenGraph(Sequence[ox.Quad]):
    """A graph without blank nodes, called `name`: sorted lines, no two alike.

    `data` is a block of TriG, which SPARQL updates have in the same form.

    `values` says the same for those who check it; None where only the lines are left.
    """

    __slots__ = ("_quads", "data", "name", "size", "values")

    def __init__(self, name: str, data: bytes, size: int, values: Values | None = None) -> None:
        self.name = name
        self.data = data
        self.size = size
        self.values = values
        self._quads: list[ox.Quad] | None = None

    @classmethod
    def of(cls, name: ox.NamedNode, lines: Mapping[str, Set[str]], values: Values) -> Self:
        """Write down what stands in the lines behind each node, by its IRI."""
        parts = [f"GRAPH {name} {{\n"]
        # By what the lines begin with: <a/b> stands before <a>, whose mark is greater than "/".
        for head in sorted([f"<{node}>" for node in lines]):
            parts += (head, " ;\n".join(sorted(lines[head[1:-1]])), " .\n")
        parts.append("}\n")
        return cls(name.value, "".join(parts).encode(), sum(map(len, lines.values())), values)

    @property
    def quads(self) -> list[ox.Quad]:
        """The statements as objects, read when they are asked for."""
        if self._quads is None:
            self._quads = list(ox.parse(self.data, format=ox.RdfFormat.TRIG))
        return self._quads

    @property
    def pattern(self) -> str:
        """The graph as SPARQL updates have it."""
        return self.data.decode()

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> ox.Quad: ...
    @overload
    def __getitem__(self, index: slice) -> list[ox.Quad]: ...
    def __getitem__(self, index: int | slice) -> ox.Quad | list[ox.Quad]:
        return self.quads[index]
