#!/bin/sh
# Usage: system-test.sh VENV. Installs system packages that only tests need, if this runs as root; otherwise reports which tests are skipped.
set -u
. "$(dirname "$0")/apt.sh"

has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
has_strace() { command -v strace; } >/dev/null
has_htpasswd() { command -v htpasswd; } >/dev/null
has_nginx() { PATH="$PATH:/usr/sbin:/sbin" command -v nginx; } >/dev/null
has_redis() { command -v redis-server; } >/dev/null
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1

# Debian starts services when it installs them. Here nginx only checks an example, and tests start their own servers.
install_services() {
    policy=/usr/sbin/policy-rc.d
    if [ $# = 0 ] || [ "$(id -u)" != 0 ] || [ -e $policy ]; then apt_install "$@"; return; fi
    printf '#!/bin/sh\nexit 101\n' > $policy && chmod +x $policy
    apt_install "$@"
    rm -f $policy
}

packages=
has_browser || packages="chromium"
has_strace || packages="$packages strace"
has_htpasswd || packages="$packages apache2-utils"
# shellcheck disable=SC2086  # several names
apt_install $packages
services=
has_nginx || services="nginx"
has_postgresql || services="$services postgresql"
has_redis || services="$services redis-server"
# shellcheck disable=SC2086
install_services $services
has_browser ||
    echo "Browser tests are skipped, because Chromium is missing; install it with: sudo apt install chromium" >&2
has_strace ||
    echo "Tests of disk failures are skipped, because strace is missing; install it with: sudo apt install strace" >&2
has_htpasswd ||
    echo "Tests of deploy/cluster/secrets.sh are skipped, because htpasswd is missing; install it with: sudo apt install apache2-utils" >&2
has_nginx ||
    echo "Tests of deploy/nginx are skipped, because nginx is missing; install it with: sudo apt install nginx" >&2
has_postgresql ||
    echo "Tests with PostgreSQL are skipped, because it is missing; install it with: sudo apt install postgresql" >&2
has_redis ||
    echo "Tests with Redis are skipped, because it is missing; install it with: sudo apt install redis-server" >&2

# The generator of TypeScript clients for the test of the API description, installed in the virtual environment.
generator="openapi-typescript@7.13.0 typescript@5.9.3"
if command -v npm >/dev/null; then
    # shellcheck disable=SC2086  # two names
    npm install --silent --no-audit --no-fund --no-save --fetch-timeout=60000 --fetch-retries=1 --prefix "$1/npm" $generator >/dev/null ||
        echo "The test of a TypeScript client is skipped: npm could not install $generator" >&2
else
    echo "The test of a TypeScript client is skipped, because npm is missing; install it with: sudo apt install npm" >&2
fi
exit 0
