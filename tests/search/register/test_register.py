"""The register of documents on every engine: one entry a document, in one spelling, with counts that add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from indexer.model import Article, Attachment, Particulars
from indexer.search.register.register import Register
from indexer.search.register.request import RegisterRequest
from indexer.search.service import SearchService
from indexer.settings import ENGINES, Settings
from tests.collection import index, served


def _article(id: str, title: str, body: str = "", day: str = "2024-03-06", **more: object) -> Article:
    published = datetime.fromisoformat(f"{day}T00:00:00+07:00")
    return Article(id, title, body, published=published, **more)  # type: ignore[arg-type]


ARTICLES = (
    _article("luat-1", "Luật số 11/2023/QH15 về cây xanh", issuer="Quốc hội", number="11/2023/QH15", type="Luật",
             day="2023-06-20"),
    _article("luat-2", "Luật số 12/2023/QH15 về cầu phao", issuer="QUỐC HỘI", number="12/2023/QH15", type="LUẬT",
             day="2023-06-21", url="https://congbao.example/12"),
    _article("tt", "Thông tư 5/2024/TT-BTC quy định mức thu phí bến", "Thông tư này quy định mức thu.",
             number="05/2024/TT-BTC", type="Thông tư", issuer="BỘ TÀI CHÍNH",
             particulars=Particulars(issued="2024-02-01", effective="2024-04-01")),
    _article("tt-lai", "Bến đò có mức phí mới", "Theo Luật số 11/2023/QH15.", number="5/2024/TT-BTC", type="Thông tư",
             day="2024-03-09"),
    _article("qd-a", "Quyết định số 7/QĐ-UBND về chợ nổi", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG\nLam Giang, ngày 2 tháng 3 năm 2024",
             number="7/QĐ-UBND", type="Quyết định", sources=("a.example",)),
    _article("qd-b", "Quyết định số 7/QĐ-UBND về đèn đường", "ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ\nSơn Khê, ngày 5 tháng 5 năm 2023",
             number="7/QĐ-UBND", type="Quyết định", sources=("b.example",), day="2023-05-06"),
    _article("nham-1", "PHÁP LỆNH ĐÈN BIỂN", number="51/2001/PL-UBTVQH10", type="Pháp lệnh", day="2006-06-29"),
    _article("nham-2", "PHÁP LỆNH BẾN ĐÒ", number="51/2001/PL-UBTVQH10", type="Pháp lệnh", day="2001-12-25"),
    _article("tin", "Họp báo về bến đò", "Nghị định số 9/2022/NĐ-CP và Luật số 11/2023/QH15 được nhắc tới."),
    _article("hai-so", "Hai văn bản mới về chợ", attachments=(Attachment("81-KH-UBND.pdf"), Attachment("82-KH-UBND.pdf"))),
    _article("mat", "Quyết định số 99/QĐ-TTg về kho lạnh", "Nghị định số 98/2021/NĐ-CP.", number="99/QĐ-TTg", audience="staff"),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture(scope="module")
def register(service: SearchService) -> Register:
    return service.searcher().directives.register


def labels(register: Register, **asked: object) -> list[str]:
    return [entry.label for entry in register.page(RegisterRequest(**asked)).entries]  # type: ignore[arg-type]


def counts(register: Register, facet: str, **asked: object) -> dict[str, int]:
    values = register.page(RegisterRequest(**asked)).facets[facet]  # type: ignore[arg-type]
    return {value.value: value.count for value in values}


def test_two_spellings_of_an_issuer_and_a_type_are_one(register: Register) -> None:
    assert counts(register, "issuer")["Quốc hội"] == 2 and "QUỐC HỘI" not in counts(register, "issuer")
    assert counts(register, "type")["Luật"] == 2
    for spelled in ("Quốc hội", "QUỐC HỘI", "quốc  hội"):
        assert labels(register, issuer=(spelled,)) == ["Luật 12/2023/QH15", "Luật 11/2023/QH15"]


def test_two_spellings_of_a_number_are_one_entry(register: Register) -> None:
    (entry,) = register.page(RegisterRequest(type=("Thông tư",))).entries
    assert [one.address for one in entry.bearers] == ["/articles/tt", "/articles/tt-lai"]
    assert (entry.subject, entry.issued, entry.effective) == (
        "Quy định mức thu phí bến",
        "2024-02-01",
        "2024-04-01",
    )
    assert (entry.issuers, entry.year, entry.kept) == (("Bộ Tài chính",), "2024", "article")


def test_one_number_of_two_places_is_two_documents(register: Register) -> None:
    found = register.page(RegisterRequest(type=("Quyết định",), sort="oldest")).entries
    assert [(entry.subject, entry.issuers) for entry in found] == [
        ("Về đèn đường", ("Ủy ban nhân dân Sơn Khê",)), ("Về chợ nổi", ("Ủy ban nhân dân Lam Giang",)),
    ]  # fmt: skip
    assert [entry.variant["place"][0].casefold() for entry in found] == ["sơn khê", "lam giang"]
    assert all(entry.cited_by is None for entry in found), "nothing tells which of them is cited"


def test_a_title_is_no_subject_of_two_documents(register: Register) -> None:
    found = register.page(RegisterRequest(type=("Kế hoạch",))).entries
    assert len(found) == 2 and all(entry.subject is None for entry in found)


def test_two_titles_of_one_number_tell_no_subject(register: Register) -> None:
    (entry,) = register.page(RegisterRequest(type=("Pháp lệnh",))).entries
    assert entry.subject is None and len(entry.bearers) == 2


def test_what_is_only_cited_is_there_when_asked_for(register: Register) -> None:
    assert labels(register, scope="missing") == ["Nghị định 9/2022/NĐ-CP"]
    everything = register.page(RegisterRequest(scope="all", sort="cited"))
    assert everything.entries[0].label == "Luật 11/2023/QH15" and everything.entries[0].cited_by == 2
    assert everything.total == everything.scopes["held"] + everything.scopes["missing"]


def test_counts_are_what_ticking_leads_to(register: Register) -> None:
    for facet in ("type", "year", "issuer", "kept"):
        for value, n in counts(register, facet, year=("2023",)).items():
            asked = {"year": ("2023",), facet: (value,)}
            assert register.page(RegisterRequest(**asked)).total == n  # type: ignore[arg-type]
    assert counts(register, "type", year=("2023",)) == {"Luật": 2, "Quyết định": 1}


def test_orders_and_pages(register: Register) -> None:
    newest = labels(register, size=100)
    assert labels(register, size=2) + labels(register, size=2, page=2) == newest[:4]
    assert labels(register, page=9) == []
    numbers = labels(register, sort="number", type=("Luật", "Thông tư"))
    assert numbers == ["Thông tư 05/2024/TT-BTC", "Luật 11/2023/QH15", "Luật 12/2023/QH15"]


@pytest.mark.parametrize("text", ["phi ben", "05/2024", "5/2024/tt", "PHÍ BẾN tài chính"])
def test_words_of_number_subject_and_issuer(register: Register, text: str) -> None:
    assert labels(register, text=text) == ["Thông tư 05/2024/TT-BTC"]


def test_what_is_for_staff_is_in_their_register_only(service: SearchService, register: Register) -> None:
    assert not labels(register, text="99/QĐ-TTg", scope="all") and not labels(
        register, text="98/2021", scope="all"
    )
    of_staff = service.searcher("staff").directives.register
    assert labels(of_staff, text="99/QĐ-TTg") == ["Quyết định 99/QĐ-TTg"]
