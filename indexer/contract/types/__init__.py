"""The types of API requests, API responses and ``--json`` output: the single definition, with one module per resource.

mypy checks ``search_json``, ``article_json`` and ``directive_json`` against it, the description of the API (OpenAPI) is
generated from it and its docstrings, and tests hold the actual responses to that description.
"""
