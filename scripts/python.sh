#!/bin/sh
# Prints the path of a Python that is recent enough; installs Debian's where that is allowed, or says what to install.
set -eu
cd "$(dirname "$0")/.."

find_python() {
    for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

find_python && exit 0
command -v python3 >/dev/null || { scripts/debian.sh python3 python3-venv && find_python && exit 0; }

here=$(python3 -c 'import platform; print("a Python " + platform.python_version())' 2>/dev/null) || here="n’a aucun Python"
echo "Grille demande Python 3.11 ou plus récent, et cette machine $here : sur Debian 12 ou plus récent," \
    "installez-le avec « apt install python3 python3-venv », ou indiquez le vôtre avec « PYTHON=/chemin/python3 make … »." >&2
exit 1
