"""The version of an article: a digest of everything that the API returns about it, used as its ``ETag`` and in ``If-Match``."""

from __future__ import annotations

import hashlib
import json

from werkzeug.datastructures import ETags

from indexer.contract.article_json import article_json
from indexer.stored.article import StoredArticle


def version_of(article: StoredArticle) -> str:
    """Return the version of ``article``; it does not depend on when the article was indexed."""
    said = json.dumps(article_json(article), ensure_ascii=True, sort_keys=True)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def names(tags: ETags, version: str | None) -> bool:
    """Tell whether ``tags`` of a request contain ``version``; None matches no tag."""
    if version is None:
        return False
    # Compressed responses append the coding to the version.
    return tags.star_tag or version in {tag.partition(":")[0] for tag in tags.as_set() if tag}
