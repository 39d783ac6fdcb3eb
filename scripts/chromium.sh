#!/bin/sh
# Makes sure that the tests have a browser: Chromium from Debian's packages, and what Playwright needs to drive it.
set -eu
cd "$(dirname "$0")/.."
packages="chromium fonts-liberation libatomic1"

is_ready() {
    command -v "${CHROMIUM:-chromium}" && .venv/bin/python -m playwright --version
}

is_ready >/dev/null 2>&1 && exit 0
# shellcheck disable=SC2086  # several packages
scripts/debian.sh $packages && is_ready >/dev/null 2>&1 && exit 0
echo "Les tests ouvrent les pages dans Chromium, qui manque ou ne démarre pas : installez-le avec « apt install $packages »," \
    "ou indiquez le vôtre avec « CHROMIUM=/chemin/chromium make test »." >&2
exit 1
