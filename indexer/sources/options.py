"""Settings of a single kind of source, read and validated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.errors import SettingsError
from indexer.setting_tables import nearest
from indexer.source_settings import SourceSettings

_UNITS = {"m": 60, "h": 3600, "d": 86400}
_TIME = re.compile(r"([1-9]\d{0,4})([mhd])")


class Options:
    """The settings of one source; an invalid one raises a SettingsError that names it, but never its value."""

    def __init__(self, source: SourceSettings) -> None:
        self._given = source.options
        self._where = f"[sources.{source.name}]"

    def text(self, key: str, needed: bool = False) -> str:
        """Return a text; empty if it is missing and not required."""
        value = self._given.get(key)
        if value is None and needed:
            raise SettingsError(f"{self._where} needs {key}")
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self._wrong(key, "a string")
        return (value or "").strip()

    def texts(self, key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """Return the texts in a list, or a single text."""
        value = self._given.get(key, list(usual))
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(isinstance(one, str) and one.strip() for one in texts):
            raise self._wrong(key, "a list of strings")
        return tuple(one.strip() for one in texts)

    def one_of(self, key: str, known: Mapping[str, str]) -> str:
        """Return what the given word stands for; empty if there is none."""
        word = self.text(key)
        if word and word not in known and word not in known.values():
            raise SettingsError(f"{self._where} {key} = {word!r} is not known; {nearest(word, tuple(known))}")
        return known.get(word, word)

    def seconds(self, key: str, usual: int) -> int:
        """Return a duration written as ``15m``, ``6h`` or ``1d``, in seconds."""
        found = _TIME.fullmatch(text) if (text := self.text(key)) else None
        if text and found is None:
            raise self._wrong(key, "a time such as 15m, 6h or 1d")
        return int(found[1]) * _UNITS[found[2]] if found else usual

    def _wrong(self, key: str, what: str) -> SettingsError:
        return SettingsError(f"{self._where} {key} must be {what}")
