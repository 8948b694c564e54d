"""A StoredArticle as JSON: complete, as a list item, and with related articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from indexer.contract.types.articles import (
    ArticleAnswer,
    ArticleItem,
    CopyAnswer,
    FileTextAnswer,
    ProvisionAnswer,
    ReasonAnswer,
    RelatedAnswer,
)
from indexer.extract.reasons import advice, sentence, sentences
from indexer.model import Problem
from indexer.provisions.provision import Outline
from indexer.provisions.remembered import OUTLINES
from indexer.search.file_text import FileText
from indexer.search.related import Related
from indexer.search.response import Copy
from indexer.stored.article import StoredArticle, StoredFile


def article_json(article: StoredArticle) -> ArticleAnswer:
    """Return everything about ``article`` as plain lists and dicts; ``original`` is its address at the source."""
    values: dict[str, Any] = asdict(article)
    values["source"] = values.pop("sources")
    values["files"] = [
        _file(values, file) for values, file in zip(values["files"], article.files, strict=True)
    ]
    values.pop("slug")
    values.pop("force")
    values["url"], values["original"] = article.address, values["url"]
    values["contents"] = contents_json(OUTLINES.of(article.body))
    return cast(ArticleAnswer, values)


def file_text_json(file: StoredFile, found: FileText) -> FileTextAnswer:
    """Return the full text of an attachment as plain lists and dicts."""
    return {
        "name": file.name,
        "n": file.n,
        "text": found.text,
        "ocr": found.ocr,
        "pages": [
            {"number": n, "start": start} for n, start in zip(found.numbers, found.starts, strict=True)
        ],
        "contents": contents_json(OUTLINES.of(found.text)),
    }


def contents_json(outline: Outline) -> list[ProvisionAnswer]:
    """Return the outline of a text as plain lists and dicts."""
    return [
        {
            "kind": one.kind,
            "label": one.label,
            "title": one.title,
            "anchor": one.anchor,
            "document": one.document,
            "start": one.start,
            "end": one.end,
        }
        for one in outline.provisions
    ]


def listed_json(article: StoredArticle, status: str | None) -> dict[str, Any]:
    """Return ``article`` as a list item: the fields of a hit that do not depend on a query.

    ``status`` is its legal status, None if it is not a document with one.
    """
    return {
        **_item(article),
        "updated": article.updated,
        "original": article.url,
        "type": list(article.type),
        "issuer": list(article.issuer),
        "status": status,
        "cites": list(article.cites),
        "files": [{"name": file.name, "n": file.n} for file in article.files],
    }


def related_json(article: StoredArticle, found: Sequence[Related], copies: Sequence[Copy]) -> RelatedAnswer:
    """Return the articles related to ``article``, and those with the same text, as plain lists and dicts."""
    return {
        "id": article.id,
        "url": article.address,
        "copies": [copy_json(copy) for copy in copies],
        "related": [
            {
                **_item(one.article),
                "score": one.score,
                "cites_it": one.cites_it,
                "cited_by_it": one.cited_by_it,
                "shared": list(one.shared),
            }
            for one in found
        ],
    }


def _file(values: dict[str, Any], file: StoredFile) -> dict[str, Any]:
    return values | {
        "problems": list(sentences(file.problems)),
        "reasons": [reason_json(problem) for problem in file.problems],
    }


def reason_json(problem: Problem) -> ReasonAnswer:
    """Return why a file, or a part of one, was not read, in both languages."""
    return {
        "code": problem.code,
        "page": problem.page,
        "en": sentence(problem, "en"),
        "vi": sentence(problem, "vi"),
        "do_en": advice(problem, "en") or None,
        "do_vi": advice(problem, "vi") or None,
    }


def _item(article: StoredArticle) -> ArticleItem:
    return {
        "id": article.id,
        "url": article.address,
        "title": article.title,
        "source": list(article.sources),
        "category": article.category,
        "published": article.published,
        "published_at": article.published_at,
        "numbers": list(article.numbers),
    }


def copy_json(copy: Copy) -> CopyAnswer:
    """Return a summary of another article with the same text."""
    return {
        "id": copy.id,
        "url": copy.url,
        "title": copy.title,
        "source": list(copy.source),
        "published": copy.published,
    }
