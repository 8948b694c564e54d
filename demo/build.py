"""Build the demo portal's attachments from their readable sources.

Each ``attachments/NAME.EXT.md`` becomes ``portal/<page>/NAME.EXT``, where ``<page>`` is the page that links to it. The same
sources, libraries and font give the same bytes: dates inside the files come from the sources, never from the clock. ``--check``
writes nothing and exits 1 if a committed file differs from its source. See ``README.md`` for what to install. This is a single
long file: the older formats of one small source language, separate from the product except for the letters of TCVN3; newer
formats have modules of their own.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

try:
    import docx
    import fpdf
    import openpyxl
    import pypdfium2
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
    from openpyxl.styles import Font
    from PIL import Image

    from demo.fixed_pages import build_xps
    from demo.signing import Authority, altered
except ImportError as error:
    sys.exit(f"{error.name} is missing: pip install -r demo/requirements-build.txt")

from demo.binary_workbook import build_xlsb
from demo.mail import build_eml
from demo.office import by_office, settled
from demo.slides import flat_slides
from demo.source import HERE, SIGNED, Source, letterhead, read_source, signature
from indexer.vietnamese.legacy.tables import TCVN3

FONTS = Path("/usr/share/fonts/truetype/dejavu")
MARGIN = 20.0
"""Page margin of a PDF, in millimetres."""
SKEW = 0.8
"""Degrees by which a scan is rotated."""
TRUSTED = HERE / "trust" / "lam-giang.pem"
"""The root certificate of the portal's signatures."""


