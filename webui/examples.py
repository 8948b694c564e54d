"""Examples of requests as programs write them; tests run all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from webui.api_definition import BASE, Example


def curl(example: Example, root: str, values: Mapping[str, str]) -> str:
    """Return ``example`` as a command; ``values`` fill what is in braces."""
    return f"curl --fail --silent --show-error '{_address(example, root, values)}'"


def python(example: Example, root: str, values: Mapping[str, str]) -> str:
    """Return ``example`` as a program of the standard library."""
    return f"""import json
import urllib.request

url = {json.dumps(_address(example, root, values))}
with urllib.request.urlopen(url) as response:
    answer = json.load(response)
print({example.shows})"""


_READ_ALL = """import json
import urllib.parse
import urllib.request

cursor, ids = "*", []
while cursor:
    query = urllib.parse.urlencode({{"cursor": cursor, "size": 100, "fields": "title"}})
    with urllib.request.urlopen(f"{root}{base}/search?{{query}}") as response:
        answer = json.load(response)
    ids += [hit["id"] for hit in answer["hits"]]
    cursor = answer["next_cursor"]
print(len(ids))"""


def read_all(root: str) -> str:
    """Return a program that reads every article."""
    return _READ_ALL.format(root=root, base=BASE)


def _address(example: Example, root: str, values: Mapping[str, str]) -> str:
    return root + BASE + example.url.format(**{name: quote(value) for name, value in values.items()})
