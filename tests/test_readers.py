"""Finding files: what is no file is set aside with its reason, and never opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from nlp.readers import SetAside, Source, find_sources


def found(*paths: Path) -> dict[str, str | None]:
    """What became of each path: None where it is to be read, else the reason."""
    return {
        item.name if isinstance(item, Source) else item.source: (
            item.reason if isinstance(item, SetAside) else None
        )
        for item in find_sources(paths)
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file, and all that is none."""
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "a.txt").write_text("a")
    (folder / ".hidden").write_text("b")
    (folder / "link.txt").symlink_to(folder / "below" / "a.txt")
    (folder / "dead").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    return folder


def test_a_folder_names_what_it_cannot_give(folder: Path) -> None:
    assert found(folder) == {
        "below/a.txt": None,
        "dead": "a link that leads nowhere: nowhere",
        "loop": "a link that leads nowhere: loop",
        "elsewhere": "a link to a folder; name that folder itself",
        "pipe": "a pipe, not a file; for piped text give - and pipe it in",
    }


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dead", "a link that leads nowhere: nowhere"),
        ("pipe", "a pipe, not a file; for piped text give - and pipe it in"),
        ("nowhere", "no such file or folder"),
        ("below/a.txt/b", "no such file or folder"),
    ],
)
def test_a_path_that_is_no_file_is_named_as_given(folder: Path, name: str, reason: str) -> None:
    assert found(folder / name) == {str(folder / name): reason}


def test_devices_and_sockets_are_never_opened(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as open_socket:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket may have some 100 characters
        try:
            open_socket.bind("s")
        finally:
            os.chdir(here)
        reason = "a device or a socket, not a file"
        assert found(Path("/dev/zero"), tmp_path / "s") == {
            "/dev/zero": reason,
            str(tmp_path / "s"): reason,
        }


def test_a_folder_of_nothing_but_folders_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert found(tmp_path) == {str(tmp_path): "the folder holds no files"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        assert "cannot be read" in (found(tmp_path)[str(closed)] or "")
    finally:
        closed.chmod(0o700)
