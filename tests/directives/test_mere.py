"""Words for a relation that are no relation: denied, looked up, of the law at large, not adopted, of another list."""

from __future__ import annotations

import pytest

from indexer.directives.citations import find_citations

OLD, NEW = "20|2019|NĐ|CP||", "15|2025|NĐ|CP||"


def told(text: str) -> list[tuple[str, str, str | None]]:
    plain = ("according_to", "based_on")
    return [(one.key, one.relation, one.subject) for one in find_citations(text) if one.relation not in plain]


@pytest.mark.parametrize(
    "text",
    [
        "Nhiều nơi chưa thực hiện nghiêm túc Nghị định số 20/2019/NĐ-CP.",
        "Nếu không thực hiện Nghị định số 20/2019/NĐ-CP thì bị xử phạt.",
        "Mức thu được quy định cụ thể tại Nghị định số 20/2019/NĐ-CP.",
        "Căn cứ hướng dẫn của Cục Chợ tại Công văn số 20/CC-NV.",
        "Tiểu thương đề nghị sở sớm ban hành hướng dẫn thực hiện Nghị định số 20/2019/NĐ-CP.",
        "Công chức nghiêm chỉnh chấp hành Hiến pháp và pháp luật.",
        "Hộ được hưởng trợ cấp kéo dài áp dụng tại Nghị định số 20/2019/NĐ-CP.",
        "Nếu Luật Nhà ở được thông qua, tiểu thương sẽ yên tâm.",
        "Luật Nhà ở sau khi được Quốc hội thông qua sẽ tạo điều kiện cho tiểu thương.",
        "Luật Nhà ở được thông qua khi có quá nửa đại biểu tán thành.",
        "Chủ chợ gửi đơn xin điều chỉnh Nghị định số 20/2019/NĐ-CP.",
        "Sở chưa nhận được phản hồi về sửa đổi Nghị định số 20/2019/NĐ-CP.",
        "Hộ thuộc diện điều chỉnh của Nghị định số 20/2019/NĐ-CP được giữ quầy.",
        "Trong quý III, Bộ hoàn thành sửa đổi Nghị định số 20/2019/NĐ-CP.",
        "Chợ phải sửa đổi quy chế theo quy định của Điều lệ kèm theo Nghị định số 20/2019/NĐ-CP.",
        "Trình Quốc hội thông qua: Luật Nhà ở; Luật sửa đổi, bổ sung một số điều của Luật Giá.",
        "Đổi tên dự án Luật Nhà ở (sửa đổi) thành Luật sửa đổi, bổ sung một số điều của Luật Nhà ở.",
        "Các dự án luật được xem xét gồm: Luật Nhà ở; Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15.",
    ],
)
def test_what_is_no_relation(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các chợ thực hiện Nghị định số 20/2019/NĐ-CP.", [(OLD, "carries_out", None)]),
        ("Hướng dẫn thực hiện một số nội dung tại Nghị định số 20/2019/NĐ-CP.", [(OLD, "guides", None)]),
        ("Nhân dân góp ý, thi hành Hiến pháp năm 2013.", [("law:hien_phap@2013", "carries_out", None)]),
        ("Sau khi Quốc hội thông qua Luật Nhà ở, sở đã mở lớp.", [("law:luat_nha_o", "issues", None)]),
        ("Luật Nhà ở được Quốc hội thông qua sẽ có hiệu lực từ tháng 7.", [("law:luat_nha_o", "issues", None)]),
        ("UBND tỉnh điều chỉnh Nghị định số 20/2019/NĐ-CP.", [(OLD, "amends", None)]),
    ],
)  # fmt: skip
def test_what_is_one(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Từ Nghị định số 15/2025/NĐ-CP, Bộ Chợ đã chủ động bãi bỏ Nghị định số 20/2019/NĐ-CP.",
            [(OLD, "repeals", None)],
        ),
        (
            "Nghị định số 15/2025/NĐ-CP ban hành Nghị định sửa đổi Nghị định số 20/2019/NĐ-CP.",
            [(OLD, "amends", NEW)],
        ),
        (
            "Triển khai ý kiến tại Nghị định số 15/2025/NĐ-CP và tiếp tục thực hiện Nghị định số 20/2019/NĐ-CP.",
            [(OLD, "carries_out", None)],
        ),
    ],
)
def test_who_does_it(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [one for one in told(text) if one[0] == OLD] == expected


def test_an_amending_law_in_a_list_of_laws_amends_the_first_behind_it() -> None:
    text = "Chủ tịch nước công bố các luật: Luật Giá; Luật sửa đổi, bổ sung một số điều của Luật Nhà ở, Luật Phí; Luật Thuế."
    amended = [key for key, relation, _ in told(text) if relation == "amends"]
    assert amended == ["law:luat_nha_o"]


def test_permits_that_a_decision_ends_are_not_the_decision() -> None:
    text = "UBND tỉnh ban hành Quyết định số 20/QĐ-UBND về việc chấm dứt hiệu lực giấy phép khai thác cát."
    assert told(text) == [("20||QĐ|UBND||", "issues", None)]
