"""What the API takes and what it and ``--json`` answer, as types: the one definition, a module for each resource.

``search_json``, ``article_json`` and ``directive_json`` are checked against it by mypy, the description of the API
(OpenAPI) is made of it, docstrings and all, and tests hold the answers themselves to that description.
"""
