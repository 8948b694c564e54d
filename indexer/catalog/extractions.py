"""Texts read from attachments, by the SHA-256 of their bytes, and the articles that carry them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator
from typing import Any

from indexer.catalog.database import CatalogDatabase, in_parts
from indexer.catalog.format import is_whole, row_digest
from indexer.errors import DamagedError
from indexer.model import Extraction, FileState, OcrPage, Problem
from indexer.stored.extraction import (
    extraction_from_json,
    extraction_to_json,
    ocr_page_from_json,
    ocr_page_to_json,
)

_ROW = "SELECT sha256, extraction, digest FROM files"
_UNUSED = "sha256 NOT IN (SELECT sha256 FROM article_files)"
_DAMAGED = Extraction("", FileState.FAILED, problems=(Problem("record_damaged"),))


class Extractions:
    """Extracted texts; a file is read once, whatever its name and however many articles carry it."""

    def __init__(self, database: CatalogDatabase) -> None:
        self._database = database

    def of(self, sha256: str) -> Extraction | None:
        """Return the text read from the file with this digest, None if it has not been read.

        Raises DamagedError if it differs from what was stored.
        """
        with self._database.reading() as db:
            row = db.execute(f"{_ROW} WHERE sha256 = ?", (sha256,)).fetchone()
        if row and not is_whole(row):
            raise DamagedError(
                f"{self._database.path}: the stored text of file {sha256} is damaged;"
                f" run `tracuu reextract {sha256}`"
            )
        return extraction_from_json(_unpacked(row[1])) if row else None

    def all(self) -> Iterator[tuple[str, Extraction]]:
        """Yield digest and result of every file that was read; a damaged one as failed."""
        with self._database.reading() as db:
            for row in db.execute(_ROW).fetchall():
                yield row[0], extraction_from_json(_unpacked(row[1])) if is_whole(row) else _DAMAGED

    def keep(self, sha256: str, extraction: Extraction) -> None:
        """Store the result for a file, so that it is read only once."""
        packed = _packed(extraction_to_json(extraction))
        with self._database.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO files (sha256, extraction, digest) VALUES (?, ?, ?)",
                (sha256, packed, row_digest(sha256, packed)),
            )
            db.execute("DELETE FROM ocr_pages WHERE sha256 = ?", (sha256,))

    def ocr_pages(self, sha256: str) -> dict[int, OcrPage]:
        """Return the pages of a file read by OCR so far; a damaged one counts as not read."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT sha256, page, result, digest FROM ocr_pages WHERE sha256 = ?", (sha256,)
            )
            return {row[1]: ocr_page_from_json(_unpacked(row[2])) for row in rows if is_whole(row)}

    def keep_ocr_page(self, sha256: str, number: int, page: OcrPage) -> None:
        """Store a page, so that an interrupted run continues after it."""
        packed = _packed(ocr_page_to_json(page))
        with self._database.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO ocr_pages (sha256, page, result, digest) VALUES (?, ?, ?, ?)",
                (sha256, number, packed, row_digest(sha256, number, packed)),
            )

    def carriers(self, digests: Collection[str]) -> list[str]:
        """Return the ids of the articles that carry any of these files, in order."""
        found: set[str] = set()
        with self._database.reading() as db:
            for part, marks in in_parts(sorted(digests)):
                rows = db.execute(
                    f"SELECT DISTINCT article FROM article_files WHERE sha256 IN ({marks})", part
                )
                found.update(row[0] for row in rows)
        return sorted(found)

    def carried_files(self) -> set[str]:
        """Return the digests of all files whose bytes an article carries."""
        with self._database.reading() as db:
            return {row[0] for row in db.execute("SELECT DISTINCT sha256 FROM article_files")}

    def unused(self) -> set[str]:
        """Return the digests of files that were read, and that no article carries."""
        with self._database.reading() as db:
            return {row[0] for row in db.execute(f"SELECT sha256 FROM files WHERE {_UNUSED}")}

    def forget_unused(self) -> list[str]:
        """Forget the texts of files that no article carries; return their digests."""
        with self._database.writing() as db:
            gone = [row[0] for row in db.execute(f"SELECT sha256 FROM files WHERE {_UNUSED}")]
            db.execute(f"DELETE FROM files WHERE {_UNUSED}")
        return gone

    def forget_damaged_pages(self) -> None:
        """Forget damaged pages read by OCR; they are read again."""
        with self._database.writing() as db:
            for row in db.execute("SELECT sha256, page, result, digest FROM ocr_pages").fetchall():
                if not is_whole(row):
                    db.execute("DELETE FROM ocr_pages WHERE sha256 = ? AND page = ?", row[:2])


def _packed(values: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))
