"""Where a build on Spark reads and writes: disks, addresses, what is set aside, what is whole."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kg.spark.files import Files
from kg.spark.layout import PLAN, QUADS, READ, WHOLE
from kg.spark.naming import parts_of
from kg.spark.reading import read_unit
from kg.spark.sources import Piece, find_pieces, slices
from kg.spark.tables import Tables
from kg.spark.task import Task
from kg.spark.task import written as written_files
from kg.spark.whole import broken, check_whole, mark_whole, unmark
from kg.store_folder import StoreError
from nlp.readers.raw import AS_IT_IS
from tests.sparks import feed, no_name

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from kg.spark.reading import UnitRead
    from tests.command_line import Kg


@pytest.mark.parametrize("way", ["a link", "an address", "an address over a link"])
def test_an_output_below_the_input_is_no_input_however_it_is_named(
    way: str, tmp_path: Path
) -> None:
    folder, link = tmp_path / "real", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)
    (folder / "a.txt").write_text("a")
    Files.at(folder / "out").write("quarantine/read-1.jsonl", b"{}")
    named: dict[str, list[tuple[Path | str, Path | str]]] = {
        "a link": [(folder, link / "out"), (link, folder / "out")],
        "an address": [(f"file://{folder}", folder / "out"), (folder, f"file://{folder}/out")],
        "an address over a link": [
            (f"file://{folder}", link / "out"), (f"file://{link}", f"file://{folder}/out")
        ],
    }  # fmt: skip
    for given, output in named[way]:
        found = find_pieces([given], Files.at(output))
        assert [one.name if isinstance(one, Piece) else one.reason for one in found] == ["a.txt"]


def test_what_lies_beside_an_output_is_input(tmp_path: Path) -> None:
    Files.at(tmp_path / "out").write("a.txt", b"no input")
    Files.at(tmp_path / "outer").write("b.txt", b"input")
    (found,) = find_pieces([f"file://{tmp_path}"], Files.at(tmp_path / "out"))
    assert isinstance(found, Piece)
    assert found.name == "outer/b.txt"


@pytest.mark.parametrize(
    ("where", "for_spark", "for_pyarrow"),
    [
        ("s3://graphs/a?region=eu-west-1", "s3a://graphs/a/quads", "graphs/a/quads"),
        ("s3a://graphs/a/?region=eu-west-1", "s3a://graphs/a/quads", "graphs/a/quads"),
        ("file:///graphs", "file:///graphs/quads", "/graphs/quads"),
        ("/graphs", "/graphs/quads", "/graphs/quads"),
    ],
)
def test_spark_calls_s3_as_hadoop_does(where: str, for_spark: str, for_pyarrow: str) -> None:
    files = Files.at(where)
    assert files.address("quads") == for_spark
    assert files.path("quads") == for_pyarrow


@pytest.mark.parametrize("where", ["s3://graphs/2026", "s3a://graphs/2026", "s3://graphs/2026/"])
def test_spark_finds_the_region_by_itself(where: str) -> None:
    assert Files.at(where).address("quads") == "s3a://graphs/2026/quads"


def test_options_of_an_address_stay_at_its_end() -> None:
    folder = Files.at("s3://feeds/2026?region=eu-west-1")
    address = folder.below("a/b.jsonl")
    assert address == "s3://feeds/2026/a/b.jsonl?region=eu-west-1"
    assert Files.of(address) == (Files("s3://feeds/2026/a?region=eu-west-1"), "b.jsonl")
    other = Files.at("s3://feeds/2026?region=us-east-1")
    assert folder.holds(folder, "a/b.jsonl")
    assert not other.holds(folder, "a/b.jsonl")  # a bucket's name says not where it lies


def set_aside_in(output: Path) -> list[dict[str, str]]:
    files = sorted((output / "quarantine").glob("*.jsonl")) if output.exists() else []
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def read_in(folder: Path, *pieces: Piece, monkeypatch: pytest.MonkeyPatch) -> UnitRead:
    """Read pieces as an executor does, without an extractor; return the mark."""
    tools = SimpleNamespace(extractor=SimpleNamespace(is_name=no_name))
    monkeypatch.setattr("kg.spark.reading.bench", lambda _: tools)
    output = Files.at(folder)
    key = read_unit(Task(output, "run", "https://x/", 2), pieces)
    mark: UnitRead = output.read_json(f"{READ}/{key}.json")
    return mark


@pytest.mark.parametrize("size", [400, 1_000_000], ids=["in slices", "whole"])
def test_what_is_set_aside_of_an_address_is_kept_under_it(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = feed(tmp_path / "feed.jsonl", 12)
    whole = Piece(f"file://{file}", file.name, file.stat().st_size)
    pieces = slices(whole, AS_IT_IS, size)
    assert (len(pieces) > 1) == (size == 400)
    mark = read_in(tmp_path / "out", *pieces, monkeypatch=monkeypatch)
    (kept,) = set_aside_in(tmp_path / "out")
    assert (kept["path"], kept["source"], kept["position"]) == (whole.path, file.name, "line 3")
    assert kept["record"] == '{"title": "cut o'
    assert sum(mark["reasons"].values()) == 1


def test_an_address_that_gives_nothing_is_kept_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "few.txt").write_text("Few words.")
    piece = Piece(f"file://{tmp_path}/few.txt", "few.txt", 10)
    read_in(tmp_path / "out", piece, monkeypatch=monkeypatch)
    (kept,) = set_aside_in(tmp_path / "out")
    assert (kept["path"], kept["source"], kept["record"]) == (piece.path, "few.txt", "Few words.")


def test_an_address_that_is_gone_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = feed(tmp_path / "feed.jsonl", 12)
    gone = Piece(f"file://{tmp_path}/gone.jsonl", "gone.jsonl", 9)
    there = Piece(str(file), file.name, file.stat().st_size)
    mark = read_in(tmp_path / "out", gone, there, monkeypatch=monkeypatch)
    assert mark["postings"] == 11
    assert mark["named"][0][0] == "gone.jsonl"
    assert mark["named"][0][1].startswith("cannot be read:")
    assert {one["path"] for one in set_aside_in(tmp_path / "out")} == {gone.path, there.path}


def whole_output(folder: Path) -> Files:
    """Write what looks like an output."""
    output = Files.at(folder)
    output.write_json(PLAN, {"base": "https://x/", "format": 1})
    for name in ("vocabulary", "ontology", "runs", "part-000000", "part-000001"):
        output.write(f"{QUADS}/{name}.nq.gz", b"quads")
    mark_whole(output)
    return output


def test_an_output_that_is_not_whole_is_refused(kg: Kg, tmp_path: Path) -> None:
    output = whole_output(tmp_path / "graph")
    check_whole(output)
    for name in ("part-000001", "ontology"):
        output.delete(f"{QUADS}/{name}.nq.gz")
    output.write(f"{QUADS}/part-000000.nq.gz", b"qua")  # copied in part
    assert broken(output) == [
        f"{QUADS}/{name}.nq.gz" for name in ("ontology", "part-000000", "part-000001")
    ]
    answer = kg("spark", "load", tmp_path / "graph", "--store", tmp_path / "store")
    assert answer.code == 2
    assert "not whole: quads/ontology.nq.gz, quads/part-000000.nq.gz" in answer.err
    assert f"`kg spark build INPUT {tmp_path}/graph` again" in answer.err
    assert not (tmp_path / "store").exists()


def test_an_output_whose_build_was_ended_is_refused(kg: Kg, tmp_path: Path) -> None:
    unmark(whole_output(tmp_path / "graph"))
    answer = kg("spark", "load", tmp_path / "graph", "--store", tmp_path / "store")
    assert answer.code == 2
    assert f"not whole: no {WHOLE}" in answer.err
    assert f"`kg spark build INPUT {tmp_path}/graph` again" in answer.err


def test_tables_of_an_output_that_is_not_whole_are_refused(tmp_path: Path) -> None:
    unmark(whole_output(tmp_path))
    spark: SparkSession = None  # type: ignore[assignment] # it is not asked
    with pytest.raises(StoreError, match="not whole"):
        Tables(spark, tmp_path)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Acme", ["Acme"]),
        ("employer: Acme", ["Acme"]),
        ("Employer : Acme ", ["Acme"]),
        ("Data Engineer II + EMPLOYER: Acme + level:II", ["Data Engineer II", "Acme", "II"]),
        ("https://x/id/employer/acme", ["https://x/id/employer/acme"]),
        ("Acme: The Firm", ["Acme: The Firm"]),
    ],
)
def test_a_kind_before_a_name_is_read_as_everywhere(name: str, parts: list[str]) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize("name", ["period: 2025", "Data Engineer + Place: Austin", "QUERY: SELECT"])
def test_groups_that_the_tables_do_not_tell_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="on Spark a group is"):
        parts_of(name)


def test_files_of_a_vocabulary_are_gone_when_they_were_read() -> None:
    with written_files((("own.ttl", b"x"), ("own.ttl", b"y"))) as paths:
        assert [path.read_bytes() for path in paths] == [b"x", b"y"]
    assert not any(path.exists() or path.parent.exists() for path in paths)
