#!/bin/sh
# Installs what only tests need of the system, where this runs as root; else says what is left out without it.
set -u
. "$(dirname "$0")/apt.sh"

has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
has_strace() { command -v strace; } >/dev/null

packages=
has_browser || packages="chromium"
has_strace || packages="$packages strace"
# shellcheck disable=SC2086  # several names
apt_install $packages
has_browser ||
    echo "Without Chromium pages are not tested in a browser; turn it on with: sudo apt install chromium" >&2
has_strace ||
    echo "Without strace no disk is made to fail; turn it on with: sudo apt install strace" >&2
exit 0
