"""Undoes what people, scanners and file systems do to document numbers."""

from __future__ import annotations

import re
import unicodedata

from indexer.vietnamese.letters import INVISIBLE

DASHES = "\u2010-\u2015\u2212\u00ad"
"""Hyphens and dashes for a character class (U+2010 to U+2015, minus, soft hyphen), without ``-``."""

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "Ƣ": "Ư", "ƣ": "ư"})
_DASH = re.compile(f"[{DASHES}_]")
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE.replace("\u00ad", "")))
_LABEL = re.compile(r"(?:văn bản )?(?:số|so)(?:,? ?ký hiệu)?(?: ?: ?| )", re.IGNORECASE)
_SPACED = re.compile(r" ?([/&.-]) ?")
_ENDING = re.compile(
    r"(?:[-.]SIGNED[0-9]?| ?\([0-9]{1,6}\)"
    r"|\.(?:PDF|DOCX?|XLSX?|PPTX?|RTF|OD[TS]|TXT|HTML?|ZIP|RAR|7Z|JPE?G|PNG|TIFF?|P7S))+$"
)


def clean(text: str) -> str:
    """Return ``text`` ready for parsing: upper case, plain hyphens, no "số:", no file extension.

    A soft hyphen counts as a hyphen: pages print it where a number is broken at a line end.

    >>> clean("Số: 74 / KH – UBND")
    '74/KH-UBND'
    """
    text = _DASH.sub("-", text)
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_LOOK_ALIKES)
    text = _DASH.sub("-", " ".join(text.split()))
    text = _SPACED.sub(r"\1", _LABEL.sub("", text, count=1) if _LABEL.match(text) else text)
    text = _ENDING.sub("", text.upper())
    return text.replace("T.Ư", "TW").replace("T.W", "TW").replace("TƯ", "TW").strip(" .,;:-")
