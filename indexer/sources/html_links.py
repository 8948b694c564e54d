"""Targets of elements: links, frames that display a document, viewers, and download handlers. PURE."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from indexer.html.tree import Element
from indexer.sources.attachments import last_part
from indexer.sources.page import LINKED_NAME, Link
from indexer.sources.text import display_line
from indexer.vietnamese.letters import fold

_SHOWING = {"iframe": "src", "embed": "src", "object": "data", "frame": "src"}
"""Elements that display a document within the page, and the attribute with its address."""
_DATA = ("href", "data-href", "data-url", "data-src", "data-file", "data-link", "data-download")
_QUOTED = re.compile(r"[\"']([^\"'<>]{1,1000})[\"']")
_HANDLER = re.compile(
    r"down-?load|tai-?ve|taifile|tai-?xuong|get-?file|get_file|view-?file|attachment|dinh-?kem|file-?handler|\.ashx",
    re.IGNORECASE,
)
"""Parts of addresses that deliver a file without naming it."""
_PAGES = re.compile(r".*\.(?:html?|aspx?|php|jsp|cgi)", re.IGNORECASE)
_CAPTION_WORDS = frozenset(
    "xem tai nhan bam click download view open mo file tep tap tin van ban ve xuong day chi tiet dinh kem lieu noi dung toan o vao"
    " de may pdf doc docx here attachment phien goc link bo".split()
)
"""Words of links that name no file: "Tải về", "Xem tại đây", "File đính kèm"."""
_WORD = re.compile(r"\w+")
_TAGS = re.compile(r"(?:tu khoa|tags?|the|hashtag)s? ?:")
_SMALLER, _LARGER = re.compile(r"(?<!\w)A ?[-–−](?!\w)"), re.compile(r"(?<!\w)A ?\+(?!\w)")
_TOOLS = re.compile(
    r"(?:xem )?(?:phien )?ban in|in(?: an| trang| bai(?: viet)?| tin(?: bai)?| noi dung)?(?: nay)?|print(?: this page)?"
    r"|gui (?:e-?mail|mail|cho ban be|qua e-?mail)|e-?mail|chia se(?: .{1,20})?"
    r"|quay (?:lai|ve)(?: trang truoc)?|tro (?:lai|ve)(?: trang truoc)?"
    r"|(?:ve|len) (?:dau trang|trang truoc|trang chu)|dau trang|luu bai(?: viet)?"
    r"|facebook|zalo|twitter|(?:tang |giam )?co chu|nghe bai viet"
)


def link_of(element: Element) -> Link | None:
    """Return the link of an ``a`` element, without its words, which the caller adds. None if it leads nowhere."""
    for attribute in _DATA:
        address = (element.get(attribute) or "").strip()
        if address and not address.startswith(("#", "javascript:")):
            return _resolved("", address, element)
    for script in (element.get("onclick") or "", element.get("href") or ""):
        for quoted in _QUOTED.findall(script[:2000]):
            if _document_in(quoted):
                return _resolved("", quoted, element)
    href = (element.get("href") or "").strip()
    return Link("", href) if href else None


def shown_document(element: Element) -> Link | None:
    """Return the document displayed by a frame, an ``object`` or an ``embed``, None for anything else."""
    attribute = _SHOWING.get(element.tag)
    address = (element.get(attribute) or "").strip() if attribute else ""
    if not address and element.tag == "object":
        address = next(
            (p.get("value") or "" for p in element.iter("param") if p.get("name") in ("src", "movie")), ""
        )
    if not address:
        address = (element.get("data-src") or "").strip()
    typed = "pdf" in (element.get("type") or "") or "msword" in (element.get("type") or "")
    link = _resolved("", address, element)
    return link if address and (LINKED_NAME.fullmatch(link.name) or typed) else None


def is_download(link: Link) -> bool:
    """Return whether ``link`` leads to a handler that delivers a file without naming it: ``/Handlers/Download.ashx?id=77``."""
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return False
    if parts.scheme not in ("", "http", "https") or LINKED_NAME.fullmatch(link.name):
        return False
    return _HANDLER.search(f"{parts.path}?{parts.query}") is not None and not (
        _PAGES.fullmatch(parts.path)
        and not re.search(r"down-?load|tai-?ve|get-?file", link.href, re.IGNORECASE)
    )


def is_tool(text: str) -> bool:
    """Return whether the words of a link are a command for the page ("Bản in", "Chia sẻ") rather than text."""
    return len(text) < 40 and _TOOLS.fullmatch(fold(text).strip(" :.»|[]()<>")) is not None


def is_tags(text: str) -> bool:
    """Return whether a line lists the keywords of an article: "Từ khóa: nước sạch, cấp nước"."""
    return _TAGS.match(fold(text[:30])) is not None


def is_tool_bar(text: str) -> bool:
    """Return whether a line offers larger and smaller text, like toolbars above an article that have no links."""
    return (
        len(text) < 100
        and not any(map(str.isdigit, text))
        and _SMALLER.search(text) is not None
        and _LARGER.search(text) is not None
    )


def is_caption(text: str) -> bool:
    """Return whether the words of a link only say that there is something to open; so do no words at all."""
    return all(word in _CAPTION_WORDS or word.isdigit() for word in _WORD.findall(fold(text[:100])))


def _resolved(text: str, address: str, element: Element) -> Link:
    """Return the link to the document at ``address``, or to the one that a viewer there displays."""
    inner = _document_in(address)
    named = display_line(element.get("download") or element.get("data-filename") or "")
    if not LINKED_NAME.fullmatch(named):
        named = display_line(element.get("title") or "")
    if not LINKED_NAME.fullmatch(named):
        named = inner[1] if inner else ""
    return Link(text, inner[0] if inner and inner[0] else address, named)


def _document_in(address: str) -> tuple[str, str] | None:
    """Return the address and the name of the document given in ``address``; an empty address means ``address`` itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if name := _document_name(parts.path):
        return "", name
    for _, value in parse_qsl(parts.query)[:20]:
        if name := _document_name(value.partition("?")[0]):
            # A viewer is given an address, a handler only a name.
            return (value if "/" in value and not _HANDLER.search(parts.path) else ""), name
    return None


def _document_name(path: str) -> str:
    """Return the name of a document in a path: its end or, in Liferay's style, a part before a code."""
    last = last_part(path)
    if LINKED_NAME.fullmatch(last):
        return display_line(last)
    for part in reversed(path.split("/")[-4:-1]):
        name = unquote(part.replace("+", " "))
        if LINKED_NAME.fullmatch(name):
            return display_line(name)
    return ""
