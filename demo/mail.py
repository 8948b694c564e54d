"""Emails: the text before the first heading is the letter, each heading is an attached HTML page."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path

from demo.source import Block, Source


def build_eml(source: Source, _fonts: Path) -> bytes:
    """Write ``source`` as an email in Internet format, as mail programs save it."""
    letter: list[str] = []
    pages: list[tuple[str, list[Block]]] = []
    for block in source.blocks:
        if block.kind == "heading":
            pages.append((block.text, []))
        elif pages:
            pages[-1][1].append(block)
        else:
            letter.append(block.text)
    mail = EmailMessage(policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = (source.head[key] for key in ("from", "to", "title"))
    mail["Date"] = format_datetime(source.date)
    mail["Message-ID"] = f"<{source.name}@lamgiang.example>"
    mail.set_content("\n\n".join(letter) + "\n", cte="base64")
    for name, blocks in pages:
        mail.add_attachment(_page(blocks).encode(), maintype="text", subtype="html", filename=name)
    mail.set_boundary("lam-giang")
    return mail.as_bytes()


def _page(blocks: list[Block]) -> str:
    body = "\n".join(_element(block) for block in blocks)
    title = escape(blocks[0].text)
    return f"""<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""


def _element(block: Block) -> str:
    match block.kind:
        case "table":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
            return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
        case "bold":
            return f"<h1>{escape(block.text)}</h1>"
        case _:
            return f"<p>{escape(block.text)}</p>"
