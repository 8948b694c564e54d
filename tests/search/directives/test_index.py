"""What the index knows of documents: golden cases on every engine."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.contract.directive_json import directive_json
from indexer.errors import NotFoundError
from indexer.model import Article
from indexer.search.directives.index import DirectiveIndex
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index

DIRECTIVE = "Chỉ thị số 38-CT/TW ngày 19/9/2019 của Ban Bí thư"
ARTICLES = {
    "ke-hoach": ("Kế hoạch 74", f"Kế hoạch thực hiện {DIRECTIVE}, theo Luật Đất đai năm 2024.", "74/KH-UBND"),
    "tin-1": ("Hội nghị", f"Thành phố quán triệt {DIRECTIVE}.", None),
    "tin-2": ("Nhắc lại", "Theo Chỉ thị số 38-CT/TW ngày 5/6/2009 của Ban Bí thư.", None),
    "tin-3": ("Hộ tịch", "Thông tư số 2/2024/TT-BTP thay thế Thông tư số 6/2019/TT-BTP.", None),
    "tin-4": ("Góp ý", "Bộ đề nghị bãi bỏ Thông tư số 9/2019/TT-BTP.", None),
    "tin-5": ("Lâm Đồng", "UBND tỉnh Lâm Đồng có Quyết định số 1/QĐ-UBND.", None),
    "tin-6": ("Hòa Bình", "Theo Quyết định số 1/QĐ-UBND của UBND tỉnh Hòa Bình.", None),
    "noi-bo": ("Nội bộ", "Theo Chỉ thị số 7-CT/TW.", None),
}


@pytest.fixture(scope="module", params=ENGINES)
def directives(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> DirectiveIndex:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    day = datetime.fromisoformat("2024-03-06T08:00:00+07:00")
    articles = [
        Article(
            id, title, body, number=number, published=day, audience="staff" if id == "noi-bo" else "public"
        )
        for id, (title, body, number) in ARTICLES.items()
    ]
    index(settings, articles)
    return open_search(settings).searcher().directives


@pytest.mark.parametrize(
    "typed", ["38-CT/TW", "38/CT-TW", "chi thi 38 tw", "38-ct-tw", "Chỉ thị số 38 của Ban Bí thư"]
)
def test_every_way_of_typing_leads_to_the_directive(directives: DirectiveIndex, typed: str) -> None:
    view = directives.view(typed)
    assert (view.card.label, view.card.cited_by) == ("Chỉ thị 38-CT/TW", 3)
    assert view.card.by_relation == {"according_to": 1, "carries_out": 2}
    assert view.timeline == ((2024, 3),)


def test_one_number_of_two_years_gives_a_choice(directives: DirectiveIndex) -> None:
    view = directives.view("38-CT/TW")
    assert {(variant.year, variant.articles) for variant in view.variants} == {(2019, 2), (2009, 1)}
    assert directives.view("38-CT/TW", year=2009).card.cited_by == 1


def test_one_number_of_two_places_gives_a_choice(directives: DirectiveIndex) -> None:
    assert {variant.place for variant in directives.view("1/QĐ-UBND").variants} == {"Lâm Đồng", "Hòa Bình"}


def test_a_file_name_leads_to_the_article_that_bears_the_number(directives: DirectiveIndex) -> None:
    view = directives.view("74-UBND-KH.signed")
    assert [article.id for article in view.card.texts] == ["ke-hoach"]
    acts_on = {relation: [one.label for one in named] for relation, named in view.acts_on}
    assert acts_on == {"according_to": ["Luật Đất đai năm 2024"], "carries_out": ["Chỉ thị 38-CT/TW"]}


def test_a_letter_of_the_planning_department_is_only_alike(directives: DirectiveIndex) -> None:
    view = directives.view("74/UBND-KH")
    assert not view.card.texts and [one.label for one in view.alike] == ["Kế hoạch 74/KH-UBND"]


def test_legal_status_is_what_a_sentence_says(directives: DirectiveIndex) -> None:
    replaced = directives.view("6/2019/TT-BTP")
    assert replaced.card.legal_status.status == "Hết hiệu lực toàn bộ"
    assert replaced.card.legal_status.sentence == ARTICLES["tin-3"][1]
    assert [(relation, [one.label for one in by]) for relation, by in replaced.acted_on_by] == [
        ("replaces", ["Thông tư 2/2024/TT-BTP"])
    ]
    assert directives.view("9/2019/TT-BTP").card.legal_status.status == "Chưa rõ"  # asked for, not done
    assert directives.view("38-CT/TW").card.legal_status.status is None  # the Party's papers have none


def test_missing_are_those_that_no_article_bears(directives: DirectiveIndex) -> None:
    missing = {one.label: one.articles for one in directives.ranked.missing(50)}
    assert missing["Chỉ thị 38-CT/TW"] == 3 and "Kế hoạch 74/KH-UBND" not in missing
    assert next(iter(missing)) == "Chỉ thị 38-CT/TW"


def test_what_only_staff_may_see_is_cited_by_nobody(directives: DirectiveIndex) -> None:
    assert "Chỉ thị 7-CT/TW" not in {one.label for one in directives.ranked.missing(50)}
    with pytest.raises(NotFoundError):
        directives.view("7-CT/TW")


@pytest.mark.parametrize("typed", ["999/QĐ-TTg", "không phải số", "", "law:khong_co", "/" * 1000])
def test_what_nobody_knows_is_not_found(directives: DirectiveIndex, typed: str) -> None:
    with pytest.raises(NotFoundError):
        directives.view(typed)


def test_every_address_leads_back(directives: DirectiveIndex) -> None:
    for one in directives.ranked.missing(50):
        assert directives.view(one.slug).card.key == one.key
    document = directive_json(directives.view("38-CT/TW"))
    assert document["url"] == "/api/v1/directives/38-ct-tw"
    assert document["cited_by"]["articles"]["carries_out"][0]["url"].startswith("/articles/")
