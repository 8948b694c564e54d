"""``python -m benchmarks.pages``: pictures of real attachment pages, requested from the web app: time, size and boxes."""

from __future__ import annotations

import random
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from flask.testing import FlaskClient

from benchmarks import scans
from benchmarks.corpus import CORPORA
from benchmarks.tables import table
from indexer.indexing.opening import open_pipeline
from indexer.model import Article, Attachment
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import Listed
from webui import create_app

_PHRASE = 3
"""Number of adjacent words of a page that are searched for on it."""


def section() -> str:
    """Return the table; each page is drawn in the same process as in the service."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        pages = _indexed(Settings(data=data))
        service = open_search(Settings(data=data))
        client = create_app(service).test_client()
        client.get(pages[0])  # starting the process is not drawing
        shutil.rmtree(data / "cache")
        first, again, picture, sizes = [], [], [], []
        asked = boxed = 0
        chance = random.Random(1)
        for page in pages:
            seconds, html = _get(client, page)
            first.append(seconds)
            again.append(_get(client, page)[0])
            seconds, image = _get(client, f"{page}/picture")
            picture.append(seconds)
            sizes.append(len(image) / 1024)
            text = html.decode().partition('id="chu-cua-trang"')[2].partition("</section>")[0]
            words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", text))
            if len(words) > 20:
                at = chance.randrange(8, len(words) - _PHRASE)
                asked += 1
                query = quote(" ".join(words[at : at + _PHRASE]))
                boxed += b"<rect" in _get(client, f"{page}?q={query}")[1]
        service.close()
    rows = [
        _row("page, drawn for the first time", first),
        _row("page, drawn before", again),
        _row("its picture", picture),
    ]
    return (
        f"## Pictures of pages (`python -m benchmarks.pages`): {len(pages)} pages of real and demo PDF; limit: p95 300 ms uncached\n\n"
        + table(("request", "p50 ms", "p95 ms", "max ms"), rows)
        + f"\n\nPictures 1,240 pixels wide, p50 {statistics.median(sizes):.0f} kB, at most {max(sizes):.0f} kB. Three neighbouring"
        f" words of the text beneath are boxed on the picture of {boxed} of {asked} pages."
    )


def _indexed(settings: Settings) -> list[str]:
    files = [*sorted((CORPORA / "attachments").glob("*.pdf")), *scans.documents()]
    articles = [
        Article(f"a{n}", path.name, attachments=(Attachment(path.name, path=path),))
        for n, path in enumerate(files)
    ]
    with open_pipeline(settings) as pipeline:
        list(pipeline.index(Listed(articles)))
    service = open_search(settings)
    counts = {
        article.id: service.searcher().articles.by_id(article.id).files[0].pages or 0 for article in articles
    }
    service.close()
    return [
        f"/articles/{id}/files/0/pages/{number}"
        for id, last in counts.items()
        for number in range(1, last + 1)
    ]


def _get(client: FlaskClient, address: str) -> tuple[float, bytes]:
    start = time.perf_counter()
    response = client.get(address)
    content = response.data
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status}")
    return time.perf_counter() - start, content


def _row(name: str, seconds: list[float]) -> tuple[str, ...]:
    ordered = sorted(seconds)
    return (
        name,
        *(f"{1000 * value:.0f}" for value in (ordered[len(ordered) // 2], ordered[int(0.95 * len(ordered))], ordered[-1])),
    )  # fmt: skip


if __name__ == "__main__":
    print(section())
