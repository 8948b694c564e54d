"""The metadata of each kind of page; see :mod:`webui.presenters.meta`. ``root`` is the public address of the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.directives.issuer_names import whole_name
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment
from indexer.search.directives.view import DirectiveView
from indexer.search.register.request import RegisterRequest
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from webui.context.translation import gettext
from webui.presenters import formats, links, structured_data, words
from webui.presenters.meta import Meta, shortened
from webui.presenters.register_links import REGISTER, register_pairs
from webui.presenters.results import Results


def home_meta(root: str, site: str) -> Meta:
    """Return the metadata of the home page."""
    description = gettext(
        "Tìm tin bài, văn bản chỉ đạo điều hành và tệp đính kèm của các cổng thông tin điện tử: gõ có dấu hoặc không dấu, "
        "theo số, ký hiệu, nguồn tin và ngày đăng."
    )
    return Meta("/", description, data=(structured_data.website(root, site, description),))


def results_meta(view: Results) -> Meta:
    """Return the metadata of a page of results."""
    request = view.request
    page = [("page", str(request.page))] if request.page > 1 else []
    return Meta(links.SEARCH, words.results(view.results), [*links.pairs(request), *page])


def article_meta(root: str, article: StoredArticle) -> Meta:
    """Return the metadata of an article."""
    path = readable_path(article.slug, article.title)
    title = article.title or gettext("Bài viết không có tiêu đề")
    description = shortened(
        article.summary or fragment(article.text, Wanted()).text or _record(article, title)
    )
    way = [(article.category, structured_data.category_path(article.category))] if article.category else []
    return Meta(
        path,
        description,
        kind="article",
        data=(
            structured_data.article(root, article, description),
            structured_data.breadcrumbs(root, [*way, (title, path)]),
        ),
        published=article.published_at or article.published,
    )


def _record(article: StoredArticle, title: str) -> str:
    """Return a description of an article without text, such as the record of a document."""
    about = [*article.type, *article.numbers[:1], *map(whole_name, article.issuer), article.category or ""]
    day = formats.day(article.published) if article.published else ""
    return ". ".join(filter(None, [", ".join(filter(None, about)), title, day]))


def directive_meta(root: str, view: DirectiveView, variant: Mapping[str, Sequence[str]]) -> Meta:
    """Return the metadata of a document; ``variant`` chose it among several."""
    path = links.directive_path(view.card.slug)
    chosen = [(name, values[0]) for name, values in variant.items()] if view.variant else []
    own = links.directive_path(view.card.slug, variant if view.variant else None)
    label = (view.variant or view.card).label
    told = [label, *(text.title for text in view.card.texts[:1]), words.citing(view.card.cited_by)]
    document = structured_data.legislation(root, view, own)
    crumbs = structured_data.breadcrumbs(root, [(gettext("Văn bản"), "/directives"), (label, own)])
    return Meta(path, shortened(". ".join(told)), chosen, data=(*filter(None, [document]), crumbs))


def register_meta(request: RegisterRequest) -> Meta:
    """Return the metadata of the register of documents."""
    description = gettext(
        "Danh mục văn bản: loại, năm, cơ quan ban hành, tình trạng hiệu lực, toàn văn và các bài viện dẫn."
    )
    page = [("page", str(request.page))] if request.page > 1 else []
    return Meta(REGISTER, description, [*register_pairs(request), *page])


def plain_meta(path: str) -> Meta:
    """Return the metadata of a page about the site itself."""
    told = {
        "/help": gettext("Hướng dẫn tìm theo từ và cụm từ, số và ký hiệu văn bản, từng phần của bài, ngày đăng và tệp đính kèm."),
        "/embed": gettext("Đoạn mã để đặt ô tìm kiếm này lên trang khác, có hay không có JavaScript."),
        "/api/v1/docs": gettext("Giao diện lập trình (API): tìm kiếm, đọc bài viết và văn bản ở dạng JSON, kèm ví dụ."),
    }  # fmt: skip
    return Meta(path, told[path])
