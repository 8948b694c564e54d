"""``[smtp]`` in ``tracuu.toml``: the mail server and the sender of alerts."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from indexer.errors import SettingsError, UsageError

Tls = Literal["starttls", "implicit", "none"]
_PORTS: Mapping[Tls, int] = {"starttls": 587, "implicit": 465, "none": 25}
_KEYS = ("host", "port", "tls", "user", "password_file", "password_env", "sender")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server; without ``host`` there is none, and alerts are not offered."""

    host: str = ""
    port: int = 0
    tls: Tls = "starttls"
    """``starttls``: a plain connection that must switch to TLS; ``implicit``: TLS from the start."""
    user: str = ""
    password_file: str = ""
    password_env: str = ""
    sender: str = ""
    """The sender's address."""

    def password(self) -> str:
        """Return the password, empty if none is configured; raises UsageError if it is not where the settings say."""
        if self.password_file:
            try:
                return Path(self.password_file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                reason = error.strerror if isinstance(error, OSError) else "it is no text"
                raise UsageError(
                    f"smtp.password_file: {self.password_file} can't be read: {reason}"
                ) from None
        if self.password_env and self.password_env not in os.environ:
            raise UsageError(f"smtp.password_env: the environment has no {self.password_env}")
        return os.environ.get(self.password_env, "") if self.password_env else ""


def read_smtp(table: object, origin: str) -> SmtpSettings:
    """Return the settings in the table; raises SettingsError naming the key, the error and the origin."""
    if not isinstance(table, Mapping):
        raise SettingsError(f"{origin} is no table; write it as [smtp], with host and sender")
    for key, value in table.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, 1)
            advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KEYS)}"
            raise SettingsError(f"{origin}.{key} is unknown; {advice}")
        if key != "port" and not isinstance(value, str):
            raise SettingsError(f"{origin}.{key} = {value!r} is no text")
    return _checked(table, origin) if table else SmtpSettings()


def _checked(table: Mapping[str, str | int], origin: str) -> SmtpSettings:
    text = {key: str(value).strip() for key, value in table.items()}
    for needed in ("host", "sender"):
        if not text.get(needed):
            raise SettingsError(f"{origin} has no {needed}")
    if "@" not in text["sender"].strip("@") or any(one in text["sender"] for one in " \r\n<>,"):
        raise SettingsError(f"{origin}.sender = {text['sender']!r} is no address, as tin@lamgiang.example is")
    tls = text.get("tls", "starttls")
    if tls not in get_args(Tls):
        raise SettingsError(f"{origin}.tls = {tls!r} is unknown; choose one of {', '.join(get_args(Tls))}")
    port = table.get("port", _PORTS[cast(Tls, tls)])
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port <= _LAST_PORT:
        raise SettingsError(f"{origin}.port = {port!r} is no port")
    if text.get("password_file") and text.get("password_env"):
        raise SettingsError(f"{origin} has password_file and password_env; one of them is enough")
    has_password = bool(text.get("password_file") or text.get("password_env"))
    if has_password != bool(text.get("user")):
        raise SettingsError(f"{origin}: a user and a password belong together; give both or none")
    if has_password and tls == "none":
        raise SettingsError(
            f"{origin}: with tls = 'none' the password would travel in the clear; choose starttls or implicit"
        )
    others = {
        key: text[key] for key in ("host", "user", "password_file", "password_env", "sender") if key in text
    }
    return SmtpSettings(port=port, tls=cast(Tls, tls), **others)
