"""The files of an output, on a disk that all machines see or in a store such as HDFS or S3.

Everything is written beside its name and then given it: what has its name is whole. Two tries of
one task write the same bytes, so that it does not matter whose come last.
"""

from __future__ import annotations

import json
import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from pyarrow.fs import FileSystem

PYARROW: Final = "s3://"
HADOOP: Final = "s3a://"
"""How an address in S3 begins for pyarrow, and for Hadoop, by which Spark reads."""
UNFINISHED: Final = ".unfinished"
"""The folder of what is being written. What is left there by a task that was killed is nobody's."""


def is_address(place: str) -> bool:
    """Say whether a place is an address, and no path."""
    return "://" in place


def _split(place: str) -> tuple[str, str]:
    """Return an address without its options, and these; a path has none."""
    if not is_address(place):
        return place, ""
    address, mark, options = place.partition("?")
    return address, mark + options


def _in_s3(place: str, scheme: str) -> str:
    """Return a place in S3 as `scheme` has it; any other as it is."""
    if not place.startswith((PYARROW, HADOOP)):
        return place
    return scheme + place.partition("://")[2]


@dataclass(frozen=True)
class Files:
    """A folder: a path, or an address that pyarrow knows (hdfs://, s3://, gs://, file://).

    Behind a question mark an address may have options (s3://graphs/2026?region=eu-west-1).
    """

    where: str

    @classmethod
    def at(cls, where: str | Path) -> Files:
        """Return the folder at a path, from which every process sees it, or at an address."""
        text = str(where)
        return cls(text if is_address(text) else str(Path(text).absolute()))

    @classmethod
    def of(cls, path: str) -> tuple[Files, str]:
        """Return the folder in which a file lies, and the file's name."""
        place, options = _split(path)
        folder, _, name = place.rstrip("/").rpartition("/")
        return cls(folder + options), name

    @cached_property
    def _found(self) -> tuple[FileSystem, str]:
        from pyarrow.fs import FileSystem, LocalFileSystem

        if not is_address(self.where):
            return LocalFileSystem(), self.where
        try:
            found: tuple[FileSystem, str] = FileSystem.from_uri(_in_s3(self.where, PYARROW))
        except (ValueError, OSError, NotImplementedError) as error:
            said = str(error).splitlines()[0]
            raise StoreError(f"{self.where}: {said}; a path, or hdfs://, s3:// or gs://") from error
        return found

    @property
    def system(self) -> FileSystem:
        """The file system, as pyarrow knows it."""
        return self._found[0]

    def path(self, name: str) -> str:
        """Return a file's path on its file system."""
        return f"{self._found[1].rstrip('/')}/{name}" if name else self._found[1]

    def address(self, name: str) -> str:
        """Return what Spark calls a file or a folder: what pyarrow knows as s3:// is s3a:// there.

        Options are pyarrow's; those of Spark are in its own settings (spark.hadoop.fs.s3a.*).
        """
        place = _in_s3(_split(self.where)[0], HADOOP)
        return f"{place.rstrip('/')}/{name}"

    def below(self, name: str) -> str:
        """Return the path or the address of a file in the folder."""
        place, options = _split(self.where)
        return f"{place.rstrip('/')}/{name}{options}"

    def holds(self, other: Files, name: str) -> bool:
        """Say whether a file lies in the folder, whatever way each of them is named.

        Of a disk's files links are followed: /data and file:///mnt/data may be one folder.
        """
        if not self.system.equals(other.system):
            return False
        return PurePath(other.real(name)).is_relative_to(self.real(""))

    def real(self, name: str) -> str:
        """Return a file's path with no link in it."""
        from pyarrow.fs import LocalFileSystem

        path = self.path(name)
        return os.path.realpath(path) if isinstance(self.system, LocalFileSystem) else path

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted; there may be none."""
        return list(self.sizes(folder))

    def sizes(self, folder: str) -> dict[str, int]:
        """Return how many bytes each file in a folder has, sorted by name; there may be none."""
        from pyarrow.fs import FileSelector, FileType

        found = self.system.get_file_info(FileSelector(self.path(folder), allow_not_found=True))
        files = (one for one in found if one.type == FileType.File)
        return {one.base_name: one.size for one in sorted(files, key=lambda one: one.base_name)}

    def walk(self) -> Iterator[tuple[str, int]]:
        """Yield each file below the folder with its size; hidden ones are passed over."""
        from pyarrow.fs import FileSelector, FileType

        found = self.system.get_file_info(FileSelector(self.path(""), recursive=True))
        for one in sorted(found, key=lambda info: str(info.path)):
            name = one.path[len(self.path("")) :].lstrip("/")
            if one.type == FileType.File and not any(x.startswith(".") for x in name.split("/")):
                yield name, one.size

    def walk_if_there(self) -> Iterator[tuple[str, int]]:
        """Yield what `walk` does; nothing where there is no folder."""
        with suppress(FileNotFoundError):
            yield from self.walk()

    def exists(self, name: str) -> bool:
        """Say whether there is a file of a name."""
        from pyarrow.fs import FileType

        (info,) = self.system.get_file_info([self.path(name)])
        return bool(info.type == FileType.File)

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        (info,) = self.system.get_file_info([self.path(name)])
        return int(info.size or 0)

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        with self.system.open_input_file(self.path(name)) as stream:
            data: bytes = stream.read()
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file: whole, or not at all."""
        beside = self._beside()
        with self.system.open_output_stream(beside, compression=None) as stream:
            stream.write(data)
        self._name(beside, name)

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a table as Parquet: whole, or not at all."""
        from pyarrow import parquet

        beside = self._beside()
        with self.system.open_output_stream(beside, compression=None) as stream:
            parquet.write_table(table, stream, compression="zstd")
        self._name(beside, name)

    def write_json(self, name: str, said: object) -> None:
        """Write a mark."""
        self.write(name, json.dumps(said, indent=1, sort_keys=True).encode() + b"\n")

    def read_json(self, name: str) -> Any:
        """Return what a mark says."""
        return json.loads(self.read(name))

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        if self.exists(name):
            self.system.delete_file(self.path(name))

    def tidy(self) -> None:
        """Delete what was never finished."""
        self.system.delete_dir_contents(self.path(UNFINISHED), missing_dir_ok=True)

    def _beside(self) -> str:
        self.system.create_dir(self.path(UNFINISHED), recursive=True)
        return self.path(f"{UNFINISHED}/{uuid.uuid4().hex}")

    def _name(self, beside: str, name: str) -> None:
        folder = name.rpartition("/")[0]
        if folder:
            self.system.create_dir(self.path(folder), recursive=True)
        self.system.move(beside, self.path(name))
