"""Who signed, in one value with the office."""

import pytest

from indexer.directives.signer import signer_of


@pytest.mark.parametrize(
    ("value", "name", "office"),
    [
        ("Chủ tịch UBND tỉnh Trần Văn Bình", "Trần Văn Bình", "Chủ tịch UBND tỉnh"),
        ("Chủ tịch UBND tỉnh Hà Giang Nguyễn Văn An", "Nguyễn Văn An", "Chủ tịch UBND tỉnh Hà Giang"),
        ("Nông Văn Phúc (Phó Chủ tịch)", "Nông Văn Phúc", "Phó Chủ tịch"),
        ("Trần Văn Bình, Chủ tịch", "Trần Văn Bình", "Chủ tịch"),
        ("KT. Giám đốc - Phó Giám đốc Vũ Đình Long", "Vũ Đình Long", "Phó Giám đốc"),
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH NGUYỄN VĂN AN", "Nguyễn Văn An", "PHÓ CHỦ TỊCH"),
        (
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Trần Văn Sơn",
            "Trần Văn Sơn",
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        ),
        ("Đồng chí Phạm Quốc Hưng", "Phạm Quốc Hưng", ""),
        ("Hoàng A Páo", "Hoàng A Páo", ""),
        ("Chủ tịch UBND", "Chủ tịch UBND", ""),
        ("", "", ""),
    ],
)
def test_name_and_office(value: str, name: str, office: str) -> None:
    signer = signer_of(value)

    assert (signer.name, signer.office) == (name, office)
