"""A document of Word with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

from __future__ import annotations

from tests.extract.parts.packages import SPACES, package

PARTS = {
    "paragraph": "DOANVAN",
    "table": "OBANG",
    "table in a table": "BANGTRONG",
    "text box": "HOPCHU",
    "text box of old programs": "HOPCU",
    "word art": "CHUNGHETHUAT",
    "footnote": "CHUTHICHMOT",
    "endnote": "CHUCUOI",
    "comment": "BINHLUAN",
    "header": "DAUTRANG",
    "footer": "CHANTRANG",
    "title": "TIEUDE",
    "subject": "CHUDE",
    "keywords": "TUKHOA",
    "content control": "DIEUKHIEN",
    "chosen in a list": "DACHON",
    "chosen in a list and shown as well": "MOTLAN",
    "link": "LIENKET",
    "result of a field": "KETQUA",
    "inserted": "CHENVAO",
    "moved": "CHUYENDEN",
    "formula": "CONGTHUC",
    "chart": "BIEUDO",
    "series of a chart": "DAYSO",
    "diagram": "SODO",
    "text for a picture": "THAYANH",
    "text for a table": "THAYBANG",
    "document put in": "NHUNGVAO",
    "smart tag": "THETHONGMINH",
    "ruby": "CHUNHO",
}
LEFT_OUT = {
    "deleted": "XOADI",
    "moved away": "CHUYENTU",
    "hidden": "ANDI",
    "hidden by style": "ANKIEU",
    "field code": "MALENH",
    "not chosen in a list": "KHONGCHON",
    "cell under a merged one": "OBIGOP",
    "deleted row": "DONGXOA",
    "author": "TACGIA",
}


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def _cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _listed(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def box(text: str) -> str:
    """Return a text box as Word writes it, once for itself and once for older programs."""
    inner = f"<w:txbxContent>{p(run(text))}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>'
        f"{inner}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


BODY = "".join(
    [
        p(run("Ủy b") + run("an DOANVAN", "<w:b/>") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        p(run("trước hộp") + box("HOPCHU") + run(" sau hộp")),
        p(
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>HOPCU</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>" + run("cạnh hộp cũ")
        ),
        p('<w:r><w:pict><v:shape><v:textpath string="CHUNGHETHUAT"/></v:shape></w:pict></w:r>'),
        p(f'<w:ins w:id="1">{run("CHENVAO ")}</w:ins><w:del w:id="2"><w:r><w:delText>XOADI</w:delText></w:r></w:del>'),
        p(f"<w:moveFrom>{run('CHUYENTU')}</w:moveFrom><w:moveTo>{run('CHUYENDEN')}</w:moveTo>"),
        p(run("ANDI", "<w:vanish/>") + run("hiện", '<w:vanish w:val="0"/>') + run("ANKIEU", '<w:rStyle w:val="An"/>')),
        f"<w:sdt><w:sdtContent>{p(run('DIEUKHIEN'))}</w:sdtContent></w:sdt>",
        p(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="KHONGCHON"/><w:listEntry w:val="DACHON"/></w:ddList></w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText>FORMDROPDOWN MALENH</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        p(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="MOTLAN"/></w:ddList></w:ffData>'
            '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run("MOTLAN")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        p(f'<w:hyperlink r:id="r99">{run("LIENKET")}</w:hyperlink><w:fldSimple w:instr="MALENH">{run(" KETQUA")}</w:fldSimple>'),
        p(f'<w:smartTag w:element="x">{run("THETHONGMINH")}</w:smartTag>'),
        p("<m:oMath><m:r><m:t>CONGTHUC</m:t></m:r></m:oMath>"),
        p(f"<w:r><w:ruby><w:rt>{run('CHUNHO')}</w:rt><w:rubyBase>{run('chữ lớn')}</w:rubyBase></w:ruby></w:r>"),
        p('<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="THAYANH"/><c:chart r:id="r20"/></wp:inline></w:drawing></w:r>'),
        p('<w:r><w:drawing><wp:inline><dgm:relIds r:dm="r21"/></wp:inline></w:drawing></w:r>'),
        '<w:altChunk r:id="r22"/>',
        '<w:tbl><w:tblPr><w:tblDescription w:val="THAYBANG"/></w:tblPr><w:tr>',
        _cell(p(run("OBANG"))),
        _cell(p(run("hai")) + p(run("dòng"))),
        _cell(f"<w:tbl><w:tr>{_cell(p(run('BANGTRONG')))}</w:tr></w:tbl>{p('')}"),
        "</w:tr><w:tr>",
        _cell(p(run("OBIGOP")), "<w:vMerge/>"),
        _cell(p("")),
        _cell(p(run("cuối"))),
        f"</w:tr><w:tr><w:trPr><w:del/></w:trPr>{_cell(p(run('DONGXOA')))}</w:tr></w:tbl>",
        p(run("74/KH") + "<w:r><w:noBreakHyphen/><w:t>UBND</w:t><w:tab/><w:t>chủ</w:t><w:ptab/><w:t>tịch</w:t></w:r>"),
        p("<w:r><w:t>mềm</w:t><w:softHyphen/><w:t>mại</w:t><w:cr/><w:t>xuống</w:t><w:br/><w:t>dòng</w:t></w:r>"),
        p('<w:r><w:t>37</w:t><w:sym w:font="Symbol" w:char="F0B0"/><w:t>C</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
        p(run("Đ"), '<w:framePr w:dropCap="drop" w:lines="3"/>') + p(run("ất ở")) + p(run("khung"), '<w:framePr w:w="99"/>'),
        p("<m:oMath><m:f><m:num><m:r><m:t>Lương</m:t></m:r></m:num><m:den><m:r><m:t>Ngày</m:t></m:r></m:den></m:f>"
          "<m:nary><m:sub><m:r><m:t>k</m:t></m:r></m:sub><m:e><m:r><m:t>công</m:t></m:r></m:e></m:nary></m:oMath>"),
        p(run("ngắt"), "<w:rPr><w:del/></w:rPr>") + p(run(" quãng")),
        p(run("Quy định chung"), '<w:pStyle w:val="Chuong"/>'),
        p(run("Phạm vi"), _listed(1)) + p(run("là"), _listed(2)) + p(run("và"), _listed(2)),
        p(run("Đối tượng"), _listed(1)) + p(run("gồm"), _listed(2)),
        p(run("Tổ chức"), '<w:pStyle w:val="ChuongCon"/>') + p(run("Kinh phí"), _listed(1)),
        p(run("Hiệu lực"), _listed(1, 2)),
    ]
)  # fmt: skip
LINES = (
    "Ủy ban DOANVAN", "trước hộp sau hộp", "cạnh hộp cũ", "hiện", "OBANG\thai", "dòng\tBANGTRONG", "cuối",
    "74/KH-UBND\tchủ\ttịch", "mềmmại", "xuống", "dòng", "37°C", "ngắt quãng", "Đất ở", "khung",
    "Lương/Ngày k công",
    "Chương I. Quy định chung", "Điều 1. Phạm vi", "a) là", "b) và", "Điều 2. Đối tượng", "a) gồm",
    "Chương II. Tổ chức", "Điều 3. Kinh phí", "Điều 1. Hiệu lực",
)  # fmt: skip
"""What must be found as separate lines."""


def _part(name: str, content: str) -> str:
    return f"<w:{name} {SPACES}>{content}</w:{name}>"


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + _level(0, "upperRoman", "Chương %1.", '<w:pStyle w:val="Chuong"/>')
    + _level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')
    + _level(2, "lowerLetter", "%3)")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
_STYLES = (
    '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Chuong"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="table" w:styleId="B"/>'
    '<w:style w:type="paragraph" w:styleId="ChuongCon"><w:basedOn w:val="Chuong"/></w:style>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>TIEUDE</dc:title><dc:creator>TACGIA</dc:creator>'
    "<dc:subject>CHUDE</dc:subject><cp:keywords>TUKHOA</cp:keywords></cp:coreProperties>"
)
_CHART = (
    f"<c:chartSpace {SPACES}><c:title><a:p><a:r><a:t>BIEU</a:t></a:r><a:r><a:t>DO</a:t></a:r></a:p></c:title>"
    "<c:ser><c:tx><c:strCache><c:pt><c:v>DAYSO</c:v></c:pt></c:strCache></c:tx></c:ser></c:chartSpace>"
)
_DIAGRAM = f"<dgm:dataModel {SPACES}><dgm:pt><dgm:t><a:p><a:r><a:t>SODO</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"

SECTION = (
    '<w:headerReference w:type="default" r:id="r6"/><w:headerReference w:type="first" r:id="r7"/>'
    '<w:footerReference w:type="default" r:id="r8"/><w:titlePg/>'
)


def document(
    body: str = BODY,
    main: str = "word/document.xml",
    strict: bool = False,
    section: str = SECTION,
    settings: str = "",
) -> bytes:
    """Return the document; ``strict`` uses the other set of namespaces."""
    folder = main.rpartition("/")[0]
    notes = f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote><w:footnote w:id="1">{p(run("CHUTHICHMOT"))}</w:footnote>'
    header = _part(
        "hdr", p(run("DAUTRANG")) + p('<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>')
    )
    parts = {
        main: _part("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
        f"{folder}/styles.xml": _part("styles", _STYLES),
        f"{folder}/settings.xml": _part("settings", settings),
        f"{folder}/numbering.xml": _part("numbering", _NUMBERING),
        f"{folder}/footnotes.xml": _part("footnotes", notes),
        f"{folder}/endnotes.xml": _part("endnotes", f'<w:endnote w:id="1">{p(run("CHUCUOI"))}</w:endnote>'),
        f"{folder}/comments.xml": _part("comments", f'<w:comment w:id="1">{p(run("BINHLUAN"))}</w:comment>'),
        f"{folder}/header1.xml": header,
        f"{folder}/header2.xml": header,
        f"{folder}/footer1.xml": _part("ftr", p(run("CHANTRANG"))),
        f"{folder}/charts/chart1.xml": _CHART,
        f"{folder}/diagrams/data1.xml": _DIAGRAM,
        f"{folder}/chunk.html": "<html><body><p>NHUNGVAO</p></body></html>",
        "docProps/core.xml": _CORE,
    }
    relations = {
        "r1 styles": "styles.xml", "r2 numbering": "numbering.xml", "r3 footnotes": "footnotes.xml",
        "r4 endnotes": "endnotes.xml", "r5 comments": "comments.xml", "r6 header": "header1.xml",
        "r7 header": "header2.xml", "r8 footer": "footer1.xml", "r20 chart": "charts/chart1.xml",
        "r9 settings": "settings.xml", "r21 diagramData": "diagrams/data1.xml", "r22 aFChunk": f"/{folder}/chunk.html",
    }  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return package(main, kind, parts, {main: relations}, strict)
