"""The collector waits while something is built, and leaves alone what others have set."""

from __future__ import annotations

import gc

from nlp.garbage import collector_waits


def test_it_runs_again_behind_the_block() -> None:
    with collector_waits():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_stays_off_where_somebody_has_turned_it_off() -> None:
    gc.disable()
    try:
        with collector_waits():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_made_counts_as_old() -> None:
    """So the next look at what is young does not go through all of it."""
    gc.collect()
    with collector_waits():
        made = [[number] for number in range(1000)]
    young = {id(item) for item in gc.get_objects(generation=0)}
    assert young.isdisjoint(map(id, made))
    assert gc.get_freeze_count() == 0


def test_a_cycle_is_still_found() -> None:
    with collector_waits():
        cycle: list[object] = []
        cycle.append(cycle)
        del cycle
    assert gc.collect() > 0


def test_what_somebody_keeps_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        with collector_waits():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
