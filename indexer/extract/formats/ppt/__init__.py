"""Presentations of PowerPoint 97 to 2003 ([MS-PPT])."""
