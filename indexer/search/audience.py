"""Who may see which articles: the one rule, applied by ``indexer.search.service`` and nowhere else.

What the public sees is what staff sees without the articles for staff; their attachments, citations and counts go with
them, because all of these are asked of the engine under the same filter.
"""

from __future__ import annotations

from indexer.engine import clauses as c
from indexer.model import Audience
from indexer.query.values import STAFF
from indexer.stored.article import StoredArticle


def visible(audience: Audience) -> dict[str, c.Clause]:
    """Return the filters that let through what ``audience`` may see."""
    return {} if audience == "staff" else {"audience": c.Not(STAFF)}


def may_see(audience: Audience, article: StoredArticle) -> bool:
    """Tell whether ``audience`` may see ``article``."""
    return audience == "staff" or article.audience == "public"
