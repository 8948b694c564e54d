"""Signatures of the demo portal, made with keys that are thrown away, so that a file cannot be signed again in the same way.

Everything before the signature follows from the source, and only that is compared by ``build.py --check``.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

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

CITY = "Thành phố Lam Giang"
VALID = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2122, 1, 1, tzinfo=UTC))


class Authority:
    """A certification authority that exists for one run of the build."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("Chứng thực số của cổng minh hoạ", CITY)
        self._root = _certificate(self._name, self._key, self._name, self._key, is_ca=True)

    @property
    def root(self) -> bytes:
        """The certificate to trust, as PEM."""
        return self._root.public_bytes(serialization.Encoding.PEM)

    def sign(self, pdf: bytes, office: str, when: datetime, field: str = "ChuKySo") -> bytes:
        """Return ``pdf`` signed by ``office`` at ``when``, in a new ``field``."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(_name(office, CITY), key, self._name, self._key, is_ca=False)
        private = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore(),
        )
        metadata = signers.PdfSignatureMetadata(field_name=field)
        signed: bytes = (
            _SignerAt(metadata, signer, when).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue()
        )
        return signed


class _SignerAt(signers.PdfSigner):
    """Signs with the date of the document instead of the current time."""

    def __init__(
        self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, when: datetime
    ) -> None:
        super().__init__(metadata, signer=signer)
        self._when = when

    def init_signing_session(self, *given: Any, **more: Any) -> signers.pdf_signer.PdfSigningSession:
        """Return the session with its time set."""
        session = super().init_signing_session(*given, **more)
        session.system_time = self._when
        return session


def altered(pdf: bytes, line: str) -> bytes:
    """Return a signed ``pdf`` with ``line`` (ASCII) added to its first page afterwards."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    font = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Font"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
            generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica-Bold"),
        }
    )
    fonts = generic.DictionaryObject({generic.pdf_name("/Them"): writer.add_object(font)})
    stream = generic.StreamObject(stream_data=f"BT /Them 11 Tf 60 430 Td ({line}) Tj ET".encode("ascii"))
    resources = generic.DictionaryObject({generic.pdf_name("/Font"): fonts})
    writer.add_stream_to_page(0, writer.add_object(stream), resources)
    writer.write(out)
    return out.getvalue()


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    is_ca: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(True, True, False, False, False, is_ca, is_ca, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
        .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, hashes.SHA256())
    )
