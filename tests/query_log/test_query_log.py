"""What is noted of searches, what is not, and what becomes of it."""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from pathlib import Path

import pytest

from indexer.query_log.masking import MAIL, NUMBER, mask
from indexer.query_log.proposals import proposals
from indexer.query_log.recorder import Recorder
from indexer.query_log.report import report
from indexer.query_log.store import FILE_NAME, Clicked, Proposal, QueryLog, Searched
from indexer.settings import Settings

DAY = 86_400


@pytest.mark.parametrize(
    ("typed", "noted"),
    [
        ("số điện thoại 0912 345 678", f"số điện thoại {NUMBER}"),
        ("+84 912.345.678", NUMBER),
        ("cccd 031099001234", f"cccd {NUMBER}"),
        ("thẻ DN4010112345678", f"thẻ {NUMBER}"),
        ("hộ chiếu B1234567", f"hộ chiếu {NUMBER}"),
        ("hồ sơ của an.nguyen@example.com", f"hồ sơ của {MAIL}"),
        ("kế hoạch 74/KH-UBND ngày 15/3/2023", "kế hoạch 74/KH-UBND ngày 15/3/2023"),
        ("nghị định 30/2020/NĐ-CP giai đoạn 2021-2025", "nghị định 30/2020/NĐ-CP giai đoạn 2021-2025"),
        ("mức 4.680.000 đồng", "mức 4.680.000 đồng"),
    ],
)
def test_numbers_of_persons_are_masked_and_those_of_documents_stay(typed: str, noted: str) -> None:
    assert mask(typed) == noted


def test_the_recorder_writes_what_it_was_told_and_no_more(tmp_path: Path) -> None:
    recorder = Recorder(Settings(data=tmp_path))
    recorder.searched("khai sinh 0912345678", 3, False, 4.56)
    recorder.clicked("khai sinh", 2)
    recorder.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as database:
        ((at, *searched),) = database.execute("SELECT * FROM searches").fetchall()
        assert searched == [f"khai sinh {NUMBER}", 3, 0, 4.6]
        assert at % 60 == 0 and abs(time.time() - at) < 120
        assert database.execute("SELECT text, position FROM clicks").fetchall() == [("khai sinh", 2)]


def test_a_log_that_can_not_be_written_is_in_nobodys_way(tmp_path: Path) -> None:
    dropped: list[None] = []
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 100)
    recorder = Recorder(Settings(data=tmp_path), lambda: dropped.append(None))
    for _ in range(6_000):
        recorder.searched("a", 1, False, 1.0)
    recorder.close()
    assert len(dropped) == 6_000


def test_what_is_old_or_too_much_is_forgotten(tmp_path: Path) -> None:
    log, now = QueryLog(tmp_path), 1_700_000_000
    log.add([Searched(now - age * DAY, f"tuổi {age}", 1, False, 1.0) for age in (100, 91, 89, 5, 1)], [])
    log.prune(90, 1000, now)
    assert [text for (text,) in log.rows("SELECT text FROM searches ORDER BY at")] == [
        "tuổi 89",
        "tuổi 5",
        "tuổi 1",
    ]
    log.prune(90, 2, now)
    assert [text for (text,) in log.rows("SELECT text FROM searches ORDER BY at")] == ["tuổi 5", "tuổi 1"]
    assert "tuổi 100".encode() not in (tmp_path / FILE_NAME).read_bytes()


def test_the_report_counts(tmp_path: Path) -> None:
    now = 1_700_000_000
    QueryLog(tmp_path).add(
        [
            *(Searched(now, text, total, False, 5.0) for text, total in [("Khai sinh", 0), ("khai sinh", 7)]),
            *(Searched(now, "xyz", 0, filtered, 250.0) for filtered in (False, True)),
            Searched(now - 40 * DAY, "cũ", 0, False, 5.0),
        ],
        [Clicked(now, "khai sinh", 1), Clicked(now, "khai sinh", 1), Clicked(now, "khai sinh", 3)],
    )
    found = report(tmp_path, 30, 10, now)
    assert (found.searches, found.without_results, found.zero_share) == (4, 3, 0.75)
    assert [(one.times, one.total) for one in found.top] == [(2, 7), (2, 0)]
    assert [(one.text, one.times) for one in found.zero] == [("Khai sinh", 1), ("xyz", 1)]
    assert [(one.text, one.slowest_ms) for one in found.slow] == [("xyz", 250.0)]
    assert found.clicks == ((1, 2), (3, 1))


def test_a_query_is_one_however_its_letters_are_cased_and_composed(tmp_path: Path) -> None:
    texts = ("Đất đai", "đất đai", "ĐẤT ĐAI", unicodedata.normalize("NFD", "đất đai"), "đat đai")
    QueryLog(tmp_path).add([Searched(1, text, 1, False, 5.0) for text in texts], [])
    assert [one.times for one in report(tmp_path, 30, 10, 2).top] == [4, 1]


def test_without_a_log_there_is_an_empty_report(tmp_path: Path) -> None:
    assert report(tmp_path, 30, 10).searches == 0
    assert not (tmp_path / FILE_NAME).exists()


def test_what_finds_nothing_gets_a_proposal() -> None:
    found = {"đăng ký tạm trú trực tuyến": 4, "hồ sơ thủ tục hành chính": 9, "nay có bài": 2}
    offered = dict(
        proposals(
            [
                "đăng ký tạm trú online",
                "hồ sơ tthc",
                "khai sihn",
                "nay có bài",
                "ai đó [số]",
                "hoàn toàn khác",
            ],
            ["đăng ký tạm trú trực tuyến"],
            lambda text: (found.get(text, 0), "khai sinh" if text == "khai sihn" else None),
            lambda letters: ["thủ tục hành chính"] if letters == "tthc" else [],
        )
    )
    assert offered == {
        "đăng ký tạm trú online": Proposal("synonyms", "online", "trực tuyến"),
        "hồ sơ tthc": Proposal("abbreviations", "TTHC", "thủ tục hành chính"),
        "khai sihn": Proposal("typed", "khai sihn", "khai sinh"),
        "ai đó [số]": None,
        "hoàn toàn khác": None,
    }
