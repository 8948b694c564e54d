"""What people are told where a request is refused or fails, and what they can do."""

from __future__ import annotations

from webui.context.translation import gettext
from webui.context.translation import lazy_gettext as _
from webui.presenters.words import FACET_TITLES

BAD_PARAMETERS = {
    "q": _("Nội dung cần tìm dài quá 512 ký tự. Hãy giữ lại những từ chính, hoặc số, ký hiệu văn bản."),
    "date": _("Ngày đăng cần là một năm (2024), một tháng (2024-11) hoặc none (không rõ ngày đăng)."),
    "from": _("“Từ ngày” không phải là ngày có thật. Viết theo năm-tháng-ngày, ví dụ 2024-11-22."),
    "to": _("“Đến ngày” không phải là ngày có thật. Viết theo năm-tháng-ngày, ví dụ 2024-11-22."),
    "in": _("Phần cần tìm không đúng: chọn mọi phần, tiêu đề, nội dung bài hoặc tệp đính kèm."),
    "sort": _("Thứ tự sắp xếp không đúng: chọn liên quan nhất, mới nhất hoặc cũ nhất."),
    "page": _("Số trang không đúng. Chỉ xem được 10.000 kết quả đầu; hãy thêm từ hoặc bộ lọc để thu hẹp."),
    "size": _("Số kết quả một trang phải từ 1 đến 100."),
    "reading": _("Cách tìm không đúng: exact là đúng như đã gõ, close là đủ các chữ, some là một số từ."),
    "strict": _("Lựa chọn “đúng dấu” phải là 0 hoặc 1."),
    "id": _("Một danh sách có nhiều nhất 200 bài."),
    "lang": _("Trang này có tiếng Việt (vi) và tiếng Anh (en)."),
}
"""What is wanted of each parameter, for the person who followed or edited an address."""

ERRORS = {
    400: (_("Nội dung tìm có chỗ chưa đúng"), _("Hãy sửa lại rồi tìm lần nữa.")),
    401: (_("Cần khóa truy cập"), _("Khóa gửi kèm không đúng hoặc đã bị thu hồi. Hãy xin khóa mới.")),
    403: (_("Khóa này không có quyền"), _("Hãy xin khóa có quyền phù hợp.")),
    404: (_("Không có trang này"), _("Địa chỉ có thể bị gõ sai, hoặc bài viết đã được gỡ. Hãy thử tìm lại.")),
    405: (_("Không thể làm việc này ở đây"), _("Trang này chỉ để xem. Hãy thử tìm lại.")),
    413: (_("Dữ liệu gửi lên quá lớn"), _("Trang này không nhận dữ liệu lớn như vậy.")),
    414: (_("Địa chỉ quá dài"), _("Hãy tìm với ít từ hoặc ít bộ lọc hơn.")),
    429: (_("Bạn đang tìm quá nhanh"), _("Hãy chờ một lát rồi thử lại.")),
    503: (_("Tạm thời chưa tìm được"), _("Trang tìm kiếm đang được chuẩn bị. Hãy thử lại sau ít phút.")),
}
OTHER_ERROR = (_("Có lỗi xảy ra"), _("Lỗi ở phía chúng tôi và đã được ghi lại. Hãy thử lại sau ít phút."))
OTHER_REFUSAL = (_("Chưa làm được việc này"), _("Hãy thử tìm lại."))


def bad_parameter(name: str) -> str | None:
    """Return what is wanted of the parameter ``name``, None of one that is nobody's."""
    if name in BAD_PARAMETERS:
        return BAD_PARAMETERS[name]
    if name not in FACET_TITLES:
        return None
    return gettext("%(facet)s: đã chọn quá nhiều, hoặc có tên quá dài.", facet=FACET_TITLES[name])
