# Sourced by other scripts: installs Debian packages, if there are any to install and this runs as root.

apt_install() {
    if [ $# -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing $* ..."
        apt-get install -y -qq "$@" >/dev/null 2>&1 ||
            { apt-get update -qq && apt-get install -y -qq "$@"; } >/dev/null 2>&1
    fi
}
