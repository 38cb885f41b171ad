"""Compiling: the modules that extraction spends its time in, made machine code by mypyc.

    python -m tests.compiling [FOLDER]

Writes extension modules and the record of what they were built from into FOLDER (build/compiled).
`nlp.compiled` tells how they are used. Takes a C compiler and two minutes on two cores.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from mypyc.build import mypycify
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

from nlp.compiled import sources_digest, write_record

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "build" / "compiled"
ROOMS: Final = ("nlp", "nlp/rules")
"""Where the modules stand that a posting goes through once it has been read."""
SHARED: Final = "rolegraph"
"""Begins the name of the one module that holds the code of all the others."""
CACHE: Final = ".mypy_cache/compiled"
"""Where mypy keeps what it knows: not in the place of what it knows under its usual options."""
LEVEL: Final = "2"
"""How hard the C compiler tries."""
HIDDEN: Final = [] if os.name == "nt" else ["-fvisibility=hidden"]
"""What makes calls inside the shared module direct ones: nobody else calls its functions."""

READS: Final = "reads a posting, which is seldom what one waits for, and knows odd texts"
LEFT_OUT: Final = {
    "nlp.compiled": "finds the compiled ones",
    "nlp.digest": "reads files, once",
    "nlp.evaluate": "is run by hand, on few postings",
    "nlp.extract": "has a decorated constructor, of which mypyc makes wrong C",
    "nlp.factors": "works while the rules are imported only, on what `re` keeps to itself",
    "nlp.garbage": "is a context manager that does next to nothing",
    "nlp.glued_lines": READS,
    "nlp.hard_wraps": READS,
    "nlp.late": "makes an extractor, once",
    "nlp.lost_entities": READS,
    "nlp.lost_items": READS,
    "nlp.lost_lines": READS,
    "nlp.markdown": READS,
    "nlp.markup": READS,
    "nlp.pipeline": "is spaCy's to look into, and does its work while it is built",
    "nlp.record": "is JSON's form of the facts, and no part of finding them",
    "nlp.repair": READS,
    "nlp.shown": "draws pages for people",
    "nlp.strokes": READS,
    "nlp.summary": "draws pages for people",
    "nlp.tables": READS,
    "nlp.types": "named tuples and data classes only, one of them generic: mypyc makes none faster",
}
"""Modules of these rooms that stay as they are, and why."""


def modules() -> list[Path]:
    """Return the modules that are compiled, relative to the project."""
    found = chain.from_iterable(sorted((ROOT / room).glob("*.py")) for room in ROOMS)
    paths = [path.relative_to(ROOT) for path in found if path.stem != "__init__"]
    return [path for path in paths if _name(path) not in LEFT_OUT]


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def build(folder: Path) -> None:
    """Compile the modules into a folder; what was in it is gone."""
    folder, digest = folder.resolve(), sources_digest()  # who edits meanwhile has to build again
    shutil.rmtree(folder, ignore_errors=True)
    paths = [str(path) for path in modules()]
    with chdir(ROOT):
        extensions = mypycify(
            ["--config-file=pyproject.toml", f"--cache-dir={CACHE}", *paths],
            opt_level=LEVEL,
            debug_level="0",
            multi_file=True,
            group_name=SHARED,
            target_dir=str(folder / "c"),
        )
        for extension in extensions:
            extension.extra_compile_args += HIDDEN
        distribution = Distribution({"name": "rolegraph-compiled", "ext_modules": extensions})
        command = _Build(distribution)
        command.build_lib, command.build_temp = str(folder), str(folder / "objects")
        command.ensure_finalized()
        command.run()
    for rest in ("c", "objects"):
        shutil.rmtree(folder / rest)
    write_record(folder, digest, {e.name: _file(command, e) for e in extensions})


def _file(command: build_ext, extension: Extension) -> str:
    return str(command.get_ext_filename(extension.name))


class _Build(build_ext):  # type: ignore[misc] # setuptools ships no types
    """Compiles the C files of an extension side by side."""

    def build_extensions(self) -> None:
        self.compiler.compile = partial(_side_by_side, self.compiler.compile)
        super().build_extensions()


def _side_by_side(
    compile_: Callable[..., list[str]], sources: Sequence[str], **options: Any
) -> list[str]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects: Iterator[list[str]] = pool.map(lambda one: compile_([one], **options), sources)
        return [*chain.from_iterable(objects)]


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
