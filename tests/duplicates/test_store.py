"""Which text an article carries: kept through changes, removals, replays and the loss of the store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from indexer.duplicates import store
from indexer.duplicates.store import FILE_NAME
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index
from tests.duplicates.test_same_text import NOTICE


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", engine=request.param)


def notice(id: str, day: int, **more: object) -> Article:
    published = datetime.fromisoformat(f"2024-05-{day:02d}T08:00:00+07:00")
    values = {"title": NOTICE.title, "body": NOTICE.body, "sources": (f"{id}.example",), **more}
    return Article(id, published=published, **values)  # type: ignore[arg-type]


OTHER = notice("khac", 20, title="Cấp nước sạch", body="Nhà máy nước Hòa An khánh thành. " * 12)
COPIES = [notice("c", 9), notice("a", 7), notice("b", 8, body=f"(Báo) - {NOTICE.body}"), OTHER]


def groups(service: SearchService, text: str = "cấp nước Hòa An", **more: object) -> dict[str, set[str]]:
    response = service.search(SearchRequest(text, **more))  # type: ignore[arg-type]
    assert response.total - response.folded == len(response.hits)
    return {hit.id: {copy.id for copy in hit.copies} for hit in response.hits}


def test_copies_are_one_result_under_the_earliest(settings: Settings) -> None:
    index(settings, COPIES)
    service = open_search(settings)
    assert groups(service) == {"a": {"b", "c"}, "khac": set()}
    response = service.search(SearchRequest("cấp nước Hòa An"))
    assert (response.total, response.folded) == (4, 2)
    assert [copy.source for hit in response.hits for copy in hit.copies] == [("b.example",), ("c.example",)]
    assert groups(service, source=("c.example",)) == {"c": {"a", "b"}}
    assert groups(service, source=("c.example", "b.example")) == {"b": {"a", "c"}}
    assert list(groups(service, sort="newest")) == ["khac", "c"]
    assert list(groups(service, sort="oldest")) == ["a", "khac"]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 3, 1, 0), (3, 2, 1, 0)])
def test_in_whatever_order_they_come_one_by_one(settings: Settings, order: tuple[int, ...]) -> None:
    for number in order:
        index(settings, [COPIES[number]])
    assert groups(open_search(settings)) == {"a": {"b", "c"}, "khac": set()}


def test_pages_of_folded_results_neither_overlap_nor_leave_out(settings: Settings) -> None:
    many = [notice(f"n{i}-{j}", 1 + j, title=f"Đợt {i + 1}", body=body) for i, body in enumerate(_BODIES)
            for j in range(5)]  # fmt: skip
    index(settings, many)
    service = open_search(settings)
    for sort in ("relevance", "newest", "oldest"):
        pages = [
            service.search(SearchRequest("thông báo", sort=sort, size=3, page=page)).hits
            for page in range(1, 6)
        ]
        found = [hit.id.split("-")[0] for page in pages for hit in page]
        assert sorted(found) == [f"n{i}" for i in range(8)]
        assert all(len(hit.copies) == 4 for page in pages for hit in page)


_BODIES = [
    "Thông báo " + " ".join(f"{word} {other}" for other in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"))
    for word in ("chợ", "cầu", "trường", "bến", "đền", "sông", "núi", "làng")
]  # fmt: skip


def test_a_changed_article_leaves_its_text_and_comes_back(settings: Settings) -> None:
    index(settings, COPIES)
    for id in ("a", "c"):
        article = next(one for one in COPIES if one.id == id)
        index(settings, [replace(article, body=OTHER.body.replace("khánh thành", "sửa chữa xong"))])
        rest = {"a", "b", "c"} - {id}
        found = groups(open_search(settings), "đấu nối")
        assert {frozenset({id, *others}) for id, others in found.items()} == {frozenset(rest)}
        index(settings, [article])
        assert groups(open_search(settings)) == {"a": {"b", "c"}, "khac": set()}


def test_a_removed_article_is_a_copy_no_longer(settings: Settings) -> None:
    index(settings, COPIES)
    with open_pipeline(settings) as pipeline:
        assert pipeline.remove(["a"]) == ["a"]
    assert groups(open_search(settings)) == {"b": {"c"}, "khac": set()}
    index(settings, [COPIES[1]])
    assert groups(open_search(settings)) == {"a": {"b", "c"}, "khac": set()}


def test_a_lost_store_is_made_anew(settings: Settings) -> None:
    index(settings, COPIES[:3])
    (settings.data / FILE_NAME).unlink()
    index(settings, [OTHER, notice("d", 10)])
    assert groups(open_search(settings)) == {"a": {"b", "c", "d"}, "khac": set()}


def test_what_is_not_committed_is_placed_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    index(settings, COPIES[:1])

    def no_commit(*_: object) -> None:
        raise RuntimeError("the disk went away")

    with monkeypatch.context() as patch:
        patch.setattr(store.DuplicateStore, "commit", no_commit)
        with pytest.raises(RuntimeError):
            index(settings, COPIES[1:])
    index(settings, [])
    assert groups(open_search(settings)) == {"a": {"b", "c"}, "khac": set()}


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Settings, Settings]]:
    one, other = (Settings(data=tmp_path / "data", engine=engine) for engine in ENGINES[:2])
    yield one, other


def test_two_engines_share_the_store(both: tuple[Settings, Settings]) -> None:
    one, other = both
    index(one, COPIES[:1])
    index(other, COPIES[1:2])
    index(one, COPIES[2:])
    index(other, [])
    for settings in both:
        assert groups(open_search(settings)) == {"a": {"b", "c"}, "khac": set()}


def test_a_copy_for_staff_is_named_to_nobody(settings: Settings) -> None:
    index(settings, [*COPIES, notice("noi-bo", 1, audience="staff")])
    assert groups(open_search(settings)) == {"a": {"b", "c"}, "khac": set()}
