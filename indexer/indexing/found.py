"""Attachments before they are stored: their bytes, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import ItemError
from indexer.extract.archives import CARRIERS
from indexer.extract.reasons import problem
from indexer.files.store import digest_of
from indexer.model import Attachment, FileState, Problem
from indexer.stored.article import StoredFile


@dataclass(frozen=True, slots=True)
class FoundAttachment:
    """An attachment before it is stored: its digest, or why it has no bytes."""

    attachment: Attachment
    sha256: str | None
    size: int | None
    state: FileState = FileState.PENDING
    problems: tuple[Problem, ...] = ()


def look_at(attachment: Attachment, largest: int) -> FoundAttachment:
    """Look up the bytes of ``attachment``; files over ``largest`` bytes are given up with a reason."""
    content = attachment.content if attachment.content is not None else attachment.path
    if content is None:
        return FoundAttachment(attachment, None, None, FileState.MISSING)
    try:
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        if size > largest:
            reason = problem("too_large", size=size, largest=largest)
            return FoundAttachment(attachment, None, size, FileState.FAILED, (reason,))
        return FoundAttachment(attachment, digest_of(content), size)
    except FileNotFoundError:
        return FoundAttachment(attachment, None, None, FileState.MISSING)
    except (ItemError, OSError) as error:
        if isinstance(error, ItemError):
            reason = problem("not_sent", text=str(error))
        else:
            reason = problem("not_readable", text=error.strerror or type(error).__name__)
        return FoundAttachment(attachment, None, None, FileState.FAILED, (reason,))


def found_again(files: Sequence[StoredFile]) -> list[FoundAttachment]:
    """Return the attachments that ``files`` came from: members follow their archive and will be found in it again."""
    top: list[StoredFile] = []
    for file in files:
        if not any(file.name.startswith(f"{other.name}/") and other.media_type in CARRIERS for other in top):
            top.append(file)
    return [
        FoundAttachment(
            Attachment(file.name, file.media_type),
            file.sha256,
            file.size,
            file.state,
            file.problems,
        )
        if file.sha256 is None
        else FoundAttachment(Attachment(file.name, file.media_type), file.sha256, file.size)
        for file in top
    ]
