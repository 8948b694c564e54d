"""A PDF with a marker in each part that may contain words."""

from tests.extract.test_annotations import document

FOUND = {
    "text layer": "THANBAI",
    "stamp": "DAUDEN",
    "free text": "GHICHU",
    "note": "NHANXET",
    "value of a field": "GIATRI",
}
LEFT_OUT = {"hidden annotation": "BIAN", "address of a link": "LIENKET"}


def _box(y: int) -> bytes:
    return b"/Rect [50 %d 250 %d]" % (y, y + 20)


DOCUMENT = document(
    b"BT /F1 12 Tf 50 700 Td (THANBAI) Tj ET",
    b"Helvetica",
    (b"/Subtype /Stamp " + _box(600), b"DAUDEN"),
    (b"/Subtype /FreeText /Contents (GHICHU) " + _box(560), b"GHICHU"),
    (b"/Subtype /Text /Contents (NHANXET) " + _box(520), b""),
    (b"/Subtype /Widget /FT /Tx /T (a) /V (GIATRI) " + _box(480), b"GIATRI"),
    (b"/Subtype /Stamp /F 2 " + _box(440), b"BIAN"),
    (b"/Subtype /Link /A << /S /URI /URI (https://lamgiang.example/LIENKET) >> " + _box(400), b""),
)
FILES = {"a.pdf": DOCUMENT}
