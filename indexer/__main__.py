"""The program: the command ``tracuu``, or equivalently ``python -m indexer``.

Modules in the working directory, for example among documents, are never executed. Before anything else is imported, the
directory that ``python -m`` searches first is removed from the path, and ``PYTHONSAFEPATH`` tells all child processes (readers
of files, workers, the writer) to ignore theirs. A checkout run from its own folder needs that folder, so it is left as it is.
"""

import os
import sys


def run() -> int:
    """Run the command of ``sys.argv``; return its exit code."""
    _forget_working_directory()
    from indexer.cli import main

    return main()


def _forget_working_directory() -> None:
    added = "" if sys.flags.safe_path else sys.path[0]
    if added == os.path.dirname(os.path.dirname(os.path.abspath(__file__))):  # noqa: PTH100, PTH120 - no pathlib yet
        return
    try:
        if added == os.getcwd():  # noqa: PTH109
            del sys.path[0]
    except OSError:
        pass  # it was removed, or may not be entered: then Python did not add it
    os.environ["PYTHONSAFEPATH"] = "1"


if __name__ == "__main__":
    sys.exit(run())
