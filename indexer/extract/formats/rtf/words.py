"""What the control words of RTF mean for the text."""

from __future__ import annotations

SHOWN = {
    "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-", "line": "\n", "softline": "\n", "lbr": "\n",
    "page": "\n", "column": "\n", "softpage": "\n", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
"""Words and symbols that stand for characters."""
ENDS = {
    "par": "\n",
    "sect": "\n",
    "cell": "\t",
    "nestcell": "\t",
    "row": "\n",
    "nestrow": "\n",
    "\n": "\n",
    "\r": "\n",
}
"""What ends paragraphs, cells and rows; a backslash before a line end also ends a paragraph."""
SKIPPED = frozenset(
    "colortbl stylesheet pict nonshppict shprslt fldinst atnid atnauthor atntime atndate atnicn atnref tc tcn xe rxe private"
    " objdata objclass objname nonesttables mmathPict ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn revtbl listtable"
    " filetbl bkmkstart bkmkend author operator manager company creatim revtim printim buptim".split()
)
"""Destinations without text of the document, whether marked as optional or not."""
HIDES = frozenset(["v", "deleted", "mvf"])
"""What hides characters: hidden, deleted, moved elsewhere."""
MARGINS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
NOTES = frozenset(["footnote", "annotation"])
BOXES = frozenset(["shptxt", "dptxbxtext"])
ABOUT = frozenset(["title", "subject", "keywords", "doccomm"])
CONTAINERS = frozenset("info shpinst do upr sp nesttableprops".split())
"""Destinations without text of their own that contain others with some."""
PROPERTIES = frozenset(["sn", "sv"])
"""Name and value of a property of a shape."""
PROPERTIES_OF_TEXT = frozenset(["gtextUNICODE", "wzDescription"])
"""WordArt, and the alternative text of a picture."""
READ = frozenset(["ud", "fldrslt", "result", "listtext", "pntext"])
"""Destinations whose text is read in place."""
CAPTURED = MARGINS | NOTES | BOXES | ABOUT | PROPERTIES
"""Destinations whose text belongs elsewhere."""
DESTINATIONS = CAPTURED | CONTAINERS | READ | SKIPPED | {"fonttbl"}
CODE_PAGES = {
    0: "cp1252", 2: "symbol", 77: "mac_roman", 78: "cp932", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The code pages of fonts by the number of their ``\\\\fcharset``; for others the document's counts."""
CHARACTER_SETS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
