"""`kg watch` as people type it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.store import Store
from tests.building import write
from tests.command_line import ROOT

if TYPE_CHECKING:
    from tests.command_line import Kg

POSTING = """Data Engineer
Requirements:
- 3+ years of experience with Python
- Knowledge of SQL
We are hiring. Apply now, the salary is $120,000 - $150,000 per year.
"""


def piped(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(os.fdopen(reading, "rb")))


@pytest.mark.usefixtures("few_skills")
def test_folders_streams_and_alerts(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, store, profile = tmp_path / "in", tmp_path / "s", tmp_path / "ada.yaml"
    folder.mkdir()
    profile.write_text("skills: [Python, SQL]\nyears: 4\n", encoding="utf-8")
    write(folder / "a.txt", "Chemist")
    answer = kg("watch", folder, "--once", "--store", store, "--match", profile)
    assert answer.code == 0, answer.err
    assert "1 added, 0 unchanged" in answer.err
    (folder / "b.txt").write_text(POSTING, encoding="utf-8")
    answer = kg("watch", folder, "--once", "--store", store, "--match", profile)
    assert answer.out.startswith("Data Engineer\n")
    assert '+ required skill: Python "Python"' in answer.out
    assert '+ required years: 3 years (by 4 years) "3+ years of experience' in answer.out
    answer = kg("watch", folder, "--once", "--store", store, "--match", profile, "--json")
    assert [json.loads(line)["event"] for line in answer.out.splitlines()] == ["batch"]
    (folder / "a.txt").unlink()
    assert "1 removed" in kg("watch", folder, "--once", "--store", store).out
    lines = [json.dumps({"id": "1", "title": "Data Engineer", "description": POSTING}), "no JSON"]
    for added in (1, 0):
        piped("\n".join(lines).encode(), monkeypatch)
        answer = kg("watch", "-", "--store", store, "--match", profile, "--json")
        batch, *alerts = [json.loads(line) for line in answer.out.splitlines()]
        assert [one["event"] for one in alerts] == ["alert"] * added, "told when it is stored"
        assert (batch["added"], batch["lines"]) == (added, 2)
        assert batch["reasons"]
    with Store.open(store) as opened:
        assert len(opened) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-", "in"], "not both"),
        (["in", "--post", "http://localhost/"], "--post needs --match"),
        (["-", "--once"], "leave --once out"),
        (["none"], "no such folder"),
        (["in", "--match", "none.yaml"], "none.yaml: cannot be read"),
        (["in", "--match", "bad.yaml"], 'no key "skils"; did you mean "skills"?'),
        (["in", "--match", "ada.yaml", "--post", "http://example.org/"], "--post-anywhere"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_meant_is_said_before_anything_is_done(
    words: list[str], said: str, kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("bad.yaml").write_text("skils: [Spark]", encoding="utf-8")
    Path("ada.yaml").write_text("skills: [Spark]", encoding="utf-8")
    answer = kg("watch", *words, "--store", "s")
    assert answer.code == 2
    assert said in " ".join(answer.err.split()).replace("│ ", "")
    assert not Path("s").exists() or not Store.open("s").posting_ids()


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_watch_that_is_told_to_stop_ends_well(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    folder, store = tmp_path / "in", tmp_path / "s"
    folder.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "kg", "watch", str(folder), "--store", str(store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert running.stderr
    assert running.stdout
    assert "watching" in running.stderr.readline()
    write(folder / "a.txt", "Chemist")
    assert "1 added" in running.stdout.readline()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # readers see it while it goes on
        with Store.open(store) as reader:
            if len(reader):
                break
        time.sleep(0.05)
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code, said
    assert "The same command goes on from there" in said
    assert "Traceback" not in said
    with Store.open(store) as left:
        assert (len(left), str(left.view or "")) == (1, "")


@pytest.mark.slow
def test_a_watch_that_is_killed_ends_in_the_same_store() -> None:
    # The bench forks: in a process of its own, where no earlier test has opened a store.
    bench = ["-m", "tests.bench.bench_watch_kills", "--postings", "150", "--kills", "5"]
    run = subprocess.run(
        [sys.executable, *bench, "--seed", "3", "--json"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout.splitlines()[-1])
    for kind in ("stream", "folder"):
        found = figures[kind]
        assert found["kills"] == 5
        assert found["postings"] == 150
        assert found["broken_postings"] == 0
        assert found["same_postings"]
        assert found["same_store"]
        assert found["not_told"] == 0
        assert found["complaints"] == []
