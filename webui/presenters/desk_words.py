"""The vocabulary of the editors' desk."""

from __future__ import annotations

from indexer.curation.journal import Kind, Via
from indexer.curation.queries import QueryState
from webui.context.translation import lazy_gettext as _

PAGES = {
    "": _("Tổng quan"),
    "/queries": _("Lượt tìm"),
    "/pins": _("Ghim bài"),
    "/lexicon": _("Từ điển riêng"),
    "/files": _("Tệp đính kèm"),
    "/sources": _("Nguồn"),
    "/alerts": _("Nhận tin"),
    "/system": _("Hệ thống"),
    "/changes": _("Nhật ký"),
    "/help": _("Hướng dẫn"),
}
"""Pages of the desk by path, in menu order."""

KINDS: dict[Kind, str] = {
    "pins": _("Ghim bài"),
    "lexicon": _("Từ điển riêng"),
    "query": _("Lượt tìm không có kết quả"),
    "backup": _("Sao lưu"),
}
VIAS: dict[Via, str] = {
    "desk": _("bàn biên tập"),
    "api": _("chương trình (API)"),
    "command": _("dòng lệnh"),
    "outside": _("sửa tệp trực tiếp"),
}
STATES: dict[QueryState, str] = {
    "pinned": _("Đã ghim bài"),
    "word": _("Đã thêm vào từ điển riêng"),
    "asked": _("Đã đề nghị đăng nội dung"),
    "ignored": _("Bỏ qua"),
}
"""What was done about a query without results."""
NOTHING_DONE = _("Chưa xử lý")
TABLES = {
    "abbreviations": (_("Chữ viết tắt"), _("Chữ viết tắt")),
    "synonyms": (_("Các tên gọi của cùng một thứ"), _("Từ")),
    "renamed": (_("Tên mới và tên cũ"), _("Tên hiện nay")),
    "typed": (_("Cách gõ"), _("Người dùng gõ")),
    "misspelled": (_("Lỗi chính tả hay gặp"), _("Viết sai")),
    "never_suggested": (_("Không bao giờ gợi ý"), _("Tên nhóm")),
}
"""Tables of the lexicon: the name of each, and what it is keyed by."""
MAY_NOT = (
    _("Bạn chỉ có quyền xem"),
    _(
        "Bạn không có quyền sửa. Hãy liên hệ người quản trị: khóa truy cập cần quyền curate, "
        "hoặc tên bạn cần có trong thiết lập editors."
    ),
)
FROM_ELSEWHERE = (
    _("Yêu cầu không được gửi từ trang này"),
    _("Vì lý do an toàn, chỉ nhận thay đổi gửi từ chính bàn biên tập. Hãy mở lại trang và gửi lần nữa."),
)
