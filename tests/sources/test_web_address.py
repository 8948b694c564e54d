"""Which addresses a page may link to."""

import pytest

from indexer.sources.attachments import web_address


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("https://lamgiang.example/tin?id=1#a", True),
        ("http://lamgiang.example", True),
        ("HTTPS://lamgiang.example:8080/a", True),
        ("https://phường.example/tin", True),
        ("https://lamgiang.example/tin mới", False),
        ("https://lamgiang.example/a\nb", False),
        ("https://lamgiang.example/\n", False),
        ("https:///tin", False),
        ("https://[lamgiang/", False),
        ("javascript:alert(1)", False),
        ("ftp://lamgiang.example/", False),
    ],
)
def test_web_address(text: str, taken: bool) -> None:
    assert web_address(text) == (text if taken else None)
