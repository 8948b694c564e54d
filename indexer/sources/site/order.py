"""What the fetching process is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer import __version__
from indexer.network import Reachable
from indexer.sources.site.addresses import cleaned, host_of
from indexer.sources.site.settings import SiteSettings


@dataclass(frozen=True, slots=True)
class Order:
    """One run over a site."""

    site: SiteSettings
    data: Path
    """Folder with what is remembered of the site."""
    folder: Path
    """An empty one: for attachments, and for what waits to be fetched."""
    since: float
    """When the run began: pages visited since then are not fetched again."""
    timezone: str
    reachable: Reachable
    max_file_bytes: int

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts, with ports that are not usual, that may be asked: no other ever is."""
        starts = (host_of(address) for one in self.site.start if (address := cleaned(one)))
        return frozenset([*starts, *(host.strip().lower() for host in self.site.hosts)])

    @property
    def user_agent(self) -> str:
        """What the site is told about who asks."""
        contact = " ".join(self.site.contact.split())
        return f"tracuu/{__version__}" + (f" (+{contact})" if contact else "")
