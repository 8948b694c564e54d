"""Two texts side by side: every paragraph once and in order, what changed marked by words, whatever the texts are."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Marked
from indexer.search.comparison import comparison
from indexer.search.comparison.alignment import Budget, aligned
from indexer.search.comparison.comparison import Comparison, compare

LAW = """Điều 1. Phạm vi
Luật này quy định về bến đò, cầu phao và chợ nổi trên địa bàn thành phố Lam Giang.
Điều 2. Thời gian mở cửa
1. Bến đò mở cửa từ 5 giờ đến 20 giờ hằng ngày.
2. Chợ nổi họp vào các ngày chẵn trong tháng.
Điều 3. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2024."""
AMENDED = """Điều 1. Phạm vi
Luật này quy định về bến đò, cầu phao và chợ nổi trên địa bàn thành phố Lam Giang.
Điều 2. Thời gian mở cửa
1. Bến đò mở cửa từ 4 giờ 30 phút đến 22 giờ hằng ngày.
2. Chợ nổi họp vào các ngày chẵn trong tháng.
3. Cầu phao đóng khi nước lên quá báo động 2.
Điều 3. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2024."""


def marked(text: Marked | None) -> list[str]:
    assert text is not None
    return [text.text[start:end] for start, end in text.marks]


def side(found: Comparison, first: bool) -> list[str]:
    texts = [row.first if first else row.second for row in found.rows]
    return [text.text for text in texts if text is not None]


def test_what_changed_is_marked_and_what_was_added_stands_in_its_place() -> None:
    found = compare(LAW, AMENDED)
    assert [row.kind for row in found.rows] == ["same"] * 3 + ["changed", "same", "added"] + ["same"] * 2
    changed, added = found.rows[3], found.rows[5]
    assert (marked(changed.first), marked(changed.second)) == (["5", "20"], ["4", "30 phút", "22"])
    assert added.second is not None and added.second.text.startswith("3. Cầu phao")
    assert found.differences == 2


def test_the_other_way_round_it_was_removed() -> None:
    assert [row.kind for row in compare(AMENDED, LAW).rows if row.kind != "same"] == ["changed", "removed"]


def test_blanks_and_empty_lines_are_no_difference() -> None:
    assert compare(LAW, LAW.replace("\n", "\n\n ").replace("bến đò", "bến  đò")).differences == 0


def test_a_line_of_a_million_blanks_is_no_paragraph() -> None:
    wide = " " * 500_000
    assert compare(f"{wide}\nBến đò\n{wide}", "Bến đò").differences == 0


def test_paragraphs_without_a_common_line_are_known_by_their_words() -> None:
    first = "\n".join(f"{n}. Bến số {n} ở làng {n * 7} do tổ {n * 3} coi giữ ban ngày" for n in range(1, 60))
    second = first.replace("ban ngày", "ban đêm")
    assert {row.kind for row in compare(first, second).rows} == {"changed"}
    assert all(marked(row.second) == ["đêm"] for row in compare(first, second).rows)


def test_texts_with_nothing_in_common_are_said_to_be_so() -> None:
    assert not compare("Một bài về chợ nổi", "Thông tin khác hẳn\nkhông liên quan").alike
    assert compare("", "").differences == 0


_LINES = st.lists(st.sampled_from(["a", "b b", "Điều 1.", "c d e f", "c d x f", ""]), max_size=25)


@given(_LINES, _LINES)
def test_nothing_is_lost_doubled_or_out_of_order(first: list[str], second: list[str]) -> None:
    found = compare("\n".join(first), "\n".join(second))
    assert side(found, first=True) == [line for line in first if line]
    assert side(found, first=False) == [line for line in second if line]


@given(
    st.lists(st.integers(0, 5), max_size=40), st.lists(st.integers(0, 5), max_size=40), st.integers(0, 200)
)
def test_pairs_are_equal_and_ascend_however_small_the_budget(
    first: list[int], second: list[int], steps: int
) -> None:
    pairs = aligned(first, second, Budget(steps))
    assert all(first[i] == second[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


def test_hostile_texts_end_with_the_budget() -> None:
    chance = random.Random(7)
    first, second = ("\n".join(chance.choice("ab") for _ in range(4_000)) for _ in range(2))
    found = compare(first, second)
    assert (len(side(found, first=True)), len(side(found, first=False))) == (4_000, 4_000)


def test_what_is_too_long_is_cut_and_said_to_be() -> None:
    long = "từ " * (comparison.MOST_CHARACTERS // 3 + 10)
    assert compare(long, "từ").cut and not compare(LAW, AMENDED).cut
