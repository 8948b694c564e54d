from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.directives.codes import ISSUERS, TYPES
from indexer.directives.number import DocumentNumber, label_of, parse_number
from indexer.directives.own import OwnFile, own_facts

GAZETTE = Path(__file__).parents[3] / "shared/corpora/legal_docs.jsonl.gz"


def read(text: str) -> DocumentNumber:
    number = parse_number(text)
    assert number is not None, text
    return number


@pytest.mark.parametrize(
    ("typed", "number", "kind", "issuer"),
    [
        ("38-CT/TW", "38-CT/TW", "Chỉ thị", "Trung ương Đảng"),
        ("38-ct/tw", "38-CT/TW", "Chỉ thị", "Trung ương Đảng"),
        ("38-CT-TW", "38-CT/TW", "Chỉ thị", "Trung ương Đảng"),
        ("38–CT/TƯ", "38-CT/TW", "Chỉ thị", "Trung ương Đảng"),
        ("38-CT/T.Ư", "38-CT/TW", "Chỉ thị", "Trung ương Đảng"),
        ("68/NQ-TW", "68-NQ/TW", "Nghị quyết", "Trung ương Đảng"),
        ("98-NQ/CP", "98/NQ-CP", "Nghị quyết", "Chính phủ"),
        ("476-QĐNS/TW", "476-QĐNS/TW", "Quyết định", "Trung ương Đảng"),
        ("12-CTr/TU", "12-CTr/TU", "Chương trình", "Tỉnh ủy, Thành ủy"),
        ("Số: 74 /KH-UBND", "74/KH-UBND", "Kế hoạch", "Ủy ban nhân dân"),
        ("74-UBND-KH.signed", "74/KH-UBND", "Kế hoạch", "Ủy ban nhân dân"),
        ("74_UBND_KH.signed.pdf", "74/KH-UBND", "Kế hoạch", "Ủy ban nhân dân"),
        ("74-KH-UBND_signed (1).PDF", "74/KH-UBND", "Kế hoạch", "Ủy ban nhân dân"),
        ("74/UBND-KH", "74/UBND-KH", "Công văn", "Ủy ban nhân dân"),
        ("1043/ttg-nn", "1043/TTg-NN", "Công văn", "Thủ tướng Chính phủ"),
        ("425/CV-BCĐ", "425/CV-BCĐ", "Công văn", "Ban Chỉ đạo"),
        ("30/2020/NÐ-CP", "30/2020/NĐ-CP", "Nghị định", "Chính phủ"),
        ("30-2020-nd-cp.docx", "30/2020/NĐ-CP", "Nghị định", "Chính phủ"),
        ("19-2017/NQ-CP", "19/2017/NQ-CP", "Nghị quyết", "Chính phủ"),
        ("437/QD-TTG", "437/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
        ("13/2010/L-CTN", "13/2010/L-CTN", "Lệnh", "Chủ tịch nước"),
        ("2158/QĐ-BNN-PC", "2158/QĐ-BNN-PC", "Quyết định", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("02/TTR-UBND", "02/TTr-UBND", "Tờ trình", "Ủy ban nhân dân"),
        ("91/2015/QH13", "91/2015/QH13", None, "Quốc hội"),
        ("670a/2013/UBTVQH13", "670a/2013/UBTVQH13", None, "Ủy ban Thường vụ Quốc hội"),
        ("673/NQ-UBTVQH14", "673/NQ-UBTVQH14", "Nghị quyết", "Ủy ban Thường vụ Quốc hội"),
        ("66.11/2026/NQ-CP", "66.11/2026/NQ-CP", "Nghị quyết", "Chính phủ"),
        ("2026/QĐ-TTg", "2026/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
        ("67/CP", "67/CP", None, "Chính phủ"),
        ("163-HĐBT", "163/HĐBT", None, "Hội đồng Bộ trưởng"),
        ("48/2019/HS-ST", "48/2019/HS-ST", "Bản án", None),
        ("49/2010/SL-LPQT", "49/2010/SL-LPQT", "Sao lục", "Bộ Ngoại giao"),
        ("01/2012/NQLT/CP- BCHTWĐTN", "01/2012/NQLT-CP-BCHTWĐTN", "Nghị quyết liên tịch", "Chính phủ"),
    ],
)
def test_reads(typed: str, number: str, kind: str | None, issuer: str | None) -> None:
    found = read(typed)
    assert (found.number, found.type_name, found.issuer_name or found.issuer) == (number, kind, issuer)


@pytest.mark.parametrize(
    "text",
    ["", "74", "30/2020", "/QĐ-UBND", "Số:      /QĐ-UBND", "000/QĐ-UBND", "7-Eleven", "611/VJ", "covid-19"]
    + ["QCVN 05:2013/BTNMT", "22/11/2024", "5-Series", "24/7", "12-abc-def", "5/L", "hải phòng", "1/" * 5000],
)
def test_refuses(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("07/VBHN-VPQH", "7/vbhn-vpqh"),
        ("112/2010/TTLT-BTC-BLĐTBXH-BNV", "112/2010/TTLT-BTC-BNV-BLDTBXH"),
        ("409/UBND-KT", "409/CV-UBND-KT"),
    ],
)
def test_spellings_of_one_number_share_a_key(one: str, other: str) -> None:
    assert read(one).key == read(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("5/ĐA-UBND", "5/DA-UBND", id="a scheme is no project"),
        pytest.param("5/HĐ-UBND", "5/HD-UBND", id="a contract is no guide"),
        pytest.param("5/KH-UBND", "5/UBND-KH", id="a plan is no letter of the planning department"),
        pytest.param("5/KH-UBND", "5a/KH-UBND", id="letter"),
        pytest.param("5/2019/TT-BTC", "5/2020/TT-BTC", id="year"),
        pytest.param("5/2019/TTLT-BTC-BNV", "5/2019/TTLT-BNV-BTC", id="lead issuer"),
    ],
)
def test_different_documents_differ_in_key(one: str, other: str) -> None:
    assert read(one).key != read(other).key


codes = st.sampled_from([*TYPES, *ISSUERS, "QH13", "BCĐ35", "XYZ", "VX", "C46"])


@given(
    st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,2})?[a-d]?([/-](19|20)[0-9]{2})?", fullmatch=True),
    st.lists(st.tuples(st.sampled_from(["/", "-", " - ", "–"]), codes), min_size=1, max_size=4),
)
def test_canonical_form_reads_back_to_itself(head: str, tail: list[tuple[str, str]]) -> None:
    found = parse_number(head + "".join(mark + code for mark, code in tail))
    if found is not None:
        assert parse_number(found.number) == found
        assert read(found.number.lower()).key == found.key


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_number(text)
    assert found is None or found.type or found.issuer


