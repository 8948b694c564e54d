"""Why something could not be had, in the words of operators."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from twisted.internet import error as network

from indexer.errors import ItemError
from indexer.sources.site.scrapy_.guard import NOT_PUBLIC, REFUSED, Refused


def reason_of(error: BaseException, address: str = "") -> str:
    """Return a few words for ``error``; what the guard, robots.txt and limits refuse is told as such."""
    if isinstance(error, (Refused, ItemError)):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return _IGNORED.get(str(error), str(error).lower() or "it is not wanted")
    if (urlsplit(address).hostname or "") in REFUSED:
        return NOT_PUBLIC
    if isinstance(error, DownloadCancelledError):
        return "it is too large"
    if isinstance(
        error, (DownloadTimeoutError, TimeoutError, network.TimeoutError, network.TCPTimedOutError)
    ):
        return "the server took too long"
    name = type(error).__name__
    for part, words in _NAMED.items():
        if part in name:
            return words
    return f"it can't be fetched ({name})"


_IGNORED = {
    "max redirections reached": "it redirects too often",
}
_NAMED = {
    "DNSLookup": "its host has no address",
    "CannotResolve": "its host has no address",
    "Refused": "the server refuses connections",
    "Failed": "the connection was lost",
    "DataLoss": "the connection was lost",
    "ConnectionLost": "the connection was lost",
    "Connect": "the server can't be reached",
    "SSL": "its certificate or encryption is not accepted",
}


def is_final(error: BaseException) -> bool:
    """Tell whether the request was refused here, rather than failed there."""
    return isinstance(error, (IgnoreRequest, DownloadCancelledError))
