"""Workbooks: their cells as displayed, and everything besides the cells."""
