"""Numbers, dates and sizes as they are written in Vietnamese."""

from __future__ import annotations

import pytest

from webui.presenters import formats


def test_forms() -> None:
    assert [formats.number(n) for n in (0, 999, 1234, 86416)] == ["0", "999", "1.234", "86.416"]
    assert formats.day("2024-11-02") == "02/11/2024"
    assert formats.day(None) == "Không rõ ngày đăng"
    assert formats.moment("2024-03-12T09:30:00+07:00") == "09:30, 12/03/2024"
    assert formats.seconds(4.1) == "0,004 giây"
    assert formats.seconds(0.02) == "0,001 giây"
    assert [formats.month(v) for v in ("2024", "2024-03", "none")] == [
        "Năm 2024",
        "Tháng 3/2024",
        "Không rõ ngày đăng",
    ]


@pytest.mark.parametrize(
    ("size", "shown"), [(None, ""), (0, "0 B"), (2048, "2,0 KB"), (348_160, "340 KB"), (1_262_485, "1,2 MB")]
)
def test_file_sizes(size: int | None, shown: str) -> None:
    assert formats.file_size(size) == shown
