#!/bin/sh
# Writes requirements.txt and requirements-dev.txt from the .in files, and package-lock.json from package.json:
# everything that those bring, pinned and hashed, for each platform and each Python from 3.11. What is already pinned
# stays so, unless its line in the .in file or in package.json says otherwise; « scripts/lock.sh --upgrade » asks for the
# newest of the first two. Their tool lives apart, so that it changes nothing here.
set -eu
cd "$(dirname "$0")/.."
locker=.venv/locker
[ -x "$locker/bin/uv" ] || { .venv/bin/python -m venv "$locker" && "$locker/bin/pip" install -q --disable-pip-version-check uv==0.13.9; }

# The index that pip was told to use on this machine, if any.
index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
[ -z "$index" ] || export UV_DEFAULT_INDEX="$index"

for name in requirements requirements-export requirements-dev; do
    "$locker/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --custom-compile-command "make lock" --output-file "$name.txt" "$@" "$name.in"
done
PATH="$PWD/.venv/bin:$PATH" npm install --package-lock-only
