"""Where a text says that a document is in force; what only sounds like it must never count."""

from __future__ import annotations

import pytest

from indexer.directives.citations import AFFIRMS, ForceLists, find_citations

LIST = """PHỤ LỤC I
DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH LAM GIANG
CÒN HIỆU LỰC ĐẾN HẾT NGÀY 31/12/2023
STT Loại Số, ký hiệu Trích yếu
1 Nghị quyết 12/2020/NQ-HĐND ngày 08/12/2020 Về giá chợ; thay thế Nghị quyết số
05/2015/NQ-HĐND
2 Nghị quyết 13/2020/NQ-HĐND ngày 08/12/2020 Sửa đổi Nghị quyết số
9 Nghị quyết 9/2017/NQ-HĐND
| 3 | Nghị quyết | 14/2020/NQ-HĐND | Hết hiệu lực một phần |
| 4 | Nghị quyết số 15/2020/NQ-HĐND | Về phí |"""
NEXT_PAGE = """5. Nghị quyết số 16/2020/NQ-HĐND về lệ phí
PHỤ LỤC II
DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC TOÀN BỘ
1 Nghị quyết 1/2010/NQ-HĐND Về giá"""


def affirmed(text: str) -> list[str]:
    return [one.key for one in find_citations(text) if one.relation == AFFIRMS]


@pytest.mark.parametrize(
    "text",
    [
        "Luật Chợ số 5/2020/QH14 hiện còn hiệu lực.",
        "Cục khẳng định Nghị định số 5/2020/NĐ-CP vẫn đang có hiệu lực và giữ nguyên mức phạt.",
        "Tuy nhiên, Nghị định số 5/2020/NĐ-CP ngày 2/2/2020 của Chính phủ đến nay còn hiệu lực thi hành.",
        "Quyết định số 5/2020/QĐ-UBND của Ủy ban nhân dân tỉnh Lam Giang hiện vẫn còn hiệu lực, đại diện Sở cho biết.",
    ],
)
def test_a_plain_statement(text: str) -> None:
    (key,) = affirmed(text)
    assert key.startswith("5|2020|")


def test_of_several_documents() -> None:
    text = "Thông tư số 5/2015/TT-BYT và Thông tư số 6/2016/TT-BYT đều còn hiệu lực."
    assert affirmed(text) == ["5|2015|TT|BYT||", "6|2016|TT|BYT||"]


@pytest.mark.parametrize(
    "text",
    [
        "Luật Chợ số 5/2020/QH14 không còn hiệu lực.",
        "Luật Chợ số 5/2020/QH14 hết hiệu lực, Luật Giá số 6/2020/QH14 còn hiệu lực.",
        "Luật Chợ số 5/2020/QH14 còn hiệu lực đến ngày 31/12/2025.",
        "Luật Chợ số 5/2020/QH14 còn hiệu lực trong 5 năm.",
        "Luật Chợ số 5/2020/QH14 còn hiệu lực không?",
        "Chưa rõ Luật Chợ số 5/2020/QH14 còn hiệu lực hay không.",
        "Nếu Luật Chợ số 5/2020/QH14 còn hiệu lực thì áp dụng.",
        "Khi Luật Chợ số 5/2020/QH14 đang có hiệu lực, hợp đồng được ký.",
        "Năm 2003, Luật Chợ số 5/1998/QH10 đang có hiệu lực.",
        "Luật Chợ số 5/2020/QH14 sẽ còn hiệu lực.",
        "Luật Chợ số 5/2020/QH14 chưa có hiệu lực.",
        "Luật Chợ số 5/2020/QH14 có hiệu lực từ ngày 1/1/2021.",
        "Luật Chợ số 5/2020/QH14 còn hiệu lực, trừ Điều 5.",
        "Luật Chợ số 5/2020/QH14 còn hiệu lực một phần.",
        "Luật Chợ số 5/2020/QH14 còn hiệu lực đối với hộ kinh doanh.",
        "Điều 5 của Luật Chợ số 5/2020/QH14 còn hiệu lực.",
        "Một số điều của Luật Chợ số 5/2020/QH14 vẫn còn hiệu lực.",
        "Khoản 2, Điều 5 Nghị định số 5/2020/NĐ-CP vẫn còn hiệu lực.",
        "Các văn bản hướng dẫn Luật Chợ số 5/2020/QH14 còn hiệu lực.",
        "Giấy phép cấp theo Nghị định số 4/2020/NĐ-CP, Nghị định số 5/2020/NĐ-CP còn hiệu lực.",
        "Nghị định số 5/2020/NĐ-CP của Chính phủ quy định giấy phép còn hiệu lực.",
        "Trong thời gian tạm ngưng, Nghị định số 5/2020/NĐ-CP vẫn có hiệu lực.",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert not affirmed(text)


def test_rows_of_a_list_that_goes_on_from_page_to_page() -> None:
    lists = ForceLists()
    found = [one for page in (LIST, NEXT_PAGE) for one in lists.read(page, find_citations(page))]
    affirmed = [one.key.split("|")[0] for one in found if one.relation == AFFIRMS]
    assert affirmed == ["12", "13", "15", "16"]
    assert all(
        "CÒN HIỆU LỰC ĐẾN HẾT NGÀY 31/12/2023" in one.heading for one in found if one.relation == AFFIRMS
    )
    part = next(one for one in found if one.key.startswith("14|"))
    assert (part.relation, part.part) == ("repeals", True)
