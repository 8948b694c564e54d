"""PURE: email addresses as people type them."""

from __future__ import annotations

import re

from indexer.errors import ParameterError

_LONGEST = 254
"""Maximum length in characters (RFC 5321, erratum 1690)."""
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def read_address(typed: str) -> str:
    """Return the typed address with its domain in ASCII and lower case; raises ParameterError if it is not valid.

    Only forms that every mail server accepts are valid: no quoted names, no numeric hosts.
    """
    typed = typed.strip()
    # Limited before anything else.
    local, _, domain = typed.rpartition("@") if len(typed) <= _LONGEST else ("", "", "")
    labels = _ascii(domain).split(".")
    known = len(local) <= _LONGEST_LOCAL and _LOCAL.fullmatch(local) and len(labels) > 1
    address = f"{local}@{'.'.join(labels)}"
    if not known or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit() or len(address) > _LONGEST:
        raise ParameterError({"email": "must be an email address such as ten@example.vn"})
    return address


def identity_of(address: str) -> str:
    """Return a form shared by all spellings of one address."""
    return address.lower()


def mailbox_of(address: str) -> str:
    """Return a form shared by all addresses that probably lead to the same mailbox, without ``+tag``."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def masked(address: str) -> str:
    """Return an address as lists show it: recognisable to its owner, but unusable for others."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at and "://" not in address else address


def _ascii(domain: str) -> str:
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
