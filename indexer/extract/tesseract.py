"""Tesseract, a program of the system: whether it is there, and what it reads."""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import time

from PIL import Image

from indexer.extract.ocr_words import Word, words

LANGUAGE = "vie"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
"""Pages are read side by side: a thread each is enough."""


class Tesseract:
    """Reads pictures for some seconds, all together; raises TimeoutError once these are over."""

    def __init__(self, seconds: float, dpi: int) -> None:
        self._end = time.monotonic() + seconds
        self._dpi = dpi

    def read(self, picture: Image.Image, segmentation: int) -> list[Word]:
        """Return the words on ``picture``; ``segmentation`` is Tesseract's (psm). Raises ValueError with its reason."""
        command = [
            "tesseract",
            "stdin",
            "stdout",
            "-l",
            LANGUAGE,
            "--dpi",
            str(self._dpi),
            "--psm",
            str(segmentation),
            "tsv",
        ]
        out = io.BytesIO()
        picture.save(out, "PPM")
        try:
            done = subprocess.run(
                command, input=out.getvalue(), capture_output=True, timeout=max(0.0, self._end - time.monotonic()),
                check=False, env=_ENVIRONMENT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        if done.returncode:
            last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
            raise ValueError(last[:200])
        return words(done.stdout.decode("utf-8", "replace"))


@functools.cache
def tesseract_missing() -> str | None:
    """Return what is missing for OCR, in words that say how to get it; None where nothing is."""
    program = shutil.which("tesseract")
    if program is None:
        return (
            "Tesseract is not installed (on Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"
        )
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    if LANGUAGE not in (listed.stdout + listed.stderr).split():
        return "Tesseract lacks Vietnamese (on Debian and Ubuntu: apt install tesseract-ocr-vie)"
    return None
