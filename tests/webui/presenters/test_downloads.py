"""Attachments as browsers get them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient


def test_an_attachment_is_saved_never_shown(client: FlaskClient) -> None:
    response = client.get("/articles/bai-0/files/0")
    assert response.data == b"%PDF-1.7 text"
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=74-UBND-KH.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-cache" and "Expires" not in response.headers
    again = client.get("/articles/bai-0/files/0", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    part = client.get("/articles/bai-0/files/0", headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.data) == (206, b"PDF")
    assert client.get("/articles/bai-0/files/0", headers={"Range": "bytes=90-"}).status_code == 416


def test_html_goes_as_bytes_under_a_name_without_line_ends(client: FlaskClient) -> None:
    response = client.get("/articles/bai-0/files/1")
    assert response.content_type == "application/octet-stream"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert quote("Phụ lục_ “bảng”__X_ y.html") in disposition


def test_missing_bytes_are_not_found(client: FlaskClient, search: Any) -> None:
    assert client.get("/articles/bai-0/files/2").status_code == 404
    (search.folder / "file-0").unlink()
    assert client.get("/articles/bai-0/files/0").status_code == 404
