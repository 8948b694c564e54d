"""Converts HTML as stored by WordPress to HTML as it is displayed: shortcodes, and paragraphs that are only lines. PURE."""

from __future__ import annotations

import re

from indexer.sources.page import LINKED_NAME

_CODE = re.compile(r"\[(/?)([A-Za-z][\w-]{0,40})((?:[\s=/][^\[\]<>]{0,2000})?)\]")
_ADDRESS = re.compile(r"=\s?[\"'“”″]?(https?://[^\s\"'“”″\[\]<>]{1,1000})")
_ATTRIBUTE = re.compile(r"\s[\w-]{1,40}\s?=\s?\S|^=")
_WITHOUT_TEXT = frozenset("audio video playlist embed gallery vc_raw_html vc_raw_js code_snippet".split())
"""Shortcodes around an address or code rather than text."""
_CORE = frozenset("caption wp_caption gallery audio video playlist embed".split())
_BLOCK = r"</?(?:p|div|h[1-6]|ul|ol|li|table|tbody|thead|tr|td|th|blockquote|figure)\b"
_BLOCK_END = re.compile(rf"({_BLOCK}[^<>]{{0,500}}>)[ \t]*\n|\n[ \t]*(?={_BLOCK})")


def shown_html(html: str) -> str:
    """Return the content of a post as WordPress would display it, as far as text and links to documents are concerned.

    Shortcodes are removed and their content kept, except for addresses and raw code; a shortcode for a document becomes a link.
    In texts of the classic editor, empty lines separate paragraphs, which HTML readers would ignore. ``[1]`` and ``[sic]`` are
    text.
    """
    html = in_vietnamese(html)
    if "[" in html:
        html = _without_codes(html)
    if "<!-- wp:" not in html:
        lines = re.sub(r"\n(?:[ \t]*\n)+", "\n<p>\n", html.replace("\r\n", "\n"))
        html = _BLOCK_END.sub(lambda end: end[1] or " ", _BLOCK_END.sub(lambda end: end[1] or " ", lines))
        html = html.replace("\n", "<br>")
    return html


def in_vietnamese(text: str) -> str:
    """Return the Vietnamese part of a text that qTranslate stores in several languages; other texts unchanged."""
    for begins, ends in (("[:vi]", "[:"), ("<!--:vi-->", "<!--:")):
        _, found, rest = text.partition(begins)
        if found:
            return rest.partition(ends)[0]
    return text


def _without_codes(html: str) -> str:
    last_end = {found[2].lower(): found.start() for found in _CODE.finditer(html) if found[1]}
    kept: list[str] = []
    at, inside = 0, ""
    for found in _CODE.finditer(html):
        closing, name, rest = bool(found[1]), found[2].lower(), found[3]
        if not (closing or name in last_end or name in _CORE or _ATTRIBUTE.search(rest)):
            continue
        between = html[at : found.start()]
        kept.append(_link(between.strip()) if inside else between)
        at = found.end()
        if inside and not (closing and name == inside):
            continue
        goes_on = not closing and name in _WITHOUT_TEXT and last_end.get(name, 0) > at
        inside = name if goes_on else ""
        kept += map(_link, _ADDRESS.findall(rest))
        kept.append(" ")
    kept.append("" if inside else html[at:])
    return "".join(kept)


def _link(address: str) -> str:
    """Return a link to the document at ``address``; empty if it is not one."""
    path = address.partition("?")[0].partition("#")[0]
    is_document = address.startswith(("http://", "https://")) and LINKED_NAME.fullmatch(path)
    return f'<a href="{address}"></a>' if is_document and not re.search(r"[\s\"<>]", address) else ""
