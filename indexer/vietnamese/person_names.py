"""Detects words that may be the name of a person. Pure."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Sequence

from indexer.vietnamese.letters import fold
from indexer.vietnamese.pyvi_files import read_pyvi
from indexer.vietnamese.tones import canonical_tone

_FAMILY_NAMES = frozenset(
    "bùi cao châu chu diệp dương doãn đàm đào đặng đinh đoàn đỗ giàng hoàng hồ huỳnh khổng kiều lâm lê lò lưu lương lý mạc ngô nghiêm"
    " nguyễn nông ông phạm phan phùng quách tạ thào tô tống trần triệu trịnh trương võ vũ vương".split()
)
"""Frequent family names, of the Kinh and other ethnic groups."""
_ALSO_WORDS = frozenset(
    "an âu bạch bành bế ca chử cù cung danh đậu điền đới đồng đường giang giáp hà hàn hàng hầu hoa hồng hứa hùng kha khúc khương kim"
    " kinh la lã lại lăng lều lỗ lộ lục lư mã mai mạnh mâu mông ngụy nhâm nhữ ninh phí phó phương quản quàng sầm sùng tăng thạch thái"
    " thân thẩm thi thiều tiêu tiết tôn trà trang từ tưởng ty ung văn vàng vi viên xa yên".split()
)
"""Family names that are more often ordinary words: they count only at the beginning of three or four words."""
_FORMS_OF_ADDRESS = frozenset("ông bà anh chị cô chú bác cụ".split())
_ANYWHERE = _FAMILY_NAMES | _FORMS_OF_ADDRESS
_MIDDLE_NAMES = frozenset(map(fold, ("văn", "thị")))
"""Middle names that follow a family name; without accents, ``nguyen van`` may also be ``nguyên văn``."""
_LENGTHS = (3, 4)


def may_name_a_person(words: Sequence[str], known: Collection[int] = ()) -> bool:
    """Tell whether some of ``words``, single syllables in NFC, may be the name of a person.

    They may if one is a family name or a form of address and forms no common word with its neighbour (such as ``hồ`` in ``hồ
    sơ``); words without accents may have any. Words whose index is in ``known`` belong to something else. In doubt, the answer
    is yes. Two given names side by side (``Tuấn Anh``) are not recognised.
    """
    typed = [canonical_tone(word.lower()) for word in words]
    folded = all(word == fold(word) for word in typed)
    anywhere, first, pairs = _names(folded)
    for i, word in enumerate(typed):
        is_name = word in anywhere or (i == 0 and word in first and len(typed) in _LENGTHS)
        if is_name and i not in known and len(typed) > 1:
            neighbours = (tuple(typed[max(i - 1, 0) : i + 1]), tuple(typed[i : i + 2]))
            middle = fold(typed[i + 1]) if i + 1 < len(typed) and word not in first else ""
            if middle in _MIDDLE_NAMES or not any(pair in pairs for pair in neighbours):
                return True
    return False


@functools.cache
def _names(folded: bool) -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
    """Return names, names that are also words, and common words containing either; ``folded`` or not."""

    def written(word: str) -> str:
        return fold(word) if folded else canonical_tone(word)

    anywhere, first = (frozenset(map(written, names)) for names in (_ANYWHERE, _ALSO_WORDS))
    either = anywhere | first
    pairs: set[tuple[str, str]] = set()
    for word in read_pyvi()[1]:
        if word == word.lower():  # the dictionary has no names, but for a few with capitals
            parts = list(map(written, word.split(" ")))
            pairs.update(pair for pair in itertools.pairwise(parts) if either.intersection(pair))
    return anywhere, first, frozenset(pairs)
