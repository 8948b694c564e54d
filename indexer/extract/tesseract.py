"""Whether Tesseract is there, a program of the system."""

from __future__ import annotations

import functools
import shutil
import subprocess

LANGUAGE = "vie"


@functools.cache
def tesseract_missing() -> str | None:
    """Return what is missing for OCR, in words that say how to get it; None where nothing is."""
    program = shutil.which("tesseract")
    if program is None:
        return "Tesseract is not installed (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    if LANGUAGE not in (listed.stdout + listed.stderr).split():
        return "Tesseract has no Vietnamese (Debian, Ubuntu: apt install tesseract-ocr-vie)"
    return None
