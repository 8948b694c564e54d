"""PURE: addresses of mail, as people type them."""

from __future__ import annotations

import re

from indexer.errors import ParameterError

_LONGEST = 254
"""Characters that fit into the path of an envelope (RFC 5321, erratum 1690)."""
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def read_address(typed: str) -> str:
    """Return the address that was typed, its domain in ASCII and lower case; raises ParameterError where it is none.

    Only what every mail server takes is one: no quoted names, no addresses of machines by number.
    """
    typed = typed.strip()
    # Bounded before anything is looked at.
    local, _, domain = typed.rpartition("@") if len(typed) <= _LONGEST else ("", "", "")
    labels = _ascii(domain).split(".")
    known = len(local) <= _LONGEST_LOCAL and _LOCAL.fullmatch(local) and len(labels) > 1
    address = f"{local}@{'.'.join(labels)}"
    if not known or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit() or len(address) > _LONGEST:
        raise ParameterError({"email": "must be an email address such as ten@example.vn"})
    return address


def identity_of(address: str) -> str:
    """Return what is the same for all spellings of one address."""
    return address.lower()


def mailbox_of(address: str) -> str:
    """Return what is the same for all addresses that are likely to lead into one mailbox: without ``+tag``."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def masked(address: str) -> str:
    """Return an address as a list shows it: enough to know one's own, too little to write to."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at and "://" not in address else address


def _ascii(domain: str) -> str:
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
