"""Words of the interface that are not in a template, and how it writes numbers and days."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from indexer.directives.citations import CHANGES
from indexer.extract.archives import ARCHIVES
from indexer.model import UNDATED, FileState, SignatureStatus
from indexer.search.facets import date_label
from indexer.search.pages.view import PICTURED
from indexer.stored.article import StoredFile
from webui.context.language import current
from webui.context.translation import gettext, ngettext
from webui.context.translation import lazy_gettext as _

FACET_TITLES = {
    "date": _("Ngày đăng"), "source": _("Nguồn tin"), "category": _("Chuyên mục"), "type": _("Loại văn bản"),
    "issuer": _("Cơ quan ban hành"), "file_type": _("Loại tệp đính kèm"),
}  # fmt: skip
SORTS = {"relevance": _("Liên quan nhất"), "newest": _("Mới nhất"), "oldest": _("Cũ nhất")}
AREAS = {"all": _("Mọi phần"), "title": _("Tiêu đề"), "body": _("Nội dung bài"), "files": _("Tệp đính kèm")}
GROUPS = {
    "issues": _("Công bố, ban hành"), "according_to": _("Viện dẫn"), "based_on": _("Lấy làm căn cứ"),
    "carries_out": _("Triển khai, thực hiện"), "guides": _("Hướng dẫn"), "amends": _("Sửa đổi, bổ sung"),
    "replaces": _("Thay thế"), "repeals": _("Bãi bỏ"), "consolidates": _("Hợp nhất"), "corrects": _("Đính chính"),
    "extends": _("Gia hạn"), "suspends": _("Ngưng hiệu lực"),
}  # fmt: skip
"""What articles do with a document they cite."""
ACTS_ON = {**GROUPS, "issues": _("Ban hành"), "based_on": _("Căn cứ"), "carries_out": _("Thực hiện")}
"""What a document does with others."""
ACTED_ON_BY = {
    "issues": _("Được công bố bởi"), "according_to": _("Được viện dẫn bởi"), "based_on": _("Là căn cứ của"),
    "carries_out": _("Được thực hiện bởi"), "guides": _("Được hướng dẫn bởi"), "amends": _("Được sửa đổi, bổ sung bởi"),
    "replaces": _("Bị thay thế bởi"), "repeals": _("Bị bãi bỏ bởi"), "consolidates": _("Được hợp nhất bởi"),
    "corrects": _("Được đính chính bởi"), "extends": _("Được gia hạn bởi"), "suspends": _("Bị ngưng hiệu lực bởi"),
}  # fmt: skip
"""What others do with a document."""
LEGAL_STATUSES = {
    "Hết hiệu lực toàn bộ": _("Hết hiệu lực toàn bộ"), "Ngưng hiệu lực": _("Ngưng hiệu lực"),
    "Hết hiệu lực một phần": _("Hết hiệu lực một phần"), "Chưa có hiệu lực": _("Chưa có hiệu lực"),
    "Còn hiệu lực": _("Còn hiệu lực"), "Chưa rõ": _("Chưa rõ"),
}  # fmt: skip
"""Whether a document holds, as :mod:`indexer.directives.legal_status` says it."""
STRICT = _("Đúng dấu như đã gõ")

FILE_STATES = {
    FileState.TEXT: _("Tìm được toàn văn"),
    FileState.OCR: _("Tìm được qua nhận dạng chữ từ bản quét"),
    FileState.PARTIAL: _("Chỉ đọc được một phần"),
    FileState.EMPTY: _("Tệp không có chữ"),
    FileState.PROTECTED: _("Tệp có mật khẩu, không đọc được nội dung"),
    FileState.FAILED: _("Không đọc được nội dung"),
    FileState.PENDING: _("Đang chờ đọc nội dung"),
    FileState.MISSING: _("Bài có nhắc tới nhưng tệp không có ở đây"),
}

STATE_ADVICE = {
    FileState.PARTIAL: _("Đọc lại: <code>tracuu reextract --failed</code>."),
    FileState.EMPTY: _("Bản quét chưa nhận dạng chữ thì đọc lại: <code>tracuu reextract --ocr</code>."),
    FileState.PROTECTED: _("Cần đăng lại bản không đặt mật khẩu."),
    FileState.FAILED: _("Đọc lại: <code>tracuu reextract --failed</code>. Tệp hỏng thì cần đăng lại."),
    FileState.PENDING: _("Đọc lại: <code>tracuu reextract --failed</code>."),
    FileState.MISSING: _("Bài nhắc tới tệp nhưng nguồn không gửi kèm; gửi lại bài cùng tệp."),
}
"""What those can do who look after attachments."""

SIGNATURES = {
    SignatureStatus.VALID: _("Chữ ký số hợp lệ"),
    SignatureStatus.UNTRUSTED: _("Chữ ký số nguyên vẹn, người ký không có trong danh sách tin cậy"),
    SignatureStatus.ALTERED: _("Tệp đã bị sửa sau khi ký số"),
    SignatureStatus.UNREADABLE: _("Có chữ ký số nhưng không đọc được"),
}
MOST_PAGES = 40
"""Pages of a file that answer and are linked by number."""
ARCHIVE = _("Tệp nén, các tệp bên trong liệt kê bên dưới")

BAD_PARAMETERS = {
    "q": _("Nội dung cần tìm dài quá 512 ký tự. Hãy giữ lại những từ chính, hoặc số, ký hiệu văn bản."),
    "date": _("Ngày đăng cần là một năm (2024), một tháng (2024-11) hoặc none (không rõ ngày đăng)."),
    "from": _("“Từ ngày” không phải là ngày có thật. Viết theo năm-tháng-ngày, ví dụ 2024-11-22."),
    "to": _("“Đến ngày” không phải là ngày có thật, hoặc trước “Từ ngày”."),
    "in": _("Phần cần tìm không đúng: chọn mọi phần, tiêu đề, nội dung bài hoặc tệp đính kèm."),
    "sort": _("Thứ tự sắp xếp không đúng: chọn liên quan nhất, mới nhất hoặc cũ nhất."),
    "page": _("Số trang không đúng. Chỉ xem được 10.000 kết quả đầu; hãy thêm từ hoặc bộ lọc để thu hẹp."),
    "size": _("Số kết quả một trang phải từ 1 đến 100."),
    "strict": _("Lựa chọn “đúng dấu” phải là 0 hoặc 1."),
    "lang": _("Ngôn ngữ phải là vi hoặc en."),
}
"""What is wanted of each parameter, for the person who followed or edited an address."""

ERRORS = {
    400: (_("Yêu cầu chưa hợp lệ"), _("Hãy sửa lại rồi tìm lần nữa.")),
    401: (_("Cần khóa truy cập"), _("Khóa gửi kèm không đúng hoặc đã bị thu hồi. Hãy xin khóa mới.")),
    403: (_("Khóa này không có quyền"), _("Hãy xin khóa có quyền phù hợp.")),
    404: (_("Không có trang này"), _("Địa chỉ có thể bị gõ sai, hoặc bài viết đã được gỡ. Hãy thử tìm lại.")),
    405: (_("Không thể làm việc này ở đây"), _("Trang này chỉ để xem. Hãy thử tìm lại.")),
    413: (_("Dữ liệu gửi lên quá lớn"), _("Trang này không nhận dữ liệu lớn như vậy.")),
    414: (_("Địa chỉ quá dài"), _("Hãy tìm với ít từ hoặc ít bộ lọc hơn.")),
    429: (_("Bạn đang tìm quá nhanh"), _("Hãy chờ một lát rồi thử lại.")),
    503: (_("Tạm thời chưa tìm được"), _("Kho dữ liệu chưa sẵn sàng. Hãy thử lại sau ít phút.")),
}
OTHER_ERROR = (_("Có lỗi xảy ra"), _("Lỗi này ở phía máy chủ và đã được ghi lại. Hãy thử lại sau ít phút."))
OTHER_REFUSAL = (_("Không trả lời được yêu cầu này"), _("Hãy thử tìm lại."))


def file_state(file: StoredFile) -> str:
    """Return how far an attachment could be read."""
    unpacked = file.media_type in ARCHIVES and file.state in (FileState.TEXT, FileState.PARTIAL)
    return ARCHIVE if unpacked else FILE_STATES[file.state]


def state_advice(state: FileState) -> Markup:
    """Return what those can do who look after attachments in ``state``; empty where nothing has to be done."""
    return Markup(STATE_ADVICE.get(state, ""))


def bad_parameter(name: str) -> str | None:
    """Return what is wanted of the parameter ``name``, None of one that is nobody's."""
    if name in BAD_PARAMETERS:
        return BAD_PARAMETERS[name]
    if name not in FACET_TITLES:
        return None
    return gettext("%(facet)s: có quá nhiều giá trị, hoặc một giá trị quá dài.", facet=FACET_TITLES[name])


