from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from indexer.model import Article
from indexer.sources.text_page import read_markdown_page

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def read(text: str) -> Article:
    return read_markdown_page(text.encode(), "x", ZONE).article


LETTERHEAD = (
    "# CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nĐộc lập - Tự do - Hạnh phúc\n\nPhê duyệt đường ra bến.\n"
)


def test_yaml_is_what_the_page_says_of_itself() -> None:
    article = read(
        '---\ntitle: "Quyết định 15/QĐ-UBND về đường ra bến"\ndate: 2026-05-07T16:20:00+07:00\nlastmod: 2026-05-08\n'
        "source: [benmoi.example, lamgiang.example]\ncategory: Văn bản\nsohieu: 15/QĐ-UBND\nnguoi_ky: Lò Văn Thắm\n"
        "linh_vuc: Giao thông\ntinh_trang: Còn hiệu lực\nmo_ta: >-\n  Đường ra bến\n  dài hai cây số\ntags: [bến, đường]\n"
        f"tep_dinh_kem:\n  - 15-QD-UBND.pdf\nurl: https://benmoi.example/15\n---\n\n{LETTERHEAD}"
    )
    assert article.title == "Quyết định 15/QĐ-UBND về đường ra bến"
    assert article.body.startswith("CỘNG HÒA XÃ HỘI"), "headings stay in the text"
    assert article.published == datetime(2026, 5, 7, 16, 20, tzinfo=ZONE)
    assert article.updated == datetime(2026, 5, 8, tzinfo=ZONE)
    assert (article.sources, article.category) == (("benmoi.example", "lamgiang.example"), "Văn bản")
    assert (article.number, article.url) == ("15/QĐ-UBND", "https://benmoi.example/15")
    assert article.summary == "Đường ra bến dài hai cây số"
    said = article.particulars
    assert (said.signer, said.field, said.status) == ("Lò Văn Thắm", "Giao thông", "Còn hiệu lực")
    assert [one.name for one in article.attachments] == ["15-QD-UBND.pdf"]
    assert article.extra == {"tags": ["bến", "đường"]}


def test_toml() -> None:
    article = read(
        "+++\ntitle = 'Lịch trực'\ndate = 2026-05-07\n'người ký' = \"Vi Thị Lan\"\n+++\n\nTrực từ bảy giờ.\n"
    )
    assert (article.title, article.body) == ("Lịch trực", "Trực từ bảy giờ.")
    assert (
        article.published == datetime(2026, 5, 7, tzinfo=ZONE) and article.particulars.signer == "Vi Thị Lan"
    )


def test_a_document_is_called_by_its_subject_and_dated_by_its_issue() -> None:
    article = read(
        f"---\nso_ky_hieu: 15/QĐ-UBND\ntrich_yeu: Phê duyệt đường ra bến\nngay_ban_hanh: 7/5/2026\n---\n{LETTERHEAD}"
    )
    assert (article.title, article.number) == ("Phê duyệt đường ra bến", "15/QĐ-UBND")
    assert (
        article.published == datetime(2026, 5, 7, tzinfo=ZONE) and article.particulars.issued == "2026-05-07"
    )


def test_the_heading_that_is_the_title_is_not_repeated() -> None:
    assert read("---\ntitle: Lịch trực\n---\n# Lịch trực\n\nTrực từ bảy giờ.").body == "Trực từ bảy giờ."


def test_words_of_other_programs_are_none_of_a_document() -> None:
    article = read("---\ntitle: Tin\ntype: post\nstatus: published\nlayout: default\n---\n\nThân bài.")
    assert article.type is None and article.particulars.status == ""
    assert read("---\ntitle: Tin\ntype: Quyết định\n---\n\nThân bài.").type == "Quyết định"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\ntitle: Quyết định: về đường\ndate: 2026-05-07\n---\nThân.", id="a colon in a value"),
        pytest.param("---\ntitle: \"Quyết định: về đường\ndate: 2026-05-07\n---\nThân.", id="a quote left open"),
        pytest.param("---\r\ntitle: 'Quyết định: về đường'\r\ndate: 2026-05-07\r\n---\r\nThân.", id="ends of lines"),
        pytest.param("\ufeff---\ntitle: 'Quyết định: về đường'\ndate: '2026-05-07'\n---\nThân.", id="byte order mark"),
    ],
)  # fmt: skip
def test_yaml_as_people_write_it(text: str) -> None:
    article = read(text)
    assert (article.title, article.body) == ("Quyết định: về đường", "Thân.")
    assert article.published == datetime(2026, 5, 7, tzinfo=ZONE)


def test_rules_that_divide_text_are_no_front_matter() -> None:
    article = read("---\n\nMột đoạn chữ thường.\n\n---\n\nĐoạn sau.")
    assert (article.title, article.body) == ("Một đoạn chữ thường.", "Đoạn sau.")


BOMB = "a: &a [x]\n" + "\n".join(
    f"{c}: &{c} [*{p}, *{p}]" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "block", ["[" * 20_000, BOMB, "? " * 5_000, "a: " + "x" * 100_000, "a: \0", "- " * 9_000]
)
def test_hostile_front_matter_costs_itself_only(block: str) -> None:
    article = read(f"---\n{block}\n---\n\nThân bài.")
    assert "Thân bài." in article.title + article.body
