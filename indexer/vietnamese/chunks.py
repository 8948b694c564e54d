"""Splitting a text at white space, once for every later step."""

from __future__ import annotations

LINE_END, EMPTY_LINE = "\n", "\n\n"


def chunks_of(text: str) -> list[str]:
    """Return the chunks between the blanks of ``text``, with :data:`LINE_END` for the end of each line.

    Two line ends with only blanks between them are one chunk, :data:`EMPTY_LINE`.
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
