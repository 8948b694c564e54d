#!/bin/sh
# Usage: venv.sh FOLDER LOCK. Creates a virtual environment in FOLDER with the pinned packages of LOCK and this project.
set -eu
venv=$1
lock=$2

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3.13 python3.12 python3.11 python3; do
        if fits "$candidate"; then python=$candidate; break; fi
    done
fi
if [ -z "$python" ] || ! fits "$python"; then
    echo "Tra Cứu needs Python 3.11, 3.12 or 3.13; install one (on Debian and Ubuntu: apt install python3), or name it: make PYTHON=/path/to/python" >&2
    exit 1
fi

if ! "$venv/bin/python" -c '' 2>/dev/null || ! fits "$venv/bin/python"; then
    rm -rf "$venv"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian's Python cannot create virtual environments without an additional package for each version.
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get install -y -qq "$package" >/dev/null || { apt-get update -qq && apt-get install -y -qq "$package" >/dev/null; }
        else
            echo "$python can't create virtual environments; install the missing package first: sudo apt install $package" >&2
            exit 1
        fi
    fi
    echo "creating $venv with $("$python" --version) ..."
    "$python" -m venv "$venv"
fi

"$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock"
# The project itself: its folder is added to the path and its command to bin; nothing is built or downloaded.
# PYTHONSAFEPATH: modules in the directory in which the command is called, for example among documents, are never run.
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
pwd > "$site/tracuu.pth"
cat > "$venv/bin/tracuu" <<END
#!/bin/sh
export PYTHONSAFEPATH=1
exec "$(pwd)/$venv/bin/python" -m indexer "\$@"
END
chmod +x "$venv/bin/tracuu"
