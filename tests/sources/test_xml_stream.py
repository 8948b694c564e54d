"""XML that is large, hostile or broken costs no more than itself."""

import tracemalloc
from collections.abc import Iterator

import pytest

from indexer.errors import ItemError
from indexer.sources.xml_stream import Node, XmlReader


def texts(*chunks: bytes) -> list[str]:
    return [one.text if isinstance(one, Node) else str(one) for one in XmlReader(["item"]).read(chunks)]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
def test_entities_of_a_document_s_own_are_refused(declared: str) -> None:
    with pytest.raises(ItemError, match="declares an entity"):
        texts(f"{declared}<r><item>&b;</item></r>".encode())


def test_the_file_of_a_document_type_is_never_opened() -> None:
    hostile = b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><item>a &b; &nbsp;&aacute;</item></rss>'
    assert texts(hostile) == ["a &b; \xa0á"]


def test_what_exports_hold_against_the_rules_is_read() -> None:
    broken = "<r><item>phường\x0b <wp:x>Bến</wp:x> Nguyệt</item><item>hai</item></r>".encode()
    assert texts(broken[:9], broken[9:]) == ["phường  Bến Nguyệt", "hai"]
    assert texts('<?xml version="1.0" encoding="utf-16"?><r><item>đường</item></r>'.encode("utf-16")) == [
        "đường"
    ]
    assert texts(b'<?xml version="1.0" encoding="windows-1252"?><r><item>caf\xe9</item></r>') == ["café"]


def test_what_is_whole_before_an_end_that_is_cut_is_used() -> None:
    found = []
    with pytest.raises(ItemError, match="at line 2, column 8"):
        for one in XmlReader(["item"]).read([b"<r><item>a</item>\n<item>b"]):
            assert isinstance(one, Node)
            found.append(one.text)
    assert found == ["a"]


def test_depth_and_what_has_no_end_are_bounded() -> None:
    with pytest.raises(ItemError, match="200 levels deep"):
        texts(b"<a>" * 300)

    def endless() -> Iterator[bytes]:
        yield b"<r><!-- "
        while True:
            yield b"x" * 2**22

    with pytest.raises(ItemError, match="has no end"):
        list(XmlReader(["item"]).read(endless()))


def test_an_item_over_the_limit_is_passed_over_and_memory_stays_small() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"<r><item>"
        for _ in range(200):
            yield b"<b>" + b"x" * 50_000 + b"</b>"
        yield b"</item>"
        for _ in range(200):
            yield b"<item>" + b"y" * 50_000 + b"</item>"
        yield b"</r>"

    tracemalloc.start()
    large, *others = (isinstance(one, Node) for one in XmlReader(["item"], 100_000).read(chunks()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not large and others == [True] * 200 and peak < 3_000_000
