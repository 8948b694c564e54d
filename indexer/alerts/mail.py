"""PURE: emails as they are sent, each as plain text and as simple HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from indexer.alerts.searches import title_of
from indexer.alerts.values import Message
from indexer.alerts.wording import WORDING
from indexer.in_words import day_in_words, moment_in_words
from indexer.model import Language, Marked
from indexer.search.response import Hit
from indexer.stored.address import readable_path

_LONGEST_SUBJECT = 90
"""Maximum length, in characters, of a search in a subject; mail programs show no more."""
_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;max-width:40em"
_BUTTON = "background:#0b5394;color:#fff;padding:10px 18px;border-radius:4px;text-decoration:none;display:inline-block"


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender of emails, and the site that their links lead to."""

    site: str
    root: str
    """The public address of the site, without a trailing slash."""
    address: str

    def message_id(self, name: str) -> str:
        """Return the id of the message with this name; it is the same on every attempt."""
        return f"<{name}@{self.address.rpartition('@')[2]}>"

    def leave_url(self, message: Message) -> str:
        """Return the address for unsubscribing from the alert of ``message``."""
        return f"{self.root}/alerts/leave?token={message.leave}&lang={message.alert.language}"

    def article_url(self, hit: Hit) -> str:
        """Return the address of the article in ``hit``."""
        return self.root + readable_path(hit.url.rpartition("/")[2], hit.title.text)

    def search_url(self, message: Message) -> str:
        """Return the address with all results of the alert's search, newest first."""
        return f"{self.root}/search?{message.alert.query}&sort=newest&lang={message.alert.language}".replace(
            "?&", "?"
        )


def confirmation(sender: Sender, message: Message, token: str, now: int) -> EmailMessage:
    """Return the email that asks for confirmation of an alert."""
    words, search = WORDING[message.alert.language], title_of(message.alert.query, message.alert.language)
    rhythm = words.rhythms[message.alert.rhythm]
    url = f"{sender.root}/alerts/confirm?token={token}&lang={message.alert.language}"
    says = words.confirm.format(rhythm=rhythm, site=sender.site, search=search)
    html = [
        f"<p>{escape(says)}</p>",
        f'<p><a href="{escape(url)}" style="{_BUTTON}">{escape(words.confirm_button)}</a></p>',
        f"<p>{escape(words.confirm_ignore)}</p>",
    ]
    text = f"{says}\n\n{words.confirm_button}:\n{url}\n\n{words.confirm_ignore}\n"
    return _mail(sender, message, words.confirm_subject.format(search=_short(search)), text, html, now)


def news(sender: Sender, message: Message, hits: Iterable[Hit], total: int, now: int) -> EmailMessage:
    """Return the email that reports ``hits``, out of ``total`` new articles."""
    hits = tuple(hits)
    language = message.alert.language
    words, search = WORDING[language], title_of(message.alert.query, language)
    intro = words.intro.format(articles=words.articles(total), site=sender.site, search=search)
    more = words.more.format(articles=words.articles(total - len(hits))) if total > len(hits) else ""
    why = words.why.format(site=sender.site, rhythm=words.rhythms[message.alert.rhythm])
    everything, leave = sender.search_url(message), sender.leave_url(message)
    text = "\n\n".join(
        filter(
            None,
            [
                intro,
                *("\n".join(_lines(sender, hit, language)) for hit in hits),
                more,
                f"{words.all}:\n{everything}",
                f"--\n{why}\n{words.leave}:\n{leave}",
            ],
        )
    )
    html = [
        f"<p>{escape(intro)}</p>",
        *(_item(sender, hit, language) for hit in hits),
        f"<p>{escape(more)}</p>" if more else "",
        f'<p><a href="{escape(everything)}">{escape(words.all)}</a></p>',
        f'<p style="color:#555;font-size:14px">{escape(why)} <a href="{escape(leave)}">{escape(words.leave)}</a></p>',
    ]
    subject = words.subject.format(search=_short(search), articles=words.articles(total))
    mail = _mail(sender, message, subject, text + "\n", html, now)
    # RFC 8058: a mail program unsubscribes by a single POST, without questions.
    mail["List-Unsubscribe"] = f"<{leave}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def _mail(
    sender: Sender, message: Message, subject: str, text: str, html: Iterable[str], now: int
) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = _line(subject)
    mail["From"] = Address(_line(sender.site), addr_spec=sender.address)
    mail["To"] = Address(addr_spec=message.address)
    mail["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    mail["Message-ID"] = sender.message_id(message.name)
    # RFC 3834: no automatic replies, such as holiday notices.
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.alert.language
    mail.set_content(text, cte="quoted-printable")
    body = "\n".join(filter(None, html))
    mail.add_alternative(
        f'<!DOCTYPE html>\n<html lang="{message.alert.language}"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
        f'</head>\n<body style="{_STYLE}">\n{body}\n</body></html>\n',
        subtype="html",
        cte="quoted-printable",
    )
    return mail


def _lines(sender: Sender, hit: Hit, language: Language) -> Iterator[str]:
    yield _line(hit.title.text) or WORDING[language].untitled
    yield from filter(None, [_about(hit, language), _line(_told(hit, language)[1].text)])
    yield sender.article_url(hit)


def _item(sender: Sender, hit: Hit, language: Language) -> str:
    title = _marked(hit.title) or escape(WORDING[language].untitled)
    where, snippet = _told(hit, language)
    about = (
        f'<br><span style="color:#555;font-size:14px">{escape(_about(hit, language))}</span>'
        if _about(hit, language)
        else ""
    )
    told = f"{escape(where)}: {_marked(snippet)}" if where else _marked(snippet)
    link = f'<a href="{escape(sender.article_url(hit))}"><b>{title}</b></a>'
    return f'<p lang="vi">{link}{about}<br>{told}</p>'


def _told(hit: Hit, language: Language) -> tuple[str, Marked]:
    """Return the matching part of an article, from its text or otherwise from an attachment, and its location."""
    if hit.snippet.marks or not hit.files:
        return "", hit.snippet
    words, file = WORDING[language], hit.files[0]
    where = words.in_file.format(name=_line(file.name))
    return (f"{where}, {words.page.format(page=file.page)}" if file.page else where), file.snippet


def _about(hit: Hit, language: Language) -> str:
    return " · ".join(filter(None, [", ".join(hit.source), _when(hit, language)]))


def _when(hit: Hit, language: Language) -> str:
    if hit.published_at:
        return moment_in_words(datetime.fromisoformat(hit.published_at), language)
    return day_in_words(date.fromisoformat(hit.published), language) if hit.published else ""


def _marked(text: Marked) -> str:
    parts, end = [], 0
    for start, stop in text.marks:
        parts += [escape(text.text[end:start]), "<mark>", escape(text.text[start:stop]), "</mark>"]
        end = stop
    return " ".join("".join([*parts, escape(text.text[end:])]).split())


def _line(text: str) -> str:
    """Return ``text`` as a single line, so that no part of it becomes a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _short(search: str) -> str:
    line = _line(search)
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1].rstrip()}…"
