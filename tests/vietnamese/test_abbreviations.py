"""What a text explains of its abbreviations."""

import pytest

from indexer.vietnamese.abbreviations import explained


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("của Ủy ban nhân dân (UBND) tỉnh", ["ubnd=ủy ban nhân dân"], id="plain"),
        pytest.param("Sở Giáo dục và Đào tạo (GD&ĐT)", ["gddt=giáo dục và đào tạo"], id="small word between"),
        pytest.param(
            "cơ sở dữ liệu (sau đây gọi tắt là CSDL)", ["csdl=cơ sở dữ liệu"], id="in so many words"
        ),
        pytest.param("trạm y tế, phòng khám (UBND)", [], id="initials of others"),
        pytest.param("Ban Chỉ đạo Phòng chống (ĐPC)", [], id="from the middle of a name"),
        pytest.param("tăng cường (A)", [], id="one letter"),
        pytest.param("(UBND)", [], id="nothing before"),
    ],
)
def test_explained(text: str, found: list[str]) -> None:
    assert list(explained(text)) == found
