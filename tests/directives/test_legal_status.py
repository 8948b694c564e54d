"""What sentences prove of a document's force, and what they don't."""

from __future__ import annotations

import pytest

from indexer.directives.change_days import days_from
from indexer.directives.force import own_force
from indexer.directives.legal_status import IN_FORCE, SINCE, UNKNOWN, Change, legal_status

KEY = "45|2013||QH13||"
NEW, OLD = "31|2024||QH15||", "13|2003||QH11||"
TODAY = "2026-03-01"
FORCE = "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2014."


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        (FORCE, "2014-07-01", ""),
        (
            "Nghị quyết này có hiệu lực từ ngày 01/01/2022 đến hết ngày 31/12/2023.",
            "2022-01-01",
            "2024-01-01",
        ),
        (
            "Điều 80 của Luật này có hiệu lực từ ngày 01/02/2015. Luật này có hiệu lực từ ngày 01/6/2015.",
            "2015-06-01",
            "",
        ),
        ("Thông tư này có hiệu lực kể từ ngày ký.", "2014-05-06", ""),
    ],
)
def test_own_force(text: str, since: str, until: str) -> None:
    force = own_force(text, "2014-05-06")
    assert force is not None
    assert (force.since, force.until) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "kể từ ngày Luật này có hiệu lực",
        "Nghị định số 5/2020/NĐ-CP có hiệu lực từ ngày 01/7/2020.",
        "Luật này có hiệu lực từ ngày 31/02/2020.",
    ],
)
def test_what_says_nothing_of_the_text_itself(text: str) -> None:
    assert own_force(text, None) is None


@pytest.mark.parametrize(
    ("change", "status", "since"),
    [
        (None, SINCE, "2014-07-01"),
        (Change("replaces", False, "Thay thế Luật này từ ngày 01/8/2024.", 1, NEW), "Hết hiệu lực toàn bộ", "2024-08-01"),
        (Change("replaces", False, "Luật mới thay thế Luật này từ ngày 01/8/2027.", 1, NEW), SINCE, "2014-07-01"),
        (Change("replaces", False, "Thay thế Luật này.", 1, OLD), SINCE, "2014-07-01"),
        (Change("repeals", True, "Bãi bỏ Điều 5.", 1, NEW), "Hết hiệu lực một phần", None),
        (Change("amends", True, "Sửa đổi Điều 5.", 1, NEW), "Được sửa đổi, bổ sung", None),
        (Change("suspends", False, "Ngưng hiệu lực.", 1, NEW), "Ngưng hiệu lực", None),
        (Change("repeals", False, "Cử tri kiến nghị bãi bỏ luật.", 1), SINCE, "2014-07-01"),
        (Change("repeals", False, "Luật ấy đã bị bãi bỏ.", 1), "Hết hiệu lực toàn bộ", None),
    ],
)  # fmt: skip
def test_status(change: Change[int] | None, status: str, since: str | None) -> None:
    own = own_force(FORCE, None)
    assert own is not None
    found = legal_status(KEY, [change] if change else [], [(own, 0)], TODAY)
    assert (found.status, found.since) == (status, since)


@pytest.mark.parametrize(
    "change",
    [
        Change("replaces", False, "Luật mới thay thế Luật này từ ngày 01/8/2027.", 1, NEW),
        Change("repeals", False, "Cử tri kiến nghị bãi bỏ luật.", 1),
    ],
)
def test_none_says_that_it_holds_where_another_speaks_of_its_end(change: Change[int]) -> None:
    holds = Change("affirms", False, "Luật này còn hiệu lực.", 2, day="2020-01-01")
    assert legal_status(KEY, [holds], [], TODAY).status == IN_FORCE
    assert legal_status(KEY, [holds, change], [], TODAY).status == UNKNOWN


def test_a_list_holds_as_of_the_day_that_its_heading_gives() -> None:
    listed = "Danh mục văn bản còn hiệu lực đến hết ngày 31/12/2023 … 1. Luật Chợ"
    holds = Change("affirms", False, listed, 1, day="2024-02-15")
    assert legal_status(KEY, [holds], [], TODAY).as_of == "2023-12-31"


def test_a_document_begins_and_ends_by_itself_on_a_day() -> None:
    force = own_force("Nghị quyết này có hiệu lực từ ngày 01/01/2022 đến hết ngày 31/12/2023.", None)
    assert force is not None
    said = [
        legal_status(KEY, [], [(force, 0)], day).status for day in ("2021-12-31", "2023-12-31", "2024-01-01")
    ]
    assert said == ["Chưa có hiệu lực", SINCE, "Hết hiệu lực toàn bộ"]


@pytest.mark.parametrize(
    ("until", "status"), [(None, UNKNOWN), ("2026-02-28", UNKNOWN), ("2026-03-15", "Ngưng hiệu lực")]
)
def test_a_suspension_for_the_time_being_needs_its_day(until: str | None, status: str) -> None:
    """The day may stand in another sentence about it."""
    said = [Change("suspends", False, "Tạm ngưng hiệu lực Luật này.", 1, NEW)]
    if until:
        said.append(Change("suspends", False, "Ngưng hiệu lực đến ngày đó.", 2, NEW, until=until))
    assert legal_status(KEY, said, [], TODAY).status == status


def test_no_change_is_of_a_day_before_its_document_was_issued() -> None:
    sentence = "Nghị định số 152/2024/NĐ-CP sửa đổi, bổ sung Nghị định số 62/2015/NĐ-CP từ ngày 01/01/2024."
    keys = "152|2024|NĐ|CP||", "62|2015|NĐ|CP||"
    assert days_from(sentence, "amends", *keys) == "2024-01-01"
    assert days_from(sentence, "amends", *keys, "2024-11-15") is None
