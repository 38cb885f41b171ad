"""A reader that is left before its end, as where a build is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Generator

import pytest

from nlp.readers import delimited, json_records
from nlp.readers.raw import Input, RawPosting, Unread
from tests.inputs import TEXT, given

Read = Callable[[Input], Generator[RawPosting | Unread, None, None]]

LINE = f'{{"title": "Engineer", "description": "{TEXT}"}}\n'
ROW = f'"Engineer","{TEXT}"\n'


@pytest.fixture(
    params=[
        pytest.param((json_records.read, LINE * 3), id="json"),
        pytest.param((delimited.read, "title,description\n" + ROW * 3), id="csv"),
    ]
)
def begun(
    request: pytest.FixtureRequest,
) -> tuple[Generator[RawPosting | Unread, None, None], Input]:
    """A reader that has given its first posting, and its input."""
    read, data = request.param
    source = given(data)
    items = iter(read(source))
    assert isinstance(next(items), RawPosting)
    return items, source


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_the_stream_may_be_closed_before_the_reader(
    begun: tuple[Generator[RawPosting | Unread, None, None], Input],
) -> None:
    """An exception that is under way holds the reader's frame, so the file goes first."""
    items, source = begun
    source.stream.close()
    items.close()


def test_a_reader_that_is_closed_leaves_the_stream_open(
    begun: tuple[Generator[RawPosting | Unread, None, None], Input],
) -> None:
    """It is the caller's, who may read it again in another format."""
    items, source = begun
    items.close()
    assert not source.stream.closed
