"""Who changed a document: what a sentence proves, and what its words only sound like."""

from __future__ import annotations

import pytest

from indexer.directives.citations import find_citations

Read = tuple[str, str, str | None, bool]


def read(text: str) -> list[Read]:
    """Key's number and year, relation, who does it and whether in part, of each citation and of what others did before."""
    found = []
    for one in find_citations(text):
        found.append((one.key, one.relation, one.subject, one.part))
        found += [(one.key, relation, by, part) for relation, by, part in one.earlier]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a circular of 2008 amends none of 2010
            "Thông tư số 12/2011/TT-BTC sửa đổi Thông tư số 84/2008/TT-BTC hướng dẫn thi hành một số điều của Luật Quản lý thuế"
            " và sửa đổi Thông tư số 2/2010/TT-BTC.",
            ("2|2010|TT|BTC||", "amends", "12|2011|TT|BTC||", False),
        ),
        (  # the one in brackets amended the one before
            "Sửa đổi Điều 6 Thông tư số 78/2014/TT-BTC (đã được sửa đổi, bổ sung tại khoản 2, Điều 6 Thông tư số 119/2014/TT-BTC).",
            ("78|2014|TT|BTC||", "amends", "119|2014|TT|BTC||", True),
        ),
        (
            "Luật này thay thế Luật Xuất bản số 30/2004/QH11 đã được sửa đổi, bổ sung một số điều theo Luật số 12/2008/QH12.",
            ("30|2004||QH11||", "amends", "12|2008||QH12||", True),
        ),
        (
            "Luật Chợ số 5/2014/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 3/2018/QH14 và Luật số 9/2020/QH14"
            " hết hiệu lực kể từ ngày Luật này có hiệu lực.",
            ("5|2014||QH13||", "amends", "9|2020||QH14||", True),
        ),
        (
            "Luật Căn cước công dân năm 2014 đã được sửa đổi, bổ sung năm 2020, bị thay thế bởi Luật Căn cước năm 2023.",
            ("law:luat_can_cuoc_cong_dan@2014", "replaces", "law:luat_can_cuoc@2023", False),
        ),
        (
            "Văn bản hợp nhất số 34/VBHN-BCT hợp nhất Thông tư sửa đổi, bổ sung một số điều của Thông tư số 57/2018/TT-BCT.",
            ("57|2018|TT|BCT||", "consolidates", "34||VBHN|BCT||", False),
        ),
        (
            "Nghị định số 8/2021/NĐ-CP về kéo dài thời gian thực hiện và sửa đổi, bổ sung một số điều của Nghị định số 12/2016/NĐ-CP.",
            ("12|2016|NĐ|CP||", "amends", "8|2021|NĐ|CP||", True),
        ),
        (
            "Bãi bỏ Điều 2 của Luật số 34/2009/QH12 sửa đổi, bổ sung Điều 126 của Luật Nhà ở và Điều 121 của Luật Đất đai.",
            ("law:luat_dat_dai", "amends", "34|2009||QH12||", True),
        ),
        (
            "Nghị quyết số 14/2016/QH13 về việc lùi hiệu lực thi hành của Bộ luật Hình sự số 100/2015/QH13, Luật Chợ số 99/2015/QH13.",
            ("99|2015||QH13||", "postpones", "14|2016||QH13||", False),
        ),
        (
            "a) Luật Thuế giá trị gia tăng năm 1997;\n"
            "b) Luật sửa đổi, bổ sung một số điều của Luật Thuế giá trị gia tăng số 7/2003/QH11.",
            ("law:luat_thue_gia_tri_gia_tang", "amends", "7|2003||QH11||", True),
        ),
    ],
)  # fmt: skip
def test_who_changed_it(text: str, expected: Read) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 16/QĐ-TTg về thành lập Ban Chỉ đạo về tổng kết thi hành Luật Đất đai và sửa đổi Luật Đất đai năm 2003.",
        "Thông tư số 5/2020/TT-BTC sửa đổi Luật Giá số 11/2012/QH13.",
        "Quốc hội có quyền làm Hiến pháp, sửa đổi Hiến pháp.",
        "Kỳ họp sẽ bàn Luật Đất đai sửa đổi, Luật Quy hoạch sửa đổi.",
        "Sau khi Luật Nhà ở năm 2014 có hiệu lực thì quy định này đã được bãi bỏ.",
        "Hội thảo tham vấn, định hướng sửa đổi, bổ sung Nghị định số 63/2013/NĐ-CP.",
        "Theo tôi, cần bỏ nghĩa vụ này, đồng thời bổ sung vào Điều 73 BLTTHS 2015 một khoản.",
        "Sở phổ biến một số quy định sửa đổi, bổ sung của Nghị định số 49/2017/NĐ-CP.",
        "Nhiều văn bản theo Quyết định số 843/QĐ-TTg bị bãi bỏ.",
        "Căn cứ khoản 4 Điều 154 Luật Nhà ở năm 2014: “Văn bản hết hiệu lực thì văn bản hướng dẫn cũng hết hiệu lực”.",
        "Bộ vừa có Quyết định số 2840/QĐ-BTC về việc công bố danh mục văn bản quy phạm pháp luật hết hiệu lực toàn bộ.",
        "2. Khi được kiến nghị sửa đổi, bổ sung văn bản quy phạm pháp luật thì xử lý như sau:\n"
        "a) Với văn bản quy định chi tiết thi hành Hiến pháp thì trong 01 tháng phải trả lời theo quy định của Luật Nhà ở.",
    ],
)
def test_what_changes_nothing(text: str) -> None:
    changing = {"amends", "replaces", "repeals", "suspends", "postpones", "expired"}
    assert not [one for one in read(text) if one[1] in changing]


def test_a_document_of_which_is_said_right_behind_that_it_ended() -> None:
    text = "Phường căn cứ theo Luật Đất đai năm 2003 vốn đã hết hiệu lực từ ngày 1/7/2014."
    assert ("law:luat_dat_dai@2003", "repeals", None, False) in read(text)
