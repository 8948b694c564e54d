"""An index of a few thousand articles, as far as it matters for splitting queries into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Counts:
    """Articles by term, as in an index of a few thousand articles."""

    toned: Mapping[str, int] = field(
        default_factory=lambda: {
            "dân_số": 25, "chuyển_đổi": 80, "công_dân": 48, "học_sinh": 300, "sinh_học": 40, "hải_phòng": 60,
            "ủy_ban": 200, "nhân_dân": 210, "ủy_ban_nhân_dân": 150, "xã_hội": 400,
            "nội_các": 10, "trong_trắng": 3,
        }
    )  # fmt: skip
    folded: Mapping[str, int] = field(
        default_factory=lambda: {
            "dan_so": 26, "chuyen_doi": 80, "cong_dan": 50, "hoc_sinh": 300, "sinh_hoc": 41, "hai_phong": 60,
            "uy_ban": 200, "nhan_dan": 215, "uy_ban_nhan_dan": 150, "xa_hoi": 400, "cua_hai": 2, "noi_cac": 11,
            "trong_trang": 3,
        }
    )  # fmt: skip
    beside: Mapping[str, int] = field(
        default_factory=lambda: {
            "dan_so": 40, "chuyen_doi": 85, "doi_so": 70, "cong_dan": 60, "hoc_sinh": 310, "sinh_hoc": 60, "hai_phong": 70,
            "uy_ban": 230, "ban_nhan": 220, "nhan_dan": 240, "xa_hoi": 420, "cua_hai": 300, "noi_cac": 500,
            "lop_10": 30, "1_ti": 40, "ti_dong": 200,
            "trong_trang": 54,
        }
    )  # fmt: skip
    alone: Mapping[str, int] = field(
        default_factory=lambda: {"=sau": 900, "sau": 1500, "=doi": 3, "doi": 800, "=nhan": 2, "nhan": 900}
    )

    def words(self, terms: Sequence[str]) -> list[int]:
        return [self.toned.get(term, 0) for term in terms]

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        return [self.folded.get(term, 0) for term in terms]

    def pairs(self, terms: Sequence[str]) -> list[int]:
        return [self.beside.get(term, 0) for term in terms]

    def side_by_side(self, first: str, second: str) -> int:
        return {"nội các": 12, "trong trắng": 3}.get(f"{first} {second}", 0)

    def syllables(self, terms: Sequence[str]) -> list[int]:
        return [self.alone.get(term, 0) for term in terms]
