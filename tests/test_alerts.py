"""Alerts: who is told of which new posting, why, once, and what happens where nobody listens."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

import ontology
from kg.alerts.alerts import Alerts
from kg.alerts.delivery import DeliveryError, Posted, Printed, check_address, is_loopback
from kg.alerts.outbox import Outbox
from kg.alerts.places import find_place
from kg.alerts.profile import ProfileError, Seeker, read_profile
from kg.making import Made
from kg.quads import posting_quads
from kg.store import Store
from kg.views.alert_text import alert_text
from nlp.types import Place
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

    def deliver(self, posting: str, alert: Mapping[str, object]) -> None:
        if self.fails:
            raise DeliveryError("nobody there")
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skils: [Spark]", 'no key "skils"; did you mean "skills"?'),
        ("skills: [Sparc]", 'no skill "Sparc"; did you mean'),
        ("skills: [Spark]\nwishes: {role: [x]}", 'wishes: no key "role"; did you mean "roles"?'),
        ("skills: [Spark]\nwishes: {roles: [Data Enginer]}", 'did you mean "Data Engineer"'),
        ("skills: [Spark]\nwishes: {levels: [Seniro]}", 'no level "Seniro"; did you mean "Senior"'),
        ("skills: [Spark]\nwishes: {places: [Austen]}", 'no place "Austen"; did you mean'),
        ("skills: [Spark]\nwishes: {places: ['Austin, QQ']}", 'no place "Austin, QQ"'),
        ("skills: [Spark]\nwishes: {work_modes: [remot]}", 'did you mean "remote"?'),
        ("skills: [Spark]\nwishes: {pay: {lest: 3}}", 'wishes: pay: no key "lest"; did you mean'),
        ("skills: [Spark]\nwishes: {pay: plenty}", "wishes: pay: least: a number"),
        ("skills: [Spark]\nwishes: {pay: {least: 3, period: fortnight}}", 'no period "fortnight"'),
        ("skills: [Spark]\nwishes: {met: 70}", "wishes: met: a number from 0 to 1 was expected"),
        ("skills: [Spark]\nwishes: {unstated: maybe}", "true or false, not"),
        ("skills: [Spark]\nyears: -1", "years: a number from 0 to 80"),
        ("skills: [{a: b}]", "skills: a name was expected"),
        ("degrees: [Bachelorette]", 'no degree "Bachelorette"'),
        ("name: Ada", "it says nothing of what the candidate can do"),
        ("- Spark", "keys and values were expected"),
        ("skills: [Spark", "no YAML"),
        ("!!python/object/apply:os.system ['true']", "no YAML"),
        ("resume: none.pdf", "resume: "),
    ],
)
def test_a_profile_that_cannot_be_meant_is_refused(text: str, said: str, profile: Path) -> None:
    with pytest.raises(ProfileError) as raised:
        seeker(profile, text)
    assert said in str(raised.value)
    assert str(raised.value).startswith(str(profile))


def test_a_profile_without_a_name_is_called_as_its_file(profile: Path) -> None:
    found = seeker(profile, "other_skills: [quilting]\nyears: 2.5\n")
    assert (found.name, found.profile.years) == ("ada", 2.5)
    assert [(one.concept, one.label) for one in found.profile.skills] == [(None, "quilting")]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Austin, TX", Place("Austin", "TX", "US")),
        ("Texas", Place(None, "TX", "US")),
        ("TX", Place(None, "TX", "US")),
        ("Canada", Place(None, None, "CA")),
        ("Toronto, ON", Place("Toronto", "ON", "CA")),
        ("Berlin, Germany", Place("Berlin", None, "DE")),
        ("US", Place(None, None, "US")),
        ("Austin", Place("Austin")),
    ],
)
def test_places_are_named_as_people_do(name: str, place: Place) -> None:
    assert find_place(name) == place


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 # every address, and so no address of one's own
        ("example.org", False),
        ("localhost.example.org", False),
        ("169.254.169.254", False),
    ],
)
def test_which_addresses_are_this_machines(host: str, own: bool) -> None:
    assert is_loopback(host) == own
    url = f"http://[{host}]/a" if ":" in host else f"http://{host}/a"
    check_address(url, anywhere=True)
    if own:
        check_address(url, anywhere=False)
    else:
        with pytest.raises(ValueError, match="--post-anywhere"):
            check_address(url, anywhere=False)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://localhost/x", "localhost:80", "", "http://"]
)
def test_what_is_no_address_is_refused_anywhere(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        check_address(url, anywhere=True)


class Listener(BaseHTTPRequestHandler):
    heard: list[tuple[str, str, Any]]
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, type[Listener]]]:
    class Own(Listener):
        heard = []  # noqa: RUF012 # one for each test

    with HTTPServer(("127.0.0.1", 0), Own) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/alerts", Own
        listening.shutdown()


def test_alerts_are_posted_as_json(server: tuple[str, type[Listener]]) -> None:
    url, listener = server
    Posted(url).deliver("abc", {"title": "Köchin"})
    assert listener.heard == [("/alerts", "abc", {"title": "Köchin"})]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_server_that_refuses_is_no_delivery_and_leads_nowhere(
    status: int, server: tuple[str, type[Listener]]
) -> None:
    url, listener = server
    listener.status = status
    with pytest.raises(DeliveryError, match=str(status)):
        Posted(url).deliver("abc", {})
    assert len(listener.heard) == 1


def test_a_server_that_is_not_there_is_no_delivery() -> None:
    with HTTPServer(("127.0.0.1", 0), Listener) as gone:
        port = gone.server_port
    with pytest.raises(DeliveryError, match="cannot be reached"):
        Posted(f"http://127.0.0.1:{port}/").deliver("abc", {})


def test_alerts_are_printed_as_lines_of_json() -> None:
    lines: list[str] = []
    Printed(lines.append, as_json=True).deliver("abc", {"title": "x"})
    assert [json.loads(line) for line in lines] == [{"event": "alert", "title": "x"}]


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
