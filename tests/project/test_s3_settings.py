"""``files`` and ``[s3]``: what may be said, what is refused, and where the secret comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SettingsError, UsageError
from indexer.files.folder import FolderStore
from indexer.files.opening import open_files
from indexer.s3_settings import S3Settings, place_of
from indexer.settings import Settings, load_settings

KEY = 'access_key = "khoa"\nsecret_env = "S3_SECRET"\n'


def loaded(tmp_path: Path, table: str, files: str = "") -> Settings:
    config = tmp_path / "tracuu.toml"
    config.write_text(f'files = "{files}"\n[s3]\n{table}', encoding="utf-8")
    return load_settings(config, environ={})


def test_nothing_is_needed(tmp_path: Path) -> None:
    assert Settings().files == "" and isinstance(open_files(Settings(tmp_path)), FolderStore)


def test_what_is_said_is_taken(tmp_path: Path) -> None:
    given = loaded(
        tmp_path,
        f'endpoint = "https://s3.example:9000/"\nregion = "hn"\ncache_mb = 0\nrequest_seconds = 5\n{KEY}',
        "s3://kho-tep/van-ban/2026",
    )
    assert given.s3.endpoint == "https://s3.example:9000"
    assert (given.s3.region, given.s3.cache_mb, given.s3.request_seconds) == ("hn", 0, 5)
    assert place_of(given.files) == ("kho-tep", "van-ban/2026/")
    assert place_of("s3://kho-tep") == place_of("s3://kho-tep/") == ("kho-tep", "")


@pytest.mark.parametrize(
    "files",
    [
        "kho",
        "s3://",
        "s3:///a",
        "s3://Kho",
        "s3://kho/../a",
        "s3://kho//a",
        "https://kho",
        "s3://kho/a b",
        "s3://kho/.a",
    ],
)
def test_no_other_place_is_one(tmp_path: Path, files: str) -> None:
    with pytest.raises(SettingsError, match="must be written as s3://bucket/prefix"):
        loaded(tmp_path, KEY, files)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('endpont = "https://a"', "did you mean endpoint"),
        ('endpoint = "a:9000"', "must be an address such as"),
        ('endpoint = "https://geheim:geheim@a"', "must be an address such as"),
        ('endpoint = "https://a/path"', "must be an address such as"),
        ('endpoint = "https://a:99999"', "must be an address such as"),
        ('endpoint = "http://a.example"', "unencrypted"),
        ('endpoint = "http://127.0.0.1.example"', "unencrypted"),
        ("endpoint = 5", "must be a string"),
        ("cache_mb = -1", "must be from 0"),
        ("cache_mb = 1.5", "must be a whole number"),
        ("connect_seconds = true", "must be a number"),
        ('access_key = "a"', "or neither"),
        ('secret_env = "A"', "or neither"),
        ('secret = "geheim"', "not a known setting"),
        ('access_key = "a"\nsecret_file = "x"\nsecret_env = "Y"', "remove one of them"),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        loaded(tmp_path, table)
    assert "geheim" not in str(caught.value)


def test_a_bucket_needs_a_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no access_key"):
        loaded(tmp_path, "", "s3://kho-tep")


def test_the_secret_comes_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("bí mật\n", encoding="utf-8")
    assert S3Settings(access_key="a", secret_file=str(secret)).secret() == "bí mật"
    given = loaded(tmp_path, KEY).s3
    with pytest.raises(UsageError, match="variable S3_SECRET is not set"):
        given.secret()
    monkeypatch.setenv("S3_SECRET", "bí mật")
    assert given.secret() == "bí mật" and given.certificates() == ""
    with pytest.raises(UsageError, match="ca_file"):
        S3Settings(ca_file=str(tmp_path / "none")).certificates()
