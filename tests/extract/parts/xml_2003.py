"""A workbook in one file of XML with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

PARTS = {
    "name of a sheet": "TENTRANG",
    "text of a cell": "CHUOICHUNG",
    "rich text of one word": "CHUDAM",
    "number in a format": "001234 (1234)",
    "number in a format with a name": "12,50% (12,5% 0.125)",
    "day": "05/01/2024",
    "merged cells": "OGOP",
    "comment": "GHICHU",
    "head of a sheet": "DAUTRANG",
    "cell in the last row": "DONGCUOI",
}
LEFT_OUT = {
    "hidden sheet": "TRANGAN",
    "hidden row": "HANGAN",
    "hidden column": "COTAN",
    "comment on a hidden row": "GHICHUAN",
    "cell whose format shows nothing": "KHONGHIEN",
    "formula": "CONGTHUC",
}


def xml_2003() -> bytes:
    """Return the workbook."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
  xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:h="http://www.w3.org/TR/REC-html40"><Styles>
<Style ss:ID="ma"><NumberFormat ss:Format="000000"/></Style><Style ss:ID="con" ss:Parent="phan"/>
<Style ss:ID="phan"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="an"><NumberFormat ss:Format=";;;"/></Style></Styles>
<Worksheet ss:Name="TENTRANG"><Table><Column/><Column ss:Index="5" ss:Hidden="1" ss:Span="1"/>
<Row>{_cell("CHUOICHUNG")}{_cell('CHU<h:B xmlns="x">DAM</h:B>')}{_cell("COTAN", 'ss:Index="6"')}{_cell("KHONGHIEN", 'ss:StyleID="an"')}
</Row><Row>{_cell("1234", 'ss:StyleID="ma" ss:Formula="=CONGTHUC"', "Number")}{_cell("0.125", 'ss:StyleID="con"', "Number")}
{_cell("2024-01-05T00:00:00.000", "", "DateTime")}</Row>
<Row ss:Index="5" ss:Hidden="1"><Cell><Comment><ss:Data>GHICHUAN</ss:Data></Comment><Data ss:Type="String">HANGAN</Data></Cell></Row>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">OGOP</Data><Comment ss:Author="Ai"><ss:Data>GHICHU</ss:Data>
</Comment></Cell></Row><Row ss:Index="65536">{_cell("DONGCUOI", 'ss:Index="256"')}</Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><PageSetup>
<Header x:Data="&amp;LDAUTRANG&amp;RTrang &amp;P"/></PageSetup>
</WorksheetOptions></Worksheet>
<Worksheet ss:Name="An"><Table><Row>{_cell("TRANGAN")}</Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>""".encode()


def _cell(text: str, attributes: str = "", kind: str = "String") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'
