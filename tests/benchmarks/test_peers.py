"""Every peer that is on this machine answers the three kinds of questions; those that are not are said to be missing."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.peers import run, section
from benchmarks.peers.named import PEERS
from benchmarks.peers.protocol import Document, NotInstalledError, Peer, Searcher, folded
from indexer.vietnamese.letters import fold

DOCUMENTS = (
    Document("road", "Sửa đường", "Đường ven sông được sửa từ tháng này.", "Báo", "Tin", "2024-05"),
    Document("sugar", "Giá mía đường", "Nhà máy mua mía của nông dân.", "Báo", "Kinh tế", "2024-05"),
    Document("river", "Cầu qua sông", "Chiếc cầu mới có hai làn, 3.000 xe một giờ.", "Đài", "Tin", "none"),
)
HERE = ("ours", "whoosh_pyvi", "fts5", "fts5_both", "xapian", "postgres", "postgres_both")
"""Peers that are in the environment or in Debian's packages; the others are fetched and built where a benchmark is run."""
WITHOUT_ACCENTS = sorted(set(HERE) - {"whoosh_pyvi", "fts5"})


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # A server that runs as another user can't pass through pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="tracuu-peers-") as made:
        yield Path(made)


@pytest.fixture(scope="module", params=HERE)
def asked(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[str, Searcher]]:
    peer = PEERS[request.param]()
    try:
        peer.check()
    except NotInstalledError as error:
        pytest.skip(str(error))
    peer.build(folder / request.param, DOCUMENTS)
    with peer.opened(folder / request.param) as searcher:
        yield request.param, searcher


def test_all_words_are_wanted(asked: tuple[str, Searcher]) -> None:
    _, searcher = asked
    assert searcher.matching("mía") == {"sugar"}
    assert searcher.matching("cầu xe") == {"river"}
    assert not searcher.matching("mía cầu")


def test_a_page_has_hits_facets_and_snippets(asked: tuple[str, Searcher]) -> None:
    _, searcher = asked
    page = searcher.page("sông")
    assert page.total == 2 and set(page.ids) == {"road", "river"}
    assert page.snippets == 2 and page.facet_values >= 5


def test_the_best_come_first_for_any_word(asked: tuple[str, Searcher]) -> None:
    _, searcher = asked
    assert searcher.ranked("giá mía của nông dân", 10)[0] == "sugar"
    assert searcher.shown("cầu mới qua sông")[0] == "river"


def test_words_without_accents(asked: tuple[str, Searcher]) -> None:
    name, searcher = asked
    found = searcher.matching(fold("đường sông"))
    assert found == ({"road"} if name in WITHOUT_ACCENTS else frozenset()), name


def test_words_are_what_the_peer_takes_for_words(asked: tuple[str, Searcher]) -> None:
    _, searcher = asked
    assert searcher.matching('"3.000" xe') == {"river"}


def test_the_second_form() -> None:
    assert folded("Số 15 của Đà Nẵng") == "so cua da nang"


class _Missing:
    title, setup = "Absent", "nowhere"

    def check(self) -> None:
        raise NotInstalledError("not here")


def test_a_peer_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEERS, "absent", _Missing)
    assert run.figures(tmp_path, "absent", "bodies") == {"missing": "not installed"}
    assert "| Absent | not installed | – |" in section.section(tmp_path, ["absent"])


def test_all_of_the_news_is_left_to_longer_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = {"seconds": 1.0, "processor": 1.0, "disk_mb": 1.0, "peak_mb": 1.0, "resident_mb": 1.0}
    measured |= dict.fromkeys(("p50", "p95", "processor_p50", "processor_p95"), 1.0)
    monkeypatch.setattr(section, "_found", lambda folder, name, whole: [name])
    monkeypatch.setattr(run, "child", lambda *arguments: measured)
    assert section.section(tmp_path, ["fts5"], whole=False).count("| SQLite FTS5 | not measured | – |") == 1
    assert "not measured" not in section.section(tmp_path, ["fts5"])
    assert "not measured" not in section.section(tmp_path, ["fts5"], whole=False), "what is known is shown"


def test_what_was_measured_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, ...]] = []

    def child(module: str, *arguments: str) -> dict[str, float]:
        calls.append(arguments)
        return {"seconds": 1.0} if arguments[0] == "build" else {"p50": 2.0}

    monkeypatch.setattr(run, "child", child)
    found = {"p50": 2.0, "seconds": 1.0}
    for _ in range(2):
        assert run.figures(tmp_path, "fts5", "bodies") == found
    assert calls == [(what, "fts5", "bodies", str(tmp_path / "peers")) for what in ("build", "ask")]
    assert json.loads((tmp_path / "peers" / "fts5-bodies.json").read_text()) == found


def test_peers_keep_to_the_protocol() -> None:
    peers: list[Peer] = [make() for make in PEERS.values()]
    assert len({peer.title for peer in peers}) == len(PEERS) and all(peer.setup for peer in peers)
