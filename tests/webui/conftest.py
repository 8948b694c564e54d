"""A search that answers without an index, with pages of a fictional city."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import flask.testing
import jinja2
import pytest

from indexer.errors import IndexMissingError, NotFoundError
from indexer.files.folder import FileInFolder
from indexer.files.store import KeptFile
from indexer.model import Audience, FileState, Marked
from indexer.register.file import SCHEMA
from indexer.search.file_states import FileStates
from indexer.search.long_text import LongText, Paragraph
from indexer.search.overview import Overview
from indexer.search.register.register import Register
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, FileHit, Hit, QueryReading, Relaxed, SearchResponse
from indexer.settings import Settings
from indexer.stored.article import StoredArticle, StoredCitation, StoredFile
from indexer.suggest.completion import Suggestion
from webui import create_app
from webui.presenters import templates
from webui.presenters.template_languages import TemplateLanguages

TITLE = "Lam Giang ban hành Kế hoạch chuyển đổi số giai đoạn 2023 - 2025"
TEXT = (
    "Uỷ ban nhân dân thành phố vừa ban hành Kế hoạch số 74/KH-UBND ngày 15/3/2023 về chuyển đổi số thành phố"
    " Lam Giang giai đoạn 2023 - 2025, trên cả ba trụ cột chính quyền số, kinh tế số và xã hội số."
)
SOURCES = (
    "lamgiang.example", "sotttt.lamgiang.example", "baolamgiang.example", "sogddt.lamgiang.example",
    "soyte.lamgiang.example", "sonoivu.lamgiang.example", "songoaivu.lamgiang.example", "stnmt.lamgiang.example",
    "sxd.lamgiang.example", "svhttdl.lamgiang.example", "phuong-ben-nghe.lamgiang.example",
)  # fmt: skip

CITED = (StoredCitation("6||QĐ|TTG||", "06/QĐ-TTg"), StoredCitation("38||CT|TW||", "38-CT/TW", "carries_out"))


def marked(text: str, *words: str) -> Marked:
    ranges = sorted((text.index(word), text.index(word) + len(word)) for word in words if word in text)
    return Marked(text, tuple(ranges))


def hit(i: int = 0, **changes: Any) -> Hit:
    made = Hit(
        id=f"bai-{i}",
        url=f"/articles/bai-{i}",
        title=marked(TITLE, "Kế hoạch"),
        snippet=marked(f"… {TEXT} …", "Kế hoạch", "74/KH-UBND"),
        source=("sotttt.lamgiang.example",) if i % 3 else ("baolamgiang.example", "lamgiang.example"),
        category=None if i % 5 == 4 else "Chuyển đổi số",
        published=None if i % 4 == 3 else f"2023-03-{i % 27 + 1:02}",
        score=17.3 - i,
        numbers=("74/KH-UBND",) if i % 2 == 0 else (),
        cites=("06/QĐ-TTg", "38-CT/TW") if i % 3 == 0 else (),
        files=(
            FileHit(
                "74-UBND-KH.pdf",
                0,
                3,
                marked("Mục tiêu của Kế hoạch: 70% hồ sơ được nộp trực tuyến.", "Kế hoạch"),
            ),
        )
        if i % 3 == 0
        else (),
    )
    return dataclasses.replace(made, **changes)


def facets(request: SearchRequest) -> dict[str, tuple[FacetValue, ...]]:
    def ticked(name: str, *values: tuple[str, str, int]) -> tuple[FacetValue, ...]:
        chosen = getattr(request, name)
        return tuple(FacetValue(value, label, count, value in chosen) for value, label, count in values)

    years = tuple(
        dataclasses.replace(
            year,
            children=ticked(
                "date",
                *((f"{year.value}-{m:02}", f"Tháng {m}/{year.value}", m * 3) for m in (12, 11, 9, 3)),
            ),
        )
        for year in ticked("date", *((str(y), str(y), (y - 2000) * 40) for y in range(2026, 2014, -1)))
    )
    return {
        "date": (*years, *ticked("date", ("none", "Không rõ ngày đăng", 41))),
        "source": ticked("source", *((s, s, 2000 - 90 * i) for i, s in enumerate(SOURCES))),
        "category": ticked("category", ("Chính sách", "Chính sách", 1204), ("Y tế", "Y tế", 311)),
        "type": ticked("type", ("Kế hoạch", "Kế hoạch", 74), ("Quyết định", "Quyết định", 61)),
        "issuer": ticked("issuer", ("UBND", "Ủy ban nhân dân", 140)),
        "file_type": ticked("file_type", ("pdf", "PDF", 221), ("docx", "Word (.docx)", 40)),
    }


class FakeSearch:
    """Finds ``total`` articles for every query, except ``khong``, which finds nothing, and ``hong``, which fails."""

    def __init__(self, folder: Path, total: int = 1128) -> None:
        self.settings = Settings(data=folder)
        self.commits_seen = 0
        self.folder = folder
        self.total = total
        self.audience: Audience = "public"
        self.requests: list[SearchRequest] = []
        self.hits: tuple[Hit, ...] = tuple(hit(i) for i in range(10))
        self.article_stored = StoredArticle(
            id="bai-0",
            slug="bai-0",
            title=TITLE,
            summary="Kế hoạch phân công 42 nhiệm vụ cho từng cơ quan, kèm thời hạn hoàn thành.",
            body=TEXT,
            published="2023-03-17",
            sources=("sotttt.lamgiang.example",),
            category="Chuyển đổi số",
            url="https://sotttt.lamgiang.example/ke-hoach-74",
            type=("Kế hoạch",),
            issuer=("Ủy ban nhân dân thành phố Lam Giang",),
            numbers=("74/KH-UBND",),
            citations=CITED,
            files=(
                StoredFile("74-UBND-KH.pdf", 0, FileState.TEXT, "application/pdf", 1_262_485, "ab" * 32),
                StoredFile("Phụ lục: “bảng”\r\nX: y.html", 1, FileState.OCR, "text/html", 812, "cd" * 32),
                StoredFile("74-UBND-KH.signed", 2, FileState.MISSING, "application/pdf"),
            ),
        )

        self.answering: Iterable[StoredArticle] = (self.article_stored,)
        # Service, searcher and its parts in one.
        self.articles = self
        self.pages = SimpleNamespace(view=no_page, first=lambda *_: 1, picture=no_page)
        self.directives = SimpleNamespace(
            view=unknown,
            citing=unknown,
            ranked=SimpleNamespace(most_cited=lambda limit: [], missing=lambda limit: []),
            register=Register(no_documents, "public"),
        )

    def searcher(
        self, audience: Audience = "public", text: str = "", slugs: Sequence[str] = ()
    ) -> FakeSearch:
        self.audience = audience
        return self

    def search(self, request: SearchRequest) -> SearchResponse:
        self.requests.append(request)
        if request.text == "hong":
            raise IndexMissingError(self.folder)
        total = 0 if request.text == "khong" else self.total
        start = (request.page - 1) * request.size
        lines = (f"“{request.text}”: tìm cả chữ có dấu và không dấu",) if request.text else ()
        return SearchResponse(
            query=QueryReading(
                request.text,
                lines,
                suggestion="kế hoạch" if request.text == "kế hoach" else None,
                remarks=lines,
            ),
            total=total,
            page=request.page,
            size=request.size,
            took_ms=4.1,
            hits=self.hits[: max(0, min(total - start, request.size))],
            facets=facets(request),
            relaxed=Relaxed("some", 312, tuple(hit(i) for i in range(3)))
            if request.text == "khong"
            else None,
        )

    def listed(self, request: SearchRequest, most: int) -> Iterator[tuple[StoredArticle, str | None]]:
        return ((article, None) for article in self.scan(request, most))

    def scan(self, request: SearchRequest, most: int) -> Iterator[StoredArticle]:
        self.requests.append(request)
        if request.text == "hong":
            raise IndexMissingError(self.folder)
        return islice(self.answering, most)

    def view(self, slug: str, text: str = "", related: int = 0) -> Any:
        article = self.article_stored
        if slug != article.slug:
            raise NotFoundError(f"no article {slug!r}")
        return SimpleNamespace(
            article=article,
            title=marked(article.title, text) if text else Marked(article.title),
            summary=Marked(article.summary),
            subject=Marked(article.particulars.subject),
            signer=Marked(article.particulars.signer),
            field=Marked(article.particulars.field),
            files=(),
            body=LongText(
                tuple(
                    Paragraph(marked(article.body, text) if text else Marked(article.body)) for _ in range(4)
                )
            ),
        )

    def file(self, slug: str, n: int) -> tuple[StoredFile, KeptFile | None]:
        for file in self.view(slug).article.files:
            if file.n == n:
                path = self.folder / f"file-{n}"
                size = path.stat().st_size if path.is_file() else 0
                return file, FileInFolder(path, file.sha256, size, 0.0) if file.sha256 else None
        raise NotFoundError(f"article {slug!r} has no attachment {n}")

    def file_states(self, state: FileState | None, offset: int, limit: int) -> FileStates:
        article = self.article_stored
        return FileStates({FileState.TEXT: 1}, FileState.TEXT, ((article, article.files[:1]),))

    def overview(self) -> Any:
        return Overview(86_416, self.hits[:8], self.hits[:2], (), facets(SearchRequest()))

    def popular(self) -> tuple[str, ...]:
        return ("đăng ký khai sinh", "lịch cắt điện")

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        return [Suggestion(f"{prefix} …", "phrase", 3)][:limit]

    def by_slug(self, slug: str) -> StoredArticle:
        if slug != self.article_stored.slug:
            raise NotFoundError(f"no article {slug!r}")
        return self.article_stored

    def related(self, article: StoredArticle, limit: int = 10) -> tuple[Any, ...]:
        return ()

    def copies(self, article: StoredArticle) -> tuple[Any, ...]:
        return ()

    @property
    def generation(self) -> str:
        return str(self.total)

    def unready(self) -> str | None:
        return None if self.total > 0 else "there is no index yet"


def no_page(slug: str, n: int, number: int, text: str = "") -> Any:
    raise NotFoundError(f"attachment {n} has no page {number}")


@contextmanager
def no_documents() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as tables:
        tables.executescript(SCHEMA)
        yield tables


def unknown(number: str, year: int | None = None, place: str | None = None) -> Any:
    raise NotFoundError(f"no article contains or cites {number}")


class _Client(flask.testing.FlaskClient):
    """Reads every response to its end, which also closes the file it comes from.

    Follows permanent redirects, such as that of an article by its id alone, as browsers do.
    """

    def open(self, *args: Any, **options: Any) -> Any:
        options = {"buffered": True, **options}
        response = super().open(*args, **options)
        if response.status_code != 301 or "follow_redirects" in options:
            return response
        return super().open(*args, **options, follow_redirects=True)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, shared by all applications after the first."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if (known := self._known.get(self._key(bucket))) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._known[self._key(bucket)] = bucket.bytecode_to_string()

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return f"{bucket.environment.language} {bucket.key}"  # type: ignore[attr-defined]


class _Environment(TemplateLanguages):
    _compiled = _Compiled()

    def __init__(self, app: flask.Flask, **options: Any) -> None:
        super().__init__(app, bytecode_cache=self._compiled, **options)


@pytest.fixture(scope="session", autouse=True)
def applications() -> Iterator[None]:
    """Let every application of these tests have such a client and share its templates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flask.Flask, "test_client_class", _Client)
        patch.setattr(templates, "TemplateLanguages", _Environment)
        yield


@pytest.fixture
def search(tmp_path: Path) -> FakeSearch:
    (tmp_path / "file-0").write_bytes(b"%PDF-1.7 text")
    (tmp_path / "file-1").write_bytes(b"<script>alert(1)</script>")
    return FakeSearch(tmp_path)


@pytest.fixture
def client(search: FakeSearch) -> flask.testing.FlaskClient:
    return create_app(cast(Any, search)).test_client()


@pytest.fixture
def one_hit() -> Hit:
    return hit()
