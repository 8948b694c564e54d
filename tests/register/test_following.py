"""The writer's file of the register is what the whole index says, after whatever was changed."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest

from indexer.engine.opening import open_engine
from indexer.engine.protocol import Snapshot
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.register import writer
from indexer.register.entry import Entry
from indexer.register.file import COMPARED, FILE_NAME, SCHEMA
from indexer.register.gathering import entries_of
from indexer.register.writer import RegisterWriter, fill, held_commits
from indexer.role_settings import Role
from indexer.search.register.request import RegisterRequest
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.upkeep.rebuild import rebuild, roll_back
from indexer.upkeep.verify import verify
from indexer.visible.index import VisibleIndex
from tests.collection import index

_SEED = 20_261_130
_SAYINGS = (
    "Căn cứ Luật Đất đai số 45/2013/QH13 ngày 29 tháng 11 năm 2013.",
    "Căn cứ Luật Đất đai năm 2013.",
    "Luật Nhà ở 2014 được nhắc tới. Theo Nghị định số 9/2022/NĐ-CP.",
    "Bãi bỏ Quyết định số 7/QĐ-UBND ngày 2 tháng 3 năm 2024 của Ủy ban nhân dân tỉnh Lam Giang.",
    "Nghị quyết số 55/2010/QH12 và Luật số 55/2010/QH12 an toàn thực phẩm.",
    "Thông tư 5/2024/TT-BTC thay thế Thông tư số 6/2020/TT-BTC.",
    "ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ\nSơn Khê, ngày 5 tháng 5 năm 2023",
    "",
)
_BORNE = (
    ("Luật Đất đai", "45/2013/QH13", "Luật", "Quốc hội"),
    ("Luật số 65/2014/QH13 luật nhà ở", "65/2014/QH13", "LUẬT", "QUỐC HỘI"),
    ("Quyết định số 7/QĐ-UBND về chợ nổi", "7/QĐ-UBND", "Quyết định", "Ủy ban nhân dân"),
    ("Thông tư 5/2024/TT-BTC quy định mức thu", "05/2024/TT-BTC", "Thông tư", "BỘ TÀI CHÍNH"),
    ("Nghị quyết về an toàn", "55/2010/QH12", "Nghị quyết", "Quốc hội"),
    ("Họp báo về bến đò", None, None, None),
)


def made(chance: random.Random, id: str) -> Article:
    title, number, type, issuer = chance.choice(_BORNE)
    return Article(
        id,
        title,
        " ".join(chance.sample(_SAYINGS, 2)),
        number=number,
        type=type,
        issuer=issuer,
        audience=chance.choice(("public", "public", "staff")),
        published=datetime(chance.choice((2013, 2014, 2023, 2024)), 5, chance.randrange(1, 28), tzinfo=UTC),
    )


def rows(db: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [db.execute(asked).fetchall() for asked in COMPARED]


def wanted(commit: Snapshot) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        fill(db, commit)
        return rows(db)


def check(settings: Settings) -> None:
    with closing(open_engine(settings)) as engine, closing(sqlite3.connect(settings.data / FILE_NAME)) as db:
        assert held_commits(db)[0] == engine.snapshot().content
        for held, gathered in zip(rows(db), wanted(engine.snapshot()), strict=True):
            assert held == gathered


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def gathered() -> Iterator[list[Collection[str] | None]]:
    """The keys of which documents were gathered, None for all."""
    seen: list[Collection[str] | None] = []
    real = entries_of

    def noted(index: VisibleIndex, keys: Collection[str] | None = None) -> Iterator[Entry]:
        seen.append(keys)
        return real(index, keys)

    with mock.patch.object(writer, "entries_of", noted):
        yield seen


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_changed_the_file_is_what_the_whole_index_says(settings: Settings, seed: int) -> None:
    chance = random.Random(_SEED + seed)
    with mock.patch.object(writer, "_LARGE_SHARE", 2.0):  # all is worked out by what was changed
        index(settings, [made(chance, f"{n}") for n in range(30)])
        for _ in range(12):
            if chance.random() < 0.3:
                with open_pipeline(settings) as pipeline:
                    pipeline.remove([f"{chance.randrange(30)}" for _ in range(2)])
            else:
                index(settings, [made(chance, f"{chance.randrange(30)}")])
            check(settings)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_is_followed(settings: Settings, engine: str) -> None:
    settings = replace(settings, engine=engine)  # type: ignore[arg-type]
    chance = random.Random(_SEED)
    index(settings, [made(chance, f"{n}") for n in range(10)])
    index(settings, [made(chance, "3")])
    check(settings)


def test_one_changed_article_has_only_its_documents_gathered(
    settings: Settings, gathered: list[Collection[str] | None]
) -> None:
    article = Article("tin", "Họp báo", "Nghị định số 9/2022/NĐ-CP.")
    index(settings, [article, *(made(random.Random(n), f"{n}") for n in range(20))])
    gathered.clear()
    index(settings, [replace(article, body="Nghị định số 8/2022/NĐ-CP.")])
    assert gathered and all(keys == {"8|2022|NĐ|CP||", "9|2022|NĐ|CP||"} for keys in gathered)
    gathered.clear()
    index(settings, [replace(article, body="Nghị định số 8/2022/NĐ-CP.")])
    assert not gathered, "nothing was changed"


def test_a_writer_that_was_killed_between_index_and_register_shows_nobody_what_was(
    settings: Settings,
) -> None:
    article = Article("qd", "Quyết định số 7/QĐ-TTg về chợ nổi", number="7/QĐ-TTg")
    index(settings, [article])
    with mock.patch.object(RegisterWriter, "follow"):
        index(settings, [replace(article, audience="staff")])
    with closing(open_search(settings)) as service:
        assert service.searcher().directives.register.page(RegisterRequest()).total == 0
        assert service.searcher("staff").directives.register.page(RegisterRequest()).total == 1
    with open_pipeline(settings):
        check(settings)


@pytest.mark.parametrize(("role", "waited"), [("alone", 1.0), ("web", 10.0)])
def test_a_machine_with_a_copy_waits_longer_for_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, role: Role, waited: float
) -> None:
    article = Article("qd", "Quyết định số 7/QĐ-TTg về chợ nổi", number="7/QĐ-TTg")
    index(settings, [article])
    with mock.patch.object(RegisterWriter, "follow"):
        index(settings, [replace(article, audience="staff")])
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr("indexer.register.reader.time", mock.Mock(monotonic=lambda: now, sleep=sleep))
    with closing(open_search(replace(settings, role=role))) as service:
        assert service.searcher().directives.register.page(RegisterRequest()).total == 0
    assert waited <= now < waited + 0.1


def test_who_still_looks_at_the_commit_before_is_told_of_the_next(
    settings: Settings, gathered: list[Collection[str] | None]
) -> None:
    article = Article("qd", "Quyết định số 7/QĐ-TTg về chợ nổi", number="7/QĐ-TTg")
    index(settings, [article])
    with closing(open_search(settings)) as service:
        before = service.searcher().directives.register
        index(settings, [replace(article, audience="staff")])
        gathered.clear()
        assert before.page(RegisterRequest()).total == 0
        assert not gathered


def test_after_a_rebuild_it_is_of_the_new_index(settings: Settings) -> None:
    chance = random.Random(_SEED)
    index(settings, [made(chance, f"{n}") for n in range(10)])
    rebuild(settings)
    check(settings)
    index(settings, [made(chance, "3")])
    check(settings)
    roll_back(settings)
    check(settings)


def test_a_file_that_was_deleted_or_is_of_another_version_is_made_anew(settings: Settings) -> None:
    index(settings, [made(random.Random(_SEED), "1")])
    (settings.data / FILE_NAME).unlink()
    with closing(open_search(settings)) as service:
        assert service.searcher("staff").directives.register.page(RegisterRequest(scope="all")).total > 0
    with open_pipeline(settings):
        check(settings)
    with closing(sqlite3.connect(settings.data / FILE_NAME)) as db:
        db.execute("PRAGMA user_version = 99")
    with open_pipeline(settings):
        check(settings)


def test_an_entry_that_the_index_does_not_say_is_found(settings: Settings) -> None:
    index(settings, [Article("qd", "Quyết định số 7/QĐ-TTg về chợ nổi", number="7/QĐ-TTg")])
    assert list(verify(settings)) == []
    with closing(sqlite3.connect(settings.data / FILE_NAME)) as db, db:
        db.execute("UPDATE entries SET status = 'repealed'")
    assert [finding.part for finding in verify(settings)] == [FILE_NAME]
