#!/bin/sh
# Usage: lighthouse.sh VENV. Installs Lighthouse, with which `make test-all` measures pages; reports if that is impossible.
set -u
# The last version that runs on the Node of Debian 12 and Ubuntu 24.04.
wanted=12.8.2
if ! command -v npm >/dev/null; then
    echo "Lighthouse tests are skipped, because npm is missing; install it with: sudo apt install npm" >&2
elif [ "$("$1/lighthouse/node_modules/.bin/lighthouse" --version 2>/dev/null)" != $wanted ]; then
    npm install --silent --no-audit --no-fund --no-save --prefix "$1/lighthouse" "lighthouse@$wanted" >/dev/null ||
        echo "Lighthouse tests are skipped: npm could not install lighthouse@$wanted" >&2
fi
exit 0
