"""Model and word list of pyvi, read from the files of the installed package.

The package itself is never imported, for it needs scikit-learn, and two seconds. Its model is a pickle that names
scikit-learn too, so every class in it is replaced by a stand-in.
"""

from __future__ import annotations

import importlib.util
import pickle
from pathlib import Path
from typing import Any

from indexer.errors import SegmenterError
from indexer.vietnamese.crf import BinaryCrf, read_crf

_CONTINUES = "I_W"


def read_pyvi() -> tuple[BinaryCrf, list[str]]:
    """Return the weights for continuing a word, and the listed words.

    Raises SegmenterError where the package is not installed or its files are damaged.
    """
    found = importlib.util.find_spec("pyvi")
    if found is None or not found.submodule_search_locations:
        raise SegmenterError(
            "pyvi is not installed, but its model is needed to find words; run `make run` again"
        )
    models = Path(found.submodule_search_locations[0]) / "models"
    try:
        with (models / "pyvi3.pkl").open("rb") as file:
            estimator = _Inert(file).load()
        content = estimator.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
        text, encoding = content.arguments
        weights = read_crf(text.encode(encoding), _CONTINUES)
        words = (models / "words.txt").read_text(encoding="utf-8").split("\n")
    # A damaged pickle fails in as many ways as its opcodes do.
    except Exception as error:
        raise SegmenterError(
            f"the model of pyvi in {models} can't be read: {error!r}; install it again"
        ) from error
    return weights, words


class _StandIn:
    """Takes the place of every class and function in the pickle, and does nothing."""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Inert(pickle.Unpickler):
    """Loads the pickle without its libraries, and without running anything it names."""

    def find_class(self, module: str, name: str) -> Any:
        return type(name, (_StandIn,), {})
