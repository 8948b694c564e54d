#!/bin/sh
# Usage: versitygw.sh VENV. Installs the S3 server that tests start into VENV/versitygw; reports if that is impossible.
# It is built from source, which takes two minutes of CPU time.
set -u
wanted=v1.8.0
folder="$1/versitygw"

[ "$(cat "$folder/version" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/versitygw" ] && exit 0
if ! command -v go >/dev/null; then
    echo "Tests of object stores are skipped, because Go is missing; install it (golang-go, or from go.dev), then run: sh scripts/versitygw.sh $1" >&2
    exit 0
fi
rm -rf "$folder" && mkdir -p "$folder"
echo "building versitygw $wanted for tests ..."
if GOBIN="$(realpath "$folder")" go install "github.com/versity/versitygw/cmd/versitygw@$wanted" >"$folder/log" 2>&1; then
    echo "$wanted" >"$folder/version"
else
    echo "Tests of object stores are skipped: Go could not build versitygw, see $folder/log" >&2
fi
exit 0
