#!/bin/sh
# Installs dependencies from the system rather than from PyPI, if this runs as root; otherwise reports what does not work.
set -u
PATH="$PATH:/usr/sbin:/sbin"
. "$(dirname "$0")/apt.sh"

has_archives() { ldconfig -p 2>/dev/null | grep -q 'libarchive\.so'; }
has_ocr() { command -v tesseract >/dev/null && tesseract --list-langs 2>&1 | grep -qx vie; }

packages=
has_archives || packages="libarchive13"
has_ocr || packages="$packages tesseract-ocr tesseract-ocr-vie"
# shellcheck disable=SC2086  # several names
apt_install $packages
has_archives ||
    echo "Archives (ZIP, RAR, 7z, TAR) will not be read, because libarchive is missing; install it with: sudo apt install libarchive13" >&2
has_ocr ||
    echo "Scans will not be read, because Tesseract is missing; install it with: sudo apt install tesseract-ocr tesseract-ocr-vie" >&2
exit 0
