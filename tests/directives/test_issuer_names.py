import pytest

from indexer.directives.issuer_names import asked_issuers, issuers_of


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("QUỐC HỘI", ("Quốc hội",)),
        ("Thủ Tướng Chính Phủ", ("Thủ tướng Chính phủ",)),
        ("BỘ TÀI CHÍNH - BỘ Y TẾ", ("Bộ Tài chính", "Bộ Y tế")),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", ("Bộ Lao động - Thương binh và Xã hội",)),
        (
            "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI - BỘ TÀI CHÍNH",
            ("Bộ Lao động - Thương binh và Xã hội", "Bộ Tài chính"),
        ),
        ("VĂN BẢN HỢP NHẤT - BỘ XÂY DỰNG", ("Bộ Xây dựng",)),
        ("VĂN BẢN HỢP NHẤT", ()),
        ("UỶ BAN NHÂN DÂN TỈNH LAM GIANG", ("Ủy ban nhân dân tỉnh Lam Giang",)),
        ("UBND XÃ KHE SẬY", ("UBND xã Khe Sậy",)),
        ("Uỷ ban nhân dân Tỉnh Lam Giang", ("Ủy ban nhân dân tỉnh Lam Giang",)),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ BẾN NGUYỆT", ("Hội đồng nhân dân thành phố Bến Nguyệt",)),
        ("SỞ Y TẾ", ("Sở Y tế",)),
        ("Công ty Điện lực - Chi nhánh Lam Giang", ("Công ty Điện lực - Chi nhánh Lam Giang",)),
        ("BAN CHỈ ĐẠO CHỢ NỔI", ("Ban Chỉ đạo Chợ nổi",)),
        (
            "BAN CHỈ ĐẠO TỔNG KẾT NGHỊ QUYẾT 5-NQ/TW CỦA CHÍNH PHỦ",
            ("Ban Chỉ đạo Tổng kết Nghị quyết 5-NQ/TW của Chính phủ",),
        ),
        ("SỞ Y TẾ LAM GIANG", ("Sở Y tế Lam Giang",)),
        ("CÔNG AN TỈNH LAM GIANG", ("Công an tỉnh Lam Giang",)),
        ("  ", ()),
    ],
)
def test_an_issuer_is_written_one_way(value: str, names: tuple[str, ...]) -> None:
    assert issuers_of(value) == names
    assert tuple(name for one in names for name in issuers_of(one)) == names


def test_a_long_and_a_short_name_are_asked_for_as_one() -> None:
    assert asked_issuers(["UBND tỉnh Lam Giang", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG", "Văn bản hợp nhất"]) == (
        "Ủy ban nhân dân tỉnh Lam Giang",
        "Văn bản hợp nhất",
    )
