"""Documents of OpenDocument (text, slides, sheets) with a marker word in each part; ``…_LEFT_OUT`` must not be found."""

from __future__ import annotations

from tests.extract.documents import zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in [
        *((name, name) for name in "office text table style presentation chart form meta".split()),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    ]
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'

TEXT_PARTS = {
    "paragraph": "DOANVAN",
    "heading": "DEMUC",
    "table": "OBANG",
    "table in a table": "BANGTRONG",
    "list": "MUCDAU",
    "list in a list": "MUCCON",
    "text box": "HOPCHU",
    "shape": "HINHCHU",
    "footnote": "CHUTHICH",
    "comment": "BINHLUAN",
    "header": "DAUTRANG",
    "footer": "CHANTRANG",
    "title": "TIEUDE",
    "subject": "CHUDE",
    "keywords": "TUKHOA",
    "section": "TRONGMUC",
    "link": "LIENKET",
    "field": "TRUONGDL",
    "table of contents": "MUCLUC",
    "ruby": "CHUNHO",
    "text for a picture": "THAYANH",
    "text for a table": "THAYBANG",
    "chart": "BIEUDO",
    "formula": "CONGTHUC",
}
TEXT_LEFT_OUT = {
    "deleted": "XOADI",
    "hidden section": "MUCAN",
    "hidden by style": "ANKIEU",
    "author": "TACGIA",
    "cell under a merged one": "OBIGOP",
    "script": "MALENH",
    "header that is off": "DAUTAT",
}
TEXT_BODY = """<text:tracked-changes><text:changed-region><text:deletion><text:p>XOADI</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:h text:outline-level="1">DEMUC</text:h>
<text:p>Ủy<text:s/>ban <text:span>DOAN</text:span>VAN<text:tab/>cột<text:line-break/>xuống<text:note>
<text:note-citation>1</text:note-citation>
<text:note-body><text:p>CHUTHICH</text:p></text:note-body></text:note> dòng</text:p>
<text:p>Bàn<office:annotation><dc:creator>TACGIA</dc:creator><text:p>BINHLUAN</text:p></office:annotation>g giao</text:p>
<text:p>trước hộp<draw:frame><draw:text-box><text:p>HOPCHU</text:p></draw:text-box></draw:frame> sau hộp</text:p>
<text:p>cạnh <draw:custom-shape><text:p>HINHCHU</text:p></draw:custom-shape>hình</text:p>
<text:p><draw:frame><draw:image/><svg:title>anh.png</svg:title><svg:desc>THAYANH</svg:desc></draw:frame></text:p>
<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>
<draw:frame><draw:object xlink:href="./Object 2"/></draw:frame></text:p>
<text:list text:style-name="L1"><text:list-item><text:p>MUCDAU</text:p><text:list>
<text:list-item><text:p>MUCCON</text:p></text:list-item>
</text:list></text:list-item><text:list-item><text:p>mục hai</text:p></text:list-item></text:list>
<text:p>giữa</text:p>
<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>mục ba</text:p></text:list-item></text:list>
<table:table><table:desc>THAYBANG</table:desc><table:table-row><table:table-cell><text:p>OBANG</text:p></table:table-cell>
<table:table-cell><text:p>hai</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-spanned="2"><table:table><table:table-row><table:table-cell>
<text:p>BANGTRONG</text:p></table:table-cell></table:table-row></table:table></table:table-cell><table:covered-table-cell>
<text:p>OBIGOP</text:p></table:covered-table-cell></table:table-row></table:table>
<text:section><text:p>TRONGMUC</text:p></text:section><text:section text:display="none"><text:p>MUCAN</text:p></text:section>
<text:p>hiện <text:span text:style-name="An">ANKIEU</text:span>ra
<text:a xlink:href="x">LIENKET</text:a> <text:date>TRUONGDL</text:date><text:script>MALENH</text:script></text:p>
<text:table-of-content><text:table-of-content-source/><text:index-body><text:p>MUCLUC</text:p></text:index-body></text:table-of-content>
<text:p><text:ruby><text:ruby-base>chữ lớn</text:ruby-base><text:ruby-text>CHUNHO</text:ruby-text></text:ruby></text:p>"""
TEXT_LINES = (
    "I. DEMUC", "Ủy ban DOANVAN\tcột", "xuống dòng", "Bàng giao", "trước hộp sau hộp", "cạnh hình", "OBANG\thai",
    "Điều 1. MUCDAU", "a) MUCCON", "Điều 2. mục hai", "Điều 3. mục ba", "hiện ra LIENKET TRUONGDL", "chữ lớn",
)  # fmt: skip
_STYLES = """<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>
</text:outline-style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-prefix="Điều "
 style:num-suffix="." style:num-format="1"/><text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"/>
</text:list-style><style:style style:name="An"><style:text-properties text:display="none"/></style:style>"""
_MASTER = """<style:master-page><style:header><text:p>DAUTRANG</text:p></style:header><style:header-left style:display="false">
<text:p>DAUTAT</text:p></style:header-left><style:footer><text:p>CHANTRANG</text:p><text:p>Trang <text:page-number>3</text:page-number>
</text:p></style:footer><draw:frame presentation:class="title"><draw:text-box><text:p>KHUONMAU</text:p></draw:text-box></draw:frame>
<draw:custom-shape><text:p>TRENMAUCHUNG</text:p></draw:custom-shape><presentation:notes><text:p>KHUONMAU</text:p></presentation:notes>
</style:master-page>"""
_META = """
<dc:title>TIEUDE</dc:title><dc:creator>TACGIA</dc:creator><dc:subject>CHUDE</dc:subject><meta:keyword>TUKHOA</meta:keyword>"""

