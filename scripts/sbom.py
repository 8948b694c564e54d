"""``python scripts/sbom.py CYCLONEDX PYTHON FILE``: lists the packages in the environment of PYTHON as CycloneDX JSON in FILE.

CYCLONEDX is the path of that program. It reads the project's table, which takes the version from ``indexer.__version__``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write the list."""
    program, python, file = sys.argv[1:]
    listed = subprocess.run(
        [program, "environment", python, "--pyproject", str(_ROOT / "pyproject.toml"), "--mc-type", "application",
         "--output-reproducible", "--output-format", "JSON"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    bill = json.loads(listed)
    product = bill["metadata"]["component"]
    product["version"] = _version()
    Path(file).write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"written: {file}: {product['name']} {product['version']} and {len(bill['components'])} packages")


def _version() -> str:
    """Return the version without importing the product, which need not be installed in this environment."""
    text = (_ROOT / "indexer" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, flags=re.MULTILINE)
    if found is None:
        raise SystemExit("indexer/__init__.py gives no __version__")
    return found[1]


if __name__ == "__main__":
    main()