def has_pictures(file: StoredFile) -> bool:
    """Tell whether pages of this kind of attachment are drawn."""
    return file.media_type.startswith(PICTURED)


def no_picture(file: StoredFile) -> str:
    """Return why the page of an attachment can't be seen."""
    if not has_pictures(file):
        return gettext("Loại tệp này không có ảnh trang; chữ của trang ở bên dưới.")
    return gettext("Không vẽ được ảnh của trang này; chữ của trang ở bên dưới.")


def changes(relation: str) -> bool:
    """Tell whether ``relation`` is one that changes a document."""
    return relation in CHANGES


def number(value: int) -> str:
    """Return ``value`` with a sign between thousands: ``86.416``, in English ``86,416``."""
    grouped = f"{value:,}"
    return grouped if current() == "en" else grouped.replace(",", ".")


def articles(n: int) -> str:
    """Return a count of articles in words."""
    return ngettext("%(count)s bài", n, count=number(n))


def articles_word(n: int) -> str:
    """Return the word for ``n`` articles, without the number."""
    return ngettext("bài", n)


def results(n: int) -> str:
    """Return a count of results in words."""
    return ngettext("%(count)s kết quả", n, count=number(n))


def citing(n: int) -> str:
    """Return a count of articles that cite something in words."""
    return ngettext("%(count)s bài viện dẫn", n, count=number(n))


