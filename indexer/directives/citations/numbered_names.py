"""The number of a law that is otherwise cited by name: "Luật Đất đai số 13/2003/QH11"."""

from __future__ import annotations

import re

from indexer.directives.citations.named import law_key, law_name_end
from indexer.directives.citations.numbered import find_numbered
from indexer.directives.codes import is_assembly
from indexer.directives.number import number_of_key

_KIND = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)(?= )", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*,?\s*\(?(?:luật )?số\s*:?\s*", re.IGNORECASE)
_AMENDS = re.compile(r"sửa đổi|bổ sung", re.IGNORECASE)
"""Words before a law whose number may belong to the law that amends it."""
_WINDOW, _NEAR = 150, 120


def name_beside(sentence: str, key: str) -> str | None:
    """Return the key, by name and year, of the law with the number ``key``, if ``sentence`` has both side by side."""
    number = number_of_key(key)
    if number is None or not number.year or not (number.issuer and is_assembly(number.issuer)):
        return None
    for citation in find_numbered(sentence):
        if citation.key != key:
            continue
        for kind in _KIND.finditer(sentence, max(0, citation.start - _WINDOW), citation.start):
            word = " ".join(kind[0].split()).capitalize()
            end = law_name_end(sentence, kind.end(), word)
            if end is None or not _BETWEEN.fullmatch(sentence, end, citation.start):
                continue
            if not _AMENDS.search(sentence, max(0, kind.start() - _NEAR), kind.start()):
                return law_key(sentence[kind.start() : end], number.year)
    return None
