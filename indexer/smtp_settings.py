"""``[smtp]`` in ``tracuu.toml``: the mail server and the sender of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from indexer.errors import SettingsError
from indexer.setting_forms import LAST_PORT
from indexer.setting_tables import content_of, table_of, text, variable

Tls = Literal["starttls", "implicit", "none"]
_PORTS: Mapping[Tls, int] = {"starttls": 587, "implicit": 465, "none": 25}
_KEYS = ("host", "port", "tls", "user", "password_file", "password_env", "sender")


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
            return content_of(self.password_file, "smtp.password_file")
        return variable(self.password_env, "smtp.password_env") if self.password_env else ""


def read_smtp(table: object, origin: str) -> SmtpSettings:
    """Return the settings in the table; raises SettingsError naming the key, the error and the origin."""
    given = table_of(table, _KEYS, origin, "[smtp], with host and sender")
    for key, value in given.items():
        if key != "port":
            text(value, f"{origin}.{key}")
    return _checked(given, origin) if given else SmtpSettings()


def _checked(table: Mapping[str, str | int], origin: str) -> SmtpSettings:
    texts = {key: str(value).strip() for key, value in table.items()}
    for needed in ("host", "sender"):
        if not texts.get(needed):
            raise SettingsError(f"{origin}.{needed} is missing; set it")
    if "@" not in texts["sender"].strip("@") or any(one in texts["sender"] for one in " \r\n<>,"):
        raise SettingsError(
            f"{origin}.sender must be an address such as tin@lamgiang.example, not {texts['sender']!r}"
        )
    tls = texts.get("tls", "starttls")
    if tls not in get_args(Tls):
        raise SettingsError(f"{origin}.tls must be one of {', '.join(get_args(Tls))}, not {tls!r}")
    port = table.get("port", _PORTS[cast(Tls, tls)])
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port <= LAST_PORT:
        raise SettingsError(f"{origin}.port must be a port from 1 to 65535, not {port!r}")
    if texts.get("password_file") and texts.get("password_env"):
        raise SettingsError(f"{origin} has both password_file and password_env; remove one of them")
    has_password = bool(texts.get("password_file") or texts.get("password_env"))
    if has_password != bool(texts.get("user")):
        raise SettingsError(f"{origin} must have both a user and a password, or neither")
    if has_password and tls == "none":
        raise SettingsError(
            f"{origin}.tls = 'none' would send the password unencrypted; use starttls or implicit"
        )
    others = {
        key: texts[key] for key in ("host", "user", "password_file", "password_env", "sender") if key in texts
    }
    return SmtpSettings(port=port, tls=cast(Tls, tls), **others)
