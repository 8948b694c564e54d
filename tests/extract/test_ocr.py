"""Scans: which pages need OCR, and what comes of them; drawn from the demo portal's own documents."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image

from benchmarks import scans
from benchmarks.made_pages import has_fonts, letter
from benchmarks.ocr import rates, read_scan, told
from indexer.directives.closing import Signer, read_signer
from indexer.extract.cleaning import evenly_lit, has_specks, is_red
from indexer.extract.corners import page_corners
from indexer.extract.ocr import is_garbage, ocr
from indexer.extract.ocr_words import Word, text_of, words
from indexer.extract.reader import read
from indexer.extract.reasons import problem
from indexer.extract.sandbox import Sandbox
from indexer.extract.second_look import second_look
from indexer.extract.tesseract import tesseract_missing
from indexer.indexing.attachments import with_ocr
from indexer.indexing.opening import open_pipeline
from indexer.model import WHOLE, Article, Attachment, Extraction, FileState, OcrPage, Page, Problem
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import Listed, index

pytestmark = pytest.mark.ocr
needs_tesseract = pytest.mark.skipif(tesseract_missing() is not None, reason=f"{tesseract_missing()}")
PLAN = next(path for path in scans.documents() if path.name == "74-UBND-KH.pdf")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of a plan as a skewed scan."""
    page, _ = scans.drawn(PLAN, 200)[0]
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(scans.as_pdf([scans.KINDS["skewed"](page, random.Random(1))], 200))
    return path


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1, 60, 1500) as sandbox:
        yield sandbox


def test_a_scan_is_known_and_a_document_is_none(scan: Path) -> None:
    found = read(scan, "scan.pdf")
    assert (found.state, found.unread, found.problems) == (
        FileState.EMPTY, (1,), (problem("needs_ocr"),),
    )  # fmt: skip
    assert read(PLAN, PLAN.name).unread == ()


@needs_tesseract
def test_a_skewed_scan_is_read(scan: Path, sandbox: Sandbox) -> None:
    found = sandbox.ocr(scan, 1)
    assert found.page is not None and found.page.ocr
    assert "74/KH-UBND" in found.page.text and "chuyển đổi số" in found.page.text
    assert found.page.confidence is not None and found.page.confidence > 0.8


@needs_tesseract
@pytest.mark.parametrize(
    ("kind", "dpi"),
    [
        ("turned", 300), ("stamped", 300), ("red stamp", 150), ("clean", 150), ("noisy", 150), ("uneven light", 150),
        ("photograph", 300),
    ],
)  # fmt: skip
def test_syllables_are_right_without_their_accents(kind: str, dpi: int) -> None:
    page, text = scans.drawn(PLAN, dpi)[0]
    assert rates([(scans.KINDS[kind](page, random.Random(2)), text)], dpi).folded <= 0.05


