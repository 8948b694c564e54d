"""A collection with a law in which every value is as long as real ones get, or longer, and has no place to break a line."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

from indexer.model import Article, Attachment, Particulars
from tests.browser.pages import Kind
from tests.extract.documents import docx, pdf

_RUN = "Ngườiđượcủyquyềnquảnlývậnhànhvàkhaitháccôngtrìnhbếnthuyền" * 2
_URL = "https://van-ban.lamgiang.example/tra-cuu/van-ban-quy-pham-phap-luat?" + "&".join(
    f"tham_so_{n}=gia-tri-rat-dai-{n}" for n in range(9)
)
_FILE = "Phu_luc_kem_theo_Thong_tu_lien_tich_06.2018.TTLT-VKSNDTC-TANDTC-BCA-BTP-BLDTBXH_ban_ky_so_lan_2"
_NUMBERS = (
    "06/2018/TTLT-VKSNDTC-TANDTC-BCA-BTP-BLĐTBXH",
    "22/2014/TTLT-BTP-TANDTC-VKSNDTC-BCA-BQP-BTC-BNN&PTNT",
)
_NAMED = (
    "Luật sửa đổi, bổ sung một số điều của Luật Kinh doanh bảo hiểm, Luật Sở hữu trí tuệ",
    "Pháp lệnh sửa đổi, bổ sung một số điều của Pháp lệnh quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ",
)
_LAW = "\n\n".join(
    (
        "QUỐC HỘI\n\nLUẬT\nBẾN THUYỀN",
        f"Căn cứ {_NAMED[0]}; căn cứ {_NAMED[1]};",
        *(
            f"Chương {roman}\nQUY ĐỊNH VỀ {_RUN.upper()}\n\n"
            + "\n\n".join(
                f"Điều {8 * chapter + n}. Trách nhiệm của {_RUN}\n\n"
                f"1. Bến thuyền theo Thông tư liên tịch số {_NUMBERS[0]} và Thông tư số {_NUMBERS[1]}, xem {_URL}.\n\n"
                "| Cột thứ nhất của bảng | Cột thứ hai của bảng | Cột thứ ba của bảng | " + "-" * 90 + " |"
                for n in range(1, 9)
            )
            for chapter, roman in enumerate(("I", "II", "III", "IV"))
        ),
    )
)
_TABLE = (
    f"<table><tr><th>{_RUN}</th><th>{_URL}</th></tr>"
    f"<tr><td>{'0' * 120}</td><td>{'x' * 90}</td></tr></table><pre>{'bến thuyền ' * 30}\n{_URL}</pre>"
)


def _attachments() -> tuple[Attachment, ...]:
    return (
        Attachment(f"{_FILE}.docx", content=docx(*_LAW.split("\n\n"))),
        Attachment(f"{_FILE}.pdf", content=pdf(f"ben thuyen {'W' * 150}", "ben thuyen")),
        Attachment(
            f"{_FILE}.html",
            "text/html",
            content=f"<!DOCTYPE html><p>Bến thuyền {_URL}</p>{_TABLE}".encode(),
        ),
        Attachment(f"{_FILE}.signed", content=None),
    )


def _day(n: int) -> datetime:
    return datetime.fromisoformat("2009-03-01T08:00:00+07:00") + timedelta(days=211 * n)


LAW = Article(
    "luat",
    f"Luật Bến thuyền {_RUN}",
    _LAW,
    summary=f"Tóm tắt về bến thuyền: {_RUN} {_URL}",
    published=_day(0),
    sources=("cong-thong-tin-dien-tu-uy-ban-nhan-dan-thanh-pho.lamgiang.example", "baolamgiang.example"),
    category=f"Văn bản quy phạm pháp luật/{_RUN}",
    url=_URL,
    attachments=_attachments(),
    number=_NUMBERS[0],
    type="Thông tư liên tịch",
    issuer="Viện kiểm sát nhân dân tối cao - Tòa án nhân dân tối cao - Bộ Công an",
    particulars=Particulars(
        subject=f"Quy định về {_RUN}", signer=_RUN, position=_RUN, field=_RUN, status=f"Còn hiệu lực {_RUN}"
    ),
)
ARTICLES = (
    LAW,
    *(
        Article(
            f"bai-{n}",
            f"Bến thuyền: {title} số {n} theo {_NUMBERS[n % 2]}",
            f"Bến thuyền. {verb} Thông tư liên tịch số {_NUMBERS[n % 2]} và {_NAMED[n % 2]}. {_URL}",
            published=_day(n),
            sources=(f"{_RUN.lower()}-{n % 13}.example",),
            category=f"{_RUN} {n % 11}",
            type="Quyết định",
            number=f"{n}/QĐ-UBND",
        )
        for n, (title, verb) in enumerate(
            product(
                ("Hướng dẫn", "Triển khai", _RUN), ("Căn cứ", "Thực hiện", "Sửa đổi, bổ sung", "Thay thế")
            ),
            1,
        )
    ),
)
QUERY = "bến thuyền"
PAGES = tuple(
    Kind(name, path)
    for name, path in (
        ("home", "/"),
        ("results", f"/search?q={QUERY}&size=50"),
        ("results-english", f"/search?q={QUERY}&size=50&lang=en"),
        ("results-filtered", f"/search?q={QUERY}&source={LAW.sources[0]}&category={LAW.category}&date=2009&in=body&strict=1"),
        ("results-number", f"/search?q={_NUMBERS[0]}"),
        ("results-provision", "/search?q=điều 5 luật bến thuyền"),
        ("results-long", f"/search?q={_RUN}"),
        ("results-none", f"/search?q=xyz{_RUN}&source={LAW.sources[0]}"),
        ("values", f"/search/values/source?q={QUERY}"),
        ("law", "/articles/luat"),
        ("law-marked", f"/articles/luat?q={QUERY}"),
        ("article", f"/articles/bai-3?q={QUERY}"),
        ("file-text", f"/articles/luat/files/0/text?q={QUERY}"),
        ("file-table", "/articles/luat/files/2/text"),
        ("file-page", "/articles/luat/files/1/pages/1?q=ben+thuyen"),
        ("directive", "/directives/06-2018-ttlt-vksndtc-tandtc-bca-btp-bldtbxh"),
        ("directives", "/directives"),
        ("directives-missing", "/directives?missing=1"),
        ("compare", "/compare?a=/articles/luat&b=/articles/bai-3"),
        ("compare-with", "/compare?a=/articles/luat"),
        ("picked", "/list?id=luat&id=bai-3"),
        ("alert", f"/alerts?q={QUERY} {_RUN}&source={LAW.sources[0]}"),
        ("staff-queries", "/staff/queries"),
        ("staff-query", f"/staff/queries/one?q={_RUN}"),
        ("staff-pins", "/staff/pins?q=luật&draft=1&id=luat&id=bai-3"),
        ("staff-lexicon", f"/staff/lexicon?table=typed&form={_RUN}&meant={_RUN}"),
        ("staff-files", "/staff/files?state=text"),
        ("staff-files-missing", "/staff/files?state=missing"),
    )
)  # fmt: skip
"""Every kind of page that shows text from articles or people. Add a line for each new kind."""
