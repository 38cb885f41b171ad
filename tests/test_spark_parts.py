"""What a build on Spark is made of, without Spark: slices, files, bands, names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.copies.sketches import are_near, make_sketch
from kg.spark.files import UNFINISHED, Files
from kg.spark.reading import LINE, at_hand, read_slice
from kg.spark.session import retrying
from kg.spark.sketching import bands_of
from kg.spark.sources import Piece, find_pieces, slices, units
from kg.store_folder import StoreError
from nlp.readers import SetAside, Source, read_source
from nlp.readers.raw import AS_IT_IS, ReadingOptions
from tests.sketched import index_of
from tests.sparks import feed, no_name

if TYPE_CHECKING:
    from nlp.types import Posting
    from tests.command_line import Kg


def in_slices(file: Path, size: int) -> list[Posting | SetAside]:
    whole = Piece(str(file), file.name, file.stat().st_size)
    found: list[Posting | SetAside] = []
    for piece in slices(whole, AS_IT_IS, size):
        with at_hand(piece) as path:
            found += read_slice(piece, path, no_name, AS_IT_IS)
    return found


@pytest.mark.parametrize("size", [1, 400, 1000, 2500], ids="{} bytes".format)
def test_slices_give_what_the_file_gives(size: int, tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl", 12)
    known = list(read_source(Source(file, file.name), no_name))
    assert in_slices(file, size) == known
    assert [one.part for one in known if not isinstance(one, SetAside)][:3] == [
        "line 1", "line 2", "line 4"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("one.json", b'[\n{"title": "A",\n "description": "B"}\n,\n{"title": "C"}\n]\n' * 20),
        ("latin.jsonl", '{"title": "Zoë"}\n'.encode("latin-1") * 40),
        ("text.txt", b"Engineer wanted.\n" * 40),
        ("jobs.csv", b"title,description\nA,B\n" * 40),
        ("empty.jsonl", b""),
    ],
    ids=["a list", "an encoding to be guessed", "a text", "rows", "nothing"],
)
def test_what_is_no_lines_of_json_is_read_whole(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    piece = Piece(str(tmp_path / name), name, len(data))
    assert slices(piece, AS_IT_IS, 64) == [piece]


def test_slices_cover_the_file(tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl", 40)
    found = slices(Piece(str(file), file.name, file.stat().st_size), AS_IT_IS, 2000)
    assert [one.start for one in found] == [0, *(one.end for one in found[:-1])]
    assert found[-1].end == file.stat().st_size
    lines = file.read_bytes().split(b"\n")
    for one in found:
        assert file.read_bytes()[one.start :].split(b"\n")[0] == lines[one.line]


def test_small_files_are_read_together_and_large_ones_alone(tmp_path: Path) -> None:
    sizes = [10, 20_000_000, 13_000_000, 40_000_000, 5]
    pieces = [Piece(str(tmp_path / f"{at}"), f"{at}", size) for at, size in enumerate(sizes)]
    assert [[piece.name for piece in unit] for unit in units(pieces)] == [
        ["0", "1", "2"], ["3"], ["4"]
    ]  # fmt: skip


def test_inputs_are_found_as_every_build_finds_them(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_text("a")
    (tmp_path / "in" / "b.txt").write_text("b")
    output = Files.at(tmp_path / "in" / "out")
    output.write("quads/part.nq.gz", b"no input")
    found = find_pieces([tmp_path / "in", tmp_path / "nowhere"], output)
    assert [one.name if isinstance(one, Piece) else one.reason for one in found] == [
        "no such file or folder", "b.txt", "deep/a.txt"
    ]  # fmt: skip


@pytest.mark.parametrize("inner", ["", "/b.txt"], ids=["a folder", "a file"])
def test_an_address_is_asked_for_what_it_holds(inner: str, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("bb")
    address = f"file://{tmp_path}{inner}"
    (found,) = find_pieces([address], Files.at(tmp_path / "out"))
    assert isinstance(found, Piece)
    assert (found.name, found.path, found.size) == ("b.txt", f"file://{tmp_path}/b.txt", 2)


def test_an_address_at_which_nothing_is_is_set_aside(tmp_path: Path) -> None:
    (found,) = find_pieces([f"file://{tmp_path}/nowhere"], Files.at(tmp_path / "out"))
    assert isinstance(found, SetAside)
    assert found.reason == "no such file or folder"


def test_standard_input_is_no_file_that_executors_see(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="reads files"):
        find_pieces(["-"], Files.at(tmp_path))


def test_what_has_its_name_is_whole(tmp_path: Path) -> None:
    files = Files.at(tmp_path)
    files.write("a/b.txt", b"whole")
    files.write_json("mark.json", {"n": 1})
    assert files.read("a/b.txt") == b"whole"
    assert files.read_json("mark.json") == {"n": 1}
    assert files.names("a") == ["b.txt"]
    assert files.names("nowhere") == []
    assert list((tmp_path / UNFINISHED).iterdir()) == []
    (tmp_path / UNFINISHED / "left").write_text("half")
    files.tidy()
    assert list((tmp_path / UNFINISHED).iterdir()) == []
    files.delete("a/b.txt")
    files.delete("a/b.txt")
    assert not files.exists("a/b.txt")


def test_an_address_of_no_known_kind_is_named() -> None:
    with pytest.raises(StoreError, match="ftp://x"):
        Files.at("ftp://x/y").read("z")


@pytest.mark.parametrize("shared", [20, 35, 45, 60, 80, 100])
def test_who_is_found_by_the_index_shares_a_band(shared: int) -> None:
    words = [f"w{at} x y" for at in range(200)]
    sketches = []
    for start in range(30):
        own = [f"{start} {at} z" for at in range(200 - 2 * shared)]
        sketches.append(make_sketch(set(words[: 2 * shared] + own)))
    index = index_of(sketches)
    bands = [set(bands_of(sketch)) for sketch in sketches]
    for number, sketch in enumerate(sketches):
        near = {other for other in index.near(number) if are_near(sketches[other], sketch)}
        meet = {other for other, found in enumerate(bands) if found & bands[number]}
        assert near <= meet


def test_a_line_is_the_same_in_the_whole_file() -> None:
    assert LINE.sub("line 9", "line 3, jobs[2]") == "line 9, jobs[2]"
    assert LINE.sub("line 9", "jobs[3]") == "jobs[3]"


def test_options_make_another_reading(tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl", 12)
    piece = Piece(str(file), file.name, file.stat().st_size)
    assert len(slices(piece, ReadingOptions(format="jsonl"), 1000)) > 1
    assert slices(piece, ReadingOptions(format="text"), 1000) == [piece]


def test_without_spark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.spark.session import session

    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(StoreError, match=r"pip install 'rolegraph\[spark\]'"), session():
        pass


def test_one_folder_is_no_input_and_output(kg: Kg) -> None:
    answer = kg("spark", "build", "seeds")
    assert answer.code == 2
    assert "then the folder to write" in answer.err


def test_what_spark_did_not_write_is_not_loaded(kg: Kg, tmp_path: Path) -> None:
    answer = kg("spark", "load", tmp_path, "--store", tmp_path / "store")
    assert answer.code == 2
    assert "name what kg spark build wrote" in answer.err


@pytest.mark.parametrize(
    ("given", "meant"),
    [("local", "local[1,4]"), ("local[2]", "local[2,4]"), ("local[2,9]", "local[2,9]"),
     ("spark://host:7077", "spark://host:7077")],
)  # fmt: skip
def test_on_one_machine_too_a_task_is_tried_again(given: str, meant: str) -> None:
    assert retrying(given) == meant


def test_importing_the_folder_imports_no_spark() -> None:
    code = (
        "import sys, pkgutil, importlib, kg.spark\n"
        "for one in pkgutil.iter_modules(kg.spark.__path__):\n"
        "    importlib.import_module(f'kg.spark.{one.name}')\n"
        "print('pyspark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
