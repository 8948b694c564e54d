"""A workbook with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

import io
import zipfile

DRAWN = {
    "text box": "HOPCHU",
    "title of a chart": "TENBIEUDO",
    "name of a series": "TENCHUOI",
    "text that stands for a picture": "CHUTHAYHINH",
}
PARTS = {
    "name of a sheet": "TENTRANG",
    "shared string": "CHUOICHUNG",
    "rich text of one word": "CHUDAM",
    "inline string": "CHUOIRIENG",
    "result of a formula": "KETQUA",
    "comment": "GHICHU",
    "threaded comment": "TRAODOI",
    "merged cells": "OGOP",
    "subject of the workbook": "CHUDE",
    **DRAWN,
    "head of a sheet": "DAUTRANG",
    "foot of a sheet": "CHANTRANG",
    "cell in the last row": "DONGCUOI",
}
SHOWN_NOWHERE = {
    "hidden sheet": "TRANGAN",
    "very hidden sheet": "TRANGRATAN",
    "macro sheet": "TRANGLENH",
    "hidden row": "HANGAN",
    "hidden column": "COTAN",
    "cell whose format shows nothing": "KHONGHIEN",
    "comment on a hidden row": "GHICHUAN",
    "hidden box": "HOPAN",
    "what lies under merged cells": "DUOIOGOP",
    "number of a chart": "987654",
}
"""Shown nowhere in XLSX, XLSB and XLS alike."""
LEFT_OUT = {**SHOWN_NOWHERE, "how it is spoken": "PHIENAM", "formula": "CONGTHUC"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(
    rows: str = "",
    formats: tuple[str, ...] = (),
    before: str = "",
    since_1904: bool = False,
    columns: str = '<cols><col min="5" max="6" hidden="1"/></cols>',
    listed: str = '<sheet name="TENTRANG" r:id="r1"/>',
) -> bytes:
    """Return a workbook whose first sheet has ``rows`` after those of the parts; style n + 2 has the format n."""
    files = {
        "_rels/.rels": relations(("officeDocument", "so/sach.xml"), ("core-properties", "so/ve-no.xml")),
        "so/ve-no.xml": "<coreProperties><subject>CHUDE 2024</subject></coreProperties>",
        "so/sach.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><workbookPr date1904="{int(since_1904)}"/><sheets>'
        f'{listed}<sheet name="An" state="hidden" r:id="r2"/>'
        '<sheet name="RatAn" state="veryHidden" r:id="r3"/><sheet name="Lenh" r:id="r4"/></sheets></workbook>',
        "so/_rels/sach.xml.rels": relations(
            ("worksheet", "t1.xml"), ("worksheet", "t2.xml"), ("worksheet", "t3.xml"), ("xlMacrosheet", "t4.xml"),
            ("sharedStrings", "/so/chuoi.xml"), ("styles", "kieu.xml"),
        ),
        "so/chuoi.xml": f'<sst xmlns="{_MAIN}"><si><t>CHUOICHUNG</t><rPh><t>PHIENAM</t></rPh></si>'
        "<si><r><t>CHU</t></r><r><t>DAM</t></r></si></sst>",
        "so/kieu.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{one}"/>' for n, one in enumerate([";;;", *formats]))
        + '</numFmts><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(1 + len(formats)))
        + "</cellXfs></styleSheet>",
        "so/t1.xml": f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{before}'
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="E1" t="str"><v>COTAN</v></c>'
        '<c r="G1" t="str" s="1"><v>KHONGHIEN</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>CHUOIRIENG</t></is></c>'
        '<c r="B2" t="str"><f>CONGTHUC()</f><v>KETQUA</v></c></row>'
        '<row r="3" hidden="1"><c r="A3" t="str"><v>HANGAN</v></c></row>'
        '<row r="4"><c r="A4" t="str"><v>OGOP</v></c></row><row r="5"><c r="B5" t="str"><v>DUOIOGOP</v></c></row>'
        f'{rows}<row r="1048576"><c r="XFD1048576" t="str"><v>DONGCUOI</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A4:B5"/></mergeCells>'
        "<headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12DAUTRANG&amp;RTrang &amp;P</oddHeader>"
        "<oddFooter>CHANTRANG</oddFooter></headerFooter></worksheet>",
        "so/_rels/t1.xml.rels": relations(("comments", "gc.xml"), ("threadedComment", "td.xml"), ("drawing", "ve.xml")),
        "so/gc.xml": f'<comments xmlns="{_MAIN}"><commentList><comment ref="A1"><text><t>GHICHU</t></text></comment>'
        '<comment ref="A3"><text><t>GHICHUAN</t></text></comment></commentList></comments>',
        "so/td.xml": '<ThreadedComments xmlns="x"><threadedComment ref="A1"><text>TRAODOI</text></threadedComment>'
        "</ThreadedComments>",
        **drawing_files("so/"),
        "[Content_Types].xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sheet.main+xml" PartName="/so/sach.xml"/></Types>',
    }  # fmt: skip
    for n, word in ((2, "TRANGAN"), (3, "TRANGRATAN"), (4, "TRANGLENH")):
        cell = f'<row r="1"><c r="A1" t="str"><v>{word}</v></c></row>'
        files[f"so/t{n}.xml"] = f'<worksheet xmlns="{_MAIN}"><sheetData>{cell}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def drawing_files(folder: str) -> dict[str, str]:
    """Return the drawings of a sheet, and the part that they refer to."""
    return {
        f"{folder}ve.xml": f'<w:wsDr xmlns:w="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main">'
        + "".join(
            f'<w:twoCellAnchor><w:sp><w:cNvPr id="1" name="x" hidden="{hidden}"/><w:txBody><a:p><a:r><a:t>{half}</a:t>'
            f"</a:r><a:r><a:t>{rest}</a:t></a:r></a:p></w:txBody></w:sp></w:twoCellAnchor>"
            for hidden, half, rest in ((0, "HOP", "CHU"), (1, "HOP", "AN"))
        )
        + f'<w:oneCellAnchor><w:graphicFrame><w:cNvPr id="3" name="y" descr="CHUTHAYHINH"/><c:chart xmlns:c="{_DRAWING}/chart" '
        f'xmlns:r="{_REL}" r:id="r1"/></w:graphicFrame></w:oneCellAnchor></w:wsDr>',
        f"{folder}_rels/ve.xml.rels": relations(("chart", "bd.xml")),
        f"{folder}bd.xml": f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main"><c:title><c:tx><c:rich><a:p>'
        "<a:r><a:t>TENBIEUDO</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>TENCHUOI</c:v>"
        "</c:pt></c:strCache></c:strRef></c:tx><c:val><c:numCache><c:pt><c:v>987654</c:v></c:pt></c:numCache></c:val></c:ser>"
        "</c:chartSpace>",
    }  # fmt: skip


def relations(*leads: tuple[str, str]) -> str:
    """Return the relations of a part: kinds and parts, named r1, r2 and so on."""
    each = (
        f'<Relationship Id="r{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(leads, 1)
    )
    return f"<Relationships>{''.join(each)}</Relationships>"