def numbers(
    title: str = "", body: str = "", files: tuple[str, ...] = (), number: str | None = None
) -> list[str]:
    return [found.number for found in own_facts(title, body, list(map(OwnFile, files)), number).numbers]


def test_own_numbers_are_given_or_named_by_files_never_cited() -> None:
    assert numbers("Chỉ thị 38-CT/TW", "Theo Chỉ thị số 38-CT/TW", ("74-UBND-KH.signed",)) == ["74/KH-UBND"]
    assert numbers(number="5/KH-UBND", files=("6-QD-UBND.pdf", "5-KH-UBND.docx")) == [
        "5/KH-UBND",
        "6/QĐ-UBND",
    ]


def test_own_number_in_a_letterhead() -> None:
    assert numbers(body="ỦY BAN NHÂN DÂN\nSố: 12/KH-UBND\nKẾ HOẠCH") == ["12/KH-UBND"]
    assert numbers(body="ỦY BAN NHÂN DÂN\nSố:      /KH-UBND\nKẾ HOẠCH") == []


@pytest.mark.parametrize(
    "name",
    [
        "Ke hoach 74-KH-UBND ngay 5-3.pdf",
        "2024-11-22-74-KH-UBND.pdf",
        "2010_532 + 533-74_KH-UBND(13399).pdf",
        "a_74/KH-UBND.docx b_74/KH-UBND.pdf",
    ],
)
def test_number_inside_a_file_name(name: str) -> None:
    assert numbers(files=(name, "anh-bia.jpg")) == ["74/KH-UBND"]


def test_title_tells_the_type_a_number_leaves_open() -> None:
    (found,) = own_facts("Bộ luật Dân sự", "", (), "91/2015/QH13").numbers
    assert found.type_name == "Bộ luật"


@pytest.mark.skipif(not GAZETTE.exists(), reason="the gazette records are not here")
def test_the_gazette() -> None:
    with gzip.open(GAZETTE, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    found = [(record, parse_number(record["so_hieu"])) for record in records]
    assert sum(number is not None for _, number in found) == len(records)
    assert sum(n is not None and n.type_name == record["loai"] for record, n in found) >= 0.94 * len(records)
    labelled = [(record, number) for record, number in found if number is not None]
    by_label = sum(label_of(number).startswith(f"{record['loai']} ") for record, number in labelled)
    assert by_label >= 0.97 * len(records)
    titled = [own_facts(record["title"], "", (), record["so_hieu"]).numbers[0] for record in records]
    by_title = sum(number.type_name == record["loai"] for record, number in zip(records, titled, strict=True))
    assert by_title >= 0.995 * len(records)
