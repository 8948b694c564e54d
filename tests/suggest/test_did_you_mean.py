"""Did you mean, on both engines: slips of all kinds are mended, what is right is left alone."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.suggestions import judge, slips
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index


@pytest.fixture(scope="module", params=ENGINES)
def service(demo: Settings, request: pytest.FixtureRequest) -> Iterator[SearchService]:
    """The demo portal; the other engine gets its index out of the same catalog."""
    settings = replace(demo, engine=request.param)
    with open_pipeline(settings):
        pass
    with closing(open_search(settings)) as service:
        yield service


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        pytest.param("thủ tucj hành chính", "thủ tục hành chính", id="Telex"),
        pytest.param("bao3 hiem63 y te61", "bảo hiểm y tế", id="VNI"),
        pytest.param("thur tucj hanhf chinhs", "thủ tục hành chính", id="Telex throughout"),
        pytest.param("bảo hểm y tế", "bảo hiểm y tế", id="letter left out"),
        pytest.param("tuyển sihn lớp 10", "tuyển sinh lớp 10", id="letters swapped"),
        pytest.param("khaai sinh", "khai sinh", id="letter doubled"),
        pytest.param("lễ hôii đèn lồngg", "lễ hội đèn lồng", id="two slips"),
        pytest.param("bảohiểm y tế", "bảo hiểm y tế", id="blank left out"),
        pytest.param("cải cách hành chánh", "cải cách hành chính", id="southern"),
        pytest.param("Thủ tucj Hành chính", "Thủ tục Hành chính", id="capitals stay"),
        pytest.param("thu tuc hanh chinh", "thủ tục hành chính", id="accents restored"),
    ],
)
def test_suggests(service: SearchService, query: str, suggestion: str) -> None:
    assert service.search(SearchRequest(query)).query.suggestion == suggestion


@pytest.mark.parametrize(
    "query",
    [
        "thủ tục hành chính", "ubnd thành phố", "q1", "quy3", "bus", "tax", "15/CT-UBND", '"lễ hôi"', "lễ hội -đèn",
        "tiêu đề:lễ hôi", "", "*", "xyzzy qwrtp", "a" * 300,
    ],
)  # fmt: skip
def test_leaves_alone(service: SearchService, query: str) -> None:
    assert service.search(SearchRequest(query)).query.suggestion is None


@pytest.mark.slow
def test_mends_most_slips_in_titles(service: SearchService) -> None:
    titles = [hit.title.text for hit in service.search(SearchRequest("*", size=100)).hits]
    asked, right, _ = judge(service, slips(titles, 150))
    assert right.total() / asked.total() > 0.85
    meant = [query for _, _, query in slips(titles, 150) if not query.isascii()]
    assert not [query for query in meant if service.search(SearchRequest(query)).query.suggestion]


def test_never_from_what_only_staff_may_see(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    index(
        settings,
        [Article("a", "", "kế hoạch kiểm tra đột xuất", audience="staff"), Article("b", "", "kế hoạch năm")],
    )
    service = open_search(settings)
    assert service.search(SearchRequest("kiểm tra đột xuaats")).query.suggestion is None
