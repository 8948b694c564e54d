"""Which words of a page are boxed, and how its lines become paragraphs."""

from __future__ import annotations

import pytest

from indexer.highlight.finder import Wanted
from indexer.highlight.from_query import wanted_by
from indexer.lexicon.loading import load_lexicon
from indexer.model import Box, Page, PagePicture
from indexer.query.parser import parse
from indexer.search.pages.view import answering_boxes, paragraphs


def marks(text: str) -> Wanted:
    load_lexicon(None)
    return wanted_by(parse(text))


def line(text: str, top: int = 100, left: int = 0) -> tuple[tuple[str, ...], tuple[Box, ...]]:
    """Return the words of one line, each 100 wide, and their boxes."""
    words = tuple(text.split())
    return words, tuple((left + 100 * i, top, left + 100 * i + 90, top + 50) for i in range(len(words)))


def picture(*lines: tuple[tuple[str, ...], tuple[Box, ...]]) -> PagePicture:
    words = tuple(word for words, _ in lines for word in words)
    return PagePicture(b"", 10, 10, words, tuple(box for _, boxes in lines for box in boxes))


@pytest.mark.parametrize(
    ("query", "boxes"),
    [
        ("kế hoạch", ((100, 100, 290, 150),)),
        ("ke hoach", ((100, 100, 290, 150),)),
        ("ban hoạch", ((0, 100, 90, 150), (200, 100, 290, 150))),
        ("74/KH-UBND", ((400, 100, 490, 150),)),
        ("học phí", ()),
    ],
)
def test_neighbours_in_a_line_are_one_box(query: str, boxes: tuple[Box, ...]) -> None:
    assert answering_boxes(None, picture(line("Ban kế hoạch số 74/KH-UBND,")), marks(query)) == boxes


def test_a_phrase_over_two_lines_has_two_boxes() -> None:
    page = picture(line("về kế", 100, 500), line("hoạch năm", 200))
    assert answering_boxes(None, page, marks('"kế hoạch"')) == ((600, 100, 690, 150), (0, 200, 90, 250))


def test_what_ocr_saw_goes_before_a_layer_that_is_garbage() -> None:
    words, boxes = line("kế hoạch")
    page = Page(1, "kế\nhoạch", ocr=True, boxes=boxes)
    garbage = picture(line("kế hoạch", 900))
    assert answering_boxes(page, garbage, marks("hoạch")) == (boxes[1],)
    assert answering_boxes(Page(1, "khác hẳn nhau", ocr=True, boxes=boxes), garbage, marks("hẳn")) == ()
    assert answering_boxes(None, None, marks("hoạch")) == ()
    assert words == ("kế", "hoạch")


def test_lines_within_a_sentence_are_joined_and_marked_across() -> None:
    text = "KẾ HOẠCH\nChuyển đổi\nsố thành phố,\nnăm 2023\n\n1. Mục tiêu\na) Hạ tầng số.\nđến năm 2025\n"
    found = paragraphs(text, marks("chuyển đổi số"))
    assert [one.text for one in found] == [
        "KẾ HOẠCH", "Chuyển đổi số thành phố, năm 2023", "1. Mục tiêu a) Hạ tầng số.", "đến năm 2025",
    ]  # fmt: skip
    assert [one.text[slice(*range_)] for one in found for range_ in one.marks] == [
        "Chuyển đổi số",
        "số",
    ]


def test_a_mark_over_two_paragraphs_is_cut_at_their_end() -> None:
    found = paragraphs("kế\nHOẠCH", marks("kế hoạch"))
    assert [(one.text, one.marks) for one in found] == [("kế", ((0, 2),)), ("HOẠCH", ((0, 5),))]
    assert paragraphs("", marks("a")) == ()
