"""XML of Word and Excel 2003, and any other: what is shown, without the names of elements."""

from pathlib import Path

import pytest

from indexer.extract.formats.office_xml import office_xml
from indexer.extract.reader import read

_EXCEL = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Thu"><Table><Column/><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>
<Row><Cell><Data ss:Type="String">xã</Data></Cell><Cell><Data ss:Type="Number">12</Data></Cell><Cell><Data>BA</Data></Cell>
<Cell><Data>BON</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data>HANG</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="GIAU"><Table><Row><Cell><Data>TRANG</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""
_BEHIND = _EXCEL.replace("?><W", f"?><!-- {'x' * 9000} --><W").replace("?>\n<W", f"?><!-- {'x' * 9000} --><W")
_BODY = """<w:p><w:r><w:t>Khe </w:t></w:r><w:r><w:t>Sậy</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>AN</w:t></w:r>%s</w:p>"""
_WORD = """<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body>%s</w:body></w:wordDocument>""" % (
    _BODY
    % '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>XOA</w:delText></w:r></aml:content></aml:annotation>'
)
_ONE_FILE = """<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part
 pkg:name="/word/document.xml"><pkg:xmlData><w:document
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document></pkg:xmlData></pkg:part>
</pkg:package>""" % (_BODY % "<w:del><w:r><w:delText>XOA</w:delText></w:r></w:del>")
_FLAT = f"""<?xml version="1.0"?><!-- {"x" * 9000} --><office:document
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:section text:display="none">
<text:p>AN</text:p></text:section><text:p>Khe <text:span>Sậy</text:span></text:p></office:text></office:body></office:document>"""


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        pytest.param("thu.xls", _EXCEL, "Thu\nxã\t12", id="Excel 2003"),
        pytest.param("thu.xls", _BEHIND, "Thu\nxã\t12", id="Excel 2003 behind a long remark"),
        pytest.param("a.doc", _WORD, "Khe Sậy", id="Word 2003"),
        pytest.param("a.xml", _ONE_FILE, "Khe Sậy", id="Word as one file"),
        pytest.param("a.fodt", _FLAT, "Khe Sậy", id="OpenDocument behind a long remark"),
        pytest.param(
            "a.xml", '<?xml version="1.0"?><a><b>Lam</b><c>Giang</c></a>', "Lam\nGiang", id="any other"
        ),
    ],
)
def test_what_is_shown_is_the_text(name: str, source: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(source, "utf-8")
    assert "\n".join(page.text for page in read(path, name).pages) == text
    for codec in ("utf-16", "utf-16-be"):  # with a mark and without
        path.write_bytes(source.encode(codec))
        assert "\n".join(page.text for page in read(path, name).pages) == text


def test_a_piece_of_xml_may_have_several_roots(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<x:p>Lam</x:p>\n<x:table>Giang</x:table>", "utf-8")
    assert [page.text for page in office_xml(path, "application/xml").pages] == ["Lam\nGiang"]


def test_a_style_that_is_based_on_a_hidden_one_hides(tmp_path: Path) -> None:
    styles = (
        '<w:styles><w:style w:type="character" w:styleId="an"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="con"><w:basedOn w:val="an"/></w:style></w:styles>'
    )
    run = '<w:r><w:rPr><w:rStyle w:val="con"/></w:rPr><w:t>AN</w:t></w:r>'
    path = tmp_path / "a.doc"
    path.write_text(_WORD.replace("<w:body>", f"{styles}<w:body>").replace("</w:p>", f"{run}</w:p>"), "utf-8")
    assert [page.text for page in read(path, "a.doc").pages] == ["Khe Sậy"]
