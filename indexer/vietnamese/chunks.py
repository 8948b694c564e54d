"""A text cut at its blanks: once for all that is made of it."""

from __future__ import annotations

LINE_END, EMPTY_LINE = "\n", "\n\n"


def chunks_of(text: str) -> list[str]:
    """Return what stands between the blanks of ``text``, and in between :data:`LINE_END` for the end of each line.

    Two line ends with nothing but blanks between them are one chunk, :data:`EMPTY_LINE`.
    """
    first, *lines = text.split("\n")
    chunks = first.split()
    for line in lines:
        if chunks and chunks[-1] == LINE_END:
            chunks[-1] = EMPTY_LINE
        else:
            chunks.append(LINE_END)
        chunks += line.split()
    return chunks
