"""``python -m benchmarks [FOLDER [PART …]]`` (``make bench``): writes tables of ``benchmarks/RESULTS.md``, by default those of
one hour.

Indexes are built in FOLDER (by default a temporary one) and reused if present. Each part is written when it is done, and is not
measured again by the same command while the code is unchanged, so an interrupted run can be continued. A part given by name is
always measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.corpus import NEWS
from benchmarks.parts import HOUR, LONGER
from benchmarks.processor import spent


def main() -> int:
    """Measure, write, and report where and how long it took."""
    if not NEWS.is_file():
        print(
            f"benchmarks need the shared corpora beside the project ({NEWS.name} is not there)",
            file=sys.stderr,
        )
        return 3
    place, *named = sys.argv[1:] or [""]
    if unknown := set(named) - {*HOUR, *LONGER}:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join([*HOUR, *LONGER])}", file=sys.stderr)
        return 2
    if place:
        folder = Path(place).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        _measure(folder, named)
    else:
        with tempfile.TemporaryDirectory(prefix="tracuu-bench-") as made:
            _measure(Path(made), named)
    return 0


def _measure(folder: Path, named: list[str]) -> None:
    note, commit = folder / "parts.json", code()
    done: dict[str, Any] = json.loads(note.read_text()) if note.is_file() else {}
    for name in named or HOUR:
        if not named and commit and done.get(name, {}).get("code") == commit:
            continue
        print(f"{name} …", flush=True)
        start, used = time.monotonic(), spent()
        results.put([{**HOUR, **LONGER}[name](folder)])
        taken = {"seconds": time.monotonic() - start, "processor": spent() - used}
        print(f"{name}: {taken['seconds']:.0f} s, {taken['processor']:.0f} s of CPU time", flush=True)
        done[name] = {"code": commit, **taken}
        note.write_text(json.dumps(done, indent=1))
    measured = [done[name] for name in named or HOUR]
    whole = (sum(one[what] for one in measured) / 60 for what in ("seconds", "processor"))
    print("all: {:.0f} min, {:.0f} min of CPU time".format(*whole))


def code() -> str:
    """Return the tree of the commit; empty if there is none, or if files differ from it.

    ``RESULTS.md`` is ignored on both sides, since a run writes it.
    """
    written = f":(exclude){results.PATH.name}"
    if _git("status", "--porcelain", "--", ":/", written):
        return ""
    held = _git("ls-tree", "-r", "--full-tree", "HEAD").splitlines()
    return sha256("\n".join(line for line in held if results.PATH.name not in line).encode()).hexdigest()


def _git(*arguments: str) -> str:
    """Return the output of git for the repository; empty if git fails."""
    asked = ["git", *arguments]
    return subprocess.run(asked, capture_output=True, text=True, cwd=Path(__file__).parent).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