SLIDES_PARTS = {
    "title of a slide": "DEMUC",
    "text": "DOANVAN",
    "table": "OBANG",
    "speaker notes": "GHICHU",
    "comment": "BINHLUAN",
    "footer of slides": "CUOITRANG",
    "group": "NHOMHINH",
    "hidden slide": "TRANGAN",
    "shape on the master": "TRENMAUCHUNG",
    "title": "TIEUDE",
}
SLIDES_LEFT_OUT = {"master's placeholder": "KHUONMAU"}
SLIDES_BODY = """<presentation:footer-decl presentation:name="f">CUOITRANG</presentation:footer-decl>
<draw:page>
<draw:frame presentation:class="title"><draw:text-box><text:p>DE<text:span>MUC</text:span></text:p></draw:text-box></draw:frame>
<draw:frame><draw:text-box><text:list><text:list-item><text:p>DOANVAN</text:p></text:list-item></text:list></draw:text-box></draw:frame>
<draw:frame><table:table><table:table-row><table:table-cell><text:p>OBANG</text:p></table:table-cell><table:table-cell><text:p>hai</text:p>
</table:table-cell></table:table-row></table:table></draw:frame><draw:g><draw:rect><text:p>NHOMHINH</text:p></draw:rect></draw:g>
<office:annotation><text:p>BINHLUAN</text:p></office:annotation>
<presentation:notes><draw:frame><draw:text-box><text:p>GHICHU</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
<draw:page draw:style-name="dpAn"><draw:frame><draw:text-box><text:p>TRANGAN</text:p></draw:text-box></draw:frame></draw:page>
<draw:page><draw:frame><draw:text-box><text:p>trang ba</text:p></draw:text-box></draw:frame></draw:page>"""
_HIDDEN_SLIDE = '<style:style style:name="dpAn"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'

SHEETS_PARTS = {
    "name of a sheet": "TENBANG",
    "cell": "OCHU",
    "cell of several lines": "ODONG",
    "value without text": "GIATRI",
    "comment": "BINHLUAN",
    "shape": "HINHCHU",
    "header": "DAUTRANG",
    "title": "TIEUDE",
}
SHEETS_LEFT_OUT = {
    "hidden sheet": "BANGAN",
    "hidden row": "DONGAN",
    "hidden column": "COTAN",
    "filtered row": "DONGLOC",
}
SHEETS_BODY = """<table:table table:name="TENBANG"><table:shapes><draw:rect><text:p>HINHCHU</text:p></draw:rect></table:shapes>
<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="1022"/>
<table:table-row><table:table-cell><text:p>OCHU</text:p></table:table-cell><table:table-cell><text:p>COTAN</text:p></table:table-cell>
<table:table-cell><office:annotation><text:p>BINHLUAN</text:p></office:annotation><text:p>007</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>ODONG</text:p><text:p>hai</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="1023"/></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell><text:p>DONGAN</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell><text:p>DONGLOC</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string" office:string-value="GIATRI"/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"><text:p>lặp</text:p>
</table:table-cell></table:table-row></table:table>
<table:table table:name="BANGAN" table:style-name="taAn"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>
</table:table-row></table:table>"""
SHEETS_LINES = ("OCHU\t007", "ODONG hai", "GIATRI", "BINHLUAN")
_HIDDEN_SHEET = '<style:style style:name="taAn"><style:table-properties table:display="false"/></style:style>'


