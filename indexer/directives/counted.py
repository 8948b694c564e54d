"""Numbers that count something: "kế hoạch 5 năm" and "quyết định 3 nội dung" do not name documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.tones import canonical_tone

_MEASURES = (
    "năm, tháng, tuần, ngày, giờ, phút, quý, tỷ, tỉ, triệu, nghìn, ngàn, trăm, đồng, phần trăm, m2, ha, km, mét, kg,"
    " tấn, lần, buổi"
)
_NOUNS = (
    "người, điểm, em, cháu, ca, lượt, trường hợp, nhóm, tỉnh, thành phố, huyện, quận, thị xã, xã, phường, thị trấn, đặc"
    " khu, thôn, buôn, xóm, ấp, khu phố, khu dân cư, tổ dân phố, sở ngành, bước, đợt, chiếc, suất, hộ dân, hộ gia đình, hộ"
    " nghèo, vụ án, vụ việc, mục tiêu, tiêu chí, chỉ tiêu, nội dung, nhiệm vụ, giải pháp, phương án, mô hình, lĩnh vực, vị"
    " trí, thủ tục, hồ sơ, dự án, đề án, công trình, căn hộ, thành viên, cán bộ, công chức, viên chức, bị can, bị cáo, cá"
    " nhân, tập thể, đơn vị, cơ quan, cơ sở, công ty, doanh nghiệp, đối tượng, thí sinh, học sinh, sinh viên, giáo viên, đại"
    " biểu, đảng viên, hội viên, bộ phận"
)
_ALIKE = (
    "quy dinh, quy che, quy hoach, quy trinh, quy tac, quy chuan, quan ly, quan tri, quan su, ap dung,"
    " so hoa, so huu, xa thai, tinh gian, phuong huong, phuong thuc, dong bao, dong gop, ca nuoc"
)
"""Words that look like units without accents, but state the subject of a document."""


_ASKED = frozenset((("noi", "dung", "la"), ("noi", "dung", "gi")))
"""Questions about the subject of a document."""


class _Units:
    """Words for what is counted, of one to three syllables."""

    def __init__(self, units: str) -> None:
        self._typed = frozenset(_syllables(unit) for unit in units.split(", "))
        self._folded = frozenset(tuple(map(fold, unit)) for unit in self._typed)

    def begin(self, words: Sequence[str]) -> bool:
        """Tell whether ``words`` begin with such a word; unaccented words may have any accents."""
        found = _syllables(" ".join(words[:3]))
        # From people who type accents, "quy" is not "quý".
        units = self._folded if _is_plain(words[:3]) else self._typed
        return any(found[:size] in units for size in range(1, len(found) + 1))


def counts(following: Sequence[str], measures_only: bool) -> bool:
    """Tell whether a number counts the words after it.

    ``measures_only`` considers only times, sums and sizes, as after "nghị định".
    """
    if _is_plain(following[:2]) and _APART.begin(following):
        return False
    if tuple(map(fold, following[:3])) in _ASKED:
        return False
    return _MEASURED.begin(following) or (not measures_only and _COUNTED.begin(following))


def _syllables(text: str) -> tuple[str, ...]:
    return tuple(map(canonical_tone, nfc(text).lower().split()))


def _is_plain(words: Iterable[str]) -> bool:
    return all(word.lower() == fold(word) for word in words)


_MEASURED, _COUNTED, _APART = _Units(_MEASURES), _Units(_NOUNS), _Units(_ALIKE)
