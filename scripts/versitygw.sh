#!/bin/sh
# Usage: versitygw.sh VENV. Puts the server of objects (S3) that tests start into VENV/versitygw; else says that it is left out.
# It is built from its source, which takes two minutes of a processor.
set -u
wanted=v1.8.0
folder="$1/versitygw"

[ "$(cat "$folder/version" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/versitygw" ] && exit 0
if ! command -v go >/dev/null; then
    echo "Without Go no object store is tested; install it (golang-go, or from go.dev) and run this again" >&2
    exit 0
fi
rm -rf "$folder" && mkdir -p "$folder"
echo "building versitygw $wanted for tests ..."
if GOBIN="$(realpath "$folder")" go install "github.com/versity/versitygw/cmd/versitygw@$wanted" >"$folder/log" 2>&1; then
    echo "$wanted" >"$folder/version"
else
    echo "No object store is tested: Go could not build versitygw, see $folder/log" >&2
fi
exit 0
