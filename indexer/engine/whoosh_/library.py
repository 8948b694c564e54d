"""What is used of Whoosh 2.7.4, imported in one place.

The library is frozen and compiles with SyntaxWarnings that are not ours to mend: they are silenced for
this import alone.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import versionstring
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.columns import NumericColumn, VarBytesColumn
    from whoosh.fields import COLUMN, FieldType, Schema
    from whoosh.filedb.compound import CompoundStorage
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Existence, Positions
    from whoosh.index import TOC, FileIndex, clean_files
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.util.filelock import try_for
    from whoosh.writing import SegmentWriter

__all__ = [
    "COLUMN",
    "TOC",
    "BufferFile",
    "CompoundStorage",
    "Existence",
    "FieldType",
    "FileIndex",
    "FileStorage",
    "NumericColumn",
    "Positions",
    "Schema",
    "SegmentReader",
    "SegmentWriter",
    "TermNotFound",
    "VarBytesColumn",
    "W3Codec",
    "W3Segment",
    "clean_files",
    "try_for",
    "versionstring",
]
