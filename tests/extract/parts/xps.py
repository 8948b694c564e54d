"""A document of fixed pages with a marker word in each part."""

from __future__ import annotations

import io
import zipfile

PARTS = {
    "page": "TRANGDAU",
    "page of another document": "TRANGSAU",
    "page in two bytes a letter": "HAIBAI",
    "page in pieces": "TRANGMANH",
    "turned line": "CHUDUNG",
    "text in braces": "{NGOAC}",
    "drawn later": "VESAU",
    "title": "TIEUDE",
}
_SPACE = "http://schemas.microsoft.com/xps/2005/06"
_REL = "http://schemas.microsoft.com/xps/2005/06/fixedrepresentation"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def glyphs(text: str, x: float, y: float, more: str = "") -> str:
    """Return a run at a position, in letters 10 high and 5 wide."""
    advances = ";".join([",50"] * len(text))
    return (
        f'<Glyphs FontUri="../f.odttf" FontRenderingEmSize="10" OriginX="{x}" OriginY="{y}" Indices="{advances}" '
        f'UnicodeString="{text}" {more}/>'
    )


def page(*drawn: str) -> str:
    return f'<FixedPage xmlns="{_SPACE}" Width="600" Height="800">{"".join(drawn)}</FixedPage>'


FIRST = page(
    glyphs("Số: ", 50, 50), glyphs("/QĐ-UBND", 100, 50), glyphs("TRANGDAU", 50, 70), glyphs("bên", 96, 70), glyphs("phải", 300, 70),
    glyphs("ti", 50, 90), glyphs("nh", 60, 90), glyphs("VESAU", 71, 50), glyphs("VESAU", 71.2, 50),
    glyphs("{}{NGOAC}", 50, 110),
    '<Canvas RenderTransform="0,1,-1,0,500,0">', glyphs("CHUDUNG", 200, 20), glyphs("đi lên", 240, 20), "</Canvas>",
    "<Canvas><Canvas.RenderTransform><MatrixTransform Matrix='2,0,0,2,0,0'/></Canvas.RenderTransform>", glyphs("lớn", 25, 100),
    glyphs("hơn", 42, 100), "</Canvas>",
)  # fmt: skip
LINES = ("Số: VESAU /QĐ-UBND", "TRANGDAU bên\tphải", "tinh", "CHUDUNG đi lên", "lớn hơn")


def document(*pages: str) -> bytes:
    """Return a document with ``pages`` after those of the parts."""
    first = (FIRST.encode(), page(glyphs("HAIBAI", 0, 0)).encode("utf-16"), *(one.encode() for one in pages))
    sources = "".join(f'<PageContent Source="Pages/{n}.fpage"/>' for n in range(len(first)))
    pieces = page(glyphs("TRANGMANH", 0, 0)).encode()
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types><Override PartName="/S.fdseq" '
        'ContentType="application/vnd.ms-package.xps-fixeddocumentsequence+xml"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_REL}" Target="/S.fdseq"/>'
        f'<Relationship Id="b" Type="{_CORE}" Target="core.xml"/></Relationships>',
        "core.xml": "<c><title>TIEUDE</title></c>",
        "S.fdseq": f'<FixedDocumentSequence xmlns="{_SPACE}"><DocumentReference Source="/D/1/a.fdoc"/>'
        '<DocumentReference Source="D/2/b.fdoc"/></FixedDocumentSequence>',
        "D/1/a.fdoc": f'<FixedDocument xmlns="{_SPACE}">{sources}</FixedDocument>',
        **{f"D/1/Pages/{n}.fpage": one for n, one in enumerate(first)},
        "D/2/b.fdoc": f'<FixedDocument xmlns="{_SPACE}"><PageContent Source="/p.fpage"/><PageContent Source="q.fpage"/>'
        "</FixedDocument>",
        "p.fpage": page(glyphs("TRANGSAU", 0, 0)),
        "D/2/q.fpage/[0].piece": pieces[:100],
        "D/2/q.fpage/[1].last.piece": pieces[100:],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
