#!/bin/sh
# Installs what package-lock.json names into node_modules/, with the npm of .venv/, only when it is needed: no network
# otherwise. The server needs none of it.
set -eu
cd "$(dirname "$0")/.."
# npm looks for node by its name.
export PATH="$PWD/.venv/bin:$PATH"
installed=node_modules/.installed-package-lock.json

! cmp -s package-lock.json "$installed" || exit 0
echo "Installation de package-lock.json…"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! npm ci --no-progress --loglevel=error </dev/null >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "Les scripts des pages ne peuvent pas être vérifiés, faute de ce que nomme package-lock.json : donnez à npm l’accès" \
        "à son registre, ou installez-le ailleurs avec « npm ci » et copiez node_modules/ ici." >&2
    exit 1
fi
cp package-lock.json "$installed.part"
mv "$installed.part" "$installed"
