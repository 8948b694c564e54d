"""A mail server that keeps what it receives, and refuses what a test tells it to."""

from __future__ import annotations

import email
import re
import socket
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from indexer.smtp_settings import SmtpSettings


class Mailbox:
    """What was sent. ``rcpt`` and ``data`` answer addresses and mails; None accepts them."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.rcpt: Callable[[str], str | None] = lambda address: None
        self.data: Callable[[str], str | None] = lambda address: None
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=port, ready_timeout=60)
        self._controller.start()
        self.settings = SmtpSettings("127.0.0.1", port, "none", sender="tin@lamgiang.example")

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for raw in self.raw]

    def close(self) -> None:
        self._controller.stop()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        refused = self.rcpt(address)
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        refused = self.data(envelope.rcpt_tos[0])
        if refused is None:
            self.raw.append(envelope.content)
        return refused or "250 OK"


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """Return the body of a mail in one of its two forms."""
    part = mail.get_body((kind,))
    assert part is not None
    return "\n".join(str(part.get_content()).splitlines())


def token_of(mail: EmailMessage) -> str:
    """Return the token in the last link that has one."""
    found: list[str] = re.findall(r"token=([\w-]+)", text_of(mail))
    return found[-1]
