"""What a look at the machine or the data directory found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    what: str
    level: Level
    found: str
    do: str = ""
    """What mends it; empty where all is well."""

    def __str__(self) -> str:
        return f"{self.level:7}  {self.what}: {self.found}{f'; {self.do}' if self.do else ''}"
