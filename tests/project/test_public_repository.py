"""What the public repository runs and asks: workflows, hooks, forms. They are read here, since nothing else does before they run."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def read(path: Path) -> Any:
    """Return a file of YAML."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: Path) -> list[dict[str, Any]]:
    """Return the steps of all jobs."""
    return [step for job in read(workflow)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_call_what_the_makefile_has(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    called = [
        target for step in steps(workflow) for target in re.findall(r"^make ([a-z-]+)", step.get("run", ""))
    ]
    assert called
    assert set(called) <= targets


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_read_and_nothing_else(workflow: Path) -> None:
    assert read(workflow)["permissions"] == {"contents": "read"}


def test_ci_runs_on_every_python_that_is_supported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = SpecifierSet(project["requires-python"])
    rows = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]["include"]
    tried = {row["python"] for row in rows}
    assert tried == {f"3.{minor}" for minor in range(30) if supported.contains(f"3.{minor}")}


def test_hooks_are_the_programs_of_the_lock() -> None:
    (repository,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        program = hook["entry"].split()[0]
        assert program.startswith(".venv/bin/")
        assert re.search(rf"^{program.removeprefix('.venv/bin/')}==", lock, flags=re.M)


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_forms_ask_in_both_languages(form: Path) -> None:
    asked = read(form)
    assert " / " in asked["name"]
    fields = [field for field in asked["body"] if field["type"] != "markdown"]
    assert any(field.get("validations", {}).get("required") for field in fields)
    assert len({field["id"] for field in fields}) == len(fields)
    for field in fields:
        assert " / " in field["attributes"]["label"]
