#!/bin/sh
# Installs the Debian packages named, as root or through a sudo that asks no password. Fails in silence when it may not.
# Says what it does on the error stream: what scripts print on the other is read by those that call them.
set -eu

[ "$(id -u)" -eq 0 ] && sudo="" || sudo="sudo -n"
command -v apt-get >/dev/null && $sudo true 2>/dev/null || exit 1

echo "Installation des paquets Debian qui manquent : $*…" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $sudo apt-get -qq update && $sudo apt-get -qq -y install --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    exit 1
fi
