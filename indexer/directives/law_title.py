"""The name of the law in a title, in any of the gazette's styles."""

from __future__ import annotations

import re

from indexer.directives.codes import is_assembly
from indexer.directives.number import parse_number
from indexer.vietnamese.letters import fold

_KIND = r"(?P<kind>bộ\s+luật|luật|pháp\s+lệnh)"
_NUMBER = re.compile(rf"\W*{_KIND}\s+số\s*:?\s*(?P<number>\S+)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_OF_ASSEMBLY = re.compile(
    rf"\W*{_KIND}\s+(?P<before>[^\d]{{0,80}}?)\s*của\s+quốc\s+hội(?:\s+nước\s+cộng\s+ho[àòaă]\w*\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)?"
    r"(?:\s+số\s+\S+)?(?:\s+ngày\s+\d{1,2}\s*(?:/\s*\d{1,2}\s*/\s*\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?(?:\s+về)?(?P<after>\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(rf"\W*{_KIND}\s+(?P<name>.+)", re.IGNORECASE | re.DOTALL)
_ANOTHER = re.compile(
    r"(?<!\w)(?:sua doi|bo sung|mot so dieu|hop nhat|huong dan|thi hanh mot|nam \d{4})(?!\w)"
)
"""Words in a title that names a law but belongs to another document, or to an article about the law."""


def law_named(title: str) -> str | None:
    """Return the name of the law that an article with this NFC ``title`` is, including the word for its kind; None for anything
    else.

    "Luật số 31/2024/QH15 luật Đất đai" and "LUẬT CỦA QUỐC HỘI … SỐ 31/2024/QH15 NGÀY … VỀ ĐẤT ĐAI" both give "luật Đất đai".
    """
    title = " ".join(title.split()).rstrip(" .")
    if numbered := _NUMBER.fullmatch(title):
        number = parse_number(numbered["number"])
        if number is None or not (number.issuer and is_assembly(number.issuer)):
            return None
        kind, name = numbered["kind"], numbered["rest"]
        if inner := _NAMED.fullmatch(name):
            kind, name = inner["kind"], inner["name"]
    elif of := _OF_ASSEMBLY.fullmatch(title):
        kind, name = of["kind"], (of["before"] or of["after"] or "").strip()
    elif named := _NAMED.fullmatch(title):
        kind, name = named["kind"], named["name"]
    else:
        return None
    name = re.sub(r"^về\s+", "", name.strip(" ,.:-"), flags=re.IGNORECASE)
    if not name or _ANOTHER.search(fold(name)) or re.search(r"\d", name):
        return None
    return f"{' '.join(kind.lower().split())} {name}"
