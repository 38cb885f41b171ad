"""What an output is: the program, vocabulary and options that made it, and into how many parts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.run import run_node
from kg.spark.files import Files
from kg.spark.layout import PLAN
from kg.spark.task import PARTS_HOLD, Task, contents
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.iris import Iris
    from nlp.extract import Extractor
    from nlp.readers.raw import ReadingOptions

FORMAT: Final = 1
LEAST_PARTS: Final = 4
Plan: TypeAlias = dict[str, Any]


def plan(
    output: Files,
    iris: Iris,
    extractor: Extractor,
    vocabulary: Sequence[Path],
    options: ReadingOptions,
    *,
    size: int,
    parts: int | None,
) -> tuple[Task, Plan]:
    """Return the task of a build into `output`, whose plan is made or fits; else `StoreError`.

    The number of parts stays as it was first, unless another is given: then all parts are made
    anew. `size` is how many bytes there are to read. A new output has its plan from now on; that of
    another is what is returned as soon as the output is changed.
    """
    before = output.read_json(PLAN) if output.exists(PLAN) else None
    if before is None and (found := next(iter(output.walk_if_there()), None)):
        raise StoreError(
            f"{output.where} holds {found[0]} and no output of kg spark build; name a new or an "
            "empty folder"
        )
    if before is not None and before["format"] != FORMAT:
        raise StoreError(f"{output.where} was made by another program; build into a new folder")
    if before is not None and before["base"] != iris.base:
        raise StoreError(
            f"{output.where}: its data lives below {before['base']}, not {iris.base}; build into "
            "a new folder"
        )
    kept = before["parts"] if before is not None else max(LEAST_PARTS, -(-size // PARTS_HOLD))
    task = Task(
        output=output,
        run=run_node(iris, extractor).value,
        base=iris.base,
        parts=parts or kept,
        vocabulary=contents(vocabulary),
        options=options,
    )
    said = {
        "format": FORMAT,
        "base": iris.base,
        "run": task.run,
        "parts": task.parts,
        "options": asdict(options),
    }
    if before is None:
        output.write_json(PLAN, said)
    return task, said
