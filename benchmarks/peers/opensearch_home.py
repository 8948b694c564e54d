"""An OpenSearch server assembled from jars in Maven, which has no complete distribution.

``OPENSEARCH_HOME`` may name an existing one with the plugin ``analysis-icu``. Requires Java 21 or later and ``mvn``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.peers.protocol import NotInstalledError

_POM = Path(__file__).parent / "opensearch" / "pom.xml"
_VERSION = "3.8.0"
_MODULES = {
    "transport-netty4": "org.opensearch.transport.Netty4ModulePlugin",
    "reindex": "org.opensearch.index.reindex.ReindexModulePlugin",
    "analysis-common": "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
    "analysis-icu": "org.opensearch.plugin.analysis.icu.AnalysisICUPlugin",
}
_LEAST_JAVA = 21


@cache
def home() -> Path:
    """Return the server's folder; raises NotInstalledError if it cannot be obtained."""
    if given := os.environ.get("OPENSEARCH_HOME"):
        return Path(given)
    made = Path(tempfile.gettempdir(), f"tracuu-bench-opensearch-{_VERSION}")
    if not (made / "home" / "bin").is_dir():
        _assemble(made)
    return made / "home"


def _assemble(place: Path) -> None:
    if not shutil.which("mvn"):
        raise NotInstalledError("neither OPENSEARCH_HOME nor `mvn`")
    place.mkdir(exist_ok=True)
    shutil.copy(_POM, place)
    done = subprocess.run(["mvn", "-q", "-B", "package"], cwd=place, capture_output=True, text=True)
    if done.returncode:
        raise NotInstalledError(f"Maven can't get its jars: {done.stdout.strip()[-300:]}")
    for name, main in _MODULES.items():
        # The jars of modules lack what their zips have.
        (place / "home" / "modules" / name / "plugin-descriptor.properties").write_text(
            f"name={name}\ndescription={name}\nversion={_VERSION}\nopensearch.version={_VERSION}\n"
            f"java.version={_LEAST_JAVA}\nclassname={main}\nhas.native.controller=false\n"
        )
    (place / "home" / "plugins").mkdir()
    (place / "home" / "bin").mkdir()


@cache
def java() -> str:
    """Return a sufficiently recent Java; raises NotInstalledError if there is none."""
    for program in _javas():
        said = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
        version = re.search(r'version "(\d+)', said)
        if version and int(version[1]) >= _LEAST_JAVA:
            return program
    raise NotInstalledError(f"no Java {_LEAST_JAVA} or newer")


def _javas() -> Iterator[str]:
    if found := shutil.which("java"):
        yield found
    yield from map(str, sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True))
