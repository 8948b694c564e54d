"""What ``pyproject.toml`` can't say: a package index shows the README without its pictures and without links to files.

They lie beside it, which an index does not have, and the project has no public address that they could be taken from.
"""

import re
from pathlib import Path

from setuptools import setup

README = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
WITHOUT_PICTURES = re.sub(r"<!-- pictures -->.*?<!-- /pictures -->\n+", "", README, flags=re.DOTALL)

setup(
    long_description=re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"\1", WITHOUT_PICTURES),
    long_description_content_type="text/markdown",
)
