"""The signer in a portal's value: ``Chủ tịch UBND tỉnh Trần Văn Bình``, ``Lê Thị Mận - Phó Trưởng phòng``. PURE."""

from __future__ import annotations

import re

from indexer.directives.closing import SURNAMES, Signer, written
from indexer.vietnamese.letters import CAPITALS, fold

_LONGEST = 200
"""Maximum length of such a value in characters."""
_SIZES = (3, 4, 2, 5)
"""Numbers of syllables in a name, most frequent first: the last three of "tỉnh Hà Giang Nguyễn Văn An" form one."""
_SYLLABLE = re.compile(rf"[{CAPITALS}][^\W\d_]{{0,6}}")
_CALLED = re.compile(
    r"(?:(?:đồng chí|đ/c|đc|ông|bà|gs|pgs|tsk?h?|ths|bs|bsckii?|ls|kts|(?:đại|thượng|trung|thiếu) tá|(?:thượng|trung|thiếu) tướng"
    r"|đại tướng)\b[. :]*)+",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:(?:quyen|q\.|pho(?: tong)?|nguyen|tong) )?(?:chu tich|bo truong|thu truong|thu tuong|chanh an|vien truong|tong kiem toan"
    r"|thong doc|giam doc|cuc truong|vu truong|chi cuc truong|bi thu|hieu truong|truong (?:ban|phong|khoa|doan|tieu ban|cong an)"
    r"|chanh (?:van phong|thanh tra)|chu nhiem|chi huy truong|doi truong|tong thu ky|thu ky|pho (?:phong|ban|thu tuong)"
    r"|uy vien|tram truong|to truong)\b"
)
_FOR = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\.", re.IGNORECASE)
_DIVIDER = re.compile(r"\s+[-–—]\s+|\s*[,;|(]\s*|\s*:\s+")


def signer_of(value: str) -> Signer:
    """Return name and office in ``value``; all of it as the name unless it clearly contains both."""
    text = _CALLED.sub("", value[:_LONGEST], count=1) if _CALLED.match(value) else value
    text = text.strip()
    if len(value) > _LONGEST or not _OFFICE.search(fold(text)):
        return Signer(written(text) if _is_name(text.split()) else value)
    parts = [part.strip(" ).") for part in _DIVIDER.split(text)]
    named = [part for part in parts if _is_name(_bare(part).split()) and not _OFFICE.match(fold(part))]
    if len(named) == 1:
        others = [part for part in parts if part != named[0] and _OFFICE.search(fold(part))]
        return Signer(
            written(_bare(named[0])), _office(" - ".join(others)) if _FOR.search(text) else ", ".join(others)
        )
    words = text.split()
    for size in _SIZES:
        name = words[-size:]
        if len(words) > size and _is_name(name) and _OFFICE.search(fold(" ".join(words[:-size]))):
            return Signer(written(" ".join(name)), _office(" ".join(words[:-size])))
    return Signer(value)


def _office(text: str) -> str:
    """Return the signer's own office; if one signs on behalf of another, the last office."""
    if _FOR.search(text):
        last = [match.start() for match in _OFFICE.finditer(fold(text))]
        text = text[last[-1] :] if last else text
    return text.strip(" -–—,.:")


def _bare(part: str) -> str:
    return _CALLED.sub("", part, count=1).strip() if _CALLED.match(part) else part


def _is_name(words: list[str]) -> bool:
    """Return whether words are the name of a person: two to five syllables with capitals, the first a family name."""
    return (
        2 <= len(words) <= max(_SIZES)
        and words[0].title() in SURNAMES
        and all(_SYLLABLE.fullmatch(word) for word in words)
    )
