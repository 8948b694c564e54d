"""Texts, slides and sheets of OpenDocument: every part that is shown, and nothing that is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import FileState
from tests.extract.documents import zipped
from tests.extract.parts.opendocument import (
    SHEETS_BODY,
    SHEETS_LEFT_OUT,
    SHEETS_LINES,
    SHEETS_PARTS,
    SLIDES_BODY,
    SLIDES_LEFT_OUT,
    SLIDES_PARTS,
    SPACES,
    TEXT_BODY,
    TEXT_LEFT_OUT,
    TEXT_LINES,
    TEXT_PARTS,
    document,
    flat,
    of_sun,
    said_in_the_manifest,
)
from tests.extract.reading import found_in


@pytest.mark.parametrize(
    ("kind", "body", "parts", "left_out"),
    [
        pytest.param("text", TEXT_BODY, TEXT_PARTS, TEXT_LEFT_OUT, id="ODT"),
        pytest.param("text-master", TEXT_BODY, TEXT_PARTS, TEXT_LEFT_OUT, id="ODM"),
        pytest.param("presentation", SLIDES_BODY, SLIDES_PARTS, SLIDES_LEFT_OUT, id="ODP"),
        pytest.param("spreadsheet", SHEETS_BODY, SHEETS_PARTS, SHEETS_LEFT_OUT, id="ODS"),
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        pytest.param(document, id="ZIP"),
        pytest.param(said_in_the_manifest, id="without the member that says its type"),
        pytest.param(flat, id="one XML file"),
        pytest.param(of_sun, id="OpenOffice.org 1"),
    ],
)
def test_every_part_is_found_once(
    tmp_path: Path,
    form: Callable[[str, str], bytes],
    kind: str,
    body: str,
    parts: dict[str, str],
    left_out: dict[str, str],
) -> None:
    found = found_in(tmp_path, form(kind, body), "a")
    text = "\n".join(page.text for page in found.pages)
    assert found.state is FileState.TEXT
    assert {part: text.count(word) for part, word in parts.items()} == dict.fromkeys(parts, 1)
    assert [part for part, word in left_out.items() if word in text] == []


def test_words_are_neither_joined_nor_torn(tmp_path: Path) -> None:
    for kind, body, lines in (("text", TEXT_BODY, TEXT_LINES), ("spreadsheet", SHEETS_BODY, SHEETS_LINES)):
        found = found_in(tmp_path, document(kind, body), "a").pages
        assert [
            line for line in lines if line not in "\n".join(page.text for page in found).split("\n")
        ] == []


def test_a_slide_is_a_page(tmp_path: Path) -> None:
    pages = found_in(tmp_path, document("presentation", SLIDES_BODY), "a").pages
    assert [page.number for page in pages] == [1, 2, 3]
    assert (pages[1].text, pages[2].text) == ("TRANGAN", "trang ba")


def test_what_is_repeated_a_million_times_is_read_some_times(tmp_path: Path) -> None:
    pages = found_in(tmp_path, document("spreadsheet", SHEETS_BODY), "a").pages
    assert [page.number for page in pages] == [1]
    assert 1 <= pages[0].text.count("lặp") < 1000


def test_a_password_protects(tmp_path: Path) -> None:
    assert found_in(tmp_path, _encrypted("content.xml", "\1\2"), "a").state is FileState.PROTECTED


def test_the_password_of_a_macro_protects_no_text(tmp_path: Path) -> None:
    body = f"<o:d {SPACES} xmlns:o='o'><office:body><text:p>Khe Sậy</text:p></office:body></o:d>"
    assert found_in(tmp_path, _encrypted("Basic/Module1.xml", body), "a").pages[0].text == "Khe Sậy"


def _encrypted(part: str, content: str) -> bytes:
    entry = f'<m:file-entry m:full-path="{part}" m:size="9">\n <m:encryption-data/></m:file-entry>'
    text = '<m:file-entry m:full-path="content.xml"/>' * (part != "content.xml")
    manifest = f'<m:manifest xmlns:m="m">{entry}{text}</m:manifest>'
    kind = "application/vnd.oasis.opendocument.text"
    return zipped(mimetype=kind, **{"content.xml": content, "META-INF/manifest.xml": manifest})


def test_styles_based_on_a_hidden_one_and_hidden_shapes_show_nothing(tmp_path: Path) -> None:
    found = found_in(tmp_path, _flat("text", """
<style:style style:name="An" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="An"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P1">
<style:text-properties text:display="true"/></style:style><draw:layer draw:name="L" draw:display="none"/>""", """
<office:text><text:p text:style-name="P1">ẨN</text:p><text:p text:style-name="P2">Lam Giang</text:p>
<text:p><text:span text:style-name="P1">Khe Sậy</text:span></text:p><text:p><draw:frame x:display="none" xmlns:x="x">
<draw:text-box><text:p>KHUNG</text:p></draw:text-box></draw:frame><draw:frame draw:layer="L"><draw:text-box>
<text:p>LỚP</text:p></draw:text-box></draw:frame></text:p></office:text>"""), "a")  # fmt: skip
    assert found.pages[0].text == "Lam Giang\nKhe Sậy"


def test_what_stands_on_hidden_cells_of_a_sheet_is_hidden(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>%s</text:p></office:annotation>"
    cell = "<table:table-cell%s><text:p>%s</text:p>%s</table:table-cell>"
    rows = [
        cell % ("", "mã", note % "thấy") + cell % ("", "CỘT", note % "GHICHÚ"),
        cell % (' table:number-columns-spanned="2"', "gộp", "") + "<table:covered-table-cell/>",
        '<table:table-cell table:number-columns-spanned="2"/>'
        '<table:covered-table-cell table:number-columns-repeated="1"/>' + cell % ("", "BA", ""),
        cell % (' office:value="987654"', "", ""),
    ]
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    hidden = (
        f'<table:table-row table:visibility="filter">{cell % ("", "HÀNG", note % "LỌC")}</table:table-row>'
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    found = found_in(tmp_path, _flat("spreadsheet", "", f"<office:spreadsheet><table:table table:name='Thu'>{columns}"
                                     f"{body}{hidden}</table:table></office:spreadsheet>"), "a")  # fmt: skip
    assert found.pages[0].text == "Thu\nmã\ngộp\nthấy"


def _flat(kind: str, styles: str, body: str) -> bytes:
    return (
        f'<office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:styles>{styles}</office:styles><office:body>{body}</office:body></office:document>"
    ).encode()
