"""The API as data: its operations, their parameters and responses, and an example of each.

``webui.api.openapi`` turns it into the description for programs, and ``api.html`` into the one for people.
"""

from __future__ import annotations

from indexer.contract.types import (
    articles,
    changes,
    curation,
    directives,
    problems,
    register,
    search,
    suggestions,
)
from webui.api.curating import ACCEPT, LEXICON, PIN, PINS, PUT_LEXICON, REPORT
from webui.api.reading import ARTICLE, DIRECTIVE, FILE, PICTURE, RELATED, SEARCH, SUGGEST, TEXT
from webui.api.registering import DIRECTIVES
from webui.api.writing import DELETE, DELETE_SOURCE, POST, PUT, TASK, TASKS

OPERATIONS = (
    SEARCH, SUGGEST, ARTICLE, RELATED, FILE, TEXT, PICTURE, DIRECTIVES, DIRECTIVE, PUT, DELETE, POST, DELETE_SOURCE, TASK, TASKS,
    PINS, PIN, LEXICON, PUT_LEXICON, REPORT, ACCEPT,
)  # fmt: skip
TAGS = {
    "search": "Search articles and complete queries.",
    "articles": "Read, put and delete articles, one or many.",
    "files": "Attachments, their text and pictures of their pages.",
    "documents": "Official documents and what is known about them.",
    "tasks": "The progress of accepted changes.",
    "curation": "Pins, the local dictionary and the report on searches, for editors.",
}
"""Groups of operations, with a description of each."""
TYPES = tuple(
    value
    for module in (search, suggestions, articles, directives, register, changes, curation, problems)
    for value in vars(module).values()
    if getattr(value, "__module__", "") == module.__name__ and hasattr(value, "__required_keys__")
)
"""All types of :mod:`indexer.contract.types`."""
