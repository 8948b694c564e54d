"""Published lists of documents that are in force no longer: rows, items and sentences, whole and in part."""

from __future__ import annotations

import pytest

from indexer.directives.citations import ForceLists, find_citations

ROWS = """DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC, NGƯNG HIỆU LỰC TOÀN BỘ HOẶC MỘT PHẦN NĂM 2023
A. VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC TOÀN BỘ NĂM 2023
STT Tên loại Số, ký hiệu Lý do
1 Quyết định 12/2015/QĐ-UBND ngày 08/12/2015 Về giá chợ Bị thay thế bởi Quyết định số 7/2023/QĐ-UBND
2 Quyết định 13/2016/QĐ-UBND ngày 08/12/2016 Về phí chợ
| 3 | Nghị quyết | số 14/2016/NQ-HĐND | Về bến bãi |
B. VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC MỘT PHẦN NĂM 2023
1 Quyết định 15/2018/QĐ-UBND ngày 01/02/2018 Về đường chợ Điều 5
C. VĂN BẢN QUY PHẠM PHÁP LUẬT NGƯNG HIỆU LỰC NĂM 2023
1 Quyết định 16/2019/QĐ-UBND ngày 01/02/2019 Về quầy chợ"""
ITEMS = """Điều 1. Công bố các văn bản sau đây của Ủy ban nhân dân tỉnh Lam Giang hết hiệu lực toàn bộ:
1. Quyết định số 12/2015/QĐ-UBND ngày 08/12/2015 về giá chợ;
2. Quyết định số 13/2016/QĐ-UBND ngày 08/12/2016 về phí chợ."""
SENTENCE = (
    "Công bố 2 văn bản hết hiệu lực một phần: Quyết định số 12/2015/QĐ-UBND; Chỉ thị số 13/2016/CT-UBND."
)


def expired(text: str) -> list[tuple[str, bool]]:
    found = ForceLists().read(text, find_citations(text))
    return [(one.key.split("|")[0], one.part) for one in found if one.relation == "expired"]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (ROWS, [("13", False), ("14", False), ("15", True)]),
        (ITEMS, [("12", False), ("13", False)]),
        (SENTENCE, [("12", True), ("13", True)]),
    ],
)
def test_what_is_listed_has_ended(text: str, documents: list[tuple[str, bool]]) -> None:
    assert expired(text) == documents


def test_a_row_that_names_what_replaced_the_document_says_so() -> None:
    first = next(iter(ForceLists().read(ROWS, find_citations(ROWS))))
    assert (first.key, first.relation, first.subject) == ("12|2015|QĐ|UBND||", "replaces", "7|2023|QĐ|UBND||")


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 836/QĐ-BTP về việc công bố Danh mục văn bản quy phạm pháp luật hết hiệu lực toàn bộ.",
        "DANH MỤC VĂN BẢN CÒN HIỆU LỰC VÀ HẾT HIỆU LỰC NĂM 2023\n1 Quyết định 12/2015/QĐ-UBND",
        "DANH MỤC VĂN BẢN CẦN SỬA ĐỔI, BÃI BỎ NĂM 2023\n1 Quyết định 12/2015/QĐ-UBND",
        "DANH MỤC VĂN BẢN NGƯNG HIỆU LỰC TOÀN BỘ\n1 Quyết định 12/2015/QĐ-UBND",
    ],
)
def test_what_is_no_list_of_ended_documents(text: str) -> None:
    assert not expired(text)
