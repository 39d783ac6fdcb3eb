#!/bin/sh
# Makes sure that the tests have what they call besides Python: Chromium, the proxies and other browsers that the
# shipped files and pages are tried with, and R, which reads open data. « scripts/test-tools.sh chromium » wants nothing
# but Chromium.
set -eu
cd "$(dirname "$0")/.."
export PATH="$PATH:/usr/sbin"

# What proves that a package is there; several packages may make one tool.
has() {
    case $1 in
    chromium) command -v "${CHROMIUM:-chromium}" && .venv/bin/python -m playwright --version ;;
    firefox) command -v "${FIREFOX:-firefox-esr}" ;;
    webkit) command -v WebKitWebDriver && command -v Xvfb ;;
    *) command -v "$1" ;;
    esac >/dev/null 2>&1
}

packages_of() {
    case $1 in
    chromium) echo chromium fonts-liberation libatomic1 ;;
    firefox) echo firefox-esr ;;
    webkit) echo webkit2gtk-driver xvfb ;;
    Rscript) echo r-base-core ;;
    *) echo "$1" ;;
    esac
}

missing() {
    for tool in "$@"; do has "$tool" || echo "$tool"; done
}

# Debian starts a server as soon as it is installed: these are for the tests, on ports of their own.
stop_service() {
    [ -d /run/systemd/system ] || return 0
    [ "$(id -u)" -eq 0 ] && sudo="" || sudo="sudo -n"
    $sudo systemctl disable --now "$1" >/dev/null 2>&1 || true
}

[ $# -gt 0 ] || set -- chromium nginx caddy firefox webkit Rscript
absent=$(missing "$@")
[ -n "$absent" ] || exit 0
packages=$(for tool in $absent; do packages_of "$tool"; done | tr '\n' ' ')
# shellcheck disable=SC2086  # several packages
scripts/debian.sh $packages || true
for tool in $absent; do
    case $tool in nginx | caddy) ! has "$tool" || stop_service "$tool" ;; esac
done

absent=$(missing "$@")
[ -n "$absent" ] || exit 0
packages=$(for tool in $absent; do packages_of "$tool"; done | tr '\n' ' ')
case " $absent " in
*chromium*)
    echo "Les tests ouvrent les pages dans Chromium, qui manque ou ne démarre pas : installez-le avec « apt install ${packages% } »," \
        "ou indiquez le vôtre avec « CHROMIUM=/chemin/chromium make test »." >&2
    exit 1
    ;;
esac
echo "Les tests qui en ont besoin seront passés, faute de : ${packages% }. Pour les faire : « apt install ${packages% } »." >&2
# A machine that checks for others must leave none out.
[ -z "${CI:-}" ]
