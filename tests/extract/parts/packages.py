"""Builds Open XML documents from their parts, with the relations that lead to them."""

from __future__ import annotations

from tests.extract.documents import zipped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_MAIN = "http://schemas.openxmlformats.org/"
SPACES = " ".join(
    f'xmlns:{prefix}="{_MAIN}{name}"'
    for prefix, name in {
        "w": "wordprocessingml/2006/main",
        "p": "presentationml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "c": "drawingml/2006/chart",
        "dgm": "drawingml/2006/diagram",
        "m": "officeDocument/2006/math",
        "mc": "markup-compatibility/2006",
    }.items()
)
SPACES += ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_STRICT = {
    _MAIN + "wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    _MAIN + "presentationml/2006/main": "http://purl.oclc.org/ooxml/presentationml/main",
    _MAIN + "drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    _OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def package(
    main: str,
    content_type: str,
    parts: dict[str, str],
    relations: dict[str, dict[str, str]],
    strict: bool = False,
) -> bytes:
    """Return a document that begins at ``main``.

    ``relations`` are the relations of each part: "name kind" -> the other part, relative to it.
    """
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'
    )
    files = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations({"r1 officeDocument": main, "r2 core-properties": "docProps/core.xml"}),
        **parts,
    }
    for part, its in relations.items():
        folder, _, name = part.rpartition("/")
        files[f"{folder}/_rels/{name}.rels"] = _relations(its)
    if strict:
        for usual, other in _STRICT.items():
            files = {name: content.replace(usual, other) for name, content in files.items()}
    return zipped(**files)


def _relations(targets: dict[str, str]) -> str:
    rows = ""
    for key, target in targets.items():
        name, kind = key.split()
        whole = _CORE if kind == "core-properties" else f"{_OFFICE}/{kind}"
        rows += f'<Relationship Id="{name}" Type="{whole}" Target="{target}"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
