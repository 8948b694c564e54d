"""The JSON of a response is that of the contract, key by key."""

from __future__ import annotations

import json

from indexer.contract.search_json import response_json
from indexer.model import Marked
from indexer.search.response import (
    Copy,
    FacetValue,
    FileHit,
    Hit,
    ProvisionHit,
    QueryReading,
    Relaxed,
    SearchResponse,
)

HIT = Hit(
    id="bai-1",
    url="/articles/bai-1",
    title=Marked("Kế hoạch", ((0, 2),)),
    snippet=Marked("… <b> …"),
    source=("a.example",),
    category=None,
    published="2024-11-22",
    published_at="2024-11-22T15:20:00+07:00",
    updated="2024-11-23",
    original="https://a.example/1",
    type=("Kế hoạch",),
    issuer=("Ủy ban nhân dân",),
    score=17.3,
    numbers=("74/KH-UBND",),
    cites=("38-CT/TW",),
    provisions=(
        ProvisionHit("Khoản 1 Điều 2", "Kế hoạch", "/articles/bai-1#dieu-2-khoan-1", Marked("Kế", ((0, 2),))),
    ),
    files=(FileHit("74.pdf", 0, None, Marked("Kế", ((0, 2),))),),
    copies=(Copy("x", "/articles/x", "Sao chép", ("b.example",), None),),
)
MONTH = FacetValue("2024-11", "Tháng 11/2024", 4, True)
RESPONSE = SearchResponse(
    query=QueryReading("ke hoach", ("“ke hoach”: tìm cả chữ có dấu và không dấu",), words=(("ke", "hoach"),)),
    total=1,
    page=1,
    size=10,
    took_ms=4.1,
    hits=(HIT,),
    facets={
        "date": (FacetValue("2024", "2024", 9, False, (MONTH,)), FacetValue("none", "Không rõ ngày đăng", 1)),
        "source": (FacetValue("a.example", "a.example", 7),),
    },
    relaxed=None,
)
HIT_JSON = {
    "id": "bai-1",
    "url": "/articles/bai-1",
    "title": {"text": "Kế hoạch", "marks": [[0, 2]]},
    "snippet": {"text": "… <b> …", "marks": []},
    "source": ["a.example"],
    "category": None,
    "published": "2024-11-22",
    "published_at": "2024-11-22T15:20:00+07:00",
    "updated": "2024-11-23",
    "original": "https://a.example/1",
    "type": ["Kế hoạch"],
    "issuer": ["Ủy ban nhân dân"],
    "score": 17.3,
    "numbers": ["74/KH-UBND"],
    "status": None,
    "cites": ["38-CT/TW"],
    "provisions": [
        {
            "name": "Khoản 1 Điều 2",
            "title": "Kế hoạch",
            "url": "/articles/bai-1#dieu-2-khoan-1",
            "snippet": {"text": "Kế", "marks": [[0, 2]]},
        }
    ],
    "files": [{"name": "74.pdf", "n": 0, "page": None, "snippet": {"text": "Kế", "marks": [[0, 2]]}}],
    "copies": [
        {"id": "x", "url": "/articles/x", "title": "Sao chép", "source": ["b.example"], "published": None}
    ],
}


def test_the_whole_document() -> None:
    month = {"value": "2024-11", "label": "Tháng 11/2024", "count": 4, "selected": True}
    assert json.loads(json.dumps(response_json(RESPONSE))) == {
        "query": {
            "text": "ke hoach",
            "interpretation": ["“ke hoach”: tìm cả chữ có dấu và không dấu"],
            "reading": "exact",
            "words": [["ke", "hoach"]],
            "suggestion": None,
            "as_words": None,
        },
        "total": 1,
        "folded": 0,
        "page": 1,
        "size": 10,
        "took_ms": 4.1,
        "hits": [HIT_JSON],
        "facets": {
            "date": [
                {"value": "2024", "label": "2024", "count": 9, "selected": False, "children": [month]},
                {"value": "none", "label": "Không rõ ngày đăng", "count": 1, "selected": False},
            ],
            "source": [{"value": "a.example", "label": "a.example", "count": 7, "selected": False}],
            "category": [],
            "type": [],
            "issuer": [],
            "status": [],
            "file_type": [],
        },
    }


def test_relaxed_hits_are_there_only_where_there_are_some() -> None:
    response = SearchResponse(
        RESPONSE.query, 0, 1, 10, 1.0, hits=(), facets={}, relaxed=Relaxed("some", total=31, hits=(HIT,))
    )
    assert response_json(response)["looser"] == {"reading": "some", "total": 31, "hits": [HIT_JSON]}
    assert "looser" not in response_json(RESPONSE)
