"""Vietnamese before Unicode comes out as it was meant, and Unicode as it was."""

import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import records
from indexer.extract.reader import read
from indexer.vietnamese.legacy import Mended, decode, mend
from indexer.vietnamese.spelling import is_syllable
from tests.extract.documents import docx
from tests.shared import CORPORA, needs_corpora

STATE = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc\nỦy ban nhân dân thành phố đề nghị"
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\nUy ban nh©n d©n thµnh phè ®Ò nghÞ"
VNI = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc\n"
    "UÛy ban nhaân daân thaønh phoá ñeà nghò"
)
VIQR = (
    "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam. DDo^.c la^.p, Tu+. do, Ha.nh phu'c."
    " U?y ban nha^n da^n tha`nh pho^' dde^` nghi. ca'c so+? ba'o ca'o."
)


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_what_fonts_leave_in_documents(text: str, encoding: str) -> None:
    expected = STATE.replace("Ủy", "Uy") if encoding == "TCVN3" else STATE
    (found,) = mend([text])
    assert (found.text, found.encoding) == (expected, encoding)
    assert decode(text.encode("cp1252")).text == expected


def test_capitals_of_tcvn3_are_told_by_the_letters_around() -> None:
    (found,) = mend(
        ["CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\nñy ban nh©n d©n quËn Hµ §«ng, Hµ Néi, ®Ò nghÞ lËp kÕ ho¹ch"]
    )
    assert found.text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
    assert "Hà Đông, Hà Nội" in found.text


def test_viqr_and_the_ends_of_its_sentences() -> None:
    (found,) = mend([VIQR])
    assert found.encoding == "VIQR"
    assert found.text.startswith("Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập, Tự do, Hạnh phúc.")
    assert found.text.endswith("đề nghị các sở báo cáo.")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_stays(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(
        form, f"{STATE}\n©2024 Công ty Đồng Mây®, 25 µm, 30°C, «à la carte», café, Øresund"
    )
    (found,) = mend([text])
    assert found.text == unicodedata.normalize("NFC", text)
    assert found.encoding == (None if form == "NFC" else "NFD")


@pytest.mark.parametrize(
    "text",
    [
        "Giá bán xe tại Việt Nam: dài × rộng × cao × trục là 4 × 2 × 1 × 3 mét, áp dụng trong tháng 2.",
        "Bước 1: 3 × 4 × 5 × 6",
        "Giá chuyển nhượng: 90m£, 85 m£, 80 m£ và 75 m£ cho bốn cầu thủ của đội, theo đánh giá mới nhất.",
    ],
)
def test_signs_that_would_be_letters_stay_signs(text: str) -> None:
    assert mend([text])[0] == Mended(text)


def test_pages_that_mix_both() -> None:
    first, second = mend([f"{STATE}\n{TCVN3}", "Điều 1. Phạm vi"])
    assert first.text == f"{STATE}\n{STATE.replace('Ủy', 'Uy')}"
    assert second.text == "Điều 1. Phạm vi"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(STATE.encode("utf-8-sig"), STATE, id="UTF-8 with its mark"),
        pytest.param(STATE.encode("utf-16"), STATE, id="UTF-16"),
        pytest.param(unicodedata.normalize("NFD", STATE).encode(), STATE, id="decomposed"),
        pytest.param("Café à la carte".encode("cp1252"), "Café à la carte", id="French"),
        pytest.param(b"plain text.", "plain text.", id="ASCII"),
        pytest.param(b"", "", id="nothing"),
    ],
)
def test_bytes(content: bytes, text: str) -> None:
    assert decode(content).text == text


def test_windows_1258_has_marks_of_their_own() -> None:
    # Python's codec takes letters with their tone apart only.
    decomposed = "".join(
        letter if letter in "ăâêôơưĂÂÊÔƠƯ" else unicodedata.normalize("NFD", letter)
        for letter in _tones_apart(STATE)
    )
    found = decode(decomposed.encode("cp1258"))
    assert (found.text, found.encoding) == (STATE, "windows-1258")


def _tones_apart(text: str) -> str:
    apart = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        apart.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones)) + tones)
    return "".join(apart)


def test_text_of_two_bytes_a_letter_is_text(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-be"):
        path = tmp_path / "a.txt"
        path.write_bytes(
            f"\ufeff{STATE}".encode(encoding) if encoding.endswith("be") else STATE.encode(encoding)
        )
        assert read(path, "a.txt").pages[0].text == STATE


def test_old_fonts_in_rtf(tmp_path: Path) -> None:
    escaped = "".join(
        letter if letter.isascii() else f"\\'{letter.encode('cp1252').hex()}"
        for letter in TCVN3.replace("\n", " ")
    )
    path = tmp_path / "a.rtf"
    path.write_text(
        rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 .VnTime;}}}}\f0 {escaped}\par}}", encoding="ascii"
    )
    found = read(path, "a.rtf")
    assert (found.encoding, found.pages[0].text[:35]) == ("TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam ")


def test_files_say_what_they_were_in(tmp_path: Path) -> None:
    text, document = tmp_path / "abc.txt", tmp_path / "abc.docx"
    text.write_bytes(TCVN3.encode("cp1252"))
    document.write_bytes(docx(*TCVN3.split("\n")))
    for path in (text, document):
        found = read(path, path.name)
        assert found.encoding == "TCVN3"
        assert "Cộng hòa xã hội chủ nghĩa Việt Nam" in found.pages[0].text


@pytest.mark.parametrize("word", "nghiêng quyết giêng khuỷu thuở gì ươn oằn Yên xoèn quốc".split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nghµnh", "strong", "đuwc", "bãt", "hoạc̣", "q", "", "ngg", "chào2"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=300))
def test_any_text_comes_back_composed(text: str) -> None:
    (found,) = mend([text])
    assert unicodedata.is_normalized("NFC", found.text)


@given(st.binary(max_size=300))
def test_any_bytes_become_text(content: bytes) -> None:
    assert unicodedata.is_normalized("NFC", decode(content).text)


@needs_corpora
def test_samples_come_out_as_they_were() -> None:
    folder = CORPORA / "legacy_samples"
    same = letters = 0
    for path in sorted(folder.glob("*.*.txt")):
        want = unicodedata.normalize(
            "NFC", (folder / f"{path.name[:2]}.utf8_nfc.txt").read_text(encoding="utf-8")
        )
        got = decode(path.read_bytes()).text
        assert len(got) == len(want), path.name
        same += sum(a == b for a, b in zip(want, got, strict=True))
        letters += len(want)
    assert same / letters >= 0.9999  # 11 capitals are question marks in the samples themselves


@needs_corpora
def test_clean_news_stays_as_it_is() -> None:
    news = list(records(only_bodies=True, limit=5000))
    assert len(news) == 5000
    for record in news:
        text = unicodedata.normalize("NFC", record["body"])
        (found,) = mend([text])
        assert (found.text, found.encoding) == (text, None)
