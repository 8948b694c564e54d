"""Complete responses for connections that never reach the application: too busy, too large, not HTTP. Pure."""

from __future__ import annotations

from http import HTTPStatus

from webui.api.paths import API
from webui.api.problem import NO_TYPE, PROBLEM_JSON, problem_json
from webui.presenters.error_words import ERRORS

RETRY_SECONDS = 2
"""Seconds after which to retry; enough to answer waiting requests many times over."""
_PAGE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{vi}</title></head><body><h1>{vi}</h1><p>{advice}</p><p lang="en">{en}</p></body></html>
"""
_WORDS = {
    503: (
        "Hệ thống đang quá tải",
        "Có quá nhiều người đang tìm. Hãy thử lại sau vài giây.",
        "Too many searches at the moment. Please try again in a few seconds.",
    ),
    431: (
        "Yêu cầu quá lớn",
        "Trình duyệt gửi kèm quá nhiều dữ liệu.",
        "The headers of the request are too large.",
    ),
    414: (*map(str, ERRORS[414]), "The address of the request is too long."),
    400: (
        "Yêu cầu không đọc được",
        "Yêu cầu gửi đến không đúng giao thức HTTP.",
        "The request is not valid HTTP.",
    ),
}


def refusal(status: int, request: bytes | bytearray = b"") -> bytes:
    """Return the response to ``request``, as far as it was received; the connection ends after it.

    It is a page, or a problem document for the API and where the address is unknown.
    """
    vi, advice, en = _WORDS[status]
    phrase = HTTPStatus(status).phrase
    if not request or request.partition(b" ")[2].startswith(API.encode()):
        kind, body = PROBLEM_JSON, problem_json(NO_TYPE, phrase, status, en)
    else:
        kind, body = "text/html; charset=utf-8", _PAGE.format(vi=vi, advice=advice, en=en)
    raw = body.encode()
    retry = f"Retry-After: {RETRY_SECONDS}\r\n" if status == 503 else ""
    head = (
        f"HTTP/1.1 {status} {phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(raw)}\r\n{retry}"
        "Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n"
        "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + (b"" if request.startswith(b"HEAD ") else raw)
