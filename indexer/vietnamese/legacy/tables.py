"""The letters of TCVN3 and VNI, with their bytes read as Latin-1, which is also how they surface from old fonts.

TCVN 5712:1993 (VN3, "ABC") uses one byte per letter and has no accented capitals: those come from a second font. VNI writes a
letter and its marks as two bytes.
"""

from __future__ import annotations

import re

_TCVN3 = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ"
    " CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ"
    " EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
TCVN3 = str.maketrans({chr(int(pair[:2], 16)): pair[2] for pair in _TCVN3.split()})
TCVN3_LETTERS = "".join(map(chr, TCVN3))

_VNI_MARKS = {  # letter -> what stands behind it -> what both are
    "a": {"ù": "á", "ø": "à", "û": "ả", "õ": "ã", "ï": "ạ", "â": "â", "á": "ấ", "à": "ầ", "å": "ẩ", "ã": "ẫ",
          "ä": "ậ", "ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "e": {"ù": "é", "ø": "è", "û": "ẻ", "õ": "ẽ", "ï": "ẹ", "â": "ê", "á": "ế", "à": "ề", "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"ù": "ó", "ø": "ò", "û": "ỏ", "õ": "õ", "ï": "ọ", "â": "ô", "á": "ố", "à": "ồ", "å": "ổ", "ã": "ỗ", "ä": "ộ"},
    "ô": {"ù": "ớ", "ø": "ờ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "u": {"ù": "ú", "ø": "ù", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "ö": {"ù": "ứ", "ø": "ừ", "û": "ử", "õ": "ữ", "ï": "ự"},
    "y": {"ù": "ý", "ø": "ỳ", "û": "ỷ", "õ": "ỹ", "ï": "ỵ"},
    # The letter i has codes of its own, below, but some programs write these.
    "i": {"ù": "í", "ø": "ì", "û": "ỉ", "õ": "ĩ", "ï": "ị"},
}  # fmt: skip
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    found = dict(_VNI_ALONE)
    for letter, marks in _VNI_MARKS.items():
        found |= {letter + mark: both for mark, both in marks.items()}
    # Capitals: both bytes in capitals, or a small mark after a capital.
    found |= {pair.upper(): both.upper() for pair, both in list(found.items())}
    found |= {
        pair[0].upper() + pair[1:]: both.upper() for pair, both in list(found.items()) if pair[0].islower()
    }
    return found


VNI = _vni()
VNI_PAIR = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
VNI_LETTERS = "".join(sorted({letter for pair in VNI for letter in pair if not letter.isascii()}))
