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

# certify PATH SUBJECT EXTENSIONS…: makes PATH-key.pem and PATH.pem, which is there only once it is complete.
certify() {
    path=$1 subject=$2
    shift 2
    if [ ! -s ca-key.pem ]; then
        echo "ca-key.pem is missing in $folder, so $path.pem cannot be made. Only the folder where ca.pem was made has it:" \
            "use your copy of that folder." >&2
        exit 1
    fi
    mkdir -p "$(dirname "$path")"
    new_key "$path-key.pem"
    printf '%s\n' basicConstraints=critical,CA:FALSE "$@" >extensions
    if ! openssl req -new -key "$path-key.pem" -subj "$subject" |
        openssl x509 -req -CA ca.pem -CAkey ca-key.pem -days 3650 -extfile extensions -out "$path.new" 2>messages; then
        cat messages >&2
        rm -f extensions messages "$path.new" "$path-key.pem"
        exit 1
    fi
    rm extensions messages
    mv "$path.new" "$path.pem"
}

if [ ! -s ca.pem ]; then
    new_key ca-key.pem
    openssl req -x509 -new -key ca-key.pem -days 3650 -subj "/O=Tra Cuu/CN=authority" \
        -addext keyUsage=critical,keyCertSign,cRLSign -out ca.pem
    echo "made ca.pem"
fi
if [ ! -s admin.pem ]; then
    certify admin "/O=Tra Cuu/CN=admin" extendedKeyUsage=clientAuth
    echo "made admin.pem"
fi
for one in "$@"; do
    name=${one%%=*} address=${one#*=}
    case $one in *=*) names="DNS:$name,IP:$address" ;; *) names="DNS:$name" ;; esac
    [ ! -s "$name/node.pem" ] || continue
    certify "$name/node" "/O=Tra Cuu/CN=$name" extendedKeyUsage=serverAuth,clientAuth \
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
