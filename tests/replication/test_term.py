"""Terms of writers, on a real server of objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ReplacedError
from indexer.files.bucket import Bucket
from indexer.replication.term import Terms
from tests.files.gateway import BUCKET, Gateway


@pytest.fixture
def terms(gateway: Gateway, tmp_path: Path) -> Terms:
    return Terms(Bucket(BUCKET, gateway.settings()), f"terms/{tmp_path.name}/")


def test_the_first_writer_begins_the_first_term(terms: Terms) -> None:
    assert terms.current() is None
    first = terms.begin("a", None)
    assert (first.number, first.writer) == (1, "a")
    assert terms.current() == first
    terms.check(first)


def test_of_two_who_begin_after_the_same_term_one_is_the_writer(terms: Terms) -> None:
    first = terms.begin("a", None)
    second = terms.begin("b", first)
    with pytest.raises(ReplacedError):
        terms.begin("c", first)
    with pytest.raises(ReplacedError):
        terms.begin("c", None)
    assert terms.current() == second


def test_the_old_writer_is_told(terms: Terms) -> None:
    first = terms.begin("a", None)
    second = terms.begin("b", first)
    terms.check(second)
    with pytest.raises(ReplacedError, match="another machine has been the writer since 20"):
        terms.check(first)
    back = terms.begin("a", second)
    assert back.number == 3
    with pytest.raises(ReplacedError):
        terms.check(first)
