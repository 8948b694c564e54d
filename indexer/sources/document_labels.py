"""Labels of document values on pages, in tables and in front matter, folded. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.vietnamese.letters import fold

_LABELS = {
    "number": (
        "so ky hieu, so hieu, so van ban, so hieu van ban, so ky hieu van ban, so va ky hieu, so ky hieu, ky "
        "hieu van ban, so vb, so kh, so quyet dinh, so cong van, document number, so hieu vb"
    ),
    "count": ("so, so thu tu van ban"),
    "code": ("ky hieu"),
    "issued": (
        "ngay ban hanh, ngay ky, ngay van ban, ngay bh, ban hanh ngay, thoi gian ban hanh, ngay thang ban "
        "hanh, ngay ra van ban, ngay ky ban hanh, ngay ban hanh van ban, ban hanh"
    ),
    "effective": (
        "ngay hieu luc, ngay co hieu luc, hieu luc tu, hieu luc tu ngay, co hieu luc tu, co hieu luc tu ngay, "
        "ngay bat dau hieu luc, ngay hl, thoi diem co hieu luc, ngay ap dung, ngay bat dau co hieu luc"
    ),
    "expires": ("ngay het hieu luc, het hieu luc tu, ngay het hl, ngay ket thuc hieu luc, ngay het han"),
    "subject": (
        "trich yeu, trich yeu noi dung, noi dung trich yeu, trich yeu van ban, ve viec, v v, ten van ban, "
        "tieu de van ban, tieu de, ten goi, ten, tom tat noi dung, noi dung tom tat"
    ),
    "issuer": (
        "co quan ban hanh, don vi ban hanh, noi ban hanh, co quan don vi ban hanh, co quan ban hanh van ban, "
        "cap ban hanh, don vi phat hanh, co quan phat hanh, to chuc ban hanh, co quan bh, don vi bh, co quan ban hanh vb"
    ),
    "signer": (
        "nguoi ky, nguoi ky duyet, nguoi ky van ban, nguoi ky ban hanh, ky boi, ho ten nguoi ky, lanh dao ky"
    ),
    "position": ("chuc vu, chuc danh, chuc vu nguoi ky, chuc danh nguoi ky"),
    "type": (
        "loai van ban, hinh thuc van ban, the loai van ban, the loai, loai vb, loai hinh van ban, hinh thuc, "
        "loai, ten loai van ban, phan loai van ban, nhom van ban, loai van ban phap luat, kieu van ban"
    ),
    "field": (
        "linh vuc, linh vuc van ban, linh vuc ban hanh, nganh linh vuc, thuoc linh vuc, chu de, chu de van ban"
    ),
    "branch": ("nganh, nganh ban hanh"),
    "status": (
        "tinh trang hieu luc, tinh trang, tinh trang van ban, hieu luc, trang thai, trang thai hieu luc, hieu "
        "luc van ban, tinh trang hieu luc van ban"
    ),
    "files": (
        "tep dinh kem, file dinh kem, tap tin dinh kem, tep tin dinh kem, van ban dinh kem, tai lieu dinh "
        "kem, tai ve, tai van ban, tep tin, file, tap tin, tai file, download, file van ban, tep van ban, tai "
        "file dinh kem, noi dung file, ban pdf, ban goc, file goc, danh sach tep dinh kem, tep dinh "
        "kem van ban, cac tep dinh kem, van ban goc, tai xuong, dinh kem, tai ve may, file van ban dinh kem"
    ),
    "published": (
        "ngay dang, ngay dang tin, ngay dang tai, ngay cap nhat, ngay xuat ban, ngay dua tin, ngay tao, ngay "
        "cong khai"
    ),
    "dropped": (
        "luot xem, so lan xem, luot tai, so luot tai, luot doc, so luot xem, nguoi dang, nguoi tao, stt, nguon thu thap, pham vi, "
        "pham vi ap dung, ngay dang cong bao, ngay cong bao, so cong bao, cong bao, nguoi cap nhat, dung luong, kich thuoc, "
        "do khan, do mat, so trang, so ban, nam ban hanh, ma van ban, noi nhan"
    ),
}
"""Names of values -> their labels. ``count`` and ``code`` are a number divided into two rows, ``branch`` is a broader field,
and ``dropped`` is no value at all."""
_WORD = re.compile(r"[^\W_]+")
_NAMES = {
    "".join(_WORD.findall(label)): name for name, labels in _LABELS.items() for label in labels.split(",")
}
_LONGEST_LABEL = 50
_LABEL_AND_VALUE = re.compile(rf"([^:：\d]{{2,{_LONGEST_LABEL}}}?)\s*[:：]\s*(\S.*)?", re.DOTALL)
_EMPTY = re.compile(
    r"[\W_]*|(?:(?:dang )?chua (?:xac dinh|cap nhat|co|biet|ro|phan loai|dinh kem)(?: (?:thong tin|du lieu))?|(?:dang )?cap nhat"
    r"|khong(?: co| xac dinh)?(?: (?:thong tin|du lieu|tep|file|tap tin)(?: dinh kem)?)?|null|n a|none|undefined|da biet)",
    re.IGNORECASE,
)
_ALL = frozenset(["number", "issued", "effective", "subject", "issuer", "signer", "type", "field", "status"])
_DECISIVE = frozenset(["number", "issued", "subject"])


def label_of(text: str) -> str | None:
    """Return the name of the value labelled ``text``, such as "Số/Ký hiệu:" or ``so_ky_hieu``; None for anything else."""
    if len(text) > _LONGEST_LABEL:
        return None
    return _NAMES.get("".join(_WORD.findall(fold(text))))


def labels_of(text: str) -> list[str]:
    """Return the names of the values in a cell with several: "Cơ quan ban hành/ Chức danh / Người ký"."""
    if one := label_of(text):
        return [one]
    parts = [label_of(part) for part in text.split("/")] if len(text) <= 2 * _LONGEST_LABEL else []
    return [part for part in parts if part] if len(parts) > 1 and all(parts) else []


def label_and_value(text: str) -> tuple[str, str] | None:
    """Return label and value of a line such as "Số hiệu: 12/QĐ-UBND"; None for other lines."""
    match = _LABEL_AND_VALUE.fullmatch(text)
    return (match[1], (match[2] or "").strip()) if match and label_of(match[1]) else None


def is_document(names: Iterable[str]) -> bool:
    """Return whether values with these names describe a document: number, date or subject and two more, or the number and one
    more.
    """
    found = set(names) & _ALL | ({"number"} if {"count", "code"} <= set(names) else set())
    return bool(found & _DECISIVE) and len(found) >= (2 if "number" in found else 3)


def is_empty(value: str) -> bool:
    """Return whether a value means that there is none: "--", "Đang cập nhật", "Không có tệp đính kèm"."""
    return _EMPTY.fullmatch(fold(value).strip(" .()[]")) is not None
