"""Whether a bucket honours conditional writes, which ensure that only one machine writes."""

from __future__ import annotations

import secrets

from indexer.files.bucket import Bucket


def ignored_condition(bucket: Bucket, prefix: str, versions: bool) -> str | None:
    """Return what the store does with an object despite the condition of a write, None if it keeps all that are used.

    It is tried with an object of its own under ``prefix``, which ends with a slash or is empty. Those of ``versions``
    (``If-Match``) are used where several machines share the work, ``If-None-Match`` always. Raises FilesUnreachableError, also if
    the store refuses conditions altogether.
    """
    key = f"{prefix}doctor-{secrets.token_hex(8)}"
    try:
        bucket.create(key, b"1")
        if bucket.create(key, b"2"):
            return "overwrites an object that should only be created if there is none (If-None-Match)"
        if not versions:
            return None
        found = bucket.get(key)
        if found is None or not found[1]:
            return "does not give an object that was just written with its ETag"
        if not bucket.replace(key, b"2", found[1]):
            return "does not replace an object in the version that it has (If-Match)"
        if bucket.replace(key, b"3", found[1]):
            return "replaces an object that has changed (If-Match)"
        return None
    finally:
        bucket.remove(key)
