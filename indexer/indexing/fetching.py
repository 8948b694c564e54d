"""Fetches attachments that articles give by address, before the articles are accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from indexer.disk.scratch import scratch_folder
from indexer.errors import ItemError
from indexer.indexing.outcome import Outcome
from indexer.model import Article, Attachment

Fetch = Callable[[str, Path], str | None]
"""Fetches an address into a file, and returns the media type sent by the server, if any. Raises ItemError; called from several
threads.
"""
_AT_ONCE = 4


def is_elsewhere(file: Attachment) -> bool:
    """Return whether only the address of an attachment is known."""
    return file.url is not None and file.content is None and file.path is None


def hash_with_addresses(digest: bytes, article: Article) -> bytes:
    """Return the digest of an article whose files are fetched; it differs from that without them, so the article is accepted
    again.
    """
    addresses = "\n".join(file.url or "" for file in article.attachments if is_elsewhere(file))
    return hashlib.blake2b(digest + addresses.encode(), digest_size=16).digest() if addresses else digest


@contextmanager
def with_files(
    articles: Sequence[Article], fetch: Fetch | None
) -> Iterator[list[tuple[Article, list[Outcome]]]]:
    """Yield each article with its files, and those that could not be fetched; the files are deleted when the block ends.

    Without ``fetch``, nothing is fetched.
    """
    waiting = [
        (a, n)
        for a, article in enumerate(articles)
        for n, file in enumerate(article.attachments)
        if is_elsewhere(file)
    ]
    if fetch is None or not waiting:
        yield [(article, []) for article in articles]
        return
    files = [list(article.attachments) for article in articles]
    problems: list[list[Outcome]] = [[] for _ in articles]
    with scratch_folder() as folder, ThreadPoolExecutor(_AT_ONCE) as pool:
        done = pool.map(lambda at: _fetched(fetch, files[at[0]][at[1]], folder / f"{at[0]}-{at[1]}"), waiting)
        for (a, n), result in zip(waiting, list(done), strict=True):
            if isinstance(result, str):
                problems[a].append(Outcome("failed", f"{articles[a].id}: {files[a][n].name}", result))
            else:
                files[a][n] = result
        yield [
            (replace(article, attachments=tuple(own)), wrong)
            for article, own, wrong in zip(articles, files, problems, strict=True)
        ]


def _fetched(fetch: Fetch, file: Attachment, path: Path) -> Attachment | str:
    """Return ``file`` with its bytes at ``path``, or why it could not be fetched."""
    try:
        media_type = fetch(file.url or "", path)
    except ItemError as error:
        path.unlink(missing_ok=True)
        return str(error)
    return replace(file, path=path, url=None, media_type=file.media_type or media_type)
