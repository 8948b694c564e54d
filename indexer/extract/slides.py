"""Pure: the text of a presentation -> its slides, at marks that only this process knows."""

from __future__ import annotations

import re
import secrets


def new_mark() -> str:
    """Return a mark with ``{page_num}`` in it that no document can hold, for one reading."""
    return f"[slide-{secrets.token_hex(12)} {{page_num}}]"


def slides(text: str, mark: str) -> list[tuple[int, str]]:
    """Return the number from 1 and the text of each slide, blank ones too; none where no mark is."""
    before, after = map(re.escape, mark.split("{page_num}"))
    parts = re.split(f"{before}([0-9]+){after}", text)
    return [(int(number), part) for number, part in zip(parts[1::2], parts[2::2], strict=True)]
