"""Alerts while a store is watched over: what is new is judged when it was stored, and then told."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.alerts.delivery import AlertRefusedError, DeliveryError
from kg.alerts.judge import AT_ONCE, Judge
from kg.alerts.outbox import Outbox
from kg.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pyoxigraph as ox

    from kg.alerts.delivery import Delivery
    from kg.alerts.profile import Seeker
    from kg.making import Made
    from kg.store import Store

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
"""Seconds until what could not be told is tried again: they double up to this."""
AGAIN: Final = 3600.0
"""Seconds until what was refused is tried again: whoever refused it may have been mended."""


class Alerts:
    """One profile's alerts. `tell` is told what went wrong, which never stops anything.

    Of a profile that is new to the store, the postings that are there already are no news. A
    posting that was stored when the program was ended, before it was judged, is judged now. An
    alert that was refused is set aside, and tried again now and then, and by the next watch.
    """

    def __init__(
        self, store: Store, seeker: Seeker, delivery: Delivery, tell: Callable[[str], None]
    ) -> None:
        self._store = store
        self._seeker = seeker
        self._delivery = delivery
        self._tell = tell
        self._box = Outbox(store.folder, seeker.name)
        self._wait = 0.0
        self._next = 0.0
        self._told_of = set[str]()
        self._take_up_refused()
        postings = store.posting_ids()
        if not self._box.begin(postings):
            self._judge_stored(self._box.unseen(postings))

    def consider(self, made: Sequence[Made]) -> None:
        """Judge the postings that were stored just now, and tell of those that fit."""
        self.judge(made)
        self.deliver_when_due()

    def judge(self, made: Sequence[Made]) -> None:
        """Judge the postings that were stored just now; whoever is to be told is not waited for."""
        quads = {one.posting_id: one.quads for one in made}
        self._judge({name: quads[name] for name in self._box.unseen(quads)})

    def deliver_when_due(self) -> None:
        """Tell what is yet to be told, unless it failed a moment ago."""
        if time.monotonic() >= self._again:
            self._take_up_refused()
        if time.monotonic() >= self._next and len(self._box):
            self._deliver()

    def close(self) -> None:
        """Try once more, and say what is kept for the next time."""
        try:
            if len(self._box):
                self._deliver()
            if left := len(self._box):
                many = counted(left, "alert is", "alerts are")
                self._tell(f"kg: {many} not delivered, and kept; the next watch tries again")
            if refused := self._box.refused():
                many = counted(len(refused), "alert was", "alerts were")
                why = "; ".join(sorted({reason for _, reason in refused}))
                self._tell(f"kg: {many} refused, and set aside ({why}); the next watch tries again")
        finally:
            self._box.close()

    def _deliver(self) -> None:
        for posting, alert in self._box.waiting():
            try:
                self._delivery.deliver(posting, alert)
            except AlertRefusedError as error:
                self._set_aside(posting, str(error))
                continue
            except DeliveryError as error:
                if not self._wait:
                    self._tell(f"kg: an alert was not delivered, and is kept: {error}")
                self._wait = min(LONGEST_WAIT, 2 * self._wait or FIRST_WAIT)
                self._next = time.monotonic() + self._wait
                return
            self._box.told(posting)
            self._wait = self._next = 0.0

    def _set_aside(self, posting: str, reason: str) -> None:
        if reason not in self._told_of:
            self._told_of.add(reason)
            self._tell(f"kg: an alert was refused, and is set aside: {reason}")
        self._box.set_aside(posting, reason)

    def _take_up_refused(self) -> None:
        self._box.take_up_refused()
        self._again = time.monotonic() + AGAIN

    def _judge_stored(self, postings: Sequence[str]) -> None:
        for start in range(0, len(postings), AT_ONCE):
            names = postings[start : start + AT_ONCE]
            graphs = {name: list(self._store.quads(self._store.graph_iri(name))) for name in names}
            self._judge(graphs)

    def _judge(self, graphs: Mapping[str, Iterable[ox.Quad]]) -> None:
        if not graphs:
            return
        try:
            found = self._judge_of.judge(graphs)
        except Exception as error:  # a fault here costs alerts of a batch, not the watch
            said = " ".join(str(error).split())
            self._tell(
                f"kg: {counted(len(graphs), 'posting')} could not be held against the profile "
                f"({type(error).__name__}: {said}); the next watch tries again"
            )
            return
        said_of = {
            name: {"profile": self._seeker.name, **fit.to_json()} for name, fit in found.items()
        }
        self._box.put(graphs, said_of)

    @cached_property
    def _judge_of(self) -> Judge:
        """Made when the first posting is there: the store has its vocabulary by then."""
        return Judge(self._store, self._seeker)
