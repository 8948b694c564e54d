"""Keys: shown once, kept as hashes, known by every process at once."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.errors import StorageError
from indexer.keys import FILE_NAME, KeyStore


def test_a_key_is_verified_and_its_secret_is_kept_nowhere(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    key, given = store.create("cổng thông tin", ["staff", "write"])
    assert store.verify(given) == key and key.scopes == ("staff", "write")
    kept = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert given not in kept and given.split("_", 2)[2] not in kept and "cổng" in kept
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("known_before", [False, True])
def test_what_is_not_the_key_is_none(tmp_path: Path, known_before: bool) -> None:
    store = KeyStore(tmp_path)
    _, given = store.create("a", ["write"])
    if known_before:
        assert store.verify(given)
    other = KeyStore(tmp_path / "elsewhere").create("a", ["write"])[1]
    wrong_secret = given[:-1] + ("A" if given[-1] != "A" else "B")
    for bad in ("", "x", other, wrong_secret, given + "A", given.upper(), given.replace("_", "-"), "ế" * 63):
        assert store.verify(bad) is None
    assert store.verify(given)


def test_every_process_sees_new_and_revoked_keys_with_its_next_request(tmp_path: Path) -> None:
    here, there = KeyStore(tmp_path), KeyStore(tmp_path)
    assert there.list() == []
    key, given = here.create("a", ["staff"])
    assert there.verify(given) == key
    assert here.revoke(key.id) and not here.revoke(key.id)
    assert there.verify(given) is None and here.verify(given) is None


def test_a_key_made_before_is_known_and_needs_the_slow_hash_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = KeyStore(tmp_path)
    key, given = store.create("a", ["staff"])
    secret, salt = given.split("_", 2)[2], b"0123456789abcdef"
    path = tmp_path / FILE_NAME
    row = json.loads(path.read_text())["keys"][0]
    for name in ("sha256", "source", "ends"):
        del row[name]
    row |= {
        "salt": salt.hex(),
        "hash": hashlib.scrypt(secret.encode(), salt=salt, n=1 << 14, r=8, p=1, maxmem=64 << 20).hex(),
    }
    digest = hashlib.sha256(json.dumps([row], sort_keys=True).encode()).hexdigest()
    path.write_text(json.dumps({"digest": digest, "keys": [row]}))
    assert store.verify(given[:-1] + ("A" if given[-1] != "A" else "B")) is None
    assert store.verify(given) == key
    monkeypatch.setattr(hashlib, "scrypt", lambda *_, **__: pytest.fail("hashed again"))
    assert store.verify(given) == key and KeyStore(tmp_path).verify(given) == key
    assert KeyStore(tmp_path).verify(given[:-1] + "-") is None


def test_a_key_may_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = KeyStore(tmp_path)
    now = datetime.now(UTC)
    _, over = store.create("a", ["write"], ends=now - timedelta(seconds=1))
    key, valid = store.create("b", ["write"], "lamgiang.example", now + timedelta(hours=1))
    assert store.verify(over) is None and store.verify(valid) == key and key.source == "lamgiang.example"
    assert main(["keys", "list", "--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "(ended " in out and "(source lamgiang.example) (ends " in out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--scope", "write", "--source", "lamgiang.example", "--until", "2999-12-31"], 0),
        (["--scope", "staff", "--source", "lamgiang.example"], 2),
        (["--scope", "write", "--until", "31/12/2999"], 2),
        (["--scope", "write", "--until", "2020-01-01"], 2),
    ],
)
def test_limits_of_a_new_key(tmp_path: Path, options: list[str], code: int) -> None:
    assert main(["keys", "create", "--name", "a", *options, "--data", str(tmp_path)]) == code
    if code == 0:
        # The last day is that of the site.
        assert KeyStore(tmp_path).list()[0].ends == "2999-12-31T17:00:00+00:00"


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[{}]")
    with pytest.raises(StorageError, match="create new keys"):
        KeyStore(tmp_path).list()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def keys(*arguments: str) -> tuple[int, str]:
        code = main(["keys", *arguments, "--data", str(tmp_path)])
        return code, capsys.readouterr().out

    code, out = keys("create", "--name", "cổng", "--scope", "write", "--json")
    made = json.loads(out)
    assert code == 0 and re.fullmatch(r"tracuu_[0-9a-f]{12}_[\w-]{43}", made["key"])
    assert made["scopes"] == ["write"]
    # Nothing else is on stdout: scripts take it as it is.
    assert re.fullmatch(r"tracuu_[\w-]+\n", keys("create", "--name", "b", "--scope", "staff")[1])
    listed = keys("list")[1]
    assert made["id"] in listed and "cổng" in listed and made["key"] not in listed
    assert [key["name"] for key in json.loads(keys("list", "--json")[1])] == ["cổng", "b"]
    assert keys("revoke", made["id"])[0] == 0
    assert keys("revoke", made["id"])[0] == 1
    assert made["id"] not in keys("list")[1]
    for wrong in (
        ("create", "--name", "a"),
        ("create", "--scope", "write"),
        ("revoke",),
        ("list", "--name", "a"),
    ):
        assert keys(*wrong)[0] == 2
