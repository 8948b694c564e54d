"""RSS feeds of searches and of documents, beside those of Atom (https://www.rssboard.org/rss-specification)."""

from __future__ import annotations

import dataclasses
import html
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient

from indexer.stored.address import readable_path
from tests.webui.conftest import TITLE
from tests.webui.views.test_feeds import HOSTILE, READ

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
OF_CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "item", f"{ATOM}link"}
OF_ITEM = {"title", "link", "guid", "pubDate", "category", "description", CREATOR}


def channel(client: FlaskClient, url: str) -> ElementTree.Element:
    """Return the channel of a feed that holds what RSS 2.0 wants, and nothing that it does not know."""
    response = client.get(url)
    assert response.status_code == 200, url
    assert response.content_type == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.data)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (found,) = root
    assert found.tag == "channel" and {child.tag for child in found} <= OF_CHANNEL
    for name in ("title", "link", "description", "language"):
        assert len(found.findall(name)) == 1 and found.findtext(name), name
    for item in found.iter("item"):
        assert {child.tag for child in item} <= OF_ITEM
        for name in ("title", "link", "guid"):
            assert len(item.findall(name)) == 1 and item.findtext(name), name
    for day in found.iter("pubDate"):
        assert parsedate_to_datetime(day.text or "").tzinfo is not None
    guids = [item.findtext("guid") for item in found.iter("item")]
    assert len(guids) == len(set(guids))
    return found


def test_an_item_says_what_is_known_of_an_article(client: FlaskClient) -> None:
    found = channel(client, "/feed.rss?q=ke+hoach")
    (item,) = found.findall("item")
    assert item.findtext("guid") == "http://localhost/articles/bai-0", "the same with every title"
    assert item.findtext("link") == "http://localhost" + readable_path("bai-0", TITLE)
    assert (item.findtext("title") or "").startswith("Lam Giang ban hành Kế hoạch")
    assert item.findtext("pubDate") == found.findtext("lastBuildDate") == "Fri, 17 Mar 2023 00:00:00 +0700"
    assert item.findtext(CREATOR) == "sotttt.lamgiang.example"
    assert item.findtext("category") == "Chuyển đổi số"
    assert (item.findtext("description") or "").startswith("Kế hoạch phân công 42 nhiệm vụ")
    (itself,) = found.findall(f"{ATOM}link")
    assert (itself.get("rel"), itself.get("href")) == ("self", "http://localhost/feed.rss?q=ke+hoach")
    assert found.findtext("link") == "http://localhost/search?q=ke+hoach&sort=newest"


def test_the_time_of_day_is_kept(client: FlaskClient, search: Any) -> None:
    moment = "2024-03-12T09:30:00+07:00"
    search.answering = [
        dataclasses.replace(search.article_stored, published="2024-03-12", published_at=moment)
    ]
    (item,) = channel(client, "/feed.rss").findall("item")
    assert item.findtext("pubDate") == "Tue, 12 Mar 2024 09:30:00 +0700"
    atom = ElementTree.fromstring(client.get("/feed").data)
    assert atom.findtext(f"{ATOM}entry/{ATOM}published") == moment


def test_it_has_the_articles_of_the_atom_feed(client: FlaskClient) -> None:
    rss = channel(client, "/feed.rss?lang=en")
    atom = ElementTree.fromstring(client.get("/feed?lang=en").data)
    items, entries = rss.findall("item"), atom.findall(f"{ATOM}entry")
    assert items and len(items) == len(entries)
    for item, entry in zip(items, entries, strict=True):
        assert item.findtext("title") == entry.findtext(f"{ATOM}title")
        assert item.findtext("guid") == entry.findtext(f"{ATOM}id")
        published = parsedate_to_datetime(item.findtext("pubDate") or "")
        assert published == datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "")
    assert rss.findtext("title") == atom.findtext(f"{ATOM}title")


def test_an_article_without_a_day_has_no_date(client: FlaskClient, search: Any) -> None:
    search.answering = [dataclasses.replace(search.article_stored, published=None)]
    found = channel(client, "/feed.rss")
    assert found.find("item/pubDate") is None and found.find("lastBuildDate") is None


def test_no_text_breaks_the_feed(client: FlaskClient, search: Any) -> None:
    search.answering = [
        dataclasses.replace(
            search.article_stored, title=HOSTILE, summary=HOSTILE, category=HOSTILE, sources=(HOSTILE,)
        )
    ]
    (item,) = channel(client, "/feed.rss").findall("item")
    assert item.findtext("title") == item.findtext(CREATOR) == READ
    description = item.findtext("description") or ""
    assert "<script>" not in description, "readers take it for HTML"
    assert html.unescape(description).split() == READ.split()


@pytest.mark.parametrize("page", ["/", "/search?q=ke+hoach"])
def test_pages_name_both_feeds(client: FlaskClient, page: str) -> None:
    text = client.get(page).get_data(as_text=True)
    for media_type, name in (("application/rss+xml", "RSS"), ("application/atom+xml", "Atom")):
        assert f'<link rel="alternate" type="{media_type}" href="' in text
        assert f">{name}</a>" in text


@pytest.mark.parametrize("path", ["/feed", "/feed.rss"])
def test_readers_of_feeds_take_both_forms_alike(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    found = feedparser.parse(response.data, response_headers={"content-type": response.content_type})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == ("rss20" if path.endswith(".rss") else "atom10") and found.feed.title
    for entry in found.entries:
        assert entry.title and entry.id.startswith("http://localhost/articles/") and entry.published_parsed
        assert entry.link.startswith("http://localhost/articles/")
    assert found.entries
