"""Vietnamese before Unicode: TCVN3, VNI, Windows-1258 and VIQR, in files and as left in documents by old fonts."""

from indexer.vietnamese.legacy.mending import Mended, decode, mend, utf_16

__all__ = ["Mended", "decode", "mend", "utf_16"]
