"""Signed documents: signed by a throw-away CA of the tests, then altered."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from indexer.extract.reader import read
from indexer.extract.sandbox import Sandbox
from indexer.model import Article, Attachment, FileState, SearchRequest
from indexer.search import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.extract.documents import pdf
from webui import create_app

SIGNER, OFFICE = "Ủy ban nhân dân thành phố Lam Giang", "Thành phố Lam Giang"
NOW = datetime.now(UTC)
Key = ec.EllipticCurvePrivateKey


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )


def _certificate(subject: x509.Name, key: Key, issuer: x509.Name, by: Key, is_ca: bool) -> x509.Certificate:
    usage = x509.KeyUsage(True, True, False, False, False, is_ca, is_ca, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=30))
        .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, hashes.SHA256())
    )


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


class Office:
    """Signs documents with a certificate of its own CA."""

    def __init__(self) -> None:
        root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        ca = _name("CA of the tests", "Tests")
        self.root = _certificate(ca, root, ca, root, is_ca=True)
        certificate = _certificate(_name(SIGNER, OFFICE), own, ca, root, is_ca=False)
        private = own.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self._signer = signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(_der(certificate)),
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )

    def sign(self, content: bytes, field: str = "Sig1") -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        metadata = signers.PdfSignatureMetadata(field_name=field)
        signed: bytes = signers.sign_pdf(writer, metadata, signer=self._signer).getvalue()
        return signed


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture
def trust(office: Office, tmp_path: Path) -> Path:
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "ca.pem").write_bytes(office.root.public_bytes(serialization.Encoding.PEM))
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


def test_who_signed_and_whether_it_holds(office: Office, trust: Path, tmp_path: Path) -> None:
    signed = office.sign(DOCUMENT)
    assert _found(tmp_path, signed, trust) == [("valid", SIGNER, OFFICE)]
    assert _found(tmp_path, signed, None) == [("untrusted", SIGNER, OFFICE)]
    assert _found(tmp_path, DOCUMENT, trust) == []


def test_several_sign(office: Office, trust: Path, tmp_path: Path) -> None:
    twice = office.sign(office.sign(DOCUMENT), "Sig2")
    assert [status for status, _, _ in _found(tmp_path, twice, trust)] == ["valid", "valid"]


def test_altered_after_signing(office: Office, trust: Path, tmp_path: Path) -> None:
    signed = office.sign(DOCUMENT)
    changed = signed.replace(b"Ke hoach chuyen doi so", b"Ke hoach chuyen doi so!"[:22].replace(b"K", b"k"))
    assert changed != signed and len(changed) == len(signed)
    assert _found(tmp_path, changed, trust)[0][0] == "altered"
    writer, out = IncrementalPdfFileWriter(io.BytesIO(signed)), io.BytesIO()
    writer.root["/Lang"] = generic.pdf_string("vi")
    writer.update_root()  # type: ignore[no-untyped-call]
    writer.write(out)  # type: ignore[no-untyped-call]
    assert _found(tmp_path, out.getvalue(), trust)[0][0] == "altered"


def test_a_damaged_signature_is_unreadable(office: Office, trust: Path, tmp_path: Path) -> None:
    signed = office.sign(DOCUMENT)
    at = signed.index(b"/Contents <") + 11
    broken = signed[:at] + b"00" * 200 + signed[at + 400 :]
    assert _found(tmp_path, broken, trust)[0][0] in ("unreadable", "altered")


def test_signed_files_are_found_and_said(office: Office, trust: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", trust_roots=str(trust))
    attachments = (
        Attachment("ky.pdf", content=office.sign(DOCUMENT)),
        Attachment("sua.pdf", content=office.sign(DOCUMENT).replace(b"Ke hoach chuyen", b"ke hoach chuyen")),
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
    html = client.get("/articles/a").get_data(as_text=True)
    assert f"Chữ ký số hợp lệ: {SIGNER} ({OFFICE})" in html
    assert "Tệp đã bị sửa sau khi ký số" in html
    assert client.get("/api/v1/articles/a").json["files"][0]["signatures"][0]["status"] == "valid"  # type: ignore[index]
    assert "Chữ ký số" not in client.get("/articles/b").get_data(as_text=True)


def test_reading_in_the_sandbox(office: Office, trust: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(office.sign(DOCUMENT))
    with Sandbox(1, 30, 1500, trust=str(trust)) as sandbox:
        found = sandbox.extract(path, "a.pdf")
    assert [str(one.status) for one in found.signatures] == ["valid"]