@needs_tesseract
def test_a_coarse_picture_is_enlarged_and_its_words_are_where_people_see_them(tmp_path: Path) -> None:
    page, _ = scans.drawn(PLAN, 130)[0]
    path = tmp_path / "photo.png"
    scans.KINDS["photograph"](page, random.Random(3)).save(path)
    found = ocr(path, 1, 60).page
    assert found is not None and "HOẠCH" in found.text
    with Image.open(path) as picture:
        left, top, right, bottom = found.boxes[found.text.split().index("HOẠCH")]
        box = picture.convert("L").crop(
            (left * picture.width // WHOLE, top * picture.height // WHOLE,
             right * picture.width // WHOLE, bottom * picture.height // WHOLE)
        )  # fmt: skip
    assert box.width < picture.width / 5 and box.height < picture.height / 30
    dark, light = box.getextrema()
    assert isinstance(dark, int) and isinstance(light, int) and dark < light / 2, "ink on paper"


@pytest.mark.parametrize("kind", sorted(set(scans.KINDS) - {"photograph"}))
def test_a_page_that_is_all_of_its_scan_has_no_corners(kind: str) -> None:
    page, _ = scans.drawn(PLAN, 72)[1]
    assert page_corners(scans.KINDS[kind](page, random.Random(1)).convert("L")) is None


def word(line: int, left: int, text: str) -> str:
    return f"5\t1\t1\t1\t{line}\t1\t{left}\t{50 * line}\t{20 * len(text)}\t30\t90.0\t{text}"


def test_who_signs_stands_below_the_recipients_and_remains_of_the_stamp_behind() -> None:
    table = [
        word(1, 100, "Kinh"), word(1, 200, "phí"), word(1, 290, "từ"), word(1, 350, "ngân"), word(1, 450, "sách"),
        word(1, 900, "2024"),
        word(2, 100, "Nơi"), word(2, 170, "nhận:"), word(2, 700, "GIÁM"), word(2, 790, "ĐỐC"),
        word(3, 100, "-"), word(3, 130, "Như"), word(3, 200, "trên;"), word(3, 720, "l"),
        word(4, 100, "-"), word(4, 130, "Lưu:"), word(4, 220, "VT."),
        word(5, 690, "_'Lê"), word(5, 750, "Thị"), word(5, 830, "Mận"),
    ]  # fmt: skip
    text = text_of(words("\n".join(table)))
    assert text == (
        "Kinh phí từ ngân sách\t2024\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nLê Thị Mận\nl"
    )
    assert read_signer(text) == Signer("Lê Thị Mận", "GIÁM ĐỐC")


@needs_tesseract
@pytest.mark.skipif(not has_fonts(), reason="no typeface to draw with")
def test_number_day_and_signer_of_a_stamped_letter_are_read() -> None:
    made = letter(random.Random(5), 150)
    assert made.stamp
    text = read_scan(scans.red_stamp(made.picture, made.stamp), 150)
    assert told(text, made) == (True, True, True)


@needs_tesseract
@pytest.mark.skipif(not has_fonts(), reason="no typeface to draw with")
def test_who_signs_is_read_below_a_grey_stamp() -> None:
    made = letter(random.Random(5), 150)
    assert made.stamp
    text = read_scan(scans.red_stamp(made.picture, made.stamp).convert("L"), 150)
    assert told(text, made) == (True, True, True)


def head_line(number: str, sure: int) -> list[Word]:
    """ "Số: " and a number, beside it a day, as one line of a page."""
    told = [("Số:", 97), (number, sure), ("Lam", 97), ("Giang,", 97), ("ngày", 97), ("5", 97), ("tháng", 97), ("3", 97),
            ("năm", 97), ("2024", 97)]  # fmt: skip
    return [Word(("1", "1"), "1", 100 * at, 300, 80, 30, sure, text) for at, (text, sure) in enumerate(told)]


@pytest.mark.parametrize(
    ("sure", "again", "number"),
    [
        pytest.param(97, [], "9085/CT-UBND", id="sure: no second look"),
        pytest.param(92, ["5083", "5083"], "5083/CT-UBND", id="two agree"),
        pytest.param(65, ["9085"], "9085/CT-UBND", id="the first is agreed with"),
        pytest.param(65, ["5083", "2083", "3083"], "9085/CT-UBND", id="none agree"),
        pytest.param(65, ["5083", "?", "5083"], "5083/CT-UBND", id="one reads nothing"),
    ],
)
def test_a_number_is_what_most_looks_agree_on(sure: int, again: list[str], number: str) -> None:
    page = Image.new("L", (2480, 3508), 255)
    waiting = list(again)

    def look(piece: Image.Image, segmentation: int) -> list[Word]:
        assert segmentation == 7 and piece.width < 300, "the number alone"
        read = head_line(f"{waiting.pop(0)}/CT-UBND", 90)[:2]
        return [replace(word, left=10, top=5) for word in read if "?" not in word.text]

    found = second_look(head_line("9085/CT-UBND", sure), page, look)
    assert [word.text for word in found[:3]] == ["Số:", number, "Lam"] and len(found) == 10
    assert not waiting and found[1].left <= 130 and 280 <= found[1].top <= 320


def test_rules_of_a_table_part_cells_and_are_no_letters() -> None:
    table = [word(1, 100, "TT"), word(1, 150, "|Nội"), word(1, 240, "dung"), word(1, 330, "|"), word(1, 350, "Hạn"),
             word(2, 100, "10|"), word(2, 165, "43|/QĐ"), word(2, 300, "Sở|")]  # fmt: skip
    found = words("\n".join(table))
    assert text_of(found) == "TT\tNội dung\tHạn\n10| 43|/QĐ Sở"
    assert len(found) == len(text_of(found).split())


def test_clean_pages_are_left_as_they_are() -> None:
    page, _ = scans.drawn(PLAN, 150)[0]
    assert not has_specks(page) and not is_red(page.convert("RGB"))
    assert evenly_lit(page).tobytes() == page.tobytes()


@needs_tesseract
def test_pictures_are_read_page_by_page(tmp_path: Path, sandbox: Sandbox) -> None:
    pages = [page for page, _ in scans.drawn(PLAN, 150)]
    path = tmp_path / "fax.tiff"
    pages[0].save(path, save_all=True, append_images=pages[1:2])
    assert read(path, "fax.tiff").unread == (1, 2)
    assert "KẾ HOẠCH" in getattr(sandbox.ocr(path, 1).page, "text", "")


@needs_tesseract
def test_stains_are_no_text(tmp_path: Path, sandbox: Sandbox) -> None:
    path = tmp_path / "stains.png"
    Image.effect_noise((800, 1000), 200).save(path)
    found = sandbox.ocr(path, 1)
    assert found.page is None or not found.page.text
    assert sandbox.ocr(path, 7).page is None, "there is no such page"


def test_a_page_beyond_its_time_is_given_up(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox(1, 30, 1500, page_seconds=0.01) as sandbox:
        found = sandbox.ocr(scan, 1)
    assert found.page is None and found.problem is not None
    assert found.problem.code in ("ocr_slow", "ocr_missing") and found.problem.page == 1


GOOD = (
    "Ủy ban nhân dân thành phố ban hành kế hoạch chuyển đổi số đến năm hai nghìn không trăm hai mươi lăm. "
    * 3
)


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        pytest.param(GOOD, False, id="good"),
        pytest.param(GOOD.translate(str.maketrans("ủâàốếạểđổăơ", "ud@6e4edo3o")), True, id="English OCR"),
        pytest.param(
            "UY BAN NHAN DAN THANH PHO CONG HOA XA HOI CHU NGHIA VIET NAM " * 3, True, id="no accents"
        ),
        pytest.param(
            "The quick brown fox jumps over the lazy dog while children watch from windows " * 3,
            False,
            id="English",
        ),
        pytest.param("74/KH-UBND", False, id="too short"),
    ],
)
def test_a_text_layer_of_another_language_is_garbage(text: str, garbage: bool) -> None:
    assert is_garbage(text) is garbage


