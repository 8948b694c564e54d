"""Email alerts: subscribing, confirming and unsubscribing. A GET changes nothing, since mail scanners send it, too."""

from __future__ import annotations

import time
from typing import cast, get_args

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.alerts.address import read_address
from indexer.alerts.rhythm import FOR_PEOPLE, Rhythm
from indexer.alerts.searches import canonical_query, title_of
from indexer.alerts.store.limits import PER_MAILBOX
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import UNCONFIRMED_SECONDS, Subscriptions
from indexer.alerts.values import Alert, TooManyError
from indexer.errors import NotFoundError, ParameterError
from webui.context import language
from webui.context.service import service
from webui.context.translation import gettext
from webui.middleware.rates import network_of
from webui.presenters import links

alerts = flask.Blueprint("alerts", __name__)
_EXTENSION = "tracuu-alerts"
_LONGEST_TOKEN = 100


@alerts.record
def _open(state: flask.blueprints.BlueprintSetupState) -> None:
    settings = state.app.extensions["tracuu"].settings
    state.app.extensions[_EXTENSION] = Subscriptions(AlertDatabase(settings.data), settings.zone)
    state.app.jinja_env.globals["alerts_offered"] = bool(settings.smtp.host)


@alerts.before_request
def _offered() -> None:
    if not service().settings.smtp.host:
        raise NotFoundError("this site does not offer alerts")


@alerts.get(links.ALERTS)
def form() -> str:
    """Show the form for the email address and the rhythm of an alert."""
    return _form(canonical_query(flask.request.query_string.decode("utf-8", "replace")))


@alerts.post(links.ALERTS)
def ask() -> tuple[str, int] | BaseResponse:
    """Send a confirmation email; the response is the same whether or not the address is known."""
    sent = flask.request.form
    query, rhythm = canonical_query(sent.get("search", "")), sent.get("rhythm", "")
    typed = sent.get("email", "")
    try:
        address = read_address(typed)
    except ParameterError:
        said = gettext("Địa chỉ e-mail chưa đúng. Ví dụ: ten@vidu.vn, không dấu, không có khoảng trắng.")
        return _form(query, typed, rhythm, said), 400
    if rhythm not in FOR_PEOPLE:
        return _form(query, typed, rhythm, gettext("Hãy chọn nhận tin hằng ngày hoặc hằng tuần.")), 400
    client = network_of(flask.request.remote_addr or "")
    try:
        _subscriptions().ask(address, query, language.current(), rhythm, client, int(time.time()))
    except TooManyError:
        said = gettext(
            "Hôm nay đã có quá nhiều lượt đăng ký từ mạng bạn đang dùng. Hãy thử lại vào ngày mai."
        )
        return _form(query, typed, rhythm, said), TooManyError.status
    return flask.redirect(links.page_address(links.ALERT_ASKED), 303)


@alerts.get(links.ALERT_ASKED)
def asked() -> str:
    """Say that an email is on its way."""
    return _said("asked")


@alerts.get("/alerts/confirm")
def may_confirm() -> str | tuple[str, int]:
    """Show what the button will confirm."""
    found = _subscriptions().alert_of(_token(), "confirm")
    return _question("confirm.html", found) if found else _over()


@alerts.post("/alerts/confirm")
def confirm() -> str | tuple[str, int]:
    """Start the alert."""
    found = _subscriptions().confirm(_token(), int(time.time()))
    if found is None:
        return _over()
    return _said("confirmed", found)


@alerts.get("/alerts/leave")
def may_leave() -> str | tuple[str, int]:
    """Show what the button will end."""
    found = _subscriptions().alert_of(_token(), "leave")
    return _question("leave.html", found) if found else _over()


@alerts.post("/alerts/leave")
def leave() -> str:
    """End the alert without further questions (RFC 8058); repeating it changes nothing."""
    _subscriptions().leave(_token())
    return _said("left")


@alerts.after_request
def _keep_nowhere(response: flask.Response) -> flask.Response:
    response.headers["Cache-Control"] = "no-store"
    # Addresses with a token must not leak to other sites.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _form(query: str, email: str = "", rhythm: str = "", error: str = "") -> str:
    return flask.render_template(
        "alert_form.html",
        query=query,
        title=title_of(query, language.current()),
        back=links.page_address(links.SEARCH, links.parsed(query)),
        email=email,
        rhythms=[(name, _rhythms()[name]) for name in FOR_PEOPLE],
        rhythm=rhythm if rhythm in FOR_PEOPLE else FOR_PEOPLE[0],
        error=error,
    )


def _question(template: str, alert: Alert) -> str:
    return flask.render_template(
        f"alert_{template}",
        title=title_of(alert.query, language.current()),
        rhythm=_rhythms()[alert.rhythm],
        token=_token(),
    )


def _over() -> tuple[str, int]:
    """Return the same response for a token that was used, has expired or never existed."""
    return _said("over"), NotFoundError.status


def _said(what: str, alert: Alert | None = None) -> str:
    return flask.render_template(
        "alert_said.html",
        what=what,
        title=title_of(alert.query, language.current()) if alert else "",
        rhythm=_rhythms()[alert.rhythm] if alert else "",
        back=links.page_address(links.SEARCH, links.parsed(alert.query)) if alert else "",
        days=UNCONFIRMED_SECONDS // 86_400,
        most=PER_MAILBOX,
    )


def _rhythms() -> dict[Rhythm, str]:
    said = gettext("hằng ngày"), gettext("hằng tuần"), gettext("mỗi khi có bài mới")
    return dict(zip(get_args(Rhythm), said, strict=True))


def _token() -> str:
    return flask.request.values.get("token", "")[:_LONGEST_TOKEN]


def _subscriptions() -> Subscriptions:
    return cast(Subscriptions, flask.current_app.extensions[_EXTENSION])
