"""An RTF with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

from __future__ import annotations

PARTS = {
    "paragraph": "DOANVAN",
    "table": "OBANG",
    "table in a table": "BANGTRONG",
    "text box": "HOPCHU",
    "text box of old programs": "HOPCU",
    "word art": "CHUNGHETHUAT",
    "text for a picture": "THAYANH",
    "footnote": "CHUTHICH",
    "comment": "BINHLUAN",
    "header": "DAUTRANG",
    "footer": "CHANTRANG",
    "title": "TIEUDE",
    "subject": "CHUDE",
    "keywords": "TUKHOA",
    "result of a field": "KETQUA",
    "number of a list": "MUCSO",
    "Unicode beside a code page": "UNICODE",
    "object's picture in words": "DOITUONG",
}
LEFT_OUT = {
    "deleted": "XOADI",
    "hidden": "ANDI",
    "field code": "MALENH",
    "style": "KIEUDANG",
    "font": "PHONGCHU",
    "author": "TACGIA",
    "picture": "ABCDEF",
    "unknown optional": "KHONGBIET",
    "raw bytes": "NHIPHAN",
    "drawing for old readers": "BANSAO",
    "code page beside Unicode": "MAHOA",
    "bookmark": "DAUTRANGSACH",
    "property of a shape": "THUOCTINH",
}


def _hex(text: str, code_page: str) -> str:
    return "".join(f"\\'{byte:02x}" if byte > 0x7F else chr(byte) for byte in text.encode(code_page))


_HEAD = r"""{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0\froman\fcharset163 PHONGCHU;}{\f1\fcharset238 A;}{\f2\fcharset204{\*\falt x}B;}
{\f3\fcharset2 Symbol;}{\f4\fcharset128 C;}{\f5\fcharset0 D;}{\f6\fnil\cpg1253 E;}{\f7\fcharset2 Wingdings;}}
{\stylesheet{\s1 KIEUDANG;}}{\info{\title TIEUDE}{\author TACGIA}{\subject CHUDE}{\keywords TUKHOA}}{\*\khongro KHONGBIET}
{\header DAUTRANG\par{\field{\*\fldinst PAGE}{\fldrslt 7}}\par}{\headerf DAUTRANG\par 7\par}{\footer CHANTRANG\par}
"""
BODY = "\n".join(
    [
        r"\u7910?y ban {\b DOAN}VAN{\footnote\pard CHUTHICH\par} sau ch\u250\'fa\par",
        _hex("Công v\u0103n cu\u0309a ti\u0309nh", "cp1258") + r"\par",
        r"\f1 "
        + _hex("Łódź", "cp1250")
        + r"\f2  "
        + _hex("Москва", "cp1251")
        + r"\f5  "
        + _hex("café", "cp1252"),
        r"\f4  " + _hex("東京", "cp932") + r"\f6  " + _hex("Αθήνα", "cp1253") + r"\plain\par",
        r"74/KH\_UBND m\-ềm".replace("ề", r"\u7873?") + r"\tab ch\u7911?\~t\u7883?ch\line xu\u7889?ng\par",
        r"37{\f3\'b0}C {\f7\'fe}xong \u-10179?\u-8704?\par {\uc2 \u7879 ABt}\uc1{\uc0\u7879}\par",
        r"{\listtext\pard MUCSO 1.\tab}trong danh s\u225?ch\par",
        r'{\field{\*\fldinst HYPERLINK "MALENH"}{\fldrslt KETQUA}} {\v ANDI}{\deleted XOADI}hi\u7879?n\par',
        r"{\upr{MAHOA}{\*\ud{UNICODE}}} {\*\bkmkstart DAUTRANGSACH}c\par",
        r"tr\u432?\u7899?c h\u7897?p {\shp{\*\shpinst\shpleft1{\sp{\sn gtextUNICODE}{\sv CHUNGHETHUAT}}{\sp{\sn x}{\sv THUOCTINH}}"
        r"{\sp{\sn wzDescription}{\sv THAYANH}}{\shptxt\pard HOPCHU\par}}{\shprslt{\*\do{\dptxbxtext BANSAO}}}}sau h\u7897?p\par",
        r"{\*\do\dobxcolumn{\dptxbxtext\pard HOPCU\par}}{\pict\wmetafile8 ABCDEF}{\object{\*\objdata ABCDEF}{\result DOITUONG}}\par",
        r"{\pict\bin12 }}}}}NHIPHAN}\par{\*\atnid a}{\*\atnauthor TACGIA}{\*\annotation{\*\atnref 1}BINHLUAN}",
        r"\trowd\cellx1\cellx2\intbl OBANG\cell hai\par ba\cell\row\trowd\cellx1\intbl\itap2 BANGTRONG\nestcell b\u7889?n\nestcell",
        r"{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}\pard\intbl\itap1 cu\u7889?i\cell\row\pard h\u7871?t\par}",
    ]
)
LINES = (
    "Ủy ban DOANVAN sau chú", "Công văn của tỉnh", "Łódź Москва café 東京 Αθήνα", "74/KH-UBND mềm\tchủ tịch", "xuống",
    "37°C  xong 😀", "ệtệ", "MUCSO 1.\ttrong danh sách", "KETQUA hiện", "UNICODE c", "trước hộp sau hộp",
    "OBANG\thai", "ba", "BANGTRONG\tbốn", "cuối", "hết",
)  # fmt: skip
DOCUMENT = (_HEAD + BODY).encode("latin-1")
FILES = {"a.rtf": DOCUMENT}
