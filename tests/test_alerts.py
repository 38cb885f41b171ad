"""Alerts: who is told of which new posting, why, once, and what happens where nobody listens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import ontology
from kg.alerts.alerts import AGAIN, Alerts
from kg.alerts.delivery import AlertRefusedError, DeliveryError
from kg.alerts.outbox import Outbox
from kg.alerts.profile import Seeker, read_profile
from kg.making import Made
from kg.quads import posting_quads
from kg.store import Store
from kg.views.alert_text import alert_text
from tests.factories import two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ADA = """
name: Ada
skills: [Spark, Python, Java, Git, SQL]
degrees: [Master's]
years: 3
wishes: {met: 0.7}
"""
ONE, TWO = two_levels()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "ada.yaml"


def seeker(profile: Path, text: str) -> Seeker:
    profile.write_text(text, encoding="utf-8")
    return read_profile(profile, ontology.load())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s", create=True) as opened:
        fill(opened, [], tmp_path)
        yield opened


def made(store: Store, *which: Any) -> list[Made]:
    run = store.iris.run("0", "", "ef")
    return [Made(one.posting.id, posting_quads(one, store.iris, run)) for one in which]


def put(store: Store, batch: list[Made]) -> list[Made]:
    for one in batch:
        store.replace(one.posting_id, one.quads)
    return batch


class Kept:
    """Where alerts go: kept, unless it is to fail."""

    def __init__(self) -> None:
        self.found: list[Mapping[str, Any]] = []
        self.fails = False
        self.refuses: set[str] = set()

    def deliver(self, posting: str, alert: Mapping[str, object]) -> None:
        if self.fails:
            raise DeliveryError("nobody there")
        if alert["title"] in self.refuses:
            raise AlertRefusedError("it answers 413 Content Too Large")
        assert alert["posting"] == posting
        self.found.append(alert)

    @property
    def titles(self) -> list[str]:
        return [one["title"] for one in self.found]


def told(profile: Path, store: Store, text: str) -> list[Mapping[str, Any]]:
    """What is told of the two postings, that came after the first look."""
    kept = Kept()
    alerts = Alerts(store, seeker(profile, text), kept, print)
    alerts.consider(put(store, made(store, ONE, TWO)))
    alerts.close()
    return kept.found


WISHES = [
    ("", ["Machine Learning Engineer II"], "seven tenths of what is required"),
    ("met: 0", ["Machine Learning Engineer I", "Machine Learning Engineer II"], "any share"),
    ("met: 0, levels: [I]", ["Machine Learning Engineer I"], "the level"),
    ("met: 0, roles: [Machine Learning Engineer]", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "the role, any level"),
    ("met: 0, roles: [Machine Learning Engineer II]", ["Machine Learning Engineer II"],
     "role and level in one"),
    ("met: 0, roles: [Data Engineer]", [], "another role"),
    ("met: 0, work_modes: hybrid", ["Machine Learning Engineer I"], "one of its two modes"),
    ("met: 0, work_modes: [Remote, on-site]", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "either of two"),
    ("met: 0, work_modes: [onsite]", [], "both say otherwise"),
    ("met: 0, places: [California]", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "a city in the state"),
    ("met: 0, places: ['San Francisco, CA']", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "the city"),
    ("met: 0, places: ['san francisco, ca']", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "the city, in small letters"),
    ("met: 0, places: [SAN FRANCISCO]", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "the city alone, in capitals"),
    ("met: 0, places: [Texas, Canada]", [], "elsewhere"),
    ("met: 0, pay: 250000", ["Machine Learning Engineer II"], "the upper end counts"),
    ("met: 0, pay: {least: 300000}", [], "too little"),
    ("met: 0, pay: {least: 120, period: hour}", ["Machine Learning Engineer II"],
     "249,600 a year"),
    ("met: 0, pay: {least: 1, currency: EUR}", ["Machine Learning Engineer I",
     "Machine Learning Engineer II"], "another currency says nothing"),
    ("met: 0, pay: {least: 1, currency: EUR}, unstated: false", [], "as above, but it must"),
]  # fmt: skip


@pytest.mark.parametrize(("wishes", "titles", "why"), WISHES, ids=[one[2] for one in WISHES])
def test_what_is_wished(
    wishes: str, titles: list[str], why: str, profile: Path, store: Store
) -> None:
    text = ADA if not wishes else ADA.replace("met: 0.7", wishes)
    assert sorted(one["title"] for one in told(profile, store, text)) == titles, why


def test_reasons_come_with_the_words_that_prove_them(profile: Path, store: Store) -> None:
    text = ADA.replace("met: 0.7", "met: 0.7, roles: Machine Learning Engineer, places: US, pay: 1")
    (alert,) = told(profile, store, text)
    reasons = {(one["about"], one["label"]): one for one in alert["reasons"]}
    spark = reasons["required skill", "Spark"]
    assert (spark["by"], "Spark" in spark["words"][0]) == ("Spark", True)
    assert reasons["role", "Machine Learning Engineer"]["words"]
    assert reasons["place", "San Francisco, CA, US"]["words"]
    assert reasons["pay", "196,378 to 267,272 USD a year"]["words"]
    assert all(one["words"] for one in alert["reasons"]), "no reason without words"
    assert alert["lacks"] == ["Recommender Systems"]
    shown = alert_text(json.loads(json.dumps(alert)))
    assert shown.startswith("Machine Learning Engineer II · Pinterest · San Francisco, CA, US")
    assert '+ required skill: Spark "' in shown
    assert "- lacks Recommender Systems" in shown


def test_each_posting_is_told_of_once_also_by_the_next_watch(profile: Path, store: Store) -> None:
    ada, kept = seeker(profile, ADA), Kept()
    first = Alerts(store, ada, kept, print)
    batch = put(store, made(store, TWO))
    first.consider(batch)
    first.consider(batch)
    first.close()
    second = Alerts(store, ada, kept, print)
    second.consider(batch)
    second.close()
    assert kept.titles == ["Machine Learning Engineer II"]


def test_what_is_there_when_a_profile_is_first_used_is_no_news(profile: Path, store: Store) -> None:
    batch = put(store, made(store, TWO))
    kept = Kept()
    alerts = Alerts(store, seeker(profile, ADA), kept, print)
    alerts.consider(batch)
    assert kept.found == []
    alerts.close()


def test_what_was_stored_before_a_kill_and_not_judged_is_told_by_the_next_watch(
    profile: Path, store: Store
) -> None:
    ada, kept = seeker(profile, ADA), Kept()
    Alerts(store, ada, kept, print).close()
    put(store, made(store, ONE, TWO))  # and the program ends here
    Alerts(store, ada, kept, print).close()
    assert kept.titles == ["Machine Learning Engineer II"]


def test_two_profiles_are_told_each_for_itself(profile: Path, store: Store) -> None:
    kept = Kept()
    ada = Alerts(store, seeker(profile, ADA), kept, print)
    bob = Alerts(store, seeker(profile, ADA.replace("Ada", "Bob")), kept, print)
    batch = put(store, made(store, TWO))
    ada.consider(batch)
    bob.consider(batch)
    assert [one["profile"] for one in kept.found] == ["Ada", "Bob"]
    ada.close()
    bob.close()


def test_what_is_not_delivered_is_kept_and_said_and_tried_again(
    profile: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("kg.alerts.alerts.time.monotonic", lambda: clock[0])
    kept, talk = Kept(), list[str]()
    text = ADA.replace("met: 0.7", "met: 0")
    alerts = Alerts(store, seeker(profile, text), kept, talk.append)
    kept.fails = True
    alerts.consider(put(store, made(store, ONE)))
    alerts.consider(put(store, made(store, TWO)))
    assert talk == ["kg: an alert was not delivered, and is kept: nobody there"]
    kept.fails = False
    alerts.deliver_when_due()
    assert kept.found == [], "not so soon after it failed"
    clock[0] += 2
    alerts.deliver_when_due()
    assert kept.titles == ["Machine Learning Engineer I", "Machine Learning Engineer II"]
    alerts.close()


def test_what_is_not_delivered_in_the_end_waits_for_the_next_watch(
    profile: Path, store: Store
) -> None:
    kept, talk = Kept(), list[str]()
    ada = seeker(profile, ADA)
    alerts = Alerts(store, ada, kept, talk.append)
    kept.fails = True
    alerts.consider(put(store, made(store, TWO)))
    alerts.close()
    assert talk[-1] == "kg: 1 alert is not delivered, and kept; the next watch tries again"
    kept.fails = False
    Alerts(store, ada, kept, talk.append).close()
    assert kept.titles == ["Machine Learning Engineer II"]


def test_an_alert_that_is_refused_is_set_aside_and_the_later_ones_go_on(
    profile: Path, store: Store
) -> None:
    kept, talk = Kept(), list[str]()
    ada = seeker(profile, ADA.replace("met: 0.7", "met: 0"))
    kept.refuses = {"Machine Learning Engineer I"}
    alerts = Alerts(store, ada, kept, talk.append)
    alerts.consider(put(store, made(store, ONE)))
    alerts.consider(put(store, made(store, TWO)))
    assert kept.titles == ["Machine Learning Engineer II"]
    alerts.close()
    assert talk == [
        "kg: an alert was refused, and is set aside: it answers 413 Content Too Large",
        "kg: 1 alert was refused, and set aside (it answers 413 Content Too Large); "
        "the next watch tries again",
    ]
    kept.refuses.clear()
    Alerts(store, ada, kept, talk.append).close()
    assert kept.titles == ["Machine Learning Engineer II", "Machine Learning Engineer I"]
    assert len(talk) == 2


def test_an_alert_that_is_refused_is_tried_again_after_a_while_in_the_same_watch(
    profile: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("kg.alerts.alerts.time.monotonic", lambda: now)
    kept, talk = Kept(), list[str]()
    kept.refuses = {"Machine Learning Engineer II"}
    alerts = Alerts(store, seeker(profile, ADA), kept, talk.append)
    alerts.consider(put(store, made(store, TWO)))
    for _ in range(2):
        now += AGAIN
        alerts.deliver_when_due()
    assert talk == ["kg: an alert was refused, and is set aside: it answers 413 Content Too Large"]
    kept.refuses.clear()
    now += AGAIN - 1
    alerts.deliver_when_due()
    assert kept.titles == [], "it is not tried all the time"
    now += 1
    alerts.deliver_when_due()
    assert kept.titles == ["Machine Learning Engineer II"]
    alerts.close()
    assert len(talk) == 1


def test_a_fault_in_judging_ends_no_watch(
    profile: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, talk = Kept(), list[str]()
    alerts = Alerts(store, seeker(profile, ADA), kept, talk.append)
    with monkeypatch.context() as patch:
        patch.setattr("kg.alerts.judge.fit", lambda *_: 1 / 0)
        alerts.consider(put(store, made(store, TWO)))
    assert "ZeroDivisionError" in talk[0]
    alerts.close()
    Alerts(store, seeker(profile, ADA), kept, talk.append).close()
    assert kept.titles == ["Machine Learning Engineer II"]


def test_a_box_keeps_what_was_not_told(tmp_path: Path) -> None:
    box = Outbox(tmp_path, "Ada")
    assert box.begin(["a"])
    assert not box.begin(["b"])
    assert box.unseen(["a", "b", "c", "b"]) == ["b", "c"]
    box.put(["b", "c"], {"c": {"title": "C"}, "b": {"title": "B"}})
    box.put(["c"], {"c": {"title": "again"}})
    box.close()
    box = Outbox(tmp_path, "Ada")
    assert box.waiting() == [("c", {"title": "C"}), ("b", {"title": "B"})]
    box.told("c")
    assert len(box) == 1
    assert len(Outbox(tmp_path, "Bob")) == 0
    box.close()


def test_a_box_keeps_what_was_refused_with_the_reason(tmp_path: Path) -> None:
    box = Outbox(tmp_path, "Ada")
    box.put(["a", "b"], {"a": {"title": "A"}, "b": {"title": "B"}})
    box.set_aside("a", "too large")
    assert box.waiting() == [("b", {"title": "B"})]
    box.put(["c"], {"c": {"title": "C"}})
    box.close()
    box = Outbox(tmp_path, "Ada")
    assert box.refused() == [("a", "too large")]
    assert Outbox(tmp_path, "Bob").refused() == []
    box.take_up_refused()
    assert [name for name, _ in box.waiting()] == ["b", "c", "a"], "after those that wait"
    assert box.refused() == []
    box.close()
