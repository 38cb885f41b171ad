"""The README's pictures can be taken anew, and are small."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests import pictures

NAMES = sorted(pictures.HEIGHTS)


def size(picture: bytes) -> tuple[int, int]:
    """Width and height, as a PNG's header has them."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small_and_of_its_size(name: str) -> None:
    picture = (pictures.FOLDER / f"{name}.png").read_bytes()
    assert len(picture) < pictures.MOST
    assert size(picture) == (pictures.WIDTH, pictures.HEIGHTS[name])


@pytest.mark.slow
def test_they_are_taken_of_the_seeds(tmp_path: Path) -> None:
    pictures.take(tmp_path)
    for name in NAMES:
        picture = (tmp_path / f"{name}.png").read_bytes()
        assert size(picture) == (pictures.WIDTH, pictures.HEIGHTS[name])
        assert 20_000 < len(picture) < pictures.MOST, "there is something on it"
