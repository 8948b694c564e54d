"""Peer: Xapian by its binding for Python (Debian: ``python3-xapian``), in a process of the system's Python."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.peers import lines
from benchmarks.peers.protocol import Document, NotInstalledError, Searcher

_PYTHON = "/usr/bin/python3"
_PROGRAM = Path(__file__).with_name("xapian_program.py")


class Xapian:
    """Title and text as one, words in both forms."""

    title = "Xapian"
    setup = (
        "BM25, title three times; its own analysis does not handle accents, so the indexing program adds every word without"
        " them; snippets mark only words as they were typed"
    )

    def check(self) -> None:
        """Ask the system's Python for the binding."""
        if (
            not Path(_PYTHON).is_file()
            or subprocess.run([_PYTHON, "-c", "import xapian"], capture_output=True).returncode
        ):
            raise NotInstalledError("no binding for the system's Python: Debian's `python3-xapian`")

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents``, then compact."""
        lines.build([_PYTHON, str(_PROGRAM), "build", str(folder)], documents)

    def opened(self, folder: Path) -> AbstractContextManager[Searcher]:
        """Open the database in a process of its own."""
        return lines.opened([_PYTHON, str(_PROGRAM), "serve", str(folder)])
