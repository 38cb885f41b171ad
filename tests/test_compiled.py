"""Compiled modules: used where asked for, and only if they were built from the sources here."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from nlp.compiled import VARIABLE, Finder, is_current, sources_digest, write_record
from tests.compiling import LEFT_OUT, ROOMS, ROOT, modules

FILE = f"nlp/folding{EXTENSION_SUFFIXES[0]}"


def imported(folder: str, code: str = "import nlp.folding; print(nlp.folding.__file__)") -> str:
    """Return what a new process with the variable set prints, or the last line of its error."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, VARIABLE: folder},
    )
    return (done.stdout or done.stderr).strip().rpartition("\n")[2]


def test_without_a_folder_the_sources_are_imported() -> None:
    assert imported("") == str(ROOT / "nlp" / "folding.py")


def test_a_folder_that_is_none_is_an_error_and_no_slow_run(tmp_path: Path) -> None:
    assert imported(str(tmp_path)).startswith("ImportError: ROLEGRAPH_COMPILED=")
    assert "`make compiled` writes one" in imported(str(tmp_path / "nowhere"))


def test_what_was_built_from_other_sources_is_refused(tmp_path: Path) -> None:
    write_record(tmp_path, "of other sources", {"nlp.folding": FILE})
    assert not is_current(tmp_path)
    assert "built from other sources or for another Python" in imported(str(tmp_path))


def test_what_was_built_from_these_sources_is_imported(tmp_path: Path) -> None:
    write_record(tmp_path, sources_digest(), {"nlp.folding": FILE})
    assert is_current(tmp_path)
    assert f"{tmp_path}/{FILE}: cannot open" in imported(str(tmp_path)), "a file is missing"
    assert imported(str(tmp_path), "import nlp.words; print(nlp.words.__file__)").endswith(".py")


def test_the_digest_is_of_the_text_of_every_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("nlp.compiled.PACKAGES", tmp_path)
    digests = [sources_digest()]
    for name, text in (("nlp/a.py", ""), ("nlp/a.py", "A = 1"), ("ontology/b.py", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        digests.append(sources_digest())
    assert len(set(digests)) == 4
    (tmp_path / "nlp" / "table.tsv").write_text("no source", encoding="utf-8")
    assert sources_digest() == digests[-1]


def test_a_module_that_is_not_compiled_is_left_to_others() -> None:
    finder = Finder({"nlp.folding": Path("/there.so")})
    found = finder.find_spec("nlp.folding", None)
    assert found is not None
    assert found.origin == "/there.so"
    assert finder.find_spec("nlp.words", None) is None


def test_every_module_of_the_rooms_is_compiled_or_said_to_be_left_out() -> None:
    names = {".".join(path.with_suffix("").parts) for path in modules()}
    assert not names & LEFT_OUT.keys()
    for room in ROOMS:
        for path in (ROOT / room).glob("*.py"):
            name = f"{room.replace('/', '.')}.{path.stem}"
            assert path.stem == "__init__" or name in names | LEFT_OUT.keys()
    gone = [name for name in LEFT_OUT if not (ROOT / f"{name.replace('.', '/')}.py").exists()]
    assert gone == []


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_a_module_that_is_left_out_has_a_reason(name: str) -> None:
    assert len(LEFT_OUT[name].split()) > 2


@pytest.mark.parametrize("path", modules(), ids=str)
def test_nothing_is_compiled_that_would_forget(path: Path) -> None:
    """mypyc takes a cached property for a plain one, and reckons it anew each time."""
    assert "cached_property" not in (ROOT / path).read_text(encoding="utf-8")
