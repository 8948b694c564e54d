"""``python -m benchmarks.peers FOLDER [NAME …]``: measures all peers, or some; existing results in FOLDER are kept."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import results
from benchmarks.peers.named import PEERS
from benchmarks.peers.section import section

if __name__ == "__main__":
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    if unknown := set(names) - set(PEERS):
        sys.exit(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    text = section(folder, names)
    if names:
        print(text)
    else:
        results.put([text])
