"""A small collection of our own writing, indexed by tests of search and of the command line."""

import atexit
import json
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.model import Article, Attachment
from indexer.push.fetch import Fetcher
from indexer.push.inbox import Inbox
from indexer.push.writer import PushWriter
from indexer.search.service import SearchService, open_search
from indexer.settings import EngineName, Settings
from indexer.sources import Problem

ARTICLES: Sequence[Article] = (
    Article(
        "hoa-binh",
        "Lễ hội vì hòa bình tại quảng trường",
        "Ủy ban nhân dân thành phố tổ chức lễ hội vì hòa bình, có sự tham gia của học sinh các trường.",
        published=datetime.fromisoformat("2024-03-05T08:00:00+07:00"),
        sources=("Báo Lam Giang",),
        category="Văn hóa",
    ),
    Article(
        "hoa-tuoi",
        "Chợ hoa xuân mở cửa sớm",
        "Chợ hoa bình dân ở phường Bến Nguyệt mở cửa từ sáng sớm, giá hoa ổn định.",
        published=datetime.fromisoformat("2024-01-20T08:00:00+07:00"),
        sources=("Báo Lam Giang", "lamgiang.example"),
        category="Đời sống",
    ),
    Article(
        "hoc-phi",
        "Mức học phí năm học mới",
        "Sở Giáo dục và Đào tạo hướng dẫn mức thu học phí theo Nghị định số 81/2021/NĐ-CP"
        " ngày 27/8/2021 của Chính phủ. Kinh tế gia đình khó khăn được miễn giảm.",
        published=datetime.fromisoformat("2023-09-01T00:30:00+07:00"),
        sources=("lamgiang.example",),
        category="Giáo dục",
    ),
    Article(
        "ke-hoach",
        "Kế hoạch thực hiện Chỉ thị 38-CT/TW",
        "Thực hiện Chỉ thị số 38-CT/TW ngày 19/9/2019 của Ban Bí thư, Uỷ ban nhân dân thành phố ban hành"
        " kế hoạch công tác đối ngoại nhân dân.",
        published=datetime.fromisoformat("2024-11-22T10:00:00+07:00"),
        sources=("lamgiang.example",),
        category="Chính sách",
        attachments=(Attachment("74-UBND-KH.signed"),),
    ),
    Article(
        "chi-thi",
        "Toàn văn chỉ thị về bảo hiểm y tế",
        "Văn bản của Ban Bí thư về đẩy mạnh công tác bảo hiểm y tế trong tình hình mới.",
        sources=("dang.example",),
        category="Chính sách",
        number="38-CT/TW",
    ),
    Article(
        "noi-bo",
        "Bản nháp nội bộ về hòa bình",
        "Chỉ dành cho cán bộ: kế hoạch học phí và hòa bình.",
        sources=("nội bộ",),
        audience="staff",
    ),
    Article("ma-doc", '<script>alert("x")</script> & <b>đậm</b>', "Nội dung có <img src=x onerror=1> lạ."),
)


class Listed:
    """A source of the given articles."""

    def __init__(self, articles: Iterable[Article], name: str = "listed") -> None:
        self.name = name
        self._articles = articles

    def items(self) -> Iterator[Article | Problem]:
        yield from self._articles

    def progress(self) -> float | None:
        """Unknown."""
        return None


def index(settings: Settings, articles: Iterable[Article] = ARTICLES, prune: bool = False) -> list[Outcome]:
    """Index ``articles`` into ``settings.data``."""
    with open_pipeline(settings) as pipeline:
        return list(pipeline.index(Listed(articles), prune))


def indexed(settings: Settings, *runs: Sequence[Article]) -> None:
    """Make in ``settings.data`` what indexing one run after the other makes: indexed once, then copied each time.

    Of the settings only the engine matters, and whether there is OCR. A copy takes a hundredth of the time.
    """
    if settings.engine == "opensearch":  # a copy of the directory would share its index
        for articles in runs:
            index(settings, articles)
        return
    key = settings.engine, settings.ocr, repr(runs)
    made = _made.get(key)
    if made is None:
        place = Path(tempfile.mkdtemp(prefix="tracuu-test-"))
        atexit.register(shutil.rmtree, place)
        made = _made[key] = place / "data"
        for articles in runs:
            index(Settings(data=made, engine=settings.engine, ocr=settings.ocr), articles)
    shutil.copytree(made, settings.data, dirs_exist_ok=True)


_made: dict[tuple[EngineName, bool, str], Path] = {}


def write_pushed(settings: Settings, fetcher: Fetcher | None = None) -> PushWriter:
    """Do what ``tracuu write --once`` does: write pushed articles until none are waiting."""
    told_to_stop = threading.Event()
    told_to_stop.set()
    writer = PushWriter(settings, Inbox(settings.data), fetcher)
    writer.prepare()
    writer.run(told_to_stop)
    return writer


def write_jsonl(path: Path, records: Iterable[dict[str, object]]) -> Path:
    """Write ``records`` as JSONL."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def served(settings: Settings) -> Iterator[SearchService]:
    """Yield the service over ``settings.data`` and close it afterwards: the end of a fixture."""
    service = open_search(settings)
    yield service
    service.close()
