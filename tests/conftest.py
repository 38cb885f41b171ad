"""Fixtures that many tests of the command line need."""

from __future__ import annotations

import importlib
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kg.cli import main
from ontology.vocabulary import own_files
from tests.command_line import SEEDS, Answer, Kg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

# Tables are as wide here as where nothing says how wide they should be.
os.environ.pop("COLUMNS", None)

# A shell has what runs behind it ignore Ctrl-C: tests of what Ctrl-C ends would wait for ever,
# and so would what they start. Each test process stops as in front.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A change is judged by the same examples each time; new ones are drawn by hand-started runs.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Kg:
    def run(*words: str | Path) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        code = stopped.value.code
        return Answer(code if isinstance(code, int) else 1, printed.out, printed.err)

    return run


@pytest.fixture
def few_skills(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our vocabulary with two of its areas: an extractor is ready in a tenth of the time."""
    # They are to keep the whole vocabulary, also where this is the first test to need them.
    for module in ("kg.build", "kg.watching.intake", "ontology.check"):
        importlib.import_module(module)
    areas = {"programming-languages.ttl", "machine-learning.ttl"}
    few = [file for file in own_files() if file.parent.name != "skills" or file.name in areas]
    monkeypatch.setattr("ontology.vocabulary.own_files", lambda: few)


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Spark on this machine, with two workers: one for all tests, for its start takes longest."""
    pytest.importorskip("pyspark")
    from tests.sparks import quick_session

    with quick_session() as begun:
        yield begun


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the seeds, for reading."""
    folder = tmp_path_factory.mktemp("stores") / "seeds"
    with pytest.raises(SystemExit) as stopped:
        main(["build", str(SEEDS), "--store", str(folder)])
    assert stopped.value.code == 0
    return folder
