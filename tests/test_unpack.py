"""Packed files: what is inside comes out, and what is made to do harm does none."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from nlp.readers import SetAside
from nlp.readers import unpack as unpacking
from nlp.readers.unpack import inner_name
from nlp.types import Posting
from tests.raw_postings import TEXT, one_posting, one_reason, read_bytes

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "Zstandard": zstandard.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def reasons(items: list[Posting | SetAside]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, SetAside)}


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_file_gives_what_it_holds_whatever_it_is_called(
    packing: str, tmp_path: Path
) -> None:
    posting = one_posting(tmp_path, PACKERS[packing](TEXT.encode()), "a.txt")
    assert (posting.text, posting.source) == (TEXT, "a.txt")


@pytest.mark.parametrize("packing", PACKERS)
def test_two_streams_one_behind_the_other_are_one_file(packing: str, tmp_path: Path) -> None:
    pack, half = PACKERS[packing], len(TEXT) // 2
    data = pack(TEXT[:half].encode()) + pack(TEXT[half:].encode())
    assert one_posting(tmp_path, data).text == TEXT


def test_a_zip_gives_each_of_its_files_in_their_order(tmp_path: Path) -> None:
    data = zipped({
        "jobs/b.txt": TEXT.encode(),
        "jobs/a.txt": gzip.compress(TEXT.replace("Data", "Software").encode()),
        "README.md": b"about",
        ".hidden": b"x",
        "__MACOSX/jobs/b.txt": b"x",
        "jobs/empty/": b"",
    })  # fmt: skip
    items = read_bytes(tmp_path, data, "jobs.zip")
    postings = [item for item in items if isinstance(item, Posting)]
    assert [item.source for item in postings] == ["jobs.zip/jobs/b.txt", "jobs.zip/jobs/a.txt"]
    assert reasons(items) == {"jobs.zip/README.md": "documentation of the folder, not a posting"}
    assert len({item.source_sha256 for item in postings}) == 1  # the file on disk is the archive


def test_a_posting_keeps_its_id_in_a_zip(tmp_path: Path) -> None:
    alone = one_posting(tmp_path, TEXT.encode(), "a.txt")
    assert one_posting(tmp_path, zipped({"jobs/a.txt": TEXT.encode()}), "b.zip").id == alone.id


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("..", ""),
        ("jobs/a.txt", "jobs/a.txt"),
    ],
)
def test_a_members_name_leads_nowhere(name: str, harmless: str) -> None:
    assert inner_name(name) == harmless


def test_nothing_is_written_where_a_member_says(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    data = zipped({"../../evil.txt": TEXT.encode()})
    posting = one_posting(tmp_path / "below", data, "jobs.zip")
    assert posting.source == "jobs.zip/evil.txt"
    files = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()]
    assert files == ["below/jobs.zip"]


@pytest.fixture
def wary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is one from 1 MB on, so that the tests need no large ones."""
    monkeypatch.setattr(unpacking, "SUSPECT", 1 << 20)


@pytest.mark.usefixtures("wary")
@pytest.mark.parametrize("packing", PACKERS)
def test_a_bomb_is_stopped_and_nothing_of_it_is_read(packing: str, tmp_path: Path) -> None:
    data = PACKERS[packing](bytes(3 << 20))
    reason = f"{packing} that unpacks to more than 250 times its size: a zip bomb"
    items = read_bytes(tmp_path, data)
    assert reasons(items)["a.txt"] == reason
    assert not any(isinstance(item, Posting) for item in items)


@pytest.mark.usefixtures("wary")
def test_a_bomb_in_a_zip_does_not_hide_its_neighbours(tmp_path: Path) -> None:
    data = zipped({"bomb": bytes(3 << 20), "b.txt": TEXT.encode()})
    items = read_bytes(tmp_path, data, "z.zip")
    assert [item.source for item in items if isinstance(item, Posting)] == ["z.zip/b.txt"]
    assert "a zip bomb" in reasons(items)["z.zip/bomb"]


def test_many_members_together_have_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking._Budget, "__init__", lambda self: setattr(self, "left", 1000))
    data = zipped({f"{n}.txt": TEXT.encode() for n in range(5)})
    items = read_bytes(tmp_path, data, "z.zip")
    assert len([item for item in items if isinstance(item, Posting)]) == 1000 // len(TEXT)
    assert all("unpacks to more than" in reason for reason in reasons(items).values())


@pytest.mark.parametrize("packing", ["gzip", "Zstandard", "xz"])  # bzip2 has blocks of 900 kB
def test_of_a_file_that_breaks_off_the_beginning_is_kept(packing: str, tmp_path: Path) -> None:
    text = TEXT + "".join(f"Task {n} of the week is to build a pipeline.\n" for n in range(12_000))
    data = PACKERS[packing](text.encode())
    posting, rest = read_bytes(tmp_path, data[: len(data) * 3 // 4])
    assert isinstance(posting, Posting)
    assert text.startswith(posting.text[:-1])
    assert isinstance(rest, SetAside)
    assert rest.reason.startswith(f"{packing} that breaks off: ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"in.zip": zipped({"a.txt": b"x"})}), "a zip inside a zip; unpack the outer one"),
        (gzip.compress(gzip.compress(gzip.compress(b"x"))), "gzip inside gzip inside gzip; unpack"),
        (zipped({}), "the archive holds no files"),
        (b"PK\x03\x04 and no more", "a zip archive that cannot be opened: "),
        (b"\x1f\x8b\x08\0 broken", "gzip that breaks off: "),
        (b"\x28\xb5\x2f\xfd broken", "Zstandard that breaks off: "),
        (b"BZh9 broken", "bzip2 that breaks off: "),
        (b"\xfd7zXZ\0 broken", "xz that breaks off: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes hold a time
)
def test_what_cannot_be_unpacked_says_why(data: bytes, reason: str, tmp_path: Path) -> None:
    assert one_reason(tmp_path, data).startswith(reason)


def test_a_locked_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode()}))
    data[6] |= 1  # the flag of a password, in the member's head and in the directory
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert one_reason(tmp_path, bytes(data)) == "encrypted; unpack it with its password first"


def test_a_document_that_is_a_zip_is_not_taken_apart(tmp_path: Path) -> None:
    data = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": TEXT.encode()})
    assert "DOCX" in one_reason(tmp_path, data, "a.docx")
