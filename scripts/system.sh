#!/bin/sh
# Installs what comes with the system rather than from PyPI, where this runs as root; else says what is off without it.
set -u
archives=libarchive13

has_archives() { ldconfig -p 2>/dev/null | grep -q 'libarchive\.so'; }

if ! has_archives && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y -qq $archives >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq $archives; } >/dev/null 2>&1
fi
has_archives || echo "Without libarchive the files in archives (ZIP, RAR, 7z, TAR) are not read; turn it on with: sudo apt install $archives" >&2
exit 0
