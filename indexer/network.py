"""Which machines may be fetched from: those of the public internet, and the private ones that the operator names.

Whoever may push, or link from a page, must not reach what only this machine can.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_EMBEDDED = (
    (ipaddress.ip_network("64:ff9b::/96"), 0),  # NAT64
    (ipaddress.ip_network("2002::/16"), 80),  # 6to4: the 32 bits behind the prefix
)
"""Networks of IPv6 whose addresses stand for one of IPv4, and by how many bits it is shifted."""
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is one of the internet: not private, loopback, link-local, multicast or reserved."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.teredo or address.is_site_local:
            return False
        for network, shift in _EMBEDDED:
            if address in network:
                return is_public(ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of ``host`` as the system knows them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Reachable:
    """What may be fetched from beside the public internet: hosts by name, and networks."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Reachable:
        """Read names of hosts and networks with blanks between them; raises ValueError for what is neither."""
        names, networks = set(), []
        for part in text.lower().split():
            if re.search(r"[:/]", part) or part.replace(".", "").isdigit():
                networks.append(ipaddress.ip_network(part))
            elif _NAME.fullmatch(part):
                names.add(part)
            else:
                raise ValueError(f"{part!r} is neither a host name nor a network")
        return cls(frozenset(names), tuple(networks))

    def allows(self, host: str, addresses: Iterable[str]) -> bool:
        """Tell whether ``host`` may be fetched from at all of its ``addresses``.

        One that is not allowed is enough to refuse: who answers with both hopes for the wrong one to be taken.
        """
        if host.lower().rstrip(".") in self.names:
            return True
        return all(self.allows_address(ipaddress.ip_address(one.partition("%")[0])) for one in addresses)

    def allows_address(self, address: Address) -> bool:
        """Tell whether ``address`` is public or in one of the networks."""
        return is_public(address) or any(address in network for network in self.networks)
