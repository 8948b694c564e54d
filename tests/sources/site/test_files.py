"""Sitemaps, feeds, and the names under which servers hand out files."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest

from indexer.errors import ItemError
from indexer.sources.site.file_names import file_name, is_web_page, served_name, suffix_of
from indexer.sources.site.listings import read_listing

NAME = "Kế hoạch 74 năm 2024.docx"


@pytest.mark.parametrize(
    "header",
    [
        f"attachment; filename*=UTF-8''{quote(NAME)}".encode(),
        f"attachment; filename=\"ke-hoach.docx\"; filename*=utf-8'vi'{quote(NAME)}".encode(),
        f'attachment; filename="{NAME}"'.encode(),
        f'attachment; filename="{quote(NAME)}"'.encode(),
        f'attachment; filename="{NAME.encode().decode("latin-1")}"'.encode(),
        b'attachment; filename="=?UTF-8?B?S+G6vyBob+G6oWNoIDc0IG7Eg20gMjAyNC5kb2N4?="',
        f'attachment; filename="C:\\\\van ban\\\\{NAME}"'.encode(),
    ],
)
def test_names_of_files_are_read_as_servers_write_them(header: bytes) -> None:
    assert served_name(header) == NAME


def test_a_header_without_a_name_gives_none() -> None:
    assert served_name(b"inline") == "" and served_name(b"attachment; filename*=x-unknown''a%ff") == ""


def test_a_name_without_a_suffix_gets_that_of_the_content() -> None:
    assert file_name("", "Tải về", b"%PDF-1.7\n") == "Tải về.pdf"
    assert file_name("QD-12.pdf", "Tải về", b"%PDF-1.7\n") == "QD-12.pdf"
    assert file_name("download.bin", "QD-12.pdf", b"%PDF-1.7\n") == "QD-12.pdf"
    assert suffix_of(b"PK\x03\x04....word/document.xml") == ".docx"
    assert is_web_page(b"\n<!DOCTYPE html><html>") and not is_web_page(b"%PDF-1.7 <html>")


SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n" xmlns:image="i">
<url><loc> https://a.example/1?x=1&amp;y=2 </loc><image:image><image:loc>https://a.example/1.jpg</image:loc></image:image>
<news:news><news:title>T</news:title></news:news></url><url><loc><![CDATA[https://a.example/2]]></loc></url></urlset>"""
RSS = b"""<rss version="2.0"><channel><link>https://a.example/</link><item><title>A</title><link>https://a.example/1</link></item>
<item><link><![CDATA[https://a.example/2]]></link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/"/><entry><link rel="edit" href="https://a.example/e"/>
<link rel="alternate" href="https://a.example/1"/></entry><entry><link href="https://a.example/2"/></entry></feed>"""


@pytest.mark.parametrize("data", [RSS, ATOM])
def test_feeds_list_their_entries(data: bytes) -> None:
    found = read_listing(data, 10_000)
    assert found is not None and found.addresses == ("https://a.example/1", "https://a.example/2")


@pytest.mark.parametrize("data", [SITEMAP, gzip.compress(SITEMAP)])
def test_sitemaps_list_pages_and_no_pictures(data: bytes) -> None:
    found = read_listing(data, 10_000)
    assert found is not None and found.addresses == ("https://a.example/1?x=1&y=2", "https://a.example/2")


def test_pages_are_no_listings_and_bombs_are_refused() -> None:
    assert read_listing(b"<html><body>rss</body></html>", 10_000) is None
    with pytest.raises(ItemError, match="bytes when unpacked"):
        read_listing(gzip.compress(b"<urlset>" + b" " * 100_000), 10_000)
    with pytest.raises(ItemError, match="can't be unpacked"):
        read_listing(b"\x1f\x8bnonsense", 10_000)
