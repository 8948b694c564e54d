"""Examples of requests in the form that programs use; tests run all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from webui.api.operation import Example, Operation
from webui.api.paths import BASE

LINES = "application/x-ndjson"
_KEY = "TRACUU_KEY"
"""Environment variable that holds the key in examples that need one."""


def curl(operation: Operation, example: Example, root: str, values: Mapping[str, str]) -> str:
    """Return ``example`` as a command; ``values`` replace the placeholders in braces."""
    lines = [f"'{json.dumps(line, ensure_ascii=False)}'" for line in example.lines]
    parts = [f"printf '%s\\n' {' '.join(lines)} |"] if lines else []
    parts.append("curl --fail --silent --show-error")
    if operation.method not in ("get", "post"):
        parts.append(f"-X {operation.method.upper()}")
    if operation.scope:
        parts.append(f'-H "Authorization: Bearer ${_KEY}"')
    if example.body is not None:
        parts.append(f"--json '{json.dumps(example.body, ensure_ascii=False)}'")
    if lines:
        parts.append(f'-H "Content-Type: {LINES}" --data-binary @-')
    return " ".join([*parts, f"'{_address(example, root, values)}'"])


def python(operation: Operation, example: Example, root: str, values: Mapping[str, str]) -> str:
    """Return ``example`` as a program that uses the standard library."""
    asked = [json.dumps(_address(example, root, values))]
    headers = []
    imports = ["json", "urllib.request"]
    if operation.scope:
        imports.insert(1, "os")
        headers.append(f'"Authorization": f"Bearer {{os.environ[\'{_KEY}\']}}"')
    if example.body is not None:
        headers.append('"Content-Type": "application/json"')
        asked.append(f"data=json.dumps({json.dumps(example.body, ensure_ascii=False)}).encode()")
    if example.lines:
        headers.append(f'"Content-Type": "{LINES}"')
        written = ", ".join(json.dumps(line, ensure_ascii=False) for line in example.lines)
        asked.append(f'data="\\n".join(map(json.dumps, [{written}])).encode()')
    if operation.method not in ("get", "post"):
        asked.append(f'method="{operation.method.upper()}"')
    if headers:
        asked.append(f"headers={{{', '.join(headers)}}}")
    lines = [f"import {name}" for name in imports]
    lines += ["", "request = urllib.request.Request(", *(f"    {one}," for one in asked), ")"]
    lines += ["with urllib.request.urlopen(request) as response:", "    answer = json.load(response)"]
    return "\n".join([*lines, f"print({example.shows})"])


_READ_ALL = """import json
import time
import urllib.error
import urllib.parse
import urllib.request

def read(address):
    for _ in range(10):
        try:
            with urllib.request.urlopen(address) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                raise
            time.sleep(int(error.headers.get("Retry-After", 5)))
    raise TimeoutError(address)

cursor, ids = "*", []
while cursor:
    query = urllib.parse.urlencode({{"cursor": cursor, "size": 100, "fields": "title"}})
    answer = read(f"{root}{base}/search?{{query}}")
    ids += [hit["id"] for hit in answer["hits"]]
    cursor = answer["next_cursor"]
print(len(ids))"""


_ADDRESS_OF = """import hashlib
import re

def address_of(id):
    if re.fullmatch(r"[A-Za-z0-9._-][A-Za-z0-9._~-]{0,119}", id) and id not in (".", ".."):
        return id
    return "~" + hashlib.sha256(id.encode()).hexdigest()[:24]

print(address_of("tin/2025/12 số 1"))"""


def programs(operation: Operation, root: str) -> Sequence[tuple[str, str]]:
    """Return programs for tasks that take more than one request, each with its title; they use the standard library."""
    if operation.name == "search":
        return [
            ("Read all articles, waiting when the server asks for it", _READ_ALL.format(root=root, base=BASE))
        ]
    if operation.name == "put_article":
        return [("Get the address for an id", _ADDRESS_OF)]
    return []


def _address(example: Example, root: str, values: Mapping[str, str]) -> str:
    return root + BASE + example.url.format(**{name: quote(value) for name, value in values.items()})
