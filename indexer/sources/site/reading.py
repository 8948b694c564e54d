"""One fetched page, read: the article that it is or why it is none, and where it leads. Knows no network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import tzinfo

from indexer.errors import ItemError
from indexer.html.encoding import decode_page
from indexer.html.tree import Element
from indexer.model import Article
from indexer.sources.html_lines import Tree, read_tree
from indexer.sources.html_page import read_html_tree
from indexer.sources.page import Page
from indexer.sources.site.addresses import host_of, is_root, joined
from indexer.sources.site.kinds import is_error, is_shell, robots_of, why_no_article

_MOST_LINKS = 5_000
_ALIKE = 0.9
"""Share of lines that a page has in common with one for an address that can't exist, to be that error page."""
_LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says."""

    page: Page | None
    """Its article, with links to its documents; None where ``reason`` says why it is none."""
    reason: str
    base: str
    """What its links are relative to."""
    links: tuple[str, ...] = ()
    canonical: str = ""
    """The address that it calls its own, on one of the hosts; else empty."""
    translated: str = ""
    """The address of the Vietnamese page, where it says that it is another language of that."""
    noindex: bool = False
    error: bool = False
    """Whether it is an error with the status of a page."""


def read_page(
    data: bytes, address: str, header: str, zone: tzinfo, hosts: frozenset[str], errors: list[frozenset[str]]
) -> Reading:
    """Read the page at ``address``, whose ``X-Robots-Tag`` is ``header``; ``errors`` are texts of error pages (:func:`lines_of`).

    Raises ItemError for what is no HTML, or a dump.
    """
    text = decode_page(data, declares=True)
    tree = read_tree(text)
    base = _base(tree, address)
    asked = robots_of(tree, header)
    links = () if "nofollow" in asked else tuple(dict.fromkeys(_links(tree.root, base)))
    canonical, translated = _canonical(tree, address, base, hosts), _translated(tree, address, base, hosts)
    known = Reading(None, "", base, links, canonical, translated)
    if is_error(tree) or any(_alike(tree, one) for one in errors):
        return replace(known, reason="it is an error page with status 200", error=True, links=())
    if "noindex" in asked:
        return replace(known, reason="it asks not to be indexed (noindex)", noindex=True)
    if is_shell(tree):
        return replace(known, reason="it is empty without JavaScript, which the crawler does not run")
    if reason := why_no_article(tree, address):
        return replace(known, reason=reason)
    try:
        page = read_html_tree(text, tree, "", zone)
    except ItemError as error:
        return replace(known, reason=str(error))
    if not page.article.title or not (page.article.body or page.article.attachments):
        return replace(known, reason="it has too little text")
    return replace(known, page=page)


def digest_of(article: Article, documents: tuple[str, ...]) -> bytes:
    """Return a digest of all that a page says, without what its files hold."""
    said = repr(
        (replace(article, id="", attachments=()), [one.name for one in article.attachments], documents)
    )
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).digest()


def text_digest(article: Article) -> bytes:
    """Return a digest of title and text: the same for two addresses of one page."""
    return hashlib.blake2b(
        f"{article.title}\n{article.body}".encode("utf-8", "replace"), digest_size=16
    ).digest()


def lines_of(data: bytes) -> frozenset[str]:
    """Return the lines of an error page, by which others of its kind are known; raises ItemError."""
    return _lines(read_tree(decode_page(data, declares=True)))


def _lines(tree: Tree) -> frozenset[str]:
    return frozenset(line.text for line in tree.lines if line.text and not line.linked)


def _alike(tree: Tree, error: frozenset[str]) -> bool:
    own = _lines(tree)
    if min(len(own), len(error)) < _LEAST_LINES:
        return own == error and bool(own)
    return len(own & error) >= _ALIKE * max(len(own), len(error))


def _base(tree: Tree, address: str) -> str:
    base = next((e.get("href") for e in tree.root.iter("base") if e.get("href")), None)
    return (joined(address, base) if base else None) or address


def _links(root: Element, base: str) -> Iterator[str]:
    """Yield the addresses of pages that a page links to, or shows in frames."""
    number = 0
    for element in root.iter("a", "area", "link", "frame", "iframe"):
        rel = (element.get("rel") or "").lower().split()
        if "nofollow" in rel or (element.tag == "link" and not {"next", "prev"} & set(rel)):
            continue
        href = (element.get("href") or element.get("src") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            continue
        if address := joined(base, href):
            number += 1
            if number > _MOST_LINKS:
                return
            yield address


def _canonical(tree: Tree, address: str, base: str, hosts: frozenset[str]) -> str:
    """Return the address that a page calls its own. One of the front page on all others is a mistake that portals make."""
    for said in (tree.meta.get("canonical", ""), tree.meta.get("og:url", "")):
        found = joined(base, said) if said else None
        if found and host_of(found) in hosts and (is_root(address) or not is_root(found)):
            return found
    return ""


def _translated(tree: Tree, address: str, base: str, hosts: frozenset[str]) -> str:
    """Return the address of the Vietnamese page where this one says that it is in another language."""
    if (tree.root.get("lang") or "vi").lower().startswith("vi"):
        return ""
    for element in tree.root.iter("link"):
        language = (element.get("hreflang") or "").lower()
        if "alternate" in (element.get("rel") or "").lower() and language.startswith("vi"):
            found = joined(base, element.get("href") or "")
            if found and found != address and host_of(found) in hosts:
                return found
    return ""
