"""News for programs: JSON by POST, signed as the Standard Webhooks specification has it (HMAC-SHA256 of id, time and body)."""

from __future__ import annotations

import base64
import binascii
import hmac
import http.client
import json
import secrets
import time
from collections.abc import Sequence

from indexer import __version__
from indexer.alerts.searches import title_of
from indexer.alerts.values import Message
from indexer.contract.search_json import hit_json
from indexer.errors import ItemError, UsageError
from indexer.network import Reachable
from indexer.push.connecting import Connector, checked
from indexer.search.response import Hit
from indexer.settings import Settings

_PREFIX = "whsec_"
_GONE = 410
"""By this a program says that it wants no more."""
_LARGEST_ANSWER = 1 << 16


class Webhooks:
    """Posts to addresses of the public internet, and to those that ``fetch_allow`` lets through."""

    def __init__(self, settings: Settings, connector: Connector | None = None) -> None:
        """``connector`` is replaced in tests only."""
        reachable = Reachable.parse(settings.fetch_allow)
        self._connector = connector or Connector(allowed=reachable.allows_address, names=reachable.names)
        self._seconds = settings.fetch_seconds

    def post(self, message: Message, body: bytes, now: int) -> bool:
        """Send ``body``; False where the program wants no more. Raises ItemError saying why it was not taken."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"tracuu/{__version__}",
            "Connection": "close",
            "webhook-id": message.name,
            "webhook-timestamp": str(now),
            "webhook-signature": f"v1,{signature(message.secret, message.name, now, body)}",
        }
        try:
            with self._connector.opened(message.address, time.monotonic() + self._seconds) as (
                connection,
                path,
            ):
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                answer.read(_LARGEST_ANSWER)
        except TimeoutError:
            raise ItemError(f"it took more than {self._seconds:g} s") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ItemError(f"it can't be reached: {error}") from None
        if answer.status == _GONE:
            return False
        # A redirect is none: it would lead a signed message elsewhere.
        if not 200 <= answer.status < 300:
            raise ItemError(f"it answered with status {answer.status}")
        return True


def payload(message: Message, hits: Sequence[Hit], total: int, root: str) -> bytes:
    """Return what is posted: the search, and its new articles as the API gives hits; links begin with ``root``."""
    document = {
        "type": "articles.new",
        "alert": message.alert.id,
        "search": title_of(message.alert.query, message.alert.language),
        "query": message.alert.query,
        "total": total,
        "articles": [{**hit_json(hit), "link": root + hit.url} for hit in hits],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def new_secret() -> str:
    """Return a secret for signatures."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, name: str, now: int, body: bytes) -> str:
    """Return the signature of a message, in Base64; raises UsageError where ``secret`` is none."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise UsageError(f"a secret must be {_PREFIX} followed by Base64") from None
    return base64.b64encode(hmac.digest(key, f"{name}.{now}.".encode() + body, "sha256")).decode()


def check_url(url: str) -> None:
    """Raise UsageError for what can't be the address of a webhook."""
    try:
        checked(url)
    except (ItemError, ValueError) as error:
        raise UsageError(f"{url[:200]!r} can't be used as a webhook: {error}") from None
