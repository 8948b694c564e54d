"""What an operator may say of a site, in a section of the settings or as options of the command."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.errors import SettingsError
from indexer.network import Reachable
from indexer.settings import load_settings
from indexer.sources.opening import check_named, open_named
from indexer.sources.site.options import site_of
from indexer.sources.site.settings import SiteSettings

SECTION = """
fetch_seconds = 20
[sources.portal]
kind = "site"
address = ["https://lamgiang.example/", "https://lamgiang.example/sitemap.xml"]
hosts = "https://Files.lamgiang.example/"
articles = ["/tin-tuc/*", "*?ItemID=*"]
leave_out = "/en/*"
contact = "vanthu@lamgiang.example"
delay = 0.5
concurrency = 4
hours = "22:00-05:00"
max_pages = 500
max_page_mb = 8
max_file_mb = 20
fetch_seconds = 10
fetch_allow = ["cms.noi-bo.example", "10.20.0.0/16"]
audience = "staff"
"""


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [("22:00-05:00", (23, 4), (5, 12)), ("08:00-17:30", (8, 17), (18, 7)), ("", (3, 15), ())],
)
def test_pages_are_fetched_in_the_hours_of_the_site(
    hours: str, open_at: tuple[int, ...], closed_at: tuple[int, ...]
) -> None:
    site = SiteSettings(("https://lamgiang.example/",), "x", hours=hours)
    assert all(site.open_at(datetime(2026, 5, 1, hour)) for hour in open_at)
    assert not any(site.open_at(datetime(2026, 5, 1, hour)) for hour in closed_at)


def test_all_of_a_site_stands_in_its_section(tmp_path: Path) -> None:
    (tmp_path / "tracuu.toml").write_text(SECTION)
    settings = load_settings(tmp_path / "tracuu.toml")
    source = settings.sources["portal"]
    site, own = site_of(source, settings)
    assert site == SiteSettings(
        ("https://lamgiang.example/", "https://lamgiang.example/sitemap.xml"), "portal", ("files.lamgiang.example",),
        ("/tin-tuc/*", "*?ItemID=*"), ("/en/*",), "vanthu@lamgiang.example", 0.5, 4, "22:00-05:00", 500, 8, 10.0,
    )  # fmt: skip
    assert (own.max_file_mb, own.fetch_allow, settings.max_file_mb) == (
        20, "cms.noi-bo.example 10.20.0.0/16", 100,
    )  # fmt: skip
    opened = open_named(source, settings)
    assert opened.name == "portal"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("dellay = 2", "did you mean delay?"),
        ('sitemap = "https://lamgiang.example/sitemap.xml"', "did you mean address?"),
        ('exclude = "/en/*"', "did you mean leave_out?"),
        ('user_agent = "x"', "did you mean contact?"),
        ('audiance = "staff"', "did you mean audience?"),
        ('path = "/srv/guong"', "path can't be used for a site"),
        ("fetch = true", "fetch can't be used for a site"),
        ("delay = -1", "delay: -1 must be at least 0"),
        ('delay = "nhanh"', "'nhanh' must be a number"),
        ("delay = nan", "nan must be a number"),
        ("concurrency = 0", "0 must be at least 1"),
        ("concurrency = 1.5", "1.5 must be a whole number"),
        ("max_pages = true", "True must be a whole number"),
        ('hours = "ban đêm"', "such as 22:00-05:00"),
        ('articles = ["tin-tuc/*"]', "must start with / or *"),
        ('leave_out = "en/*"', "must start with / or *"),
        ('hosts = ["*.lamgiang.example"]', "must be a host name"),
        ('fetch_allow = "10.0.0.1/8"', "has host bits set"),
        ('contact = "Văn thư"', "must be an email address"),
    ],
)
def test_what_can_not_be_meant_is_told_with_what_is_nearest(tmp_path: Path, line: str, reason: str) -> None:
    section = '[sources.portal]\nkind = "site"\naddress = "https://lamgiang.example/"\n'
    (tmp_path / "tracuu.toml").write_text(section + line)
    with pytest.raises(SettingsError, match=r"\[sources\.portal\]") as error:
        check_named(load_settings(tmp_path / "tracuu.toml").sources["portal"])
    assert reason in str(error.value)


@pytest.mark.parametrize(
    "address", ["lamgiang.example", "file:///etc/passwd", "https://a:b@lamgiang.example/"]
)
def test_a_site_has_an_address_of_the_web(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tracuu.toml").write_text(f'[sources.portal]\nkind = "site"\naddress = "{address}"')
    with pytest.raises(SettingsError, match="must be an http or https address"):
        check_named(load_settings(tmp_path / "tracuu.toml").sources["portal"])
    assert main(["--data", str(tmp_path / "data"), "crawl", address]) == 2
    assert "must be an http or https address" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_private_hosts_are_reached_by_name_or_network_only() -> None:
    reachable = Reachable.parse("cms.noi-bo.example 10.20.0.0/16 fd00::/8")
    assert reachable.allows("cms.noi-bo.example", ["192.168.1.1"])
    assert reachable.allows("x.example", ["10.20.3.4", "fd00::1", "8.8.8.8"])
    assert not reachable.allows("x.example", ["8.8.8.8", "10.21.0.1"])
    assert not Reachable().allows("localhost", ["127.0.0.1"])
    for wrong in ("10.0.0.1/8", "a_b", "10.0.0.0/99"):
        with pytest.raises(ValueError):
            Reachable.parse(wrong)
