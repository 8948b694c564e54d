"""Our segmentation is pyvi's, to the letter, and holds where pyvi fails."""

import functools
import importlib
import itertools
import struct
import sys
import warnings
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import SegmenterError
from indexer.vietnamese.chunks import chunks_of
from indexer.vietnamese.crf import BinaryCrf, read_crf
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.pyvi_files import read_pyvi
from indexer.vietnamese.segmenter import Segmenter
from indexer.vietnamese.tokens import tokens_of
from indexer.vietnamese.words import raw_segmenter, word_streams

DEMO = Path(__file__).resolve().parents[2] / "demo" / "portal"
TEXTS = [
    "",
    " ",
    "\n",
    " \n\t ",
    "Ủy ban nhân dân thành phố Hải Phòng ban hành Kế hoạch số 74/KH-UBND ngày 05/3/2024.",
    "HẢI PHÒNG, hải phòng, Hải phòng và Hải Phòng",
    "học sinh học sinh học",
    "Thực hiện Chỉ thị số 38-CT/TW... ==> xem https://lamgiang.example/tin?id=1&x=2, hoặc hoi@lamgiang.example!",
    "TP. Lam Giang; Tp.HCM; Mr. Nam, ThS. Bình, GS.TS. An; 3.200.000 đồng, 12,5%, 1_000, 7.2",
    "dòng một\ndòng hai\n\ndòng bốn\r\nhết",
    "a_b __ _ - -> >> ... .. == ==> http:// ://x x@y x@y.z a.b@c.d.",
    "Hội đồng nhân dân - Ủy ban Mặt trận Tổ quốc: (khóa XIII)",
    "Ðà Nẵng hòa bình hoà bình e\u0302\u0301 đê\u0301n",
    "bằng\u00a0khoảng\u2003trắng lạ\x1ctách\x85ra",
    "số²½ ١٢٣ ٣.٤ Ⅻ ﬁ İstanbul ΑΣ ΣΑΣ ǅ",
    "\x00 a\x00b \x00\x00",
]


@functools.cache
def pyvi() -> ModuleType:
    """The original, which takes longer to import than all tests here to be found."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("pyvi.ViTokenizer")


def pages() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(DEMO.rglob("*.html"))[:12]]


@pytest.mark.parametrize("text", TEXTS + pages(), ids=lambda text: repr(text[:24]))
def test_is_the_same_as_pyvi(text: str) -> None:
    assert raw_segmenter().segment(text) == pyvi().tokenize(text)


SYLLABLES = st.sampled_from(
    "Ủy ban nhân dân thành phố hải phòng HẢI PHÒNG học sinh Kinh tế xã hội tp. 38-CT/TW 1.000 -> ... ( ) , x@y.vn".split()
)


@settings(max_examples=200)
@given(st.lists(SYLLABLES | st.text(max_size=3), max_size=30).map(" ".join) | st.text(max_size=60))
def test_is_the_same_on_any_text(text: str) -> None:
    assert raw_segmenter().segment(text) == pyvi().tokenize(text)


def test_does_not_fail_where_pyvi_does() -> None:
    text = "nhân dân \ud800 nhân dân"
    with pytest.raises((UnicodeEncodeError, SystemError)):
        pyvi().tokenize(text)
    assert raw_segmenter().segment(text) == "nhân_dân \ud800 nhân_dân"


def test_huge_lines_are_segmented() -> None:
    once = "Ủy ban nhân dân thành phố. "
    assert raw_segmenter().segment(once * 40_000).count("nhân_dân") == 40_000
    blob = "x" * 3_000_000
    assert raw_segmenter().segment(blob) == blob


@pytest.mark.parametrize("unit", ["a.", "a-", ".", "-", "a@", "a@b.", "x_1", "1.", "A", "://", "\0", "a:"])
@pytest.mark.parametrize("end", ["", "@", "@a", "://"])
def test_a_quarter_of_a_megabyte_without_blanks_takes_no_longer_for_what_it_holds(
    unit: str, end: str
) -> None:
    # With an expression that looks for an address at every character a megabyte takes hours, this a good many minutes.
    text = unit * (250_000 // len(unit)) + end
    assert raw_segmenter().segment(text).replace(" ", "").replace("_", "") == text.replace("_", "")


@given(
    st.lists(st.sampled_from([*"aAĐđ.@-+_:/>=1,²\n \x1c", "://", "@a.b", "Mr.", "Tp.", "==>", "\u0301"])).map(
        "".join
    )
)
@settings(max_examples=1000)
def test_tokens_are_those_of_pyvi(text: str) -> None:
    text, expected = pyvi().ViTokenizer.sylabelize(text)
    assert tokens_of(text) == expected


@given(st.lists(SYLLABLES, max_size=30).map(" ".join))
def test_offsets_are_those_of_the_words(text: str) -> None:
    text = nfc(text)
    places = list(raw_segmenter().words(text))
    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(places))
    shown = [" ".join(text[start:end].split()) for start, end in places]
    assert [word.replace(" ", "") for word in shown] == [
        word.replace("_", "") for word in raw_segmenter().segment(text).split()
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Ủy ban nhân dân Hải Phòng", "uỷ_ban nhân_dân hải_phòng", id="lower case, new style"),
        pytest.param(
            "Uỷ ban nhân dân Hải Phòng", "uỷ_ban nhân_dân hải_phòng", id="the new style is the same"
        ),
        pytest.param("đi và ở", "", id="single syllables"),
        pytest.param("kỹ thuật", "kĩ_thuật", id="i and y"),
        pytest.param("Ðà Nẵng", "đà_nẵng", id="look-alike letter"),
        pytest.param("giải V. League", "v_league", id="an abbreviation without its dot"),
        pytest.param("học sinh " * 20_000, "", id="a repetition that the model joins without end"),
    ],
)
def test_terms_of_the_index(text: str, terms: str) -> None:
    assert word_streams(chunks_of(text)).words == terms


def test_memory_does_not_grow_with_distinct_tokens() -> None:
    segmenter = Segmenter(*read_pyvi(), remembered=50)
    for n in range(400):
        assert segmenter.segment(f"nhân dân t{n}") == f"nhân_dân t{n}"
    assert len(segmenter.chunks) <= 50
    assert len(segmenter.chunks.tokens) <= 50
    assert segmenter.segment("x" * 100_000) == "x" * 100_000
    assert max(map(len, [*segmenter.chunks, *segmenter.chunks.tokens])) < 100


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"lCRF" + bytes(60), id="another kind"),
        pytest.param(
            struct.pack("<4sI4sI3I5I", b"lCRF", 48, b"FOMC", 100, 0, 2, 1, 48, 99, 99, 0, 0), id="truncated"
        ),
    ],
)
def test_a_damaged_model_is_refused(model: bytes) -> None:
    with pytest.raises(ValueError, match="model"):
        read_crf(model, "I_W")


def test_a_model_that_favours_changes_is_refused() -> None:
    with pytest.raises(ValueError, match="favour"):
        Segmenter(BinaryCrf({}, enter=0.0, stay=1.0, leave=0.0, other=1.0), [])


@pytest.mark.parametrize("content", [None, b"", b"\x80\x04N.", b"no pickle"])
def test_a_missing_or_damaged_package_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "pyvi")
    if content is not None:
        (tmp_path / "pyvi" / "models").mkdir(parents=True)
        (tmp_path / "pyvi" / "__init__.py").touch()
        (tmp_path / "pyvi" / "models" / "pyvi3.pkl").write_bytes(content)
    with pytest.raises(SegmenterError, match="pyvi"):
        read_pyvi()
