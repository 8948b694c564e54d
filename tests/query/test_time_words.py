"""Words that say when, at the beginning or end of a query that has others."""

from datetime import date

import pytest

from indexer.query import tree
from indexer.query.parser import parse
from indexer.query.time_words import TimeRead, read_time

SATURDAY = date(2026, 11, 28)


def read(text: str, today: date = SATURDAY) -> TimeRead | None:
    return read_time(parse(text), text, today)


def left(time: TimeRead | None) -> str:
    assert time is not None
    return " ".join(word.text for word in tree.words_of(time.words))


@pytest.mark.parametrize(
    ("text", "rest", "first", "last"),
    [
        ("giá xăng hôm nay", "giá xăng", date(2026, 11, 28), date(2026, 11, 28)),
        ("gia xang hom nay", "gia xang", date(2026, 11, 28), date(2026, 11, 28)),
        ("Hôm nay giá xăng", "giá xăng", date(2026, 11, 28), date(2026, 11, 28)),
        ("lịch tiêm tuần này?", "lịch tiêm", date(2026, 11, 23), date(2026, 11, 29)),
        ("lich tiem thang nay", "lich tiem", date(2026, 11, 1), date(2026, 11, 30)),
        ("học phí năm nay", "học phí", date(2026, 1, 1), date(2026, 12, 31)),
        (
            "năm nay có được miễn học phí không",
            "có được miễn học phí không",
            date(2026, 1, 1),
            date(2026, 12, 31),
        ),
    ],
)
def test_a_range(text: str, rest: str, first: date, last: date) -> None:
    time = read(text)
    assert left(time) == rest
    assert time and time.dates == tree.Dates(first, last)
    assert not time.newest


@pytest.mark.parametrize(
    "text", ["quy định mới nhất", "quy dinh moi nhat", "mới nhất quy định", "QUY ĐỊNH MỚI NHẤT"]
)
def test_an_order(text: str) -> None:
    time = read(text)
    assert left(time).lower() in ("quy định", "quy dinh")
    assert time and time.newest
    assert time.dates is None


def test_an_order_and_a_range() -> None:
    time = read("tin lũ mới nhất hôm nay")
    assert left(time) == "tin lũ"
    assert time and time.newest
    assert time.dates == tree.Dates(SATURDAY, SATURDAY)
    assert time.as_words == 'tin lũ "mới nhất" "hôm nay"'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("hôm nay", id="nothing else"),
        pytest.param("mới nhất hôm nay", id="nothing else but two of them"),
        pytest.param("hôm nay 26 5", id="only numbers beside them"),
        pytest.param("quy định mới nhất học phí", id="in the middle"),
        pytest.param("tòa nhà mới nhất thế giới", id="the newest in the world"),
        pytest.param("viet nam nay la nuoc nao", id="the end of a name"),
        pytest.param('giá xăng "hôm nay"', id="quoted"),
        pytest.param("nhà nấm này", id="other accents"),
        pytest.param("giá xăng -nay", id="excluded"),
        pytest.param("tiêu đề:(học phí năm nay)", id="in the title"),
        pytest.param("chợ Nam Này", id="a name with accents"),
        pytest.param("giá xăng OR (hôm nay)", id="one of several"),
    ],
)
def test_is_read_as_words(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "as_words"),
    [
        ("giá xăng hôm nay", 'giá xăng "hôm nay"'),
        ("hôm nay giá xăng?", '"hôm nay" giá xăng?'),
        ("giá vàng  tuần   này?", 'giá vàng  "tuần này"'),
    ],
)
def test_the_way_back_is_read_as_words(text: str, as_words: str) -> None:
    time = read(text)
    assert time and time.as_words == as_words
    assert read(as_words) is None


def test_a_leap_day_and_the_end_of_a_year() -> None:
    assert (time := read("tin tháng này", date(2028, 2, 29))) and time.dates == tree.Dates(
        date(2028, 2, 1), date(2028, 2, 29)
    )
    assert (time := read("tin tuần này", date(2026, 12, 31))) and time.dates == tree.Dates(
        date(2026, 12, 28), date(2027, 1, 3)
    )


@pytest.mark.parametrize(
    ("text", "rest", "as_words"),
    [
        ("giá xăng hôm nay bao nhiêu", "giá xăng bao nhiêu", 'giá xăng "hôm nay" bao nhiêu'),
        ("lich cup dien hom nay o to 3", "lich cup dien o to 3", 'lich cup dien "hom nay" o to 3'),
        ("quy định mới nhất về học phí", "quy định về học phí", 'quy định "mới nhất" về học phí'),
    ],
)
def test_before_a_place_or_a_question(text: str, rest: str, as_words: str) -> None:
    time = read(text)
    assert left(time) == rest
    assert time and time.as_words == as_words
