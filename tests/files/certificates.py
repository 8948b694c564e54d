"""An authority of one's own, and a certificate of it for this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def for_loopback(folder: Path) -> tuple[Path, Path]:
    """Return who signs (PEM), and the certificate for 127.0.0.1 with its key."""
    issuer, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "co quan cua thu nghiem")])
    authority = _signed(name, issuer.public_key(), issuer, x509.BasicConstraints(ca=True, path_length=None))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = _signed(name, own.public_key(), issuer, here)
    trusted, served = folder / "ca.pem", folder / "both.pem"
    trusted.write_bytes(authority)
    served.write_bytes(certificate + own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return trusted, served


def _signed(
    name: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> bytes:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key, x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    return (
        builder.add_extension(extension, critical=True)
        .sign(issuer, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
