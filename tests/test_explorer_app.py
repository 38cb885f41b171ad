"""The explorer as clients meet it: addresses, headers, tokens, forms, and what nobody is told."""

from __future__ import annotations

import base64
import json
import logging
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from kg.commands.serving import token_for
from kg.web.app import LOOPBACK, Settings, make_app
from kg.web.desk import Desk
from kg.web.kept import MINUTES, Candidates, KeptAnswers
from kg.web.page import PageJob, ResumeJob
from kg.web.page_worker import answer_job, make_page
from kg.web.worker import Reply
from kg.web.workers import Limits
from nlp.resumes.profile import Profile, Shown, Words
from tests.explorers import explorer_store
from tests.factories import two_levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.web.served import Served

ROLE = "Machine Learning Engineer"
ONE = Limits(seconds=60.0, workers=1)
SETTINGS = Settings(limits=ONE, analyses=ONE, hosts=(*LOOPBACK, "testserver"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return explorer_store(tmp_path_factory.mktemp("explorer"), two_levels())


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[TestClient]:
    with TestClient(make_app(served, SETTINGS), follow_redirects=False) as made:
        yield made


HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_the_address_chooses_the_form(client: TestClient) -> None:
    for path, kind in (
        ("/roles", "text/html; charset=utf-8"),
        ("/roles.json", "application/json"),
        ("/roles.csv", "text/csv; charset=utf-8"),
        (f"/role/{ROLE}.json", "application/json"),
        ("/home.json", "application/json"),
    ):
        assert client.get(path, headers=HTML).headers["content-type"] == kind, path


def test_what_the_client_accepts_chooses_the_form(client: TestClient) -> None:
    for accept, kind in (
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("image/png", "text/html; charset=utf-8"),
    ):
        answer = client.get("/roles", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["vary"] == "Accept"


def test_nothing_inline_no_cookie_no_frame_no_referrer(client: TestClient) -> None:
    for path in ("/", "/gap", "/nothing", "/static/explorer.css", "/roles.json", "/role/nobody"):
        answer = client.get(path, headers=HTML)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers


def test_a_page_that_is_still_the_same_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/skills", headers=HTML)
    again = client.get("/skills", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/skills.json").headers["etag"] != first.headers["etag"]


def test_what_is_ours_is_kept_by_browsers(client: TestClient) -> None:
    body = client.get("/", headers=HTML).text
    for name in ("page.css", "explorer.css", "page.js", "explorer.js", "icon.svg"):
        place = body.index(f"/static/{name}?v=")
        there = body[place : body.index('"', place)]
        answer = client.get(there)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e%2fapp.py").status_code == 404


def test_a_name_of_another_host_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_the_endpoint_is_where_it_was(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.json()["boolean"] is True
    assert client.get("/sparql").headers["content-type"].startswith("text/turtle")
    assert client.get("/nothing").text.startswith("nothing is here; the endpoint is /sparql")
    page = client.get("/nothing", headers=HTML)
    assert page.headers["content-type"].startswith("text/html")
    assert "No page has this address" in page.text


REFUSED_FORMS = {
    "another site's": ({"sec-fetch-site": "cross-site"}, {"resume": "x"}, 403),
    "another origin's": ({"origin": "https://evil.example"}, {"resume": "x"}, 403),
    "an empty one": ({"sec-fetch-site": "same-origin"}, {"resume": " "}, 400),
}


@pytest.mark.parametrize("name", REFUSED_FORMS)
def test_a_form_is_refused(client: TestClient, name: str) -> None:
    headers, data, status = REFUSED_FORMS[name]
    answer = client.post("/gap", headers=headers, data=data)
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_that_is_no_form_is_refused(client: TestClient) -> None:
    for kind, body, status in (
        ("text/plain", b"a", 415),
        ("multipart/form-data", b"a", 400),
        ("multipart/form-data; boundary=x", b"no boundary", 400),
        ("application/x-www-form-urlencoded", b"resume=" + b"a" * 11_000_000, 413),
    ):
        answer = client.post("/gap", headers={"Content-Type": kind}, content=body)
        assert answer.status_code == status, kind


def test_a_resume_that_was_forgotten_is_not_there(client: TestClient) -> None:
    assert client.get("/gap/nobody", headers=HTML).status_code == 404
    assert client.get("/gap/nobody.json").status_code == 404


@pytest.fixture
def desk(served: Served) -> Iterator[Desk]:
    made = Desk(served)
    yield made
    made.close()


RESUME = """Sonja Unverkennbar
Data Engineer at Zimtstern Logistics, January 2019 - present
Skills: Python, Spark, SQL
"""
SECRETS = ("Unverkennbar", "Zimtstern")


@pytest.mark.usefixtures("few_skills")
def test_a_resume_becomes_who_it_tells_of_and_its_text_is_left_behind(desk: Desk) -> None:
    job = ResumeJob(RESUME.encode(), "cv.txt", PageJob("gap", {}))
    found = answer_job(desk, job)
    assert isinstance(found, Profile)
    assert {one.label for one in found.skills} >= {"Python"}
    assert found.text == ""
    for secret in SECRETS:
        assert secret not in repr(job)
    page = make_page(desk, PageJob("gap", {"group": f"{ROLE} II"}, extra=found))
    assert page.status == 200
    assert "Python" in page.body.decode()


@pytest.mark.usefixtures("few_skills")
def test_a_resume_that_cannot_be_read_is_refused_without_a_word_of_it(desk: Desk) -> None:
    for data in (b"\x00Unverkennbar", b"%PDF-1.4 Unverkennbar", b'{"basics": "Unverkennbar"}'):
        reply = answer_job(desk, ResumeJob(data, "cv", PageJob("gap", {})))
        if isinstance(reply, Reply):
            assert reply.status == 400
            assert b"Unverkennbar" not in reply.body


def profile(name: str = "cv.txt") -> Profile:
    return Profile(name, "", (Shown(None, "Python", (Words(0, 6, "Python"),)),), (), None)


def test_candidates_are_forgotten() -> None:
    now = 0.0
    kept = Candidates(clock=lambda: now)
    first, other = kept.add(profile()), kept.add(profile("other"))
    assert first != other
    assert kept.get(first) == profile()
    assert kept.get("x") is None
    kept.forget(first)
    assert kept.get(first) is None
    now = MINUTES * 60 + 1
    assert (kept.get(other), len(kept)) == (None, 0)


def test_the_oldest_candidate_goes_when_there_are_too_many() -> None:
    kept = Candidates()
    names = [kept.add(profile()) for _ in range(101)]
    assert kept.get(names[0]) is None
    assert kept.get(names[1]) is not None


def test_answers_are_kept_up_to_a_size() -> None:
    kept = KeptAnswers(800)
    for number in range(20):
        kept.keep(number, Reply(200, "text/html", b"x" * 100))
    assert len(kept) == 8
    assert kept.get(19) is not None
    assert kept.get(0) is None
    kept.keep("large", Reply(200, "text/html", b"x" * 101))
    kept.keep("fault", Reply(404, "text/html", b"x"))
    assert (kept.get("large"), kept.get("fault")) == (None, None)


def test_so_many_answers_are_kept_however_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.kept.MANY", 3)
    kept = KeptAnswers(800)
    for number in range(5):
        kept.keep(number, Reply(200, "text/csv", b""))
    assert [number for number in range(5) if kept.get(number)] == [2, 3, 4]


def test_a_page_that_comes_too_early_asks_again_by_itself(served: Served) -> None:
    """The workers still open the store: none is ready within a tenth of a second."""
    soon = Limits(seconds=0.1, workers=1)
    settings = Settings(limits=soon, analyses=soon, hosts=(*LOOPBACK, "testserver"))
    with TestClient(make_app(served, settings), follow_redirects=False) as client:
        early = client.get("/roles", headers=HTML)
        data = client.get("/roles.json")
    assert (early.status_code, early.headers["retry-after"]) == (503, "5")
    assert 'data-retry="5"' in early.text
    assert (data.status_code, data.headers["retry-after"]) == (503, "5")
    wrong = make_page(Desk(served), PageJob("role", {"name": "nobody"}))
    assert b"data-retry" not in wrong.body


def test_a_token_opens_everything_and_nothing_else_does(served: Served) -> None:
    settings = Settings(limits=ONE, analyses=ONE, hosts=("testserver",), token="open-sesame")  # noqa: S106
    guarded = TestClient(make_app(served, settings))  # without its workers: the guard is first
    basic = base64.b64encode(b"anyone:open-sesame").decode()
    wrong = base64.b64encode(b"open-sesame:").decode()
    for path in ("/", "/sparql", "/static/page.css", "/.well-known/void"):
        for given in (None, "Bearer wrong", f"Basic {wrong}", "Basic %%%", "Bearer ", "Digest x"):
            answer = guarded.get(path, headers={"Authorization": given} if given else {})
            assert answer.status_code == 401, (path, given)
            assert answer.headers["www-authenticate"].startswith("Basic")
    for given in ("Bearer open-sesame", f"Basic {basic}"):
        answer = guarded.get("/static/page.css", headers={"Authorization": given})
        assert answer.status_code == 200
    assert "open-sesame" not in repr(settings)


HOSTS = {
    "127.0.0.1": False,
    "127.0.0.2": False,
    "::1": False,
    "localhost": False,
    "0.0.0.0": True,  # noqa: S104 # all addresses of the machine
    "::": True,
    "10.1.2.3": True,
    "host.example": True,
}


@pytest.mark.parametrize("host", HOSTS)
def test_a_token_is_made_where_others_can_reach_the_server(host: str) -> None:
    assert (token_for(host) is not None) == HOSTS[host]


def test_nothing_that_is_asked_is_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="uvicorn"):
        client.get("/search", params={"q": "Unverkennbar"})
        client.post("/gap", headers={"Content-Type": "text/plain"}, content=RESUME)
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]
    said = "".join(ours) + "".join(capfd.readouterr())
    assert not [secret for secret in SECRETS if secret in said]


def test_data_is_what_pages_show(client: TestClient) -> None:
    found = json.loads(client.get(f"/role/{ROLE}.json").text)
    assert found["role"] == ROLE
    assert {row["level"] for row in found["levels"]["rows"]} == {"I", "II"}
