import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ItemError
from indexer.model import Article, RelatedItem
from indexer.sources.portal_page import read_portal_page
from tests.shared import SEED, needs_seed

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

PAGE = """\
Đất đai

Công khai quy hoạch phường Bến Mới

Uỷ ban nhân dân phường vừa công khai bản đồ quy hoạch tại trụ sở và trên cổng thông tin.

Người dân góp ý bằng phiếu trong 30 ngày, kể từ ngày 05/3/2024.

Tài liệu đính kèm tải tại đây 12-UBND-TB.signed

(Nguồn: sotnmt.example)

Nguồn tin: benmoi.example

Tin khác

Phường mở hội chợ hoa xuân

Hội chợ có ba mươi gian hàng…

02/02/2024

Lịch tiếp công dân tháng hai

01/02/2024

This website uses cookies. See Our policy to learn more.

Read More
"""


def read(text: str) -> Article:
    return read_portal_page(text, "page", ZONE)


def names(article: Article) -> list[str]:
    return [attachment.name for attachment in article.attachments]


@needs_seed
def test_the_seed_page_as_the_contract_says() -> None:
    article = read(SEED.read_text(encoding="utf-8"))
    assert article.category == "Chính sách"
    assert article.title.startswith("Nâng cao vai trò") and article.title.endswith("Hải Phòng")
    assert article.sources == ("sotttt.haiphong.gov.vn", "haiphong.gov.vn")
    assert names(article) == ["74-UBND-KH.signed"]
    assert article.published is None
    assert len(article.related) == 5
    assert [item.published for item in article.related] == [
        date(2024, 11, 22), date(2024, 11, 22), date(2024, 11, 22), date(2024, 11, 21), date(2024, 11, 21),
    ]  # fmt: skip
    assert all(item.title and item.teaser.endswith("…") for item in article.related)
    paragraphs = article.body.split("\n\n")
    assert len(paragraphs) == 4
    assert paragraphs[0].startswith("Thực hiện chỉ đạo") and paragraphs[-1].endswith("được giao.")
    for foreign in ("đính kèm", "Nguồn", "Tin khác", "cookie", "Read More", "22/11"):
        assert foreign not in article.body


def test_every_part_of_a_page() -> None:
    article = read(PAGE)
    assert article == Article(
        id="page",
        title="Công khai quy hoạch phường Bến Mới",
        body="Uỷ ban nhân dân phường vừa công khai bản đồ quy hoạch tại trụ sở và trên cổng thông tin.\n\n"
        "Người dân góp ý bằng phiếu trong 30 ngày, kể từ ngày 05/3/2024.",
        sources=("sotnmt.example", "benmoi.example"),
        category="Đất đai",
        attachments=article.attachments,
        related=(
            RelatedItem("Phường mở hội chợ hoa xuân", "Hội chợ có ba mươi gian hàng…", date(2024, 2, 2)),
            RelatedItem("Lịch tiếp công dân tháng hai", "", date(2024, 2, 1)),
        ),
    )
    assert names(article) == ["12-UBND-TB.signed"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: unicodedata.normalize("NFD", page), id="decomposed"),
        pytest.param(lambda page: page.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(lambda page: page.replace("\n\n", "\n"), id="no blank lines"),
        pytest.param(lambda page: page.replace("\n\n", "\n \u00a0 \n"), id="blank lines of spaces"),
        pytest.param(lambda page: page.replace("Tài liệu đính kèm tải tại đây", "TÀI LIỆU ĐÍNH KÈM:"), id="case"),
        pytest.param(lambda page: page.replace("đây 12", "đây:\n12"), id="name below the mark"),
        pytest.param(lambda page: page.replace("(Nguồn: sotnmt", "( NGUỒN :  sotnmt"), id="loose brackets"),
        pytest.param(lambda page: page.replace("(Nguồn: sotnmt.example)", "Nguồn: sotnmt.example"), id="no brackets"),
        pytest.param(lambda page: page.replace("Nguồn tin:", "Nguồn tin"), id="no colon"),
        pytest.param(lambda page: page.replace("Nguồn tin:", "nguon  tin :"), id="no diacritics"),
        pytest.param(lambda page: page.replace(")\n\nNguồn tin", ") Nguồn tin"), id="sources on one line"),
        pytest.param(lambda page: page.replace("\n\n(Nguồn", " (Nguồn").replace("signed (", "signed\n("), id="joined"),
        pytest.param(lambda page: page.replace("Tin khác", "Các tin khác:"), id="other words for the list"),
        pytest.param(lambda page: page.partition("This website")[0], id="no cookie notice"),
    ],
)  # fmt: skip
def test_variants_of_the_marks_read_alike(change: object) -> None:
    article, plain = read(change(PAGE)), read(PAGE)  # type: ignore[operator]
    assert article.body.replace("\n\n", "\n") == plain.body.replace("\n\n", "\n")
    assert (article.title, article.category, article.sources) == (plain.title, plain.category, plain.sources)
    assert (names(article), article.related) == (names(plain), plain.related)


