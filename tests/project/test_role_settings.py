"""Which settings a role needs."""

from __future__ import annotations

import pytest

from indexer.errors import SettingsError
from indexer.role_settings import ROLES, check_role

_FILES = "s3://kho/tra-cuu"


def test_alone_needs_nothing() -> None:
    check_role("alone", "", "tantivy", "lexicon.toml")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "alone"])
def test_the_others_share_an_object_store_and_the_lexicon(role: str) -> None:
    check_role(role, _FILES, "opensearch", "")
    with pytest.raises(SettingsError, match="set files to s3://"):
        check_role(role, "", "opensearch", "")
    with pytest.raises(SettingsError, match="move the file there"):
        check_role(role, _FILES, "opensearch", "/etc/tracuu/lexicon.toml")


def test_web_nodes_search_in_a_cluster() -> None:
    with pytest.raises(SettingsError, match="set engine to opensearch"):
        check_role("web", _FILES, "tantivy", "")


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(SettingsError, match="one of alone, writer, web, standby, not 'master'"):
        check_role("master", _FILES, "opensearch", "")
