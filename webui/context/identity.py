"""Who sends the request and what they may see and do, from its key or from a trusted proxy.

The key goes in ``Authorization: Bearer``. A wrong key is refused everywhere, even where none is needed: a client that sends a
key wants to know that it is no longer valid.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import flask

from indexer.errors import TraCuuError
from indexer.keys import Key, KeyStore, Scope
from indexer.model import Audience
from indexer.settings import Settings

_EXTENSION = "tracuu-keys"
_LONGEST_NAME = 80
"""Maximum length, in characters, of a name given by a proxy."""
_EDITORS = "tracuu-editors"
_REALM = 'Bearer realm="tracuu"'


class KeyNeededError(TraCuuError):
    """No key was sent, or the key is not valid (HTTP 401)."""

    status = 401
    title = "Key needed"
    kind = "key-needed"


class ScopeError(TraCuuError):
    """The key lacks the required scope (HTTP 403)."""

    status = 403
    title = "Key without the scope"
    kind = "key-without-the-scope"


@dataclass(frozen=True, slots=True)
class Staff:
    """A person at the editors' desk."""

    name: str
    """The name of the key, or the name given by the trusted proxy."""
    may_change: bool
    by_key: bool
    """Whether each request carries a key; pages of other sites cannot forge such requests."""


def register(app: flask.Flask, settings: Settings) -> None:
    """Read keys from the data directory of ``settings`` and set ``Vary`` headers accordingly."""
    app.extensions[_EXTENSION] = (KeyStore(settings.data), settings.staff_header)
    app.extensions[_EDITORS] = frozenset(settings.editors.split())
    app.after_request(_mark)


def key() -> Key | None:
    """Return the key of the request, None if it has none; raises KeyNeededError if the key is not valid."""
    if "key" not in flask.g:
        kind, _, given = flask.request.headers.get("Authorization", "").partition(" ")
        found: Key | None = None
        if kind.lower() == "bearer":
            keys, _ = flask.current_app.extensions[_EXTENSION]
            found = keys.verify(given.strip())
            if found is None:
                raise KeyNeededError("the key is unknown, revoked or expired; ask for a new one")
        flask.g.key = found
    return cast("Key | None", flask.g.key)


def audience() -> Audience:
    """Return the audience of the request, which decides which articles it sees."""
    found = key()
    return "staff" if (found and "staff" in found.scopes) or vouched_for() else "public"


def vouched_for() -> bool:
    """Tell whether the trusted proxy identifies the request as one from staff."""
    _, header = flask.current_app.extensions[_EXTENSION]
    return bool(header and flask.request.headers.get(header, "").strip())


def needs(scope: Scope) -> Key:
    """Return the key of the request; raises KeyNeededError or ScopeError unless it has ``scope``."""
    found = key()
    if found is None:
        raise KeyNeededError("a key is required; send it as `Authorization: Bearer KEY`")
    if scope not in found.scopes:
        raise ScopeError(
            f"key {found.name!r} lacks the {scope} scope; ask the operator for a key that has it"
        )
    return found


def staff() -> Staff | None:
    """Return who is at the desk, None for the public; raises KeyNeededError if the key is not valid.

    Keys with the scope ``staff`` allow looking, those with ``curate`` also changing. People admitted by the trusted proxy may
    do both, unless the setting ``editors`` names others; then they may only look.
    """
    found = key()
    if found and not vouched_for():
        looks, changes = "staff" in found.scopes, "curate" in found.scopes
        return Staff(found.name, changes, True) if looks or changes else None
    if not vouched_for():
        return None
    name, editors = _vouched_name(), flask.current_app.extensions[_EDITORS]
    return Staff(name, not editors or name in editors, False)


def _vouched_name() -> str:
    """Return the value of the proxy's header as one line of text."""
    _, header = flask.current_app.extensions[_EXTENSION]
    given = flask.request.headers.get(header, "")
    with suppress(UnicodeError):
        # WSGI headers are decoded as Latin-1, whatever their real encoding.
        given = given.encode("latin-1").decode()
    shown = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", given))
    return " ".join(shown.split())[:_LONGEST_NAME]


def _mark(response: flask.Response) -> flask.Response:
    """Keep staff-only responses out of shared caches."""
    if response.status_code == KeyNeededError.status:
        response.headers["WWW-Authenticate"] = _REALM
    if "seen_as" not in flask.g:
        return response
    _, header = flask.current_app.extensions[_EXTENSION]
    response.vary.add("Authorization")
    if header:
        response.vary.add(header)
    if flask.g.seen_as == "staff" and not response.cache_control.no_store:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