def build_pdf(source: Source, fonts: Path) -> bytes:
    """Set ``source`` on A4 pages with a text layer; only the letters used are embedded."""
    pdf = fpdf.FPDF(format="A4")
    pdf.set_creation_date(source.date)
    pdf.set_title(source.head["title"])
    pdf.set_lang("vi")
    pdf.set_margin(MARGIN)
    if "password" in source.head:
        # The oldest kind: newer ones use random salts.
        pdf.set_encryption("owner", source.head["password"], encryption_method="RC4")
    pdf.add_font("serif", "", fonts / "DejaVuSerif.ttf")
    pdf.add_font("serif", "B", fonts / "DejaVuSerif-Bold.ttf")
    pdf.add_page()
    pdf.set_font("serif", size=8.5)
    for left, right in letterhead(source):
        pdf.cell(pdf.epw * 0.47, 5, left, align="C")
        pdf.cell(pdf.epw * 0.53, 5, right, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(5)
    for block in source.blocks:
        match block.kind:
            case "break":
                pdf.add_page()
            case "heading":
                _pdf_text(pdf, block.text, "B", 12, "C")
            case "bold":
                _pdf_text(pdf, block.text, "B", align="L")
            case "item":
                _pdf_text(pdf, f"- {block.text}")
            case "table":
                _pdf_table(pdf, block.rows)
            case "signature":
                _pdf_signature(pdf, signature(source))
            case _:
                _pdf_text(pdf, block.text)
    written = bytes(pdf.output())
    return _scanned(written, source) if "scan" in source.head else written


def _scanned(pdf: bytes, source: Source) -> bytes:
    """Return the pages of ``pdf`` as pictures in black and white, slightly rotated, as a scanner makes them."""
    dpi = int(source.head["scan"])
    pages = [
        page.render(scale=dpi / 72, grayscale=True)
        .to_pil()
        .convert("L")
        .rotate(SKEW, resample=Image.Resampling.BICUBIC, fillcolor=255)
        .point(lambda grey: 255 if grey > 160 else 0)
        .convert("1")
        for page in pypdfium2.PdfDocument(pdf)
    ]
    when, buffer = source.date.timetuple(), io.BytesIO()
    pages[0].save(
        buffer, "PDF", resolution=dpi, save_all=True, append_images=pages[1:], creationDate=when, modDate=when
    )
    return buffer.getvalue()


def _pdf_text(pdf: fpdf.FPDF, text: str, style: str = "", size: float = 10.5, align: str = "J") -> None:
    pdf.set_font("serif", style, size)
    pdf.multi_cell(pdf.epw, size * 0.55, text, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def _pdf_table(pdf: fpdf.FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    pdf.set_font("serif", size=9)
    widths = tuple(min(max(map(len, column)) + 5, 38) for column in zip(*rows, strict=True))
    with pdf.table(rows=rows, col_widths=widths, line_height=5, text_align="LEFT", padding=1):
        pass
    pdf.ln(3)


def _pdf_signature(pdf: fpdf.FPDF, lines: list[str]) -> None:
    pdf.ln(3)
    for line in lines:
        pdf.set_x(MARGIN + pdf.epw * 0.5)
        pdf.set_font("serif", "" if line == SIGNED else "B", 10)
        pdf.cell(pdf.epw * 0.5, 6, line, align="C", new_x="LMARGIN", new_y="NEXT")


def build_docx(source: Source, _fonts: Path) -> bytes:
    """Write ``source`` as a word-processor document: letterhead, paragraphs and real tables."""
    legacy = "encoding" in source.head
    source = _in_old_letters(source) if legacy else source
    document = docx.Document()
    if legacy:
        document.styles["Normal"].font.name = ".VnTime"
    properties = document.core_properties
    properties.title, properties.author, properties.language = source.head["title"], "", "vi-VN"
    properties.created = properties.modified = source.date
    if rows := tuple(letterhead(source)):
        _docx_table(document, rows, style="Normal Table")
    for block in source.blocks:
        match block.kind:
            case "heading":
                paragraph = document.add_heading(block.text, level=1)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            case "bold":
                document.add_paragraph().add_run(block.text).bold = True
            case "item":
                document.add_paragraph(block.text, style="List Bullet")
            case "table":
                _docx_table(document, block.rows, style="Table Grid")
                document.add_paragraph()
            case "break":
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case "signature":
                lines = "\n".join(signature(source))
                document.add_paragraph(lines).alignment = WD_ALIGN_PARAGRAPH.RIGHT
            case _:
                document.add_paragraph(block.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), source.date)


def _in_old_letters(source: Source) -> Source:
    """Return ``source`` with the letters that a TCVN3 font would show correctly."""

    def old(text: str) -> str:
        return _tcvn3(text).decode("latin-1")

    blocks = tuple(
        replace(block, text=old(block.text), rows=tuple(tuple(map(old, row)) for row in block.rows))
        for block in source.blocks
    )
    return replace(source, blocks=blocks)


def _docx_table(document: Document, rows: tuple[tuple[str, ...], ...], style: str) -> None:
    table = document.add_table(len(rows), len(rows[0]), style=style)
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text


def build_xlsx(source: Source, _fonts: Path) -> bytes:
    """Write each heading of ``source`` as a sheet that holds the tables below it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = source.head["title"], ""
    book.properties.created = source.date.replace(tzinfo=None)
    for block in source.blocks:
        if block.kind == "heading":
            sheet = book.create_sheet(block.text)
            sheet.append([f"{source.head['title']}: {block.text}"])
            sheet["A1"].font = Font(bold=True)
        else:
            for row in block.rows:
                sheet.append([int(cell) if re.fullmatch(r"0|[1-9]\d*", cell) else cell for cell in row])
            for cell in sheet[2]:
                cell.font = Font(bold=True)
            for letter, column in zip("ABCDEFGH", zip(*block.rows, strict=True), strict=False):
                sheet.column_dimensions[letter].width = min(max(map(len, column)) + 2, 50)
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue(), source.date)


def build_zip(source: Source, _fonts: Path) -> bytes:
    """Write each heading of ``source`` as a text file of that name, in TCVN3 if the heading says so."""
    members: list[tuple[str, list[str]]] = []
    for block in source.blocks:
        if block.kind == "heading":
            members.append((block.text, []))
        else:
            members[-1][1].append(block.text)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for heading, paragraphs in members:
            name, _, encoding = heading.partition(" (")
            text = "\r\n\r\n".join(paragraphs)
            content = _tcvn3(text) if encoding else text.encode()
            archive.writestr(
                zipfile.ZipInfo(name, source.date.timetuple()[:6]), content, zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


def _tcvn3(text: str) -> bytes:
    """Return ``text`` as programs of the nineties wrote it."""
    letters = {letter: byte for byte, letter in TCVN3.items()}
    return bytes(letters.get(letter, ord(letter)) for letter in text)


BUILDERS: dict[str, Callable[[Source, Path], bytes]] = {
    ".pdf": build_pdf,
    ".docx": build_docx,
    ".doc": by_office(build_docx, ".docx", "doc:MS Word 97"),
    ".rtf": by_office(build_docx, ".docx", "rtf:Rich Text Format"),
    ".odt": by_office(build_docx, ".docx", "odt:writer8"),
    ".xlsx": build_xlsx,
    ".xls": by_office(build_xlsx, ".xlsx", "xls:MS Excel 97"),
    ".ods": by_office(build_xlsx, ".xlsx", "ods:calc8"),
    ".xlsb": build_xlsb,
    ".pptx": by_office(flat_slides, ".fodp", "pptx:Impress MS PowerPoint 2007 XML"),
    ".odp": by_office(flat_slides, ".fodp", "odp:impress8"),
    ".xps": build_xps,
    ".eml": build_eml,
    ".zip": build_zip,
}


def main() -> int:
    """Build every attachment, or with ``--check`` compare; return the exit code."""
    options = argparse.ArgumentParser(description="Build the attachments of the demo portal.")
    options.add_argument("--fonts", type=Path, default=FONTS, help="folder of DejaVuSerif*.ttf (%(default)s)")
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file differs")
    chosen = options.parse_args()
    if not (chosen.fonts / "DejaVuSerif-Bold.ttf").is_file():
        print(
            f"no DejaVuSerif-Bold.ttf in {chosen.fonts}: install fonts-dejavu-core or give --fonts",
            file=sys.stderr,
        )
        return 2
    sources = [read_source(path) for path in sorted((HERE / "attachments").glob("*.md"))]
    stale = {source.name: built for source, built in _stale(sources, chosen.fonts)}
    for name, built in stale.items():
        print(f"{'differs' if chosen.check else 'built'}: {name} ({len(built):,} bytes)")
    if chosen.check:
        return 1 if stale else 0
    signed = [source for source in sources if "sign" in source.head]
    if any(source.name in stale for source in signed):
        # All from one authority, which is discarded afterwards.
        authority = Authority()
        for source in signed:
            stale[source.name] = _signed(build_pdf(source, chosen.fonts), source, authority)
        TRUSTED.parent.mkdir(exist_ok=True)
        TRUSTED.write_bytes(authority.root)
    for source in sources:
        if source.name in stale:
            source.target.parent.mkdir(parents=True, exist_ok=True)
            source.target.write_bytes(stale[source.name])
    return 0


def _stale(sources: list[Source], fonts: Path) -> Iterator[tuple[Source, bytes]]:
    """Yield the sources whose file is out of date, with the right content; signed ones without their signature."""
    for source in sources:
        built = BUILDERS[source.target.suffix](source, fonts)
        found = source.target.read_bytes() if source.target.is_file() else b""
        if not (found.startswith(built) if "sign" in source.head else found == built):
            yield source, built


def _signed(pdf: bytes, source: Source, authority: Authority) -> bytes:
    signed = authority.sign(pdf, source.head["sign"], source.date)
    return altered(signed, source.head["altered"]) if "altered" in source.head else signed


if __name__ == "__main__":
    sys.exit(main())
