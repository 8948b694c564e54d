"""How long files of each kind take to read, and how much memory they need, compared with the library in place of our readers.

Each kind has two processes, one for each way of reading, which take turns file by file. The time covers type detection, text
and title, and for our readers also annotations; it excludes OCR, signatures and the transfer between processes. It is processor
time, which hardly depends on the load of the machine.
"""

from __future__ import annotations

import logging
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.pool import Pool
from pathlib import Path

from benchmarks.tables import table

_MEMORY = 3000 << 20
_SECONDS = 30
_QUICK = 0.2
"""Seconds below which a file is read twice more, and the best time counts."""
_LIMIT, _LIMIT_OF_WORD = 1.5, 2.0
Job = Callable[[str, str], float]


@dataclass
class _Kind:
    ours: list[float] = field(default_factory=list)
    library: list[float] = field(default_factory=list)
    ours_mb: float = 0.0
    library_mb: float = 0.0
    unread: int = 0

    def row(self, name: str) -> tuple[str, ...]:
        ratio = statistics.median(self.ours) / statistics.median(self.library)
        return (
            name, str(len(self.ours)), _ms(statistics.median(self.ours)), _ms(statistics.median(self.library)),
            f"{ratio:.2f}", _ms(_p95(self.ours)), _ms(_p95(self.library)), f"{self.ours_mb:,.0f}", f"{self.library_mb:,.0f}",
        )  # fmt: skip


class _Reader:
    """A process that reads files; it is replaced if a file kills it."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._pool = _new()
        self.peak_mb = 0.0

    def read(self, path: Path, media_type: str) -> float | None:
        """Return the seconds it takes, None if the file cannot be read."""
        try:
            return self._pool.apply_async(self._job, (str(path), media_type)).get(_SECONDS)
        except multiprocessing.TimeoutError:
            self._pool.terminate()
            self._pool = _new()
            return None
        except Exception:
            return None

    def close(self) -> None:
        """End the process, and record its peak memory."""
        self.peak_mb = self._pool.apply(_peak_mb)
        self._pool.terminate()


def _new() -> Pool:
    return multiprocessing.get_context("spawn").Pool(1, _begin)


def kinds_section(files: Iterable[Path]) -> str:
    """Return the table of ``files`` by kind."""
    groups: dict[str, list[tuple[Path, str]]] = {}
    for path in files:
        if found := _kind(path):
            name, media_type = found
            groups.setdefault(name, []).append((path, media_type))
    rows = []
    slow = []
    for name, group in sorted(groups.items()):
        kind = _measured(group)
        if not kind.ours:
            continue
        rows.append(kind.row(name))
        limit = _LIMIT_OF_WORD if name == "DOCX" else _LIMIT
        if statistics.median(kind.ours) > limit * statistics.median(kind.library):
            slow.append(name)
    heads = (
        "kind",
        "files",
        "median ms",
        "the library's",
        "ratio",
        "p95 ms",
        "the library's",
        "peak MB",
        "the library's",
    )
    said = f"Slower than 1.5 times the library's median (DOCX: twice): {', '.join(slow) or 'none'}."
    return f"{table(heads, rows)}\n\n{said} Files that one of the two can't read are left out."


def _measured(group: Sequence[tuple[Path, str]]) -> _Kind:
    kind = _Kind()
    ours, library = _Reader(_ours), _Reader(_library)
    ours.read(*group[0])  # imports are not reading
    library.read(*group[0])
    for path, media_type in group:
        mine, theirs = ours.read(path, media_type), library.read(path, media_type)
        if mine is None or theirs is None:
            kind.unread += 1
            continue
        kind.ours.append(mine)
        kind.library.append(theirs)
    ours.close()
    library.close()
    kind.ours_mb, kind.library_mb = ours.peak_mb, library.peak_mb
    return kind


def _kind(path: Path) -> tuple[str, str] | None:
    """Return the name of a file's kind and its media type, None if it is not a document."""
    from indexer.extract.archives import ARCHIVES
    from indexer.extract.containers import ENCRYPTED_OFFICE
    from indexer.extract.formats.library import sniff
    from indexer.extract.kinds import UNKNOWN, media_type_of

    try:
        media_type = media_type_of(path, path.name, sniff)
    except (ValueError, OSError):
        return None
    if media_type in ARCHIVES | {UNKNOWN, ENCRYPTED_OFFICE} or media_type.startswith("image/"):
        return None
    return _NAMES.get(media_type, media_type.rpartition("/")[2]), media_type


_OPEN_XML, _ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
_NAMES = {
    "application/pdf": "PDF", "application/msword": "DOC", "application/vnd.ms-excel": "XLS", "text/html": "HTML",
    "application/vnd.ms-powerpoint": "PPT", "application/vnd.ms-outlook": "MSG", "message/rfc822": "EML",
    "application/rtf": "RTF", "text/plain": "TXT", "text/csv": "CSV", "application/vnd.ms-xpsdocument": "XPS",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": "XLSB", _OPEN_XML + "wordprocessingml.document": "DOCX",
    _OPEN_XML + "spreadsheetml.sheet": "XLSX", _OPEN_XML + "presentationml.presentation": "PPTX", _ODF + "text": "ODT",
    _ODF + "spreadsheet": "ODS", _ODF + "presentation": "ODP",
}  # fmt: skip


def _begin() -> None:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def _ours(path: str, _media_type: str) -> float:
    from indexer.extract.details import wanted, with_details
    from indexer.extract.reader import details, read_text
    from indexer.model import FileState

    def read() -> None:
        found = read_text(Path(path), path)
        if found.state is not FileState.TEXT:
            raise ValueError("no text")
        with_details(found, details(Path(path), wanted(found)))

    return _best(read)


def _library(path: str, media_type: str) -> float:
    from indexer.extract.formats.library import by_library, sniff
    from indexer.extract.kinds import media_type_of
    from indexer.extract.properties import properties

    def read() -> None:
        media_type_of(Path(path), path, sniff)
        by_library(Path(path), media_type)
        properties(Path(path), media_type)

    return _best(read)


def _best(read: Callable[[], object]) -> float:
    times: list[float] = []
    while not times or (len(times) < 3 and times[0] < _QUICK):
        start = time.process_time()
        read()
        times.append(time.process_time() - start)
    return min(times)


def _peak_mb() -> float:
    # The kernel's counter for a process starts with that of its parent; this is its own.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"
