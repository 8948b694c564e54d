"""``[opensearch]``: what may be said, what is refused, and where secrets come from."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from indexer.errors import SettingsError, UsageError
from indexer.opensearch_settings import HOSTS_VARIABLE, OpenSearchSettings
from indexer.settings import Settings, load_settings


def loaded(tmp_path: Path, table: str) -> OpenSearchSettings:
    config = tmp_path / "tracuu.toml"
    config.write_text(f"[opensearch]\n{table}", encoding="utf-8")
    return load_settings(config, environ={}).opensearch


@pytest.fixture(autouse=True)
def no_hosts_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOSTS_VARIABLE, raising=False)


def test_nothing_is_needed() -> None:
    assert Settings().opensearch.hosts == ("http://127.0.0.1:9200",)
    assert Settings().opensearch.authorization() == ""


def test_what_is_said_is_taken(tmp_path: Path) -> None:
    given = loaded(
        tmp_path, 'hosts = ["https://a.example:9200/", "https://b.example"]\nshards = 6\nsearch_seconds = 3\n'
    )
    assert given.hosts == ("https://a.example:9200", "https://b.example")
    assert (given.shards, given.replicas, given.search_seconds) == (6, 1, 3)


def test_hosts_of_the_environment_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOSTS_VARIABLE, "http://c:1 http://d:2")
    assert loaded(tmp_path, 'hosts = "https://a.example"\nshards = 3').hosts == ("http://c:1", "http://d:2")
    assert OpenSearchSettings().hosts == ("http://c:1", "http://d:2")
    monkeypatch.setenv(HOSTS_VARIABLE, "c:1")
    with pytest.raises(SettingsError, match=HOSTS_VARIABLE):
        loaded(tmp_path, "")
    with pytest.raises(SettingsError, match=HOSTS_VARIABLE):
        load_settings(environ={HOSTS_VARIABLE: "c:1"})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('host = "http://a"', "did you mean hosts"),
        ("hosts = []", "must be a list of addresses"),
        ('hosts = ["a:9200"]', "must contain addresses of nodes"),
        ('hosts = ["http://geheim:geheim@a"]', "must contain addresses of nodes"),
        ('hosts = ["http://a:99999"]', "must contain addresses of nodes"),
        ('hosts = ["http://a/path"]', "must contain addresses of nodes"),
        ('index = "Tin Tức"', "lower-case letters"),
        ("shards = 0", "must be from 1"),
        ("shards = 1.5", "must be a whole number"),
        ("replicas = true", "must be a whole number"),
        ('search_seconds = "x"', "must be a number"),
        ('user = "u"', "both a user and a password, or neither"),
        ('password_file = "x"', "both a user and a password, or neither"),
        ('password = "geheim"', "not a known setting"),
        ('user = "u"\npassword_file = "x"\npassword_env = "Y"', "one of them"),
        ('hosts = ["http://a.example"]\nuser = "u"\npassword_env = "Y"', "unencrypted"),
        ('hosts = ["http://a.example"]\napi_key_file = "x"', "unencrypted"),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        loaded(tmp_path, table)
    assert "geheim" not in str(caught.value)


def test_secrets_come_from_files_and_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mật khẩu\n", encoding="utf-8")
    basic = f"Basic {b64encode('u:mật khẩu'.encode()).decode()}"
    assert loaded(tmp_path, f'user = "u"\npassword_file = "{secret}"').authorization() == basic
    assert loaded(tmp_path, f'api_key_file = "{secret}"').authorization() == "ApiKey mật khẩu"
    given = loaded(tmp_path, 'user = "u"\npassword_env = "OPENSEARCH_PASSWORD"')
    with pytest.raises(UsageError, match="OPENSEARCH_PASSWORD is not set"):
        given.authorization()
    monkeypatch.setenv("OPENSEARCH_PASSWORD", "mật khẩu")
    assert given.authorization() == basic
    secret.unlink()
    with pytest.raises(UsageError, match="can't be read"):
        loaded(tmp_path, f'api_key_file = "{secret}"').authorization()
