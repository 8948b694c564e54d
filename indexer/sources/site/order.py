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
    """A run over a site."""

    site: SiteSettings
    data: Path
    """Folder with the memory of the site."""
    folder: Path
    """An empty folder, for attachments and for the queue."""
    since: float
    """Start of the run: pages visited since then are not fetched again."""
    timezone: str
    reachable: Reachable
    max_file_bytes: int

    @property
    def hosts(self) -> frozenset[str]:
        """Allowed hosts, with non-standard ports; no other host is ever contacted."""
        starts = (host_of(address) for one in self.site.start if (address := cleaned(one)))
        return frozenset([*starts, *(host.strip().lower() for host in self.site.hosts)])

    @property
    def user_agent(self) -> str:
        """How the crawler identifies itself to the site."""
        contact = " ".join(self.site.contact.split())
        return f"tracuu/{__version__}" + (f" (+{contact})" if contact else "")
