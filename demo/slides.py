"""Presentations: each heading of a source is a slide, and plain paragraphs are the speaker's notes."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from demo.source import Block, Source

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("draw", "drawing"), ("meta", "meta"),
        ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible"), ("presentation", "presentation"),
    )
)  # fmt: skip
_STYLES = """<office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="25.4cm" fo:page-height="19.05cm"/></style:page-layout>
<style:style style:name="T" style:family="paragraph"><style:text-properties fo:font-size="30pt" fo:font-weight="bold"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:text-properties fo:font-size="20pt"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles>"""


def flat_slides(source: Source, _fonts: Path) -> bytes:
    """Write ``source`` as an OpenDocument presentation in a single XML file."""
    slides: list[tuple[str, list[Block]]] = []
    for block in source.blocks:
        if block.kind == "heading":
            slides.append((block.text, []))
        else:
            slides[-1][1].append(block)
    title, when = escape(source.head["title"]), f"{source.date:%Y-%m-%dT%H:%M:%S}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:meta><dc:title>{title}</dc:title><meta:creation-date>{when}</meta:creation-date><dc:date>{when}</dc:date></office:meta>
{_STYLES}
<office:body><office:presentation>{"".join(_slide(*slide) for slide in slides)}</office:presentation></office:body>
</office:document>
""".encode()


def _slide(title: str, blocks: list[Block]) -> str:
    shown = [block.text for block in blocks if block.kind != "text"]
    notes = [block.text for block in blocks if block.kind == "text"]
    return (
        f'<draw:page draw:name="{escape(title)}" draw:master-page-name="M">'
        f"{_frame([title], 'title', 'T', 1, 3)}{_frame(shown, 'outline', 'P', 4.5, 13)}"
        f"<presentation:notes>{_frame(notes, 'notes', 'P', 15, 10)}</presentation:notes></draw:page>"
    )


def _frame(lines: list[str], role: str, style: str, top: float, height: float) -> str:
    paragraphs = "".join(f'<text:p text:style-name="{style}">{escape(line)}</text:p>' for line in lines)
    return (
        f'<draw:frame presentation:class="{role}" svg:x="1.5cm" svg:y="{top}cm" svg:width="22.4cm" '
        f'svg:height="{height}cm"><draw:text-box>{paragraphs}</draw:text-box></draw:frame>'
    )
