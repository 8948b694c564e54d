"""Maps the field names of an export to the keys of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import TAKEN_AS, is_misspelt
from indexer.sources.values import NOTHING, value_at

_EMPTY: tuple[object, ...] = (None, "", [])


class FieldMap:
    """Foreign names and the record keys they are mapped to; ``title.rendered`` refers to a nested object."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = dict(keys)
        self._audience_from = [
            foreign for foreign, ours in keys.items() if ours == AUDIENCE or is_misspelt(ours)
        ]

    def filled_by(self, record: Mapping[str, Any]) -> frozenset[str]:
        """Return the keys that foreign names in ``record`` provide."""
        return frozenset(
            ours for foreign, ours in self._keys.items() if value_at(record, foreign) is not NOTHING
        )

    def applied(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return ``record`` with foreign names replaced; a foreign value is used only if ours is empty.

        If several fields state different audiences, all of them are combined, which is never read as "public".
        """
        if not self._keys:
            return record
        mapped = dict(record)
        for foreign, ours in self._keys.items():
            found = value_at(record, foreign)
            if found is NOTHING:
                continue
            if mapped.get(ours) in _EMPTY:
                outer = foreign if foreign in record else foreign.partition(".")[0]
                if mapped.get(outer) is record[outer]:
                    del mapped[outer]
                mapped[ours] = found
            elif ours == AUDIENCE and found not in (*_EMPTY, mapped[ours]):
                mapped[ours] = [mapped[ours], found]
        return mapped

    def lacks_audience(self, record: dict[str, Any], may_be_ours: bool) -> str:
        """Return the error for a record without any of the fields mapped to its audience; empty for others.

        ``may_be_ours``: records may use our own names as well.
        """
        names = (AUDIENCE, *self._audience_from)
        if not self._audience_from or any(value_at(record, name) is not NOTHING for name in names):
            return ""
        if may_be_ours and not self._keys.keys() & record.keys():
            return ""
        return f"the record has no {' or '.join(self._audience_from)}, which gives the audience.{TAKEN_AS}"
