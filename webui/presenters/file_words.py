"""Texts about attachments: how far they could be read, their signatures, and pictures of their pages."""

from __future__ import annotations

from markupsafe import Markup, escape

from indexer.extract.archives import ARCHIVES
from indexer.extract.reasons import advice, sentence
from indexer.model import FileState, Problem, SignatureStatus
from indexer.search.pages.view import PICTURED
from indexer.stored.article import StoredFile
from webui.context.language import current
from webui.context.translation import gettext
from webui.context.translation import lazy_gettext as _

FILE_STATES = {
    FileState.TEXT: _("Tìm được trong nội dung tệp"),
    FileState.OCR: _("Bản quét, tìm được theo chữ máy nhận dạng"),
    FileState.PARTIAL: _("Chỉ đọc được một phần"),
    FileState.EMPTY: _("Tệp không có chữ"),
    FileState.PROTECTED: _("Tệp có mật khẩu, không đọc được nội dung"),
    FileState.FAILED: _("Không đọc được nội dung"),
    FileState.PENDING: _("Đang chờ đọc nội dung"),
    FileState.MISSING: _("Bài có nhắc tới tệp này nhưng chưa có tệp"),
}

STATE_ADVICE = {
    FileState.PARTIAL: _("Đọc lại: <code>tracuu reextract --failed</code>."),
    FileState.FAILED: _("Đọc lại: <code>tracuu reextract --failed</code>. Nếu tệp hỏng, cần đăng lại tệp."),
    FileState.PENDING: _("Đọc lại: <code>tracuu reextract --failed</code>."),
    FileState.MISSING: _("Bài có nhắc tới tệp nhưng nguồn không gửi kèm. Hãy gửi lại bài cùng với tệp."),
}
"""What people who look after attachments can do about each state."""

SIGNATURES = {
    SignatureStatus.VALID: _("Chữ ký số hợp lệ"),
    SignatureStatus.UNTRUSTED: _("Chữ ký số còn nguyên vẹn, chưa xác thực được người ký"),
    SignatureStatus.ALTERED: _("Tệp đã bị sửa sau khi ký số"),
    SignatureStatus.UNREADABLE: _("Có chữ ký số nhưng không kiểm tra được"),
    SignatureStatus.UNCHECKED: _(
        "Có chữ ký số nhưng chưa kiểm tra được đầy đủ: chưa rõ tệp có bị sửa sau khi ký hay không"
    ),
}
_READ = (FileState.TEXT, FileState.OCR, FileState.PARTIAL)
MOST_PAGES = 40
"""Maximum number of matching pages that are linked by number."""
ARCHIVE = _("Tệp nén, các tệp bên trong được liệt kê bên dưới")


def file_state(file: StoredFile) -> str:
    """Return in words how far an attachment could be read."""
    unpacked = file.media_type in ARCHIVES and file.state in (FileState.TEXT, FileState.PARTIAL)
    return ARCHIVE if unpacked else FILE_STATES[file.state]


def state_advice(state: FileState) -> Markup:
    """Return what can be done about attachments in ``state``; empty if nothing has to be done."""
    return Markup(STATE_ADVICE.get(state, ""))


def problem_words(problem: Problem) -> Markup:
    """Return why a file was not read and what to do about it, in the language of the page."""
    told = (sentence(problem, current()), advice(problem, current()))
    parts = " ".join(f"{one[0].upper()}{one[1:]}." for one in told if one).split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )


def has_pictures(file: StoredFile) -> bool:
    """Tell whether pages of this kind of attachment have pictures."""
    return file.media_type.startswith(PICTURED)


def no_picture(file: StoredFile) -> str:
    """Return why a page of an attachment has no picture."""
    if not has_pictures(file):
        return gettext("Loại tệp này không có ảnh trang; nội dung chữ ở bên dưới.")
    return gettext("Không hiển thị được ảnh của trang này; nội dung chữ ở bên dưới.")


def has_text(file: StoredFile) -> bool:
    """Tell whether ``file`` has a page with its full text."""
    return file.sha256 is not None and file.state in _READ and file.media_type not in ARCHIVES
