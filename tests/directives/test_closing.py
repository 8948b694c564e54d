"""Who signed: right, or not told."""

from __future__ import annotations

import pytest

from indexer.directives.closing import Signer, read_signer


@pytest.mark.parametrize(
    ("text", "signer"),
    [
        ("./.\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\n\nLê Văn Bình\nPhụ lục", Signer("Lê Văn Bình", "PHÓ THỦ TƯỚNG")),
        ("- Lưu: VT.\tTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG PHÓ THỦ TƯỚNG      Trần Thị An", Signer("Trần Thị An", "PHÓ THỦ TƯỚNG")),
        ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH\n[ KÝ SỐ ]\nCơ quan: UBND\nVõ Minh Hà", Signer("Võ Minh Hà", "CHỦ TỊCH")),
        ("TL. BỘ TRƯỞNG\nVỤ TRƯỞNG VỤ PHÁP CHẾ\n(Đã ký)\nPGS.TS Lê Lam", Signer("Lê Lam", "VỤ TRƯỞNG VỤ PHÁP CHẾ")),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TICH\n\nLê Thị Mận", Signer("Lê Thị Mận", "PHÓ CHỦ TỊCH")),
        ("KT. HIỆU TRƯỞNG\nĐã ký\nĐỖ THỊ HOA", Signer("Đỗ Thị Hoa")),
        ("thông qua ngày 3 tháng 12 năm 2004.\n\nNgô Văn Lam\n\n(Đã ký)", Signer("Ngô Văn Lam")),
        ("BỘ TRƯỞNG BỘ CHỢ\nLê Văn An\nBỘ TRƯỞNG BỘ GIÁ\nLê Thị Bé", None),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nCăn cứ Luật Chợ;", None),
        ("CHỦ TỊCH\nHà Nội, ngày 5 tháng 3 năm 2024", None),
        ("CHỦ TỊCH\nHà Nội\n", None),
        ("Chủ tịch tỉnh Lê Văn An nói: “Chợ mở lại.”", None),
        ("GIÁM ĐỐC\n(Ký, ghi rõ họ tên)\n", None),
    ],
)  # fmt: skip
def test_who_signed(text: str, signer: Signer | None) -> None:
    assert read_signer(text) == signer
