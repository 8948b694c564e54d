"""The demo portal is what its README and the golden queries take it to be."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections import Counter
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "demo"
PORTAL = DEMO / "portal"
PAGES = sorted(path for path in PORTAL.glob("*/*") if path.suffix in {".html", ".txt", ".md"})
ATTACHMENTS = sorted(path for path in PORTAL.glob("*/*/*") if path.is_file())
SOURCES = sorted((DEMO / "attachments").glob("*.md"))
TAKEN_OVER = {
    "phong-chong-thien-tai/bao-canh-bao-lu-song-nguyet-khe.txt",
    "phong-chong-thien-tai/ben-nguyet-thong-bao-lu-song-nguyet-khe.md",
}
"""Copies of the flood warning, on purpose."""
MAGIC = {
    ".pdf": b"%PDF-", ".doc": b"\xd0\xcf\x11\xe0", ".xls": b"\xd0\xcf\x11\xe0", ".rtf": b"{\\rtf", ".eml": b"From: ",
}  # fmt: skip
VOID = {"br", "img", "input", "link", "meta", "hr"}
UNDATED = {
    "giao-duc/bua-an-ban-tru-an-toan.html",
    "dat-dai-xay-dung/hoi-dap-thua-ke-nha-dat.md",
    "van-hoa-du-lich/bao-tang-thanh-pho-mien-phi.md",
    "van-hoa-du-lich/pho-di-bo-ben-nguyet.txt",
}


def slug(path: Path) -> str:
    return path.relative_to(PORTAL).as_posix()


def composed(path: Path) -> str:
    """Text of a page as a reader sees its letters: NFC, no soft hyphens, plain spaces."""
    text = unicodedata.normalize("NFC", unescape(path.read_text("utf-8")))
    return text.replace("\u00ad", "").replace("\u00a0", " ")


def own_text(path: Path) -> str:
    """A page's text from its title to its list of other news, without tags."""
    body = composed(path).partition("<h1")[2] if path.suffix == ".html" else composed(path)
    return re.sub(r"<[^>]+>", " ", re.split(r">\s*Tin khác|\n\nTin khác\n", body)[0])


def meta(path: Path) -> dict[str, object]:
    beside = path.with_suffix(".meta.json")
    return json.loads(beside.read_text("utf-8")) if beside.is_file() else {}


def published(path: Path) -> str | None:
    if path.suffix != ".html":
        found = meta(path).get("published")
        return str(found) if found else None
    text = composed(path)
    match = re.search(r'article:published_time" content="(\d{4}-\d\d-\d\d)', text) or re.search(
        r'Đăng ngày <time datetime="(\d{4}-\d\d-\d\d)', text
    )
    return match[1] if match else None


def page_of(attachment: Path) -> Path:
    return next(page for page in PAGES if page.with_suffix("") == attachment.parent)


