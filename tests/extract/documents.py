"""Small real files, written by hand."""

import hashlib
import io
import struct
import zipfile
from xml.sax.saxutils import escape

PICTURE = object()
"""A page with a picture and no text, as a scanner makes it."""


def pdf(*pages: str | object) -> bytes:
    """Return a PDF with one line of ASCII text, or a ``PICTURE``, on each page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream(
            bytes(range(64)),
            b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    ]
    kids = []
    for page in pages:
        shown = "q 500 0 0 700 50 50 cm /I1 Do Q" if page is PICTURE else _line(page) if page else ""
        objects.append(_stream(shown.encode()))
        needs = b"/XObject << /I1 4 0 R >>" if page is PICTURE else b"/Font << /F1 3 0 R >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << %s >> >>"
            % (len(objects), needs)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return written(objects)


def encrypted_pdf(text: str, password: str) -> bytes:
    """Return a PDF of one page that opens only with ``password`` (40-bit RC4, PDF 1.4 section 3.5)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded = (password.encode() + padding)[:32]
    document = b"0123456789abcdef"
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + document).digest()[:5]
    page = _rc4(hashlib.md5(key + b"\4\0\0\0\0").digest()[:10], _line(text).encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        _stream(page),
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), _rc4(key, padding).hex().encode()),
    ]
    return written(objects, b"/Encrypt 5 0 R /ID [<%s><%s>]" % ((document.hex().encode(),) * 2))


def _line(text: object) -> str:
    return f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (more, len(content), content)


def _rc4(key: bytes, content: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    j = 0
    for n, byte in enumerate(content, 1):
        i = n % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def written(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def zipped(**parts: str) -> bytes:
    """Return a ZIP of ``parts`` (path = content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """Return the header and directory of an OLE file with these streams, without their content."""
    names = [name.encode("utf-16-le") for name in ("Root Entry", *streams)]
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"".join(
        n.ljust(128, b"\0") for n in names
    )


def cfb(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file ([MS-CFB] version 3) with these streams; those under 4,096 bytes may total 8,192 bytes at most."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    folder_sectors = -(-(len(names) + 1) // 4)
    mini = b""
    mini_fat: list[int] = []
    starts: list[int] = []
    large = b""
    larger: list[int] = []
    for name in names:
        content = streams[name]
        if len(content) >= 4096:
            starts.append(len(large) // 512)
            larger.append(-(-len(content) // 512))
            large += content.ljust(512 * larger[-1], b"\0")
        else:
            starts.append(len(mini_fat))
            pieces = max(1, -(-len(content) // 64))
            mini += content.ljust(64 * pieces, b"\0")
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + pieces), end]
    mini_sectors = -(-len(mini) // 512)
    others = folder_sectors + 1 + mini_sectors + sum(larger)
    tables = -(-others // 127)  # each of 128 places, of which it takes one
    mini_start = tables + folder_sectors + 1
    large_start = mini_start + mini_sectors

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        place = struct.pack("<HBBIII", len(raw), kind, 1, free, right, child)
        return raw.ljust(64, b"\0") + place + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, free, 1, mini_start, len(mini)) + b"".join(
        entry(name, 2, at + 1 if at < len(names) else free, free,
              starts[at - 1] + (large_start if len(streams[name]) >= 4096 else 0), len(streams[name]))
        for at, name in enumerate(names, 1)
    )  # fmt: skip
    chains = [0xFFFFFFFD] * tables
    for length in (folder_sectors, 1, mini_sectors, *larger):
        if length:
            chains += [*range(len(chains) + 1, len(chains) + length), end]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIIII",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        tables,
        0,
        4096,
        tables + folder_sectors,
        1,
        end,
        0,
        0,
    )

    def table(numbers: list[int], size: int) -> bytes:
        return struct.pack(f"<{size}I", *numbers, *[free] * (size - len(numbers)))

    return (
        head + table([*range(1, tables)], 108) + table(chains, 128 * tables) + folder.ljust(512 * folder_sectors, b"\0")
        + table(mini_fat, 128) + mini.ljust(512 * mini_sectors, b"\0") + large
    )  # fmt: skip


def msg(subject: str, body: str) -> bytes:
    """Return a message as Outlook saves it ([MS-OXMSG]); streams are named after their property and type."""
    return cfb(
        {
            "__properties_version1.0": bytes(32),
            "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le"),
            "__substg1.0_0037001F": subject.encode("utf-16-le"),
            "__substg1.0_1000001F": body.encode("utf-16-le"),
        }
    )


def docx(*paragraphs: str) -> bytes:
    """Return a Word document with these paragraphs; one that begins with ``<`` is raw XML."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(text if text.startswith("<") else paragraph(text) for text in paragraphs)
    return zipped(
        **{
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        }
    )


def paragraph(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def xlsx(**sheets: list[list[str]]) -> bytes:
    """Return a workbook of these sheets (name = rows)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    of_book = ""
    links = ""
    parts = {}
    for n, (name, rows) in enumerate(sheets.items(), 1):
        of_book += f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>'
        links += f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="sheet{n}.xml"/>'
        cells = "".join(
            f'<row r="{y}">'
            + "".join(
                f'<c r="{"ABCDEF"[x]}{y}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                for x, cell in enumerate(row)
            )
            + "</row>"
            for y, row in enumerate(rows, 1)
        )
        parts[f"xl/sheet{n}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    return zipped(
        **{
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r"'
            f' Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{of_book}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            **parts,
        }
    )


def pptx(*slides: str) -> bytes:
    """Return a presentation with one line of text, or none, on each slide."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    spaces = " ".join(
        [
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
            'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"',
            f'xmlns:r="{office}"',
        ]
    )
    listed = ""
    links = ""
    parts = {}
    for n, text in enumerate(slides, 1):
        listed += f'<p:sldId id="{255 + n}" r:id="r{n}"/>'
        links += f'<Relationship Id="r{n}" Type="{office}/slide" Target="slides/slide{n}.xml"/>'
        parts[f"ppt/slides/slide{n}.xml"] = (
            f"<p:sld {spaces}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>"
            "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
        )
    return zipped(
        **{
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            **parts,
        }
    )


def odt(text: str) -> bytes:
    """Return an OpenDocument text of one paragraph."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        mimetype="application/vnd.oasis.opendocument.text",
        **{
            "content.xml": f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0">'
            f"<office:body><office:text><text:p>{escape(text)}</text:p></office:text></office:body>"
            "</office:document-content>"
        },
    )
