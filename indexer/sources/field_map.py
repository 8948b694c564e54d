"""The names that an export has for the keys of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import TAKEN_AS, is_misspelt
from indexer.sources.values import NOTHING, value_at

_EMPTY: tuple[object, ...] = (None, "", [])


class FieldMap:
    """Foreign names and the keys of a record that they lead to; ``title.rendered`` reaches into an object."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = dict(keys)
        self._audience_from = [
            foreign for foreign, ours in keys.items() if ours == AUDIENCE or is_misspelt(ours)
        ]

    def filled_by(self, record: Mapping[str, Any]) -> frozenset[str]:
        """Return the keys that foreign names in ``record`` lead to."""
        return frozenset(
            ours for foreign, ours in self._keys.items() if value_at(record, foreign) is not NOTHING
        )

    def applied(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return ``record`` with foreign names replaced; one fills ours only where it is empty.

        Where several say whom it is for, and not the same, it is with all of that, which nobody reads as "public".
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
        """Return the sentence for a record that has none of the fields its audience is to be read from; empty for others.

        ``may_be_ours``: records may be written in our names as well.
        """
        names = (AUDIENCE, *self._audience_from)
        if not self._audience_from or any(value_at(record, name) is not NOTHING for name in names):
            return ""
        if may_be_ours and not self._keys.keys() & record.keys():
            return ""
        return f"the record has no {' or '.join(self._audience_from)}, which gives the audience.{TAKEN_AS}"
