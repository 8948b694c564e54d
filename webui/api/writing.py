"""The operations that change articles, and what became of a change."""

from __future__ import annotations

from indexer.contract.types.changes import ArticleInput, TaskAnswer
from webui.api.operation import Example, Operation, Parameter
from webui.api.parameters import SLUG

_CONDITIONS = (
    Parameter(
        "If-Match",
        "Only if the article still has this version, its `ETag`; `*`: only if there is one.",
        {"type": "string"},
        place="header",
    ),
    Parameter("If-None-Match", "`*`: only if there is no such article.", {"type": "string"}, place="header"),
)
PUT = Operation(
    "put_article",
    "put",
    "/articles/{id}",
    "Put an article",
    """Puts an article in place of the one at this address, if any. The answer comes when the change is safely stored;
searches know of it within seconds, when the task is done. The same body again changes nothing.""",
    (SLUG, *_CONDITIONS),
    TaskAnswer,
    status=202,
    refusals=(404, 412),
    takes=ArticleInput,
    scope="write",
    examples=(
        Example(
            "Put an article",
            "/articles/bai-1",
            'answer["url"]',
            {"title": "Lịch tiếp công dân tháng 12", "published": "2025-12-01", "source": "lamgiang.example"},
        ),
    ),
)
DELETE = Operation(
    "delete_article",
    "delete",
    "/articles/{id}",
    "Delete an article",
    "Takes the article at this address out of index, catalog and stored files; where there is none, nothing happens.",
    (SLUG, *_CONDITIONS),
    TaskAnswer,
    status=202,
    refusals=(404, 412),
    scope="write",
    examples=(Example("Delete an article", "/articles/bai-1", 'answer["status"]'),),
)
TASK = Operation(
    "task",
    "get",
    "/tasks/{task}",
    "What became of a change",
    "Known for a week after it is done.",
    (Parameter("task", "Its number.", {"type": "integer", "minimum": 1}, 1, place="path"),),
    TaskAnswer,
    refusals=(404,),
    scope="write",
    examples=(Example("Task", "/tasks/1", 'answer["status"]'),),
)
