"""The API as data: what can be asked, with what, what comes back, and an example of each.

``webui.api.openapi`` makes the description for programs of it and ``api.html`` the one for people.
"""

from __future__ import annotations

from indexer.contract.types import articles, changes, directives, problems, search, suggestions
from webui.api.reading import ARTICLE, DIRECTIVE, RELATED, SEARCH, SUGGEST
from webui.api.writing import DELETE, PUT, TASK

OPERATIONS = (SEARCH, SUGGEST, ARTICLE, RELATED, DIRECTIVE, PUT, DELETE, TASK)
TYPES = tuple(
    value
    for module in (search, suggestions, articles, directives, changes, problems)
    for value in vars(module).values()
    if getattr(value, "__module__", "") == module.__name__ and hasattr(value, "__required_keys__")
)
"""All types of :mod:`indexer.contract.types`."""
