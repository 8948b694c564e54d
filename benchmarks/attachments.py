"""``python -m benchmarks.attachments [FOLDER…]``: real attachments by type, read as by the pipeline.

Files in the given folders are included. Each kind is compared with the library's own reading, along with the demo portal's
files and one file of each format.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.attachment_kinds import kinds_section
from benchmarks.corpus import CORPORA
from benchmarks.tables import table
from indexer.extract.reasons import sentences
from indexer.extract.sandbox import Sandbox
from indexer.extract.tesseract import tesseract_missing
from indexer.indexing.attachments import with_ocr
from indexer.model import FileState
from indexer.settings import Settings
from tests.extract.parts import files

_FOLDER = CORPORA / "attachments"
_PORTAL = Path(__file__).parents[1] / "demo" / "portal"
_LARGEST = 50_000_000
"""Maximum size in bytes of a file that is tried."""


@dataclass
class _Type:
    files: int = 0
    pages: int = 0
    characters: int = 0
    seconds: float = 0.0
    scans: int = 0
    scan_seconds: float = 0.0
    states: Counter[str] = field(default_factory=Counter)


def section() -> str:
    """Return the table, and the reason for every file without text."""
    types: defaultdict[str, _Type] = defaultdict(_Type)
    reasons = []
    settings = Settings()
    with Sandbox(1, settings.extract_seconds, settings.extract_memory_mb) as sandbox:
        sandbox.extract(
            next(iter(sorted(_FOLDER.iterdir()))), "warm.pdf"
        )  # starting the process is not reading
        for path in sorted(_FOLDER.iterdir()):
            one = types[path.suffix.lstrip(".").upper()]
            start = time.perf_counter()
            found = sandbox.extract(path, path.name)
            one.seconds += time.perf_counter() - start
            if found.unread and tesseract_missing() is None:
                start = time.perf_counter()
                found = with_ocr(found, {number: sandbox.ocr(path, number) for number in found.unread})
                one.scan_seconds += time.perf_counter() - start
                one.scans += sum(page.ocr for page in found.pages)
            one.files += 1
            one.pages += len(found.pages)
            one.characters += sum(len(page.text) for page in found.pages)
            one.states[str(found.state)] += 1
            if found.state not in (FileState.TEXT, FileState.OCR):
                reasons.append(f"{path.name[:8]}… ({found.state}): {'; '.join(sentences(found.problems))}")
    rows = [
        (
            name,
            str(one.files),
            ", ".join(f"{n} {state}" for state, n in one.states.most_common()),
            f"{one.pages:,}",
            f"{one.characters:,}",
            f"{one.pages / one.seconds:,.0f}",
            f"{one.scans / one.scan_seconds * 60:.0f}" if one.scans else "–",
        )
        for name, one in sorted(types.items())
    ]
    said = "Every file is text." if not reasons else "Not text: " + ". ".join(reasons) + "."
    return (
        "## Attachments (`python -m benchmarks.attachments`): 38 real files, one process; target: 100 PDF pages/s\n\n"
        + table(("type", "files", "state", "pages or pieces", "characters", "pages/s", "OCR pages/min"), rows)
        + f"\n\n{said}"
    )


def beside_the_library(folders: Sequence[Path]) -> str:
    """Return the table of all kinds: the corpora's attachments, the demo portal's, one file of each format, and those in
    ``folders``.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files().items():
            (Path(folder) / name).write_bytes(content)
        every = [
            path
            for one in (_FOLDER, _PORTAL, Path(folder), *folders)
            for path in sorted(one.rglob("*"))
            if path.is_file() and 0 < path.stat().st_size < _LARGEST
        ]
        return (
            f"## Kinds of attachments beside the library (`python -m benchmarks.attachments FOLDER`): {len(every):,} files\n\n"
            + kinds_section(every)
        )


if __name__ == "__main__":
    print(beside_the_library([Path(name) for name in sys.argv[1:]]) if sys.argv[1:] else section())
