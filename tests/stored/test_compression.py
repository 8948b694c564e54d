"""Stored articles: what was written comes back, by older programs as well, and damage is told."""

import hashlib
import zlib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DamagedError
from indexer.stored.article import StoredArticle, pack, unpack
from indexer.stored.compression import compressed, decompressed

ARTICLE = StoredArticle("a", "a", "Lễ hội đèn lồng", body="Ủy ban nhân dân phường thông báo. " * 20)


@given(st.binary(max_size=400))
def test_content_comes_back(content: bytes) -> None:
    assert decompressed(compressed(content)) == content


def test_what_older_programs_stored_is_read() -> None:
    dictionary = resources.files("indexer.stored").joinpath("stored_dictionary.txt").read_bytes()
    packer = zlib.compressobj(5, zdict=dictionary)
    stored = packer.compress(decompressed(pack(ARTICLE))) + packer.flush()
    assert unpack(stored) == ARTICLE


@pytest.mark.parametrize(
    ("name", "digest"),
    [("dictionary.zstd", "43f39175c2a0988f"), ("stored_dictionary.txt", "66aa8a8a5177a918")],
)
def test_the_dictionaries_are_those_that_articles_were_stored_with(name: str, digest: str) -> None:
    content = resources.files("indexer.stored").joinpath(name).read_bytes()
    assert hashlib.sha256(content).hexdigest()[:16] == digest


def test_a_flipped_byte_is_told_or_harmless() -> None:
    stored = pack(ARTICLE)
    told = 0
    for at in range(len(stored)):
        damaged = bytearray(stored)
        damaged[at] ^= 0x20
        try:
            assert unpack(bytes(damaged)) == ARTICLE
        except DamagedError:
            told += 1
    assert told > 0.9 * len(stored)


@pytest.mark.parametrize(
    "stored", [b"", b"x", pack(ARTICLE)[:-1], pack(ARTICLE)[:10], pack(ARTICLE) + b"\x00"]
)
def test_what_is_no_stored_article_is_damage(stored: bytes) -> None:
    with pytest.raises(DamagedError):
        unpack(stored)
