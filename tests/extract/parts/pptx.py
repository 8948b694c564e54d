"""A presentation with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

from __future__ import annotations

from tests.extract.parts.packages import SPACES, package

PARTS = {
    "title of a slide": "DEMUC",
    "text": "DOANVAN",
    "table": "OBANG",
    "group": "NHOMHINH",
    "chart": "BIEUDO",
    "series of a chart": "DAYSO",
    "diagram": "SODO",
    "text for a picture": "THAYANH",
    "speaker notes": "GHICHU",
    "comment": "BINHLUAN",
    "threaded comment": "TRAODOI",
    "footer": "CHANTRANG",
    "hidden slide": "TRANGAN",
    "shape on the layout": "TRENBOCUC",
    "shape on the master": "TRENMAUCHUNG",
    "title": "TIEUDE",
}
LEFT_OUT = {
    "master's placeholder": "KHUONMAU",
    "master that is not shown": "MAUKHAC",
    "hidden shape": "HINHAN",
    "number of the slide": "SOTRANG",
    "cell under a merged one": "OBIGOP",
    "header of the page of notes": "DAUGHICHU",
}


def _text(*runs: str) -> str:
    return "<a:p>" + "".join(f"<a:r><a:rPr/><a:t>{run}</a:t></a:r>" for run in runs) + "</a:p>"


def _shape(text: str, place: str = "", hidden: str = "0") -> str:
    holds = f'<p:ph type="{place}"/>' if place else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" hidden="{hidden}"/><p:nvPr>{holds}</p:nvPr></p:nvSpPr>'
        f"<p:txBody>{text}</p:txBody></p:sp>"
    )


def _slide(shapes: str, more: str = "") -> str:
    return f"<p:sld {SPACES} {more}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"


def _cell(text: str, more: str = "") -> str:
    return f"<a:tc {more}><a:txBody>{_text(text)}</a:txBody></a:tc>"


_ONE = "".join(
    [
        _shape(_text("DE", "MUC"), "title"),
        _shape(
            _text("Ủy b", "an DOANVAN")
            + "<a:p><a:r><a:t>trên</a:t></a:r><a:br/><a:r><a:t>dưới</a:t></a:r></a:p>"
        ),
        "<p:graphicFrame><a:tbl><a:tr>"
        + _cell("OBANG", 'gridSpan="2"')
        + _cell("OBIGOP", 'hMerge="1"')
        + "</a:tr>",
        f"<a:tr>{_cell('một')}{_cell('hai')}</a:tr></a:tbl></p:graphicFrame>",
        f"<p:grpSp>{_shape(_text('NHOMHINH'))}</p:grpSp>",
        '<p:graphicFrame><c:chart r:id="r1"/></p:graphicFrame><p:graphicFrame><dgm:relIds r:dm="r2"/></p:graphicFrame>',
        '<p:pic><p:nvPicPr><p:cNvPr id="9" name="Picture" descr="THAYANH"/></p:nvPicPr></p:pic>',
        _shape(_text("CHANTRANG"), "ftr")
        + _shape(_text("SOTRANG"), "sldNum")
        + _shape(_text("HINHAN"), hidden="1"),
    ]
)
LINES = ("DEMUC", "Ủy ban DOANVAN", "trên", "dưới", "một\thai")


def document(strict: bool = False) -> bytes:
    """Return a presentation of three slides in another order than their files; ``strict`` uses the other namespaces."""
    slides = '<p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/><p:sldId id="258" r:id="r3"/>'
    chart = (
        f"<c:chartSpace {SPACES}><c:title>{_text('BIEUDO')}</c:title><c:strCache><c:pt><c:v>DAYSO</c:v></c:pt></c:strCache>"
        "<c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:chartSpace>"
    )
    parts = {
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{slides}</p:sldIdLst></p:presentation>",
        "ppt/slides/slide1.xml": _slide(_shape(_text("TRANGAN")), 'show="0"'),
        "ppt/slides/slide2.xml": _slide(_ONE),
        "ppt/slides/slide3.xml": _slide(_shape(_text("trang ba"))),
        "ppt/slideLayouts/l1.xml": _slide(_shape(_text("TRENBOCUC")) + _shape(_text("KHUONMAU"), "body")),
        "ppt/slideLayouts/l2.xml": _slide(_shape(_text("KHUONMAU"), "body"), 'showMasterSp="0"'),
        "ppt/slideMasters/m1.xml": _slide(_shape(_text("TRENMAUCHUNG")) + _shape(_text("KHUONMAU"), "title")),
        "ppt/slideMasters/m2.xml": _slide(_shape(_text("MAUKHAC"))),
        "ppt/notesSlides/n1.xml": _slide(_shape(_text("GHICHU"), "body") + _shape(_text("DAUGHICHU"), "hdr")),
        "ppt/comments/c1.xml": f"<p:cmLst {SPACES}><p:cm><p:text>BINHLUAN</p:text></p:cm></p:cmLst>",
        "ppt/comments/c2.xml": f"<p:cmLst {SPACES}><p:cm><p:txBody>{_text('TRAODOI')}</p:txBody></p:cm></p:cmLst>",
        "ppt/charts/chart1.xml": chart,
        "ppt/diagrams/data1.xml": f"<dgm:dataModel {SPACES}><dgm:t>{_text('SODO')}</dgm:t></dgm:dataModel>",
        "docProps/core.xml": f'<c:x {SPACES} xmlns:dc="x"><dc:title>TIEUDE</dc:title></c:x>',
    }
    relations = {
        "ppt/presentation.xml": {
            "r1 slide": "slides/slide1.xml", "r2 slide": "slides/slide2.xml", "r3 slide": "/ppt/slides/slide3.xml",
            "r9 slideMaster": "slideMasters/m1.xml",
        },
        "ppt/slides/slide1.xml": {"r1 slideLayout": "../slideLayouts/l1.xml"},
        "ppt/slides/slide3.xml": {"r1 slideLayout": "../slideLayouts/l2.xml"},
        "ppt/slideLayouts/l1.xml": {"r1 slideMaster": "../slideMasters/m1.xml"},
        "ppt/slideLayouts/l2.xml": {"r1 slideMaster": "../slideMasters/m2.xml"},
        "ppt/slides/slide2.xml": {
            "r1 chart": "../charts/chart1.xml", "r2 diagramData": "../diagrams/data1.xml",
            "r3 notesSlide": "../notesSlides/n1.xml", "r4 comments": "../comments/c1.xml", "r5 comments": "../comments/c2.xml",
            "r6 slideLayout": "../slideLayouts/l1.xml",
        },
    }  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"
    return package("ppt/presentation.xml", kind, parts, relations, strict)
