"""The examples of ``deploy/cluster``: what they allow, name and make."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from indexer.opensearch_settings import OpenSearchSettings
from indexer.role_settings import Role
from indexer.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = ROOT / "deploy" / "cluster"
ENGINE = ROOT / "indexer" / "engine" / "opensearch_"
PAGES = [ROOT / "docs" / name for name in ("three-machines.md", "three-machines.vi.md")]
MACHINES = ("10.0.0.11", "10.0.0.12", "10.0.0.13")
ACTIONS = {
    ("GET", "/_cluster/health/*"): ["cluster:monitor/health"],
    ("POST", "/_msearch"): ["indices:data/read/msearch", "indices:data/read/search"],
    ("POST", "/_search"): ["indices:data/read/search"],
    ("POST", "/*/_search/point_in_time"): ["indices:data/read/point_in_time/create"],
    ("DELETE", "/_search/point_in_time"): ["indices:data/read/point_in_time/delete"],
    ("POST", "/*/_bulk"): [
        "indices:data/write/bulk",
        "indices:data/write/bulk[s]",
        "indices:data/write/index",
        "indices:data/write/delete",
    ],
    ("POST", "/*/_refresh"): ["indices:admin/refresh"],
    ("GET", "/*/_count"): ["indices:data/read/search"],
    ("GET", "/*/_doc/*"): ["indices:data/read/get"],
    ("PUT", "/*/_doc/*"): ["indices:data/write/index", "indices:data/write/bulk[s]"],
    ("DELETE", "/*/_doc/*"): ["indices:data/write/delete", "indices:data/write/bulk[s]"],
    ("PUT", "/*"): ["indices:admin/create"],
    ("DELETE", "/*"): ["indices:admin/delete"],
    ("GET", "/*/_settings"): ["indices:monitor/settings/get"],
    ("PUT", "/*/_settings"): ["indices:admin/settings/update"],
    ("GET", "/*/_stats/store"): ["indices:monitor/stats"],
    ("GET", "/*/_search_shards"): ["indices:admin/shards/search_shards"],
    ("GET", "/_nodes/data:true/process"): ["cluster:monitor/nodes/info"],
    ("GET", "/_nodes/_local/http"): ["cluster:monitor/nodes/info"],
    ("GET", "/_cluster/state/blocks,metadata/*"): ["cluster:monitor/state"],
    ("GET", "/_cluster/state/metadata/*"): ["cluster:monitor/state"],
    ("GET", "/_cluster/state/routing_table/*"): ["cluster:monitor/state"],
    ("GET", "/_cat/shards/*"): ["cluster:monitor/shards", "cluster:monitor/state", "indices:monitor/stats"],
    ("GET", "/_search/point_in_time/_all"): [
        "cluster:monitor/state",
        "indices:data/read/point_in_time/readall",
    ],
    ("POST", "/_cluster/reroute"): ["cluster:admin/reroute"],
}
"""The actions of OpenSearch behind each request that the engine makes, by the names that the security plugin knows."""
OF_THE_CLUSTER = {"indices:data/read/msearch", "indices:data/write/bulk"}
"""Beside ``cluster:…``, the actions that the security plugin allows for the whole cluster (``isClusterPerm``) and not by index."""


def requests() -> Iterator[tuple[str, str]]:
    """Yield method and path of each request in the source of the engine; ``*`` stands for a value."""
    for module in ENGINE.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (asks := getattr(node.func, "attr", "")) in ("ask", "ask_one"):
                said = [_written(one) for one in (node.args[1:3] if asks == "ask_one" else node.args[:2])]
                # Searches give their path to a function that asks for them.
                for path in [one for one in said if one.startswith("/")]:
                    yield said[0] if said[0] != path else "POST", path
            # Requests to one node only, of the connection itself.
            if isinstance(node, ast.Assign) and (target := _written(node.value).removeprefix("*")).startswith(
                "/_"
            ):
                yield "GET", target.partition("?")[0]


def _written(argument: ast.expr) -> str:
    if isinstance(argument, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in argument.values)
    return str(argument.value) if isinstance(argument, ast.Constant) else ""


def role() -> dict[str, Any]:
    roles: dict[str, Any] = yaml.safe_load((CLUSTER / "opensearch" / "roles.yml").read_text(encoding="utf-8"))
    allowed: dict[str, Any] = roles["tracuu"]
    return allowed


def test_the_role_in_opensearch_allows_every_request_and_nothing_else() -> None:
    made = set(requests())
    assert len(made) > 10 and made == set(ACTIONS)
    needed = {action for actions in ACTIONS.values() for action in actions}
    of_cluster = {one for one in needed if one.startswith("cluster:")} | OF_THE_CLUSTER
    (indexes,) = role()["index_permissions"]
    for allowed, actions in (
        (role()["cluster_permissions"], of_cluster),
        (indexes["allowed_actions"], needed - of_cluster),
    ):
        assert all(any(fnmatchcase(action.replace("[", "("), one) for one in allowed) for action in actions)
        assert all(any(fnmatchcase(action.replace("[", "("), one) for action in actions) for one in allowed)
    # Both the state document and the index of a folder.
    assert indexes["index_patterns"] == [f"{OpenSearchSettings().index}-*"]


@pytest.mark.parametrize("role", sorted(set(get_args(Role)) - {"alone"}))
def test_the_settings_are_valid_in_every_role(role: str, tmp_path: Path) -> None:
    text = (CLUSTER / "tracuu.toml").read_text(encoding="utf-8")
    (tmp_path / "tracuu.toml").write_text(re.sub(r"^role = .*", f'role = "{role}"', text, flags=re.M))
    settings = load_settings(tmp_path / "tracuu.toml", environ={})
    assert (settings.role, settings.trusted_proxies) == (role, 1)
    # What is commented out is valid, too.
    tomllib.loads(re.sub(r"^# (?=\w+ = )", "", text, flags=re.M))


def test_units_and_proxy_name_the_same_machines() -> None:
    for path in [*CLUSTER.glob("systemd/*/*.conf"), CLUSTER / "nginx" / "tracuu-upstream.conf"]:
        assert set(re.findall(r"10\.0\.0\.\d+", path.read_text(encoding="utf-8"))) <= set(MACHINES), path
        assert all(machine in path.read_text(encoding="utf-8") for machine in MACHINES), path


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CLUSTER / "docker" / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_containers_find_what_they_are_given(tmp_path: Path) -> None:
    services = compose()["services"]
    made = {"secrets/staff"} | {
        f"secrets/{path}" for path in secrets(tmp_path, "tim-1", "tim-2", "tim-3", "store", "proxy")
    }
    for name, service in services.items():
        for mounted in service.get("volumes", ()):
            source = mounted.split(":")[0]
            if not source.startswith("."):
                assert source in compose()["volumes"], f"{name}: {source}"
            elif source.startswith("./secrets/"):
                assert any(path == source[2:] or path.startswith(f"{source[2:]}/") for path in made), source
            elif source != "./incoming":
                assert (CLUSTER / "docker" / source).is_file(), source
        assert set(service.get("depends_on", ())) <= services.keys()
    upstream = (CLUSTER / "docker" / "tracuu-upstream.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"server ([\w-]+):8000", upstream)) == {
        name
        for name, service in services.items()
        if "TRACUU_ROLE" in service.get("environment", {}) and name != "index"
    }
    nodes = yaml.safe_load((CLUSTER / "opensearch" / "opensearch.yml").read_text(encoding="utf-8"))
    assert set(nodes["discovery.seed_hosts"]) == {
        name for name, one in services.items() if one.get("hostname")
    }


def test_nodes_tell_each_other_the_address_in_their_certificate() -> None:
    settings = yaml.safe_load((CLUSTER / "opensearch" / "opensearch.yml").read_text(encoding="utf-8"))
    # An address that keepalived moves from machine to machine would be one of `_site_`.
    assert settings["network.publish_host"] == settings["node.name"] == "${HOSTNAME}"


def secrets(folder: Path, *machines: str) -> list[str]:
    """Run ``secrets.sh``; return the files in the folder."""
    if not (shutil.which("openssl") and shutil.which("htpasswd")):
        pytest.skip("openssl or htpasswd is not here")
    subprocess.run(["sh", CLUSTER / "secrets.sh", folder, *machines], check=True, capture_output=True)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_secrets_fit_each_other_and_are_kept(tmp_path: Path) -> None:
    files = secrets(tmp_path, "tim-1=10.0.0.11", "tim-2=10.0.0.12")
    before = {name: (tmp_path / name).read_bytes() for name in files}
    files = secrets(tmp_path, "tim-1=10.0.0.11", "tim-2=10.0.0.12", "tim-3=10.0.0.13")
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert set(files) - before.keys() == {"tim-3/node.pem", "tim-3/node-key.pem"}
    certificates = ["admin.pem", "tim-1/node.pem", "tim-2/node.pem", "tim-3/node.pem"]
    subprocess.run(
        ["openssl", "verify", "-CAfile", "ca.pem", *certificates],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    told = {name: _told(tmp_path / name) for name in certificates}
    settings = yaml.safe_load((CLUSTER / "opensearch" / "opensearch.yml").read_text(encoding="utf-8"))
    (admin,), (nodes,) = settings["plugins.security.authcz.admin_dn"], settings["plugins.security.nodes_dn"]
    assert f"subject={admin}\n" in told["admin.pem"]
    assert re.search(f"^subject={nodes.replace('*', '.*')}$", told["tim-1/node.pem"], re.M)
    assert "DNS:tim-1, IP Address:10.0.0.11" in told["tim-1/node.pem"]
    # OpenSearch reads keys in this form only.
    assert (tmp_path / "tim-1/node-key.pem").read_text().startswith("-----BEGIN PRIVATE KEY-----")
    assert all((tmp_path / name).stat().st_mode & 0o077 == 0 for name in files)
    user = yaml.safe_load((tmp_path / "internal_users.yml").read_text())["tracuu"]
    (tmp_path / "htpasswd").write_text(f"tracuu:{user['hash']}\n")
    with (tmp_path / "opensearch").open() as password:
        subprocess.run(
            ["htpasswd", "-vi", tmp_path / "htpasswd", "tracuu"],
            stdin=password,
            check=True,
            capture_output=True,
        )


def test_without_the_key_of_the_authority_it_says_so_and_leaves_no_certificate(tmp_path: Path) -> None:
    folder, kept = tmp_path / "made", tmp_path / "ca-key.pem"
    before = secrets(folder, "tim-1=10.0.0.11")
    key = (folder / "ca-key.pem").rename(kept)
    given = ["sh", str(CLUSTER / "secrets.sh"), str(folder), "tim-4=10.0.0.14"]
    failed = subprocess.run(given, capture_output=True, text=True)
    assert failed.returncode == 1 and "ca-key.pem is missing" in failed.stderr
    # It leaves nothing else, either, and needs no key for what there is.
    assert secrets(folder, "tim-1=10.0.0.11") == [name for name in before if name != key.name]
    assert not (folder / "tim-4").exists()

    # The key of another authority: openssl tells why it does not fit.
    other = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(folder / "ca-key.pem")]
    subprocess.run(other, check=True)
    failed = subprocess.run(given, capture_output=True, text=True)
    assert failed.returncode == 1 and "do not match" in failed.stderr
    assert secrets(folder) == before

    # An empty certificate is none.
    key.rename(folder / "ca-key.pem")
    (folder / "tim-4" / "node.pem").touch()
    secrets(folder, "tim-4=10.0.0.14")
    assert "IP Address:10.0.0.14" in _told(folder / "tim-4" / "node.pem")


def _told(certificate: Path) -> str:
    options = "-noout -subject -nameopt RFC2253 -ext subjectAltName -in".split()
    return subprocess.run(
        ["openssl", "x509", *options, str(certificate)], check=True, capture_output=True, text=True
    ).stdout


def page() -> str:
    return PAGES[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_page_names_files_that_there_are(path: Path) -> None:
    named = set(re.findall(r"(?<![\w-])deploy/[\w/.*@-]*\w[\w*]*", path.read_text(encoding="utf-8")))
    assert len(named) > 5
    assert [one for one in named if not list(ROOT.glob(one))] == []


def test_secrets_tell_what_the_page_shows(tmp_path: Path) -> None:
    secrets(tmp_path / "probe", "tim-1")
    (shown,) = re.findall(r"^```text\n(made ca\.pem\n.*?)^```$", page(), re.M | re.S)
    names = [f"tim-{number}={machine}" for number, machine in enumerate(MACHINES, start=1)]
    assert f"secrets.sh /root/tracuu-secrets {' '.join(names)}" in page()
    said = subprocess.run(
        ["sh", CLUSTER / "secrets.sh", tmp_path / "made", *names], check=True, capture_output=True, text=True
    )
    assert said.stdout == shown


def edited(command: str, *files: Path) -> list[str]:
    """Return what ``sed`` makes of the files."""
    done = subprocess.run(["sed", "-s", command, *files], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_copies_of_backups_stay_apart_from_those_a_promoted_standby_makes() -> None:
    unit = (ROOT / "deploy" / "systemd" / "tracuu-backup.service").read_text(encoding="utf-8")
    (own,) = re.findall(r"^ReadWritePaths=(.+)$", unit, re.M)
    backups, incoming = re.findall(r"^[\d/* ]+ root rsync (-.*) (\S+):(\S+) (\S+)$", page(), re.M)
    options, machine, source, target = backups
    assert source == f"{own}/" and target == f"{own}-{machine}/"
    assert "--delete" not in options
    # The timers of a promoted standby remove articles whose files are gone, and bring back those whose files are not.
    unit = (ROOT / "deploy" / "systemd" / "tracuu-index.service").read_text(encoding="utf-8")
    options, _, source, target = incoming
    assert source == target and f" {target.rstrip('/')} --prune " in unit
    assert "--delete" in options
    # So nothing may be copied from the writer before, once the standby is promoted.
    (copied,) = set(re.findall(r"into `(/etc/cron\.d/[\w-]+)`", page()))
    promotion = page().index(f"sudo rm -f {copied}\n")
    assert promotion < page().index("sudo systemctl enable --now tracuu-index.timer", promotion)


def test_the_proxy_is_switched_by_one_line() -> None:
    (command,) = set(re.findall(r"sudo sed -i [\"'](/tracuu_writer/.*?)[\"'] ", page()))
    file = CLUSTER / "nginx" / "tracuu-upstream.conf"
    before, after = file.read_text(encoding="utf-8").splitlines(), edited(command, file)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("    server 10.0.0.11:8000;", "    server 10.0.0.12:8000;")]
    assert changed[0][0] in before[before.index("upstream tracuu_writer {") :]


def test_other_addresses_take_the_place_of_ours_everywhere() -> None:
    (command,) = re.findall(r"sudo sed -i '(s/10\\.0.*?)' ", page())
    named = [
        *CLUSTER.glob("systemd/*/*.conf"),
        *CLUSTER.glob("nginx/*.conf"),
        *CLUSTER.glob("keepalived/*.conf"),
    ]
    ours = [
        path
        for path in CLUSTER.rglob("*")
        if path.is_file() and "10.0.0.1" in path.read_text(encoding="utf-8")
    ]
    assert sorted(named) == sorted(path for path in ours if path.suffix == ".conf")
    text = "\n".join(edited(command, *named))
    assert "10.0.0." not in text and all(f"192.168.7.2{number}" in text for number in range(4))
