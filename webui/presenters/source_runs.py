"""The last run of a source, in words."""

from __future__ import annotations

from indexer.upkeep.runs import SourceState
from webui.context.translation import lazy_gettext as _
from webui.context.translation import ngettext
from webui.presenters.formats import number

KINDS = {
    "path": _("tệp hoặc thư mục"),
    "site": _("lấy từ trang web"),
    "feed": _("tin RSS, Atom"),
    "wordpress": _("bản xuất WordPress"),
    "table": _("bảng CSV"),
    "sql": _("cơ sở dữ liệu"),
    "": _("đưa vào bằng lệnh hoặc qua API"),
}
COUNTS = ("indexed", "unchanged", "removed", "failed", "unread")


def kind(source: SourceState) -> str:
    """Return what kind of source it is."""
    return KINDS.get(source.kind, source.kind)


def counts(source: SourceState) -> list[str]:
    """Return the outcome of its articles in the last run."""
    n = {name: int(source.run.get(name) or 0) for name in COUNTS}
    said = {
        "indexed": ngettext("%(count)s bài mới hoặc đã sửa", n["indexed"], count=number(n["indexed"])),
        "unchanged": ngettext("%(count)s bài không đổi", n["unchanged"], count=number(n["unchanged"])),
        "removed": ngettext("%(count)s bài đã gỡ", n["removed"], count=number(n["removed"])),
        "failed": ngettext("%(count)s mục lỗi", n["failed"], count=number(n["failed"])),
        "unread": ngettext("%(count)s tệp không đọc được", n["unread"], count=number(n["unread"])),
    }
    return [said[name] for name in COUNTS if n[name]]


def has_trouble(source: SourceState) -> bool:
    """Tell whether the source needs attention: its last run failed or never finished."""
    return bool(source.run) and (bool(source.run.get("exit_code")) or "began" in source.run)
