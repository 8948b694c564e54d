# Sourced: installs packages of Debian where this runs as root and there are any to install.

apt_install() {
    if [ $# -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing $* ..."
        apt-get install -y -qq "$@" >/dev/null 2>&1 ||
            { apt-get update -qq && apt-get install -y -qq "$@"; } >/dev/null 2>&1
    fi
}
