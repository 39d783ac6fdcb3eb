#!/bin/sh
# Known vulnerabilities of exactly what requirements.txt pins. The auditor lives apart, so that it changes nothing here.
set -eu
cd "$(dirname "$0")/.."
auditor=.venv/auditor
[ -x "$auditor/bin/pip-audit" ] || { "${PYTHON:-python3}" -m venv "$auditor" && "$auditor/bin/pip" install -q pip-audit==2.10.1; }
exec "$auditor/bin/pip-audit" --strict --no-deps --disable-pip --progress-spinner off -r requirements.txt
