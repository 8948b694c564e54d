"""Error handling at the edge: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus

import flask
from werkzeug.exceptions import HTTPException

from indexer.errors import EncodingError, ItemError, ParameterError, TraCuuError
from indexer.push.encoding import ENCODINGS
from webui.api.paths import API, BASE
from webui.api.problem import NO_TYPE, PROBLEM_JSON, PROBLEMS, problem_json
from webui.middleware import rates
from webui.presenters import error_words, links

_SERVER_DETAIL = (
    "The search is not available at the moment. The reason is in the server's log. Try again later."
)
"""Replaces the reason of server errors, which may name directories of this machine."""
_RETRY_SECONDS = "5"
"""Seconds after which a busy server may have capacity again and a commit is finished."""


def register(app: flask.Flask) -> None:
    """Register one handler for the errors of this program and one for HTTP errors."""
    app.register_error_handler(TraCuuError, _our_error)
    app.register_error_handler(HTTPException, _http_error)


def _our_error(error: TraCuuError) -> flask.Response:
    hidden = error.status >= 500 and not error.is_told
    if hidden:
        flask.current_app.logger.error("%s: %s", type(error).__name__, error)
    bad = error.errors if isinstance(error, (ParameterError, ItemError)) else {}
    detail = _SERVER_DETAIL if hidden else str(error)
    response = flask.Response(status=error.status)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = _RETRY_SECONDS
    if isinstance(error, EncodingError):
        response.headers["Accept-Encoding"] = ENCODINGS
    return _answer(response, PROBLEMS + error.kind, error.title, detail, bad)


def _http_error(error: HTTPException) -> flask.Response:
    # The original response has the headers that the status requires, such as Allow and Content-Range.
    response = flask.Response(status=error.code or 500, headers=error.get_headers())
    phrase = HTTPStatus(response.status_code).phrase
    detail = error.description or phrase
    if error.code == HTTPStatus.NOT_FOUND:
        detail = (
            f"there is nothing at this address; see {links.mounted(BASE)}/docs for the addresses of the API"
        )
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = rates.retry_after()
        response.headers["Retry-After"] = str(seconds)
        detail = f"too many requests: the limit is {error.description}; try again in {seconds} s"
    return _answer(response, NO_TYPE, phrase, detail, {})


def _answer(
    response: flask.Response, kind: str, title: str, detail: str, bad: dict[str, str]
) -> flask.Response:
    """Fill ``response``, whose status is set, in the format that fits the address."""
    if flask.request.path.startswith(API):
        response.set_data(problem_json(kind, title, response.status_code, detail, bad))
        response.content_type = PROBLEM_JSON
    else:
        response.set_data(_page(response.status_code, kind.removeprefix(PROBLEMS), bad))
        response.content_type = "text/html; charset=utf-8"
    return response


def _page(status: int, kind: str, bad: dict[str, str]) -> str:
    otherwise = error_words.OTHER_ERROR if status >= 500 else error_words.OTHER_REFUSAL
    heading, advice = error_words.OF_KIND.get(kind) or error_words.ERRORS.get(status, otherwise)
    return flask.render_template(
        "error.html",
        heading=heading,
        advice=advice,
        reasons=list(filter(None, map(error_words.bad_parameter, bad))),
        text=flask.request.args.get("q", ""),
    )
