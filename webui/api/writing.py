"""The operations that change articles, and those that report the progress of a change."""

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
        "Make the change only if the article still has this version (its `ETag`); `*`: only if it exists.",
        {"type": "string"},
        place="header",
    ),
    Parameter(
        "If-None-Match",
        "`*`: make the change only if the article does not exist.",
        {"type": "string"},
        place="header",
    ),
)
PUT = Operation(
    "put_article",
    "put",
    "/articles/{id}",
    "Put an article",
    """Creates the article at this address, or replaces it. The response is sent once the change is safely stored. Searches
find the article within seconds, when the task is done. Sending the same body again changes nothing.""",
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
    "Removes the article at this address from the index, the catalog and the stored files. If there is none, nothing happens.",
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
    "Put or delete one or many articles",
    f"""Send one article with its `id`, which may contain any characters, as `application/json`. Or send many as
`application/x-ndjson`: each line is an article with its `id`, or `{{"delete": "id"}}`, at most {MOST_LINES:,} lines. They become
one task with a result for each line. The response is sent once all of them are safely stored. If a line is invalid, it
fails and the others are accepted; if the body or its last line is incomplete, none is. Both
may be sent as gzip (`Content-Encoding`).""",
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
    f"""Deletes every article of the source, as one task with a line for each. `count` must be their number. Without it the
response is a 400 that gives the number; with another number it is a 412. In both cases nothing is deleted. At most
{MOST_LINES:,} articles can be deleted at once.""",
    (
        Parameter("source", "The source.", {"type": "string", "minLength": 1, "maxLength": 512}),
        Parameter(
            "count",
            "The number of articles of the source, including staff-only ones.",
            {"type": "integer", "minimum": 1},
        ),
    ),
    TaskAnswer,
    status=202,
    refusals=(404, 412, 413),
    scope="write",
)
_STATUS = Parameter("status", "Only those with this status.", choice(Status))
_CURSOR = {"type": "string", "pattern": "^[0-9]{1,9}$"}
TASK = Operation(
    "task",
    "get",
    "/tasks/{task}",
    "Read a task",
    """Returns the result of a change, or of many changes. Tasks are kept for a week after they finish. The lines of a task with many
changes are returned in pages; `cursor`, `size` and `status` apply to them.""",
    (
        Parameter("task", "Number of the task.", {"type": "integer", "minimum": 1}, 1, place="path"),
        Parameter("cursor", "The `next_cursor` of the previous response.", _CURSOR),
        Parameter("size", "Lines per page.", number(MOST_LINES_A_PAGE)),
        _STATUS,
    ),
    TaskAnswer,
    refusals=(404,),
    scope="write",
    tag="tasks",
    examples=(Example("Read a task", "/tasks/1", 'answer["status"]'),),
)
TASKS = Operation(
    "task_list",
    "get",
    "/tasks",
    "List recent tasks",
    "Returns tasks, newest first, until a week after they finished. With a key limited to one source, only tasks sent with that key.",
    (
        Parameter("cursor", "The `next_cursor` of the previous response.", _CURSOR),
        Parameter("size", "Tasks per page.", number(MOST_TASKS_A_PAGE, TASKS_A_PAGE)),
        _STATUS,
    ),
    TaskListAnswer,
    scope="write",
    tag="tasks",
    examples=(Example("List failed tasks", "/tasks?status=failed", 'len(answer["tasks"])'),),
)
