"""What may be the name of a person, as far as words alone can tell."""

from __future__ import annotations

import pytest

from indexer.vietnamese.person_names import may_name_a_person


@pytest.mark.parametrize(
    "text",
    [
        "nguyễn văn an", "Trần Thị Hoa", "lê lan", "tran van nam", "khai sinh cho phạm minh", "vàng thị mỷ", "ông tuấn", "bà hiền",
        "sổ đỏ hồ thị lan", "NGUYEN THI HOA", "giàng a pao",
    ],
)  # fmt: skip
def test_names_are_taken_for_names(text: str) -> None:
    assert may_name_a_person(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ cấp lại thẻ", "vi phạm giao thông", "phạm vi áp dụng", "tiền lương tối thiểu", "cao tốc", "đào tạo nghề",
        "an sinh xã hội", "giá vàng hôm nay", "lễ hội", "le hoi", "ho khau", "dang ky khai sinh", "hà nội", "bảo hiểm y tế", "nguyễn",
    ],
)  # fmt: skip
def test_common_words_are_not(text: str) -> None:
    assert not may_name_a_person(text.split())


def test_what_is_known_to_be_something_else_is_no_name() -> None:
    assert may_name_a_person(["phố", "lê", "lợi"])
    assert not may_name_a_person(["phố", "lê", "lợi"], known={1, 2})
