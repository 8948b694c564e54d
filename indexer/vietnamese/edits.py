"""Edit distance between two words."""

from __future__ import annotations


def within_one_edit(a: str, b: str) -> bool:
    """Tell whether at most one insertion, deletion, substitution or swap of neighbours turns a into b.

    >>> within_one_edit("tucj", "tuc"), within_one_edit("hải", "hiả"), within_one_edit("nhà", "nhanh")
    (True, True, False)
    """
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if a[i + 1 :] == b[i + 1 :] or a[i + 1 :] == b[i:] or a[i:] == b[i + 1 :]:
        return True
    return a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
