"""Pages as they look: the words of the text layer stand where the picture shows them."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from benchmarks import scans
from indexer.errors import ExtractionError
from indexer.extract.picture import picture
from indexer.extract.sandbox import Sandbox
from indexer.extract.tesseract import tesseract_missing
from indexer.model import WHOLE, Box
from tests.extract.documents import encrypted_pdf, pdf

PLAN = next(path for path in scans.documents() if path.name == "74-UBND-KH.pdf")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1, 30, 1000) as sandbox:
        yield sandbox


def ink_inside(image: Image.Image, boxes: tuple[Box, ...]) -> tuple[float, float]:
    """Return the share of the ink of ``image`` that is inside ``boxes``, and the share of the page that they take."""
    ink = image.convert("L").point(lambda grey: 255 if grey < 128 else 0)
    inside = Image.new("L", ink.size)
    for box in boxes:
        place = [
            round(side * full / WHOLE)
            for side, full in zip(box, (ink.width, ink.height) * 2, strict=True)
        ]  # fmt: skip
        inside.paste(ink.crop((place[0], place[1], place[2], place[3])), (place[0], place[1]))
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes) / WHOLE**2
    return sum(inside.tobytes()) / sum(ink.tobytes()), area


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_boxes_of_words_hold_the_letters(tmp_path: Path, turned: int) -> None:
    document = pypdfium2.PdfDocument(PLAN)
    document[0].set_rotation(turned)
    path = tmp_path / "turned.pdf"
    document.save(path)
    found = picture(path, 1)
    image = Image.open(io.BytesIO(found.image))
    assert (image.width, image.height) == (found.width, found.height)
    assert (found.width > found.height) == (turned in (90, 270))
    assert "74/KH-UBND" in found.words and len(found.words) == len(found.boxes)
    share, area = ink_inside(image, found.boxes)
    assert share > 0.97 and area < 0.35


@pytest.mark.skipif(tesseract_missing() is not None, reason=f"{tesseract_missing()}")
@pytest.mark.parametrize("kind", ["clean", "skewed", "turned"])
def test_the_boxes_of_ocr_hold_the_letters(tmp_path: Path, sandbox: Sandbox, kind: str) -> None:
    page, _ = scans.drawn(PLAN, 150)[0]
    scanned = scans.KINDS[kind](page, random.Random(3))
    path = tmp_path / "scan.png"
    scanned.save(path)
    found = sandbox.ocr(path, 1).page
    assert found is not None and len(found.boxes) == len(found.text.split())
    share, area = ink_inside(scanned, found.boxes)
    assert share > 0.9 and area < 0.3


def test_pictures_are_shown_upright_and_on_white(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    photo = Image.new("RGBA", (3000, 1500), (0, 0, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera stood on its side
    photo.save(path, exif=exif)
    found = sandbox.picture(path, 1)
    image = Image.open(io.BytesIO(found.image)).convert("L")
    assert (found.width, found.height) == (1240, 2480) and found.words == ()
    assert image.getextrema() == (255, 255)


def test_the_frames_of_a_fax_are_its_pages(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "fax.tiff"
    pages = [Image.new("1", (200, 300 + 100 * n), 1) for n in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert [sandbox.picture(path, n).height for n in (1, 2, 3)] == [300, 400, 500]
    with pytest.raises(ExtractionError):
        sandbox.picture(path, 4)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 broken", b"GIF89a", encrypted_pdf("secret", "password"), pdf("one")[:300]]
)
def test_what_can_not_be_drawn_has_a_reason(sandbox: Sandbox, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ExtractionError, match=r"\w"):
        sandbox.picture(path, 1)
    path.write_bytes(pdf("one"))
    assert sandbox.picture(path, 1).words == ("one",)


def test_a_page_that_does_not_exist(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf("one"))
    with pytest.raises(ExtractionError):
        sandbox.picture(path, 2)
