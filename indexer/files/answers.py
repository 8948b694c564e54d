"""What went wrong, from the answers of object stores, in our own words."""

from __future__ import annotations

import re

_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
_REFUSED = "the access key was rejected; correct access_key or its secret, or give it the permissions"
_REASONS = {
    "NoSuchBucket": "the bucket does not exist; create it, or correct files in the settings",
    **dict.fromkeys(
        ("InvalidAccessKeyId", "XAdminUserNotFound", "SignatureDoesNotMatch", "AccessDenied"), _REFUSED
    ),
    **dict.fromkeys(("401 Unauthorized", "403 Forbidden"), _REFUSED),
}
"""Our explanations for codes in an answer, whatever its status, since stores differ in their statuses."""


def reason_in(text: str) -> str:
    """Return our explanation for an answer; empty if there is none."""
    return next((reason for code, reason in _REASONS.items() if code in text), "")


def short(text: str) -> str:
    """Return the text of an obstore error without the address of the request."""
    code = _CODE.search(text)
    first = text.partition("\n")[0].rpartition(" - ")[2].partition(": <?xml")[0][:200]
    return f"{first}, {code[1]}" if code else first
