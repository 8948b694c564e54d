"""The process that fetches, from its start to its end."""

from __future__ import annotations

import logging
import os
import threading
from contextlib import closing
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from indexer.sources.site.order import Order
from indexer.sources.site.scrapy_.guard import REACHABLE
from indexer.sources.site.scrapy_.outbox import Outbox
from indexer.sources.site.scrapy_.spider import SiteSpider
from indexer.sources.site.state import SiteState
from indexer.sources.site.visit import End

_LEAST_DELAY = 0.001
"""Seconds: without any delay Scrapy 2.19 sends all that waits at once, however few requests it may have open."""
_HERE = "indexer.sources.site.scrapy_"


def fetch(order: Order, channel: Connection) -> None:
    """Visit the site and tell about it through ``channel``; the last word is an :class:`End`."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)
    logging.getLogger("twisted").setLevel(logging.CRITICAL)
    outbox = Outbox(channel)
    with closing(SiteState(order.data, order.site.name, writes=False)) as state:
        process = AsyncCrawlerProcess(_settings(order))
        crawler = process.create_crawler(SiteSpider)
        process.crawl(crawler, order=order, outbox=outbox, state=state)
        process.start(install_signal_handlers=False)
        stats: Any = crawler.stats
        spider: Any = crawler.spider
        reason = spider.end_reason() if spider else "fetching did not start"
        requests = stats.get_value("downloader/request_count", 0)
        received = stats.get_value("downloader/response_bytes", 0)
    outbox.note(End(reason, requests, received))
    outbox.close()
    channel.close()


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _settings(order: Order) -> dict[str, Any]:
    site = order.site
    return {
        "USER_AGENT": order.user_agent,
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": max(site.delay, _LEAST_DELAY),
        "CONCURRENT_REQUESTS": max(16, site.concurrency),
        "CONCURRENT_REQUESTS_PER_DOMAIN": site.concurrency,
        "DOWNLOAD_TIMEOUT": site.seconds,
        "DOWNLOAD_MAXSIZE": site.max_page_mb << 20,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOADER_MIDDLEWARES": {
            f"{_HERE}.guard.Guard": 60, f"{_HERE}.patience.Patience": 70, f"{_HERE}.robots.Robots": 80,
        },
        "TWISTED_DNS_RESOLVER": f"{_HERE}.guard.GuardedResolver",
        REACHABLE: order.reachable,
        # What waits is kept on disk: a site may have a million pages.
        "JOBDIR": str(order.folder / "waiting"),
        "SCHEDULER_DISK_QUEUE": "scrapy.squeues.PickleFifoDiskQueue",
        "REDIRECT_MAX_TIMES": 5,
        # Front pages that load themselves anew every minute are not redirects.
        "METAREFRESH_MAXDELAY": 5,
        "HTTPERROR_ALLOW_ALL": True,
        "URLLENGTH_LIMIT": 0,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
        },
    }  # fmt: skip
