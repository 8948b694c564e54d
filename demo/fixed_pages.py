"""Fixed-page documents (XPS), as the printer of that name in Windows made them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from demo.source import Source, letterhead, signature

_XPS = "http://schemas.microsoft.com/xps/2005/06"
_OPEN = "http://schemas.openxmlformats.org/package/2006"
_WIDTH, _HEIGHT, _MARGIN = 794, 1123, 76
"""A4 and its margins, in 96ths of an inch."""
_TYPES = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "fdseq": "application/vnd.ms-package.xps-fixeddocumentsequence+xml",
    "fdoc": "application/vnd.ms-package.xps-fixeddocument+xml",
    "fpage": "application/vnd.ms-package.xps-fixedpage+xml",
    "ttf": "application/vnd.ms-opentype",
}


def build_xps(source: Source, fonts: Path) -> bytes:
    """Set the paragraphs of ``source`` line by line on one page; only the letters used are embedded."""
    font = TTFont(fonts / "DejaVuSerif.ttf", recalcTimestamp=False)
    lines = list(_lines(source, font))
    page = "".join(_glyphs(text, size, _MARGIN + down) for text, size, down in lines)
    pages = '<PageContent Source="Pages/1.fpage"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_OPEN}/content-types">{_defaults()}</Types>',
        "_rels/.rels": _relation(f"{_XPS}/fixedrepresentation", "/all.fdseq"),
        "all.fdseq": f'<FixedDocumentSequence xmlns="{_XPS}"><DocumentReference Source="Documents/1/1.fdoc"/></FixedDocumentSequence>',
        "Documents/1/1.fdoc": f'<FixedDocument xmlns="{_XPS}">{pages}</FixedDocument>',
        "Documents/1/Pages/1.fpage": f'<FixedPage xmlns="{_XPS}" Width="{_WIDTH}" Height="{_HEIGHT}" xml:lang="vi">{page}</FixedPage>',
        "Documents/1/Pages/_rels/1.fpage.rels": _relation(
            f"{_XPS}/required-resource", "/Resources/serif.ttf"
        ),
        "Resources/serif.ttf": _letters(font, "".join(text for text, _, _ in lines)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, source.date.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _lines(source: Source, font: TTFont) -> Iterator[tuple[str, float, float]]:
    """Yield the lines of the page, each with the size of its letters and its distance from the top."""
    down = 0.0
    head = [f"{left} - {right}" for left, right in letterhead(source)]
    texts = [(line, 12) for line in head]
    for block in source.blocks:
        if block.kind == "signature":
            texts += [(line, 14) for line in signature(source)]
        else:
            words = f"- {block.text}" if block.kind == "item" else block.text
            texts.append((words, 18 if block.kind == "heading" else 14))
    for words, size in texts:
        for line in _wrapped(words, size, font):
            down += size * 1.5
            yield line, size, down
        down += 7


def _wrapped(text: str, size: float, font: TTFont) -> Iterator[str]:
    """Yield the lines of ``text``, wrapped between the margins."""
    glyphs, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and sum(widths[glyphs[ord(one)]][0] for one in longer) * size / em > _WIDTH - 2 * _MARGIN:
            yield line
            longer = word
        line = longer
    yield line


def _glyphs(text: str, size: float, base: float) -> str:
    return (
        f'<Glyphs FontUri="/Resources/serif.ttf" FontRenderingEmSize="{size}" Fill="#000000" OriginX="{_MARGIN}" '
        f'OriginY="{base:g}" UnicodeString={quoteattr(text)}/>'
    )


def _letters(font: TTFont, text: str) -> bytes:
    """Return ``font`` with only the letters of ``text``."""
    options = Options(hinting=False, layout_features=[], name_IDs=[1, 2, 4, 6])
    options.drop_tables += ["FFTM"]  # dates of the font's making
    subset = Subsetter(options)
    subset.populate(text=text)
    subset.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _defaults() -> str:
    return "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in _TYPES.items())


def _relation(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{_OPEN}/relationships"><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'
