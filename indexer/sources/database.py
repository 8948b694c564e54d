"""A database as SQLAlchemy reaches it: read only, its rows one after the other, what goes wrong in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import ItemError, SettingsError, UsageError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection

_DRIVERS = {
    "postgresql": ("psycopg[binary]", "postgresql+psycopg"),
    "mysql": ("PyMySQL", "mysql+pymysql"),
    "mariadb": ("PyMySQL", "mariadb+pymysql"),
    "mssql": ("pyodbc", "mssql+pyodbc"),
    "oracle": ("oracledb", "oracle+oracledb"),
}
"""What is installed for a database, and how its address begins then."""
_SETUP = {
    "sqlite": ("PRAGMA query_only = ON",),
    "postgresql": ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
}
"""What keeps a query from writing, beside that nothing is ever committed."""
_READS = re.compile(
    r"(?:\s|\(|--[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*(?:select|with|values|table)\b", re.IGNORECASE
)
_ROWS_AT_ONCE = 500


class Database:
    """One database; nothing is connected until it is asked."""

    def __init__(self, url: str, password: str = "") -> None:
        """``password`` is put into the address where it has none. Raises UsageError and SettingsError, never showing a password."""
        if find_spec("sqlalchemy") is None:
            raise UsageError(
                "reading a database needs SQLAlchemy; install it with: pip install 'tracuu[sql]'"
            )
        from sqlalchemy import create_engine, make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool

        try:
            address = make_url(url)
            if password:
                address = address.set(password=password)
            self._secret = str(address.password or "")
            self._backend = address.get_backend_name()
            _check_file(address)
            self._engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
        except NoSuchModuleError:
            known = ", ".join(["sqlite", *(begins for _, begins in _DRIVERS.values())])
            raise SettingsError(
                f"the url starts with {url.partition(':')[0][:40]!r}, which is not supported; use one of {known}"
            ) from None
        except (ArgumentError, ValueError):
            raise SettingsError(
                "the url is not that of a database; write it as postgresql+psycopg://user@host/name"
            ) from None
        except ImportError as error:
            package, begins = _DRIVERS.get(self._backend, (error.name or "its driver", self._backend))
            raise UsageError(
                f"a driver is missing ({error.name}); pip install '{package}', and start the url with {begins}://"
            ) from None

    def check(self) -> None:
        """Raise UsageError where the database can't be reached."""
        try:
            with self._connected():
                pass
        except ItemError as error:
            raise UsageError(f"the database can't be reached: {error}") from None

    def rows(self, query: str, column: str = "", since: object = None) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a query, as the database sends them.

        With ``since`` those only of which ``column`` is not less, or nothing. Raises ItemError in the words of the database,
        and where the answer lacks ``column`` or has two columns of one name.
        """
        from sqlalchemy import bindparam, or_, select, text
        from sqlalchemy import column as column_of

        check_query(query)
        # What a colon is for is the database's to know; SQLAlchemy would take it for a parameter.
        asked = query.strip().rstrip(";").replace(":", r"\:")
        with self._connected() as connection:
            statement: Any = text(asked)
            if column:
                statement = select(text("*")).select_from(text(f"({asked}\n) tracuu"))
            if since is not None:
                own: Any = column_of(column)
                statement = statement.where(or_(own >= bindparam("since", since), own.is_(None)))
            # Else some drivers take the whole answer at once.
            result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement)
            names = list(result.keys())
            _check_names(names, column)
            for row in result:
                yield dict(zip(names, row, strict=True))

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine.connect() as connection:
                for command in _SETUP.get(self._backend, ()):
                    connection.exec_driver_sql(command)
                if self._backend == "sqlite":
                    # It keeps whatever bytes it was given as text; one bad letter must not end the answer.
                    driver: Any = connection.connection.driver_connection
                    driver.text_factory = _text
                # So that the first transaction is one of those, too.
                connection.rollback()
                yield connection
        except SQLAlchemyError as error:
            raise ItemError(self._sentence(error)) from None

    def _sentence(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        said = [one for one in cause.args if isinstance(one, str)]
        text = next(iter((said[-1] if said else str(cause)).strip().splitlines()), type(cause).__name__)
        return text.replace(self._secret, "***") if self._secret else text


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def place_of(url: object) -> str:
    """Return where a database is, for people: without user, password and options."""
    begins, there, rest = url.partition("://") if isinstance(url, str) else ("", "", "")
    return f"{begins}://{rest.partition('?')[0].rpartition('@')[2]}" if there else ""


def check_query(query: str) -> None:
    """Raise SettingsError for what is no query that reads."""
    if not _READS.match(query):
        raise SettingsError(f"{query.strip()[:40]!r} … is not a query; it must start with SELECT or WITH")


def _check_names(names: list[str], column: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ItemError(f"two columns have the same name ({', '.join(twice)}); rename one with AS")
    if column and column not in names:
        raise ItemError(f"since must be a column of the query ({', '.join(names)}), not {column!r}")


def _check_file(address: URL) -> None:
    """Raise UsageError for a file of SQLite that is not there, which would be made."""
    if address.get_backend_name() == "sqlite":
        name = address.database or ""
        if not Path(name).is_file():
            raise UsageError(
                f"{name or 'the database'} is not a file; write the url of SQLite as sqlite:////path/to/file"
            )
