#!/bin/sh
# Known vulnerabilities of exactly what requirements.txt, requirements-export.txt and package-lock.json pin; all are
# looked at, even when the first has some. What could not be looked at fails too. The auditor of Python packages lives
# apart, so that it changes nothing here; that of the scripts' tools is npm itself, which installs nothing for that.
set -eu
cd "$(dirname "$0")/.."
# npm looks for node by its name.
export PATH="$PWD/.venv/bin:$PATH"
auditor=.venv/auditor
[ -x "$auditor/bin/pip-audit" ] || { "${PYTHON:-python3}" -m venv "$auditor" && "$auditor/bin/pip" install -q pip-audit==2.10.1; }

refused=
"$auditor/bin/pip-audit" --strict --no-deps --disable-pip --progress-spinner off -r requirements-export.txt -r requirements.txt ||
    refused='requirements*.txt'
npm audit --package-lock-only --no-progress || refused="${refused:+$refused et }package-lock.json"
[ -z "$refused" ] || {
    echo "Une faille est connue dans $refused, ou tout n’a pas pu être vérifié : voyez ci-dessus." >&2
    exit 1
}
