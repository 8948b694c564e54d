"""Files that LibreOffice converts from other files of the demo portal, and packages whose dates come from their source."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from demo.source import Source

Builder = Callable[[Source, Path], bytes]
"""Makes a file from a source and the folder of the fonts."""
_STAMPS = ("dcterms:created", "dcterms:modified", "meta:creation-date", "dc:date")
_STAMP = re.compile(rf"(<({'|'.join(_STAMPS)})\b[^>]*>)[^<]*".encode())
_BY_CHANCE = re.compile(rb'(<a:fld id="\{)[0-9A-F-]{36}|(config:name="Rsid(?:Root)?"[^>]*>)\d+')
"""Random numbers by which programs identify fields and sessions."""
_PICTURE = re.compile(rb'<manifest:file-entry manifest:full-path="Thumbnails/[^>]*/>')


def by_office(build: Builder, suffix: str, wanted: str) -> Builder:
    """Return a builder of files that LibreOffice converts from those of ``build``, which end in ``suffix``.

    ``wanted`` is the ending of the new files and the name of LibreOffice's filter, separated by a colon.
    """

    def converted(source: Source, fonts: Path) -> bytes:
        written = _convert(build(source, fonts), suffix, wanted, fonts)
        if written.startswith(b"PK"):
            return settled(written, source.date)
        return _settled_rtf(written, source.date) if wanted.startswith("rtf:") else written

    return converted


def _convert(content: bytes, suffix: str, wanted: str, fonts: Path) -> bytes:
    program = shutil.which("soffice")
    if program is None:
        sys.exit("LibreOffice is missing: apt-get install libreoffice-{writer,calc,impress}-nogui")
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder, f"new{suffix}")
        new.write_bytes(content)
        command = [
            *(program, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            *("--convert-to", wanted, "--outdir", folder, str(new)),
        ]
        # The file records its fallbacks: neither other fonts of the machine nor its language may affect it.
        config = Path(folder, "fonts.conf")
        config.write_text(
            f"<fontconfig><dir>{escape(str(fonts))}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>"
        )
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(config), "LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, capture_output=True, env=surroundings)
        return new.with_suffix(f".{wanted.partition(':')[0]}").read_bytes()


def settled(package: bytes, date: datetime) -> bytes:
    """Return an Office ``package`` that is the same every time: dates are ``date``, random numbers are fixed.

    The picture of the first page, which depends on the machine, is left out.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            name, data = member.filename, old.read(member)
            if name.startswith("Thumbnails/"):
                continue
            if name in ("docProps/core.xml", "meta.xml"):
                data = _STAMP.sub(rb"\g<1>" + f"{date:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            elif name == "META-INF/manifest.xml":
                data = _PICTURE.sub(b"", data)
            if name.endswith(".xml"):
                data = _BY_CHANCE.sub(_settled_number, data)
            # The kind of an OpenDocument file comes first and uncompressed.
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, date.timetuple()[:6]), data, kind)
    return buffer.getvalue()


def _settled_number(found: re.Match[bytes]) -> bytes:
    field, session = found.groups()
    return field + b"00000000-0000-4000-8000-000000000000" if field else session + b"1"


def _settled_rtf(text: bytes, date: datetime) -> bytes:
    stamp = rf"\\yr{date.year}\\mo{date.month}\\dy{date.day}\\hr0\\min0".encode()
    return re.sub(
        rb"(?<=\\creatim|\\revtim.|\\printim)" + rb"\\yr\d+\\mo\d+\\dy\d+\\hr\d+\\min\d+", stamp, text
    )