TOO_LONG = problem("ocr_slow", 3, seconds=60.0)


def extraction(*unread: int) -> Extraction:
    pages = (Page(1, "Văn bản"), Page(2, ""), Page(3, ""))
    return Extraction("application/pdf", FileState.PARTIAL, pages, (problem("needs_ocr"),), unread=unread)


@pytest.mark.parametrize(
    ("read", "state", "problems", "left"),
    [
        ({2: OcrPage(Page(2, "Hai", True, 0.9)), 3: OcrPage(Page(3, "", True))}, FileState.OCR, (), ()),
        (
            {2: OcrPage(Page(2, "Hai", True, 0.9)), 3: OcrPage(None, TOO_LONG)},
            FileState.PARTIAL,
            (TOO_LONG,),
            (3,),
        ),
        (
            {2: OcrPage(Page(2, "Hai", True, 0.9))},
            FileState.PARTIAL,
            (problem("ocr_most", read=1, all=2),),
            (3,),
        ),
    ],
)
def test_pages_fall_into_place(
    read: dict[int, OcrPage], state: FileState, problems: tuple[Problem, ...], left: tuple[int, ...]
) -> None:
    found = with_ocr(extraction(2, 3), read)
    assert (found.state, found.problems, found.unread) == (state, problems, left)
    assert [page.text for page in found.pages] == ["Văn bản", "Hai", ""]


def article(path: Path) -> Article:
    published = datetime.fromisoformat("2024-03-06T08:00:00+07:00")
    return Article("a", "Kế hoạch", published=published, attachments=(Attachment("quet.pdf", path=path),))


@needs_tesseract
def test_a_scan_is_found_on_its_page(scan: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    index(settings, [article(scan)])
    service = open_search(settings)
    (hit,) = service.search(SearchRequest("chuyển đổi số")).hits
    assert [(file.name, file.page) for file in hit.files] == [("quet.pdf", 1)]
    assert service.searcher().articles.by_id("a").files[0].state is FileState.OCR


def test_without_ocr_a_scan_is_kept_and_said(scan: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, ocr=False)
    index(settings, [article(scan)])
    (file,) = open_search(settings).searcher().articles.by_id("a").files
    assert (file.state, file.problems) == (FileState.EMPTY, (problem("needs_ocr"),))


def test_a_run_that_is_stopped_goes_on_behind_the_pages_it_read(tmp_path: Path) -> None:
    pages = [page.resize((400, 560)) for page, _ in scans.drawn(PLAN, 72)[:1]] * 3
    path = tmp_path / "three.pdf"
    path.write_bytes(scans.as_pdf(pages, 72))
    asked: list[int] = []

    def ocr(_: Sandbox, __: Path, number: int) -> OcrPage:
        asked.append(number)
        if number == 3 and asked.count(3) == 1:
            raise KeyboardInterrupt
        return OcrPage(Page(number, f"trang {number}", ocr=True, confidence=0.9))

    settings = Settings(data=tmp_path / "data", workers=1)
    with (
        mock.patch.object(Sandbox, "ocr", ocr),
        mock.patch("indexer.indexing.attachments.tesseract_missing", return_value=None),
    ):
        with pytest.raises(KeyboardInterrupt), open_pipeline(settings) as pipeline:
            list(pipeline.index(Listed([article(path)])))
        index(settings, [article(path)])
    assert asked == [1, 2, 3, 3]
    assert open_search(settings).searcher().articles.by_id("a").files[0].state is FileState.OCR


def test_what_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_missing.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    try:
        assert "apt install tesseract-ocr" in str(tesseract_missing())
    finally:
        tesseract_missing.cache_clear()
