"""Results of checking the machine or the data directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check."""

    what: str
    level: Level
    found: str
    do: str = ""
    """How to fix it; empty if all is well."""

    def __str__(self) -> str:
        return f"{self.level:7}  {self.what}: {self.found}{f'; {self.do}' if self.do else ''}"
