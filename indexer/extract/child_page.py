"""Which page a reading process was at when it died: it says so before it begins one, among what it says of errors."""

from __future__ import annotations

import os
import re
from contextlib import suppress

_SAID = re.compile(rb"\x1epage (\d{1,9})\n")


def tell(number: int) -> None:
    """Say that page ``number`` is begun."""
    with suppress(OSError):
        os.write(2, b"\x1epage %d\n" % number)


def told(said: bytes) -> int | None:
    """Return the page that was begun last by a process that ``said`` this, None where there was none."""
    found = _SAID.findall(said)
    return int(found[-1]) if found else None
