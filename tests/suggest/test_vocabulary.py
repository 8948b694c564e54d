"""When the words of an index are read again."""

from __future__ import annotations

import threading
from typing import Any, cast

from indexer.errors import EngineError
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
    assert first and first.knows("mua", accents=True)
    second = _commit("ban", held)
    assert reader.read(second) is first
    assert reader.read(second) is first
    held.set()
    until(lambda: reader.read(second) is not first)
    words = reader.read(second)
    assert words and words.knows("ban", accents=True)


def test_the_first_words_are_not_waited_for_longer_than_a_moment() -> None:
    reader, held = VocabularyReader(first_seconds=0.01), threading.Event()
    assert reader.read(_commit("mua", held)) is None
    assert reader.read(_commit("ban", held)) is None, "two threads read them"
    held.set()
    until(lambda: reader.read(_commit("không ai hỏi")) is not None)
    words = reader.read(_commit("bán"))
    assert words and words.knows("mua", accents=True)


def test_words_that_could_not_be_read_are_read_by_the_next_request() -> None:
    class Gone(_Snapshot):
        def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
            raise EngineError("the snapshot has expired")

    reader = VocabularyReader()
    assert reader.read(cast(Any, Gone("mua"))) is None
    assert reader.read(_commit("ban")) is not None


def test_commits_of_a_minute_have_the_same_words() -> None:
    reader = VocabularyReader()
    first = reader.read(_commit("mua"))
    assert reader.read(_commit("ban")) is first
