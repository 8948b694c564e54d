#!/bin/sh
# Usage: secrets.sh FOLDER NAME=ADDRESS… (docs/three-machines.md). Makes what the machines of a cluster must know of each other,
# and keeps what FOLDER already has, so a machine can be added later:
#   ca.pem, ca-key.pem         the authority that signs the certificates below; its key is needed only here
#   NAME/node.pem, node-key.pem  certificate of a machine, for OpenSearch and the object store
#   admin.pem, admin-key.pem   who may administer OpenSearch
#   opensearch, s3             passwords of the user `tracuu` of OpenSearch, and of the object store
#   internal_users.yml         that user with the hash of its password, for OpenSearch
# Needs openssl, and htpasswd (Debian: apache2-utils).
set -eu
umask 077
folder=${1:?usage: secrets.sh FOLDER NAME=ADDRESS…}
shift
here=$(cd "$(dirname "$0")" && pwd)
for program in openssl htpasswd; do
    command -v $program >/dev/null || { echo "$program is missing; install openssl and apache2-utils" >&2; exit 1; }
done
mkdir -p "$folder"
cd "$folder"

new_key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# sign SUBJECT KEY CERTIFICATE EXTENSIONS…
sign() {
    subject=$1 key=$2 certificate=$3
    shift 3
    printf '%s\n' basicConstraints=critical,CA:FALSE "$@" >extensions
    openssl req -new -key "$key" -subj "$subject" |
        openssl x509 -req -CA ca.pem -CAkey ca-key.pem -days 3650 -extfile extensions -out "$certificate" 2>/dev/null
    rm extensions
}

if [ ! -f ca.pem ]; then
    new_key ca-key.pem
    openssl req -x509 -new -key ca-key.pem -days 3650 -subj "/O=Tra Cuu/CN=authority" \
        -addext keyUsage=critical,keyCertSign,cRLSign -out ca.pem
    echo "made ca.pem"
fi
if [ ! -f admin.pem ]; then
    new_key admin-key.pem
    sign "/O=Tra Cuu/CN=admin" admin-key.pem admin.pem extendedKeyUsage=clientAuth
    echo "made admin.pem"
fi
for one in "$@"; do
    name=${one%%=*} address=${one#*=}
    case $one in *=*) names="DNS:$name,IP:$address" ;; *) names="DNS:$name" ;; esac
    [ ! -f "$name/node.pem" ] || continue
    mkdir -p "$name"
    new_key "$name/node-key.pem"
    sign "/O=Tra Cuu/CN=$name" "$name/node-key.pem" "$name/node.pem" extendedKeyUsage=serverAuth,clientAuth \
        "subjectAltName=$names,DNS:store,DNS:localhost,IP:127.0.0.1"
    echo "made $name/node.pem for $names"
done
for secret in opensearch s3; do
    [ -f $secret ] || { openssl rand -hex 24 >$secret && echo "made $secret"; }
done
if [ ! -f internal_users.yml ]; then
    hash=$(htpasswd -niBC 12 tracuu <opensearch | cut -d: -f2)
    sed "s|HASH|$hash|" "$here/opensearch/internal_users.yml" >internal_users.yml
    echo "made internal_users.yml"
fi
