"""Digital signatures of a PDF, in this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import io
import logging
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.model import Signature, SignatureStatus

_MARK = b"/ByteRange"
"""Every PDF signature states which bytes it covers (ISO 32000-1, 12.8.1); without this, the library is not even loaded."""
_MOST = 20
_CERTIFICATES = (".pem", ".crt", ".cer")


def is_signed(path: Path) -> bool:
    """Tell whether the PDF at ``path`` seems to contain a signature."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(_MARK) >= 0


def signatures(path: Path, trust: Path | None, changes: bool = True) -> tuple[Signature, ...]:
    """Return the signatures of the PDF at ``path``, at most 20; ``trust`` is a folder of root certificates.

    Certificates are judged at the time of the signer's clock. Nothing is fetched, so revocations are unknown. Without
    ``changes``, it stays *unchecked* whether additions after a signature are allowed by it: the library examines every object
    of the file for that, which takes minutes for a tagged file with four signatures.
    """
    if not is_signed(path):
        return ()
    # The library logs every doubt with a traceback.
    logging.disable(logging.CRITICAL)
    try:
        return tuple(_signatures(path.read_bytes(), trust, changes))
    finally:
        logging.disable(logging.NOTSET)


def _signatures(content: bytes, trust: Path | None, changes: bool) -> Iterator[Signature]:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = list(PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield Signature("", None, None, SignatureStatus.UNREADABLE)
        return
    roots = list(_roots(trust))
    for one in found[:_MOST]:
        yield _signature(one, roots, changes)


def _signature(one: Any, roots: list[Any], changes: bool) -> Signature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        subject = one.signer_cert.subject.native
        signer, organisation = str(subject.get("common_name", "")), subject.get("organization_name")
        signed_at = one.self_reported_timestamp
        # Certificates of offices are valid for three to five years, their documents for longer.
        context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=signed_at)
        found = validate_pdf_signature(one, context, skip_diff=not changes)
    # A damaged or hostile signature may raise many kinds of errors; none of them makes it valid.
    except Exception:
        return Signature("", None, None, SignatureStatus.UNREADABLE)
    if not found.intact or not found.valid or found.modification_level is ModificationLevel.OTHER:
        status = SignatureStatus.ALTERED
    elif found.modification_level is None:
        status = SignatureStatus.ALTERED if changes else SignatureStatus.UNCHECKED
    else:
        status = SignatureStatus.VALID if found.trusted else SignatureStatus.UNTRUSTED
    return Signature(
        signer,
        str(organisation) if organisation else None,
        signed_at.isoformat() if signed_at else None,
        status,
    )


def _roots(folder: Path | None) -> Iterator[Any]:
    """Yield the certificates in ``folder``, skipping files without any."""
    from asn1crypto import pem, x509

    for path in sorted(folder.iterdir()) if folder else ():
        if path.suffix.lower() not in _CERTIFICATES:
            continue
        content = path.read_bytes()
        try:
            for part in (
                (der for _, _, der in pem.unarmor(content, multiple=True))
                if pem.detect(content)
                else (content,)
            ):
                certificate = x509.Certificate.load(part)
                certificate.subject.native  # noqa: B018  # parsed here or not at all
                yield certificate
        except (ValueError, TypeError):
            continue
