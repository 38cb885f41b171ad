"""What a posting's copies are sought by, as a row: its job, its sketches and their bands.

Two sketches share a band exactly where `kg.copies.bands.SketchIndex` would find one by the other,
so that Spark can join on bands what the index looks up.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.copies.sketches import BANDS, SIZE, make_sketches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from kg.copies.adverts import Advert
    from kg.copies.sketches import Sketch

Row: TypeAlias = dict[str, Any]
BAND: Final = SIZE // BANDS
"""Bytes of a sketch that are of one band."""


def sought_row(advert: Advert) -> Row:
    """Return the row of an advert; `advert` in it is the advert itself, for a closer look.

    It has the stretches of its wording, and nothing else that it has worked out of itself.
    """
    wording = advert.wording
    sketches = make_sketches(wording)
    return {
        "id": advert.id,
        "digest": wording.digest,
        "job": advert.job.to_text() if advert.job else None,
        "headed": advert.is_headed,
        "sketches": list(sketches),
        "bands": sorted({band for sketch in sketches for band in bands_of(sketch)}),
        "advert": pickle.dumps(replace(advert, stretches=wording.stretches), protocol=5),
    }


def bands_of(sketch: Sketch) -> Iterator[int]:
    """Yield a number for each band of a sketch, which says also which band it is of."""
    for band in range(BANDS):
        named = band.to_bytes(4, "little") + sketch[band * BAND : (band + 1) * BAND]
        short = hashlib.blake2b(named, digest_size=8).digest()
        yield int.from_bytes(short, "little", signed=True)


def sought_table(rows: Iterable[Row]) -> pa.Table:
    """Return rows as a table."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("id", pa.string()),
            ("digest", pa.binary()),
            ("job", pa.string()),
            ("headed", pa.bool_()),
            ("sketches", pa.list_(pa.binary())),
            ("bands", pa.list_(pa.int64())),
            ("advert", pa.binary()),
        ]
    )
    return pa.Table.from_pylist(list(rows), schema=schema)
