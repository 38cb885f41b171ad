"""DOCX: every paragraph a line, whatever holds it; or why there is no text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Final

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from nlp.readers.docx import docx_text, read, recognises
from nlp.readers.raw import Input, RawPosting, Unread

SPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX: Final = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"


def saved(document: Document) -> io.BytesIO:
    stream = io.BytesIO()
    document.save(stream)
    stream.seek(0)
    return stream


def text_of(fill: Callable[[Document], object]) -> str:
    document = docx.Document()
    fill(document)
    return docx_text(saved(document))


def headed(document: Document) -> None:
    document.add_heading("Data Engineer II", 0)
    document.add_paragraph("Acme Robotics")
    document.add_heading("Requirements", 1)
    document.add_paragraph("Python", style="List Bullet")
    document.add_paragraph("3 years of Spark", style="List Number")
    document.add_paragraph("- SQL")


def table(rows: list[list[str]]) -> Callable[[Document], None]:
    def fill(document: Document) -> None:
        made = document.add_table(len(rows), len(rows[0]))
        for line, cells in zip(made.rows, rows, strict=True):
            for cell, text in zip(line.cells, cells, strict=True):
                cell.text = text

    return fill


def edged(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "Acme Robotics Careers"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Python")


def nested(document: Document) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Outer"
    cell.add_table(1, 2).cell(0, 1).text = "Inner"


def broken(document: Document) -> None:
    paragraph = document.add_paragraph("One")
    paragraph.add_run().add_break()
    paragraph.add_run("Two\tthree")


def of_xml(inner: str) -> Callable[[Document], None]:
    def fill(document: Document) -> None:
        document.element.body.insert(0, parse_xml(inner.replace(">", f" {SPACES}>", 1)))

    return fill


def spread(document: Document) -> None:
    for text in ("a", "", "", "", "b"):
        document.add_paragraph(text)


BOXED: Final = (
    "<w:p><w:r><mc:AlternateContent>"
    f"<mc:Choice Requires='v'><v:textbox>{BOX}</v:textbox></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>Beside</w:t></w:r></w:p>"
)
LABELS: Final = [["Location", "Austin, TX"], ["Salary:", "$120,000"]]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


NEW: Final = f"<w:p><w:ins>{run('New')}</w:ins></w:p>"
DELETED: Final = f"<w:p><w:del>{run('Old')}</w:del>{run('Kept')}</w:p>"
HELD: Final = f"<w:sdt><w:sdtContent><w:p>{run('Held')}</w:p></w:sdtContent></w:sdt>"
HYPHEN: Final = f"<w:p>{run('co</w:t><w:noBreakHyphen/><w:t>op')}</w:p>"


@pytest.mark.parametrize(
    ("fill", "text"),
    [
        (
            headed,
            "Data Engineer II\nAcme Robotics\n\nRequirements\n• Python\n• 3 years of Spark\n• SQL",
        ),
        (table(LABELS), "Location: Austin, TX\nSalary: $120,000"),
        (table([["A", "B", "C"], ["1", "2", "3"]]), "A | B | C\n1 | 2 | 3"),
        (table([["Duties\nBuild\nShip", "Skills\nSQL"]]), "Duties\nBuild\nShip\nSkills\nSQL"),
        (nested, "Outer\nInner"),
        (edged, "Python"),
        (broken, "One\nTwo three"),
        (spread, "a\n\nb"),
        (of_xml(NEW), "New"),
        (of_xml(DELETED), "Kept"),
        (of_xml(HELD), "Held"),
        (of_xml(BOXED), "Beside\nBoxed"),
        (of_xml(HYPHEN), "co-op"),
    ],
)
def test_each_paragraph_is_a_line(fill: Callable[[Document], object], text: str) -> None:
    assert text_of(fill) == text


def archive(**files: bytes) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name.replace("__", "/"), data)
    stream.seek(0)
    return stream


def picture() -> io.BytesIO:
    from PIL import Image

    image = io.BytesIO()
    Image.new("RGB", (4, 3)).save(image, "PNG")
    document = docx.Document()
    document.add_picture(image)
    return saved(document)


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (saved(docx.Document()), "the DOCX is empty"),
        (picture(), "the DOCX holds images only, no text; read them with OCR first"),
        (io.BytesIO(saved(docx.Document()).getvalue()[:4000]), "a damaged DOCX: "),
        (archive(word__document=b"x"), "a damaged DOCX: "),
        (archive(word__document=bytes(65 << 20)), "65 MB when unpacked"),
        (io.BytesIO(b""), "a damaged DOCX: "),
    ],
)
def test_a_document_without_text_says_why(stream: io.BytesIO, reason: str) -> None:
    found = list(read(Input("a.docx", stream, b"")))
    assert len(found) == 1
    assert isinstance(found[0], Unread)
    assert found[0].reason.startswith(reason)


def test_a_document_is_known_by_its_first_bytes() -> None:
    document = docx.Document()
    headed(document)
    stream = saved(document)
    head = stream.getvalue()[:65536]
    assert recognises(head)
    assert not recognises(archive(a=b"word and more").getvalue())
    assert not recognises(b"%PDF-1.7")
    assert isinstance(next(read(Input("a.docx", stream, head))), RawPosting)


def test_a_stream_that_breaks_anywhere_gives_text_or_a_reason() -> None:
    document = docx.Document()
    headed(document)
    whole = saved(document).getvalue()
    for place in range(0, len(whole), 997):
        broken = bytearray(whole)
        broken[place : place + 5] = b"\xff\x00\x01\x02\x03"
        found = next(read(Input("a.docx", io.BytesIO(bytes(broken)), b"")))
        assert found.reason if isinstance(found, Unread) else found.body
