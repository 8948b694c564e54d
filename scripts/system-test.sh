#!/bin/sh
# Usage: system-test.sh VENV. Installs what only tests need of the system, where this runs as root; else says what is left out without it.
set -u
. "$(dirname "$0")/apt.sh"

has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
has_strace() { command -v strace; } >/dev/null
has_nginx() { PATH="$PATH:/usr/sbin:/sbin" command -v nginx; } >/dev/null
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1

# Debian starts the services that it installs; here nginx only reads an example, and tests start servers of their own.
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
# shellcheck disable=SC2086  # several names
apt_install $packages
services=
has_nginx || services="nginx"
has_postgresql || services="$services postgresql"
# shellcheck disable=SC2086
install_services $services
has_browser ||
    echo "Browser tests are skipped, because Chromium is missing; install it with: sudo apt install chromium" >&2
has_strace ||
    echo "Tests of disk failures are skipped, because strace is missing; install it with: sudo apt install strace" >&2
has_nginx ||
    echo "The test of deploy/nginx is skipped, because nginx is missing; install it with: sudo apt install nginx" >&2
has_postgresql ||
    echo "Tests with PostgreSQL are skipped, because it is missing; install it with: sudo apt install postgresql" >&2

# What generates a client in TypeScript, for the test of the API's description; beside the virtual environment's programs.
generator="openapi-typescript@7.13.0 typescript@5.9.3"
if command -v npm >/dev/null; then
    # shellcheck disable=SC2086  # two names
    npm install --silent --no-audit --no-fund --no-save --fetch-timeout=60000 --fetch-retries=1 --prefix "$1/npm" $generator >/dev/null ||
        echo "The test of a TypeScript client is skipped: npm could not install $generator" >&2
else
    echo "The test of a TypeScript client is skipped, because npm is missing; install it with: sudo apt install npm" >&2
fi
exit 0
