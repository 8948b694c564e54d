#!/bin/sh
# Usage: opensearch.sh VENV. Installs the OpenSearch that tests start into VENV/opensearch; reports if that is impossible.
# Package registries have no complete distribution, but its jars: Maven fetches them, and this script writes the
# descriptors that modules have in a distribution.
set -u
here="$(dirname "$0")"
. "$here/apt.sh"
wanted=3.8.0
folder="$1/opensearch"

# The first Java that is recent enough.
find_java() {
    for java in "${JAVA_HOME:-/none}/bin/java" java /usr/lib/jvm/*/bin/java; do
        number=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
        if [ "${number:-0}" -ge 21 ]; then command -v "$java"; return; fi
    done
}

[ "$(cat "$folder/version" 2>/dev/null)" = "$wanted" ] && [ -x "$(cat "$folder/java" 2>/dev/null)" ] && exit 0
java=$(find_java)
[ -n "$java" ] || { apt_install openjdk-21-jre-headless; java=$(find_java); }
command -v mvn >/dev/null || apt_install maven
if [ -z "$java" ]; then
    echo "OpenSearch tests are skipped, because Java 21 is missing; install it (openjdk-21-jre-headless, or Temurin), then run: sh scripts/opensearch.sh $1" >&2
elif ! command -v mvn >/dev/null; then
    echo "OpenSearch tests are skipped, because Maven is missing; install it (sudo apt install maven), then run: sh scripts/opensearch.sh $1" >&2
else
    rm -rf "$folder" && mkdir -p "$folder/home/plugins" "$folder/home/bin"
    echo "fetching OpenSearch $wanted for tests ..."
    mvn -q -B -f "$here/opensearch/pom.xml" -Dopensearch.version="$wanted" -Dhome="$(realpath "$folder")/home" \
        package >"$folder/log" 2>&1 || { echo "OpenSearch tests are skipped: Maven failed, see $folder/log" >&2; exit 0; }
    describe() {
        printf 'name=%s\ndescription=%s\nversion=%s\nopensearch.version=%s\njava.version=21\nclassname=%s\nhas.native.controller=false\n' \
            "$1" "$1" "$wanted" "$wanted" "$2" >"$folder/home/modules/$1/plugin-descriptor.properties"
    }
    describe transport-netty4 org.opensearch.transport.Netty4ModulePlugin
    describe reindex org.opensearch.index.reindex.ReindexModulePlugin
    describe analysis-common org.opensearch.analysis.common.CommonAnalysisModulePlugin
    echo "$java" >"$folder/java"
    echo "$wanted" >"$folder/version"
fi
exit 0