_CHART = "<office:chart><chart:title><text:p>BIEUDO</text:p></chart:title><text:p>12</text:p></office:chart>"
_FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>CONGTHUC</mi><annotation>MA</annotation></math>'
)
_AUTOMATIC = f"<office:automatic-styles>{_HIDDEN_SLIDE}{_HIDDEN_SHEET}</office:automatic-styles>"
_ALL_STYLES = f"<office:styles>{_STYLES}</office:styles>"
_MARGINS = f"<office:master-styles>{_MASTER}</office:master-styles>"


def _part(name: str, content: str) -> str:
    return f"<office:document-{name} {SPACES}>{content}</office:document-{name}>"


def _element(kind: str, body: str) -> str:
    name = kind.removesuffix("-master")
    return f"<office:{name}>{body}</office:{name}>"


def _parts(kind: str, body: str) -> dict[str, str]:
    return {
        "content.xml": _part("content", f"{_AUTOMATIC}<office:body>{_element(kind, body)}</office:body>"),
        "styles.xml": _part("styles", _ALL_STYLES + _MARGINS),
        "meta.xml": _part("meta", f"<office:meta>{_META}</office:meta>"),
        "Object 1/content.xml": _part("content", f"<office:body>{_CHART}</office:body>"),
        "Object 2/content.xml": _FORMULA,
    }


def document(kind: str, body: str) -> bytes:
    """Return a document of a kind: ``text``, ``text-master``, ``presentation``, ``spreadsheet``."""
    return zipped(mimetype=f"application/vnd.oasis.opendocument.{kind}", **_parts(kind, body))


def said_in_the_manifest(kind: str, body: str) -> bytes:
    """Return a document whose kind only its manifest states."""
    entry = (
        f'<m:file-entry m:media-type="application/vnd.oasis.opendocument.{kind}-template" m:full-path="/"/>'
    )
    return zipped(
        **{"META-INF/manifest.xml": f'<m:manifest xmlns:m="m">{entry}</m:manifest>'}, **_parts(kind, body)
    )


def flat(kind: str, body: str) -> bytes:
    """Return a document that is a single XML file."""
    for name, content in (
        ("./Object 1", f"<office:document>{_CHART}</office:document>"),
        ("./Object 2", _FORMULA),
    ):
        body = body.replace(f'<draw:object xlink:href="{name}"/>', f"<draw:object>{content}</draw:object>")
    return (
        f'<?xml version="1.0"?><office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:meta>{_META}</office:meta>{_ALL_STYLES}{_AUTOMATIC}{_MARGINS}"
        f"<office:body>{_element(kind, body)}</office:body></office:document>"
    ).encode()


def of_sun(kind: str, body: str) -> bytes:
    """Return a document of OpenOffice.org 1, whose elements have other names."""
    old = {
        "text": "writer",
        "text-master": "writer.global",
        "presentation": "impress",
        "spreadsheet": "calc",
    }[kind]
    parts = _parts(kind, body)
    element = kind.removesuffix("-master")
    for ours, its in (
        (f"<office:{element}>", ""), (f"</office:{element}>", ""),
        ("text:tab/", "text:tab-stop/"), ("text:list>", "text:ordered-list>"),
        ("text:list ", "text:ordered-list "), ("text:note-", "text:footnote-"), ("text:note>", "text:footnote>"),
        ("style:text-properties", "style:properties"), ("style:table-properties", "style:properties"),
        ('style:name="taAn"', 'style:name="taAn" style:family="table"'),
    ):  # fmt: skip
        parts = {name: content.replace(ours, its) for name, content in parts.items()}
    for prefix in ("office", "text", "table", "style", "presentation", "chart", "form", "meta", "drawing"):
        new, sun = f'"{_ODF}{prefix}:1.0"', f'"http://openoffice.org/2000/{prefix}"'
        parts = {name: content.replace(new, sun) for name, content in parts.items()}
    return zipped(mimetype=f"application/vnd.sun.xml.{old}", **parts)


FILES = {
    "a.odt": document("text", TEXT_BODY),
    "a.odm": document("text-master", TEXT_BODY),
    "a.odp": document("presentation", SLIDES_BODY),
    "a.ods": document("spreadsheet", SHEETS_BODY),
}
