"""Signed documents: signed by a throw-away CA of the tests, then altered."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from demo import signing
from demo.signing import CITY, Authority
from indexer.extract.reader import read
from indexer.extract.sandbox import Sandbox
from indexer.model import Article, Attachment, FileState
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.extract.documents import pdf
from webui import create_app

SIGNER = "Ủy ban nhân dân thành phố Lam Giang"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def office() -> Authority:
    return Authority()


@pytest.fixture
def trust(office: Authority, tmp_path: Path) -> Path:
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "ca.pem").write_bytes(office.root)
    (folder / "broken.crt").write_bytes(b"no certificate")
    (folder / "README.txt").write_text("not looked at")
    return folder


DOCUMENT = pdf("Ke hoach chuyen doi so")


def _found(tmp_path: Path, content: bytes, trust: Path | None) -> list[tuple[str, str, str | None]]:
    path = tmp_path / "signed.pdf"
    path.write_bytes(content)
    found = read(path, "signed.pdf", trust)
    assert found.state is FileState.TEXT and "chuyen doi so" in found.pages[0].text
    for one in found.signatures:
        assert one.signed_at is None or abs(datetime.fromisoformat(one.signed_at) - NOW) < timedelta(hours=1)
    return [(str(one.status), one.signer, one.organisation) for one in found.signatures]


def test_who_signed_and_whether_it_holds(office: Authority, trust: Path, tmp_path: Path) -> None:
    signed = office.sign(DOCUMENT, SIGNER, NOW)
    assert _found(tmp_path, signed, trust) == [("valid", SIGNER, CITY)]
    assert _found(tmp_path, signed, None) == [("untrusted", SIGNER, CITY)]
    assert _found(tmp_path, DOCUMENT, trust) == []


def test_certificates_are_judged_as_of_the_signing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "VALID", (NOW - timedelta(days=900), NOW - timedelta(days=500)))
    office, trust, path = Authority(), tmp_path / "roots", tmp_path / "a.pdf"
    trust.mkdir()
    (trust / "ca.pem").write_bytes(office.root)
    for days, status in ((600, "valid"), (100, "untrusted")):
        path.write_bytes(office.sign(DOCUMENT, SIGNER, NOW - timedelta(days=days)))
        assert [str(one.status) for one in read(path, "a.pdf", trust).signatures] == [status]


def test_several_sign(office: Authority, trust: Path, tmp_path: Path) -> None:
    twice = office.sign(office.sign(DOCUMENT, SIGNER, NOW), SIGNER, NOW, "Sig2")
    assert [status for status, _, _ in _found(tmp_path, twice, trust)] == ["valid", "valid"]


def test_altered_after_signing(office: Authority, trust: Path, tmp_path: Path) -> None:
    signed = office.sign(DOCUMENT, SIGNER, NOW)
    changed = signed.replace(b"Ke hoach chuyen doi so", b"Ke hoach chuyen doi so!"[:22].replace(b"K", b"k"))
    assert changed != signed and len(changed) == len(signed)
    assert _found(tmp_path, changed, trust)[0][0] == "altered"
    writer, out = IncrementalPdfFileWriter(io.BytesIO(signed)), io.BytesIO()
    writer.root["/Lang"] = generic.pdf_string("vi")
    writer.update_root()
    writer.write(out)
    assert _found(tmp_path, out.getvalue(), trust)[0][0] == "altered"


def test_a_damaged_signature_is_unreadable(office: Authority, trust: Path, tmp_path: Path) -> None:
    signed = office.sign(DOCUMENT, SIGNER, NOW)
    at = signed.index(b"/Contents <") + 11
    broken = signed[:at] + b"00" * 200 + signed[at + 400 :]
    assert _found(tmp_path, broken, trust)[0][0] in ("unreadable", "altered")


def test_signed_files_are_found_and_said(office: Authority, trust: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", trust_roots=str(trust))
    attachments = (
        Attachment("ky.pdf", content=office.sign(DOCUMENT, SIGNER, NOW)),
        Attachment(
            "sua.pdf",
            content=office.sign(DOCUMENT, SIGNER, NOW).replace(b"Ke hoach chuyen", b"ke hoach chuyen"),
        ),
    )
    published = datetime.fromisoformat("2024-03-06T08:00:00+07:00")
    index(
        settings,
        [
            Article("a", "Bản ký", "Kèm bản ký.", published=published, attachments=attachments),
            Article(
                "b",
                "Không ký",
                "Không kèm.",
                published=published,
                attachments=(Attachment("khong.pdf", content=DOCUMENT),),
            ),
        ],
    )
    service = open_search(settings)
    assert [hit.id for hit in service.search(SearchRequest("tệp:signed")).hits] == ["a"]
    client = create_app(service).test_client()
    html = client.get("/articles/a", follow_redirects=True).get_data(as_text=True)
    assert f"Chữ ký số hợp lệ: {SIGNER} ({CITY})" in html
    assert "Tệp đã bị sửa sau khi ký số" in html
    assert client.get("/api/v1/articles/a").json["files"][0]["signatures"][0]["status"] == "valid"  # type: ignore[index]
    assert "Chữ ký số" not in client.get("/articles/b", follow_redirects=True).get_data(as_text=True)


def test_reading_in_the_sandbox(office: Authority, trust: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(office.sign(DOCUMENT, SIGNER, NOW))
    with Sandbox(1, 30, 1500, trust=str(trust)) as sandbox:
        found = sandbox.extract(path, "a.pdf")
    assert [str(one.status) for one in found.signatures] == ["valid"]
