#!/bin/sh
# Installs the browser that pages are tested in, where this runs as root; else says what is left out without it.
set -u

has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

if ! has_browser && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium ..."
    apt-get install -y -qq chromium >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1
fi
has_browser ||
    echo "Without Chromium pages are not tested in a browser; turn it on with: sudo apt install chromium" >&2
exit 0
