"""What stands in annotations of a PDF is read where it is seen; the text is there whatever becomes of the rest."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo.signing import Authority
from indexer.extract.formats.placing import Addition, with_additions
from indexer.extract.picture import picture
from indexer.extract.reader import read
from indexer.extract.sandbox import Sandbox
from indexer.model import FileState
from tests.extract.documents import pdf, written

FORM = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 \
/BaseFont /Helvetica >> >> >> /Length %d >>\nstream\n%s\nendstream"
)
PAGE = b"BT /F1 12 Tf 50 700 Td (So:) Tj 60 0 Td (/CD-UBND) Tj 0 -40 Td (Ve viec khan cap) Tj ET"


def document(page: bytes, font: bytes = b"Helvetica", *annotations: tuple[bytes, bytes]) -> bytes:
    """Return a PDF with what is drawn on its one page, and annotations: entries of the dictionary and what is drawn."""
    first = 6
    numbers = range(first, first + 2 * len(annotations), 2)
    named = [
        number for number, (entries, _) in zip(numbers, annotations, strict=False) if b"/Widget" in entries
    ]
    fields = b" ".join(b"%d 0 R" % number for number in named)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % fields,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots ["
        + b" ".join(b"%d 0 R" % number for number in numbers)
        + b"] /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s >>" % font,
    ]
    for number, (entries, words) in zip(numbers, annotations, strict=True):
        drawn = b"BT /F1 12 Tf 0 2 Td (%s) Tj ET" % words
        shown = b"/AP << /N %d 0 R >>" % (number + 1) if words else b""
        objects.append(b"<< /Type /Annot %s %s >>" % (entries, shown))
        objects.append(FORM % (len(drawn), drawn))
    return written(objects)


STAMP = b"/Subtype /Stamp /Rect [80 698 280 718]"
DOCUMENT = document(
    PAGE,
    b"Helvetica",
    (STAMP, b"2107"),
    (b"/Subtype /FreeText /Rect [50 600 250 620] /Contents (Sao gui Phong Noi vu)", b"Sao gui Phong Noi vu"),
    (b"/Subtype /Text /Rect [300 600 320 620] /Contents (Da xem xet)", b""),
    (b"/Subtype /FreeText /F 2 /Rect [50 500 250 520] /Contents (Ban nhap)", b"Ban nhap"),
    (b"/Subtype /Link /Rect [50 400 250 420] /Contents (lien ket)", b""),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(DOCUMENT)
    return path


def test_annotations_are_read_where_they_are_seen(path: Path) -> None:
    found = read(path, "a.pdf")
    assert found.state is FileState.TEXT
    assert found.pages[0].text.split("\n") == [
        "So: 2107/CD-UBND",
        "Ve viec khan cap",
        "Sao gui Phong Noi vu",
        "Da xem xet",
    ]


def test_the_picture_has_the_places_of_their_words(path: Path) -> None:
    words = picture(path, 1).words
    assert words[:3] == ("So:", "2107", "/CD-UBND") and "Noi" in words and "nhap" not in words


@pytest.mark.parametrize(
    ("text", "addition", "expected"),
    [
        ("a b\nc", Addition(1, 2, "x", False), "a b\nx\nc"),
        ("a b\nc", Addition(1, 1, "x", False), "a\nx\n b\nc"),
        ("a b\nc", Addition(1, 2, "x", True), "a b x\nc"),
        ("a b", Addition(1, 0, "x", True), "x a b"),
        ("", Addition(1, 0, "x", False), "x"),
        ("a", Addition(1, 9, "x", False), "a\nx"),
    ],
)
def test_words_are_never_welded(text: str, addition: Addition, expected: str) -> None:
    found = with_additions(text, [addition])
    assert found.split() == expected.split()
    assert "\n".join(line.strip() for line in found.split("\n")) == "\n".join(
        line.strip() for line in expected.split("\n")
    )


BEHIND_THE_TEXT = """
import os, sys
from indexer.extract import child
answer = child._answer
def only_text(request):
    if {kind!r} in request: os.abort()
    return answer(request)
child._answer = only_text
sys.argv = ["child", "1500"]
child.main()
"""


def _extract(path: Path, fails: str) -> tuple[str, list[str]]:
    command = (sys.executable, "-c", BEHIND_THE_TEXT.format(kind=fails))
    with Sandbox(1, 30, 1500, command) as sandbox:
        found = sandbox.extract(path, "a.pdf")
    assert found.state is FileState.TEXT and found.problems == ()
    return found.pages[0].text, [str(one.status) for one in found.signatures]


def test_the_text_stays_when_what_is_asked_behind_it_fails(path: Path) -> None:
    assert _extract(path, "details")[0].split() == "So: /CD-UBND Ve viec khan cap".split()
    now = datetime.now(UTC)
    path.write_bytes(Authority().sign(pdf("Ke hoach"), "Uy ban", now))
    assert _extract(path, "changes") == ("Ke hoach", ["unchecked"])


def test_each_part_is_read_once(tmp_path: Path) -> None:
    from tests.extract.parts.pdf import DOCUMENT, FOUND, LEFT_OUT

    path = tmp_path / "a.pdf"
    path.write_bytes(DOCUMENT)
    text = read(path, "a.pdf").pages[0].text
    assert {part: text.count(marker) for part, marker in FOUND.items()} == dict.fromkeys(FOUND, 1)
    assert not [part for part, marker in LEFT_OUT.items() if marker in text]
