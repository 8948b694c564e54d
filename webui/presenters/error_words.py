"""What people are told when a request is refused or fails, and what they can do about it."""

from __future__ import annotations

from webui.context.translation import gettext
from webui.context.translation import lazy_gettext as _
from webui.presenters.words import FACET_TITLES

BAD_PARAMETERS = {
    "q": _("Nội dung tìm dài quá 512 ký tự. Hãy chỉ giữ những từ chính hoặc số, ký hiệu văn bản."),
    "date": _("Ngày đăng phải là năm (2024), tháng (2024-11) hoặc none (không rõ ngày đăng)."),
    "from": _("“Từ ngày” không hợp lệ. Hãy viết theo năm-tháng-ngày, ví dụ 2024-11-22."),
    "to": _("“Đến ngày” không hợp lệ. Hãy viết theo năm-tháng-ngày, ví dụ 2024-11-22."),
    "in": _("Phần cần tìm không hợp lệ. Hãy chọn toàn bộ, tiêu đề, nội dung bài hoặc tệp đính kèm."),
    "sort": _("Thứ tự sắp xếp không hợp lệ. Hãy chọn liên quan nhất, mới nhất hoặc cũ nhất."),
    "page": _(
        "Số trang không hợp lệ. Chỉ xem được 10.000 kết quả đầu tiên; hãy thêm từ hoặc bộ lọc để thu hẹp."
    ),
    "size": _("Số kết quả mỗi trang phải từ 1 đến 100."),
    "reading": _(
        "Cách tìm không hợp lệ. Hãy dùng exact (đúng như đã gõ), close (đủ các chữ) hoặc some (một số từ)."
    ),
    "strict": _("Lựa chọn “đúng dấu” phải là 0 hoặc 1."),
    "id": _("Một danh sách có nhiều nhất 200 bài."),
    "lang": _("Trang này có tiếng Việt (vi) và tiếng Anh (en)."),
}
"""The valid values of each parameter, for people who followed or edited an address."""

ERRORS = {
    400: (_("Yêu cầu tìm kiếm chưa đúng"), _("Hãy sửa lại rồi tìm lần nữa.")),
    401: (_("Cần khóa truy cập"), _("Khóa gửi kèm không đúng hoặc đã bị thu hồi. Hãy đề nghị cấp khóa mới.")),
    403: (_("Khóa này không có quyền"), _("Hãy đề nghị cấp khóa có quyền phù hợp.")),
    404: (
        _("Không tìm thấy trang này"),
        _("Có thể địa chỉ bị gõ sai hoặc bài viết đã được gỡ. Hãy thử tìm lại."),
    ),
    405: (_("Trang này không nhận yêu cầu như vậy"), _("Trang này chỉ để xem. Hãy thử tìm lại.")),
    413: (_("Dữ liệu gửi lên quá lớn"), _("Trang này không nhận dữ liệu lớn như vậy.")),
    414: (_("Địa chỉ quá dài"), _("Hãy tìm với ít từ hoặc ít bộ lọc hơn.")),
    429: (_("Bạn tìm kiếm quá nhiều lần trong thời gian ngắn"), _("Hãy chờ một lát rồi thử lại.")),
    503: (_("Tạm thời chưa tìm kiếm được"), _("Trang tìm kiếm đang được chuẩn bị. Hãy thử lại sau ít phút.")),
}
OF_KIND = {
    "not-the-writer": (
        _("Tạm thời chưa dùng được chức năng này"),
        _(
            "Bạn vẫn tra cứu được như thường. Hãy thử lại sau ít phút. Nếu vẫn gặp trang này, hãy báo cho người quản trị rằng yêu cầu"
            " đã đến nhầm máy chủ chỉ dùng để tra cứu."
        ),
    ),
}
"""By the kind of a problem, where more can be said than its status does."""
OTHER_ERROR = (_("Có lỗi xảy ra"), _("Hệ thống gặp lỗi và đã ghi lại. Hãy thử lại sau ít phút."))
OTHER_REFUSAL = (_("Chưa thực hiện được yêu cầu"), _("Hãy thử tìm lại."))


def bad_parameter(name: str) -> str | None:
    """Return what is expected of the parameter ``name``, None if there is no such parameter."""
    if name in BAD_PARAMETERS:
        return BAD_PARAMETERS[name]
    if name not in FACET_TITLES:
        return None
    return gettext("%(facet)s: chọn quá nhiều mục hoặc có tên quá dài.", facet=FACET_TITLES[name])
