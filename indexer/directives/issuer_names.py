"""Normalises issuers: each has one name, whether a source writes it in capitals, abbreviated, or with others in one value."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from indexer.directives.codes import ISSUERS
from indexer.vietnamese.letters import fold

_MOST = 400
"""Maximum length in characters of a value with issuers; 13 ministries take 330."""
_JOINT = re.compile(r"\s+[-–]\s+|\s*[;|]\s*")
_PLACES = (
    "thành phố",
    "đặc khu",
    "thị xã",
    "thị trấn",
    "tỉnh",
    "huyện",
    "quận",
    "xã",
    "phường",
    "tp.",
    "tx.",
)
_SHORT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_NO_ISSUER = "van ban hop nhat"
"""Entries among the issuers of the gazette that are not issuers."""
_FURTHER = (
    "Ban Chấp hành Trung ương", "Bộ Chính trị", "Ban Bí thư", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy", "Tòa án nhân dân",
    "Viện kiểm sát nhân dân", "Công an", "Cục Thuế", "Cục Hải quan", "Chi cục Thuế", "Ban Chỉ đạo", *_SHORT,
)  # fmt: skip
"""Local issuers without a code of their own, or with a shorter name."""
_OF_A_TASK = frozenset(["ban chi dao"])
"""Bodies whose names include their purpose."""
_OF_PLACES = (
    "so ",
    "phong ",
    "cong an ",
    "thanh tra ",
    "cuc thue",
    "chi cuc thue",
    "tinh uy",
    "huyen uy",
    "thanh uy",
)
"""Bodies of a place whose name may follow without a word for its kind."""
_PROPER_NAMES = (
    "Trung ương", "Quốc hội", "Chính phủ", "Bộ Chính trị", "Ban Bí thư", "Thủ tướng Chính phủ", "Quốc gia", "Nghị quyết", "Việt Nam",
    "Thành phố Hồ Chí Minh", "Hồ Chí Minh", "Hà Nội", "Quyết định", "Đề án", "Đảng",
)  # fmt: skip
_PROPER = re.compile(
    "|".join(rf"\b{name}\b" for name in sorted(_PROPER_NAMES, key=len, reverse=True)), re.IGNORECASE
)
_CODE = re.compile(r"[\d/]|^(?:PPP|MTQG|CNTT|ODA|FDI|ASEAN|APEC)$")
_LONGEST_PLACE = 6
"""Maximum number of syllables in the name of a place: "Bà Rịa - Vũng Tàu" has five."""


def issuers_of(value: str) -> tuple[str, ...]:
    """Return the issuers named in ``value``, in their usual spelling: ``BỘ TÀI CHÍNH - BỘ Y TẾ`` are two.

    "Bộ Lao động - Thương binh và Xã hội" is one. Anything but a known issuer, with or without its place, is returned unchanged.

    >>> issuers_of("BỘ TÀI CHÍNH - BỘ Y TẾ")
    ('Bộ Tài chính', 'Bộ Y tế')
    """
    value = " ".join(value.split())
    if len(value) > _MOST:
        return (value,)
    written = (_written(name) for name in _apart(value) if _plain(name) not in ("", _NO_ISSUER))
    return tuple(dict.fromkeys(written))


def asked_issuers(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names by which facets count ``values``, whatever their spelling."""
    return tuple(dict.fromkeys(whole_name(one) for value in values for one in issuers_of(value) or (value,)))


def whole_name(issuer: str) -> str:
    """Return the unabbreviated name used by facets: ``Ủy ban nhân dân tỉnh …`` for ``UBND tỉnh Lam Giang``."""
    first, _, rest = issuer.partition(" ")
    return " ".join(filter(None, (_SHORT.get(first, first), rest)))


def _apart(value: str) -> list[str]:
    """Return the issuers of a joint document; only ``value`` if any part is unknown."""
    parts = [part for part in _JOINT.split(value) if _plain(part) != _NO_ISSUER]
    found, at = [], 0
    while at < len(parts):
        end = next((end for end in range(len(parts), at, -1) if _is_known(parts[at:end])), None)
        if end is None:
            return [value]
        found.append(" - ".join(parts[at:end]))
        at = end
    return found


def _is_known(parts: Sequence[str]) -> bool:
    return _plain(" - ".join(parts)) in _names()


def _written(name: str) -> str:
    plain = _plain(name)
    if plain in _names():
        return _names()[plain]
    lead = next((one for one in _leads() if plain.startswith(f"{one} ")), None)
    rest = name.split()[len(lead.split()) :] if lead else []
    place = next((one for one in _PLACES if " ".join(rest).lower().startswith(f"{one} ")), None)
    capitals = name.isupper()
    if lead is None:
        return name
    if capitals and place is None and lead in _OF_A_TASK:
        return f"{_names()[lead]} {_in_small_letters(' '.join(rest))}"
    at_once = (
        place is None and lead.startswith(_OF_PLACES) and len(rest) <= _LONGEST_PLACE
    )  # "SỞ Y TẾ LAM GIANG"
    if capitals and not at_once and (place is None or len(rest) > len(place.split()) + _LONGEST_PLACE):
        return name
    own = rest[len(place.split()) if place else 0 :]
    words = [word.capitalize() if capitals else word for word in own]
    return " ".join(filter(None, (_names()[lead], place, *words)))


def _in_small_letters(capitals: str) -> str:
    """Return a body's purpose in small letters: "Trung ương xây dựng …" for "TRUNG ƯƠNG XÂY DỰNG …"; codes are unchanged."""
    words = [word if _CODE.search(word) else word.lower() for word in capitals.split()]
    text = " ".join([words[0].capitalize() if words[0].islower() else words[0], *words[1:]])
    return _PROPER.sub(lambda match: _proper()[match[0].casefold()], text)


def _plain(name: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+|-", fold(name)))
    return re.sub("^bch(?= )", "ban chap hanh", words)


@functools.cache
def _proper() -> dict[str, str]:
    return {name.casefold(): name for name in _PROPER_NAMES}


@functools.cache
def _names() -> dict[str, str]:
    """Return the listed names by their folded words."""
    names = dict.fromkeys((*ISSUERS.values(), *_FURTHER))
    return {_plain(name): name for name in reversed(names)}


@functools.cache
def _leads() -> tuple[str, ...]:
    return tuple(sorted(_names(), key=len, reverse=True))
