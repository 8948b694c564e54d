"""What says nothing of the subject of a document is known as such, and nothing else is."""

import pytest

from indexer.highlight.furniture import furniture


def left(text: str) -> list[str]:
    """The lines that are no furniture."""
    kept, at = "", 0
    for first, last in furniture(text):
        kept += text[at:first]
        at = last
    return [line.strip() for line in (kept + text[at:]).split("\n") if line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "UỶ BAN NHÂN DÂN\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ LAM GIANG\tĐộc lập - Tự do - Hạnh phúc\n"
            "Số: 31/2024/QĐ-UBND\tLam Giang, ngày 25 tháng 10 năm 2024",
            id="head in two columns",
        ),
        pytest.param(
            "SỞ Y TẾ LAM GIANG\nSố: 12/TB-SYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n"
            "Lam Giang, ngày 5 tháng 3 năm 2024",
            id="head as lines one below the other",
        ),
        pytest.param(
            "CHÍNH PHỦ ________ Số: 12/2022/NĐ-CP\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
            " _______ Hà Nội, ngày 30 tháng 11 năm 2022",
            id="head in one line",
        ),
        pytest.param("Cộng hoà xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc", id="small letters"),
        pytest.param(
            "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT, KSTT.\nTM. UỶ BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An",
            id="receivers and who signs",
        ),
        pytest.param("Nơi nhận: - Như trên; - Lưu: VT.\tTM. HỘI ĐỒNG CHÁNH ÁN", id="receivers in one line"),
        pytest.param("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nTrần Thị Bình", id="signature"),
        pytest.param("Kính gửi:\n- Các sở, ban, ngành;\n- Các phường, xã.", id="addressed to"),
        pytest.param("Thường trú: ..............................", id="room to write"),
        pytest.param("Họ tên: . . . . . . . . . . . . . . . . . .", id="room to write, with blanks"),
        pytest.param("Chương I. Quy định chung ........ 3", id="entry of a table of contents"),
        pytest.param("_________________\n-----", id="lines"),
    ],
)
def test_is_furniture(text: str) -> None:
    content = "Trẻ dưới 5 tuổi được khám sàng lọc có ghi phiếu."
    assert left(f"{text}\n{content}") == [content]
    assert left(f"{content}\n\n{text}") == [content]


def test_numbers_of_pages() -> None:
    assert left("41\nNội dung của trang.") == left("Nội dung của trang.\n- 41 -") == ["Nội dung của trang."]


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam tiếp đoàn đại biểu.",
        'Bài viết nhắc lại tiêu ngữ "Độc lập - Tự do - Hạnh phúc" và ý nghĩa của nó.',
        "Nơi nhận hồ sơ: bộ phận một cửa của phường.",
        "Vắc xin sởi\nLoại Số lượng Nơi nhận\nLọ 10 liều 640 lọ Kho lạnh",
        "Người dân ký tên vào đơn rồi nộp tại quầy số 3...",
        "KẾ HOẠCH\nTiêm bù vắc xin sởi",
        "Năm học\n2024\nbắt đầu ngày 5/9.",
        "Thu tại TM. Lam Giang, KT. tầng 2.",
    ],
)
def test_is_no_furniture(text: str) -> None:
    assert furniture(text) == []


def test_of_a_document_in_one_line_only_the_signs_are() -> None:
    text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc QUYẾT ĐỊNH "
        + "Về giá vé xe buýt. " * 20
    )
    assert left(text)[0].startswith("QUYẾT ĐỊNH Về giá vé")


def test_a_stretch_is_looked_at_with_the_lines_before_it() -> None:
    text = "Nội dung.\nNơi nhận:\n- Như trên;\n- Lưu: VT, TCCB."
    start = text.index("Lưu")
    ((first, last),) = furniture(text, start, len(text))
    assert text[first:last].startswith("Nơi nhận") and last == len(text)
