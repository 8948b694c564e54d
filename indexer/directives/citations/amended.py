"""The laws that an amending law lists: ``Luật A số …, Luật B năm … và Luật C``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.directives.citations.mention import Citation
from indexer.directives.citations.named import law_key, law_name_end

_OF = re.compile(r"\s+của\s+")
_LAW = re.compile(r"(?P<kind>(?:[Bb]ộ\s+)?[Ll]uật|[Pp]háp\s+lệnh|Hiến\s+pháp)(?!\w)")
NUMBER = re.compile(r"\s*,?\s*\(?(?:[Ll]uật\s+)?số\s*:?\s*(?=\d)")
"""Words between the name of a law and its number."""
_NEXT = re.compile(
    r"(?:\s*,\s*(?:và\s+)?|\s+và\s+)(?:(?:các\s+)?(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm)\s[^;.:()\n]{1,60}?\s+của\s+)?"
)
"""Words between two listed laws, including the articles concerned."""
_OTHERS = re.compile(
    r"(?:các|\d+)\s+[Ll]uật\s[^;.,:()\n]{3,80}?(?=\s+(?:ngày|năm|số|và\s+sửa\s+đổi)\s|[;.,:()\n]|$)"
)
_LONGEST = 150
"""Maximum number of characters between the name of a law and its number."""


@dataclass(slots=True)
class Amended:
    """A law in the list of amended laws: the mention found there, or the one to create."""

    start: int
    end: int
    """Where the list continues: after the name, the number or the year."""
    name_end: int
    mention: Citation | None
    numbered: bool
    last: bool = True


def amended_from(
    text: str, at: int, mentions: Mapping[int, Citation]
) -> tuple[list[Amended], re.Match[str] | None]:
    """Return the amended laws, or the words for several of them: "37 luật có liên quan đến quy hoạch"."""
    of = _OF.match(text, at)
    start = of.end() if of else at
    amended: list[Amended] = []
    names: set[str] = set()
    while law := _law(text, start, mentions):
        name = law_key(text[law.start : law.name_end])
        if name in names:
            amended[-1].last = True  # "… của Luật A năm 2001, Luật A năm 2003": a law of its own
            break
        names.add(name)
        amended.append(law)
        following = _NEXT.match(text, law.end)
        if following is None or not _LAW.match(text, following.end()):
            break
        law.last = False
        start = following.end()
    return amended, None if amended else _OTHERS.match(text, start)


def _law(text: str, start: int, mentions: Mapping[int, Citation]) -> Amended | None:
    kind = _LAW.match(text, start)
    if kind is None:
        return None
    name_end = law_name_end(text, kind.end(), " ".join(kind["kind"].split()).capitalize())
    if name_end is None:
        return None
    number = NUMBER.match(text, name_end)
    if number and (mention := mentions.get(number.end())) and number.end() - name_end < _LONGEST:
        return Amended(start, mention.end, name_end, mention, True)
    mention = mentions.get(start)
    return Amended(start, max(name_end, mention.end if mention else 0), name_end, mention, False)
