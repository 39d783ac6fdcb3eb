#!/bin/sh
# Makes sure that there is a Chromium to test with, from Debian's packages.
set -eu

command -v "${CHROMIUM:-chromium}" >/dev/null && exit 0
echo "Chromium manque pour les tests : installation…"
"$(dirname "$0")/debian.sh" chromium fonts-liberation && command -v chromium >/dev/null && exit 0
echo "Les tests ouvrent les pages dans Chromium, qui manque : installez-le avec « apt install chromium fonts-liberation »," \
    "ou indiquez le vôtre avec « CHROMIUM=/chemin/chromium make test »." >&2
exit 1
