"""PDF: sentences whole, items items, columns in order, edges gone; or why there is no text."""

from __future__ import annotations

import io
import subprocess
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
)

from nlp.readers.pdf import pdf_text, read, recognises
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.wrapped import join

CHROMIUM: Final = Path("/usr/bin/chromium")
STYLES: Final = getSampleStyleSheet()
PROSE: Final = (
    "We are looking for an engineer who builds machine-learning systems that serve millions of "
    "readers. You will work with a small team of people who care about well-tested code, and you "
    "will own what you ship from the first sketch to the last on-call night."
)
ITEMS: Final = (
    "Pipelines in Python and SQL that other teams rely on every day, including nights and "
    "weekends when that is what it takes",
    "At least 3 years of experience with Apache Spark or Apache Flink",
    "Kubernetes",
)
EXPECTED: Final = [
    "Data Engineer II",
    "About the role",
    PROSE,
    "Requirements",
    *(f"• {item}" for item in ITEMS),
    "Benefits",
    PROSE,
]


def story(times: int = 1) -> list[Flowable]:
    def paragraph(text: str, style: str = "Normal") -> Paragraph:
        return Paragraph(text, STYLES[style])

    found: list[Flowable] = [paragraph("Data Engineer II", "Title")]
    for _ in range(times):
        found += [
            paragraph("About the role", "Heading2"),
            paragraph(PROSE),
            paragraph("Requirements", "Heading2"),
            ListFlowable([ListItem(paragraph(item)) for item in ITEMS], bulletType="bullet"),
            paragraph("Benefits", "Heading2"),
            paragraph(PROSE),
        ]
    return found


def written(build: Callable[[io.BytesIO], None]) -> io.BytesIO:
    stream = io.BytesIO()
    build(stream)
    stream.seek(0)
    return stream


def lines(stream: io.BytesIO) -> list[str]:
    return [line for line in pdf_text(stream).split("\n") if line]


def drawn(*places: tuple[float, Sequence[str]], in_turn: bool = True) -> io.BytesIO:
    """Return a page with columns of lines at these left edges, drawn line by line or each whole."""
    lines = [(index, left, row) for left, rows in places for index, row in enumerate(rows)]

    def build(stream: io.BytesIO) -> None:
        canvas = Canvas(stream, pagesize=letter)
        canvas.setFont("Helvetica", 10)
        for index, left, row in sorted(lines) if in_turn else lines:
            canvas.drawString(left, 700 - index * 13, row)
        canvas.save()

    return written(build)


def test_a_page_of_one_column() -> None:
    assert lines(written(lambda s: SimpleDocTemplate(s).build(story()))) == EXPECTED


def test_headers_and_footers_of_each_page_are_gone() -> None:
    def edges(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.drawString(72, 760, "Acme Robotics Careers")
        canvas.drawString(72, 30, f"Page {document.page} of 3")

    def build(stream: io.BytesIO) -> None:
        document = SimpleDocTemplate(stream, pagesize=letter)
        document.build(story(5), onFirstPage=edges, onLaterPages=edges)

    assert lines(written(build)) == EXPECTED[:1] + 5 * EXPECTED[1:]


def test_two_columns_are_read_one_after_the_other() -> None:
    def build(stream: io.BytesIO) -> None:
        document = BaseDocTemplate(stream, pagesize=letter)
        left, low, width, high = (
            document.leftMargin,
            document.bottomMargin,
            document.width / 2 - 6,
            document.height,
        )
        frames = [Frame(left, low, width, high), Frame(left + width + 12, low, width, high)]
        document.addPageTemplates([PageTemplate(frames=frames)])
        document.build(story(3))

    assert lines(written(build)) == EXPECTED[:1] + 3 * EXPECTED[1:]


def test_columns_that_are_drawn_line_by_line_are_columns_still() -> None:
    other = "The team ships a release every other week and answers for what it has shipped. " * 2
    stream = drawn((72, textwrap.wrap(PROSE, 44)), (330, textwrap.wrap(other, 44)))
    assert lines(stream) == [PROSE, other.strip()]


def test_a_table_of_labels_is_no_columns() -> None:
    labels = ["Location", "Salary", "Type", "Team", "Level"]
    values = ["Austin, TX", "$120,000 - $150,000", "Full-time", "Data", "Senior"]
    assert lines(drawn((72, labels), (200, values))) == [
        f"{label} | {value}" for label, value in zip(labels, values, strict=True)
    ]


def test_a_narrow_column_holds_labels_not_broken_lines() -> None:
    labels = ["Location", "Austin, TX", "Type", "Full-time", "Team", "Data", "Skills", "Python"]
    stream = drawn((72, labels), (220, textwrap.wrap(PROSE, 60)), in_turn=False)
    assert lines(stream) == [*labels, PROSE]


def test_a_heading_below_a_full_line_is_none_of_its_words() -> None:
    rows = [*textwrap.wrap(PROSE, 80), "Requirements", "- Python", "Benefits", "Health insurance"]
    rows[-5] += " You will see what it does for the people who use it each day."
    assert lines(drawn((72, rows)))[-4:] == ["Requirements", "• Python", *rows[-2:]]


def test_words_cut_at_the_line_s_end_are_whole() -> None:
    rows = [
        "We are looking for an engi-",
        "neer who builds machine-",
        "learning systems for read-",
        "ers of news. You know Post-",
        "greSQL and state-of-the-",
        "art tools.",
    ]
    assert lines(drawn((72, rows))) == [
        "We are looking for an engineer who builds machine-learning systems for readers of news."
        " You know PostgreSQL and state-of-the-art tools."
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("distrib-", "uted systems", "distributed systems"),
        ("data-", "driven", "data-driven"),
        ("cross-", "functional", "cross-functional"),
        ("under-", "standing of", "understanding of"),
        ("soft\u00ad", "ware", "software"),
        ("Python, Java,", "Go", "Python, Java, Go"),
        ("TCP/", "IP", "TCP/IP"),
        ("Visual-", "Basic", "Visual-Basic"),
        ("pay 100 -", "120", "pay 100 - 120"),
    ],
)
def test_a_hyphen_stays_where_it_joins_two_words(first: str, second: str, whole: str) -> None:
    assert join(first, second) == whole


