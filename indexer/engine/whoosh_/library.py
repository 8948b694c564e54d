"""The parts of Whoosh 2.7.4 that are used, imported in one place.

The library is no longer maintained and compiles with SyntaxWarnings that we cannot fix; they are silenced for this import
alone.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import versionstring
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.columns import NumericColumn, VarBytesColumn
    from whoosh.fields import COLUMN, Schema
    from whoosh.filedb.compound import CompoundStorage
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter
    from whoosh.filedb.structfile import BufferFile
    from whoosh.index import TOC, FileIndex, clean_files
    from whoosh.util.filelock import try_for

__all__ = [
    "COLUMN",
    "TOC",
    "BufferFile",
    "CompoundStorage",
    "FileIndex",
    "FileStorage",
    "NumericColumn",
    "OrderedHashReader",
    "OrderedHashWriter",
    "Schema",
    "VarBytesColumn",
    "W3Codec",
    "W3Segment",
    "clean_files",
    "try_for",
    "versionstring",
]
