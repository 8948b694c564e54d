"""A search in words: printed above results and in the first sheet of a workbook. Pure."""

from __future__ import annotations

from datetime import date

from indexer.search.request import FACETS, SearchRequest
from webui.context.translation import gettext
from webui.presenters import formats, words

Line = tuple[str, str]
"""A label and its value."""


def search_summary(request: SearchRequest, total: int, today: date, address: str) -> list[Line]:
    """Return the query and filters of ``request``, the number of results, the date and the ``address``."""
    first, last = request.date_from, request.date_to
    narrowed = [
        (str(words.FACET_TITLES[name]), "; ".join(map(formats.month if name == "date" else str, values)))
        for name in FACETS
        if (values := getattr(request, name))
    ]
    lines = [
        (gettext("Nội dung tìm"), request.text or gettext("Tất cả")),
        *narrowed,
        (gettext("Từ ngày"), formats.day(first.isoformat()) if first else ""),
        (gettext("Đến ngày"), formats.day(last.isoformat()) if last else ""),
        (gettext("Tìm trong"), str(words.AREAS[request.area]) if request.area != "all" else ""),
        (gettext("Dấu"), str(words.STRICT) if request.strict else ""),
        (gettext("Mức khớp"), str(words.READINGS.get(request.reading or "", ""))),
        (gettext("Sắp xếp"), str(words.SORTS[request.sort]) if request.sort else ""),
        *counted_lines(gettext("Số bài"), total, today, address),
    ]
    return [line for line in lines if line[1]]


def counted_lines(what: str, count: int, today: date, address: str) -> list[Line]:
    """Return the final lines of every list: how many of ``what`` it has, its date and its ``address``."""
    return [
        (what, formats.number(count)),
        (gettext("Ngày lập danh sách"), formats.day(today.isoformat())),
        (gettext("Địa chỉ"), address),
    ]
