"""What ``pyproject.toml`` can't say: on a package index the README is shown without its pictures.

They are files beside it, which an index does not have, and the project has no public address that they could be taken from.
"""

import re
from pathlib import Path

from setuptools import setup

README = Path(__file__).with_name("README.md").read_text(encoding="utf-8")

setup(
    long_description=re.sub(r"<!-- pictures -->.*?<!-- /pictures -->\n+", "", README, flags=re.DOTALL),
    long_description_content_type="text/markdown",
)
