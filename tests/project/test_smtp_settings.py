"""``[smtp]``: what it needs, what is refused, and where the password comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SettingsError, UsageError
from indexer.settings import Settings, load_settings
from indexer.smtp_settings import SmtpSettings

SITE = 'site_url = "https://tim.lamgiang.example"\n'


def loaded(tmp_path: Path, table: str, site: str = SITE) -> Settings:
    config = tmp_path / "tracuu.toml"
    config.write_text(f"{site}[smtp]\n{table}", encoding="utf-8")
    return load_settings(config, environ={})


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    given = 'host = "mail.example"\nsender = "tin@lamgiang.example"\n'
    assert loaded(tmp_path, given).smtp == SmtpSettings("mail.example", 587, sender="tin@lamgiang.example")
    assert loaded(tmp_path, f'{given}tls = "implicit"').smtp.port == 465
    assert not Settings().smtp.host


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('sender = "a@b.example"', "host is missing"),
        ('host = "m"', "sender is missing"),
        ('host = "m"\nsender = "Tin <a@b.example>"', "must be an address"),
        ('host = "m"\nsender = "a@b.example"\ntls = "ssl"', "implicit"),
        ('host = "m"\nsender = "a@b.example"\nport = 70000', "must be a port"),
        ('host = "m"\nsender = "a@b.example"\nport = true', "must be a port"),
        ('host = "m"\nsender = "a@b.example"\npasword_file = "x"', "password_file"),
        ('host = "m"\nsender = "a@b.example"\npassword = "geheim"', "not a known setting"),
        ('host = "m"\nsender = "a@b.example"\nuser = "u"', "both a user and a password, or neither"),
        (
            'host = "m"\nsender = "a@b.example"\nuser = "u"\npassword_file = "x"\npassword_env = "Y"',
            "one of them",
        ),
        ('host = "m"\nsender = "a@b.example"\nuser = "u"\npassword_env = "Y"\ntls = "none"', "unencrypted"),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        loaded(tmp_path, table)
    assert "geheim" not in str(caught.value)


def test_links_need_the_address_of_the_site(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="site_url"):
        loaded(tmp_path, 'host = "m"\nsender = "a@b.example"', site="")


def test_passwords_come_from_files_and_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "smtp"
    file.write_text("mật khẩu\n")
    assert SmtpSettings("m", password_file=str(file)).password() == "mật khẩu"
    monkeypatch.setenv("SMTP_PASSWORD", "khác")
    assert SmtpSettings("m", password_env="SMTP_PASSWORD").password() == "khác"
    for missing in (
        SmtpSettings("m", password_file=str(tmp_path / "x")),
        SmtpSettings("m", password_env="SMTP_X"),
    ):
        with pytest.raises(UsageError):
            missing.password()
