"""Read a file as attachments are read."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from indexer.commands.output import print_json, wants_json
from indexer.contract.article_json import reason_json
from indexer.disk.scratch import scratch_folder
from indexer.errors import UsageError
from indexer.extract.archive_names import name_inside
from indexer.extract.archives import ARCHIVES, carries_files
from indexer.extract.reasons import advice, sentence, sentences
from indexer.extract.sandbox import Sandbox, open_sandbox
from indexer.extract.tesseract import tesseract_missing
from indexer.files.store import digest_of
from indexer.indexing.attachments import with_ocr
from indexer.model import Extraction, FileState, Member
from indexer.settings import Settings
from indexer.stored.extraction import extraction_to_json


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu extract``."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans by OCR"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the pages; exit 1 if the file could not be read."""
    if not options.file.is_file():
        raise UsageError(f"{options.file} is not a file; name a file")
    with open_sandbox(settings, 1) as sandbox:
        extraction = sandbox.extract(options.file, options.file.name)
        if carries_files(extraction):
            extraction = _unpacked(sandbox, options.file, extraction, settings.max_file_mb << 20)
        if extraction.unread and settings.ocr and tesseract_missing() is None:
            read = {number: sandbox.ocr(options.file, number) for number in extraction.unread}
            extraction = _without_boxes(with_ocr(extraction, read))
    if wants_json(options):
        told = {
            "problems": list(sentences(extraction.problems)),
            "reasons": [reason_json(one) for one in extraction.problems],
        }
        print_json(extraction_to_json(extraction) | told)
    else:
        for member in extraction.members:
            print(f"{member.size:>12,} {member.name}")
        for page in extraction.pages:
            print(f"--- {page.number}" if page.number else "---")
            print(page.text)
        for signature in extraction.signatures:
            print(f"{signature.status}: {signature.signer} {signature.signed_at or ''}")
        for problem in extraction.problems:
            print(f"{options.file}: {'; '.join(filter(None, [sentence(problem), advice(problem)]))}")
    return 1 if extraction.state in (FileState.FAILED, FileState.PROTECTED) else 0


def _without_boxes(extraction: Extraction) -> Extraction:
    """Return ``extraction`` without the positions of words, which this output does not need."""
    return replace(extraction, pages=tuple(replace(page, boxes=()) for page in extraction.pages))


def _unpacked(sandbox: Sandbox, path: Path, extraction: Extraction, largest: int) -> Extraction:
    """Return the contents of an archive; its files are listed, not read."""
    with scratch_folder() as folder:
        found = sandbox.unpack(path, folder, largest)
        members = tuple(
            Member(name or name_inside(path.name), digest_of(folder / file), size)
            for name, file, size in found.members
        )
    if extraction.media_type not in ARCHIVES:
        return replace(extraction, members=members)
    return replace(extraction, state=found.state, problems=found.problems, members=members)
