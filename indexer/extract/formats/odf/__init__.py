"""OpenDocument: texts, presentations and sheets (ISO/IEC 26300), in ZIP."""
