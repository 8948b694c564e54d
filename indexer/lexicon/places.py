"""Names of the merger of 1 July 2025, from the data of the package vietnamadminunits.

Only its data files are read: the package itself needs libraries of geography. Provinces that took in
others, and communes that were made of communes of other names; ``huyện`` and ``quận`` are gone and
have no successor.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

_MOST_NAMESAKES = 3
"""An old commune's name with more successors than this says too little to search for them."""


def place_names() -> Iterator[tuple[str, str]]:
    """Yield (old, new) names that differ; provinces without, communes with their kind (``xã``, ``phường``)."""
    data = _data_folder()
    if data is None:
        return
    merged = json.loads((data / "converter_2025.json").read_text("utf-8"))
    # Closed at once: a connection must not live on into forked workers.
    connection = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro&immutable=1", uri=True)
    try:
        old = dict(connection.execute("SELECT DISTINCT provinceKey, provinceShort FROM admin_units_legacy"))
        new = dict(connection.execute("SELECT DISTINCT provinceKey, provinceShort FROM admin_units"))
        old_communes = {
            f"{province}_{district}_{ward}": name
            for province, district, ward, name in connection.execute(
                "SELECT provinceKey, districtKey, wardKey, ward FROM admin_units_legacy"
            )
        }
        new_communes = {
            (province, ward): name
            for province, ward, name in connection.execute(
                "SELECT provinceKey, wardKey, ward FROM admin_units"
            )
        }
    finally:
        connection.close()
    for province, parts in merged["DICT_PROVINCE"].items():
        for part in parts:
            if old.get(part) and new.get(province) and old[part] != new[province]:
                yield old[part], new[province]
    successors: defaultdict[str, set[str]] = defaultdict(set)
    for province, wards in merged["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            name = new_communes.get((province, ward))
            for part in parts:
                former = old_communes.get(part)
                if name and former and not any(letter.isdigit() for letter in former) and former != name:
                    successors[former].add(name)
    for former, names in successors.items():
        if len(names) <= _MOST_NAMESAKES:
            for name in sorted(names):
                yield former, name


def _data_folder() -> Path | None:
    found = importlib.util.find_spec("vietnamadminunits")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "data"
