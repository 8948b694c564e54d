"""Changes that are done, and those that are only asked for, planned, supposed, denied or doubted."""

from __future__ import annotations

import pytest

from indexer.directives.citations import CHANGES, EXPIRED, find_citations

OLD, NEW = "20|2019|NĐ|CP||", "15|2025|NĐ|CP||"
CHANGING = (CHANGES | {EXPIRED}) - {"consolidates"}
Found = list[tuple[str, str, str | None, bool]]


def changes(text: str) -> Found:
    found: Found = []
    for one in find_citations(text):
        said = ((one.relation, one.subject, one.part), *one.earlier)
        found += [(one.key, relation, by, part) for relation, by, part in said if relation in CHANGING]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị định số 15/2025/NĐ-CP kế thừa và thay thế Nghị định số 20/2019/NĐ-CP.", [(OLD, "replaces", NEW, False)]),
        ("Chính phủ ban hành Nghị định số 15/2025/NĐ-CP, bãi bỏ Điều 7 Nghị định số 20/2019/NĐ-CP.", [(OLD, "repeals", NEW, True)]),
        ("Chính phủ vừa bãi bỏ toàn bộ Nghị định số 20/2019/NĐ-CP.", [(OLD, "repeals", None, False)]),
        ("Hội đồng nhân dân tỉnh thông qua nghị quyết sửa đổi Nghị định số 20/2019/NĐ-CP.", [(OLD, "amends", None, False)]),
        ("Thay thế cụm từ “huyện” bằng cụm từ “xã” tại Điều 3 Nghị định số 20/2019/NĐ-CP.", [(OLD, "replaces", None, True)]),
        ("Để gỡ vướng, Chính phủ đã bãi bỏ Nghị định số 20/2019/NĐ-CP.", [(OLD, "repeals", None, False)]),
        ("Theo đề nghị của Bộ trưởng, bãi bỏ Nghị định số 20/2019/NĐ-CP.", [(OLD, "repeals", None, False)]),
        ("Quốc hội quyết định lùi thời điểm hiệu lực của Luật Chợ số 31/2024/QH15.", [("31|2024||QH15||", "postpones", None, False)]),
        (
            "Nghị quyết số 9/2026/NQ-CP về việc tạm ngưng hiệu lực và điều chỉnh thời hạn áp dụng Nghị định số 20/2019/NĐ-CP.",
            [(OLD, "suspends", "9|2026|NQ|CP||", False)],
        ),
        (
            "Nghị định số 20/2019/NĐ-CP được sửa đổi bởi Nghị định số 3/2022/NĐ-CP và được thay thế bởi Nghị định số 15/2025/NĐ-CP.",
            [(OLD, "amends", "3|2022|NĐ|CP||", False), (OLD, "replaces", NEW, False)],
        ),
        (
            "Sửa đổi Điều 135 của Bộ luật Dân sự (sửa đổi Điều 135 của Bộ luật Dân sự số 92/2015/QH13).",
            [("law:bo_luat_dan_su", "amends", None, True), ("92|2015||QH13||", "amends", None, True)],
        ),
    ],
)  # fmt: skip
def test_what_is_done(text: str, expected: Found) -> None:
    assert changes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Bộ đang được giao trình chính sách mới thay thế Nghị định số 20/2019/NĐ-CP.",
        "Bộ đang giao các sở trình chính sách mới thay thế, hoặc sửa đổi, bổ sung Nghị định số 20/2019/NĐ-CP.",
        "Chính phủ cần sớm ban hành nghị định mới thay thế Nghị định số 20/2019/NĐ-CP.",
        "Chính phủ sẽ ban hành Nghị định để thay thế Nghị định số 20/2019/NĐ-CP trong quý III.",
        "Dự kiến Nghị định này có hiệu lực từ năm sau, thay thế Nghị định số 20/2019/NĐ-CP.",
        "Bộ đã trình một văn bản về chợ (thay thế Nghị định số 20/2019/NĐ-CP).",
        "Bộ đã ký quyết định thành lập Tổ biên tập Nghị định thay thế Nghị định số 20/2019/NĐ-CP.",
        "Tờ trình số 55/TTr-STC về việc ban hành Nghị định thay thế Nghị định số 20/2019/NĐ-CP.",
        "Chủ tịch tỉnh đã giao Chủ tịch xã ra quyết định hủy bỏ Nghị định số 20/2019/NĐ-CP.",
        "Bộ đề xuất Chính phủ ban hành Nghị quyết, trong đó bãi bỏ Nghị định số 20/2019/NĐ-CP.",
        "Thủ tướng cần chỉ đạo sửa đổi Luật Chợ; sửa đổi Nghị định số 20/2019/NĐ-CP về bến bãi.",
        "Công việc trọng tâm năm nay: Sửa đổi, bổ sung Nghị định số 20/2019/NĐ-CP.",
        "Thực hiện kế hoạch sửa đổi Nghị định số 20/2019/NĐ-CP, Bộ tổ chức tổng kết.",
        "Đại biểu tán thành sự cần thiết ban hành Luật thay thế Nghị định số 20/2019/NĐ-CP.",
        "Sở không đồng ý bãi bỏ Nghị định số 20/2019/NĐ-CP.",
        "Việc bãi bỏ Nghị định số 20/2019/NĐ-CP là chưa phù hợp.",
        "Nghị định số 20/2019/NĐ-CP chưa bị bãi bỏ.",
        "Nghị định số 20/2019/NĐ-CP sẽ bị bãi bỏ, theo nhiều người.",
        "Bộ phải tuyên bố Nghị định số 20/2019/NĐ-CP hết hiệu lực.",
        "Nếu Nghị định số 20/2019/NĐ-CP bị bãi bỏ thì áp dụng quy định mới.",
        "Khi Nghị định mới thay thế Nghị định số 20/2019/NĐ-CP được ban hành, mức phí sẽ đổi.",
        "Liệu Nghị định số 15/2025/NĐ-CP có thay thế Nghị định số 20/2019/NĐ-CP không?",
        "Nghị định số 15/2025/NĐ-CP có thay thế Nghị định số 20/2019/NĐ-CP không?",
        "Nghị định số 15/2025/NĐ-CP được xây dựng trên cơ sở kế thừa và sửa đổi, bổ sung Nghị định số 20/2019/NĐ-CP.",
        "Ngành gỡ bỏ toàn bộ 16 điều theo Nghị định số 20/2019/NĐ-CP và các điều hết hiệu lực của văn bản cũ.",
        "Kỳ họp sẽ thông qua Luật sửa đổi, bổ sung một số điều của Luật Báo chí.",
        "Các dự án luật tốt như Luật sửa đổi, bổ sung một số điều của Luật Báo chí.",
    ],
)
def test_what_is_not_done(text: str) -> None:
    assert changes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dự thảo Nghị định quy định chi tiết một số điều của Luật Báo chí xác định ba chức danh.",
        "Bộ đang soạn thảo thông tư hướng dẫn Luật Báo chí.",
        "Nhiều nội dung được cụ thể hóa trong Luật Báo chí.",
    ],
)
def test_a_draft_guides_nothing(text: str) -> None:
    assert [one.relation for one in find_citations(text)] in (["according_to"], [])


def test_a_word_is_no_law_that_differs_by_its_accents() -> None:
    assert find_citations("Các bộ luật được ban hành theo trình tự chung.") == []