class Frame(HTMLParser):
    """Checks that tags nest and remembers links and the number of main headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.titles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.titles += tag == "h1"
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_counts() -> None:
    assert Counter(path.suffix for path in PAGES) == {".html": 37, ".txt": 13, ".md": 7}
    assert Counter(path.suffix for path in ATTACHMENTS) == {
        ".pdf": 10, ".docx": 6, ".xlsx": 4, ".zip": 1, ".doc": 1, ".rtf": 1, ".odt": 1, ".ods": 1, ".pptx": 1, ".odp": 1,
        ".xls": 1, ".xlsb": 1, ".xps": 1, ".eml": 1,
    }  # fmt: skip


def test_categories_and_sources() -> None:
    categories, sources = set(), Counter[str]()
    for path in PAGES:
        text = composed(path)
        if path.suffix == ".html":
            categories |= set(re.findall(r'article:section" content="([^"]+)', text))
        else:
            categories |= {str(meta(path).get("category") or text.splitlines()[0])}
        publishers = re.findall(r"Nguồn tin: ([^<\n]+)", text)
        assert len(publishers) == 1, slug(path)
        sources.update(publishers)
    assert len(categories) == 10
    assert len(sources) == 9
    assert sources["Báo Lam Giang"] >= 8


def test_dates() -> None:
    days = {slug(path): published(path) for path in PAGES}
    assert {name for name, day in days.items() if day is None} == UNDATED
    known = sorted(date.fromisoformat(day) for day in days.values() if day)
    assert known[0] >= date(2022, 3, 1)
    assert known[-1] <= date(2026, 10, 31)
    assert {day.year for day in known} == {2022, 2023, 2024, 2025, 2026}


@pytest.mark.parametrize("path", PAGES, ids=slug)
def test_page_is_clean(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "\ufffd" not in text
    assert all(host.endswith("lamgiang.example") for host in re.findall(r"https?://([^/\"\s]+)", text))
    assert all(host.endswith("lamgiang.example") for host in re.findall(r"[\w.-]+@([\w.-]+)", text))
    assert 130 <= len(own_text(path).split()) <= 480


@pytest.mark.parametrize("path", [path for path in PAGES if path.suffix == ".html"], ids=slug)
def test_html_frame(path: Path) -> None:
    frame = Frame()
    frame.feed(path.read_text("utf-8"))
    assert frame.open == []
    assert frame.titles == 1
    assert '<html lang="vi">' in path.read_text("utf-8")
    others = [link for link in frame.links if link.startswith("/")]
    assert set(others) <= {f"/{slug(page.with_suffix('.html'))}" for page in PAGES}
    assert len(others) >= 3, "a list of other news is what extraction has to leave out"
    files = [link for link in frame.links if not link.startswith(("#", "/", "https://"))]
    assert all((path.parent / link).is_file() for link in files)


@pytest.mark.parametrize("path", sorted(PORTAL.glob("*/*.meta.json")), ids=slug)
def test_meta(path: Path) -> None:
    known = json.loads(path.read_text("utf-8"))
    assert set(known) == {"published", "source", "category"}
    assert known["source"]
    assert any(page.with_suffix(".meta.json") == path for page in PAGES), "its page is gone"


def test_no_text_twice() -> None:
    # Sentences, so that an article copied under another title is found too.
    seen: dict[str, str] = {}
    for path in PAGES:
        if slug(path) in TAKEN_OVER:
            continue
        sentences = {part.strip() for part in re.split(r"[.\n]", own_text(path))}
        for sentence in (part for part in sentences if len(part.split()) >= 12):
            assert seen.setdefault(sentence, slug(path)) == slug(path), sentence
    assert len(seen) > len(PAGES)


@pytest.mark.parametrize("path", ATTACHMENTS, ids=lambda path: path.name)
def test_attachment(path: Path) -> None:
    assert path.name in composed(page_of(path)), "its page does not name it"
    assert path.stat().st_size < 60_000
    assert path.read_bytes().startswith(MAGIC.get(path.suffix, b"PK"))
    head = (DEMO / "attachments" / f"{path.name}.md").read_text("utf-8").partition("\n\n")[0]
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    assert PORTAL / fields["page"] == path.parent
    if path.suffix in (".doc", ".xls") or "password" in fields:
        return  # no date that could be seen
    day = date.fromisoformat(fields["date"])
    if path.suffix == ".pdf":
        assert f"/CreationDate (D:{fields['date'].replace('-', '')}".encode() in path.read_bytes()
    elif path.suffix == ".rtf":
        stamp = f"\\yr{day.year}\\mo{day.month}\\dy{day.day}".encode()
        assert path.read_bytes().count(b"\\yr") == path.read_bytes().count(stamp) > 0
    elif path.suffix == ".eml":
        assert f"{day:%d %b %Y} 00:00:00".encode() in path.read_bytes()
    else:
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            days = {"{:04}-{:02}-{:02}".format(*info.date_time) for info in package.infolist()}
        assert days == {fields["date"]}, "a time of building would change the file every time"


def test_every_source_is_built() -> None:
    assert [path.name.removesuffix(".md") for path in SOURCES] == sorted(p.name for p in ATTACHMENTS)


def test_tables_are_even() -> None:
    tables = [
        table
        for path in SOURCES
        for table in re.findall(r"(?:^\|.*\n?)+", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(tables) > 10
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


@pytest.mark.parametrize(
    ("attachment", "fact"),
    [
        pytest.param("KH-tiem-soi-2025.pdf", "Khe Sậy", id="where measles shots are given, page 3"),
        pytest.param("61-KH-UBND.pdf", "Cồn Sậy", id="where to shelter from the flood, page 4"),
        pytest.param("15-CT-UBND.pdf", "phòng 304", id="where to complain, page 4"),
        pytest.param("118-KH-UBND.pdf", "dữ liệu mở", id="a task added to the plan, page 2"),
        pytest.param("12_2024_QD-UBND.docx", "120.000 đồng", id="price of a monthly bus ticket"),
        pytest.param("31_2024_QD-UBND.docx", "36 m²", id="smallest plot"),
        pytest.param("08_2024_NQ-HDND.docx", "Xác nhận tình trạng hôn nhân", id="fee of a certificate"),
        pytest.param("chi-tieu-tuyen-dung-2024.xlsx", "tiếng Nhật", id="post in a sheet"),
        pytest.param("bieu-do-chay-xe-tuyen-04-13.xlsx", "Ngã tư Lò Vôi", id="bus stop in a sheet"),
    ],
)
def test_only_the_attachment_knows(attachment: str, fact: str) -> None:
    assert fact in (DEMO / "attachments" / f"{attachment}.md").read_text("utf-8")
    assert not [slug(path) for path in PAGES if fact in own_text(path)]


def citing(number: str) -> list[str]:
    pattern = re.compile(rf"(?<![\w/]){re.escape(number)}(?![\w/])")
    return [slug(path) for path in PAGES if pattern.search(own_text(path))]


def test_citations() -> None:
    assert len(citing("15/CT-UBND")) >= 10
    assert len(citing("38-CT/TW")) == 4
    assert len(citing("06/QĐ-TTg")) >= 4
    assert citing("30/2020/NĐ-CP") == ["cai-cach-hanh-chinh/quy-che-van-thu-so-hoa.md"]
    assert citing("91/2015/QH13") == ["dat-dai-xay-dung/hoi-dap-thua-ke-nha-dat.md"]
    assert citing("2207/UBND-TH") == ["chinh-sach/kiem-tra-cong-vu-quy-ii-2024.html"]


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (
            "chuyen-doi-so/sua-doi-ke-hoach-74.html",
            r"118/KH-UBND sửa đổi, bổ sung .{0,40}74/KH-UBND",
        ),
        (
            "phong-chong-thien-tai/ke-hoach-61-thay-the-ke-hoach-45.html",
            r"Kế hoạch này thay thế Kế hoạch số 45/KH-UBND",
        ),
        (
            "giao-thong/gia-ve-xe-buyt-2024.html",
            r"12/2024/QĐ-UBND thay thế Quyết định số 05/2019/QĐ-UBND",
        ),
    ],
)
def test_relations_are_said(page: str, sentence: str) -> None:
    assert re.search(sentence, own_text(PORTAL / page))


def test_kinds_of_letters() -> None:
    decomposed = [slug(p) for p in PAGES if not unicodedata.is_normalized("NFC", p.read_text("utf-8"))]
    assert decomposed == ["dat-dai-xay-dung/cap-phep-xay-dung-truc-tuyen.html"]
    raw = {slug(path): path.read_text("utf-8") for path in PAGES}
    assert len([name for name, text in raw.items() if "\u00ad" in text or "&shy;" in text]) == 2
    assert len([name for name, text in raw.items() if "\u00a0" in text or "&nbsp;" in text]) >= 2
    text = " ".join(own_text(path) for path in PAGES)
    assert "Uỷ ban" in text
    assert "Ủy ban" in text
