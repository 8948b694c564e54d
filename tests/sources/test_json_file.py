"""JSON as other systems hand it out: wrapped, and with values inside objects."""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Item
from indexer.sources.opening import open_source


def read(path: Path, value: Any, **field_map: str) -> list[Item]:
    path.write_text(json.dumps(value), encoding="utf-8")
    return list(open_source(str(path), Settings(field_map=field_map)).items())


RECORDS = [{"id": "1", "title": "Một"}, {"id": "2", "title": "Hai"}]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        (RECORDS, ["1", "2"]),
        ({"total": 2, "articles": RECORDS}, ["1", "2"]),
        (RECORDS[0], ["1"]),
        ({"authors": [{"name": "A"}], "version": 1}, []),
        ({"a": RECORDS, "b": RECORDS}, []),
    ],
)
def test_a_list_of_records_may_stand_in_an_object(tmp_path: Path, value: Any, ids: list[str]) -> None:
    assert [item.id for item in read(tmp_path / "x.json", value) if isinstance(item, Article)] == ids


def test_a_field_map_reaches_into_objects(tmp_path: Path) -> None:
    posts = [
        {"id": 7, "title": {"rendered": "Lịch &#8211; tháng 12"}, "content": {"rendered": "<p>Một</p>", "protected": False},
         "quyen": {"xem": "public"}},
        {"id": 8, "title": {"rendered": "Hai"}, "content": {"rendered": "Hai"}, "quyen": {}},
    ]  # fmt: skip
    field_map = {"title.rendered": "title_html", "content.rendered": "body_html", "quyen.xem": "audience"}
    one, two = (item for item in read(tmp_path / "x.json", posts, **field_map) if isinstance(item, Article))
    assert (one.title, one.body, one.audience) == ("Lịch – tháng 12", "Một", "public")
    assert two.audience == "staff", "what it is read from is not there"
