"""``[smtp]`` of ``tracuu.toml``: by which mail server alerts are sent, and in whose name."""

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
    """A mail server; without a ``host`` there is none, and no alerts are offered."""

    host: str = ""
    port: int = 0
    tls: Tls = "starttls"
    """``starttls``: a plain connection that turns into TLS or is given up; ``implicit``: TLS from the start."""
    user: str = ""
    password_file: str = ""
    password_env: str = ""
    sender: str = ""
    """The address that mails come from."""

    def password(self) -> str:
        """Return the password, empty where none is named; raises UsageError where it is not where the settings say."""
        if self.password_file:
            try:
                return Path(self.password_file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
                raise UsageError(
                    f"smtp.password_file: {self.password_file} can't be read: {reason}"
                ) from None
        if self.password_env and self.password_env not in os.environ:
            raise UsageError(f"smtp.password_env: the environment variable {self.password_env} is not set")
        return os.environ.get(self.password_env, "") if self.password_env else ""


def read_smtp(table: object, origin: str) -> SmtpSettings:
    """Return what the table says; raises SettingsError naming the key, what is wrong with it, and where it came from."""
    if not isinstance(table, Mapping):
        raise SettingsError(f"{origin} must be a table; write it as [smtp], with host and sender")
    for key, value in table.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, 1)
            advice = f"did you mean {near[0]}?" if near else f"use {', '.join(_KEYS)}"
            raise SettingsError(f"{origin}.{key} is not a known setting; {advice}")
        if key != "port" and not isinstance(value, str):
            raise SettingsError(f"{origin}.{key} must be a string, not {value!r}")
    return _checked(table, origin) if table else SmtpSettings()


def _checked(table: Mapping[str, str | int], origin: str) -> SmtpSettings:
    text = {key: str(value).strip() for key, value in table.items()}
    for needed in ("host", "sender"):
        if not text.get(needed):
            raise SettingsError(f"{origin}.{needed} is missing; set it")
    if "@" not in text["sender"].strip("@") or any(one in text["sender"] for one in " \r\n<>,"):
        raise SettingsError(
            f"{origin}.sender must be an address such as tin@lamgiang.example, not {text['sender']!r}"
        )
    tls = text.get("tls", "starttls")
    if tls not in get_args(Tls):
        raise SettingsError(f"{origin}.tls must be one of {', '.join(get_args(Tls))}, not {tls!r}")
    port = table.get("port", _PORTS[cast(Tls, tls)])
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port <= _LAST_PORT:
        raise SettingsError(f"{origin}.port must be a port from 1 to 65535, not {port!r}")
    if text.get("password_file") and text.get("password_env"):
        raise SettingsError(f"{origin} has both password_file and password_env; remove one of them")
    has_password = bool(text.get("password_file") or text.get("password_env"))
    if has_password != bool(text.get("user")):
        raise SettingsError(f"{origin} must have both a user and a password, or neither")
    if has_password and tls == "none":
        raise SettingsError(
            f"{origin}.tls = 'none' would send the password unencrypted; use starttls or implicit"
        )
    others = {
        key: text[key] for key in ("host", "user", "password_file", "password_env", "sender") if key in text
    }
    return SmtpSettings(port=port, tls=cast(Tls, tls), **others)
