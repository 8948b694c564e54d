"""The operations that change articles, and what became of a change."""

from __future__ import annotations

from indexer.contract.types.changes import ArticleInput, DeleteInput, TaskAnswer, TaskListAnswer
from indexer.push.bulk import MOST_LINES
from indexer.push.task import Status
from webui.api.operation import Example, Operation, Parameter
from webui.api.parameters import SLUG, choice, number

MOST_LINES_A_PAGE = 1_000
TASKS_A_PAGE, MOST_TASKS_A_PAGE = 20, 100

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
    takes=(ArticleInput,),
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
POST = Operation(
    "post_articles",
    "post",
    "/articles",
    "Put or delete articles, one or many",
    f"""One article as `application/json`, with its `id` in any letters. Or many as `application/x-ndjson`: a line for each, an
article with its `id` or `{{"delete": "id"}}`, at most {MOST_LINES:,} of them. They are one task with an answer for each line, which
comes when all of them are safely stored. A line that is no article fails and the others are taken; where the body does not
arrive whole, or its last line is cut off, nothing is. Either may be sent as gzip (`Content-Encoding`).""",
    _CONDITIONS,
    TaskAnswer,
    status=202,
    refusals=(412,),
    takes=(ArticleInput, DeleteInput),
    takes_lines=True,
    scope="write",
    examples=(
        Example(
            "Put an article with any id",
            "/articles",
            'answer["article"]',
            {"id": "tin/2025/12 số 1", "title": "Lịch tiếp công dân tháng 12", "source": "lamgiang.example"},
        ),
        Example(
            "Put and delete many",
            "/articles",
            '[(one["line"], one["status"]) for one in answer["lines"]]',
            lines=(
                {"id": "bai-2", "title": "Lịch cúp nước phường Bến Nguyệt", "source": "lamgiang.example"},
                {"id": "bai-3", "title": "Chợ hoa xuân mở cửa", "source": "lamgiang.example"},
                {"delete": "bai-1"},
            ),
        ),
    ),
)
DELETE_SOURCE = Operation(
    "delete_source",
    "delete",
    "/articles",
    "Delete all articles of a source",
    f"""Deletes every article that has the source, as one task with a line for each. `count` has to be their number: without it the
answer is a 400 that says it, and where it is another one a 412, and nothing is deleted. At most {MOST_LINES:,} at once.""",
    (
        Parameter("source", "The source.", {"type": "string", "minLength": 1, "maxLength": 512}),
        Parameter(
            "count", "How many articles it has, all audiences counted.", {"type": "integer", "minimum": 1}
        ),
    ),
    TaskAnswer,
    status=202,
    refusals=(404, 412, 413),
    scope="write",
)
_STATUS = Parameter("status", "Only those that stand so.", choice(Status))
_CURSOR = {"type": "string", "pattern": "^[0-9]{1,9}$"}
TASK = Operation(
    "task",
    "get",
    "/tasks/{task}",
    "What became of a change, or of many",
    "Known for a week after it is done. The lines of many come in pages; the parameters are for them.",
    (
        Parameter("task", "Its number.", {"type": "integer", "minimum": 1}, 1, place="path"),
        Parameter("cursor", "The `next_cursor` of the answer before.", _CURSOR),
        Parameter("size", "Lines a page.", number(MOST_LINES_A_PAGE)),
        _STATUS,
    ),
    TaskAnswer,
    refusals=(404,),
    scope="write",
    tag="tasks",
    examples=(Example("Task", "/tasks/1", 'answer["status"]'),),
)
TASKS = Operation(
    "task_list",
    "get",
    "/tasks",
    "What was pushed lately",
    "The newest first, for a week after it was done. With a key of one source, what was sent with that key.",
    (
        Parameter("cursor", "The `next_cursor` of the answer before.", _CURSOR),
        Parameter("size", "Tasks a page.", number(MOST_TASKS_A_PAGE, TASKS_A_PAGE)),
        _STATUS,
    ),
    TaskListAnswer,
    scope="write",
    tag="tasks",
    examples=(Example("What could not be taken", "/tasks?status=failed", 'len(answer["tasks"])'),),
)
