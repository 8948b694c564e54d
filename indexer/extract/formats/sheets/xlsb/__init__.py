"""Binary workbooks (XLSB): the parts of XLSX, most of them as records ([MS-XLSB])."""