def day(value: str | None) -> str:
    """Return a ``YYYY-MM-DD`` as ``dd/mm/yyyy``, in English as ``22 Nov 2024``; None as its words."""
    if not value:
        return undated()
    if current() == "en":
        return format_date(date.fromisoformat(value), "d MMM y", locale="en")
    return "/".join(reversed(value.split("-")))


def since(first: date) -> str:
    """Return the beginning of a span of days in words."""
    return gettext("Từ ngày %(day)s", day=day(first.isoformat()))


def until(last: date) -> str:
    """Return the end of a span of days in words."""
    return gettext("Đến ngày %(day)s", day=day(last.isoformat()))


def undated() -> str:
    """Return what stands for the day of an article without one."""
    return date_label(UNDATED, current())


def seconds(milliseconds: float) -> str:
    """Return a duration in seconds: ``0,004 giây``."""
    return gettext("%(number)s giây", number=_decimal(f"{max(milliseconds, 1) / 1000:.3f}"))


def file_size(size: int | None) -> str:
    """Return ``size`` bytes in the largest unit that leaves a figure above one; nothing for None."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    amount, unit = (size / 1024, "KB") if size < 1024**2 else (size / 1024**2, "MB")
    return _decimal(f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}")


def month(value: str) -> str:
    """Return a value of the date facet in words that stand alone: ``Năm 2024``, ``Tháng 11/2024``, undated."""
    whole = date_label(value, current())
    return gettext("Năm %(year)s", year=whole) if whole.isdigit() else whole


def _decimal(text: str) -> str:
    return text if current() == "en" else text.replace(".", ",")