@pytest.mark.parametrize("sign", ["•", "-", "*", "–", "o"])
def test_every_bullet_is_one(sign: str) -> None:
    assert lines(drawn((72, [f"{sign} Python", f"{sign} SQL"]))) == ["• Python", "• SQL"]


def blank(stream: io.BytesIO) -> None:
    canvas = Canvas(stream)
    canvas.showPage()
    canvas.save()


def picture(stream: io.BytesIO) -> None:
    from PIL import Image

    canvas = Canvas(stream)
    canvas.drawInlineImage(Image.new("RGB", (40, 30)), 72, 400)
    canvas.save()


def locked(stream: io.BytesIO) -> None:
    SimpleDocTemplate(stream, encrypt=StandardEncryption("secret")).build(story())


def cut(stream: io.BytesIO) -> None:
    whole = written(lambda s: SimpleDocTemplate(s).build(story())).getvalue()
    stream.write(whole[: len(whole) // 2])


def nothing(stream: io.BytesIO) -> None:
    stream.write(b"%PDF-1.7\nhello")


def many(stream: io.BytesIO) -> None:
    canvas = Canvas(stream)
    for _ in range(101):
        canvas.showPage()
    canvas.save()


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (blank, "the PDF is empty"),
        (picture, "the PDF holds images only, no text; read them with OCR first"),
        (locked, "a locked PDF: it asks for a password; save a copy without one"),
        (cut, "a damaged PDF: "),
        (nothing, "a damaged PDF: "),
        (many, "101 pages; a posting has fewer than 100"),
    ],
)
def test_a_document_without_text_says_why(build: Callable[[io.BytesIO], None], reason: str) -> None:
    stream = written(build)
    found = list(read(Input("a.pdf", stream, stream.getvalue()[:65536])))
    assert len(found) == 1
    assert isinstance(found[0], Unread)
    assert found[0].reason.startswith(reason)


def test_a_document_that_only_its_owner_may_print_is_read() -> None:
    lock = StandardEncryption("", ownerPassword="secret", canPrint=0)
    stream = written(lambda s: SimpleDocTemplate(s, encrypt=lock).build(story()))
    assert lines(stream) == EXPECTED
    stream.seek(0)
    assert isinstance(next(read(Input("a.pdf", stream, b""))), RawPosting)


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    assert recognises(b"%PDF-1.7\n")
    assert recognises(b"\n\n%PDF-1.4")
    assert not recognises(b"Send us a PDF of your resume")
    assert not recognises(b"")


def test_a_stream_that_breaks_anywhere_gives_text_or_a_reason() -> None:
    whole = written(lambda s: SimpleDocTemplate(s).build(story())).getvalue()
    for size in range(0, len(whole), 131):
        broken = bytearray(whole)
        broken[size : size + 7] = b"\xff\x00()<>["
        found = next(read(Input("a.pdf", io.BytesIO(bytes(broken)), b"")))
        assert found.reason if isinstance(found, Unread) else found.body


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium")
@pytest.mark.parametrize("columns", [1, 2])
def test_the_marks_of_a_browser_s_print_are_followed(tmp_path: Path, columns: int) -> None:
    page = tmp_path / "page.html"
    items = "".join(f"<li><p>{item}</p></li>" for item in ITEMS[:2])
    page.write_text(
        f"<body style='column-count:{columns}'><h1>Data Engineer II</h1><h2>About the role</h2>"
        f"<p>{PROSE.replace('machine-learning', '<a href=x>machine-learning</a>')}</p>"
        f"<h2>Requirements</h2><ul>{items}<li>{ITEMS[2]}<ol><li>Helm</li></ol></li></ul>"
        "<table><tr><th>Location</th><td>Austin, TX</td></tr></table>"
        "<table><tr><th>Level</th><th>Pay</th><th>Years</th></tr>"
        "<tr><td>II</td><td>$100k</td><td>3</td></tr></table>"
        f"<p>Full-time<br>Start: <b>May</b></p><h2>Benefits</h2><div>{PROSE}</div>"
    )
    pdf = tmp_path / "page.pdf"
    command = [str(CHROMIUM), "--headless", "--no-sandbox", f"--print-to-pdf={pdf}", str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    tables = ["Location: Austin, TX", "Level | Pay | Years", "II | $100k | 3"]
    breaks = ["Full-time", "Start: May"]
    expected = [*EXPECTED[:7], "1. Helm", *tables, *breaks, *EXPECTED[7:]]
    assert lines(io.BytesIO(pdf.read_bytes())) == expected
