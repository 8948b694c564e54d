"""Detects when the bytes of a connection form a complete request. Pure."""

from __future__ import annotations

import enum
import re

LARGEST_HEAD = 65_536
"""Maximum size of request line and headers in bytes: browsers send some 2,000; one of our addresses may take 8,190."""
READ_AHEAD = 1_048_576
"""Bytes of a body to wait for before a thread gets the request; the thread reads longer bodies itself."""
_LINE_END = b"\r\n"
_END = _LINE_END * 2
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_READS_ITSELF = re.compile(rb"\r\n(?:expect|transfer-encoding):", re.IGNORECASE)
_WATCH = re.compile(rb"(?:GET|HEAD) /(?:healthz|readyz|metrics)[ ?]")


class State(enum.Enum):
    """What to do with a connection."""

    WAIT = enum.auto()
    BEGUN = enum.auto()
    WHOLE = enum.auto()
    TOO_LARGE = enum.auto()
    ADDRESS_TOO_LONG = enum.auto()


def state(received: bytes | bytearray) -> State:
    """Return the state of the request in ``received``.

    A long body, a chunked one, or one that waits for ``100 Continue`` is BEGUN: a thread reads the rest.
    """
    end = received.find(_END, 0, LARGEST_HEAD + len(_END))
    if end < 0 and len(received) <= LARGEST_HEAD:
        return State.WAIT
    if end < 0:
        return State.TOO_LARGE if received.find(_LINE_END, 0, LARGEST_HEAD) > 0 else State.ADDRESS_TOO_LONG
    head = bytes(received[: end + 2])
    length = _LENGTH.search(head)
    if _READS_ITSELF.search(head) or (length and int(length[1]) > READ_AHEAD):
        return State.BEGUN
    if length is None:
        return State.WHOLE
    return State.WHOLE if len(received) >= end + len(_END) + int(length[1]) else State.WAIT


def watches(received: bytes | bytearray) -> bool:
    """Tell whether this is a health check. Health checks may have to wait but are never refused, lest that be taken for an outage."""
    return _WATCH.match(received) is not None
