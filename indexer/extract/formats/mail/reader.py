"""An email -> its text; its attachments are extracted as from archives."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import Content, in_pieces, in_unicode
from indexer.extract.formats.mail.eml import read_eml
from indexer.extract.formats.mail.message import Message
from indexer.extract.formats.mail.msg import read_msg
from indexer.extract.ole import OLE_MAGIC


def mail(path: Path, _media_type: str) -> Content:
    """Return header and text of the email at ``path``, and those of emails within it."""
    message = read_mail(path)
    return in_unicode(in_pieces(message.text()), tuple(message.problems))


def read_mail(path: Path) -> Message:
    """Return the email at ``path``; raises ValueError if it is damaged."""
    content = path.read_bytes()
    return read_msg(content) if content.startswith(OLE_MAGIC) else read_eml(content)
