"""Sends emails by SMTP, several per connection, distinguishing rejected, accepted and unknown outcomes."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from indexer.errors import StorageError
from indexer.smtp_settings import SmtpSettings

_SECONDS = 30.0
"""Time limit for a response of the server, in seconds."""
_REFUSED = range(500, 600)
_CLOSING = 421


class MailServerError(StorageError):
    """The mail server is unavailable: nothing was delivered, and waiting messages are retried later (exit 3)."""


class LaterError(Exception):
    """The server does not accept this email now."""


class RefusedError(Exception):
    """The server says that the mailbox does not exist, or permanently rejects this email."""


class UnknownError(Exception):
    """The connection broke during delivery: the email may have arrived."""


class _Wire(EmailPolicy):
    """An email on the wire; the address for unsubscribing stays one word, as mail programs expect."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_WIRE = _Wire(linesep="\r\n")


class MailServer:
    """A connection opened with the first email; a context manager."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> MailServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def offer(self, address: str) -> None:
        """Announce the recipient of the next email. Raises RefusedError, LaterError or MailServerError."""
        for again in (True, False):
            fresh = self._connection is None
            connection = self._connection or self._open()
            try:
                connection.rset()
                code, said = connection.mail(self._settings.sender)
                if code in _REFUSED:
                    raise self._unusable(smtplib.SMTPSenderRefused(code, said, self._settings.sender))
                self._expect((code, said))
                self._expect(connection.rcpt(address))
                return
            except (smtplib.SMTPException, OSError) as error:
                # Servers close long or idle connections; that says nothing about this email.
                self._close()
                if fresh or not again:
                    raise self._unusable(error) from error

    def hand_over(self, message: EmailMessage) -> None:
        """Send the email to the announced recipient.

        Raises RefusedError or LaterError if it was not accepted, UnknownError if it may have arrived.
        """
        if self._connection is None:
            raise LaterError("no recipient was given")
        try:
            self._expect(self._connection.data(message.as_bytes(policy=_WIRE)))
        except smtplib.SMTPDataError as error:
            self._expect((error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""))
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise UnknownError(str(error)) from error

    def _expect(self, answer: tuple[int, bytes]) -> None:
        code, text = answer
        said = f"{code} {text.decode('utf-8', 'replace')}"
        # RFC 3463: a policy rejection (relaying, a blocked host) says nothing about the mailbox.
        if code in _REFUSED and not text.startswith(b"5.7."):
            raise RefusedError(said)
        if not 200 <= code < 300:
            if code == _CLOSING:
                self._close()
            raise LaterError(said)

    def _open(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        if not settings.host:
            raise MailServerError(
                "no mail server is set, so emails are waiting; see [smtp] in tracuu.toml.example"
            )
        try:
            if settings.tls == "implicit":
                connection: smtplib.SMTP = smtplib.SMTP_SSL(
                    settings.host, settings.port, timeout=_SECONDS, context=context
                )
            else:
                connection = smtplib.SMTP(settings.host, settings.port, timeout=_SECONDS)
        except (smtplib.SMTPException, OSError) as error:
            raise self._unusable(error) from error
        self._connection = connection
        try:
            if settings.tls == "starttls":
                connection.starttls(context=context)
            connection.ehlo_or_helo_if_needed()
            if settings.user:
                connection.login(settings.user, settings.password())
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise self._unusable(error) from error
        except BaseException:
            self._close()
            raise
        return connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _unusable(self, error: Exception) -> MailServerError:
        where = f"{self._settings.host}:{self._settings.port}"
        # The server's response to a wrong password may repeat what was sent.
        said = (
            "it rejects the user name and password"
            if isinstance(error, smtplib.SMTPAuthenticationError)
            else (getattr(error, "strerror", None) or str(error) or type(error).__name__)
        )
        return MailServerError(
            f"the mail server {where} can't be used: {said}; waiting emails will be sent by the next run; check [smtp] in the settings"
        )
