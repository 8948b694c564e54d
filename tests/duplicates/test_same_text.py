"""Edited copies are the same text, texts of one template are not."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import edited
from benchmarks.duplicates import judge
from indexer.duplicates import comparison
from indexer.duplicates.shingles import SHINGLES, shingles
from indexer.model import Article, FileState
from indexer.settings import Settings
from indexer.sources.opening import open_source
from indexer.stored.article import StoredArticle, StoredFile
from tests.demo.test_portal import TAKEN_OVER

NOTICE = StoredArticle(
    "a",
    "a",
    "Lịch ngừng cấp nước tại phường Hòa An",
    body="Công ty cấp nước Lam Giang thông báo ngừng cấp nước để đấu nối đường ống mới trên đường Trần Phú, phường"
    " Hòa An. Thời gian từ 8 giờ đến 17 giờ ngày 12/5/2024. Các hộ dân dự trữ nước đủ dùng trong ngày, khóa van khi"
    " không sử dụng. Khu vực cuối nguồn có thể có nước chậm hơn hai giờ so với kế hoạch. Mọi phản ánh xin gọi số"
    " 19001234, công ty trực suốt ngày đêm. Rất mong người dân thông cảm và chia sẻ với đơn vị thi công.",
)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(NOTICE, id="itself"),
        pytest.param(replace(NOTICE, title="Phường Hòa An ngừng cấp nước"), id="another headline"),
        pytest.param(
            replace(NOTICE, body=f"(Báo Lam Giang) - {NOTICE.body} Xem thêm tin khác."), id="framed"
        ),
        pytest.param(replace(NOTICE, body=NOTICE.body.replace("Hòa", "Hoà").lower()), id="letters"),
        pytest.param(replace(NOTICE, body=NOTICE.body[: NOTICE.body.rindex("Rất mong")]), id="shortened"),
        pytest.param(replace(NOTICE, numbers=("12/TB-CN",)), id="one of them tells its number"),
    ],
)
def test_edited_copies_are_the_same_text(other: StoredArticle) -> None:
    assert same_text(NOTICE, other)
    assert same_text(other, NOTICE)


def same_text(one: StoredArticle, other: StoredArticle) -> bool:
    return comparison.same_text(comparison.Text(one), comparison.Text(other))


def _file(name: str) -> StoredFile:
    return StoredFile(name, 0, FileState.TEXT, "application/pdf", 9, name)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            replace(
                NOTICE,
                title="Lịch ngừng cấp nước tại phường Phú Lộc",
                body=NOTICE.body.replace("Hòa An", "Phú Lộc")
                .replace("Trần Phú", "Bến Chợ")
                .replace("12/5/2024", "19/6/2025")
                .replace("8 giờ", "6 giờ"),
            ),
            id="another place and day",
        ),
        pytest.param(replace(NOTICE, body="Công ty cấp nước thông báo."), id="its first words"),
        pytest.param(replace(NOTICE, audience="staff"), id="for staff"),
        pytest.param(replace(NOTICE, title=f"Góp ý Dự thảo {NOTICE.title}"), id="its draft"),
    ],
)
def test_other_texts_are_not(other: StoredArticle) -> None:
    assert not same_text(NOTICE, other)
    assert not same_text(other, NOTICE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"numbers": ("1/TB-CN",)}, {"numbers": ("2/TB-CN",)}, id="numbers"),
        pytest.param({"files": (_file("1.pdf"),)}, {"files": (_file("2.pdf"),)}, id="files"),
        pytest.param({"title": "Bản tin ngày 1/5"}, {"title": "Bản tin ngày 2/5"}, id="days of the headline"),
    ],
)
def test_what_differs_both_ways_tells_apart(one: dict[str, object], other: dict[str, object]) -> None:
    assert not same_text(replace(NOTICE, **one), replace(NOTICE, **other))  # type: ignore[arg-type]


def test_shingles_are_few_and_shared_by_copies() -> None:
    text = [f"t{n * n % 97}" for n in range(300)]
    found = shingles(text)
    assert len(found) == SHINGLES
    assert found == shingles(text)
    assert len(set(found) & set(shingles(text[:140] + text[150:]))) >= SHINGLES // 2
    assert shingles(text[:10]) == ()


def test_copies_of_the_demo_portal_are_found(tmp_path: Path) -> None:
    portal = open_source(str(Path(__file__).parents[2] / "demo" / "portal"), Settings())
    copies = {name.rpartition(".")[0] for name in TAKEN_OVER}
    articles = [item for item in portal.items() if isinstance(item, Article) and item.id not in copies]
    originals = [(article.title, article.body) for article in articles]
    assert len(originals) > 40
    found = judge(originals, tmp_path)
    assert found.precision >= 0.98
    assert found.recall >= 0.9


def test_a_template_keeps_the_words() -> None:
    text = (NOTICE.title, NOTICE.body)
    other = edited.of_template(text, random.Random(1))
    assert len(other[1].split()) == len(NOTICE.body.split())
    assert other != text
