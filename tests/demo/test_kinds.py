"""One attachment of each kind in the demo portal is found, on its page, in its state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.extract.tesseract import tesseract_missing
from indexer.model import SignatureStatus
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.stored.article import StoredFile


@pytest.fixture(scope="module")
def service(demo: Settings) -> Iterator[SearchService]:
    service = open_search(demo)
    yield service
    service.close()


def file_called(service: SearchService, query: str, name: str) -> tuple[StoredFile, int | None]:
    """Return the attachment ``name`` of the first hit for ``query``, and the page of the hit in it."""
    hit = service.search(SearchRequest(query)).hits[0]
    (page,) = (file.page for file in hit.files if file.name == name)
    return next(file for file in service.searcher().articles.by_id(hit.id).files if file.name == name), page


@pytest.mark.parametrize(
    ("query", "name", "page", "state"),
    [
        pytest.param("dữ liệu mở tối thiểu 120 bộ", "118-KH-UBND.pdf", 2, "text", id="signed"),
        pytest.param("mật khẩu và mã xác thực tổng đài", "thong-bao-bi-sua.pdf", 1, "text", id="altered"),
        pytest.param("bản đồ gấp, giấy can", "mau-muc-luc-ho-so.docx", None, "text", id="legacy fonts"),
        pytest.param("thờ cúng, tu sửa mộ phần", "mau-phan-chia-di-san.doc", None, "text", id="old DOC"),
        pytest.param(
            "hướng dẫn điền đơn hưu trí",
            "mau-don-huu-tri-xa-hoi.zip/huong-dan-dien-don.txt",
            None,
            "text",
            id="archive",
        ),
        pytest.param(
            "sổ theo dõi riêng phần lãi được trả thay",
            "giay-de-nghi-ho-tro-lai-suat.rtf",
            None,
            "text",
            id="RTF",
        ),
        pytest.param("bảng kê cuốc xe công nghệ", "giay-xac-nhan-thu-nhap.odt", None, "text", id="ODT"),
        pytest.param("cô đỡ thôn bản nối máy", "lich-tai-kham-theo-thon.ods", 2, "text", id="ODS"),
        pytest.param(
            "rút dây mạng, dán giấy đỏ lên màn hình", "bai-giang-an-toan-thong-tin.pptx", 2, "text", id="PPTX"
        ),
        pytest.param("soi máy cách một gang tay", "huong-dan-tra-tien-bang-ma-qr.odp", 2, "text", id="ODP"),
        pytest.param("mồ mả chưa tìm được thân nhân", "tien-do-ban-giao-mat-bang.xls", 1, "text", id="XLS"),
        pytest.param("kho phế liệu phun hoá chất", "lich-phun-hoa-chat-thang-8.xlsb", 1, "text", id="XLSB"),
        pytest.param("dị ứng tôm cua vòng tay màu cam", "thu-moi-phu-huynh-trai-he.xps", 1, "text", id="XPS"),
        pytest.param(
            "xin ý kiến phiếu khảo sát đợt sau", "thu-lay-y-kien-don-vi.eml", None, "text", id="mail"
        ),
        pytest.param(
            "chỗ ngồi chờ có quạt, có nước uống",
            "thu-lay-y-kien-don-vi.eml/phieu-khao-sat.html",
            None,
            "text",
            id="HTML in a mail",
        ),
        pytest.param(
            "đò Cẩm Trúc chạy thêm hai chuyến",
            "88-TB-SXD.pdf",
            1,
            "ocr",
            id="scan",
            marks=pytest.mark.skipif(tesseract_missing() is not None, reason="Tesseract is not here"),
        ),
    ],
)
def test_each_kind_is_found_on_its_page(
    service: SearchService, query: str, name: str, page: int | None, state: str
) -> None:
    file, found = file_called(service, query, name)
    assert (found, str(file.state)) == (page, state)


def test_signatures(service: SearchService) -> None:
    signed, _ = file_called(service, "dữ liệu mở tối thiểu 120 bộ", "118-KH-UBND.pdf")
    assert [one.status for one in signed.signatures] == [SignatureStatus.VALID]
    altered, _ = file_called(service, "mật khẩu và mã xác thực tổng đài", "thong-bao-bi-sua.pdf")
    assert [one.status for one in altered.signatures] == [SignatureStatus.ALTERED]


def test_a_locked_file_is_said(service: SearchService) -> None:
    hit = service.search(SearchRequest("công chức phường xã ưu tiên công nghệ thông tin")).hits[0]
    (file,) = service.searcher().articles.by_id(hit.id).files
    assert (str(file.state), [one.code for one in file.problems]) == ("protected", ["password"])
