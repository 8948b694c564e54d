"""When the words of an index are read again."""

from __future__ import annotations

import threading
from typing import Any, cast

from indexer.suggest.vocabulary import VocabularyReader
from tests.waiting import until


class _Snapshot:
    """A commit whose terms are read when it is told so."""

    def __init__(self, generation: str, held: threading.Event | None = None) -> None:
        self.generation = generation
        self._held = held

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        if self._held is not None:
            assert self._held.wait(30)
        return [(f"{prefix}{self.generation}", 7)]

    def count(self) -> int:
        return 7


def _commit(generation: str, held: threading.Event | None = None) -> Any:
    return cast(Any, _Snapshot(generation, held))


def test_a_later_commit_is_read_beside_the_requests_that_have_the_older_words_meanwhile() -> None:
    reader, held = VocabularyReader(kept_seconds=0), threading.Event()
    first = reader.read(_commit("mua"))
    assert first.knows("mua", accents=True)
    second = _commit("ban", held)
    assert reader.read(second) is first
    assert reader.read(second) is first
    held.set()
    until(lambda: reader.read(second) is not first)
    assert reader.read(second).knows("ban", accents=True)


def test_commits_of_a_minute_have_the_same_words() -> None:
    reader = VocabularyReader()
    first = reader.read(_commit("mua"))
    assert reader.read(_commit("ban")) is first
