"""Names affected by the merger of 1 July 2025, from the data of the package vietnamadminunits.

Only its data files are read, since the package itself needs geographic libraries. Included are provinces that absorbed others,
and communes formed from communes with other names; ``huyện`` and ``quận`` were abolished without successors.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

MERGER = date(2025, 7, 1)
"""Date from which the new names are valid."""
_IN_FULL = {"Hồ Chí Minh": "thành phố Hồ Chí Minh"}
"""Names that are also those of people."""
_MOST_NAMESAKES = 3
"""An old commune name with more successors than this says too little to search for them."""
_DIGIT = re.compile("[0-9]")
_LEGACY = "SELECT provinceKey, provinceShort, districtKey, wardKey, ward FROM admin_units_legacy"
_PRESENT = "SELECT provinceKey, provinceShort, wardKey, ward FROM admin_units"


def place_names() -> Iterator[tuple[str, str, bool]]:
    """Yield pairs of old and new names, and whether the new one means a single place.

    Names of provinces are without their kind, those of communes with it (``xã``, ``phường``, ``thị trấn``).
    """
    data = _data_folder()
    if data is None:
        return
    merged = json.loads((data / "converter_2025.json").read_text("utf-8"))
    # Closed at once: a connection must not survive into forked workers.
    connection = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro&immutable=1", uri=True)
    try:
        legacy, present = connection.execute(_LEGACY).fetchall(), connection.execute(_PRESENT).fetchall()
    finally:
        connection.close()
    yield from _provinces(
        merged, {key: name for key, name, *_ in legacy}, {key: name for key, name, *_ in present}
    )
    yield from _communes(
        merged,
        {f"{row[0]}_{row[2]}_{row[3]}": _commune(row[4]) for row in legacy},
        {(row[0], row[2]): _commune(row[3]) for row in present},
    )


def _provinces(
    merged: Mapping[str, Any], old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[tuple[str, str, bool]]:
    for province, parts in merged["DICT_PROVINCE"].items():
        for part in parts:
            if old.get(part) and new.get(province) and old[part] != new[province]:
                yield old[part], _IN_FULL.get(new[province], new[province]), True


def _communes(
    merged: Mapping[str, Any], old: Mapping[str, str], new: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str, bool]]:
    successors: defaultdict[str, set[str]] = defaultdict(set)
    for province, wards in merged["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            name = new.get((province, ward))
            for part in parts:
                former = old.get(part)
                if name and former and former != name and not _DIGIT.search(former):
                    successors[former].add(name)
    namesakes = Counter(new.values())
    for former, names in successors.items():
        if len(names) <= _MOST_NAMESAKES:
            for name in sorted(names):
                yield former, name, namesakes[name] == 1


def _commune(name: str) -> str:
    """Return ``Xã Tân Lập`` as written within a sentence: ``xã Tân Lập``."""
    return name[:1].lower() + name[1:] if name else ""


def _data_folder() -> Path | None:
    found = importlib.util.find_spec("vietnamadminunits")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "data"
