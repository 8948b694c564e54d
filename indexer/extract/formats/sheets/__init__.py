"""Workbooks: their cells as they look, and what stands beside the cells."""
