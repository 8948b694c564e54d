"""The bytes of attachments, kept under their SHA-256: the same file once, however often it is carried."""