def test_the_origin_may_end_the_last_paragraph() -> None:
    article = read("Đất đai\n\nTiêu đề bài\n\nĐoạn cuối. (Nguồn: Báo Bến Mới)\n")
    assert (article.body, article.sources) == ("Đoạn cuối.", ("Báo Bến Mới",))


def test_sentences_that_only_look_like_marks_are_text() -> None:
    body = [
        "Nguồn vốn của dự án lấy từ ngân sách.",
        "Nguồn tin cho biết cuộc họp kéo dài hai giờ.",
        "Tài liệu đính kèm gồm bản đồ và thuyết minh đã được duyệt.",
        "Tin khác với lời đồn, cầu vẫn thông xe.",
        "Trang web của phường giải thích cookie là gì và vì sao cần tắt.",
    ]
    article = read("\n\n".join(["Một tiêu đề", *body, "Nguồn tin: benmoi.example"]))
    assert article.body == "\n\n".join(body)
    assert article.sources == ("benmoi.example",) and not article.attachments


def test_a_text_without_marks_is_a_plain_page() -> None:
    article = read("Thông báo nghỉ lễ\n\nCơ quan nghỉ một ngày.\nTrực tại phòng bảo vệ.\n")
    assert (article.title, article.category) == ("Thông báo nghỉ lễ", None)
    assert article.body == "Cơ quan nghỉ một ngày.\nTrực tại phòng bảo vệ."


def test_several_files_below_the_mark() -> None:
    article = read(
        "T\n\nThân bài.\n\nTệp đính kèm:\n01-KH.pdf\n\nPhụ lục 2.docx (1,5 MB)\n\nNguồn tin: a.example"
    )
    assert names(article) == ["01-KH.pdf", "Phụ lục 2.docx"]
    assert article.body == "Thân bài."


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Ngày đăng: 05/03/2024", datetime(2024, 3, 5, tzinfo=ZONE)),
        ("Thứ ba, 5/3/2024, 14:30", datetime(2024, 3, 5, 14, 30, tzinfo=ZONE)),
        ("05-03-2024 2:30 PM", datetime(2024, 3, 5, 14, 30, tzinfo=ZONE)),
    ],
)
def test_the_pages_own_date(line: str, moment: datetime) -> None:
    article = read(f"Tiêu đề\n\n{line}\n\nThân bài ngày 01/01/2020.\n\nNguồn tin: a.example")
    assert article.published == moment
    assert article.body == "Thân bài ngày 01/01/2020."


def test_related_items_with_the_date_first_or_none() -> None:
    first = read("T\n\nThân.\n\nTin khác\n02/02/2024\nMột\nMồi\n01/02/2024\nHai").related
    assert first == (RelatedItem("Một", "Mồi", date(2024, 2, 2)), RelatedItem("Hai", "", date(2024, 2, 1)))
    assert read("T\n\nThân.\n\nTin liên quan\nMột\nHai").related == (RelatedItem("Một"), RelatedItem("Hai"))
    inline = read("T\n\nThân.\n\nTin khác\nMột (02/02/2024)\nMồi\nHai (01/02/2024)").related
    assert inline == (RelatedItem("Một", "Mồi", date(2024, 2, 2)), RelatedItem("Hai", "", date(2024, 2, 1)))


def test_no_text_is_an_error() -> None:
    with pytest.raises(ItemError, match="no text"):
        read(" \n\u00a0\n")


@given(st.text(max_size=300))
def test_any_text_gives_an_article_or_an_item_error(text: str) -> None:
    try:
        article = read(text)
    except ItemError:
        return
    assert article.title or article.body or article.related or article.attachments or article.sources
    assert unicodedata.is_normalized("NFC", article.title + article.body)
