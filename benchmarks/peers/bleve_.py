"""Peer: Bleve, the usual search library of Go; its program is built with ``go`` from ``bleve/`` beside this module."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from benchmarks.peers import lines
from benchmarks.peers.protocol import Document, NotInstalledError, Searcher

_SOURCES = Path(__file__).with_name("bleve")


class Bleve:
    """Each text under two analyzers."""

    title = "Bleve"
    setup = (
        "title and text each in two fields, as they are and by `asciifolding`; words with accents are looked up in the first,"
        " others in the second"
    )

    def check(self) -> None:
        """Build the program."""
        if not _go():
            raise NotInstalledError("no `go`")
        _program()

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents`` in batches of 1,000."""
        folder.mkdir(parents=True)
        lines.build([_program(), "build", str(folder)], documents)

    def opened(self, folder: Path) -> AbstractContextManager[Searcher]:
        """Open the index in a process of its own."""
        return lines.opened([_program(), "serve", str(folder)])


def _go() -> str | None:
    return shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")


@cache
def _program() -> str:
    place = Path(tempfile.gettempdir(), "tracuu-bench-bleve")
    shutil.copytree(_SOURCES, place, dirs_exist_ok=True)
    built = subprocess.run(
        [str(_go()), "build", "-o", "peer", "."],
        cwd=place,
        env={**os.environ, "GOFLAGS": "-mod=mod"},
        capture_output=True,
        text=True,
    )
    if built.returncode:
        raise NotInstalledError(f"its program can't be built: {built.stderr.strip()[-300:]}")
    return str(place / "peer")
