"""Peers written in other languages: questions and answers are lines of JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from benchmarks.peers.protocol import HITS, Document, Page, Searcher


def build(command: Sequence[str], documents: Iterable[Document]) -> None:
    """Pass ``documents`` to ``command``, one per line; raises CalledProcessError if it fails."""
    program = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    assert program.stdin
    with program.stdin as lines:
        for one in documents:
            lines.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    if program.wait():
        raise subprocess.CalledProcessError(program.returncode, command)


@contextmanager
def opened(command: Sequence[str]) -> Iterator[Searcher]:
    """Run ``command``, which answers each line with a line, until the block ends."""
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield _Searcher(program)
    finally:
        program.communicate()


class _Searcher:
    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def page(self, text: str) -> Page:
        """Ask for ten hits with facets and snippets."""
        answer = self._ask("page", text, HITS)
        return Page(answer["total"], tuple(answer["ids"]), answer["facet_values"], answer["snippets"])

    def matching(self, text: str) -> frozenset[str]:
        """Ask for everything that holds all words."""
        return frozenset(self._ask("matching", text, 0)["ids"])

    def ranked(self, text: str, depth: int) -> list[str]:
        """Ask for the best that hold any word."""
        return list(self._ask("ranked", text, depth)["ids"])

    def shown(self, text: str) -> list[str]:
        """Best hits of any word."""
        return self.ranked(text, HITS)

    def _ask(self, kind: str, text: str, depth: int) -> dict[str, Any]:
        assert self._program.stdin and self._program.stdout
        question = {"kind": kind, "text": text, "depth": depth}
        self._program.stdin.write(json.dumps(question, ensure_ascii=False) + "\n")
        self._program.stdin.flush()
        answer: dict[str, Any] = json.loads(self._program.stdout.readline())
        return answer
