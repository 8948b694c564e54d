"""Workbooks of Excel 5 to 2003: records of BIFF5 and BIFF8 in a stream of an OLE file ([MS-XLS])."""
