"""Words of the interface outside templates: searches, documents and counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from indexer.directives.citations import CHANGES, RELATIONS
from indexer.directives.legal_status import IN_FORCE, POSTPONED, SINCE, STATUSES, UNKNOWN
from indexer.search.labels import relation_label, status_label
from indexer.search.register.request import Scope
from webui.context.translation import lazily, ngettext
from webui.context.translation import lazy_gettext as _
from webui.presenters.formats import number

FACET_TITLES = {
    "date": _("Ngày đăng"), "source": _("Nguồn tin"), "category": _("Chuyên mục"), "type": _("Loại văn bản"),
    "issuer": _("Cơ quan ban hành"), "status": _("Tình trạng hiệu lực"), "file_type": _("Loại tệp đính kèm"),
}  # fmt: skip
TOPICS = _("Chủ đề")
"""The title of categories for visitors who browse."""
SORTS = {"relevance": _("Liên quan nhất"), "newest": _("Mới nhất"), "oldest": _("Cũ nhất")}
AREAS = {"all": _("Toàn bộ"), "title": _("Tiêu đề"), "body": _("Nội dung bài"), "files": _("Tệp đính kèm")}
GROUPS = {relation: lazily(partial(relation_label, relation)) for relation in RELATIONS}
"""Relations of an article to a document that it cites."""
ACTS_ON = {
    **GROUPS, "issues": _("Ban hành"), "based_on": _("Căn cứ"), "carries_out": _("Thực hiện"),
    "amended_by": _("Được sửa đổi, bổ sung bởi"), "replaced_by": _("Bị thay thế bởi"), "repealed_by": _("Bị bãi bỏ bởi"),
}  # fmt: skip
"""Relations of a document to other documents."""
ACTED_ON_BY = {
    "issues": _("Được công bố bởi"), "according_to": _("Được viện dẫn bởi"), "based_on": _("Là căn cứ ban hành"),
    "carries_out": _("Được thực hiện bởi"), "guides": _("Được hướng dẫn bởi"), "amends": _("Được sửa đổi, bổ sung bởi"),
    "replaces": _("Bị thay thế bởi"), "repeals": _("Bị bãi bỏ bởi"), "consolidates": _("Được hợp nhất bởi"),
    "corrects": _("Được đính chính bởi"), "extends": _("Được gia hạn bởi"), "suspends": _("Bị ngưng hiệu lực bởi"),
    "amended_by": _("Sửa đổi, bổ sung"), "replaced_by": _("Thay thế"), "repealed_by": _("Bãi bỏ"),
    "affirms": _("Được xác nhận còn hiệu lực tại"), "postpones": _("Bị lùi hiệu lực bởi"),
    "expired": _("Được công bố hết hiệu lực tại"),
}  # fmt: skip
"""The same relations seen from the other document."""
LEGAL_STATUSES = {status: lazily(partial(status_label, status)) for status in STATUSES}
"""Legal statuses, as named by :mod:`indexer.directives.legal_status`."""
PUT_OFF = POSTPONED
"""The legal status whose date is the one that entry into force was postponed to."""
AS_ITS_TEXT_SAYS = SINCE
"""The legal status based on nothing but the document's own text."""
AS_A_SOURCE_SAYS = IN_FORCE
"""The legal status stated by a later source, as of its date."""
AS_FAR_AS_HERE = frozenset((UNKNOWN, SINCE, IN_FORCE))
"""Legal statuses that a document outside the index may contradict."""
REGISTER_TITLES = {
    "type": _("Loại văn bản"), "year": _("Năm"), "issuer": _("Cơ quan ban hành"), "status": _("Tình trạng hiệu lực"),
    "kept": _("Toàn văn"),
}  # fmt: skip
KEPT = {
    "file": _("Có tệp đính kèm đọc được"), "article": _("Có bài viết"), "record": _("Chỉ có thông tin chung"),
    "none": _("Chưa có"),
}  # fmt: skip
"""In which form the text of a document is available."""
SCOPES: Mapping[Scope, object] = {
    "held": _("Đã có"),
    "missing": _("Chỉ được viện dẫn"),
    "all": _("Tất cả"),
}
REGISTER_SORTS = {
    "newest": _("Mới nhất"), "oldest": _("Cũ nhất"), "number": _("Số, ký hiệu"), "cited": _("Được viện dẫn nhiều"),
}  # fmt: skip
COMPARED = {
    "changed": _("Đoạn có sửa"), "removed": _("Đoạn chỉ có ở bản thứ nhất"), "added": _("Đoạn chỉ có ở bản thứ hai"),
}  # fmt: skip
SECONDS = {
    "same_article": _("Cùng bài này"), "copy": _("Cũng đăng trên"), "same_number": _("Cùng số, ký hiệu"),
    "related": _("Bài liên quan"),
}  # fmt: skip
"""Why a text is offered for comparison."""
UNTOLD = frozenset((UNKNOWN,))
"""Legal statuses that lists do not show."""
STRICT = _("Đúng dấu như đã gõ")
READINGS = {"close": _("Không phân biệt dấu và thứ tự"), "some": _("Chỉ cần một số từ")}
"""Readings that a person can select, like a filter."""
ALL_IN_READING = {
    "close": _("Xem tất cả bài có đủ các chữ, không phân biệt dấu và thứ tự"), "some": _("Xem tất cả bài có một số từ bạn gõ"),
}  # fmt: skip


def changes(relation: str) -> bool:
    """Tell whether ``relation`` changes the document."""
    return relation in CHANGES


def articles(n: int) -> str:
    """Return a number of articles in words."""
    return ngettext("%(count)s bài", n, count=number(n))


def articles_word(n: int) -> str:
    """Return the word for ``n`` articles, without the number."""
    return ngettext("bài", n)


def documents(n: int) -> str:
    """Return a number of documents in words."""
    return ngettext("%(count)s văn bản", n, count=number(n))


def documents_word(n: int) -> str:
    """Return the word for ``n`` documents, without the number."""
    return ngettext("văn bản", n)


def differences(n: int) -> str:
    """Return a number of differing paragraphs in words."""
    return ngettext("%(count)s chỗ khác nhau", n, count=number(n))


def same_paragraphs(n: int) -> str:
    """Return a number of identical paragraphs in words."""
    return ngettext("%(count)s đoạn giống nhau", n, count=number(n))


def results(n: int) -> str:
    """Return a number of results in words."""
    return ngettext("%(count)s kết quả", n, count=number(n))


def citing(n: int) -> str:
    """Return a number of citing articles in words."""
    return ngettext("%(count)s bài viện dẫn", n, count=number(n))
