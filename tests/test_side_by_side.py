"""Postings that go through the rules side by side say what each says alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nlp import Extractor, Posting
from nlp.anchors import Anchored, _scans
from tests.command_line import SEEDS

LINES = (
    "Data Engineer\nAcme\nAustin, TX\n\nRequirements:\n- 3 years of Python\n- A degree in Physics",
    "",
    "Java Developer\n\nYou will design services. Pay: $50 per hour. Rust is a plus.",
    "Nothing that a rule knows.",
)


def postings() -> list[Posting]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [Posting(f"{n}.txt", text, "") for n, text in enumerate((*texts, *LINES))]


@pytest.mark.usefixtures("few_skills")
def test_a_batch_says_what_its_postings_say_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = Extractor()
    alone = [extractor(posting) for posting in postings()]
    assert list(extractor.pipe(postings())) == alone
    monkeypatch.setattr("nlp.extract.BATCH", 3)
    assert list(extractor.pipe(postings())) == alone
    monkeypatch.setattr(_scans, "kept", 100)  # forgets each text at once
    assert list(extractor.pipe(postings())) == alone
    assert list(extractor.pipe([])) == []


@pytest.mark.usefixtures("few_skills")
@pytest.mark.parametrize(
    ("batch", "characters", "ahead", "why"),
    [
        (3, 10**6, 3, "as many as go side by side"),
        (64, 10, 1, "a long posting goes alone"),
        (64, 10**6, 8, "all, where there are fewer"),
    ],
)
def test_few_postings_are_read_ahead(
    monkeypatch: pytest.MonkeyPatch, batch: int, characters: int, ahead: int, why: str
) -> None:
    monkeypatch.setattr("nlp.extract.BATCH", batch)
    monkeypatch.setattr("nlp.extract.LONGEST_BATCH", characters)
    read = []

    def reading() -> Iterator[Posting]:
        for number in range(8):
            read.append(number)
            yield Posting(f"{number}.txt", "A job for a Data Engineer.", "")

    next(Extractor().pipe(reading()))
    assert len(read) == ahead, why


@pytest.mark.usefixtures("few_skills")
def test_a_posting_on_which_a_rule_fails_fails_its_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> str | None:
        if "Rust" in text:
            raise IndexError("no such word")
        return None

    monkeypatch.setattr("nlp.extract.other_language", broken)
    extractor = Extractor()
    with pytest.raises(IndexError, match="no such word"):
        list(extractor.pipe(postings()))
    assert extractor(postings()[-1]).flags == ("no-title",)  # the next one is read all the same


def test_what_is_found_in_many_texts_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_scans, "kept", 1000)
    pattern = Anchored(r"\bzebra \d")
    for number in range(50):
        text = f"{number} zebra 7 " + "x" * 200
        assert [match.group() for match in pattern.finditer(text)] == ["zebra 7"]
        assert sum(map(len, _scans)) <= 1000 or len(_scans) == 1
    long = "zebra 8" + "x" * 5000
    assert pattern.search(long) is not None
    assert list(_scans) == [long], "the last text is known, however long it is"
